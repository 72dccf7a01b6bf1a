"""The parts of a signed PDF: field, signature value, seal; and how a hole is left, hashed around and filled.

One signature certifies the file and allows no change (DocMDP P=1). Two: the agency (评价机构) certifies and allows
signing alone (P=2), then the branch (分支机构) approves in the field that was there from the beginning, and its lock
(FieldMDP, all fields; P 1 of ISO 32000-2 table 236) allows nothing any more. Both seals are the fields' appearances.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from certgen.render import content, metadata
from certgen.render.pdf import points, stream, text_string

AGENCY_FIELD = "AgencySeal"
BRANCH_FIELD = "BranchSeal"
TIMESTAMP_FIELD = "Timestamp1"

CATALOG = 1  # the number of the catalogue in every file of ours

CERTIFIES = (
    b"/Reference[<</Type/SigRef/TransformMethod/DocMDP"
    b"/TransformParams<</Type/TransformParams/P %d/V/1.2>>>>]"
)
# /P stands in the parameters as well as in the field's lock, as Acrobat and pyHanko write it.
APPROVES = (
    b"/Reference[<</Type/SigRef/TransformMethod/FieldMDP/Data %d 0 R"
    b"/TransformParams<</Type/TransformParams/Action/All/P 1/V/1.2>>>>]" % CATALOG
)
LOCK = b"/Lock<</Type/SigFieldLock/Action/All/P 1>>"

BYTE_RANGE_WIDTH = 40
"""Room for `[0 a b c]` with ten digits each, filled up with spaces."""

_CONTENTS = b"/Contents"
_CLOSING = b">>\nendobj\n"  # what follows the hole within its object


class Signing(StrEnum):
    """Who signs the files of a form."""

    NOBODY = "nobody"
    AGENCY = "agency"
    BOTH = "both"  # agency and branch, one after the other
    BRANCH_LATER = "branch-later"  # the agency; the branch's field is left empty for it

    @property
    def by_branch(self) -> bool:
        """Whether a file has a field for the branch."""
        return self in {Signing.BOTH, Signing.BRANCH_LATER}


class SignsDigests(Protocol):
    """What stamping needs of a signer: see `certgen.sign.cms.Signer`, and docs/signing.md for one of your own."""

    @property
    def size(self) -> int:
        """Bytes that the longest signature needs."""

    @property
    def common_name(self) -> str:
        """Who signs, as readers show it."""

    def sign(self, document_digest: bytes) -> bytes:
        """DER of a detached CMS over a SHA-256 digest, at most `size` bytes."""


class Digest(Protocol):
    """A SHA-256 that has taken in the beginning of a file, as `hashlib` gives it."""

    def copy(self) -> "Digest":
        """The same state again."""

    def update(self, data: bytes, /) -> None:
        """Take in more."""

    def digest(self) -> bytes:
        """The digest of what was taken in."""

    def hexdigest(self) -> str:
        """The same in hex."""


@dataclass(frozen=True, slots=True)
class SealField:
    """A signature field of a form: where its seal stands and which object draws it."""

    name: str
    box: str  # in points; four noughts for a field that is not seen
    appearance: int  # number of the seal's form object; 0 where the field shows nothing
    blank: int = 0  # number of the empty form that it shows until it is signed


def field(name: str, box: str, page: int, *, value: int, appearance: int, lock: bool) -> bytes:
    """A signature field and its widget, printed and locked (ISO 32000-1 §12.7.4.5); `value` 0: nobody signed yet."""
    signed = b"/V %d 0 R" % value if value else b""
    drawn = b"/AP<</N %d 0 R>>" % appearance if appearance else b""
    return b"<</Type/Annot/Subtype/Widget/FT/Sig/T(%b)/F 132/Rect[%b]/P %d 0 R%b%b%b>>" % (
        name.encode(),
        box.encode(),
        page,
        signed,
        drawn,
        LOCK if lock else b"",
    )


def opening(reference: bytes, made: datetime, name: str) -> bytes:
    """The signature value up to its byte range; `reference` says what it permits."""
    return b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M%b/Name%b%b" % (
        metadata.pdf_date(made),
        text_string(name),
        reference,
    )


def timestamp_opening() -> bytes:
    """The same for a document time stamp (ISO 32000-2 §12.8.5), whose time stands inside the token."""
    return b"<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161"


def with_hole(opened: bytes, size: int) -> bytes:
    """The body of the signature value, its byte range and its `size` bytes of signature left empty."""
    hole = b"<%b>" % (b"0" * (2 * size))
    return opened + b"/ByteRange" + b" " * BYTE_RANGE_WIDTH + _CONTENTS + hole + b">>"


def fill(
    begun: Digest, start: int, parts: Sequence[bytes], end: bytes, signer: SignsDigests
) -> tuple[bytes, Digest]:
    """Sign everything but the hole, and fill it: the bytes from `start` on, and the digest of the whole file.

    `begun` has taken in the `start` bytes before. `parts` are objects, the last of them made by `with_hole`; `end` is
    table and trailer. Nothing is hashed twice but what follows the hole.
    """
    *before, last = parts
    hole = 2 * signer.size + 2
    cut = len(last) - len(_CLOSING) - hole  # where the hole begins in its object
    hole_start = start + sum(map(len, before)) + cut
    after = _CLOSING + end
    byte_range = b"[0 %d %d %d]" % (hole_start, hole_start + hole, len(after))
    head = last[: cut - len(_CONTENTS) - BYTE_RANGE_WIDTH]
    laid = b"".join((*before, head, byte_range.ljust(BYTE_RANGE_WIDTH), _CONTENTS))
    state = begun.copy()
    state.update(laid)
    whole = state.copy()
    state.update(after)
    filling = b"<%b>" % signer.sign(state.digest()).hex().encode().ljust(2 * signer.size, b"0")
    if len(filling) != hole:
        raise AssertionError(len(filling))  # a signer that said too small a size
    rest = filling + after
    whole.update(rest)
    return laid + rest, whole


def appearance(side_mm: float, image: int) -> bytes:
    """The form that a viewer shows as the signature: the seal in a square of its own size."""
    side = points(side_mm)
    entries = (
        f"/Type/XObject/Subtype/Form/BBox[0 0 {side} {side}]"
        f"/Resources<<{content.GRAPHICS_STATES}/XObject<</Seal {image} 0 R>>>>"
    )
    drawing = f"q /{content.MULTIPLY} gs {side} 0 0 {side} 0 0 cm /Seal Do Q"
    return stream(entries.encode(), drawing.encode())


def empty_appearance(side_mm: float) -> bytes:
    """What an unsigned field shows: nothing. PDF/A wants a form all the same (ISO 19005-2 6.3.3)."""
    side = points(side_mm)
    return stream(b"/Type/XObject/Subtype/Form/BBox[0 0 %b %b]" % ((side.encode(),) * 2), b"")
