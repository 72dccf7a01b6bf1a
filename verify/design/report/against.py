"""What became of the points of a former letter: mended, not mended, new, or no longer to be decided.

A point is known again by its rule and what is read there, then by where it stands: a designer who
moves a line has not mended it. The former report is our JSON, or the former design itself.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from certgen.errors import InputError, Said
from verify.design.decisions import Item, Reviewed
from verify.design.finding import Kind
from verify.design.report.as_json import VERSION, item_of

_LARGEST = 50_000_000
_OPEN = {Kind.ERROR.value, Kind.REVIEW.value, Kind.UNDECIDED.value, Kind.WARNING.value}


class Standing(StrEnum):
    """What became of one point."""

    MENDED = "mended"
    NOT_MENDED = "not-mended"
    CANNOT_TELL = "cannot-tell"  # its rule is undecided now: nobody can say that it is mended
    NEW = "new"

    @property
    def said(self) -> Said:
        """As a report names it."""
        return _SAID[self]


_SAID = {
    Standing.MENDED: Said("已修改", "mended"),
    Standing.NOT_MENDED: Said("未修改", "not mended"),
    Standing.CANNOT_TELL: Said("无法判断是否已改", "cannot tell"),
    Standing.NEW: Said("新出现", "new"),
}


@dataclass(frozen=True, slots=True)
class Former:
    """One open point of the former report."""

    rule: str
    said: Said
    read: str
    page: int
    box: tuple[float, float, float, float] | None
    kind: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One point with its standing; `now` is the finding it is known again by."""

    standing: Standing
    former: Former | None
    now: Item | None

    @property
    def said(self) -> Said:
        """What the point is about."""
        if self.now is not None:
            return self.now.finding.said
        return self.former.said if self.former else Said("", "")


def former_of(path: Path, name: str = "") -> tuple[Former, ...] | None:
    """The open points of a former JSON report; None where `path` is no such report.

    `name` chooses the design of a report about many. Raises `InputError` for another version.
    """
    try:
        if path.stat().st_size > _LARGEST:
            return None
        with path.open("rb") as file:
            if file.read(1) not in {b"{", b"\xef"}:
                return None
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or data.get("format") != "certverify-lint":
        return None
    if data.get("version") != VERSION:
        raise InputError(
            zh=f"{path.name} 是版本 {data.get('version')} 的报告，本程序只读版本 {VERSION}",
            en=f"{path.name} is of version {data.get('version')}; this program reads {VERSION}",
        )
    try:
        designs = data["designs"]
        chosen = next((d for d in designs if d["file"] == name), designs[0])
        return tuple(_former(row) for row in chosen["findings"] if row["kind"] in _OPEN)
    except (KeyError, IndexError, TypeError) as problem:
        raise InputError(
            zh=f"{path.name} 不是完整的检查报告", en=f"{path.name} is no complete report"
        ) from problem


def former_points(review: Reviewed) -> tuple[Former, ...]:
    """The open points of a report in hand: the former design, linted again."""
    rows = map(item_of, review.items)
    return tuple(_former(row) for row in rows if row["kind"] in _OPEN)


def _former(row: dict[str, Any]) -> Former:
    boxes = row["boxes_mm"]
    span = row["context"][row["start"] : row["end"]]
    return Former(
        rule=row["rule"],
        said=Said(row["message"]["zh"], row["message"]["en"]),
        read=row["read"] or "".join(span.split()),
        page=row["page"],
        box=tuple(boxes[0]) if boxes else None,
        kind=row["kind"],
    )


def answers(former: Sequence[Former], review: Reviewed) -> tuple[Answer, ...]:
    """The former points in their order, each answered, then what is new."""
    left = list(review.of(Kind.ERROR, Kind.REVIEW, Kind.UNDECIDED, Kind.WARNING))
    undecided = {item.finding.rule for item in review.of(Kind.UNDECIDED)}
    unreadable = "hidden/unreadable" in undecided
    found: list[Answer] = []
    for point in former:
        now = min(left, key=lambda item: _distance(point, item), default=None)
        if now is not None and _distance(point, now) < _FAR:
            left.remove(now)
            found.append(Answer(Standing.NOT_MENDED, point, now))
        elif point.rule in undecided or (
            unreadable and point.rule.startswith(("wording/", "hidden/"))
        ):
            found.append(Answer(Standing.CANNOT_TELL, point, None))
        else:
            found.append(Answer(Standing.MENDED, point, None))
    return (*found, *(Answer(Standing.NEW, None, item) for item in left))


_FAR = 1e6


def _distance(point: Former, item: Item) -> float:
    """0 is the same place; `_FAR` and more is another point."""
    finding = item.finding
    if finding.rule != point.rule:
        return _FAR
    read = finding.read or "".join(finding.place.written.split())
    apart = 0.0 if read == point.read else 1000.0
    box = finding.place.box
    if box is None or point.box is None:
        return apart if apart == 0.0 or box is point.box else _FAR
    middle = ((point.box[0] + point.box[2]) / 2, (point.box[1] + point.box[3]) / 2)
    away = abs(box.centre[0] - middle[0]) + abs(box.centre[1] - middle[1])
    if apart and away > 15:  # other words at another place
        return _FAR
    return apart + away + 50.0 * abs(finding.place.page - point.page)
