"""Checks 310 to 319: the register (证书台账), where a register view was given."""

from collections.abc import Iterator

from certgen.errors import Said
from certgen.exchange.register_view import Registered, Standing
from verify.checks.page import compare, shown
from verify.checks.running import Stage
from verify.claims import Channel, Field
from verify.evidence import Axis, Check, Evidence
from verify.matter import Matter
from verify.reasons import Reason

ENTRY = Check(310, "register/entry", Axis.REGISTER, Said("证书台账", "register"))
FACTS = Check(
    311, "register/facts", Axis.REGISTER, Said("与台账内容一致", "agreement with the register")
)

_GRAVE = {
    Channel.PAYLOAD: Reason.CONTRADICTS_REGISTER,
    Channel.PDF_TEXT: Reason.CONTRADICTS_REGISTER,
    Channel.OCR: Reason.OCR_DIFFERS,
    Channel.LISTED: Reason.TYPED_DIFFERS,
}


def entry(matter: Matter) -> Iterator[Evidence]:
    """What the register says of the code."""
    if not matter.register_asked:
        yield ENTRY.skipped(
            Reason.NO_REGISTER, Said("没有查询台账（未提供）", "no register was asked (none given)")
        )
        return
    if not matter.code:
        yield ENTRY.skipped(
            Reason.NO_CODE, Said("没有编码可查", "there is no code to ask the register for")
        )
        return
    found = matter.registered
    if found is None:
        yield ENTRY.failed(
            Reason.NOT_IN_REGISTER,
            Said("台账中没有这个编码", "the register does not know this code"),
        )
        return
    yield _standing(found)


def _standing(found: Registered) -> Evidence:
    why = f"（{found.why}）" if found.why else ""
    because = f" ({found.why})" if found.why else ""
    match found.standing:
        case Standing.ISSUED:
            return ENTRY.passed(Said("台账：已发证", "register: issued"))
        case Standing.VOID:
            return ENTRY.failed(Reason.VOID, Said(f"台账：已作废{why}", f"register: void{because}"))
        case Standing.SUPERSEDED:
            return ENTRY.failed(
                Reason.SUPERSEDED,
                Said(f"台账：已被新证书取代{why}", f"register: superseded{because}"),
            )
        case Standing.SUSPENDED:
            return ENTRY.failed(
                Reason.SUSPENDED, Said(f"台账：暂停使用{why}", f"register: suspended{because}")
            )
        case Standing.PENDING:
            return ENTRY.failed(
                Reason.NOT_IN_REGISTER,
                Said(
                    "台账：已编号而尚未发证，不应有这样的证书",
                    "register: numbered but not issued; no such certificate should exist yet",
                ),
            )


def facts(matter: Matter) -> Iterator[Evidence]:
    """Every field that the certificate or the list claims, against the register."""
    if matter.registered is None:
        return
    register = matter.claims.of(Channel.REGISTER)
    agreed = 0
    for channel, reason in _GRAVE.items():
        for field, value in matter.claims.of(channel).items():
            if field is Field.CODE or field not in register or not (value or field is Field.JOB):
                continue
            found = compare(field, register[field], value)
            if found.same:
                agreed += 1
                continue
            zh, en = shown(field, value), shown(field, register[field])
            how = Reason.OCR_NEAR if channel is Channel.OCR and found.near else reason
            yield FACTS.failed(
                how,
                Said(
                    f"{field.said.zh}：台账为“{en}”，{channel.said.zh}为“{zh}”",
                    f"{field.said.en}: register '{en}', {channel.said.en} '{zh}'",
                ),
                field=field.value,
            )
    if agreed:
        yield FACTS.passed(
            Said(f"有 {agreed} 项与台账一致", f"fields that agree with the register: {agreed}")
        )


STAGES = (Stage(ENTRY, entry), Stage(FACTS, facts))
