"""Sample certificates are known by what they say of themselves, though their keys are new every time."""

from datetime import UTC, date, datetime, timedelta

import ca
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from certgen.exchange.sample_marks import SAMPLE_NOTE, SAMPLE_OID
from verify.trust.denied import is_denied_certificate

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def certificate(organisation: str, *, marked: bool, unit: str = "Unit") -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
        ]
    )
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW + timedelta(days=9))
    if marked:
        mark = x509.UnrecognizedExtension(x509.ObjectIdentifier(SAMPLE_OID), SAMPLE_NOTE)
        builder = builder.add_extension(mark, critical=False)
    return builder.sign(key, hashes.SHA256())


def test_root_and_leaf_of_a_new_sample_authority_are_denied() -> None:
    made = ca.make({"a": "青木职业技能培训学校"}, "sample", date(2026, 1, 5))
    bag = pkcs12.load_pkcs12(made.pkcs12["a"], b"sample")
    assert bag.cert
    assert is_denied_certificate(bag.cert.certificate)
    assert is_denied_certificate(x509.load_pem_x509_certificate(made.root_pem))


@pytest.mark.parametrize(
    ("organisation", "unit", "marked", "denied"),
    [
        ("Any Training School", "Unit", True, True),
        ("青木样例学校", "Unit", False, True),
        ("Any Training School", "SAMPLE / 样例 (NOT VALID)", False, True),
        ("青木职业技能培训学校", "培训部", False, False),
    ],
)
def test_one_mark_is_enough_and_none_is_real(
    organisation: str, unit: str, *, marked: bool, denied: bool
) -> None:
    found = is_denied_certificate(certificate(organisation, marked=marked, unit=unit))
    assert found is denied
