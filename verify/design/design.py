"""What was read out of a proposed certificate design: text, graphics, and what could not be read.

Every format (PDF, scan, SVG, DOCX, PPTX, page listing) ends in these values; the rules know no other.
All are frozen and pickle: a design is read in a process of its own. Lengths are millimetres from the
page's top left, type sizes points, colours sRGB. Pages count from 1; page 0 is the file as a whole.

Text is kept code point by code point exactly as the file has it, Kangxi radicals, zero-width spaces
and all, because a finding points at exact boxes. Nothing is normalised here. Runs of one `block` are
read on into each other, in the order they stand here; two blocks never are: 张建国 above
家政服务员 is two fields (栏位) and does not read 国家.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from certgen.errors import Said
from certgen.model.box import Box
from certgen.model.page import Mm

Rgb = tuple[int, int, int]
WHOLE_FILE = 0
"""The page number of what belongs to no page: metadata, bookmarks, attachments."""


class Format(StrEnum):
    """What a file is, by its content and not by its name."""

    PDF = "pdf"
    PICTURE = "picture"  # PNG, JPEG, TIFF: a scan or an export
    SVG = "svg"
    DOCX = "docx"
    PPTX = "pptx"
    CONVERTED = (
        "converted"  # .doc, .wps, OpenDocument, CorelDRAW, Photoshop: as LibreOffice shows it
    )
    LISTING = "listing"  # our own page listing (页面清单): exact roles


class Channel(StrEnum):
    """The way on which a text reaches its reader."""

    PAGE = "page"  # type on a page
    OCR = "ocr"  # read off a picture: may be wrong, never proves absence
    LAYER = "layer"  # the name of a layer (图层)
    ANNOTATION = "annotation"  # comment, pop-up, link, its alternative text
    FORM = "form"  # name, hint or value of a form field
    METADATA = "metadata"  # Info, XMP, document properties, custom properties
    BOOKMARK = "bookmark"
    ATTACHMENT = "attachment"  # name, description or plain text of an attached file
    PART = (
        "part"  # text of an XML part that stands on no page: alternative text, notes, deleted text
    )
    ADDRESS = "address"  # the target of a link


class Painted(StrEnum):
    """Whether an eye finds the text on the page."""

    PAINTED = "painted"
    UNPAINTED = "unpainted"
    UNDECIDED = "undecided"  # could not be measured: no rendering of this format, OCR, no place


class Hiding(StrEnum):
    """How an unpainted text is kept from the eye; one text may be hidden in several ways."""

    INVISIBLE_MODE = "invisible-mode"  # PDF text render mode 3 or 7
    SAME_COLOUR = "same-colour"  # white on white
    TRANSPARENT = "transparent"
    COVERED = "covered"  # something was painted over it
    CLIPPED = "clipped"
    OFF_PAGE = "off-page"
    TINY = "tiny"  # smaller than an eye reads
    LAYER_OFF = "layer-off"
    MARKED_HIDDEN = (
        "marked-hidden"  # w:vanish, display:none, visibility:hidden, hidden slide or shape
    )
    DELETED = "deleted"  # a tracked deletion that the file still carries
    NO_INK = "no-ink"  # measured: no contrast, cause unknown


class Joined(StrEnum):
    """How a run goes on from the run before it in its block."""

    FIRST = "first"  # begins the block
    SAME_LINE = "same-line"  # directly behind, or letter-spaced
    SPACED = "spaced"  # same line, a gap of a space or more
    NEXT_LINE = "next-line"  # a line that was broken for its length
    STACKED = "stacked"  # vertical setting: below, character by character
    ROUND = "round"  # along a circle


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one face, size, colour and painted state on one line.

    `boxes` has one entry for each code point of `text`, or is empty where the place is unknown.
    A generated space or a zero-width character has an empty box, never none.
    """

    text: str
    page: int
    channel: Channel = Channel.PAGE
    boxes: tuple[Box, ...] = ()
    face: str = ""  # without subset prefix; '' where unknown
    size_pt: float | None = None  # true size: type size times matrix
    size_tolerance_pt: float = 0.1
    colour: Rgb | None = None
    painted: Painted = Painted.UNDECIDED
    hiding: tuple[Hiding, ...] = ()
    block: int = 0  # unique within a design
    line: int = 0  # within the block
    joined: Joined = Joined.FIRST
    role: str | None = None  # slot of our own page listing: 'title.zh', 'name.value'
    where: str = ""  # Info /Title, word/header1.xml, layer "草稿": for channels other than the page
    graphic: int | None = None  # index of the graphic of its page that the text was read from
    angle_deg: float = 0.0  # direction of the baseline, clockwise; 90 reads downwards
    confidence: float = 1.0  # below 1 for OCR only

    @property
    def box(self) -> Box | None:
        """Around all its characters that have an extent."""
        return around(self.boxes)


