"""What every rule of this package gives: a finding, and the field of the row that it is about."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from certgen.intake.columns import Field
from certgen.model.finding import Finding
from certgen.model.record import Record


class About(NamedTuple):
    """A finding without a place and the field whose column it belongs to."""

    field: Field
    finding: Finding


class Rule(Protocol):
    """One question about a record."""

    def findings(self, record: Record) -> Iterator[About]:
        """What is to be said about it; nothing where it passes."""
        ...
