"""A register that version 1 made is brought up to date and keeps every fact."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from certgen.errors import RegisterError
from certgen.registry.migrate import migrate
from certgen.registry.register import Origin, Outcome, Register, State
from certgen.registry.schema import SCHEMA_VERSION
from certgen.standards.levels import Level

from .builders import COUNTER, FILE, PLAN, PREFIX, Clock, a_record, code, wanted
from .paper import ask, closes, stock, take

# What version 1 wrote (its own dump): of four invented holders one is released, one void, two wait,
# the last of a counter that begins at 120.
VERSION_1 = """\
BEGIN TRANSACTION;
CREATE TABLE certgen_register (
  id INTEGER NOT NULL CHECK (id = 1),
  schema_version INTEGER NOT NULL,
  fingerprint_key BLOB NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT
;
INSERT INTO "certgen_register" VALUES(1,1,
X'9CC172521C58850BD3880FC69667AB6202446D15BAC9E6249825EB76823005D6','2026-01-05T08:00:00Z');
CREATE TABLE counters (
  counter TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (counter),
  CHECK (1 <= first AND first <= last AND last <= 999999)
)
 STRICT
;
INSERT INTO "counters" VALUES('Y000011000001263',1,3);
INSERT INTO "counters" VALUES('Y000011000001265',120,120);
CREATE TABLE events (
  id INTEGER NOT NULL,
  code TEXT NOT NULL,
  at TEXT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(code) REFERENCES numbers (code)
)
 STRICT
;
INSERT INTO "events" VALUES(1,'Y000011000001263000001','2026-01-05T08:00:00Z',
'reserved','20260105-01');
INSERT INTO "events" VALUES(2,'Y000011000001263000002','2026-01-05T08:00:00Z',
'reserved','20260105-01');
INSERT INTO "events" VALUES(3,'Y000011000001263000003','2026-01-05T08:00:00Z',
'reserved','20260105-01');
INSERT INTO "events" VALUES(4,'Y000011000001265000120','2026-01-05T08:00:00Z',
'reserved','20260105-01');
INSERT INTO "events" VALUES(5,'Y000011000001263000001','2026-01-05T08:00:00Z',
'issued','{FILE}');
INSERT INTO "events" VALUES(6,'Y000011000001263000002','2026-01-05T08:00:00Z',
'issued','{FILE}');
INSERT INTO "events" VALUES(7,'Y000011000001263000001','2026-01-05T08:00:00Z',
'released','');
INSERT INTO "events" VALUES(8,'Y000011000001263000002','2026-01-05T08:00:00Z',
'void','姓名有误');
CREATE TABLE jobs (
  id TEXT NOT NULL,
  day TEXT NOT NULL,
  nth INTEGER NOT NULL,
  roster TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  closed_at TEXT,
  PRIMARY KEY (id),
  UNIQUE (day, nth)
)
 STRICT
;
INSERT INTO "jobs" VALUES('20260105-01','20260105',1,'roster.xlsx',
'{ROSTER}','2026-01-05T08:00:00Z',NULL);
CREATE TABLE numbers (
  code TEXT NOT NULL,
  counter TEXT NOT NULL,
  serial INTEGER NOT NULL,
  fingerprint BLOB NOT NULL,
  state TEXT NOT NULL,
  job TEXT NOT NULL,
  position INTEGER NOT NULL,
  reserved_at TEXT NOT NULL,
  record TEXT NOT NULL,
  photo_sha256 TEXT NOT NULL,
  "plan" TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  released INTEGER NOT NULL,
  print_part INTEGER,
  void_reason TEXT NOT NULL,
  PRIMARY KEY (code),
  UNIQUE (counter, serial),
  UNIQUE (job, position),
  FOREIGN KEY(job, print_part) REFERENCES print_parts (job, number),
  CHECK (state IN ('pending', 'issued', 'void')),
  CHECK ((state = 'void') = (void_reason <> '')),
  CHECK (state <> 'issued' OR sha256 <> ''),
  CHECK (released = 0 OR (released = 1 AND sha256 <> '')),
  FOREIGN KEY(counter) REFERENCES counters (counter),
  FOREIGN KEY(job) REFERENCES jobs (id)
)
 STRICT
;
INSERT INTO "numbers" VALUES(
'Y000011000001263000001','Y000011000001263',1,
X'0188C3F4CDFE3165DB907D6190EA228BBBAFEC468C3FD80EBF4CAFE7A43E9D16',
'issued','20260105-01',1,'2026-01-05T08:00:00Z',
'{"name":"样例1","identity_type":"resident-card","identity_number":"990000190001000001",'
||'"occupation":"保育师","job":null,"level":3,'
||'"issue_date":"2026-01-05","site":"main",'
||'"branch":null,"batch":"2026-01","photo":"photos/1.jpg",'
||'"print_number":null,"place":["roster.xlsx","名单",4,"A"]}',
'{PHOTO}','{PLAN}','{FILE}',1000,1,1,'');
INSERT INTO "numbers" VALUES(
'Y000011000001263000002','Y000011000001263',2,
X'AA03D23FD7AB5E22661FF3E766EFA0B73C1BF6C09E6252A8ADF0013816956680',
'void','20260105-01',2,'2026-01-05T08:00:00Z',
'{"name":"样例2","identity_type":"resident-card","identity_number":"990000190001000002",'
||'"occupation":"保育师","job":null,"level":3,'
||'"issue_date":"2026-01-05","site":"main",'
||'"branch":null,"batch":"2026-01","photo":"photos/2.jpg",'
||'"print_number":null,"place":["roster.xlsx","名单",5,"A"]}',
'{PHOTO}','{PLAN}','{FILE}',900,0,NULL,'姓名有误');
INSERT INTO "numbers" VALUES(
'Y000011000001263000003','Y000011000001263',3,
X'9C654C3CD95E8BBF56519E16B2277EE90A945C6E4809BF0B3A8F4F547B683DE1',
'pending','20260105-01',3,'2026-01-05T08:00:00Z',
'{"name":"样例3","identity_type":"resident-card","identity_number":"990000190001000003",'
||'"occupation":"保育师","job":"工种甲","level":3,'
||'"issue_date":"2026-01-05","site":"main",'
||'"branch":"east","batch":"2026-01","photo":"photos/3.jpg",'
||'"print_number":"00000001","place":["roster.xlsx","名单",6,"A"]}',
'{PHOTO}','','',0,0,NULL,'');
INSERT INTO "numbers" VALUES(
'Y000011000001265000120','Y000011000001265',120,
X'21865E0C7E0139151057093AB05E0B887A67068F5FB95C198E868CB40DAC0935',
'pending','20260105-01',4,'2026-01-05T08:00:00Z',
'{"name":"样例4","identity_type":"resident-card","identity_number":"990000190001000004",'
||'"occupation":"保育师","job":null,"level":5,'
||'"issue_date":"2026-01-05","site":"main",'
||'"branch":null,"batch":"2026-01","photo":"photos/4.jpg",'
||'"print_number":null,"place":["roster.xlsx","名单",7,"A"]}',
'{PHOTO}','','',0,0,NULL,'');
CREATE TABLE print_parts (
  job TEXT NOT NULL,
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (job, number),
  FOREIGN KEY(job) REFERENCES jobs (id)
)
 STRICT
;
INSERT INTO "print_parts" VALUES('20260105-01',1,'{PRINT}');
CREATE UNIQUE INDEX one_live_number_per_row ON numbers (fingerprint) WHERE state <> 'void';
CREATE INDEX ix_events_code ON events (code);
COMMIT;
"""

HASHES = {"PHOTO": "p" * 64, "ROSTER": "e" * 64, "PRINT": "b" * 64, "FILE": FILE, "PLAN": PLAN}
FIFTH = PREFIX + "265"


@pytest.fixture
def old(path: Path) -> Path:
    """The register of version 1, as it lay on the disk."""
    script = VERSION_1
    for name, value in HASHES.items():
        script = script.replace(f"{{{name}}}", value)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(script)
    return path


def schema(path: Path) -> set[str]:
    """The words of each table and index; SQLAlchemy orders the rules of a copied table anew."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {" ".join(sorted(re.findall(r"[^\s,()\"]+", sql))) for (sql,) in rows}


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute("SELECT schema_version FROM certgen_register").fetchone()
    return int(found)


