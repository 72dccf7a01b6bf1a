import hashlib
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    load_pem_private_key,
    pkcs12,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from certgen.sign.cms import Signer
from certgen.sign.keys import Key
from verify.cms import check_cms
from verify.fault import Fault
from verify.selfcheck import check

Make = Callable[..., Any]
KeyOf = Callable[[str], Key]
DIGEST = hashlib.sha256(b"covered bytes").digest()


def said(made: Any) -> str:
    """The one thing that is wrong with the file's signature, in English."""
    (finding,) = check(made.path, made.expected, deep=False)
    assert finding.code == "selfcheck/signature"
    return str(finding.said.en)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        pytest.param(
            b"/FT/Sig", b"/FT/Btn", "expected exactly the signature fields", id="a button"
        ),
        pytest.param(b"Fields[8 0 R]", b"Fields[     ]", "found 0 fields", id="no field"),
        pytest.param(
            b"/SigFlags 3/Fields[8 0 R]",
            b"/Fields[8 0 R 6 0 R]     ",
            "found 2 fields, 1 for signatures",
            id="another field",
        ),
        pytest.param(b"/V 9 0 R", b"/Z 9 0 R", "is not signed", id="an empty field"),
        pytest.param(b"ETSI.CAdES", b"adbe.CAdES", "not of the PAdES kind", id="another kind"),
        pytest.param(b"/Perms", b"/Perma", "does not certify", id="no certification"),
        pytest.param(b"/DocMDP 9", b"/DocMDP 7", "does not certify", id="another certifies"),
        pytest.param(b"/P 1>>", b"/P 3>>", "does not certify", id="remarks allowed"),
        pytest.param(b"/ByteRange[0", b"/ByteRange[1", "cover the whole", id="a byte left out"),
        pytest.param(b"/M(D:20260301)", b"/M(D:20260302)", "not what was signed", id="the time"),
        pytest.param(b" 270 Td", b" 271 Td", "not what was signed", id="a line moved"),
    ],
)
def test_a_change_behind_the_signature_is_named(
    make: Make, old: bytes, new: bytes, why: str
) -> None:
    assert why in said(make().replaced(old, new))


def value_of(data: bytes) -> tuple[int, int]:
    """Where the hex digits of the signature begin and end."""
    start = data.index(b"/Contents<") + len(b"/Contents<")
    return start, data.index(b">", start)


def test_upper_case_hex_is_as_good_as_lower_but_not_a_mixture(make: Make) -> None:
    made = make()
    start, end = value_of(made.data)
    upper = made.data[:start] + made.data[start:end].upper() + made.data[end:]
    made = made.changed(upper)
    assert check(made.path, made.expected, deep=False) == ()
    letter = next(n for n in range(start, end) if upper[n : n + 1].isalpha())
    mixed = upper[:letter] + upper[letter : letter + 1].lower() + upper[letter + 1 :]
    assert "plain hex" in said(made.changed(mixed))


@pytest.mark.parametrize("back", [1, 2, 15])
def test_padding_must_be_zero(make: Make, back: int) -> None:
    made = make()
    _, end = value_of(made.data)
    data = made.data[: end - back] + b"1" + made.data[end - back + 1 :]
    assert "padding" in said(made.changed(data))


def test_no_byte_of_the_file_can_change(make: Make) -> None:
    made = make("RSA-2048")  # its certificate vouches for itself
    data = made.data
    for position in range(0, len(data), 13):
        changed = bytearray(data)
        changed[position] ^= 1 << position % 8
        other = made.changed(bytes(changed))
        findings = check(other.path, other.expected, deep=False)
        assert findings, f"byte {position}: {data[position - 20 : position + 5]!r}"
        made.path.write_bytes(data)


def test_no_byte_of_the_signature_value_can_change(key: KeyOf) -> None:
    signer = Signer(key("RSA-2048"))
    der = signer.sign(DIGEST)
    check_cms(der, DIGEST, signer.certificate_sha256)
    for position in range(len(der)):
        changed = bytearray(der)
        changed[position] ^= 1 << position % 8
        with pytest.raises((Fault, ValueError)):
            check_cms(bytes(changed), DIGEST, signer.certificate_sha256)


