import multiprocessing
import os
import stat
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from certgen.errors import RegisterError
from certgen.registry.lock import issuing

FORK = multiprocessing.get_context("fork")


def hold(path: Path, pipe: Connection) -> None:
    with issuing(path):
        pipe.send("held")
        pipe.recv()


def test_a_second_process_is_told_who_issues_until_that_one_is_killed(path: Path) -> None:
    ours, theirs = FORK.Pipe()
    holder = FORK.Process(target=hold, args=(path, theirs))
    holder.start()
    assert ours.recv() == "held"
    with pytest.raises(RegisterError) as refused, issuing(path):
        pass
    assert f"(pid {holder.pid})" in refused.value.said.en
    assert f"（进程 {holder.pid}）" in refused.value.said.zh
    holder.kill()
    holder.join()
    with issuing(path):
        assert path.with_name("register.db.lock").read_text() == str(os.getpid())


def test_a_second_run_in_one_process_is_refused_and_the_first_keeps_its_lock(path: Path) -> None:
    with issuing(path):
        with pytest.raises(RegisterError, match=f"pid {os.getpid()}"), issuing(path):
            pass
        with pytest.raises(RegisterError, match=f"pid {os.getpid()}"), issuing(path):
            pass


def test_workers_of_a_killed_run_do_not_keep_its_lock(path: Path) -> None:
    ours, theirs = FORK.Pipe()
    holder = FORK.Process(target=hold_with_worker, args=(path, theirs))
    holder.start()
    ours.recv()
    holder.kill()
    holder.join()
    with issuing(path):
        ours.send("end, worker")


def hold_with_worker(path: Path, pipe: Connection) -> None:
    with issuing(path):
        FORK.Process(target=pipe.poll, args=(20,)).start()  # ends by itself if the test fails
        pipe.send("held")
        time.sleep(20)


def test_the_lock_is_free_after_an_error(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), issuing(path):
        _ = 1 / 0
    with issuing(path):
        pass


def test_each_register_has_its_own_lock_for_its_owner_alone(path: Path) -> None:
    with issuing(path), issuing(path.with_name("other.db")):
        assert stat.S_IMODE(path.with_name("register.db.lock").stat().st_mode) == 0o600


def test_a_link_to_the_register_has_the_same_lock(path: Path) -> None:
    path.touch()
    link = path.with_name("link.db")
    link.symlink_to(path)
    with issuing(path), pytest.raises(RegisterError), issuing(link):
        pass


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="nowhere"), issuing(tmp_path / "nowhere" / "r.db"):
        pass
