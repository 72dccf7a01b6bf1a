"""Numbers issued elsewhere (导入编号), taken over from a list: known as issued, without a file.

The same list again changes nothing. What the register has is never overwritten: a row that
contradicts it is a finding with its place. The rows come from `certgen.intake.imported`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from certgen.errors import Said
from certgen.model.finding import Finding, Severity
from certgen.registry import runs
from certgen.registry.answers import conflict_finding, remarks
from certgen.registry.counters import Counters
from certgen.registry.entries import Entry, ImportReport, Origin, State, Wanted
from certgen.registry.records import LISTED, differences
from certgen.registry.rows import add, log
from certgen.registry.standing import Standing
from certgen.standards.codes.national import CLAUSE, CertificateCode

_CHUNK = 500
"""Rows that are looked up together; a list may have hundreds of thousands."""

_FIELDS_ZH = {"name": "姓名", "issue_date": "发证日期"}


def import_numbers(
    connection: Connection,
    key: bytes,
    rows: Sequence[Wanted],
    file: str,
    sha256: str,
    now: datetime,
) -> ImportReport:
    """Enter what is new, report the rest. The caller's transaction keeps all of it or nothing."""
    listed = _decided(connection, key, rows, now)
    if not listed.new:
        return listed.report("")
    job = runs.open_job(connection, file, sha256, now)
    listed.counters.write(connection)
    holder = listed.standing.holder
    for start in range(0, len(listed.new), _CHUNK):
        new = listed.new[start : start + _CHUNK]
        rows_of = ((replace(entry, job=job), mark, holder(entry)) for mark, entry in new)
        add(connection, rows_of)
        log(connection, now, ((entry.code, "imported", job) for _, entry in new))
    runs.close_job(connection, job, now)
    return listed.report(job)


def foresee(
    connection: Connection, key: bytes, rows: Sequence[Wanted], now: datetime
) -> ImportReport:
    """What `import_numbers` would report now. Nothing is written."""
    return _decided(connection, key, rows, now).report("")


def _decided(
    connection: Connection, key: bytes, rows: Sequence[Wanted], now: datetime
) -> "_Import":
    listed = _Import(key, now)
    for start in range(0, len(rows), _CHUNK):
        listed.take(connection, rows[start : start + _CHUNK])
    return listed


class _Import:
    """What becomes of the rows of one list, decided before anything is written."""

    def __init__(self, key: bytes, now: datetime) -> None:
        self.now = now
        self.standing = Standing(key)
        self.counters = Counters()
        self.new: list[tuple[bytes, Entry]] = []  # with the fingerprints, in order
        self.already = 0
        self.contradictions: list[Finding] = []
        self.remarks: list[Finding] = []

    def take(self, connection: Connection, rows: Sequence[Wanted]) -> None:
        """Decide a chunk of rows, in order."""
        marks = self.standing.read(connection, rows)
        self.counters.read(connection, rows)
        for mark, one in zip(marks, rows, strict=True):
            contradiction = self._contradiction(mark, one)
            if contradiction:
                self.contradictions.append(contradiction)
            elif mark in self.standing.live:
                self.already += 1
            else:
                self._enter(mark, one)

    def report(self, job: str) -> ImportReport:
        """The account of the list."""
        return ImportReport(
            imported=len(self.new),
            already=self.already,
            contradictions=tuple(self.contradictions),
            remarks=tuple(self.remarks),
            advanced=self.counters.advanced(),
            job=job,
        )

    def _contradiction(self, mark: bytes, wanted: Wanted) -> Finding | None:
        code = wanted.adopted or ""
        conflict = self.standing.conflict(mark, code)
        if conflict:
            why, entry = conflict
            return conflict_finding(wanted, why, entry.code, entry.record.place)
        held = self.standing.live.get(mark)
        if held:
            changed = differences(held.record, wanted.record, LISTED)
            return _differs(wanted, changed) if changed else None
        if 1 < wanted.first_serial <= CertificateCode.parse(code).serial:
            return _counted_here(wanted)
        return None

    def _enter(self, mark: bytes, wanted: Wanted) -> None:
        code = wanted.adopted or ""
        self.counters.hold(wanted, code)
        entry = Entry(
            code=code,
            record=wanted.record,
            photo_sha256="",
            job="",  # known when the list has something new
            state=State.ISSUED,
            reserved_at=self.now,
            position=len(self.new) + 1,
            origin=Origin.IMPORTED,
        )
        self.remarks += remarks(wanted, self.standing.earlier(wanted, code))
        self.standing.add(mark, entry)
        self.standing.remember(entry)
        self.new.append((mark, entry))


def _differs(wanted: Wanted, changed: tuple[str, ...]) -> Finding:
    fields_zh = "、".join(_FIELDS_ZH[name] for name in changed)
    said = Said(
        f"编号 {wanted.adopted} 已在台账中，但{fields_zh}与本行不同：台账不会被覆盖，请核对哪一个正确",
        f"code {wanted.adopted} is in the register with other {', '.join(changed)}: the register "
        "is never overwritten, check which is right",
    )
    return Finding("import/differs", Severity.ERROR, said, wanted.record.place)


def _counted_here(wanted: Wanted) -> Finding:
    first = f"{wanted.first_serial:06d}"
    said = Said(
        f"机构配置规定本台账从序列码 {first} 起编号，编号 {wanted.adopted} 却在别处核发；"
        "请改正名单，或把起始序列码改到它之后",
        f"the agency file says that serials from {first} on are given here, but "
        f"{wanted.adopted} was issued elsewhere: correct the list, or set the first serial behind "
        "it",
    )
    clause = f"{CLAUSE} 二(七)"
    return Finding("import/first-serial", Severity.ERROR, said, wanted.record.place, clause)
