"""A stock definition proposed from a scan of the blank sheet: what is printed already, and on which line a value goes.

Proposals only: each carries a remark that says how it was come by, and a person looks at every one of them in the
editing page. Without an agency file the words on the sheet are not known, and the box of a slot is looked at instead.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from certgen.compose import Composer
from certgen.exchange.agency_shape import Tree
from certgen.layouts import checks
from certgen.layouts.checks import Box
from certgen.layouts.slots import Layout, RuleSlot, TextSlot
from certgen.model.page import Mm, TextRun
from certgen.standards import filling
from certgen.standards.forms import FormId
from certgen.stock import drafting, scanning
from certgen.stock.definition import FRONT, Key, Of, State
from certgen.stock.draft import NUMBER, Draft
from certgen.stock.edges import Found
from certgen.stock.ink import DPI, Inked, Line
from certgen.stock.rules_of_form import SAMPLE

ENOUGH = 0.5
"""Of the characters of a text must have ink under them for it to count as printed."""

ENOUGH_OF_BOX = 0.25
"""The same of a whole box, which its text seldom fills."""

ENOUGH_OF_NUMBER = 0.8
"""Of the first six digits of a print number."""

SLACK: Mm = 0.8
"""How far a printed text may stand from where the layout has it."""

REACH: Mm = 5.5
"""How far a line may lie from where the layout has it: half the distance of two lines."""

FARTHER: Mm = 12.0
"""The same of a whole column of lines that is set closer or wider."""

MIDDLE = 0.6
"""Of the size above the baseline there is ink in every script, and none of the line above."""

_FIRMLY_REQUIRED = frozenset(
    {"title.zh", "body.zh", "agency.name", "certificate_query", "institution_query"}
)
"""Contents of 人社鉴发〔2021〕1号 二(一) that all certificates share; other words may be left off."""


@dataclass
class Proposed:
    """A definition to look at, and how each part of it was come by."""

    tree: Tree
    remarks: dict[Key, str] = field(default_factory=dict)
    snapped: int = 0  # values that were put onto a printed line
    loose: list[str] = field(default_factory=list)  # values for which no line was found

    @property
    def printed(self) -> int:
        """Slots that seem to be on the sheet."""
        return sum(row["state"] == State.PRINTED for row in self.tree["slot"])


def propose(
    found: Found, of: Of, version: str, composer: Composer | None, beside: Path
) -> Proposed:
    """Read the scan. `beside` is the folder of the definition, from which it will name the scan.

    `composer` lays out what the agency's certificates say; None where there is no agency file.
    """
    front = of.sides()[FRONT]
    size = front.width, front.height
    ink = Inked(scanning.straightened(found.scan, size, DPI))
    named = replace(found.scan, path=_from(found.scan.path, beside))
    made = Proposed(drafting.start(of, version, named))
    runs = _runs(composer) if composer else None
    for text in front.texts:
        if text.static and text.parts[0].key != SAMPLE:
            _judge(made, of, text, ink, None if runs is None else runs.get(text.id, []))
    _find_number(made, front, ink)
    _snap(made, front, ink)
    _one_line_where_two_collide(made, of)
    return made


def from_layout(of: Of, version: str, composer: Composer | None) -> Proposed:
    """A definition to order sheets by, before there is one to scan: all as the layout has it."""
    made = Proposed(drafting.start(of, version))
    runs = _runs(composer) if composer else None
    for text in of.sides()[FRONT].texts:
        if runs is not None and text.static and text.parts[0].key != SAMPLE and text.id not in runs:
            _leave_out(made, text)
    return made


def _from(path: Path, folder: Path) -> Path:
    """The scan as seen from the folder of the definition; whole where no way leads there (another drive)."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve()))
    except ValueError:
        return path.resolve()


def _runs(composer: Composer) -> dict[str, list[TextRun]]:
    runs: dict[str, list[TextRun]] = {}
    for item in composer.statics:
        if isinstance(item, TextRun):
            runs.setdefault(item.slot, []).append(item)
    return runs


def _judge(made: Proposed, of: Of, text: TextSlot, ink: Inked, runs: list[TextRun] | None) -> None:
    """Whether a text that all certificates share is on the sheet already."""
    key = Key(FRONT, text.id)
    row = drafting.row_of(made.tree, key)
    if runs is not None and not runs:
        _leave_out(made, text)
        return
    share, enough = _share(text, ink, runs)
    if share >= enough:
        made.remarks[key] = f"已印好？墨迹 {share:.0%} printed already? ink under {share:.0%}"
        return
    free = of.form in {FormId.NATIONAL_2021, FormId.VETERANS_2024} or text.optional
    absent = free and text.id not in _FIRMLY_REQUIRED
    row["state"] = str(State.NONE if absent else State.DATA)
    made.remarks[key] = (
        f"纸上未见（墨迹 {share:.0%}），需要打印的请改为 data not seen (ink under {share:.0%}): data if it is wanted"
        if absent
        else f"纸上未见（墨迹 {share:.0%}） not seen on the sheet (ink under {share:.0%})"
    )


