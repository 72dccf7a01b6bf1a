"""Stock definitions for the tests: one that everything starts from, and ways to change it."""

from pathlib import Path
from typing import Any

from certgen.exchange.agency_shape import Tree
from certgen.standards.forms import FormId
from certgen.stock import drafting, reading, writing
from certgen.stock.definition import FRONT, Key, Of, Stock

VERSION = "2026年版"


def a_tree(of: Of | None = None) -> Tree:
    """Everything that all certificates share is printed on it already."""
    return drafting.start(of or Of(FormId.NATIONAL_2021), VERSION)


def changed(tree: Tree, slot: str, side: int = FRONT, **keys: Any) -> Tree:
    """`tree` with keys of one slot set; None takes a key away."""
    row = drafting.row_of(tree, Key(side, slot))
    row.update(keys)
    for key in [key for key, value in keys.items() if value is None]:
        del row[key]
    return tree


def a_stock(tree: Tree | None = None, folder: Path = Path()) -> Stock:
    """The stock of a tree, read from its text."""
    return reading.read("stock.toml", writing.dumps(tree or a_tree()), folder)
