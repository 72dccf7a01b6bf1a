"""The rules of the linter of designs, one file each. `RULES` finds them all by import.

A module says `RULE = Rule(…)`, or `RULES` where one sentence of the notice gives a list of them.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from verify.design.rule import Rule


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its id, in alphabetical order."""
    found: dict[str, Rule] = {}
    for module in iter_modules(__path__):
        loaded = import_module(f"{__name__}.{module.name}")
        for rule in getattr(loaded, "RULES", ()) or filter(None, [getattr(loaded, "RULE", None)]):
            found[rule.id] = rule
    return MappingProxyType(dict(sorted(found.items())))
