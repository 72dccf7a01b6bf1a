"""Invented rows and a clock that stands still, for every test of the register."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from certgen.model.finding import Place
from certgen.model.record import Record
from certgen.registry.register import Done, Register, Wanted
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level

PREFIX = "Y000011000001"
COUNTER = PREFIX + "263"  # of 2026, level three
FILE = "f" * 64  # stands for the SHA-256 of a file
PLAN = "a" * 64


@dataclass
class Clock:
    """The time it is told."""

    now: datetime = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, **span: float) -> None:
        self.now += timedelta(**span)


def a_record(nth: int = 1, **changes: Any) -> Record:
    """The nth invented holder: place 99 exists in no identity number."""
    record = Record(
        name=f"样例{nth}",
        identity_type=IdentityType.RESIDENT_CARD,
        identity_number=f"9900001900010{nth:05d}",
        occupation="保育师",
        job=None,
        level=Level.THREE,
        issue_date=date(2026, 1, 5),
        site="main",
        batch="2026-01",
        photo=Path(f"photos/{nth}.jpg"),
        place=Place("roster.xlsx", "名单", nth + 3, "A"),
    )
    return replace(record, **changes)


def wanted(
    nth: int = 1,
    *,
    prefix: str = PREFIX,
    first_serial: int = 1,
    photo_sha256: str = "p" * 64,
    **changes: Any,
) -> Wanted:
    """The nth holder asks for a number."""
    return Wanted(a_record(nth, **changes), prefix, first_serial, photo_sha256)


def code(serial: int) -> str:
    """The code with this serial, of the counter that `wanted` asks by default."""
    return f"{COUNTER}{serial:06d}"


def give(register: Register, job: str, count: int) -> list[str]:
    """Reserve for the first `count` holders; their codes."""
    answers = register.reserve(job, [wanted(nth) for nth in range(1, count + 1)])
    return [answer.code for answer in answers if answer.code]


def issue(register: Register, *codes: str) -> None:
    """Record a file for each code."""
    register.record([Done(one, FILE, 1000) for one in codes])
