"""The folder is whole or absent, and takes the place of an earlier pack alone."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from certgen.errors import InputError, StorageError
from certgen.filing import folder
from certgen.issuing import files

MARKER = b'{"certgen_filing_pack": 1}'


def contents(word: bytes = b"first") -> dict[str, bytes]:
    whole = {"filing-pack.pdf": word, folder.MARKER: MARKER}
    return {**whole, folder.SUMS: folder.sums(whole)}


def names(path: Path) -> list[str]:
    return sorted(one.name for one in path.iterdir())


def test_an_earlier_pack_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    folder.put(target, {**contents(), "specimen-style-2.pdf": b"of a branch that is gone"})
    # The list does not name it: it would be the user's own.
    (target / "specimen-style-2.pdf").unlink()
    folder.put(target, contents(b"second"))
    assert (target / "filing-pack.pdf").read_bytes() == b"second"
    assert names(tmp_path) == ["pack"]
    assert names(target) == sorted(contents())


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    folder.put(tmp_path / "pack", contents())
    assert names(tmp_path / "pack") == sorted(contents())


@pytest.mark.parametrize("what", ["file", "other folder", "own file in a pack", "link", "marker"])
def test_anything_else_is_left_alone(what: str, tmp_path: Path) -> None:
    target = tmp_path / "pack"
    match what:
        case "file":
            target.write_bytes(b"mine")
        case "other folder":
            target.mkdir()
            (target / "thesis.docx").write_bytes(b"mine")
        case "own file in a pack":
            folder.put(target, contents())
            (target / "signed-and-scanned.pdf").write_bytes(b"mine")
        case "marker":
            target.mkdir()
            (target / folder.MARKER).write_bytes(b"[" * 100_000)
        case _:
            (tmp_path / "elsewhere").mkdir()
            target.symlink_to(tmp_path / "elsewhere")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(InputError, match="not overwritten") as refused:
        folder.put(target, contents(b"second"))
    assert "不会覆盖" in refused.value.said.zh
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


KILLED = """
import os, signal, sys
from pathlib import Path
from certgen.filing import folder
from certgen.issuing import files
from tests.filing.test_folder import contents

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[2] == "flush":
    files.flush = die
else:
    Path.rename = die
folder.put(Path(sys.argv[1]), contents(b"second"))
"""


@pytest.mark.parametrize("earlier", [False, True], ids=["first pack", "earlier pack"])
@pytest.mark.parametrize("where", ["flush", "rename"])
def test_a_kill_leaves_no_half_pack(where: str, earlier: bool, tmp_path: Path) -> None:  # noqa: FBT001
    target = tmp_path / "pack"
    if earlier:
        folder.put(target, contents())
    done = subprocess.run(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", KILLED, str(target), where],
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert done.returncode == -signal.SIGKILL
    if earlier:
        assert (target / "filing-pack.pdf").read_bytes() == b"first"
    else:
        assert not target.exists()
    assert len(names(tmp_path)) == 1 + earlier  # what it left behind is hidden
    folder.put(target, contents(b"third"))
    assert names(tmp_path) == ["pack"]
    assert (target / "filing-pack.pdf").read_bytes() == b"third"


def test_a_full_disk_is_said_in_words_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_paths: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(files, "flush", full)
    with pytest.raises(StorageError, match="disk is full"):
        folder.put(tmp_path / "pack", contents())
    assert names(tmp_path) == []
