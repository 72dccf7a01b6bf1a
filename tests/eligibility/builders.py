"""Agencies, records and lists for the gate's tests. People are invented; 990000 is no place."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from certgen.exchange.agency import Agency, ScopeEntry, Site
from certgen.model.finding import Finding, Place
from certgen.model.record import Record
from certgen.standards.identity import IdentityType, check_digit
from certgen.standards.levels import Level

TODAY = date(2026, 6, 1)
FILED = (date(2020, 1, 1), date(2030, 12, 31))

_AGENCY = Agency(
    name="样例机械有限公司",
    english_name="Sample Machinery Co., Ltd.",
    category="Y",
    sites={
        "main": Site("main", "Y000044000123", *FILED),
        "north": Site("north", "Y000041000456", *FILED),
    },
    scope=(ScopeEntry("车工", "数控车工", frozenset({Level.FOUR, Level.THREE})),),
)


def an_agency(**changes: Any) -> Agency:
    return replace(_AGENCY, **changes)


def a_number(serial: int = 1) -> str:
    """A resident number with a right check digit and an impossible place."""
    first = f"99000019900101{serial:03}"
    return first + check_digit(first)


def a_record(serial: int = 1, **changes: Any) -> Record:
    """A good record in row `serial` + 1 of a roster."""
    record = Record(
        name="张样例",
        identity_type=IdentityType.RESIDENT_CARD,
        identity_number=a_number(serial),
        occupation="车工",
        job="数控车工",
        level=Level.THREE,
        issue_date=date(2026, 1, 5),
        site="main",
        place=Place("roster.xlsx", "名单", serial + 1),
    )
    return replace(record, **changes)


APPROVED = ("姓名", "证件号码", "职业", "工种", "等级")


def a_line(serial: int = 1, **changes: str) -> list[str]:
    """The line of an approved list that `a_record(serial)` needs; change it by `APPROVED` heading."""
    line = dict(zip(APPROVED, ("张样例", a_number(serial), "车工", "数控车工", "3"), strict=True))
    return list((line | changes).values())


def a_csv(path: Path, header: Sequence[str], *lines: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return path


def an_xlsx(path: Path, rows: Iterable[Sequence[str]], hidden: Iterable[int] = ()) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(tuple(row))
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    book.save(path)
    return path


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]
