from datetime import UTC, date, datetime

import ca
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

TODAY = date(2026, 1, 5)
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
NAME = "云河样例机械制造有限公司"


@pytest.fixture(scope="module")
def made() -> ca.Made:
    return ca.make({"yunhe": NAME}, "sample", TODAY)


@pytest.fixture(scope="module")
def bag(made: ca.Made) -> pkcs12.PKCS12KeyAndCertificates:
    return pkcs12.load_pkcs12(made.pkcs12["yunhe"], b"sample")


@pytest.fixture(scope="module")
def leaf(bag: pkcs12.PKCS12KeyAndCertificates) -> x509.Certificate:
    assert bag.cert is not None
    return bag.cert.certificate


def test_the_key_is_p_256_and_fits_its_certificate(
    bag: pkcs12.PKCS12KeyAndCertificates, leaf: x509.Certificate
) -> None:
    assert isinstance(bag.key, ec.EllipticCurvePrivateKey)
    assert bag.key.curve.name == "secp256r1"
    assert bag.key.public_key() == leaf.public_key()


def test_the_file_opens_only_with_its_passphrase(made: ca.Made) -> None:
    with pytest.raises(ValueError, match="password"):
        pkcs12.load_pkcs12(made.pkcs12["yunhe"], b"other")


def test_the_root_in_the_file_has_signed_the_leaf(
    made: ca.Made, bag: pkcs12.PKCS12KeyAndCertificates, leaf: x509.Certificate
) -> None:
    root = x509.load_pem_x509_certificate(made.root_pem)
    assert [extra.certificate for extra in bag.additional_certs] == [root]
    leaf.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)


def test_names_say_sample_and_not_valid(leaf: x509.Certificate) -> None:
    for name in (leaf.subject, leaf.issuer):
        shown = name.rfc4514_string()
        assert "样例" in shown
        assert "NOT VALID" in shown
    assert NAME in leaf.subject.rfc4514_string()


def test_a_certificate_lives_one_year_from_the_day_of_making(leaf: x509.Certificate) -> None:
    assert leaf.not_valid_before_utc == datetime(2026, 1, 5, tzinfo=UTC)
    assert leaf.not_valid_after_utc == datetime(2027, 1, 5, tzinfo=UTC)


def test_the_leaf_may_sign_documents_and_nothing_else(leaf: x509.Certificate) -> None:
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    allowed = {name.removeprefix("_") for name, on in vars(usage.value).items() if on is True}
    assert allowed == {"digital_signature", "content_commitment"}
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_the_root_may_sign_leaves_and_no_further_authority(made: ca.Made) -> None:
    root = x509.load_pem_x509_certificate(made.root_pem)
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert (constraints.value.ca, constraints.value.path_length) == (True, 0)
    usage = root.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.key_cert_sign
    assert not usage.digital_signature


@pytest.mark.parametrize(
    ("now", "good"),
    [
        (NOON, True),
        (datetime(2026, 1, 4, 23, 59, tzinfo=UTC), False),
        (datetime(2027, 1, 5, tzinfo=UTC), False),
    ],
)
def test_a_root_is_kept_for_its_year(made: ca.Made, now: datetime, *, good: bool) -> None:
    assert ca.still_good(made.root_pem, now) is good
