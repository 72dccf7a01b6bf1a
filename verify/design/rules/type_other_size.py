"""A type size (字号) other than the notice states: 小四 (12 pt) for every filled value."""

from collections.abc import Iterator

from certgen.errors import Said
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.measures import measured
from verify.design.rule import Rule, in_text

_TOLERANCE = 0.5  # points: 小四 is 12, the next sizes of Chinese type are 10.5 and 14


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    told = set()
    for measure, part, run in measured(case):
        size = run.size_pt
        if size is None or abs(size - measure.size_pt) <= _TOLERANCE + run.size_tolerance_pt:
            continue
        key = (id(part.text), part.start, round(size, 1))
        if key in told:
            continue
        told.add(key)
        yield rule.finding(
            Said(
                f"“{part.written.strip()[:20]}”为 {size:.1f} 磅，应为 {measure.size_pt:.0f} 磅",
                f"'{part.written.strip()[:20]}' is {size:.1f} pt, not {measure.size_pt:.0f}",
            ),
            in_text(part.text, part.start, part.end),
            kind=measure.kind,
            clause=measure.clause,
            remedy=Said(f"改为 {measure.size_pt:.0f} 磅", f"make it {measure.size_pt:.0f} pt"),
        )


RULE = Rule(
    id="type/other-size",
    said=Said("字号不符", "another type size"),
    clause=clauses.FILLING,
    kind=Kind.ERROR,
    looks_at=Said(
        "填写内容是否小四号，即 12 磅（应）；名称 30、正文 16、栏目 12、网址 11 磅（参考样式）",
        "values of 12 pt (应); title 30, body 16, labels 12, addresses 11 pt (sample)",
    ),
    passes=Said(
        "0.5 磅以内的偏差；字号不可知的文字", "0.5 pt of tolerance; text whose size is not known"
    ),
    decided_by="type",
    check=_check,
    remedy=Said("填写内容改为小四号（12 磅）", "make values 12 pt"),
)
