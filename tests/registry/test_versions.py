"""Places in the status list, signed QR codes and marks: what version 3 of the register added."""

import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from certgen.errors import RegisterError
from certgen.registry.indexes import place
from certgen.registry.register import Done, Mark, Register
from certgen.registry.schema import SCHEMA_VERSION

from .builders import COUNTER, FILE, Clock, a_record, code, wanted
from .test_migrate import schema, version

KEY = bytes(range(32))


def issued(register: Register, job: str, *nths: int) -> list[str]:
    codes = [str(one.code) for one in register.reserve(job, [wanted(nth) for nth in nths])]
    register.record([Done(one, FILE, 1000) for one in codes])
    return codes


def test_every_place_of_a_block_is_given_exactly_once() -> None:
    assert sorted(place(KEY, nth) for nth in range(65_536, 131_072)) == list(range(65_536, 131_072))


def test_neighbours_do_not_lie_side_by_side_and_another_key_scatters_otherwise() -> None:
    places = [place(KEY, nth) for nth in range(2000)]
    near = sum(abs(one - other) < 100 for one, other in pairwise(places))
    assert near < 20
    assert places != [place(bytes(32), nth) for nth in range(2000)]


def test_every_number_gets_a_place_of_its_own_in_every_run(register: Register, job: str) -> None:
    register.reserve(job, [wanted(nth) for nth in range(1, 30)])
    register.reserve(job, [wanted(nth) for nth in range(20, 60)])
    places = [entry.status_index for entry in register.entries(job)]
    assert None not in places
    assert len(set(places)) == 59


def test_foreseeing_gives_no_place(register: Register, job: str) -> None:
    register.foresee([wanted(1)])
    register.reserve(job, [wanted(2)])
    (entry,) = register.entries(job)
    register.foresee([wanted(3)])
    assert entry.status_index == register.find(entry.code).status_index  # type: ignore[union-attr]
    assert register.publish_statuses().highest == entry.status_index


def test_an_imported_number_has_no_place(register: Register) -> None:
    register.import_numbers(
        [wanted(1, adopted_code=COUNTER + "000050")], file="old.xlsx", sha256=FILE
    )
    entry = register.find(COUNTER + "000050")
    assert entry is not None
    assert entry.status_index is None


def test_a_qr_code_is_signed_once(register: Register, job: str) -> None:
    (answer,) = register.reserve(job, [wanted(1)])
    register.set_qr({str(answer.code): "https://a.cn/one"})
    register.set_qr({str(answer.code): "https://a.cn/one"})
    with pytest.raises(RegisterError):
        register.set_qr({str(answer.code): "https://a.cn/two"})
    (entry,) = register.entries(job)
    assert entry.qr == "https://a.cn/one"


def test_a_corrected_row_is_signed_anew_under_its_place(register: Register, job: str) -> None:
    register.reserve(job, [wanted(1)])
    register.set_qr({code(1): "https://a.cn/one"})
    before = register.find(code(1))
    register.reserve(job, [wanted(1, name="更正")])
    after = register.find(code(1))
    assert before is not None
    assert after is not None
    assert (after.qr, after.status_index) == ("", before.status_index)


def test_statuses_are_those_of_void_and_marked_numbers(register: Register, job: str) -> None:
    codes = issued(register, job, 1, 2, 3, 4)
    register.void(codes[0], "姓名有误")
    register.mark(codes[1], Mark.SUSPENDED, "复核中")
    register.mark(codes[2], Mark.SUPERSEDED, "换发")
    places = [register.find(one).status_index for one in codes]  # type: ignore[union-attr]
    found = register.publish_statuses()
    assert (found.void, found.suspended, found.superseded) == (
        (places[0],),
        (places[1],),
        (places[2],),
    )
    assert [event.what for event in register.events(codes[1])][-1] == "suspended"


def test_a_suspension_can_be_lifted_and_a_replacement_cannot(register: Register, job: str) -> None:
    one, two = issued(register, job, 1, 2)
    register.mark(one, Mark.SUSPENDED, "复核中")
    register.mark(one, Mark.NONE, "复核无误")
    assert register.publish_statuses().suspended == ()
    register.mark(two, Mark.SUPERSEDED, "换发")
    with pytest.raises(RegisterError):
        register.mark(two, Mark.NONE, "反悔")


@pytest.mark.parametrize("reason", ["", " "])
def test_a_mark_needs_a_reason_and_an_issued_number(
    register: Register, job: str, reason: str
) -> None:
    (one,) = issued(register, job, 1)
    with pytest.raises(RegisterError, match="reason"):
        register.mark(one, Mark.SUSPENDED, reason)
    (pending,) = register.reserve(job, [wanted(2)])
    with pytest.raises(RegisterError, match="status"):
        register.mark(str(pending.code), Mark.SUSPENDED, "复核中")


def test_a_status_list_never_has_an_earlier_number(register: Register, clock: Clock) -> None:
    first = register.publish_statuses().number
    assert register.publish_statuses().number == first + 1
    clock.sleep(days=1)
    assert register.publish_statuses().number == first + 24 * 60
    clock.sleep(days=-2)
    assert register.publish_statuses().number == first + 24 * 60 + 1


def test_numbers_of_version_2_get_their_places_and_an_imported_one_none(
    path: Path, clock: Clock, tmp_path: Path
) -> None:
    script = Path(__file__).with_name("version_2.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    Register.open(tmp_path / "new.db", clock=clock).close()
    with Register.open(path, clock=clock) as register:
        places = {serial: register.find(code(serial)).status_index for serial in (1, 2, 3, 50)}  # type: ignore[union-attr]
        assert register.find(code(1)).record == a_record(1)  # type: ignore[union-attr]
        assert places.pop(50) is None
        assert len(set(places.values())) == 3
        job = register.open_jobs()[0].id
        register.reserve(job, [wanted(4)])
        fresh = register.find(code(51))
        assert fresh is not None
        assert fresh.status_index not in places.values()
        assert register.publish_statuses().void == (places[2],)
    assert (version(path), schema(path)) == (SCHEMA_VERSION, schema(tmp_path / "new.db"))


def test_the_old_register_stays_beside_the_new_one(path: Path, clock: Clock) -> None:
    script = Path(__file__).with_name("version_2.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    before = schema(path)
    Register.open(path, clock=clock).close()
    copy = path.with_name("register.db.version-2")
    assert (version(copy), schema(copy)) == (2, before)
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM numbers").fetchone() == (4,)
