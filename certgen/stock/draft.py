"""A stock definition while it is read: every key already has its kind, nothing else is sure yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from certgen.exchange.agency_shape import Tree
from certgen.exchange.toml_lines import KeyPath
from certgen.layouts.slots import Layout, TextSlot
from certgen.model.misplacement import Point, Size
from certgen.model.page import Mm
from certgen.stock.definition import FRONT, Key, State
from certgen.stock.placing import Move, placed

NUMBER = "print_number.value"
"""The slot of the number of the sheet itself."""

CHECK_RIGHT_OF_NUMBER: Mm = 34.0
"""From where a print number begins to where the check mark does: sixteen digits of 12 pt would fit before it."""

CHECK_X: Mm = 14.0
CHECK_FOOT = (5.0, 0.0285)
"""Above the lower edge: 5 mm, which office printers reach, or that share of a smaller sheet."""


@dataclass(frozen=True)
class Draft:
    """The fitted tree, and the layouts of the form it is for."""

    tree: Tree
    layouts: tuple[Layout, ...]

    def slots(self) -> Iterator[tuple[KeyPath, Key, Tree]]:
        """The entries of [[slot]], also those that are wrong."""
        for at, row in enumerate(self.tree.get("slot", [])):
            yield ("slot", at), Key(row.get("side", 1) - 1, row.get("id", "")), row

    def seals(self) -> Iterator[tuple[KeyPath, Key, Tree]]:
        """The entries of [[seal]]."""
        for at, row in enumerate(self.tree.get("seal", [])):
            yield ("seal", at), Key(FRONT, f"seal.{row.get('owner', '')}"), row

    def text(self, key: Key) -> TextSlot | None:
        """The text slot of the layout under that key."""
        if 0 <= key.side < len(self.layouts):
            return next((one for one in self.layouts[key.side].texts if one.id == key.slot), None)
        return None

    @cached_property
    def size(self) -> Size:
        """Of the sheet."""
        return float(self.tree["width"]), float(self.tree["height"])

    @cached_property
    def states(self) -> Mapping[Key, State]:
        """What becomes of each slot; only once every rule of form is kept."""
        states = {key: State(row["state"]) for _, key, row in (*self.slots(), *self.seals())}
        if self.layouts[FRONT].photo is not None:
            states[Key(FRONT, "photo")] = State.DATA
        if self.layouts[FRONT].qr is not None:
            states[Key(FRONT, "qr")] = State(self.tree.get("qr", {}).get("state", State.DATA))
        return states

    @cached_property
    def moves(self) -> Mapping[Key, Move]:
        """Every slot that does not stand where the layout has it."""
        moves = {key: _move(row) for _, key, row in self.slots()}
        moves |= {key: _corner(row) for _, key, row in self.seals()}
        for name in ("photo", "qr"):
            moves[Key(FRONT, name)] = _corner(self.tree.get(name, {}))
        return {key: move for key, move in moves.items() if move != Move()}

    @cached_property
    def sides(self) -> tuple[Layout, ...]:
        """The layouts with every slot where it stands on this sheet."""
        return tuple(
            placed(layout, side, self.states, self.moves, self.size)
            for side, layout in enumerate(self.layouts)
        )

    @property
    def check(self) -> Point:
        """Where the check mark begins: as written, else near the print number or at the foot."""
        if "check" in self.tree:
            return self.tree["check"]["x"], self.tree["check"]["y"]
        for text in self.sides[FRONT].texts:
            if text.id == NUMBER:
                return text.x0 + CHECK_RIGHT_OF_NUMBER, text.baseline
        return foot(self.size)


def foot(size: Size) -> Point:
    """Where the check mark begins on a sheet that has no print number."""
    length, share = CHECK_FOOT
    return CHECK_X, size[1] - min(length, share * size[1])


def _move(row: Tree) -> Move:
    return Move(
        x0=row.get("x0"),
        x1=row.get("x1"),
        y=row.get("baseline"),
        dx=row.get("dx", 0.0),
        dy=row.get("dy", 0.0),
        max_lines=row.get("max_lines", 0),
    )


def _corner(row: Tree) -> Move:
    return Move(x0=row.get("x"), y=row.get("y"))
