"""One line of the table of measures, and how lines that agree become one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from certgen.errors import Said
from certgen.filing.asked import Asked
from certgen.model.page import Mm

NEAR: Mm = 0.1
"""By how much the finished page may differ from the composed one, and a size from what is asked."""

NEAR_PT = 0.05


class Verdict(StrEnum):
    """What became of one requirement."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_ASKED = "not-asked"

    @property
    def said(self) -> Said:
        """As the table prints it."""
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.MET: Said("符合", "met"),
    Verdict.NOT_MET: Said("不符合", "NOT MET"),
    Verdict.NOT_ASKED: Said("未作规定", "nothing asked"),
}


@dataclass(frozen=True, slots=True)
class Extent:
    """From where to where something was found, over all the places that a line is about; millimetres."""

    x0: float
    x1: float
    y0: float
    y1: float
    of: str = ""  # which point: '' left end of the baseline, 'middle', 'right', 'corner'

    @classmethod
    def at(cls, x: Mm, y: Mm, of: str = "") -> "Extent":
        """One place."""
        return cls(x, x, y, y, of)

    def joined(self, other: "Extent") -> "Extent":
        """Around both."""
        return Extent(
            min(self.x0, other.x0),
            max(self.x1, other.x1),
            min(self.y0, other.y0),
            max(self.y1, other.y1),
            self.of,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement, or one measure that nobody asks for."""

    item: Said
    asked: Asked
    measured: str
    verdict: Verdict
    place: Extent | None = None
    remark: Said | None = None
    files: tuple[str, ...] = ()  # where it was found so


def merged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines that say the same of the same thing are one: their places joined, their files listed."""
    found: dict[tuple[object, ...], Line] = {}
    for line in lines:
        key = (line.item, line.asked, line.measured, line.verdict, line.remark)
        known = found.get(key)
        if known is None:
            found[key] = line
            continue
        place = known.place.joined(line.place) if known.place and line.place else known.place
        files = tuple(dict.fromkeys((*known.files, *line.files)))
        found[key] = replace(known, place=place, files=files)
    return tuple(found.values())


def absent(item: Said, asked: Asked) -> Line:
    """That something is not on the page, which is never as it should be."""
    return Line(item, asked, "未找到 not found", Verdict.NOT_MET)


def met_if(ok: bool) -> Verdict:  # noqa: FBT001 (reads as a sentence: met_if(size == asked))
    """The verdict where something is asked."""
    return Verdict.MET if ok else Verdict.NOT_MET
