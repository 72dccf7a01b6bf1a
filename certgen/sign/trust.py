"""Whether a certificate that comes from elsewhere is that of the agency or branch it should be.

Asked where two places work together: the branch of what headquarters has sent, headquarters of
what comes back. The root is the one that the agency file names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from certgen.errors import SigningError
from certgen.exchange.agency import Agency
from certgen.sign import fitness
from certgen.sign.samples import is_sample


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose certificate it should be."""

    agency: Agency
    names: tuple[str, ...]  # one of them must be its organisation
    today: datetime


def refuse_stranger(certificates: Sequence[bytes], owner: Owner, where: str) -> None:
    """Raise `SigningError` unless the first of `certificates` (DER) is the owner's, up to a root.

    The others may be its issuers. A sample goes with samples only, a real certificate with real ones.
    """
    own, *others = (x509.load_der_x509_certificate(der) for der in certificates)
    policy = owner.agency.signatures
    if policy.root is None:
        raise SigningError(
            zh="没有指定根证书，无法知道文件是谁签的：请在机构配置 [key] 中填写 root",
            en="no root certificate is named, so that nobody knows who has signed: "
            "set root under [key] in the agency file",
        )
    fitness.check_identity(own, owner.names, where)
    fitness.to_root(own, others, policy.root, where, owner.today)
    if is_sample(own, others) != owner.agency.sample:
        raise SigningError(
            zh=f"{where} 与机构配置的 sample 不一致：样例只与样例一起签",
            en=f"{where} and `sample` of the agency file contradict each other: samples go with samples",
        )
