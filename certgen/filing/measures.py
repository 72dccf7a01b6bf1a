"""The table of sizes, faces and places: what another engine measured beside what a notice asks.

    tables(specimens, measure, agency, fonts)      # one for each layout that the agency file uses

A line is met, not met, or nothing was asked. Lines of several specimens that agree are one line.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from certgen.errors import Said
from certgen.exchange.agency import Agency
from certgen.filing import shape_lines, type_lines
from certgen.filing.asked import sample_of
from certgen.filing.line import Extent, Line, Verdict, merged
from certgen.filing.specimens import Specimen
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.finding import Finding, Place, Severity
from certgen.model.measured import MeasuredPage
from certgen.standards.forms import FormId

Measures = Callable[[bytes], tuple[MeasuredPage, ...]]
"""Another engine: `verify.measured.measure`."""


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of one layout, over all the files that use it; and where its first file has each content."""

    title: Said
    files: tuple[str, ...]
    lines: tuple[Line, ...]
    specimen: Specimen  # the first
    places: Mapping[str, Extent]  # by content key, 'photo' and 'qr'; only what was found

    def count(self, verdict: Verdict) -> int:
        """How many lines ended so."""
        return sum(line.verdict is verdict for line in self.lines)


def tables(
    specimens: Sequence[Specimen], measure: Measures, agency: Agency, fonts: FontSet[Face]
) -> tuple[Table, ...]:
    """A table for each layout, in the order of the specimens."""
    grouped: dict[str, list[Specimen]] = {}
    for specimen in specimens:
        grouped.setdefault(specimen.style.front.layout.id, []).append(specimen)
    return tuple(_table(group, measure, agency, fonts) for group in grouped.values())


def findings(made: Sequence[Table]) -> Iterator[Finding]:
    """A finding for each line that is not met, as grave as the verb of its clause."""
    for table in made:
        for line in table.lines:
            if line.verdict is Verdict.NOT_MET:
                yield Finding(
                    "filing-pack/not-met",
                    line.asked.severity if line.asked.clause else Severity.ERROR,
                    Said(
                        f"{table.title.zh}：{line.item.zh}实测 {line.measured}，要求{line.asked.said.zh}",
                        f"{table.title.en}: {line.item.en} measures {line.measured}; asked: {line.asked.said.en}",
                    ),
                    Place(line.files[0] if line.files else ""),
                    line.asked.clause,
                )


def _table(
    group: Sequence[Specimen], measure: Measures, agency: Agency, fonts: FontSet[Face]
) -> Table:
    measured = [measure(specimen.data) for specimen in group]
    lines = merged(
        replace(line, files=(specimen.file,))
        for specimen, pages in zip(group, measured, strict=True)
        for line in _lines(specimen, pages, agency, fonts)
    )
    first = group[0]
    places = _places(first, measured[0], agency.form)
    return Table(first.style.kind, tuple(one.file for one in group), lines, first, places)


def _lines(
    specimen: Specimen, pages: Sequence[MeasuredPage], agency: Agency, fonts: FontSet[Face]
) -> Iterator[Line]:
    for side, page in zip(specimen.style.sides, pages, strict=True):
        sample = sample_of(agency, specimen.style.branch, side.layout)
        yield shape_lines.sheet(page, agency.form, side.layout)
        if side.layout.photo is not None:
            yield shape_lines.photo(side, page, agency.form, sample)
        if side.layout.qr is not None:
            yield shape_lines.qr(side, page, sample)
        yield from type_lines.lines(side, page, sample, fonts)
        yield from type_lines.leadings(side, page, agency.form)
    front = sample_of(agency, specimen.style.branch, specimen.style.front.layout)
    yield from shape_lines.seal_lines(specimen, pages[0], agency, front)


def _places(
    specimen: Specimen, pages: Sequence[MeasuredPage], form: FormId
) -> Mapping[str, Extent]:
    """Where the front has each content."""
    side, page = specimen.style.front, pages[0]
    found = {slot.parts[0].key: type_lines.place_of(slot, side, page) for slot in side.layout.texts}
    if side.layout.photo is not None:
        found["photo"] = shape_lines.photo(side, page, form, side.layout).place
    if side.layout.qr is not None:
        found["qr"] = shape_lines.qr(side, page, side.layout).place
    return {key: place for key, place in found.items() if place is not None}
