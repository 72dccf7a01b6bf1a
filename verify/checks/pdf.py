"""Checks 210 to 219: the signature of a PDF file (PDF 签名), by the acceptance rules, and whose it is."""

from collections.abc import Iterator

from certgen.errors import Said
from verify.checks.page import compare
from verify.checks.running import Stage
from verify.claims import Channel, Field
from verify.evidence import Axis, Check, Evidence
from verify.held import PdfFacts, PdfStanding, SignerFacts
from verify.matter import Matter
from verify.reasons import Reason

SIGNATURE = Check(210, "pdf/signature", Axis.DOCUMENT, Said("PDF 签名", "signature of the PDF"))
SIGNER = Check(211, "pdf/signer", Axis.DOCUMENT, Said("PDF 签名人", "signer of the PDF"))
METADATA = Check(
    212, "pdf/metadata", Axis.DOCUMENT, Said("PDF 元数据与页面", "metadata and page of the PDF")
)


def signature(matter: Matter) -> Iterator[Evidence]:
    """What the acceptance rules say."""
    if not matter.pdf:
        return
    facts = matter.pdf_signature
    if facts is None:
        yield SIGNATURE.skipped(
            Reason.SIGNER_UNKNOWN,
            Said(
                "没有信任任何 PDF 签名根证书，未检查签名；请用 certverify trust 加入",
                "no root for PDF signatures is pinned, so the signature was not checked; add one with "
                "certverify trust",
            ),
        )
        return
    why = facts.reasons[0] if facts.reasons else Said(facts.standing.value, facts.standing.value)
    figures = {
        "level": facts.level,
        "signers": "；".join(facts.signers),
        "rules": " ".join(facts.rules),
    }
    match facts.standing:
        case PdfStanding.ACCEPTED:
            time = facts.proved or facts.stated
            yield SIGNATURE.passed(
                Said(
                    f"PDF 签名有效，签名后未改动（{facts.level}，{time}）",
                    f"the PDF's signature is good and nothing was changed since ({facts.level}, {time})",
                ),
                **figures,
            )
            yield _signer(facts, matter.pdf_signer)
        case PdfStanding.CHANGED:
            said = Said(
                f"PDF 在签名后被改动：{why.zh}",
                f"the PDF was changed after it was signed: {why.en}",
            )
            yield SIGNATURE.failed(Reason.CHANGED_AFTER_SIGNING, said, **figures)
        case PdfStanding.UNSIGNED:
            said = Said(
                "PDF 没有签名（打印件、扫描件都没有）",
                "the PDF carries no signature; prints and scans never do",
            )
            yield SIGNATURE.skipped(Reason.UNSIGNED, said, **figures)
        case PdfStanding.UNKNOWN_SIGNER:
            said = Said(
                f"PDF 有签名，但签名人不在信任之列：{why.zh}",
                f"the PDF is signed, by nobody whom you trust: {why.en}",
            )
            yield SIGNATURE.skipped(Reason.SIGNER_UNKNOWN, said, **figures)
        case PdfStanding.NOT_OURS:
            said = Said(f"PDF 签名不符合验收规则：{why.zh}", f"not accepted: {why.en}")
            yield SIGNATURE.failed(Reason.NOT_ACCEPTED, said, **figures)
        case PdfStanding.UNREADABLE:
            said = Said(
                f"PDF 无法检查：{why.zh}", f"the PDF's signature cannot be checked: {why.en}"
            )
            yield SIGNATURE.failed(Reason.NOT_ACCEPTED, said, **figures)


def _signer(facts: PdfFacts, held: SignerFacts | None) -> Evidence:
    """An agency's own list is the proof; a root that vouches for a name needs its revocation checked."""
    names = "；".join(facts.signers)
    if facts.revocation == "revoked":
        return SIGNER.failed(
            Reason.SIGNER_REVOKED,
            Said(f"签名证书已被吊销：{names}", f"the signer's certificate was withdrawn: {names}"),
        )
    if held is not None and held.fingerprints:
        if not held.fingerprints & facts.fingerprints:
            return SIGNER.failed(
                Reason.SIGNER_OF_ANOTHER_AGENCY,
                Said(
                    f"签名人（{names}）不是{held.agency}密钥清单所列的签名人",
                    f"the signer ({names}) is none that the key list of {held.agency} names",
                ),
            )
        if held.source is not None and held.source.expired:
            return SIGNER.skipped(
                Reason.LIST_EXPIRED,
                Said(
                    "列出签名人的密钥清单已过期", "the key list that names the signer has expired"
                ),
            )
        return SIGNER.passed(
            Said(f"签名人是{held.agency}", f"the signer is that of {held.agency}"), signer=names
        )
    if facts.revocation == "good":
        return SIGNER.passed(
            Said(f"签名人：{names}，证书未被吊销", f"signer: {names}, not revoked"), signer=names
        )
    return SIGNER.skipped(
        Reason.NO_LIST,
        Said(
            f"签名人：{names}；没有该机构的密钥清单，也没有吊销信息，不知道证书是否仍有效",
            f"signer: {names}; neither key list nor revocation data tell whether it still may sign",
        ),
    )


def metadata(matter: Matter) -> Iterator[Evidence]:
    """Title and author of the PDF against its page."""
    stated = matter.claims.of(Channel.METADATA)
    page = matter.claims.of(Channel.PDF_TEXT)
    both = [field for field in (Field.CODE, Field.AGENCY) if stated.get(field) and page.get(field)]
    for field in both:
        if not compare(field, stated[field], page[field]).same:
            yield METADATA.failed(
                Reason.TYPED_DIFFERS,
                Said(
                    f"{field.said.zh}：元数据为“{stated[field]}”，页面为“{page[field]}”",
                    f"{field.said.en}: metadata '{stated[field]}', page '{page[field]}'",
                ),
            )
            return
    if both:
        yield METADATA.passed(Said("元数据与页面一致", "metadata and page agree"))


STAGES = (Stage(SIGNATURE, signature), Stage(METADATA, metadata))
