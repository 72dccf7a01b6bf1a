"""What a reader of one format yields: first what belongs to the whole file, then page after page."""

from collections.abc import Generator
from dataclasses import dataclass, field

from certgen.errors import Said
from verify.design.design import DesignPage, Format, Run, Undecided

BLOCKS_A_PAGE = 1_000_000
"""Blocks are numbered within a design: page 3 counts from three million on."""


@dataclass(frozen=True, slots=True)
class Head:
    """The file as a whole."""

    format: Format
    pages: int
    producer: str = ""
    runs: tuple[Run, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    notes: tuple[Said, ...] = ()
    converted_by: str = ""
    rendition: bytes | None = None


Parts = Generator[Head | DesignPage, None, None]
