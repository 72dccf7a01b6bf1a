"""The register as a verifier sees it: read only, one code at a time, last four characters of an identity number.

view = open_view(Path("register.db"))
view.find("Y000041000001263000001")
"""

from datetime import UTC, datetime
from pathlib import Path

from certgen.errors import RegisterError
from certgen.exchange.register_view import Registered, Standing
from certgen.registry.entries import Entry, Mark, State
from certgen.registry.register import Register

_STANDINGS = {
    State.PENDING: Standing.PENDING,
    State.VOID: Standing.VOID,
}
_MARKS = {Mark.SUSPENDED: Standing.SUSPENDED, Mark.SUPERSEDED: Standing.SUPERSEDED}
_TAIL = 4


class FileView:
    """Answers from a register file. Satisfies `certgen.exchange.register_view.RegisterView`."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():  # `Register.open` would make an empty one
            raise RegisterError(
                zh=f"没有台账文件 {path}，请检查路径",
                en=f"there is no register file {path}: check the path",
            )
        self._register = Register.open(path, clock=lambda: datetime.now(UTC))
        self._source = path.name

    @property
    def source(self) -> str:
        """The file's name."""
        return self._source

    def find(self, code: str) -> Registered | None:
        """What the register knows of a code."""
        entry = self._register.find(code)
        if entry is None:
            return None
        record = entry.record
        return Registered(
            code=entry.code,
            standing=_standing(entry),
            name=record.name,
            identity_type=record.identity_type,
            last_four=record.identity_number[-_TAIL:],
            occupation=record.occupation,
            job=record.job,
            issue_date=record.issue_date,
            why=entry.void_reason,
        )

    def close(self) -> None:
        """Let go of the file."""
        self._register.close()


def _standing(entry: Entry) -> Standing:
    """What a mark says holds of an issued number only; void is void."""
    if entry.state is State.ISSUED:
        return _MARKS.get(entry.mark, Standing.ISSUED)
    return _STANDINGS[entry.state]


def open_view(path: Path) -> FileView:
    """The register at `path`; raises `RegisterError` where there is none."""
    return FileView(path)
