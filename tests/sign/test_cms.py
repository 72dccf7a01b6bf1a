import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding

from certgen.sign.cms import Signer
from certgen.sign.keys import Key
from verify.cms import check_cms

KINDS = ["P-256", "P-384", "RSA-2048", "RSA-3072"]
MakeKey = Callable[[str], Key]


def digest_of(text: object) -> bytes:
    return hashlib.sha256(str(text).encode()).digest()


@pytest.mark.parametrize("kind", KINDS)
def test_openssl_verifies_what_was_signed_and_nothing_else(
    make_key: MakeKey, tmp_path: Path, kind: str
) -> None:
    key = make_key(kind)
    (tmp_path / "a.der").write_bytes(Signer(key).sign(hashlib.sha256(b"covered bytes").digest()))
    (tmp_path / "ca.pem").write_bytes(key.chain[-1].public_bytes(Encoding.PEM))

    def openssl(content: bytes) -> int:
        (tmp_path / "content").write_bytes(content)
        words = "openssl cms -verify -binary -inform DER -in a.der -content content -CAfile ca.pem"
        words += " -purpose any -attime 1772323200 -cades -out checked"
        return subprocess.run(  # noqa: S603 - fixed words
            words.split(), cwd=tmp_path, check=False, capture_output=True
        ).returncode

    assert openssl(b"covered bytes") == 0
    assert openssl(b"other bytes") != 0


@pytest.mark.parametrize("kind", KINDS)
def test_equal_digests_give_equal_bytes(make_key: MakeKey, kind: str) -> None:
    key = make_key(kind)
    first, second = Signer(key), Signer(key)
    second.sign(digest_of("something else first"))
    assert first.sign(digest_of("a file")) == second.sign(digest_of("a file"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_size_reserved_is_reached_and_never_exceeded(make_key: MakeKey, kind: str) -> None:
    signer = Signer(make_key(kind))
    sizes = {len(signer.sign(digest_of(number))) for number in range(60)}
    assert max(sizes) == signer.size


@pytest.mark.parametrize("kind", ["P-256", "RSA-2048"])
def test_the_bytes_are_canonical_der_whatever_the_length(make_key: MakeKey, kind: str) -> None:
    signer = Signer(make_key(kind))
    ders = (signer.sign(digest_of(number)) for number in range(60))
    for der in {len(der): der for der in ders}.values():
        assert cms.ContentInfo.load(der, strict=True).dump(force=True) == der


def test_the_signed_attributes_are_those_of_pades_b_b(make_key: MakeKey) -> None:
    signer = Signer(make_key("P-256"))
    signed = cms.ContentInfo.load(signer.sign(digest_of("a file")))["content"]
    (info,) = signed["signer_infos"]
    values = {each["type"].native: each["values"][0] for each in info["signed_attrs"]}
    assert list(values) == ["content_type", "message_digest", "signing_certificate_v2"]
    assert values["content_type"].native == "data"
    assert values["message_digest"].native == digest_of("a file")
    (own,) = values["signing_certificate_v2"]["certs"]
    assert own["cert_hash"].native.hex() == signer.certificate_sha256
    assert signed["encap_content_info"]["content"].native is None


def test_the_whole_chain_travels_with_the_signature(make_key: MakeKey) -> None:
    key = make_key("P-256")
    signed = cms.ContentInfo.load(Signer(key).sign(digest_of("a file")))["content"]
    carried = {each.dump() for each in signed["certificates"]}
    assert carried == {c.public_bytes(Encoding.DER) for c in (key.certificate, *key.chain)}


def test_the_signer_says_who_signs(make_key: MakeKey) -> None:
    key = make_key("P-256")
    der = key.certificate.public_bytes(Encoding.DER)
    assert Signer(key).common_name == "样例机构"
    assert Signer(key).certificate_sha256 == hashlib.sha256(der).hexdigest()


@pytest.mark.parametrize("digest", [b"", bytes(20), bytes(48)])
def test_a_digest_of_another_length_is_a_programming_error(
    make_key: MakeKey, digest: bytes
) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Signer(make_key("P-256")).sign(digest)


@pytest.mark.parametrize("kind", ["P-256", "RSA-2048"])
def test_a_signing_service_of_the_agencys_own_takes_the_place_of_a_key(
    make_key: MakeKey, kind: str
) -> None:
    """The example of docs/signing.md: the key stays behind a service that signs bytes."""
    behind = make_key(kind)

    class Remote:
        def __init__(self) -> None:
            self.certificate, self.chain = behind.certificate, behind.chain

        def sign(self, message: bytes) -> bytes:
            return behind.sign(message)

    signer = Signer(Remote())
    check_cms(signer.sign(digest_of("a file")), digest_of("a file"), signer.certificate_sha256)
