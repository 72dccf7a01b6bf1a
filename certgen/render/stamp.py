"""Stamp one electronic certificate (电子证书) from a plan: PDF/A-2b, signed while it is written.

The hot path. The plan's prefix is copied, its SHA-256 state too; a record adds its values, photo, rare glyphs and, with
a signer, one certification signature (DocMDP P=1: no change is allowed afterwards) whose place is reserved as the
bytes are laid, so that nothing is ever parsed again. Same plan, record, photo and time give the same bytes.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from certgen.compose import Composer
from certgen.errors import SigningError
from certgen.model.record import Record
from certgen.render import content, metadata, pictures
from certgen.render.base import Base, CommonFonts
from certgen.render.layer import PHOTO, Layers, RecordFonts, uses_fallback
from certgen.render.pdf import Objects, points, stream, text_string, xref_and_trailer
from certgen.render.plan import Plan
from certgen.standards import contents

CATALOG = 1  # the first object that `electronic_base` reserves
FIELD_NAME = b"(AgencySeal)"


class SignsDigests(Protocol):
    """What stamping needs of a signer: see `certgen.sign.cms.Signer`."""

    size: int
    common_name: str

    def sign(self, document_digest: bytes) -> bytes:
        """DER of a detached CMS over a SHA-256 digest, at most `size` bytes."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A prepared photo: JPEG bytes as they go onto the page, and their size in pixels."""

    jpeg: bytes
    width: int
    height: int


class Digest(Protocol):
    """A SHA-256 that has taken in the beginning of a file, as `hashlib` gives it."""

    def copy(self) -> "Digest":
        """The same state again."""

    def update(self, data: bytes, /) -> None:
        """Take in more."""

    def hexdigest(self) -> str:
        """The digest of what was taken in."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A finished file in two pieces: what the batch shares, and the rest.

    The shared piece is the same object for every file, so that a batch neither copies nor hashes it again.
    """

    prefix: bytes
    rest: bytes
    rare: bool  # some of its text needed a fallback face
    begun: Digest  # SHA-256 of `prefix`

    @property
    def data(self) -> bytes:
        """The whole file."""
        return self.prefix + self.rest

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return len(self.prefix) + len(self.rest)

    def sha256(self) -> str:
        """SHA-256 of the whole file, in hex."""
        state = self.begun.copy()
        state.update(self.rest)
        return state.hexdigest()


