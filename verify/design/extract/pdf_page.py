"""One page of a PDF as pdfium has it: where it lies in millimetres, its objects in painting order.

The seam to pdfium's C functions for reading designs: nothing else of `verify.design` calls them.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL.Image import Image
from pypdfium2 import raw

from certgen.errors import InputError
from certgen.model.box import Box
from verify.design.extract.glyph import MM_PER_PT
from verify.design.limits import Limits

_FINE = 10_000_000  # pdfium tells places in whole pixels: enough of them for 0.1 µm
INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE


@dataclass(frozen=True, slots=True)
class Affine:
    """x' = a x + c y + e, y' = b x + d y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def vector(self, x: float, y: float) -> tuple[float, float]:
        """Where a direction comes to point."""
        return self.a * x + self.c * y, self.b * x + self.d * y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box around a rectangle after the transformation."""
        corners = [self.point(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def after(self, first: "Affine") -> "Affine":
        """The transformation that does `first` and then this."""
        a, b = self.vector(first.a, first.b)
        c, d = self.vector(first.c, first.d)
        e, f = self.point(first.e, first.f)
        return Affine(a, b, c, d, e, f)


IDENTITY = Affine(1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Item:
    """One object of a page. `matrix` leads from its coordinates to the page's (PDF user space)."""

    handle: Any
    kind: int
    order: int  # painting order
    matrix: Affine
    on_layer: bool  # itself or a form it stands in is marked as optional content (图层)

    @property
    def key(self) -> int:
        """Its address: the same object is found again from its characters."""
        return address(self.handle)

    def bounds(self) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top in the page's coordinates; None where pdfium knows none."""
        edges = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFPageObj_GetBounds(self.handle, *edges):
            return None
        left, bottom, right, top = (edge.value for edge in edges)
        return left, bottom, right, top


class PdfPage:
    """An open page. `to_mm` leads from PDF user space to millimetres from the top left, rotation included."""

    def __init__(self, page: pypdfium2.PdfPage, unit: float, limits: Limits) -> None:
        self.handle = page
        width, height = page.get_size()
        self.unit = unit
        self.width = width * MM_PER_PT * unit
        self.height = height * MM_PER_PT * unit
        if not (0.5 < self.width < limits.side_mm and 0.5 < self.height < limits.side_mm):
            raise InputError(
                zh=f"页面尺寸 {self.width:.0f}×{self.height:.0f} mm 不合理，无法检查",
                en=f"a page of {self.width:.0f} x {self.height:.0f} mm cannot be checked",
            )
        self.to_mm = self._placement()
        self._limits = limits
        self._items: tuple[Item, ...] | None = None

    @property
    def box(self) -> Box:
        """The whole page."""
        return Box(0.0, 0.0, self.width, self.height)

    @property
    def trim(self) -> Box | None:
        """Where the sheet is cut, where the file says so: a print file has bleed and marks around it."""
        edges = self.handle.get_trimbox(fallback_ok=False)
        return self.to_mm.box(*edges) if edges else None

    @property
    def items(self) -> tuple[Item, ...]:
        """Every object in painting order, those inside form XObjects too."""
        if self._items is None:
            self._items = tuple(self._walk())
        return self._items

    def box_of(self, item: Item) -> Box | None:
        """Where an object stands."""
        bounds = item.bounds()
        if bounds is None:
            return None
        return self.to_mm.after(item.matrix).box(*bounds)

    def draw(self, dpi: float, box: Box | None = None) -> Image:
        """The page, or what lies in `box`, in RGB."""
        crop = (0.0, 0.0, 0.0, 0.0)
        if box is not None:
            points = MM_PER_PT * self.unit
            crop = (
                max(box.x0, 0) / points,
                max(self.height - box.y1, 0) / points,
                max(self.width - box.x1, 0) / points,
                max(box.y0, 0) / points,
            )
        scale = dpi / 72 * self.unit
        bitmap = self.handle.render(scale=scale, crop=crop, may_draw_forms=False)
        picture: Image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        return picture

    def _placement(self) -> Affine:
        def device(x: float, y: float) -> tuple[float, float]:
            found = ctypes.c_int(), ctypes.c_int()
            raw.FPDF_PageToDevice(self.handle, 0, 0, _FINE, _FINE, 0, x, y, *found)
            return (
                found[0].value * self.width / _FINE,
                found[1].value * self.height / _FINE,
            )

        span = 1000.0
        e, f = device(0, 0)
        right, up = device(span, 0), device(0, span)
        return Affine(
            (right[0] - e) / span,
            (right[1] - f) / span,
            (up[0] - e) / span,
            (up[1] - f) / span,
            e,
            f,
        )

    def _walk(self) -> Iterator[Item]:
        page = self.handle
        number = 0
        stack: list[tuple[Callable[[int], Any], int, int, Affine, bool, int]] = [
            (
                lambda index: raw.FPDFPage_GetObject(page, index),
                raw.FPDFPage_CountObjects(page),
                0,
                IDENTITY,
                False,
                0,
            )
        ]
        while stack:
            get, total, index, matrix, on_layer, depth = stack.pop()
            while index < total:
                handle = get(index)
                index += 1
                if not handle:
                    continue
                kind = raw.FPDFPageObj_GetType(handle)
                number += 1
                if number > self._limits.objects:
                    raise InputError(
                        zh=f"一页中的对象超过 {self._limits.objects} 个，无法检查，请简化后重新导出",
                        en=f"a page holds more than {self._limits.objects} objects: simplify it",
                    )
                marked = on_layer or _is_on_layer(handle)
                yield Item(handle, kind, number, matrix, marked)
                if kind == raw.FPDF_PAGEOBJ_FORM and depth < self._limits.depth:
                    stack.append((get, total, index, matrix, on_layer, depth))
                    get = _form_object(handle)
                    total, index, depth = raw.FPDFFormObj_CountObjects(handle), 0, depth + 1
                    matrix, on_layer = matrix.after(matrix_of(handle)), marked


def address(handle: Any) -> int:  # noqa: ANN401 - a pointer of pdfium
    """A pointer as a number."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def matrix_of(handle: Any) -> Affine:  # noqa: ANN401 - a pointer of pdfium
    """The matrix of an object: of a form or an image, from its own coordinates outwards."""
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return IDENTITY
    return Affine(found.a, found.b, found.c, found.d, found.e, found.f)


def _form_object(form: Any) -> Callable[[int], Any]:  # noqa: ANN401 - a pointer of pdfium
    return lambda index: raw.FPDFFormObj_GetObject(form, index)


def _is_on_layer(handle: Any) -> bool:  # noqa: ANN401 - a pointer of pdfium
    """Whether the object stands in marked content with the tag OC (ISO 32000-1 8.11.3.2)."""
    buffer = (ctypes.c_ushort * 64)()
    length = ctypes.c_ulong()
    for index in range(raw.FPDFPageObj_CountMarks(handle)):
        mark = raw.FPDFPageObj_GetMark(handle, index)
        if raw.FPDFPageObjMark_GetName(mark, buffer, 128, length):
            name = bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")
            if name == "OC":
                return True
    return False
