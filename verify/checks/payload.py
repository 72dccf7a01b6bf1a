"""Checks 201 to 209: the signed content of the QR code (二维码签名), and the key that signed it.

A good signature proves that the agency signed these fields for this code. It does not prove that the paper in hand
says the same, nor that the QR code was not copied from another paper: that needs eyes.
"""

from collections.abc import Iterator

from certgen.errors import Said
from verify.checks.running import Stage
from verify.claims import Channel, Field
from verify.evidence import Axis, Check, Evidence
from verify.held import KeyFacts, KeyUse
from verify.matter import Matter
from verify.reasons import Reason

FORM = Check(201, "payload/form", Axis.DOCUMENT, Said("二维码签名数据", "signed QR code"))
KEY = Check(202, "payload/key", Axis.DOCUMENT, Said("签名密钥", "signing key"))
SCOPE = Check(
    203, "payload/scope", Axis.DOCUMENT, Said("密钥的编码范围", "code prefixes of the key")
)
VALIDITY = Check(204, "payload/validity", Axis.DOCUMENT, Said("密钥有效期", "validity of the key"))
LIST_AGE = Check(
    205, "payload/list-age", Axis.DOCUMENT, Said("密钥清单是否过期", "age of the key list")
)
SIGNATURE = Check(206, "payload/signature", Axis.DOCUMENT, Said("二维码签名", "QR signature"))
ONE_CODE = Check(
    207, "payload/code-asked", Axis.DOCUMENT, Said("编码与所问一致", "code is the one asked for")
)

PLAIN = Said(
    "二维码只是查询网址，没有签名数据，不能离线证明真伪",
    "the QR code is a plain address without signature: no offline proof",
)


def form(matter: Matter) -> Iterator[Evidence]:
    """Whether there is signed content at all."""
    if matter.signed is not None:
        yield FORM.passed(
            Said("二维码含签名数据", "the QR code carries signed content"),
            host=matter.signed.host,
            key=matter.signed.key_id.hex(),
        )
    elif matter.payload_trouble is not None:
        yield FORM.failed(Reason.PAYLOAD_MALFORMED, matter.payload_trouble)
    elif matter.claims.of(Channel.ADDRESS):
        yield FORM.skipped(Reason.PLAIN_ADDRESS, PLAIN)
    elif matter.qr_texts:
        yield FORM.skipped(
            Reason.NO_PAYLOAD,
            Said(
                "二维码不含本格式的签名数据，不能离线证明真伪",
                "the QR code holds no signed content of our form: no offline proof",
            ),
        )
    elif matter.reading_trouble:
        yield FORM.skipped(Reason.NOTHING_READ, matter.reading_trouble[0])
    else:
        yield FORM.skipped(
            Reason.NO_PAYLOAD, Said("没有二维码签名数据", "there is no signed QR code")
        )


def key(matter: Matter) -> Iterator[Evidence]:
    """The key: known under something pinned, for this prefix, in its time, by a list that is not too old."""
    if matter.signed is None:
        return
    facts = matter.key
    trouble = _unknown(facts)
    if facts is None or trouble is not None:
        yield trouble or _no_list()
        return
    said = Said(f"密钥属于{facts.agency}", f"the key is that of {facts.agency}")
    yield KEY.passed(said, agency=facts.agency, **_source(facts))
    yield _scope(matter, facts)
    yield _validity(facts)
    yield _age(facts)


def _no_list() -> Evidence:
    return KEY.skipped(
        Reason.NO_LIST,
        Said(
            "没有该机构的密钥清单，无法判断签名是谁的；请用 certverify trust 加入",
            "no key list of this agency: whose signature it is cannot be told; add one with certverify trust",
        ),
    )


def _unknown(facts: KeyFacts | None) -> Evidence | None:
    if facts is None:
        return _no_list()
    if facts.sample:
        return KEY.skipped(
            Reason.SAMPLE_KEY,
            Said(
                "这是样例密钥，不证明任何事（仅测试时用 --allow-sample）",
                "a key of the samples, which proves nothing (--allow-sample, for tests only)",
            ),
        )
    if facts.rolled_back:
        return KEY.skipped(
            Reason.LIST_ROLLED_BACK,
            Said(
                "密钥清单比以前见过的旧，不予采用",
                "the key list is older than one seen before: not used",
            ),
        )
    if not facts.found:
        return KEY.skipped(
            Reason.KEY_UNKNOWN,
            Said(
                "不认识这个签名密钥：没有已信任的名单列出它，可能是新密钥，也可能是伪造",
                "unknown key: nothing that you trust lists it; it may be new, it may be forged",
            ),
        )
    return None


