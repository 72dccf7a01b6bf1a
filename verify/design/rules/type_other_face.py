"""A face (字体) other than the notice names: 仿宋 for every filled value, 楷体 for the rest."""

from collections.abc import Iterator

from certgen.errors import Said
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.measures import FANGSONG, KAI, TIMES, has_ideographs, measured
from verify.design.rule import Rule, in_text


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    told = set()
    for measure, part, run in measured(case):
        key = (id(part.text), part.start, run.face)
        if not run.face or key in told or _fits(run.face, run.text, measure.chinese):
            continue
        told.add(key)
        yield rule.finding(
            Said(
                f"“{part.written.strip()[:20]}”用的是 {run.face}，应为{measure.face}",
                f"'{part.written.strip()[:20]}' is set in {run.face}, not {measure.face}",
            ),
            in_text(part.text, part.start, part.end),
            kind=measure.kind if _known(run.face) else Kind.REVIEW,
            clause=measure.clause,
            remedy=Said(f"改用{measure.face}", f"set it in {measure.face}"),
        )


def _fits(face: str, text: str, chinese: object) -> bool:
    if not has_ideographs(text):
        return any(known.search(face) for known in (TIMES, KAI, FANGSONG))
    if chinese is KAI:
        return bool(KAI.search(face))
    return bool(FANGSONG.search(face))


def _known(face: str) -> bool:
    """A name that tells nothing (F1, CIDFont+3) is asked about, not accused."""
    return len(face) > 3 and not face.lower().startswith(("cidfont", "font", "t3", "type3", "tt"))


RULE = Rule(
    id="type/other-face",
    said=Said("字体不符", "another face"),
    clause=clauses.FILLING,
    kind=Kind.ERROR,
    looks_at=Said(
        "填写内容是否仿宋体（应）；名称、正文、栏目是否楷体（参考样式）",
        "whether values are in 仿宋 (应), title, body and labels in 楷体 (sample)",
    ),
    passes=Said(
        "各厂家的仿宋、楷体；字母和数字用 Times New Roman；字体名不可知的文字",
        "仿宋 and 楷体 of any maker; letters and digits in Times New Roman; text whose face is not known",
    ),
    decided_by="type",
    check=_check,
    remedy=Said("填写内容改用仿宋体", "set values in 仿宋"),
)
