"""Frames and ornaments as paths in millimetres: pure geometry, no colour and no drawing."""

from collections.abc import Iterator

from certgen.model.page import Mm, Segment

Path = tuple[Segment, ...]

_ROUND = 0.5523  # control points of a quarter circle as a Bézier curve, as a share of its radius


def box(x0: Mm, y0: Mm, x1: Mm, y1: Mm) -> Path:
    """A rectangle."""
    return (("m", (x0, y0)), ("l", (x1, y0)), ("l", (x1, y1)), ("l", (x0, y1)), ("h", ()))


def notched(x0: Mm, y0: Mm, x1: Mm, y1: Mm, radius: Mm) -> Path:
    """A rectangle whose corners are cut inwards by quarter circles."""
    k = radius * (1 - _ROUND)
    return (
        ("m", (x0 + radius, y0)),
        ("l", (x1 - radius, y0)),
        ("c", (x1 - radius, y0 + radius - k, x1 - k, y0 + radius, x1, y0 + radius)),
        ("l", (x1, y1 - radius)),
        ("c", (x1 - k, y1 - radius, x1 - radius, y1 - radius + k, x1 - radius, y1)),
        ("l", (x0 + radius, y1)),
        ("c", (x0 + radius, y1 - radius + k, x0 + k, y1 - radius, x0, y1 - radius)),
        ("l", (x0, y0 + radius)),
        ("c", (x0 + k, y0 + radius, x0 + radius, y0 + radius - k, x0 + radius, y0)),
        ("h", ()),
    )


def flower(x: Mm, y: Mm, radius: Mm) -> Path:
    """Four petals that meet in the middle."""
    side, tip = 0.62 * radius, radius
    return tuple(
        segment
        for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1))
        for segment in (
            ("m", (x, y)),
            (
                "c",
                (
                    x + side * dx - side * dy,
                    y + side * dy + side * dx,
                    x + tip * dx - 0.25 * side * dy,
                    y + tip * dy + 0.25 * side * dx,
                    x + tip * dx,
                    y + tip * dy,
                ),
            ),
            (
                "c",
                (
                    x + tip * dx + 0.25 * side * dy,
                    y + tip * dy - 0.25 * side * dx,
                    x + side * dx + side * dy,
                    y + side * dy - side * dx,
                    x,
                    y,
                ),
            ),
            ("h", ()),
        )
    )


def diamond(x: Mm, y: Mm, radius: Mm) -> Path:
    """A square on its corner."""
    return (
        ("m", (x - radius, y)),
        ("l", (x, y - radius)),
        ("l", (x + radius, y)),
        ("l", (x, y + radius)),
        ("h", ()),
    )


def garland(x0: Mm, y0: Mm, x1: Mm, y1: Mm, pitch: Mm, radius: Mm) -> Path:
    """Flowers and small diamonds in turn along a rectangle, evenly spaced, a flower at each corner."""
    path: list[Segment] = []
    for x, y, is_flower in _along(x0, y0, x1, y1, pitch):
        path += flower(x, y, radius) if is_flower else diamond(x, y, radius * 0.32)
    return tuple(path)


def _along(x0: Mm, y0: Mm, x1: Mm, y1: Mm, pitch: Mm) -> Iterator[tuple[Mm, Mm, bool]]:
    across = 2 * max(1, round((x1 - x0) / pitch / 2))
    down = 2 * max(1, round((y1 - y0) / pitch / 2))
    for n in range(across + 1):
        x = x0 + (x1 - x0) * n / across
        yield x, y0, n % 2 == 0
        yield x, y1, n % 2 == 0
    for n in range(1, down):
        y = y0 + (y1 - y0) * n / down
        yield x0, y, n % 2 == 0
        yield x1, y, n % 2 == 0
