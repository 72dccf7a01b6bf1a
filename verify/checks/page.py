"""Checks 220 to 229: what the page says, field by field, against what was signed or registered.

Text of a PDF that differs from the signed content contradicts it. What a reader of pictures (OCR) saw differently is a
reason to look and nothing more: it confuses 己 with 已, and a lawful certificate must never suffer for that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from certgen.errors import Said
from certgen.standards.contents import issue_date_zh
from certgen.standards.filling import NO_JOB
from certgen.standards.identity_types import IdentityType
from certgen.standards.levels import Level
from verify.checks.running import Stage
from verify.claims import Channel, Field
from verify.evidence import Axis, Check, Evidence
from verify.matter import Matter
from verify.page.lines import folded
from verify.reasons import Reason

_COMPARED = (
    Field.NAME,
    Field.IDENTITY_TYPE,
    Field.IDENTITY_TAIL,
    Field.OCCUPATION,
    Field.JOB,
    Field.LEVEL,
    Field.CODE,
    Field.ISSUE_DATE,
)
CHECKS = {
    field: Check(
        220 + n,
        f"page/{field.value.replace('_', '-')}",
        Axis.DOCUMENT,
        Said(f"纸面与签名：{field.said.zh}", f"page against signature: {field.said.en}"),
    )
    for n, field in enumerate(_COMPARED)
}
COMPARED = Check(
    229,
    "page/compared",
    Axis.DOCUMENT,
    Said("纸面已与签名内容比较", "page compared with signature"),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two values of one field stand to each other."""

    same: bool
    near: bool  # of a name or word: one character put in, left out or exchanged


def compare(field: Field, one: str, other: str) -> Comparison:
    """Two values, as their field is compared: characters meant, not code points; codes exactly."""
    if field in {Field.NAME, Field.OCCUPATION, Field.JOB, Field.AGENCY}:
        a, b = _text(one), _text(other)
        return Comparison(a == b, a != b and _one_edit(a, b))
    return Comparison(one.strip().upper() == other.strip().upper(), near=False)


def _text(value: str) -> str:
    """Folded; the middle dots of a name, however typed, and the brackets alike; no job is `--` in any width."""
    plain = folded(value)
    for dot in "·•・‧⋅.．":
        plain = plain.replace(dot, "·")
    return "" if plain and not plain.strip("-—–－") else plain


def _one_edit(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    if len(short) == len(long):
        return short[start + 1 :] == long[start + 1 :]
    return short[start:] == long[start + 1 :]


def against_signed(matter: Matter) -> Iterator[Evidence]:
    """Each field of the page against the payload; whether anything was compared at all."""
    if matter.signed is None:
        return
    channel = _page_channel(matter)
    if channel is None or not matter.claims.of(channel):
        said = matter.page_trouble or Said(
            "没有比较纸面文字：请把签名内容逐项与纸质证书核对",
            "the printed text was not compared: compare the signed fields with the paper",
        )
        yield COMPARED.skipped(Reason.NOT_COMPARED, said)
        return
    signed, printed = matter.claims.of(Channel.PAYLOAD), matter.claims.of(channel)
    agreed = 0
    for field, check in CHECKS.items():
        if field not in signed:
            continue
        one = _compared(check, field, signed[field], printed.get(field, ""), channel)
        if one.reason is Reason.CONTRADICTS_SIGNED and _elsewhere(matter, field, signed[field]):
            one = _unclear(check, one)
        agreed += one.reason is None
        yield one
    if agreed:
        yield COMPARED.passed(
            Said(
                f"{channel.said.zh}有 {agreed} 项与签名内容一致",
                f"fields of the {channel.said.en} that agree with the signed content: {agreed}",
            ),
            agreed=str(agreed),
        )


def _elsewhere(matter: Matter, field: Field, signed: str) -> bool:
    """Whether the signed value stands somewhere on the page: then perhaps we read beside the wrong label."""
    words = (
        issue_date_zh(date.fromisoformat(signed))
        if field is Field.ISSUE_DATE
        else shown(field, signed)
    )
    return matter.page is not None and folded(words) in folded(matter.page.text)


def _unclear(check: Check, one: Evidence) -> Evidence:
    said = Said(
        f"{one.said.zh}；但签名的内容也在页面上，请用眼核对",
        f"{one.said.en}; yet the signed value stands on the page, too: look",
    )
    return check.failed(Reason.PAGE_UNCLEAR, said, **one.data)


def _page_channel(matter: Matter) -> Channel | None:
    if matter.page is None:
        return None
    return Channel.OCR if matter.page.by_ocr else Channel.PDF_TEXT


def _compared(check: Check, field: Field, signed: str, printed: str, channel: Channel) -> Evidence:
    label, by_eye = field.said, channel is Channel.OCR
    if not printed:
        return check.skipped(
            Reason.UNREADABLE,
            Said(f"{label.zh}：没有读到", f"{label.en}: not readable"),
            signed=shown(field, signed),
        )
    found = compare(field, signed, printed)
    values = {"signed": shown(field, signed), "page": shown(field, printed)}
    if found.same:
        return check.passed(Said(f"{label.zh}一致", f"{label.en}: agrees"), **values)
    zh = f"{label.zh}：签名为“{values['signed']}”，{channel.said.zh}为“{values['page']}”"
    en = f"{label.en}: signed '{values['signed']}', {channel.said.en} '{values['page']}'"
    if not by_eye:
        return check.failed(
            Reason.CONTRADICTS_SIGNED, Said(f"{zh}，互相矛盾", f"{en}: a contradiction"), **values
        )
    if found.near:
        return check.failed(
            Reason.OCR_NEAR,
            Said(f"{zh}，只差一个字，请用眼核对", f"{en}: one character differs, look"),
            **values,
        )
    return check.failed(
        Reason.OCR_DIFFERS, Said(f"{zh}，请用眼核对", f"{en}: look at the paper"), **values
    )


def shown(field: Field, value: str) -> str:
    """A value as the certificate prints it."""
    if field is Field.LEVEL and value in "12345" and value:
        return Level(int(value)).written
    if field is Field.JOB and not value:
        return NO_JOB
    if field is Field.IDENTITY_TYPE:
        kind = next((kind for kind in IdentityType if kind.value == value), None)
        return kind.zh if kind else value
    return value


STAGES = (Stage(COMPARED, against_signed),)