def test_only_the_unsigned_bytes_of_the_topmost_issuer_can_change(key: KeyOf) -> None:
    signer, issuer = Signer(key("P-256")), key("P-256").chain[0]
    der = signer.sign(DIGEST)
    spare = issuer.public_bytes(Encoding.DER)
    start = der.index(spare)
    for position in set(range(len(der))) - set(range(start, start + len(spare))):
        changed = bytearray(der)
        changed[position] ^= 1 << position % 8
        with pytest.raises((Fault, ValueError)):
            check_cms(bytes(changed), DIGEST, signer.certificate_sha256)


def edited(der: bytes, edit: Callable[[Any], None]) -> bytes:
    content = cms.ContentInfo.load(der)
    edit(content["content"])
    return bytes(content.dump(force=True))


def test_a_stranger_in_the_chain_is_refused(key: KeyOf) -> None:
    signer = Signer(key("P-256"))
    stranger = cms.Certificate.load(key("P-384").certificate.public_bytes(Encoding.DER))
    der = edited(signer.sign(DIGEST), lambda signed: signed["certificates"].append(stranger))
    with pytest.raises(Fault, match="form no chain"):
        check_cms(der, DIGEST, signer.certificate_sha256)


def test_an_old_root_that_signed_itself_with_sha1_is_no_obstacle(
    key: KeyOf, tmp_path: Path
) -> None:
    words = (
        "openssl req -x509 -newkey rsa:2048 -nodes -sha1 -keyout ca.key -out ca.pem -subj /CN=CA"
    )
    subprocess.run(words.split(), cwd=tmp_path, check=True, capture_output=True)  # noqa: S603 - fixed
    root = x509.load_pem_x509_certificate((tmp_path / "ca.pem").read_bytes())
    old = key("P-256").certificate
    ca: Any = load_pem_private_key((tmp_path / "ca.key").read_bytes(), None)
    own = x509.CertificateBuilder(
        root.subject,
        old.subject,
        old.public_key(),
        old.serial_number,
        old.not_valid_before_utc,
        old.not_valid_after_utc,
    ).sign(ca, hashes.SHA256())
    signer = Signer(Key(key("P-256").private, own, (root,)))
    check_cms(signer.sign(DIGEST), DIGEST, signer.certificate_sha256)


def test_an_altered_root_is_refused(key: KeyOf) -> None:
    signer, root = Signer(key("P-256")), key("P-256").chain[0].public_bytes(Encoding.DER)
    other = root[:-1] + bytes([root[-1] ^ 1])  # within its signature
    der = signer.sign(DIGEST).replace(root, other)
    with pytest.raises(Fault, match="altered"):
        check_cms(der, DIGEST, signer.certificate_sha256)


def test_an_unsigned_attribute_is_refused(key: KeyOf) -> None:
    signer = Signer(key("RSA-2048"))

    def add(signed: Any) -> None:
        extra = cms.CMSAttribute({"type": "content_type", "values": ["data"]})
        signed["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([extra])

    with pytest.raises(Fault, match="DER"):
        check_cms(edited(signer.sign(DIGEST), add), DIGEST, signer.certificate_sha256)


def test_another_signer_is_refused_though_the_signature_holds(key: KeyOf) -> None:
    der = Signer(key("P-256")).sign(DIGEST)
    with pytest.raises(Fault, match="another certificate"):
        check_cms(der, DIGEST, Signer(key("P-384")).certificate_sha256)


def pyhanko_signed(data: bytes, key: Key, *, digest: str = "sha256") -> bytes:
    """`data` certified by an independent press, in one revision."""
    words = BestAvailableEncryption(b"sample")
    bag = pkcs12.serialize_key_and_certificates(
        None, key.private, key.certificate, key.chain, words
    )
    signer = signers.SimpleSigner.load_pkcs12_data(bag, other_certs=(), passphrase=b"sample")
    settings = signers.PdfSignatureMetadata(
        field_name="AgencySeal",
        md_algorithm=digest,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    writer = copy_into_new_writer(PdfFileReader(BytesIO(data)))
    out = signers.PdfSigner(settings, signer=signer).sign_pdf(writer)
    return bytes(out.getbuffer())


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA-2048"])
def test_what_pyhanko_signs_is_accepted(make: Make, key: KeyOf, kind: str) -> None:
    made = make(kind)
    made = made.changed(pyhanko_signed(make(None).data, key(kind)))
    assert check(made.path, made.expected, deep=True) == ()


def test_another_digest_than_sha256_is_refused(make: Make, key: KeyOf) -> None:
    made = make("P-384")
    made = made.changed(pyhanko_signed(make(None).data, key("P-384"), digest="sha384"))
    assert "form" in said(made)
