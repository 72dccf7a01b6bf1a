"""What a person decided about a design (审查决定): sign-offs and ticks of the worksheet, in a file beside it.

`样式.pdf.decisions.toml`, written by hand or by the worksheet:

    [[decision]]
    rule = "wording/state-name"
    text = "全国坊"            # the exact span, or more of the line around it; or page and box
    verdict = "accepted"      # accepted: may stay; seen: looked at, in order; breach: is an error
    reason = "地名"            # mandatory
    by = "王审查"
    date = 2026-11-28
    sha256 = "…"              # of the design: a changed file asks again

A decision is evidence of its own kind: the finding stays in the report with it. Errors about the
emblem and hidden text cannot be signed off. A decision that meets no finding is reported.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from certgen.errors import InputError, Said
from certgen.model.box import Box
from verify.design.finding import Finding, Kind, Place
from verify.design.linter import Report
from verify.design.rules import all_rules

SUFFIX = ".decisions.toml"
"""Behind the name of the design."""

_LARGEST = 1_000_000
_NEEDED = ("rule", "verdict", "reason", "by", "date", "sha256")


class Answer(StrEnum):
    """What was decided."""

    ACCEPTED = "accepted"  # found, and may stay for the reason given
    SEEN = "seen"  # looked at where the machine could not judge: in order
    BREACH = "breach"  # looked at: it breaks the clause


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one person."""

    rule: str
    answer: Answer
    reason: str
    by: str
    day: date
    sha256: str
    text: str = ""
    page: int = 0
    box: Box | None = None

    @property
    def said(self) -> Said:
        """As a report shows it."""
        answer = _ANSWERS[self.answer]
        return Said(
            f"{answer.zh}：{self.reason}（{self.by}，{self.day.isoformat()}）",
            f"{answer.en}: {self.reason} ({self.by}, {self.day.isoformat()})",
        )


