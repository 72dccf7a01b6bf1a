"""Whether a signing certificate belongs to a sample authority (样例 CA): its key signs samples only."""

from collections.abc import Iterable

from cryptography import x509

from certgen.exchange.sample_marks import SAMPLE_OID, SAMPLE_WORD


def is_sample(certificate: x509.Certificate, chain: Iterable[x509.Certificate]) -> bool:
    """Whether one of the certificates bears the mark: the extension, or the word in a name.

    The word in the names of the signer and its issuers is enough: a key that calls itself a sample signs no real
    certificate, whoever made it.
    """
    return any(_marked(one) for one in (certificate, *chain))


def _marked(certificate: x509.Certificate) -> bool:
    names = certificate.subject.rfc4514_string() + certificate.issuer.rfc4514_string()
    return SAMPLE_WORD in names or any(
        extension.oid.dotted_string == SAMPLE_OID for extension in certificate.extensions
    )