class Stamper:
    """Stamps the electronic certificates of one plan."""

    def __init__(self, plan: Plan, composer: Composer, signer: SignsDigests | None) -> None:
        if plan.electronic is None:
            raise AssertionError(plan.form)
        if plan.signed and signer is None:
            raise SigningError(
                zh="这批证书按已签名制作，但没有给出签名私钥：请提供该批次的私钥",
                en="this batch was planned with a signature, but no key is given: open its key",
            )
        self._plan, self._composer, self._signer = plan, composer, signer
        self._base: Base = plan.electronic
        self._common = CommonFonts(plan.common)
        self._prefix_state = hashlib.sha256(self._base.prefix)
        sheet = content.Sheet(composer.layout.height)
        self._layers = Layers(self._common, sheet, content.SCREEN_BLACK)
        self._preferred = frozenset(chain[0] for chain in plan.chains.values())
        self._media_box = f"[0 0 {points(composer.layout.width)} {points(composer.layout.height)}]"

    def stamp(
        self, record: Record, code: str, portrait: Portrait | None, made: datetime
    ) -> Stamped:
        """The whole file. `made` is the time of reservation, from the register: never the clock."""
        base = self._base
        objects = Objects(base.next_number, len(base.prefix))
        page, xmp, info = objects.reserve(), objects.reserve(), objects.reserve()
        signed = (objects.reserve(), objects.reserve()) if base.seal_box else None
        fonts = RecordFonts(self._common)
        values = self._composer.values(record, code)
        layer = objects.add(
            stream(b"", self._layers.draw(values, fonts, photo=portrait is not None))
        )
        photo = (
            objects.add(pictures.photo(portrait.jpeg, portrait.width, portrait.height))
            if portrait
            else None
        )
        rare = fonts.put(objects, self._plan.faces)
        title, author = f"{contents.TITLE.zh} {code}", self._composer.agency.name
        objects.put(xmp, metadata.xmp(title, author, made))
        objects.put(info, metadata.info(title, author, made))
        objects.put(page, self._page(layer, photo, rare, signed))
        trailer = b"/Root %d 0 R/Info %d 0 R/ID[%b]" % (CATALOG, info, self._file_id(code, made))
        if signed is None or self._signer is None:
            rest = b"".join((*objects.parts, self._end(objects, trailer)))
        else:
            objects.put(signed[0], self._field(page, signed[1]))
            rest = self._signed(objects, signed[1], trailer, made, self._signer)
        fallback = uses_fallback(values, self._preferred)
        return Stamped(base.prefix, rest, fallback, self._prefix_state)

    def _page(
        self, layer: int, photo: int | None, rare: str, signed: tuple[int, int] | None
    ) -> bytes:
        shared = self._base.shared
        portrait = f"/{PHOTO} {photo} 0 R" if photo else ""
        annotations = f"/Annots[{signed[0]} 0 R]" if signed else ""
        return (
            f"<</Type/Page/Parent 2 0 R/MediaBox{self._media_box}/TrimBox{self._media_box}"
            f"/Contents[{shared.statics} 0 R {layer} 0 R]{annotations}"
            f"/Resources<<{content.GRAPHICS_STATES}/Font<<{shared.fonts}{rare}>>/XObject<<{shared.pictures}{portrait}>>>>>>"
        ).encode()

    def _field(self, page: int, value: int) -> bytes:
        """The signature field and its widget: the agency's seal, printed and locked (ISO 32000-1 §12.7.4.5)."""
        base = self._base
        return (
            b"<</Type/Annot/Subtype/Widget/FT/Sig/T%b/F 132/Rect[%b]/P %d 0 R/V %d 0 R/AP<</N %d 0 R>>>>"
            % (FIELD_NAME, base.seal_box.encode(), page, value, base.appearance)
        )

    def _end(self, objects: Objects, trailer: bytes) -> bytes:
        entries = self._base.entries + objects.entries()
        start = len(self._base.prefix) + objects.length
        return xref_and_trailer(entries, objects.next_number, start, trailer)

    def _signed(
        self, objects: Objects, number: int, trailer: bytes, made: datetime, signer: SignsDigests
    ) -> bytes:
        """Lay the signature last, hash everything but the hole in it, fill the hole; all after the prefix."""
        opening = (
            b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M%b/Name%b"
            b"/Reference[<</Type/SigRef/TransformMethod/DocMDP"
            b"/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]/ByteRange"
        ) % (metadata.pdf_date(made), text_string(signer.common_name))
        hole = b"<%b>" % (b"0" * (2 * signer.size))
        objects.put(number, opening + b" " * BYTE_RANGE_WIDTH + b"/Contents" + hole + b">>")
        end = self._end(objects, trailer)
        *parts, last = objects.parts
        hole_start = len(self._base.prefix) + objects.length - len(hole + b">>\nendobj\n")
        hole_end = hole_start + len(hole)
        total = len(self._base.prefix) + objects.length + len(end)
        byte_range = b"[0 %d %d %d]" % (hole_start, hole_end, total - hole_end)
        head = last[: last.index(opening) + len(opening)]
        before = head + byte_range.ljust(BYTE_RANGE_WIDTH) + b"/Contents"
        after = b">>\nendobj\n" + end
        laid = b"".join((*parts, before))
        state = self._prefix_state.copy()
        state.update(laid)
        state.update(after)
        filling = signer.sign(state.digest()).hex().encode().ljust(2 * signer.size, b"0")
        return b"".join((laid, b"<", filling, b">", after))

    def _file_id(self, code: str, made: datetime) -> bytes:
        """The same for the same certificate from the same plan."""
        facts = f"{self._plan.form} {code} {made.isoformat()}"
        digest = hashlib.sha256(facts.encode()).hexdigest()[:32].encode()
        return b"<%b><%b>" % (digest, digest)


BYTE_RANGE_WIDTH = 40
"""Room for `[0 a b c]` with ten digits each, filled up with spaces."""
