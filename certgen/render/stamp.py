"""Stamp one electronic certificate (电子证书) from a plan: PDF/A-2b, signed while it is written.

The hot path. The plan's prefix is copied, its SHA-256 state too; a record adds its values, photo, rare glyphs and, with
a signer, the agency's certification, whose place is reserved as the bytes are laid, so that nothing is ever parsed
again. Where the branch signs too, its approval follows as a revision of a few hundred bytes and the signature.
Same plan, record, photo, time and keys give the same bytes.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime

from certgen.compose import Composer
from certgen.errors import SigningError
from certgen.model.record import Record
from certgen.render import content, metadata, pictures, signature
from certgen.render.base import Base, CommonFonts
from certgen.render.countersign import Waiting, countersign
from certgen.render.layer import PHOTO, Layers, RecordFonts, uses_fallback
from certgen.render.longterm import Ending, Known, LongTerm, prolonged
from certgen.render.pdf import Objects, points, stream, xref_and_trailer
from certgen.render.plan import Plan
from certgen.render.revision import Tail
from certgen.render.signature import CATALOG, Digest, Signing, SignsDigests
from certgen.standards import contents

_UNFINISHED = (Signing.NOBODY, Signing.BRANCH_LATER)
"""A file that has no signature, or waits for its last one, is not proved for long yet."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A prepared photo: JPEG bytes as they go onto the page, and their size in pixels."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Stamped:
    """A finished file in two pieces: what the batch shares, and the rest.

    The shared piece is the same object for every file, so that a batch neither copies nor hashes it again.
    """

    prefix: bytes
    rest: bytes
    rare: bool  # some of its text needed a fallback face
    state: Digest = field(repr=False, compare=False)  # SHA-256 of the whole
    tail: Tail  # how it ends, for whoever adds to it
    page: int = 0  # number of the page object
    page_body: bytes = b""  # that object

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
        return self.state.hexdigest()


