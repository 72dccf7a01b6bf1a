"""What a roster says twice: the same certificate, one number for two names, one sheet for two rows.

Only digests are kept: of a roster of any length no identity number stays in memory.
"""

from collections.abc import Mapping
from hashlib import blake2b

from certgen.intake.cells import error
from certgen.model.finding import Finding

_ROWS_NAMED = 5


def digest(*parts: str) -> bytes:
    """16 bytes that stand for these parts in this order."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Holders:
    """Collects who stands beside which number; the first of two such rows may be the wrong one."""

    def __init__(self) -> None:
        self._first: dict[bytes, tuple[int, bytes]] = {}
        self.clashes: dict[bytes, tuple[int, ...]] = {}  # digest of a number -> rows that differ

    def add(self, row: int, number: str, name: str) -> None:
        """Notes one row."""
        key, named = digest(number), digest(name)
        first_row, first_named = self._first.setdefault(key, (row, named))
        if named != first_named:
            self.clashes[key] = (*self.clashes.get(key, (first_row,)), row)


class Repeats:
    """Remembers the rows seen so far."""

    def __init__(self, two_names: Mapping[bytes, tuple[int, ...]]) -> None:
        self._two_names = two_names
        self._certificates: dict[bytes, int] = {}
        self._sheets: dict[bytes, int] = {}

    def holder(self, number: str) -> Finding | None:
        """A refusal for every row of a number that has two names in this roster."""
        rows = self._two_names.get(digest(number)) if self._two_names else None
        if not rows:
            return None
        listed = "、".join(map(str, rows[:_ROWS_NAMED])) + ("…" if len(rows) > _ROWS_NAMED else "")
        return error(
            "roster/other-name",
            zh=f"第 {listed} 行证件号码相同而姓名不同，请对照证件更正",
            en=f"rows {listed} have the same identity number and different names: compare with "
            "the documents",
        )

    def certificate(self, row: int, *identifying: str) -> Finding | None:
        """A refusal for a second row with the same holder, occupation, job, level and batch."""
        earlier = self._certificates.setdefault(digest(*identifying), row)
        if earlier == row:
            return None
        return error(
            "roster/duplicate",
            zh=f"与第 {earlier} 行是同一人、同一职业、工种、等级和批次，请删除其一；"
            "如确为再次评价，请填写不同的批次",
            en=f"same person, occupation, job, level and batch as row {earlier}: delete one, or "
            "give another batch if it is a re-assessment",
        )

    def sheet(self, row: int, print_number: str) -> Finding | None:
        """A refusal for a print number (印制流水码) that an earlier row has used."""
        earlier = self._sheets.setdefault(digest(print_number.upper()), row)
        if earlier == row:
            return None
        return error(
            "print-number/duplicate",
            zh=f"印制流水码与第 {earlier} 行相同，一张证书纸只能用一次，请更正",
            en=f"same print number as row {earlier}: a sheet is used once; correct one",
        )
