"""Occupation, job or level (职业、工种、级别) that are not in the filed scope."""

from collections.abc import Iterator

from certgen.errors import LevelError, Said
from certgen.standards.levels import Level
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.rule import Rule, in_text
from verify.design.rules.title_other_title import close


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    scope = case.filing.scope if case.filing else ()
    occupation = case.parts.fields.get("occupation")
    if not scope or occupation is None or occupation.value is None:
        return
    written = close(occupation.written)
    if not any(char.isalpha() and char not in "x×" for char in written):
        return
    entries = [entry for entry in scope if close(entry.occupation) == written]
    place = in_text(occupation.value.text, occupation.value.start, occupation.value.end)
    if not entries:
        yield rule.finding(
            Said(
                f"职业“{occupation.written}”不在备案范围内",
                f"{occupation.written} is not in the filed scope",
            ),
            place,
        )
        return
    job, level = case.parts.fields.get("job"), case.parts.fields.get("level")
    if job and job.value and (named := close(job.written)).strip("-—×x无/"):
        entries = [entry for entry in entries if entry.job is None or close(entry.job) == named]
        if not entries:
            yield rule.finding(
                Said(
                    f"工种“{job.written}”不在“{occupation.written}”的备案范围内",
                    f"{job.written} is not filed for {occupation.written}",
                ),
                in_text(job.value.text, job.value.start, job.value.end),
            )
            return
    step = _level(level.written) if level and level.value else None
    if level and level.value and step and not any(step in entry.levels for entry in entries):
        yield rule.finding(
            Said(
                f"“{occupation.written}”未备案{step.written}",
                f"{step.written} is not filed for {occupation.written}",
            ),
            in_text(level.value.text, level.value.start, level.value.end),
        )


def _level(written: str) -> Level | None:
    try:
        return Level.parse(written)
    except LevelError:
        return None  # fields/level-form says so


RULE = Rule(
    id="scope/not-filed",
    said=Said("职业、工种或级别不在备案范围", "outside the filed scope"),
    clause=clauses.SCOPE,
    kind=Kind.ERROR,
    looks_at=Said(
        "填写的职业、工种/职业方向、级别，与备案职业范围比较",
        "the filled occupation, job and level against the filed scope",
    ),
    passes=Said(
        "空白栏和占位符；没有提供备案范围时不比较",
        "empty fields and placeholders; nothing is compared where no scope was given",
    ),
    decided_by="text, filing",
    check=_check,
    remedy=Said("按备案公布的信息填写，或先备案", "write it as filed, or file it first"),
)
