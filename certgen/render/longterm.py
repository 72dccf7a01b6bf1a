"""Append what makes a signature provable for long (PAdES B-LT, B-LTA): validation data, then a stamp over everything.

Each is a revision of its own. The first gives the catalogue a document security store (DSS, ISO 32000-2 §12.8.4.3),
the second fills the field that was kept for the stamp: neither touches page, seals or signatures.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from certgen.render import signature
from certgen.render.pdf import stream
from certgen.render.revision import Revision, Tail
from certgen.render.signature import CATALOG, Digest, SignsDigests


class Proofs(Protocol):
    """Certificates, revocation lists and OCSP answers, DER: see `certgen.sign.revocation.Proofs`."""

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """Of the signers and their issuers."""

    @property
    def crls(self) -> tuple[bytes, ...]:
        """Revocation lists."""

    @property
    def ocsps(self) -> tuple[bytes, ...]:
        """OCSP answers."""


class LongTerm(Protocol):
    """Where validation data comes from: see `certgen.sign.longterm.LongTerm`."""

    def proofs(self) -> Proofs:
        """For the signatures of this batch."""

    @property
    def archive(self) -> SignsDigests | None:
        """Who stamps the whole file; None below B-LTA."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A file so far: what was appended to it, its digest, and how it ends."""

    appended: bytes
    state: Digest
    tail: Tail

    def with_revision(self, more: bytes, state: Digest, revision: Revision) -> "Ending":
        """The file with one more revision."""
        length = self.tail.length + len(more)
        return Ending(self.appended + more, state, revision.tail_behind(length))


@dataclass(frozen=True, slots=True)
class Known:
    """The bodies of the two objects that must be written anew, as the file has them."""

    catalog: bytes
    page: int  # number of the page object
    page_body: bytes


def prolonged(ending: Ending, known: Known, long_term: LongTerm) -> Ending:
    """The file with validation data and, for B-LTA, a stamp over everything."""
    ending, catalog = _with_proofs(ending, known.catalog, long_term.proofs())
    if long_term.archive is None:
        return ending
    return _with_timestamp(ending, replace(known, catalog=catalog), long_term.archive)


def _with_proofs(ending: Ending, catalog: bytes, proofs: Proofs) -> tuple[Ending, bytes]:
    """With a document security store; also the catalogue that names it."""
    revision = Revision(ending.tail)
    parts = [
        b"/%b[%b]" % (key, b" ".join(b"%d 0 R" % number for number in _put(revision, ders)))
        for key, ders in (
            (b"Certs", proofs.certificates),
            (b"CRLs", proofs.crls),
            (b"OCSPs", proofs.ocsps),
        )
        if ders
    ]
    store = revision.add(b"<</Type/DSS%b>>" % b"".join(parts))
    catalog = catalog.removesuffix(b">>") + b"/DSS %d 0 R>>" % store
    revision.put(CATALOG, catalog)
    more = b"".join((*revision.parts, revision.end()))
    state = ending.state.copy()
    state.update(more)
    return ending.with_revision(more, state, revision), catalog


def _with_timestamp(ending: Ending, known: Known, stamper: SignsDigests) -> Ending:
    """With a document time stamp in a field of its own, which nobody sees.

    The field is made now, not before the first signature as the others: the branch's lock closes every
    field there is, while a new one for a time stamp is always allowed (ISO 32000-2 table 257).
    """
    revision = Revision(ending.tail)
    field, value = revision.reserve(), revision.reserve()
    revision.put(CATALOG, _listing(known.catalog, b"/Fields[", field))
    revision.put(known.page, _listing(known.page_body, b"/Annots[", field))
    body = signature.field(
        signature.TIMESTAMP_FIELD, "0 0 0 0", known.page, value=value, appearance=0, lock=False
    )
    revision.put(field, body)
    revision.put(value, signature.with_hole(signature.timestamp_opening(), stamper.size))
    start = ending.tail.length
    more, state = signature.fill(ending.state, start, revision.parts, revision.end(), stamper)
    return ending.with_revision(more, state, revision)


def _listing(body: bytes, array: bytes, number: int) -> bytes:
    """The object with a reference to `number` at the end of one of its arrays."""
    head, opened, rest = body.partition(array)
    listed, closed, tail = rest.partition(b"]")
    if not (opened and closed):
        raise AssertionError(array)
    return b"%b%b%b %d 0 R%b%b" % (head, opened, listed, number, closed, tail)


def _put(revision: Revision, ders: Iterable[bytes]) -> list[int]:
    return [revision.add(stream(b"", der)) for der in ders]