def _scope(matter: Matter, facts: KeyFacts) -> Evidence:
    prefix = matter.code[:13]
    if facts.in_scope:
        return SCOPE.passed(
            Said(f"密钥可签 {prefix} 的证书", f"the key may sign for {prefix}"), prefix=prefix
        )
    dated = facts.source.dated if facts.source else ""
    if facts.site_known:
        return SCOPE.failed(
            Reason.KEY_OF_ANOTHER_AGENCY,
            Said(
                f"密钥属于{facts.agency}，而 {prefix} 是另一机构的站点（密钥清单 {dated}）",
                f"the key is that of {facts.agency}; the site {prefix} is another agency's (list of {dated})",
            ),
            prefix=prefix,
        )
    return SCOPE.failed(
        Reason.KEY_OUT_OF_SCOPE,
        Said(
            f"密钥清单没有列出站点 {prefix}，可能还不知道它；请取较新的表",
            f"no list names the site {prefix}; it may be new: get a newer list",
        ),
        prefix=prefix,
    )


def _validity(facts: KeyFacts) -> Evidence:
    if facts.use is KeyUse.COMPROMISED:
        since = facts.compromised_since.isoformat() if facts.compromised_since else "?"
        return VALIDITY.failed(
            Reason.KEY_COMPROMISED,
            Said(
                f"机构声明该密钥自 {since} 起失密，任何日期都可能是后来伪造的，请向机构核实",
                f"the agency reports the key as compromised since {since}: any date may have been "
                "forged later; ask the agency",
            ),
            since=since,
        )
    if facts.valid_then:
        return VALIDITY.passed(
            Said(
                f"发证日期在密钥有效期内（{facts.period}）",
                f"the issue date lies in the key's period ({facts.period})",
            ),
            use=facts.use.value,
        )
    return VALIDITY.failed(
        Reason.KEY_NOT_VALID_THEN,
        Said(
            f"发证日期不在密钥有效期内（{facts.period}）",
            f"the issue date lies outside the key's period ({facts.period})",
        ),
    )


def _age(facts: KeyFacts) -> Evidence:
    source = facts.source
    if source is None or not source.expired:
        dated = source.dated if source else ""
        zh = f"密钥清单日期 {dated}，未过期" if dated else "直接信任该密钥，没有过期日"
        en = f"key list of {dated}, not expired" if dated else "the key itself is pinned: no expiry"
        return LIST_AGE.passed(Said(zh, en), **_source(facts))
    return LIST_AGE.skipped(
        Reason.LIST_EXPIRED,
        Said(
            f"密钥清单（{source.dated}）已于 {source.expires} 过期，不足为凭；请取较新的表",
            f"the key list of {source.dated} expired on {source.expires}: too old to rely on; get a newer one",
        ),
        **_source(facts),
    )


def _source(facts: KeyFacts) -> dict[str, str]:
    source = facts.source
    if source is None:
        return {}
    found = {"list": source.kind, "issuer": source.issuer, "dated": source.dated}
    if source.number is not None:
        found["number"] = str(source.number)
    return {key: value for key, value in found.items() if value}


def signature(matter: Matter) -> Iterator[Evidence]:
    """The signature itself, where the key is known."""
    if matter.signed is None:
        return
    if matter.key is None or not matter.key.spki:
        yield SIGNATURE.skipped(
            Reason.KEY_UNKNOWN,
            Said("没有密钥，无法验签", "without the key the signature cannot be checked"),
        )
    elif matter.signature_trouble is not None:
        yield SIGNATURE.failed(Reason.BAD_SIGNATURE, matter.signature_trouble)
    else:
        yield SIGNATURE.passed(
            Said(
                "签名有效：这些内容由该密钥为这个编码签发",
                "good: this key signed these fields for this code",
            ),
            algorithm=f"{matter.signed.algorithm}",
        )


def code_asked(matter: Matter) -> Iterator[Evidence]:
    """The code that a person typed or listed against the signed one."""
    if matter.signed is None:
        return
    for channel in (Channel.CODE, Channel.LISTED):
        asked = matter.claims.value(Field.CODE, channel)
        if not asked:
            continue
        if asked == matter.signed.code:
            yield ONE_CODE.passed(Said("编码与所问一致", "the signed code is the one asked for"))
        else:
            yield ONE_CODE.failed(
                Reason.TYPED_DIFFERS,
                Said(
                    f"所问编码 {asked}，签名编码 {matter.signed.code}",
                    f"asked for {asked}, signed for {matter.signed.code}",
                ),
            )


STAGES = (
    Stage(FORM, form),
    Stage(KEY, key),
    Stage(SIGNATURE, signature),
    Stage(ONE_CODE, code_asked),
)