def _leave_out(made: Proposed, text: TextSlot) -> None:
    """An optional text that this agency does not have."""
    key = Key(FRONT, text.id)
    drafting.row_of(made.tree, key)["state"] = str(State.NONE)
    made.remarks[key] = "机构配置中没有此项 not in the agency file"


def _find_number(made: Proposed, front: Layout, ink: Inked) -> None:
    """A number of the sheet is there whatever the agency file says of print numbers."""
    for text in front.texts:
        if text.id == NUMBER:
            em = text.size_pt * filling.MM_PER_PT
            digits = Box("", text.x0, text.baseline - em, text.x0 + 6 * em / 2, text.baseline)
            if ink.share_of_cells(digits, em / 2, 0.2) >= ENOUGH_OF_NUMBER:
                for slot in (NUMBER, "print_number.label"):
                    drafting.row_of(made.tree, Key(FRONT, slot))["state"] = str(State.PRINTED)
                    made.remarks[Key(FRONT, slot)] = "纸上有流水码 the sheet has a number"


def _share(text: TextSlot, ink: Inked, runs: list[TextRun] | None) -> tuple[float, float]:
    em = text.size_pt * filling.MM_PER_PT
    if runs is None:
        return ink.share_of_cells(checks.text_box(text), em, SLACK), ENOUGH_OF_BOX
    shares = []
    for run in runs:
        box = Box("", run.x, run.baseline - MIDDLE * em, run.x + run.width, run.baseline)
        shares.append((ink.share_of_cells(box, em, SLACK), run.width))
    return sum(share * width for share, width in shares) / sum(width for _, width in shares), ENOUGH


def _snap(made: Proposed, front: Layout, ink: Inked) -> None:
    """Put each value onto the printed line under it, as far above it as the layout has it."""
    rules = {rule.id: rule for rule in front.rules}
    lines = _lines_of(front.rules, ink)
    for text in front.texts:
        if text.static:
            continue
        key = Key(FRONT, text.id)
        rule = rules.get(f"{text.id.rpartition('.')[0]}.line")
        if rule is None:
            if not text.optional:
                made.loose.append(text.id)
                made.remarks[key] = "请核对位置 look where it stands"
            continue
        line = lines.get(rule.id)
        if line is None:
            made.loose.append(text.id)
            made.remarks[key] = "未找到横线，请核对位置 no line found: look where it stands"
            drafting.row_of(made.tree, Key(FRONT, rule.id))["state"] = str(State.NONE)
            continue
        made.snapped += 1
        row = drafting.row_of(made.tree, key)
        row["x0"] = round(line.x0 + text.x0 - rule.x0, 2)
        row["x1"] = round(line.x1 + text.x1 - rule.x1, 2)
        row["baseline"] = round(line.y + text.baseline - rule.y, 2)
        made.remarks[key] = f"靠到 y = {line.y:.2f} 的横线 put onto the line at y = {line.y:.2f}"


def _lines_of(rules: Sequence[RuleSlot], ink: Inked) -> dict[str, Line]:
    """The printed line of each rule: in their order where a column has as many as the layout, else the nearest."""
    found: dict[str, Line] = {}
    columns: dict[tuple[Mm, Mm], list[RuleSlot]] = {}
    for rule in sorted(rules, key=lambda one: one.y):
        columns.setdefault((rule.x0, rule.x1), []).append(rule)
    for (x0, x1), column in columns.items():
        lines = ink.lines(x0, x1, column[0].y - FARTHER, column[-1].y + FARTHER)
        if len(column) > 2 and len(lines) == len(column):
            found |= {rule.id: line for rule, line in zip(column, lines, strict=True)}
            continue
        for rule in column:
            near = [line for line in lines if abs(line.y - rule.y) <= REACH]
            if near:
                found[rule.id] = min(near, key=lambda line: abs(line.y - rule.y))
    return found


def _one_line_where_two_collide(made: Proposed, of: Of) -> None:
    """Where the lines of a sheet are closer than those of the layout, values may take one line only."""
    sides = Draft(made.tree, of.sides()).sides
    texts = [text for text in sides[FRONT].texts if not text.static]
    for one, other in _colliding(texts):
        for text in (one, other):
            if text.max_lines > 1:
                drafting.row_of(made.tree, Key(FRONT, text.id))["max_lines"] = 1


def _colliding(texts: list[TextSlot]) -> Iterator[tuple[TextSlot, TextSlot]]:
    for at, one in enumerate(texts):
        for other in texts[at + 1 :]:
            if checks.text_box(one).meets(checks.text_box(other)):
                yield one, other
