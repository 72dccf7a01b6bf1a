import os
import sqlite3
import stat
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError

from certgen.errors import RegisterError
from certgen.registry import place
from certgen.registry.database import _write_ahead, connect
from certgen.registry.register import Register

from .builders import COUNTER, FILE, Clock, a_record, code, give, issue, wanted


def refusal(path: Path) -> RegisterError:
    with pytest.raises(RegisterError) as refused:
        Register.open(path, clock=Clock())
    assert any("一" <= sign <= "鿿" for sign in refused.value.said.zh)
    return refused.value


def text_file(path: Path) -> None:
    path.write_text("姓名,证件号码\n" * 100, "utf-8")


def empty_file(path: Path) -> None:
    path.touch()


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookings (id INTEGER)")
    other.close()


def newer_register(path: Path) -> None:
    Register.open(path, clock=Clock()).close()
    with sqlite3.connect(path) as register:
        register.execute("UPDATE certgen_register SET schema_version = 99")
    register.close()


def torn_register(path: Path) -> None:
    Register.open(path, clock=Clock()).close()
    os.truncate(path, 5000)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(text_file, "not a register file", id="text"),
        pytest.param(empty_file, "not a register", id="empty"),
        pytest.param(other_database, "another program's database", id="other database"),
        pytest.param(newer_register, "version 99, this program knows 4: upgrade", id="newer"),
        pytest.param(torn_register, "damaged: restore it from a backup", id="torn"),
        pytest.param(Path.mkdir, "cannot be opened", id="folder"),
    ],
)
def test_what_is_no_register_of_ours_is_refused(
    path: Path, make: Callable[[Path], None], words: str
) -> None:
    make(path)
    assert words in str(refusal(path))


def test_another_programs_database_is_left_as_it_was(path: Path) -> None:
    other_database(path)
    before = path.read_bytes()
    refusal(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "url", ["postgresql://user:secret@host/db", "sqlite:///register.db", "mysql+pymysql://h/d"]
)
def test_a_database_address_is_refused_without_repeating_its_password(url: str) -> None:
    error = refusal(Path(url))
    assert "not a database URL" in str(error)
    assert "secret" not in "".join(error.said)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "nowhere") in str(refusal(tmp_path / "nowhere" / "register.db"))


def test_a_folder_that_cannot_be_written_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_right(*_: Any) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", no_right)
    assert "Permission denied; choose a local folder" in str(refusal(path))


MOUNTS = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/office\040share rw - cifs //server/share rw
31 30 0:41 / /mnt/office\040share/disk rw master:2 shared:9 - xfs /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/clerk", "ext4"),
        ("/mnt/office", "ext4"),
        ("/mnt/office share", "cifs"),
        ("/mnt/office share/2026", "cifs"),
        ("/mnt/office share/disk/2026", "xfs"),
    ],
)
def test_the_deepest_mount_tells_the_file_system(folder: str, kind: str) -> None:
    assert place.filesystem(Path(folder), MOUNTS) == kind


def test_a_network_share_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = path.with_name("mountinfo")
    mounts.write_text("22 1 0:40 / / rw - nfs4 server:/export rw\n")
    monkeypatch.setattr(place, "_MOUNTS", mounts)
    assert "network share" in str(refusal(path))
    assert place.is_network(Path(r"\\server\share"))
    mounts.unlink()  # a system without that list: what cannot be known is not refused
    assert not place.is_network(path.parent)


def test_a_new_register_is_for_its_owner_alone(register: Register) -> None:
    assert stat.S_IMODE(register.path.stat().st_mode) == 0o600
    give(register, register.open_job(roster="a", sha256=FILE), 1)
    for beside in register.path.parent.iterdir():
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600


def test_making_a_register_leaves_nothing_beside_it(path: Path) -> None:
    Register.open(path, clock=Clock()).close()
    assert list(path.parent.iterdir()) == [path]


def test_a_disk_without_write_ahead_log_is_refused(path: Path) -> None:
    in_memory = create_engine("sqlite://")  # the nearest thing that answers the same
    with pytest.raises(RegisterError, match="put the register on a local disk"):
        _write_ahead(in_memory, path)


