"""Imposition (拼版): several cards or certificates on one sheet, with cutting marks, both sides in register.

    impose(Path("print-1.pdf"), Path("sheets.pdf"), Sheet.named("A4"), Turn.LONG_EDGE)

Works on a finished print file and leaves its pages as they are: each becomes a form, clipped to its bleed. pikepdf
writes the sheets, because they are made from another file's objects; nothing here is hot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pikepdf

from certgen.errors import InputError
from certgen.model.page import Mm
from certgen.render.marks import BLEED_MM, HAIRLINE
from certgen.render.paper import CODE_KEY
from certgen.render.pdf import PT_PER_MM, points

MARGIN: Mm = 12.0
"""Of the sheet, for grippers and cutting marks."""

MARK: Mm = 5.0
_SIZES = {
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "SRA3": (320.0, 450.0),
    "SRA4": (225.0, 320.0),
}


class Turn(StrEnum):
    """How the sheet is turned for its second side."""

    LONG_EDGE = "long"
    SHORT_EDGE = "short"


class Order(StrEnum):
    """In which order the copies come."""

    ROSTER = "roster"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper in millimetres, upright or not."""

    width: Mm
    height: Mm

    @classmethod
    def named(cls, name: str) -> "Sheet":
        """'A4', 'SRA3', or '330x483'. `InputError` for anything else."""
        if name.upper() in _SIZES:
            return cls(*_SIZES[name.upper()])
        try:
            width, height = (float(part) for part in name.lower().split("x"))
        except ValueError:
            width = height = 0.0
        if not 50 <= width <= 2000 or not 50 <= height <= 2000:
            raise InputError(
                zh=f"不认识纸张“{name}”：可用 {'、'.join(_SIZES)}，或写成“宽x高”毫米，如 330x483",
                en=f"unknown sheet '{name}': {', '.join(_SIZES)}, or width x height in mm, such as 330x483",
            )
        return cls(width, height)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the copies stand on a sheet: trimmed size of one, columns, rows, and the corner of the first."""

    sheet: Sheet
    width: Mm
    height: Mm
    columns: int
    rows: int

    @property
    def count(self) -> int:
        """Copies on a sheet."""
        return self.columns * self.rows

    def corner(self, place: int, *, back: bool, turn: Turn) -> tuple[Mm, Mm]:
        """The lower left corner of the trimmed copy at `place`, counted by rows from the top left of the front.

        On the back columns run the other way (turned over the upright edge), or rows do.
        """
        row, column = divmod(place, self.columns)
        if back and self._mirrors_columns(turn):
            column = self.columns - 1 - column
        elif back:
            row = self.rows - 1 - row
        step_x, step_y = self.width + 2 * BLEED_MM, self.height + 2 * BLEED_MM
        left = (self.sheet.width - (self.columns * step_x - 2 * BLEED_MM)) / 2
        bottom = (self.sheet.height - (self.rows * step_y - 2 * BLEED_MM)) / 2
        return left + column * step_x, bottom + (self.rows - 1 - row) * step_y

    def _mirrors_columns(self, turn: Turn) -> bool:
        upright = self.sheet.height >= self.sheet.width
        return upright == (turn is Turn.LONG_EDGE)


def grid_for(width: Mm, height: Mm, sheet: Sheet) -> Grid:
    """As many copies as fit, the sheet upright or turned, whichever holds more. `InputError` where none fits."""
    grids = [
        Grid(one, width, height, *_fitting(width, height, one))
        for one in (sheet, Sheet(sheet.height, sheet.width))
    ]
    best = max(grids, key=lambda grid: grid.count)
    if not best.count:
        copy, paper = f"{width:g} × {height:g}", f"{sheet.width:g} × {sheet.height:g}"
        raise InputError(
            zh=f"{copy} 毫米的证书放不进 {paper} 毫米的纸张（四周留 {MARGIN:g} 毫米）",
            en=f"a copy of {copy} mm does not fit a sheet of {paper} mm with margins of {MARGIN:g} mm",
        )
    return best


def _fitting(width: Mm, height: Mm, sheet: Sheet) -> tuple[int, int]:
    return (
        int((sheet.width - 2 * MARGIN + 2 * BLEED_MM) // (width + 2 * BLEED_MM)),
        int((sheet.height - 2 * MARGIN + 2 * BLEED_MM) // (height + 2 * BLEED_MM)),
    )


def impose(
    source: Path, target: Path, sheet: Sheet, turn: Turn, order: Order = Order.ROSTER
) -> Grid:
    """Write the sheets of `source`, a print file of certgen, to `target`; how they are laid out.

    Fronts and backs alternate, sheet by sheet. Raises `InputError` for another program's file.
    """
    with pikepdf.open(source) as pdf:
        copies = _copies(pdf, source)
        if order is Order.NUMBER:
            copies.sort(key=lambda copy: str(copy[0].obj[f"/{CODE_KEY}"]))
        grid = grid_for(*_trimmed(copies[0][0]), sheet)
        first = len(pdf.pages)
        for start in range(0, len(copies), grid.count):
            chunk = copies[start : start + grid.count]
            for side in range(len(copies[0])):
                _add_sheet(pdf, grid, [copy[side] for copy in chunk], turn, back=side % 2 == 1)
        del pdf.pages[:first]
        pdf.remove_unreferenced_resources()
        pdf.save(
            target,
            force_version=pdf.pdf_version,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
    return grid


def _copies(pdf: pikepdf.Pdf, source: Path) -> list[tuple[Any, ...]]:
    """The pages of each certificate: its front, known by the code it carries, and the sides behind it."""
    copies: list[list[Any]] = []
    for page in pdf.pages:
        if f"/{CODE_KEY}" in page.obj:
            copies.append([])
        if not copies:
            raise InputError(
                zh=f"{source.name} 不是 certgen 的打印文件：请用 print-1.pdf",
                en=f"{source.name} is no print file of certgen: give a print-1.pdf",
            )
        copies[-1].append(page)
    return [tuple(copy) for copy in copies]


def _trimmed(page: Any) -> tuple[Mm, Mm]:  # noqa: ANN401 (pikepdf's pages)
    left, bottom, right, top = (float(edge) / PT_PER_MM for edge in page.trimbox)
    return round(right - left, 2), round(top - bottom, 2)


def _add_sheet(
    pdf: pikepdf.Pdf, grid: Grid, pages: Sequence[Any], turn: Turn, *, back: bool
) -> None:
    forms: dict[str, Any] = {}
    lines = ["q 0 0 0 1 K", HAIRLINE, *_marks(grid), "Q"]
    for place, page in enumerate(pages):
        form = page.as_form_xobject()
        form.BBox = page.bleedbox
        name = f"/Copy{place}"
        forms[name] = form
        x, y = grid.corner(place, back=back, turn=turn)
        left, bottom = (float(edge) for edge in list(page.trimbox)[:2])
        lines.append(
            f"q 1 0 0 1 {x * PT_PER_MM - left:.3f} {y * PT_PER_MM - bottom:.3f} cm {name} Do Q"
        )
    width, height = (float(points(edge)) for edge in (grid.sheet.width, grid.sheet.height))
    inset = float(points(BLEED_MM))
    sheet = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, width, height],
        BleedBox=[0, 0, width, height],
        TrimBox=[inset, inset, width - inset, height - inset],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(forms)),
        Contents=pdf.make_stream("\n".join(lines).encode()),
    )
    if "/Group" in pages[0].obj:
        sheet.Group = pages[0].obj.Group
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(sheet)))


def _marks(grid: Grid) -> Iterator[str]:
    """Cutting marks in the margins, at each trimmed edge, outside every bleed."""
    corners = [grid.corner(place, back=False, turn=Turn.LONG_EDGE) for place in range(grid.count)]
    xs = sorted({edge for x, _ in corners for edge in (x, x + grid.width)})
    ys = sorted({edge for _, y in corners for edge in (y, y + grid.height)})
    low, left = ys[0] - BLEED_MM - 0.5, xs[0] - BLEED_MM - 0.5
    high, right = ys[-1] + BLEED_MM + 0.5, xs[-1] + BLEED_MM + 0.5
    for x in xs:
        yield f"{points(x)} {points(low)} m {points(x)} {points(low - MARK)} l S"
        yield f"{points(x)} {points(high)} m {points(x)} {points(high + MARK)} l S"
    for y in ys:
        yield f"{points(left)} {points(y)} m {points(left - MARK)} {points(y)} l S"
        yield f"{points(right)} {points(y)} m {points(right + MARK)} {points(y)} l S"
