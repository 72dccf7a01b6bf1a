"""A plain PDF of several pages, A4 unless said otherwise: text, lines and portraits, in the faces of the certificates.

Written by this toolkit's own renderer, so that a name on a sheet is drawn by the face that will draw
it on the certificate, and copies out right, characters beyond the BMP too. Pages go to the file one
after another; the fonts follow at the end, when it is known which characters were used.
"""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from certgen.errors import MissingGlyphError, StorageError
from certgen.fonts.cache import replacing
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.intake.jpeg import Jpeg
from certgen.model.page import Mark, Mm, Photo, Qr, Rule, Seal, Shape, TextRun
from certgen.render import content, metadata, pictures
from certgen.render.faces import keep
from certgen.render.glyphs import Glyphs
from certgen.render.pdf import HEADER, Objects, ending, points, put_page_tree, stream
from certgen.render.qr import encode

WIDTH, HEIGHT = 210.0, 297.0  # mm, A4
MARGIN = 12.0  # mm; office printers leave about 5 white
UNDRAWN = "□"
"""Stands for a character that no face draws. The sheet must come out all the same, and show it."""

Item = TextRun | Rule | Shape | Qr | tuple[Photo, Jpeg] | tuple[Seal, Path]
"""What may stand on a page; a portrait comes with its bytes, a seal with its picture."""


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Sets single lines of text in the chain of faces of a role."""

    fonts: FontSet[Face]

    def width(self, text: str, role: str, size_pt: float) -> Mm:
        """The width of a line."""
        runs = self._runs(text, role)
        return sum(self.fonts.width_mm(face, part, size_pt) for face, part in runs)

    def line(self, text: str, role: str, size_pt: float, x: Mm, baseline: Mm) -> list[TextRun]:
        """The runs of a line that begins at `x`."""
        items: list[TextRun] = []
        for face, part in self._runs(text, role):
            width = self.fonts.width_mm(face, part, size_pt)
            items.append(
                TextRun("", part, role, face.id, size_pt, x, baseline, width, static=False)
            )
            x += width
        return items

    def centred(self, text: str, role: str, size_pt: float, middle: Mm, baseline: Mm) -> list[Item]:
        """The runs of a line that has `middle` in its middle."""
        left = middle - self.width(text, role, size_pt) / 2
        return [*self.line(text, role, size_pt, left, baseline)]

    def fitting(self, text: str, role: str, size_pt: float, room: Mm) -> float:
        """`size_pt`, or the smaller size at which the line is no wider than `room`."""
        width = self.width(text, role, size_pt)
        return size_pt if width <= room else size_pt * room / width

    def _runs(self, text: str, role: str) -> tuple[tuple[Face, str], ...]:
        try:
            return self.fonts.runs(role, text)
        except MissingGlyphError:
            chain = self.fonts.faces[role]
            return self.fonts.runs(
                role, "".join(char if _is_drawn(char, chain) else UNDRAWN for char in text)
            )


def _is_drawn(char: str, chain: Sequence[Face]) -> bool:
    return any(face.draws(char) for face in chain)


class Document:
    """A PDF being written page by page. `size` of its pages; `under` is an operator before each page's content."""

    def __init__(
        self,
        file: BinaryIO,
        fonts: FontSet[Face],
        title: str,
        made: datetime,
        *,
        size: tuple[Mm, Mm] = (WIDTH, HEIGHT),
        under: str = "",
    ) -> None:
        self._file, self._fonts, self._title, self._made = file, fonts, title, made
        self._size, self._under = size, under
        self._objects = Objects(1, len(HEADER))
        self._catalog, self._pages, self._faces = (self._objects.reserve() for _ in range(3))
        self._kids: list[int] = []
        self._used = Glyphs()
        file.write(HEADER)

    def add(self, items: Sequence[Item]) -> None:
        """Append one page."""
        objects, sheet, ink = self._objects, content.Sheet(self._size[1]), content.SCREEN_BLACK
        lines = [*([self._under] if self._under else []), ink.fill, ink.stroke]
        shown: list[str] = []
        for item in items:
            if isinstance(item, Mark):
                lines.append(content.mark(item, sheet, ink, self._used))
            elif isinstance(item, TextRun):
                lines.append(content.text(item, sheet, self._used))
            elif isinstance(item, Rule):
                lines.append(content.rule(item, sheet))
            elif isinstance(item, Shape):
                lines.append(content.shape(item, sheet, ink))
            elif isinstance(item, Qr):
                lines.append(content.qr(item, sheet, encode(item.text)))
            else:
                name = f"P{len(shown)}"
                shown.append(f"/{name} {self._put_picture(item)} 0 R")
                lines.append(content.picture(item[0], sheet, name))
        packed = zlib.compress("\n".join(lines).encode(), 9)
        drawing = objects.add(stream(b"/Filter/FlateDecode", packed))
        page = (
            f"<</Type/Page/Parent {self._pages} 0 R"
            f"/MediaBox[0 0 {' '.join(map(points, self._size))}]/Contents {drawing} 0 R"
            f"/Resources<<{content.GRAPHICS_STATES}/Font {self._faces} 0 R"
            f"/XObject<<{''.join(shown)}>>>>>>"
        )
        self._kids.append(objects.add(page.encode()))
        self._file.write(objects.drain())

    def _put_picture(self, item: tuple[Photo, Jpeg] | tuple[Seal, Path]) -> int:
        box, source = item
        if isinstance(source, Path):
            size = box.size if isinstance(box, Seal) else box.width
            return pictures.SealImage(source, size, cmyk=False).put(self._objects)
        return self._objects.add(pictures.photo(source.data, source.width, source.height))

    def finish(self) -> None:
        """Write the fonts, the page tree, the table and the trailer."""
        objects = self._objects
        fonts = self._used.put(objects, keep(self._fonts, self._used.pairs()))
        objects.put(self._faces, f"<<{fonts}>>".encode())
        put_page_tree(objects, self._pages, self._kids)
        objects.put(self._catalog, b"<</Type/Catalog/Lang(zh-CN)/Pages %d 0 R>>" % self._pages)
        info = objects.add(metadata.plain_information(self._title, self._made))
        self._file.write(objects.drain())
        self._file.write(ending(objects, HEADER, self._catalog, info))


@contextmanager
def writing(
    path: Path,
    fonts: FontSet[Face],
    title: str,
    made: datetime,
    *,
    size: tuple[Mm, Mm] = (WIDTH, HEIGHT),
    under: str = "",
) -> Iterator[Document]:
    """A document that stands at `path` when all went well, and leaves nothing there otherwise."""
    try:
        with replacing(path) as part, part.open("wb") as file:
            document = Document(file, fonts, title, made, size=size, under=under)
            yield document
            document.finish()
    except OSError as problem:
        raise StorageError(
            zh=f"无法写入 {path.name}：{problem.strerror}。请检查权限和磁盘空间，或先关闭打开它的程序",
            en=f"cannot write {path.name}: {problem.strerror}; check permissions and space, or close the "
            "program that has it open",
        ) from problem


def last_four(number: str) -> str:
    """The end of an identity number, by which a holder knows the own one: '…002X'.

    Of a permit with eight digits only two: four would give half of it away.

    >>> last_four("11010519491231002X"), last_four("H12345678")
    ('…002X', '…78')
    """
    return f"…{number[-4:] if len(number) >= 15 else number[-2:]}"


def page_number(page: int, pages: int) -> str:
    """The foot of a page, so that a lost one is noticed."""
    return f"第 {page} 页，共 {pages} 页  Page {page} of {pages}"