def test_what_was_written_is_there_after_opening_again(path: Path, clock: Clock) -> None:
    with Register.open(path, clock=clock) as register:
        give(register, register.open_job(roster="a", sha256=FILE), 2)
        entry = register.find(code(2))
    with Register.open(path, clock=clock) as register:
        assert register.find(code(2)) == entry
        job = register.open_jobs()[0].id
        assert register.reserve(job, [wanted(2)])[0].code == code(2)


def test_every_transaction_is_flushed_to_disk_and_readers_never_wait(register: Register) -> None:
    raw = register._engine.raw_connection()
    settings = {
        name: raw.cursor().execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    raw.close()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}  # 2: FULL


def test_what_is_not_there_is_none_or_empty(register: Register) -> None:
    assert register.find(code(1)) is None
    assert register.events(code(1)) == ()
    assert register.numbering(COUNTER) is None
    assert register.counts() == {"pending": 0, "issued": 0, "void": 0}


def test_numbers_are_counted_by_state(register: Register, job: str) -> None:
    give(register, job, 6)
    issue(register, code(1), code(2))
    register.void(code(3), "样例")
    assert register.counts() == {"pending": 3, "issued": 2, "void": 1}


def pragma(register: Register, setting: str) -> None:
    with register._reading() as connection:
        connection.exec_driver_sql(f"PRAGMA {setting}")


def test_a_full_disk_is_named_and_nothing_is_half_done(register: Register, job: str) -> None:
    give(register, job, 3)
    pragma(register, "max_page_count = 1")  # no page more than the file has now
    with pytest.raises(RegisterError) as full:
        give(register, job, 500)
    assert "the disk is full: free some space" in full.value.said.en
    assert "磁盘已满" in full.value.said.zh
    pragma(register, "max_page_count = 1000000")
    assert register.counts()["pending"] == 3
    assert give(register, job, 500)[-1] == code(500)


def test_a_locked_register_is_named_and_nothing_is_half_done(register: Register, job: str) -> None:
    pragma(register, "busy_timeout = 0")
    other = sqlite3.connect(register.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterError, match="another program is using it"):
        give(register, job, 1)
    assert register.counts()["pending"] == 0  # reading does not wait
    other.close()
    assert give(register, job, 1) == [code(1)]


def test_no_message_of_the_database_carries_a_holder(register: Register, job: str) -> None:
    give(register, job, 1)
    with register._writing() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER no BEFORE INSERT ON numbers BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(RegisterError) as broken:
        register.reserve(job, [wanted(2)])
    shown = "".join(traceback.format_exception(broken.value)) + broken.value.said.zh
    assert a_record(2).identity_number not in shown
    assert a_record(2).name not in shown


FORBIDDEN = {
    "fourth state": "UPDATE numbers SET state = 'lost'",
    "void without reason": "UPDATE numbers SET state = 'void'",
    "reason without void": "UPDATE numbers SET void_reason = 'x'",
    "issued without a file": "UPDATE numbers SET state = 'issued'",
    "imported and pending": "UPDATE numbers SET origin = 'imported'",
    "fourth origin": "UPDATE numbers SET origin = 'found'",
    "counted before the first": "UPDATE counters SET counted_from = 0",
    "released without a file": "UPDATE numbers SET released = 1",
    "one row twice": "UPDATE numbers SET fingerprint = x'00'",
    "one serial twice": "UPDATE numbers SET serial = 7",
    "one place twice": "UPDATE numbers SET position = 7",
    "text for a number": "UPDATE numbers SET size = 'large'",
    "run of nobody": "UPDATE numbers SET job = 'x'",
    "wrap": "UPDATE counters SET last = 1000000",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_database_itself_holds_the_rules(register: Register, job: str, what: str) -> None:
    give(register, job, 2)
    engine = connect(register.path)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.exec_driver_sql(FORBIDDEN[what])
    engine.dispose()