_ANSWERS = {
    Answer.ACCEPTED: Said("已签核", "accepted"),
    Answer.SEEN: Said("已人工核对", "seen by eye"),
    Answer.BREACH: Said("人工认定不符合", "judged a breach by eye"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with what a person decided about it, if anybody did."""

    finding: Finding
    decision: Decision | None = None

    @property
    def kind(self) -> Kind:
        """What it counts as: a breach seen by eye is an error, what was accepted is a note."""
        if self.decision is None:
            return self.finding.kind
        return Kind.ERROR if self.decision.answer is Answer.BREACH else Kind.NOTE


@dataclass(frozen=True, slots=True)
class Unused:
    """A decision that closed nothing, and why."""

    decision: Decision
    said: Said


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A report with the decisions of people."""

    report: Report
    items: tuple[Item, ...]
    unused: tuple[Unused, ...] = ()

    def of(self, *kinds: Kind) -> tuple[Item, ...]:
        """The items that count as one of these kinds."""
        return tuple(item for item in self.items if item.kind in kinds)

    @property
    def exit_code(self) -> int:
        """1 with an error; 3 where something is open; 0 otherwise."""
        if self.of(Kind.ERROR):
            return 1
        return 3 if self.of(Kind.REVIEW, Kind.UNDECIDED) else 0


def beside(design: Path) -> Path:
    """The decisions file that belongs to a design."""
    return design.with_name(design.name + SUFFIX)


def load(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file. Raises `InputError` with one line for each that cannot be used."""
    try:
        if path.stat().st_size > _LARGEST:
            raise _unusable(path, Said("文件过大", "the file is too large"))
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
        raise _unusable(
            path, Said(f"不是可读的 TOML（{problem}）", f"not TOML ({problem})")
        ) from problem
    rows = data.get("decision", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _unusable(path, Said("应为 [[decision]] 段", "it must hold [[decision]] tables"))
    problems: list[Said] = []
    found = [_decision(number, row, problems) for number, row in enumerate(rows, 1)]
    if problems:
        raise _unusable(
            path, Said("\n".join(p.zh for p in problems), "\n".join(p.en for p in problems))
        )
    return tuple(decision for decision in found if decision)


def _unusable(path: Path, said: Said) -> InputError:
    return InputError(
        zh=f"审查决定文件 {path.name} 无法使用：{said.zh}",
        en=f"decisions file {path.name}: {said.en}",
    )


def _decision(number: int, row: dict[str, Any], problems: list[Said]) -> Decision | None:
    missing = [key for key in _NEEDED if not str(row.get(key, "")).strip()]
    if missing:
        names = "、".join(missing)
        problems.append(
            Said(f"第 {number} 条缺少 {names}", f"decision {number} lacks {', '.join(missing)}")
        )
        return None
    if row["rule"] not in all_rules():
        problems.append(
            Said(
                f"第 {number} 条：没有规则 {row['rule']}",
                f"decision {number}: there is no rule {row['rule']}",
            )
        )
        return None
    day = row["date"] if isinstance(row["date"], date) else _day(str(row["date"]))
    answers = [answer.value for answer in Answer]
    if day is None or row["verdict"] not in answers:
        problems.append(
            Said(
                f"第 {number} 条：date 应为 2026-11-28 的形式，verdict 应为 {'、'.join(answers)}",
                f"decision {number}: date as 2026-11-28, verdict one of {', '.join(answers)}",
            )
        )
        return None
    return Decision(
        rule=row["rule"],
        answer=Answer(row["verdict"]),
        reason=str(row["reason"]).strip(),
        by=str(row["by"]).strip(),
        day=day,
        sha256=str(row["sha256"]).lower(),
        text=str(row.get("text", "")),
        page=row["page"] if isinstance(row.get("page"), int) else 0,
        box=Box(*map(float, row["box"])) if _is_box(row.get("box")) else None,
    )


def _is_box(box: object) -> bool:
    return isinstance(box, list) and len(box) == 4 and all(isinstance(n, int | float) for n in box)


def _day(text: str) -> date | None:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def reviewed(report: Report, decisions: Sequence[Decision]) -> Reviewed:
    """Each finding with the first decision that meets it, and the decisions that meet none."""
    digest = report.design.source.sha256
    unused = [Unused(d, _OTHER_FILE) for d in decisions if d.sha256 != digest]
    usable = [d for d in decisions if d.sha256 == digest]
    used: set[int] = set()
    refused: dict[int, Said] = {}
    items = []
    for finding in report.findings:
        chosen = None
        for number, decision in enumerate(usable):
            if not finding.kind.above_exempt or not _meets(decision, finding):
                continue
            why = _refusal(decision, finding)
            if why:
                refused[number] = why
                continue
            used.add(number)
            chosen = chosen or decision
        items.append(Item(finding, chosen))
    for number, decision in enumerate(usable):
        if number in used:
            continue
        if number not in refused and decision.answer is Answer.BREACH:
            items.append(Item(_seen_by_eye(decision), decision))
        elif number in refused or decision.answer is not Answer.SEEN or decision.text:
            unused.append(Unused(decision, refused.get(number, _MEETS_NOTHING)))
        else:
            items.append(Item(_seen_by_eye(decision), decision))
    return Reviewed(report, tuple(items), tuple(unused))


def _seen_by_eye(decision: Decision) -> Finding:
    """What a person saw where the machine found nothing: evidence of its own kind."""
    rule = all_rules()[decision.rule]
    place = Place(decision.page, (decision.box,) if decision.box else ())
    if decision.answer is Answer.BREACH:
        return rule.finding(rule.said, place, kind=Kind.NOTE)
    said = Said(
        f"人工核对“{rule.said.zh}”：未发现问题", f"looked at by eye for {rule.said.en}: in order"
    )
    nothing = Said("无需修改", "nothing to change")
    return rule.finding(said, place, kind=Kind.NOTE, remedy=nothing)


_OTHER_FILE = Said(
    "针对的是另一个文件（摘要不同）", "it is about another file (the digest differs)"
)
_MEETS_NOTHING = Said("没有对应的发现", "no finding meets it")
_NEVER = Said(
    "国徽和隐藏文字的不符合项不能签核",
    "errors about the emblem and hidden text cannot be signed off",
)
_TOO_MUCH = Said(
    "不符合项只能按确切文字或位置签核", "an error is signed off by its exact text or box only"
)


def _refusal(decision: Decision, finding: Finding) -> Said | None:
    if decision.answer is Answer.BREACH or finding.kind is not Kind.ERROR:
        return None
    if not all_rules()[finding.rule].sign_off:
        return _NEVER
    exact = decision.text or decision.box
    return None if exact or not (finding.place.context or finding.place.boxes) else _TOO_MUCH


def _meets(decision: Decision, finding: Finding) -> bool:
    if decision.rule != finding.rule:
        return False
    place = finding.place
    if decision.page and place.page and decision.page != place.page:
        return False
    if decision.text:
        return _around(decision.text, finding)
    if decision.box:
        return _same_place(decision.box, finding)
    return True


def _around(text: str, finding: Finding) -> bool:
    """Whether the span of the finding lies in an occurrence of the text that was decided on."""
    place = finding.place
    at = place.context.find(text)
    while at >= 0:
        if at <= place.start and place.end <= at + len(text):
            return True
        at = place.context.find(text, at + 1)
    return False


def _same_place(box: Box, finding: Finding) -> bool:
    found = finding.place.box
    if found is None:
        return False
    shared = found.overlap(box)
    least = min(found.width * found.height, box.width * box.height)
    return shared > 0.5 * least and shared > 0.2 * max(
        found.width * found.height, box.width * box.height
    )
