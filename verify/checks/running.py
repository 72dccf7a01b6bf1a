"""Runs the checks: each for itself, so that one that breaks hides none of the others.

run(ALL, matter)  # evidence of every check, in the order of the numbers
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from verify.evidence import Check, Evidence
from verify.matter import Matter


@dataclass(frozen=True, slots=True)
class Stage:
    """One function and the check that answers for it when it breaks."""

    check: Check
    look: Callable[[Matter], Iterable[Evidence]]


def run(stages: Sequence[Stage], matter: Matter) -> tuple[Evidence, ...]:
    """All evidence about `matter`. Never raises: an unexpected exception is an `ERROR` of its check."""
    found = [one for stage in stages for one in _guarded(stage, matter)]
    return tuple(sorted(found, key=lambda one: one.number))


def _guarded(stage: Stage, matter: Matter) -> list[Evidence]:
    found: list[Evidence] = []
    try:
        found.extend(stage.look(matter))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other checks go on
        found.append(stage.check.broke(type(error).__name__))
    return found
