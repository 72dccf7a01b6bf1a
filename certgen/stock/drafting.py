"""A stock definition to start from: every slot listed, what all certificates share as printed, the rest as data."""

from certgen.exchange.agency_shape import Tree
from certgen.stock.dates import PARTS
from certgen.stock.definition import FRONT, Key, Of, Scan, State, slot_ids
from certgen.stock.rules_of_form import SAMPLE
from certgen.stock.shape import FORMAT

_NOT_SLOTS = frozenset({"photo", "qr"})


def start(of: Of, version: str, scan: Scan | None = None) -> Tree:
    """The tree of a definition for a form; paths are written as `of` and `scan` hold them."""
    sides = of.sides()
    front = sides[FRONT]
    tree: Tree = {"format": FORMAT, "version": version, "form": str(of.form), "branch": of.branch}
    tree["seal_side"] = str(of.seal_side)
    if of.layout_file:
        tree["layout_file"] = of.layout_file.as_posix()
    tree |= {"width": front.width, "height": front.height}
    if scan is not None:
        tree["scan"] = {
            "file": scan.path.as_posix(),
            "dpi": scan.dpi,
            "x": scan.x,
            "y": scan.y,
            "angle_deg": scan.angle_deg,
        }
    if front.photo is not None:
        tree["photo"] = {"x": front.photo.x, "y": front.photo.y}
    if front.qr is not None:
        tree["qr"] = {"state": str(State.DATA), "x": front.qr.x, "y": front.qr.y}
    tree["seal"] = [
        {"owner": one.owner, "state": str(State.NONE), "x": one.x, "y": one.y}
        for one in front.seals
    ]
    tree["slot"] = []
    for side, layout in enumerate(sides):
        values = {one.id for one in layout.texts if not one.static or one.parts[0].key == SAMPLE}
        for slot in slot_ids(layout, side):
            if slot in _NOT_SLOTS or slot.startswith("seal."):
                continue
            row: Tree = {"id": slot}
            if side != FRONT:
                row["side"] = side + 1
            usual = State.DATA if slot in values else State.PRINTED
            row["state"] = str(State.NONE if slot in PARTS else usual)
            tree["slot"].append(row)
    return tree


def row_of(tree: Tree, key: Key) -> Tree:
    """The entry of a slot in such a tree."""
    return next(
        row for row in tree["slot"] if row["id"] == key.slot and row.get("side", 1) - 1 == key.side
    )
