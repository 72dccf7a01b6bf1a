"""What the linter of designs says about the specimens, in values that both sides know.

`certgen` does not import the linter: whoever makes a pack passes a `Lints`, as `certgen.commands.filing_work` does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from certgen.errors import Said
from certgen.exchange.agency import Agency
from certgen.model.finding import Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the linter said, and of which files."""

    rule: str  # permanent id: 'seal/other-text'
    kind: Said
    severity: Severity  # what is undecided is to be looked at: review
    said: Said
    remedy: Said
    clause: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was said of one specimen, what lawfully passes left out."""

    profile: str  # '' where no profile fits: nothing was judged
    rules: int  # how many ran
    remarks: tuple[Remark, ...] = ()


Lints = Callable[[Path, Agency, str], Opinion]
"""Judges the specimen in a file, as the agency's; the last is the name of its holder, which no rule is about."""


def merged(opinions: Iterable[tuple[str, Opinion]]) -> tuple[Remark, ...]:
    """Remarks that say the same are one, with all their files; the gravest first."""
    found: dict[tuple[str, Said, Said], Remark] = {}
    for file, opinion in opinions:
        for remark in opinion.remarks:
            key = (remark.rule, remark.kind, remark.said)
            known = found.get(key, replace(remark, files=()))
            files = tuple(dict.fromkeys((*known.files, file)))
            found[key] = replace(known, files=files)
    order = list(Severity)
    return tuple(sorted(found.values(), key=lambda remark: order.index(remark.severity)))