def test_the_tables_are_those_of_a_new_register(old: Path, clock: Clock, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    Register.open(new, clock=clock).close()
    assert schema(old) != schema(new)
    Register.open(old, clock=clock).close()
    assert schema(old) == schema(new)
    assert version(old) == SCHEMA_VERSION


def test_every_fact_is_kept(old: Path, clock: Clock) -> None:
    with Register.open(old, clock=clock) as register:
        first, second, third = (register.find(code(serial)) for serial in (1, 2, 3))
        assert first is not None
        assert second is not None
        assert third is not None
        assert first.record == a_record(1)
        assert third.record == a_record(3, job="工种甲", branch="east", print_number="00000001")
        assert (first.state, first.released, first.print_part) == (State.ISSUED, True, 1)
        assert (first.plan, first.sha256, first.size) == (PLAN, FILE, 1000)
        assert (second.state, second.void_reason) == (State.VOID, "姓名有误")
        assert {one.origin for one in (first, second, third)} == {Origin.ALLOCATED}
        assert [event.what for event in register.events(code(1))] == [
            "reserved",
            "issued",
            "released",
        ]
        assert [job.id for job in register.open_jobs()] == ["20260105-01"]


def test_counting_goes_on_where_it_stood(old: Path, clock: Clock) -> None:
    with Register.open(old, clock=clock) as register:
        answers = register.reserve(
            "20260105-01",
            [
                wanted(1),
                wanted(2),
                wanted(3, job="工种甲", branch="east", print_number="00000001"),
                wanted(5, level=Level.FIVE, first_serial=120),
            ],
        )
        assert [(one.outcome, one.code) for one in answers] == [
            (Outcome.ISSUED, code(1)),
            (Outcome.NEW, code(4)),
            (Outcome.RESUMED, code(3)),
            (Outcome.NEW, FIFTH + "000121"),
        ]
        for counter in (COUNTER, FIFTH):
            numbering = register.numbering(counter)
            assert numbering is not None
            assert numbering.whole
            assert not numbering.foreign


def test_the_holders_of_old_numbers_are_known(old: Path, clock: Clock) -> None:
    with Register.open(old, clock=clock) as register:
        assert len(register.known_numbers("990000190001000")) == 4
        (answer,) = register.foresee([wanted(1, name="另名", batch="2026-02")])
        assert [one.code for one in answer.earlier] == [code(1)]


def test_a_damaged_register_is_left_as_it_was(old: Path, clock: Clock) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("DELETE FROM jobs")
        connection.commit()
    before = schema(old)
    with pytest.raises(RegisterError, match="cannot be brought up to date"):
        Register.open(old, clock=clock)
    assert (version(old), schema(old)) == (1, before)


def test_who_comes_second_finds_it_done(old: Path) -> None:
    migrate(old, wait_s=1)
    migrate(old, wait_s=1)
    assert version(old) == SCHEMA_VERSION


# Version 3 has no paper ledger. Its dump: of four holders one is released, one void, one suspended, one waits; one
# number came from elsewhere.


@pytest.fixture
def third(path: Path) -> Path:
    """A register of version 3, as it lay on the disk."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(Path(__file__).with_name("version_3.sql").read_text("utf-8"))
    return path


def rows(path: Path, table: str) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608  (our own name)


def test_a_register_of_version_3_gets_a_paper_ledger_and_keeps_every_fact(
    third: Path, clock: Clock, tmp_path: Path
) -> None:
    tables = ("jobs", "counters", "numbers", "events", "print_parts")
    before = {table: rows(third, table) for table in tables}
    status = rows(third, "certgen_register")
    Register.open(tmp_path / "new.db", clock=clock).close()
    with Register.open(third, clock=clock) as register:
        assert {table: rows(third, table) for table in tables} == before
        assert register.ledger.balances() == ()
        job = register.open_jobs()[0].id
        register.reserve(job, [wanted(5)])
        (fresh,) = [entry for entry in register.entries(job) if entry.record.name == "样例5"]
        places = [entry.status_index for entry in register.entries(job)]
        assert places.count(fresh.status_index) == 1
        assert register.publish_statuses().number > 29_460_000
    assert schema(third) == schema(tmp_path / "new.db")
    assert [tuple(row)[3:] for row in status] == [("2026-01-05T08:00:00Z", 4, 29_460_000)]  # type: ignore[arg-type]
    copy = third.with_name("register.db.version-3")
    assert version(copy) == 3
    assert rows(copy, "numbers") == before["numbers"]


def test_after_migrating_the_database_holds_the_rules_of_the_ledger(
    third: Path, clock: Clock
) -> None:
    with Register.open(third, clock=clock) as register:
        stock(register, 3)
        take(register, [code(1)])
        with pytest.raises(RegisterError, match="is suspended"):
            register.ledger.take(ask([code(3)], 2), [code(3)])
        closes(register)
    with closing(sqlite3.connect(third)) as connection:
        for statement in ("UPDATE sheets SET state = 'destroyed'", "DELETE FROM sheet_events"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)


def test_a_migration_that_is_killed_leaves_version_3(
    third: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema(third)
    with monkeypatch.context() as patch:
        patch.setattr("certgen.registry.migrate.TRIGGERS", ["no statement"])
        with pytest.raises(RegisterError):
            Register.open(third, clock=clock)
    assert (version(third), schema(third)) == (3, before)
    Register.open(third, clock=clock).close()
    assert version(third) == SCHEMA_VERSION