class Stamper:
    """Stamps the electronic certificates of one plan."""

    def __init__(
        self,
        plan: Plan,
        composer: Composer,
        signer: SignsDigests | None,
        countersigner: SignsDigests | None = None,
        *,
        long_term: LongTerm | None = None,
    ) -> None:
        if plan.electronic is None:
            raise AssertionError(plan.form)
        _refuse_without_keys(plan.signing, signer, countersigner)
        self._plan, self._composer = plan, composer
        self._signer, self._countersigner = signer, countersigner
        self._long_term = long_term
        self._base: Base = plan.electronic
        self._common = CommonFonts(plan.common)
        self._prefix_state = hashlib.sha256(self._base.prefix)
        sheet = content.Sheet(composer.layout.height)
        self._layers = Layers(self._common, sheet, content.SCREEN_BLACK, composer.embossed)
        self._preferred = frozenset(chain[0] for chain in plan.chains.values())
        self._media_box = f"[0 0 {points(composer.layout.width)} {points(composer.layout.height)}]"

    def stamp(
        self,
        record: Record,
        code: str,
        portrait: Portrait | None,
        made: datetime,
        *,
        qr: str = "",
    ) -> Stamped:
        """The whole file. `made` is the time of reservation, from the register: never the clock.

        `qr` is what its QR code says where that is signed.
        """
        base = self._base
        objects = Objects(base.next_number, len(base.prefix))
        page, xmp, info = objects.reserve(), objects.reserve(), objects.reserve()
        fields = tuple(objects.reserve() for _ in base.fields[:1])
        value = objects.reserve() if fields else 0
        fields += tuple(objects.reserve() for _ in base.fields[1:])
        fonts = RecordFonts(self._common)
        values = self._composer.values(record, code, qr)
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
        page_body = self._page(layer, photo, rare, fields)
        objects.put(page, page_body)
        file_id = self._file_id(code, made)
        trailer = b"/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (CATALOG, info, file_id, file_id)
        if not fields or self._signer is None:
            end = self._end(objects, trailer)
            rest = b"".join((*objects.parts, end))
            state: Digest = self._prefix_state.copy()
            state.update(rest)
        else:
            self._put_fields(objects, fields, value, page)
            permits = 2 if self._plan.signing.by_branch else 1
            opened = signature.opening(
                signature.CERTIFIES % permits, made, self._signer.common_name
            )
            objects.put(value, signature.with_hole(opened, self._signer.size))
            end = self._end(objects, trailer)
            rest, state = signature.fill(
                self._prefix_state, len(base.prefix), objects.parts, end, self._signer
            )
        fallback = uses_fallback(values, self._preferred)
        tail = Tail(
            length=len(base.prefix) + len(rest),
            xref=len(base.prefix) + objects.length,
            size=objects.next_number,
            root=CATALOG,
            info=info,
            first_id=file_id,
        )
        stamped = Stamped(base.prefix, rest, fallback, state, tail, page, page_body)
        if self._plan.signing is Signing.BOTH and self._countersigner is not None:
            stamped = self._countersigned(stamped, fields[1], made, self._countersigner)
        if self._long_term is None or self._plan.signing in _UNFINISHED:
            return stamped
        return self._prolonged(stamped, self._long_term)

    def _countersigned(
        self, stamped: Stamped, number: int, made: datetime, signer: SignsDigests
    ) -> Stamped:
        """With the branch's approval behind the agency's certification."""
        seal = self._base.fields[1]
        waiting = Waiting(stamped.tail, number, stamped.page, seal.box)
        more, state, tail = countersign(
            waiting, stamped.state, lambda _: seal.appearance, made, signer
        )
        return replace(stamped, rest=stamped.rest + more, state=state, tail=tail)

    def _prolonged(self, stamped: Stamped, long_term: LongTerm) -> Stamped:
        """With what makes the signatures provable for long, after the last of them."""
        known = Known(self._base.catalog, stamped.page, stamped.page_body)
        ending = prolonged(Ending(b"", stamped.state, stamped.tail), known, long_term)
        rest = stamped.rest + ending.appended
        return replace(stamped, rest=rest, state=ending.state, tail=ending.tail)

    def _put_fields(
        self, objects: Objects, numbers: tuple[int, ...], value: int, page: int
    ) -> None:
        """The agency's field, signed; the others empty, the branch's with its lock."""
        for number, one in zip(numbers, self._base.fields, strict=True):
            own = number == numbers[0]
            objects.put(
                number,
                signature.field(
                    one.name,
                    one.box,
                    page,
                    value=value if own else 0,
                    appearance=one.appearance if own else one.blank,
                    lock=one.name == signature.BRANCH_FIELD,
                ),
            )

    def _page(self, layer: int, photo: int | None, rare: str, fields: tuple[int, ...]) -> bytes:
        shared = self._base.shared
        portrait = f"/{PHOTO} {photo} 0 R" if photo else ""
        widgets = " ".join(f"{number} 0 R" for number in fields)
        annotations = f"/Annots[{widgets}]" if fields else ""
        return (
            f"<</Type/Page/Parent 2 0 R/MediaBox{self._media_box}/TrimBox{self._media_box}"
            f"/Contents[{shared.statics} 0 R {layer} 0 R]{annotations}"
            f"/Resources<<{content.GRAPHICS_STATES}/Font<<{shared.fonts}{rare}>>/XObject<<{shared.pictures}{portrait}>>>>>>"
        ).encode()

    def _end(self, objects: Objects, trailer: bytes) -> bytes:
        entries = self._base.entries + objects.entries()
        start = len(self._base.prefix) + objects.length
        return xref_and_trailer(entries, objects.next_number, start, trailer)

    def _file_id(self, code: str, made: datetime) -> bytes:
        """The same for the same certificate from the same plan."""
        facts = f"{self._plan.form} {code} {made.isoformat()}"
        return hashlib.sha256(facts.encode()).hexdigest()[:32].encode()


def _refuse_without_keys(
    signing: Signing, signer: SignsDigests | None, countersigner: SignsDigests | None
) -> None:
    if signing is not Signing.NOBODY and signer is None:
        raise SigningError(
            zh="这批证书按已签名制作，但没有给出签名私钥：请提供该批次的私钥",
            en="this batch was planned with a signature, but no key is given: open its key",
        )
    if signing is Signing.BOTH and countersigner is None:
        raise SigningError(
            zh="这批证书按分支机构同时签名制作，但没有给出分支机构的私钥：请提供该私钥",
            en="this batch was planned with the branch's signature, but its key is not given: open it",
        )
