"""Which X.509 certificates are samples (样例): the part of the deny list that signatures in PDFs need.

Sample authorities are made on the spot, with new keys every time, so no list of keys can name
them. Each certificate says what it is instead: in an extension that no other authority has a reason
to write, and in its names. One mark is enough: who removes it has made another certificate, whose
root nobody has pinned.
"""

from cryptography import x509
from cryptography.x509.oid import NameOID

from certgen.exchange.sample_marks import SAMPLE_OID, SAMPLE_WORD

_NAMES = (
    NameOID.COMMON_NAME,
    NameOID.ORGANIZATION_NAME,
    NameOID.ORGANIZATIONAL_UNIT_NAME,
)


def bears_mark(certificate: x509.Certificate) -> bool:
    """Whether a certificate belongs to a sample, or was issued by one."""
    return _says_so(certificate) or any(
        SAMPLE_WORD in str(attribute.value)
        for name in (certificate.subject, certificate.issuer)
        for kind in _NAMES
        for attribute in name.get_attributes_for_oid(kind)
    )


def _says_so(certificate: x509.Certificate) -> bool:
    """Whether it has the extension. One whose extensions cannot be read is not trusted for it."""
    try:
        return any(one.oid.dotted_string == SAMPLE_OID for one in certificate.extensions)
    except ValueError:
        return True
