"""What the pre-flight says about one key or one place of a file."""

from collections.abc import Iterator
from dataclasses import dataclass

from certgen.errors import Said
from certgen.model.finding import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class Where:
    """The file and, for a page, its number from 1."""

    file: str
    page: int | None = None

    @property
    def place(self) -> Place:
        """'print-1.pdf#page=3', which opens a PDF at that page in every browser (RFC 8118 3)."""
        return Place(file=self.file if self.page is None else f"{self.file}#page={self.page}")


def found(
    where: Where, code: str, *, zh: str, en: str, severity: Severity = Severity.ERROR
) -> Finding:
    """A finding of the pre-flight; `code` without 'preflight/'."""
    return Finding(f"preflight/{code}", severity, Said(zh, en), where.place)


Findings = Iterator[Finding]
