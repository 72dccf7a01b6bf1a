"""A seal (印章) whose text is not the filed name, with or without 职业技能等级认定专用章."""

import re
from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.seals import SUFFIX
from verify.design import clauses
from verify.design.case import Case
from verify.design.design import Channel
from verify.design.filing import PERSONNEL_OFFICE, Filing
from verify.design.finding import Finding, Kind
from verify.design.graphics import GraphicRole, role_of
from verify.design.rule import Rule, in_text, on_page
from verify.design.rules.title_other_title import close

SEAL_TEXT = "seal-text"
"""Reason of `Undecided` for a seal whose ring was not read."""

_NUMBER = re.compile(r"[0-9]{6,18}$")  # the number that a registered seal carries
_MARKS = re.compile("[★☆*（）()\\s]")
_SPECIMEN = re.compile("样本|样例|sample|specimen|样章")


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for part in case.parts.seals:
        written = _NUMBER.sub("", _MARKS.sub("", close(part.written)))
        written = _SPECIMEN.sub("", written) if case.profile.specimen else written
        if not written or _says_right(written, case.filing):
            continue
        place = in_text(part.text, part.start, part.end)
        if case.filing is None:
            yield rule.finding(
                Said(
                    "未提供备案名称，印章文字未核对",
                    "no filing was given: the seal was not compared",
                ),
                place,
                kind=Kind.UNDECIDED,
                remedy=Said(
                    "请用 --agency 或 --directory 提供", "give it with --agency or --directory"
                ),
            )
            continue
        by_eye = part.text.channel is Channel.OCR
        yield rule.finding(
            Said(
                f"印章文字为“{part.written.strip()}”，应为“{case.filing.name}”或其后加“{SUFFIX}”",
                f"the seal says {part.written.strip()}; it must say {case.filing.name}, or that and {SUFFIX}",
            ),
            place,
            kind=Kind.UNDECIDED if by_eye else None,
        )
    yield from _unread(rule, case)


def _unread(rule: Rule, case: Case) -> Iterator[Finding]:
    """Seals whose ring could not be read: what the reader says, then graphics that are seals."""
    told = [(part.text.page, box) for part in case.parts.seals if (box := part.text.box)]
    seals = [(g.page, g.box) for g in case.design.graphics if role_of(g, case) is GraphicRole.SEAL]
    unread = [(u.page, u.box) for u in case.design.undecided if u.reason == SEAL_TEXT and u.box]
    for page, box in (*seals, *unread):
        if any(page == other and box.overlap(near.grown(2)) > 0 for other, near in told):
            continue
        told.append((page, box))
        yield rule.finding(
            Said("印章文字未能读出，请人工核对", "the text of this seal could not be read"),
            on_page(page, box),
            kind=Kind.UNDECIDED,
            remedy=Said(
                "对照备案名称核对印章文字，在核对单上确认",
                "compare it with the filed name, and tick it in the worksheet",
            ),
        )


def _says_right(written: str, filing: Filing | None) -> bool:
    if filing is None:
        return False
    names = [close(name) for name in filing.names]
    if written in names or any(written == name + SUFFIX for name in names):
        return True
    if filing.category == "S":
        return False
    return any(
        written.startswith(name)
        and re.fullmatch(f"(?:{PERSONNEL_OFFICE})(?:专用章)?", written[len(name) :])
        for name in names
    )


RULE = Rule(
    id="seal/other-text",
    said=Said("印章文字不符", "another seal text"),
    clause=clauses.SEAL,
    kind=Kind.ERROR,
    looks_at=Said("印章上的文字，含展开的环形文字", "the text of seals, rings unrolled"),
    passes=Said(
        "用人单位人事劳动保障工作机构代章（四(四)）；印章编码；OCR 读出的不同文字只是“无法判断”",
        "an employer's personnel office (四(四)); the number of the seal; what OCR reads differently is undecided",
    ),
    decided_by="text, filing",
    check=_check,
    remedy=Said(
        "改为“备案名称”或“备案名称+职业技能等级认定专用章”",
        "the filed name, or the filed name and 职业技能等级认定专用章",
    ),
)
