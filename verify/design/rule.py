"""What a rule is: a permanent id that says what is found, its clause, and a check that yields findings.

One file a rule in `verify.design.rules`. An id never changes and is never given again (docs/adr/0013).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from certgen.errors import Said
from certgen.model.box import Box
from verify.design.case import Case
from verify.design.clauses import Clause
from verify.design.finding import Finding, Kind, Place
from verify.design.texts import Text

Check = Callable[["Rule", Case], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. The sentences become its page in the docs."""

    id: str  # 'area/what-is-found'
    said: Said  # its title
    clause: Clause
    kind: Kind  # the gravest it yields
    looks_at: Said
    passes: Said  # what it deliberately lets pass
    decided_by: str  # text, filing, type, geometry, picture, file
    check: Check
    remedy: Said
    sign_off: bool = True  # whether a reviewer may accept its findings

    def finding(
        self,
        said: Said,
        place: Place,
        *,
        kind: Kind | None = None,
        clause: Clause | None = None,
        remedy: Said | None = None,
        **more: object,
    ) -> Finding:
        """A finding of this rule, with its own kind, clause and remedy unless others are given."""
        return Finding(
            self.id,
            kind or self.kind,
            said,
            remedy or self.remedy,
            clause or self.clause,
            place,
            **more,  # type: ignore[arg-type]  # the keywords are Finding's own
        )


def in_text(text: Text, start: int = 0, end: int | None = None) -> Place:
    """The place of a span of a text; the whole of it unless a span is given."""
    until = len(text.text) if end is None else end
    where = next((run.where for run in text.runs if run.where), "")
    return Place(text.page, text.boxes(start, until), text.text, start, until, text.channel, where)


def on_page(page: int, *boxes: Box) -> Place:
    """A place that has no text."""
    return Place(page, boxes)
