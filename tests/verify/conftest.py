"""A one-page certificate PDF, small enough to read, and keys to sign it with."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import qrcode
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from certgen.sign.cms import Signer
from certgen.sign.keys import Key
from verify.selfcheck import Expected

CODE = "Y000041000001251000001"
TEXTS = ("阿卜杜拉·买买提", "𬭎人", "家政服务员", "三级/高级工", "--", "2025年3月1日")
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/Sample/Encoding/Identity-H"
    b"/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
)
DESCENDANT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Sample"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/Sample/Flags 4/FontBBox[0 0 1000 1000]"
    b"/ItalicAngle 0/Ascent 900/Descent -100/CapHeight 900/StemV 80>>>>"
)
QR = f"https://agency.example/c/{CODE}"


def tiny_pdf(texts: Sequence[str], qr: str, signer: Signer | None, *, pages: int = 1) -> bytes:
    """The texts, one a line, and the QR code; certified by `signer`, if there is one.

    Written by hand, as the press does: the signature's place is kept while writing.
    """
    catalog = b"<</Type/Catalog/Pages 2 0 R"
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>%s>>"
    ) % (b"/Annots[8 0 R]" if signer else b"")
    more = range(8, 7 + pages)  # the numbers of the pages after the first; those are never signed
    kids = b"".join(b" %d 0 R" % number for number in (3, *more))
    objects = [
        b"",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        page,
        stream(content(texts, qr)),
        FONT,
        DESCENDANT,
        stream(to_unicode("".join(texts))),
        *[page for _ in more],
    ]
    if signer is not None:
        catalog += b"/AcroForm<</SigFlags 3/Fields[8 0 R]>>/Perms<</DocMDP 9 0 R>>"
        objects += [
            b"<</Type/Annot/Subtype/Widget/FT/Sig/T(AgencySeal)/V 9 0 R/P 3 0 R/F 132/Rect[0 0 0 0]>>",
            b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20260301)"
            b"/Reference[<</Type/SigRef/TransformMethod/DocMDP"
            b"/TransformParams<</Type/TransformParams/V/1.2/P 1>>>>]"
            b"/ByteRange[0 %s]/Contents<%s>>>" % (b" " * 24, b"0" * 2 * (signer.size + 8)),
        ]
    objects[0] = catalog + b">>"
    return signed(assembled(objects), signer) if signer else assembled(objects)


def stream(data: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def content(texts: Sequence[str], qr: str) -> bytes:
    characters = "".join(texts)
    lines = [
        b"BT /F 12 Tf 20 %d Td <%s> Tj ET"
        % (270 - 20 * n, b"".join(b"%04X" % (characters.index(c) + 1) for c in text))
        for n, text in enumerate(texts)
    ]
    symbol = qrcode.QRCode(border=0)
    symbol.add_data(qr)
    symbol.make()
    squares = [
        b"%d %d 3 3 re" % (250 + 3 * x, 270 - 3 * y)
        for y, row in enumerate(symbol.get_matrix())
        for x, dark in enumerate(row)
        if dark
    ]
    return b"\n".join([*lines, *squares, b"f"])


def to_unicode(characters: str) -> bytes:
    pairs = b"".join(
        b"<%04X> <%s>\n" % (characters.index(c) + 1, c.encode("utf-16-be").hex().encode())
        for c in sorted(set(characters))
    )
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar endcmap end end" % (len(set(characters)), pairs)
    )


def assembled(objects: Sequence[bytes]) -> bytes:
    out, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(out))
    )


def signed(pdf: bytes, signer: Signer) -> bytes:
    before = pdf.index(b"/Contents<") + len(b"/Contents")
    after = pdf.index(b">", before) + 1
    span = b"%d %d %d" % (before, after, len(pdf) - after)
    pdf = pdf.replace(b"[0 " + b" " * 24, b"[0 " + span.ljust(24))
    der = signer.sign(hashlib.sha256(pdf[:before] + pdf[after:]).digest())
    return pdf[: before + 1] + der.hex().encode().ljust(after - before - 2, b"0") + pdf[after - 1 :]


@cache
def key_of(kind: str) -> Key:
    """P-256 and P-384 with a certificate from a CA; RSA with one that it signed itself."""
    own: Any = (
        rsa.generate_private_key(65537, int(kind[4:]))
        if kind.startswith("RSA")
        else ec.generate_private_key({"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}[kind])
    )
    if kind.startswith("RSA"):
        return Key(own, certificate("样例自签", own, "样例自签", own))
    ca = ec.generate_private_key(ec.SECP256R1())
    issuer = certificate("样例 CA", ca, "样例 CA", ca)
    return Key(own, certificate("样例机构", own, "样例 CA", ca), (issuer,))


def certificate(subject: str, own: Any, issuer: str, key: Any) -> x509.Certificate:
    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name(issuer),
        name(subject),
        own.public_key(),
        x509.random_serial_number(),
        now - timedelta(days=1),
        now + timedelta(days=30),
    )
    constraints = x509.BasicConstraints(ca=subject == "样例 CA", path_length=None)
    return builder.add_extension(constraints, critical=True).sign(key, hashes.SHA256())


@dataclass(frozen=True)
class Made:
    """A file and what it was meant to be."""

    path: Path
    expected: Expected

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()

    def changed(self, data: bytes) -> "Made":
        """The file with other bytes, and a digest that does not give them away."""
        self.path.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        return replace(self, expected=replace(self.expected, sha256=digest))

    def replaced(self, old: bytes, new: bytes) -> "Made":
        """The file with the only `old` exchanged for `new`."""
        assert self.data.count(old) == 1
        return self.changed(self.data.replace(old, new))


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Made]:
    """Write a certificate that is in order, signed with a key of `kind` or not at all."""

    def make(
        kind: str | None = "P-256",
        texts: Sequence[str] = (CODE, *TEXTS),
        qr: str = QR,
        pages: int = 1,
    ) -> Made:
        signer = Signer(key_of(kind)) if kind else None
        data = tiny_pdf(texts, qr, signer, pages=pages)
        path = tmp_path / "certificate.pdf"
        signed_by = signer.certificate_sha256 if signer else None
        expected = Expected("", CODE, TEXTS, QR, signed_by, pages)
        return Made(path, expected).changed(data)

    return make


@pytest.fixture
def key() -> Callable[[str], Key]:
    """The key that `make` signs with."""
    return key_of
