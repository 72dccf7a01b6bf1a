"""Files that are whole or absent, under a name that was free: nothing of the clerk's is overwritten."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from certgen.errors import InputError
from certgen.issuing import files


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """The path to write to; what stands there at the end takes the name `path` in one step.

    When the block fails nothing is left behind. Raises `StorageError` where the disk refuses.
    """
    part = path.with_name(f".{path.name}.part")
    with files.in_words(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield part
            files.flush((part,))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def refuse_existing(path: Path) -> None:
    """Raises `InputError` where something has this name: it may hold an afternoon of corrections."""
    if path.exists() or path.is_symlink():
        raise InputError(
            zh=f"{path.name} 已存在，不会覆盖：请换一个文件名，或先移走它",
            en=f"{path.name} exists and is not overwritten: choose another name or move it away",
        )
