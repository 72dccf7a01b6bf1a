"""Validation data and time stamps, laid by hand behind a signed certificate: in order, or in any other way."""

import asyncio
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from asn1crypto import cms, tsp
from cryptography.hazmat.primitives.serialization import Encoding

from certgen.sign import revocation
from certgen.sign.cms import Signer
from certgen.sign.keys import Key
from certgen.sign.timestamps import DocumentStamper, StampedSigner, Timestamper
from tests.forger.edit import append, body, number_of, page_number, size_of, stream, value_in
from tests.forger.genuine import pressed_by, stamped
from tests.forger.house import MADE, NOW, the_house
from tests.forger.signing import timestamper

TOKEN_ROOM = 6_000


@cache
def token(data_digest: bytes, key: Key | None = None, at: Any = None) -> bytes:
    """An RFC 3161 token over a SHA-256 digest, by the pinned authority unless told."""
    made = asyncio.run(
        timestamper(key or the_house().tsa, fixed_dt=at or MADE).async_timestamp(
            data_digest, "sha256"
        )
    )
    return bytes(made.dump())


def ders(*keys: Key) -> list[bytes]:
    return [one.public_bytes(Encoding.DER) for key in keys for one in (key.certificate, *key.chain)]


def with_dss(
    data: bytes,
    *,
    certificates: Sequence[bytes] | None = None,
    crls: Sequence[bytes] | None = None,
    entries: bytes = b"",
    objects: dict[int, bytes] | None = None,
) -> bytes:
    """A revision with validation data (DSS); `entries` and `objects` are what else a forger puts there."""
    house = the_house()
    own = ders(house.agency, house.tsa) if certificates is None else certificates
    lists = (house.ca.crl(), house.tsa_ca.crl()) if crls is None else crls
    dss = size_of(data)
    numbers = range(dss + 1, dss + 1 + len(own) + len(lists))
    content = dict(zip(numbers, (stream(der) for der in (*own, *lists)), strict=True))
    refs = [b"%d 0 R" % number for number in numbers]
    body_ = b"<</Certs[%b]/CRLs[%b]%b>>" % (
        b" ".join(refs[: len(own)]),
        b" ".join(refs[len(own) :]),
        entries,
    )
    catalog = body(data, 1)[:-2] + b"/DSS %d 0 R>>" % dss
    return append(data, {1: catalog, dss: body_, **content, **(objects or {})})


def with_timestamp(
    data: bytes,
    *,
    name: bytes = b"Timestamp1",
    box: bytes = b"0 0 0 0",
    key: Key | None = None,
    at: Any = None,
    entries: bytes = b"",
    objects: dict[int, bytes] | None = None,
) -> bytes:
    """A document time stamp over everything, in a field made for it."""
    field, value = size_of(data), size_of(data) + 1
    seal = number_of(data, b"/T(AgencySeal)")
    catalog = body(data, 1).replace(
        b"/Fields[%d 0 R" % seal, b"/Fields[%d 0 R %d 0 R" % (seal, field)
    )
    page = body(data, page_number(data)).replace(
        b"/Annots[%d 0 R" % seal, b"/Annots[%d 0 R %d 0 R" % (seal, field)
    )
    about = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(%b)/F 132/Rect[%b]/P %d 0 R/V %d 0 R%b>>" % (
        name, box, page_number(data), value, entries,
    )  # fmt: skip
    stamped_ = (
        b"<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161/ByteRange[0 %b]/Contents<%b>>>"
        % (b" " * 34, b"0" * 2 * TOKEN_ROOM)
    )
    made = append(
        data,
        {1: catalog, page_number(data): page, field: about, value: stamped_, **(objects or {})},
    )
    return fill(made, key=key, at=at)


def fill(data: bytes, *, key: Key | None = None, at: Any = None) -> bytes:
    """Put the byte range and the token into the last hole."""
    before = data.rindex(b"/Contents<") + len(b"/Contents")
    after = data.index(b">", before) + 1
    span = b"%d %d %d" % (before, after, len(data) - after)
    data = data.replace(b"[0 " + b" " * 34, b"[0 " + span.ljust(34))
    digest = hashlib.sha256(data[:before] + data[after:]).digest()
    filling = token(digest, key, at).hex().encode().ljust(after - before - 2, b"0")
    return data[: before + 1] + filling + data[after - 1 :]


def with_token(data: bytes, made: bytes | None = None) -> bytes:
    """The signature's own time stamp (B-T), in a file whose hole has room for it."""
    content = cms.ContentInfo.load(value_in(data))
    info = content["content"]["signer_infos"][0]
    own = made or token(hashlib.sha256(info["signature"].native).digest())
    attribute = cms.CMSAttribute(
        {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(own)]}
    )
    info["unsigned_attrs"] = cms.CMSAttributes([attribute])
    return with_roomy_value(data, bytes(content.dump(force=True)))


def with_roomy_value(data: bytes, der: bytes) -> bytes:
    """Only the hole changes: the signature does not cover it."""
    start = data.rindex(b"/Contents<") + len(b"/Contents<")
    end = data.index(b">", start)
    assert len(der) * 2 <= end - start
    return data[:start] + der.hex().encode().ljust(end - start, b"0") + data[end:]


@cache
def b_t() -> bytes:
    """With a time stamp over the signature."""
    return with_token(stamped(the_house().agency, room=True))


@cache
def b_lt() -> bytes:
    """And validation data."""
    return with_dss(b_t())


@cache
def b_lta() -> bytes:
    """And a time stamp over everything."""
    return with_timestamp(b_lt(), at=NOW)


def token_over(data: bytes, key: Key, at: Any = None) -> bytes:
    """A token over the signature in a file, by any key."""
    signature = cms.ContentInfo.load(value_in(data))["content"]["signer_infos"][0]["signature"]
    return token(hashlib.sha256(signature.native).digest(), key, at)


# The same levels by the press itself, with a time stamp authority in this process.


def _answer(_url: str, query: bytes, _kind: str) -> bytes:
    """What an authority answers over HTTP."""
    asked = tsp.TimeStampReq.load(query)
    made = timestamper(the_house().tsa, fixed_dt=MADE).request_tsa_response(asked)
    return bytes(made.dump())


class Proofs:
    """Where the press finds validation data: as of a batch whose lists are at hand."""

    def __init__(self, archive: DocumentStamper | None) -> None:
        self.archive = archive

    def proofs(self) -> revocation.Proofs:
        house = the_house()
        certificates = tuple(dict.fromkeys(ders(house.agency, house.branch, house.tsa)))
        return revocation.Proofs(certificates, (house.ca.crl(), house.tsa_ca.crl()))


@cache
def pressed(level: str, seals: int = 1) -> bytes:
    """A certificate of any level, with one seal or two, as the press makes it."""
    keys = [the_house().agency, the_house().branch][:seals]
    if level == "B-B":
        return stamped(*keys)
    stamper = Timestamper("https://tsa.example", None, post=_answer)
    signers = [StampedSigner(Signer(key), stamper) for key in keys]
    ending = Proofs(DocumentStamper(stamper) if level == "B-LTA" else None)
    return pressed_by(*signers, long_term=None if level == "B-T" else ending)


LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")


def genuine() -> dict[str, bytes]:
    """One of each kind."""
    return {f"{level}, {seals}": pressed(level, seals) for level in LEVELS for seals in (1, 2)}
