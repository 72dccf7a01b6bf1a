"""The disk refuses: a clear sentence, nothing lost, and the next run completes.

/dev/full is a file on a disk that is full: the kernel itself answers ENOSPC. SQLite is told that
its file may not grow, which it reports as it reports a full disk.
"""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office import BRANCH, MAIN, Office, message
from sqlalchemy import Engine, event

from certgen.api import Step
from certgen.errors import CertgenError, RegisterError, StorageError
from certgen.issuing import files
from certgen.registry import database
from certgen.render import plan_file

JOB = "20260601-01"
FULL = Path("/dev/full")


def fails(number: int) -> Callable[..., None]:
    def call(*_: Any, **__: Any) -> None:
        raise OSError(number, "as the test wants")

    return call


def refused(office: Office, kind: type[CertgenError] = StorageError) -> str:
    """The batch must stop with a sentence that says what to do; what it had is kept."""
    before = office.numbers() if (office.folder / "register.db").exists() else {}
    problem = message(office.issue, kind)
    assert office.numbers().items() >= before.items()
    return problem.said.en


def completes(office: Office) -> None:
    numbers = office.numbers()
    account = office.issue()
    assert account.adds_up
    assert not account.refused
    assert office.numbers().items() >= numbers.items()
    assert {entry.released for entry in office.entries()} == {True}
    assert not list(office.out.glob("*/.part"))
    digests = {f"{entry.job}/{entry.code}.pdf": entry.sha256 for entry in office.entries()}
    assert digests.items() <= office.public().items()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(".part/Y000041018999262000001.pdf", id="certificate"),
        pytest.param(".part/print-1.pdf", id="print file"),
        pytest.param("issued.csv.part", id="list of issued rows"),
        pytest.param("refused.csv.part", id="list of refused rows"),
    ],
)
def test_a_disk_that_is_full_for_a_file_loses_nothing(employer: Office, name: str) -> None:
    employer.roster(MAIN[:2])
    path = employer.out / JOB / name
    path.parent.mkdir(parents=True)
    path.symlink_to(FULL)
    said = refused(employer)
    assert "the disk is full" in said
    assert "no number and no finished certificate is lost" in said
    path.unlink()
    completes(employer)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        pytest.param(files, "_fsync", id="flush"),
        pytest.param(plan_file, "save", id="plan"),
        pytest.param(Path, "replace", id="rename"),
    ],
)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_whatever_the_disk_refuses_has_its_sentence(
    employer: Office, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, number: int
) -> None:
    employer.roster(MAIN[:1])
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fails(number))
        said = refused(employer)
    assert ("the disk is full" in said) == (number == errno.ENOSPC)
    assert "run" in said
    completes(employer)


def test_a_register_that_cannot_grow_gives_no_number_away(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    employer.roster(MAIN, BRANCH)
    employer.stopped_at(Step.RESERVE)
    connect = database.connect

    def tight(path: Path) -> Engine:
        engine = connect(path)
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 1"))
        return engine

    with monkeypatch.context() as patch:
        patch.setattr(database, "connect", tight)
        problem = message(employer.issue, RegisterError)
    assert "the disk is full" in problem.said.en
    assert "nothing of this step was written" in problem.said.en
    assert not employer.entries()
    completes(employer)
    assert len(employer.entries()) == len(MAIN) + len(BRANCH)


def test_an_output_folder_that_is_a_file_is_refused_and_the_numbers_wait(employer: Office) -> None:
    employer.roster(MAIN[:1])
    employer.out.write_text("no folder")
    assert "choose another output folder" in refused(employer)
    assert len(employer.numbers()) == 1
    employer.out.unlink()
    completes(employer)


def test_a_folder_that_may_not_be_written_is_refused_and_the_numbers_wait(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not with chmod: the superuser, who runs many test machines, may write anywhere."""
    employer.roster(MAIN[:1])
    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", fails(errno.EACCES))
        assert "check its permissions" in refused(employer)
    completes(employer)


def test_a_torn_plan_of_a_killed_run_is_cleared_away(employer: Office) -> None:
    employer.roster(MAIN[:1])
    plans = employer.folder / "register.plans"
    plans.mkdir()
    (plans / "0.1.part").write_bytes(b"half a pl")
    completes(employer)
    assert [path.suffix for path in employer.plans] == [".plan"]
