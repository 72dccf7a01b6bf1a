"""Which keys a stock definition (纸张定义) has, as the table that `certgen.exchange.agency_shape.fit` reads by."""

from certgen.exchange.agency_shape import Kind, Rows, Table

FORMAT = 1

_PLACE = {"x": Kind.NUMBER, "y": Kind.NUMBER}
_STATE = {"state": Kind.TEXT}
_SCAN = {"file": Kind.TEXT, "dpi": Kind.NUMBER, **_PLACE, "angle_deg": Kind.NUMBER}
_SLOT = {
    "id": Kind.TEXT,
    "side": Kind.WHOLE,
    **_STATE,
    "x0": Kind.NUMBER,
    "x1": Kind.NUMBER,
    "baseline": Kind.NUMBER,
    "dx": Kind.NUMBER,
    "dy": Kind.NUMBER,
    "max_lines": Kind.WHOLE,
}

STOCK_FILE = Table(
    {
        "format": Kind.WHOLE,
        "version": Kind.TEXT,
        "form": Kind.TEXT,
        "branch": Kind.FLAG,
        "seal_side": Kind.TEXT,
        "layout_file": Kind.TEXT,
        "width": Kind.NUMBER,
        "height": Kind.NUMBER,
        "scan": Table(_SCAN, frozenset({"file", "dpi"})),
        "check": Table(_PLACE, frozenset(_PLACE)),
        "photo": Table(_PLACE, frozenset(_PLACE)),
        "qr": Table({**_STATE, **_PLACE}, frozenset({"state"})),
        "seal": Rows(
            Table({"owner": Kind.TEXT, **_STATE, **_PLACE}, frozenset({"owner", "state"}))
        ),
        "slot": Rows(Table(_SLOT, frozenset({"id", "state"}))),
    },
    frozenset({"format", "version", "form", "width", "height", "slot"}),
)
"""Every key of a stock definition."""