class GraphicKind(StrEnum):
    """What a graphic is made of."""

    IMAGE = "image"
    VECTOR = "vector"  # a cluster of paths that touch or nearly touch
    SHADING = "shading"  # a colour gradient


class Share(NamedTuple):
    """A colour and how much of a graphic's ink it is, 0 to 1."""

    colour: Rgb
    share: float


@dataclass(frozen=True, slots=True)
class Graphic:
    """A picture, a cluster of vector shapes or a gradient on a page."""

    kind: GraphicKind
    page: int
    box: Box
    index: int  # within its page
    colours: tuple[
        Share, ...
    ] = ()  # dominant colours of what shows there, largest first, paper left out
    ink: float = 0.0  # share of the box that differs from the paper, 0 to 1
    near_round: bool = False  # as wide as high, and its outline fills a circle and not the corners
    painted: Painted = Painted.UNDECIDED
    hiding: tuple[Hiding, ...] = ()
    role: str | None = None  # from our own page listing: 'photo', 'qr', 'seal.agency'
    digest: str = ""  # SHA-256 of an image's own data: the same picture twice
    pixels: tuple[int, int] | None = None  # an image's own size
    shapes: int = 0  # how many paths a cluster holds
    alt: str = ""  # alternative text or name that the file gives it
    straight: bool = False  # lines and rectangles only: a frame or a rule line


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code (二维码) that was read off the page."""

    text: str
    page: int
    box: Box  # the symbol without its quiet zone


@dataclass(frozen=True, slots=True)
class Undecided:
    """Something that could not be read or judged. It keeps a design from coming out clean."""

    reason: (
        str  # permanent short code: 'encrypted', 'image-only', 'outlined-text', 'unmapped-text' …
    )
    said: Said
    page: int = WHOLE_FILE
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class DesignPage:
    """One page as it was read."""

    number: int  # from 1
    width: Mm
    height: Mm
    size_basis: str = "file"  # 'file' (page box), 'dpi tag', 'sheet edges', 'assumed'
    size_tolerance: Mm = 0.0
    trim: Box | None = None  # where the sheet is cut, where the file says so (TrimBox)
    runs: tuple[Run, ...] = ()  # in reading order
    graphics: tuple[Graphic, ...] = ()
    codes: tuple[Code, ...] = ()
    undecided: tuple[Undecided, ...] = ()

    @property
    def box(self) -> Box:
        """The whole page."""
        return Box(0.0, 0.0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read."""

    name: str
    format: Format
    sha256: str
    path: str = ""  # where it was read from, for pictures of its pages on demand
    pages: int = 1
    producer: str = ""  # the program that wrote it, as the file says
    converted_by: str = ""  # 'LibreOffice 7.4' where another program turned it into what was read
    notes: tuple[Said, ...] = ()  # what a reader of the report should know about the reading


@dataclass(frozen=True, slots=True)
class Design:
    """A whole design. `facts` are the file's own properties by name ('Info /Title')."""

    source: Source
    pages: tuple[DesignPage, ...]
    document_runs: tuple[Run, ...] = ()  # text that stands on no page; `page` is 0
    document_undecided: tuple[Undecided, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    rendition: bytes | None = field(
        default=None, repr=False
    )  # the PDF that another program made of it

    @property
    def runs(self) -> Iterator[Run]:
        """All text: the pages in their order, then what stands on none."""
        for page in self.pages:
            yield from page.runs
        yield from self.document_runs

    @property
    def graphics(self) -> Iterator[Graphic]:
        """All graphics of all pages."""
        for page in self.pages:
            yield from page.graphics

    @property
    def codes(self) -> Iterator[Code]:
        """All QR codes that were read."""
        for page in self.pages:
            yield from page.codes

    @property
    def undecided(self) -> Iterator[Undecided]:
        """All that could not be read or judged."""
        yield from self.document_undecided
        for page in self.pages:
            yield from page.undecided

    def blocks(self) -> Iterator[tuple[Run, ...]]:
        """Text in the pieces that are read on: the unit of matching."""
        for _, runs in groupby(self.runs, key=lambda run: (run.page, run.block)):
            yield tuple(runs)


def around(boxes: tuple[Box, ...]) -> Box | None:
    """The smallest box around those that have an extent; None if none has."""
    whole: Box | None = None
    for box in boxes:
        if box.x1 > box.x0 and box.y1 > box.y0:
            whole = box if whole is None else whole.union(box)
    return whole


def text_of(runs: tuple[Run, ...]) -> str:
    r"""The text of a block as a person would copy it: lines broken, gaps as a space.

    >>> one, two = Run("职业技能", 1), Run("等级证书", 1, joined=Joined.NEXT_LINE)
    >>> text_of((one, two))
    '职业技能\n等级证书'
    """
    between = {Joined.NEXT_LINE: "\n", Joined.SPACED: " "}
    return "".join(between.get(run.joined, "") + run.text for run in runs)
