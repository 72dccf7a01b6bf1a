"""A forgery: how it is made, which rule must find it, and whether it really shows something else to somebody."""

from collections.abc import Callable
from dataclasses import dataclass

from verify.checks.signature import Policy, Standing

Maker = Callable[[], bytes]


@dataclass(frozen=True)
class Forgery:
    """One way to forge."""

    name: str
    make: Maker
    rule: str
    standing: Standing
    shows: bool  # a page that a renderer draws otherwise than the genuine one
    policy: Callable[[], Policy] | None = None


ALL: list[Forgery] = []


def forgery(
    rule: str,
    standing: Standing = Standing.CHANGED,
    *,
    shows: bool = False,
    policy: Callable[[], Policy] | None = None,
) -> Callable[[Maker], Maker]:
    """Register a function that makes one; its name is the forgery's."""

    def register(make: Maker) -> Maker:
        family = make.__module__.rsplit(".", 1)[-1]
        name = f"{family}/{make.__name__}"
        ALL.append(Forgery(name, make, rule, standing, shows, policy))
        return make

    return register
