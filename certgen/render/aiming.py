"""The matrix that undoes a printer's misplacement (套打误差), for a whole page (ISO 32000-1 §8.3.3)."""

from certgen.model.misplacement import Misplacement, Size
from certgen.render.pdf import PT_PER_MM


def matrix(printer: Misplacement, sheet: Size) -> str:
    """The `cm` operator under which everything comes out where the page has it; empty where nothing is missed.

    Eight decimals of the factors: nothing that could be measured at the far corner of A3.
    """
    if printer == Misplacement():
        return ""
    height = sheet[1]
    origin, right, down = (
        printer.aim(point, sheet) for point in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
    )
    a, b = right[0] - origin[0], origin[1] - right[1]
    c, d = origin[0] - down[0], down[1] - origin[1]
    # The page's origin is its lower left corner: what is asked for there is aimed from (0, height).
    below = printer.aim((0.0, height), sheet)
    e, f = below[0] * PT_PER_MM, (height - below[1]) * PT_PER_MM
    return f"{a:.8f} {b:.8f} {c:.8f} {d:.8f} {e:.4f} {f:.4f} cm"
