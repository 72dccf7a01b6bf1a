"""The first look over a roster (花名册): what only shows when all of its rows are seen.

Names that share a number, columns that slipped, rows that are no people. Of a roster of any length
it keeps digests and a few row numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from certgen.intake.asides import Aside, passed_over
from certgen.intake.cells import is_blank, note, text_of
from certgen.intake.columns import Field
from certgen.intake.hands import Hand
from certgen.intake.identities import read_number
from certgen.intake.photos import count_names
from certgen.intake.repeats import Holders, digest
from certgen.intake.sheets import Sheet
from certgen.intake.shifts import Gaps, Neighbours, Shift
from certgen.intake.texts import read_name
from certgen.intake.witnesses import Claims, claims_of
from certgen.model.finding import Finding, Place

WITNESSES = (Field.BIRTH_DATE, Field.SEX, Field.PHOTO)
"""The columns that can contradict a number or a name."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was seen. Findings are about the file, placed."""

    two_names: Mapping[bytes, tuple[int, ...]]
    shift: Shift | None
    findings: tuple[Finding, ...]
    names: Mapping[str, int]  # how many holders bear each name; empty unless it was asked for


def survey(sheet: Sheet, *, with_names: bool) -> Survey:
    """One pass over all rows."""
    named: set[tuple[str, str]] = set()
    holders, neighbours, gaps = Holders(), Neighbours(), Gaps(sheet.header)
    has_witnesses = not sheet.header.columns.keys().isdisjoint(WITNESSES)
    findings: list[Finding] = []
    blanks: list[int] = []
    for row, cells, aside in sheet.below():
        if aside is Aside.BLANK:
            blanks.append(row)
        elif aside:
            first = next(text_of(cell) for cell in cells if not is_blank(cell))
            findings.append(replace(passed_over(aside, first), place=Place(row=row)))
        else:
            hand = Hand(Place(row=row), sheet.header, cells)
            gaps.see(row, cells)
            if has_witnesses:
                neighbours.see(row, claims(hand))
            number, name = _holder(hand)
            if number and name:
                holders.add(row, number, name)
            if with_names and name:
                named.add((digest(number or "").hex(), name))
    shift = neighbours.shift() or gaps.shift()
    findings += _blank(blanks)
    doubt = None if shift else gaps.doubt()
    findings += [doubt] if doubt else []
    if shift:
        findings.insert(0, shift.finding(sheet.header))
    placed = (
        replace(found, place=replace(found.place, file=sheet.place.file, sheet=sheet.place.sheet))
        for found in findings
    )
    return Survey(holders.clashes, shift, tuple(placed), count_names(named))


def claims(hand: Hand) -> Claims:
    """What the row says about its holder."""
    return claims_of(
        hand.cell(Field.IDENTITY_NUMBER),
        hand.cell(Field.NAME),
        hand.cell(Field.BIRTH_DATE),
        hand.cell(Field.SEX),
        hand.cell(Field.PHOTO),
    )


def _holder(hand: Hand) -> tuple[str | None, str | None]:
    number = read_number(hand.cell(Field.IDENTITY_NUMBER)).value
    return number, read_name(hand.cell(Field.NAME)).value


def _blank(rows: list[int]) -> list[Finding]:
    """One note for all: a form often has a hundred numbered rows for forty people."""
    if not rows:
        return []
    place = Place(row=rows[0])
    said = note(
        Aside.BLANK,
        zh=f"第 {rows[0]} 行等 {len(rows)} 行除序号等无关列外没有内容，不算人员",
        en=f"{len(rows)} rows from row {rows[0]} on have nothing in any known column (only, say, a "
        "running number) and are no people",
    )
    return [replace(said, place=place)]
