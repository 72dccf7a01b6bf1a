"""Who issues in these tests: an agency with a branch, the CA above them, a time stamp authority, and strangers.

All keys are new in each run. Names and profiles are what a licensed CA would write: nothing of the sample CA.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certgen.sign.keys import Key

NOW = datetime.now(UTC).replace(microsecond=0)
MADE = NOW - timedelta(hours=2)
_DAY = timedelta(days=1)

# No word of a sample in them: what is signed here is meant to be real.
AGENCY, BRANCH = "云河精工机械制造有限公司", "云河精工机械制造有限公司泽州分公司"
STRANGER = "青木职业技能培训学校"


def new_key(kind: str = "P-256") -> Any:
    if kind.startswith("RSA"):
        return rsa.generate_private_key(65537, int(kind[4:]))
    if kind == "Ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key({"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}[kind])


@dataclass(frozen=True)
class Authority:
    """A certificate authority (CA): a root that signs, and revokes."""

    name: str
    key: Any = field(default_factory=new_key)

    @property
    def subject(self) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "测试电子认证服务有限公司"),
                x509.NameAttribute(NameOID.COMMON_NAME, self.name),
            ]
        )

    @cache  # noqa: B019 - a handful of authorities, for the whole run
    def root(self) -> x509.Certificate:
        usage = _usage(key_cert_sign=True, crl_sign=True)
        builder = _builder(self.subject, self.subject, self.key.public_key(), -300, 3000)
        builder = builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        return self._finish(builder.add_extension(usage, critical=True), self.key.public_key())

    @property
    def der(self) -> bytes:
        return self.root().public_bytes(Encoding.DER)

    def certify(
        self,
        organisation: str,
        key: Any,
        *,
        days: tuple[int, int] = (-200, 400),
        stamps_time: bool = False,
        digest: hashes.HashAlgorithm | None = None,
    ) -> Key:
        """A key with a certificate that may sign documents, or stamp the time, and nothing else."""
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
                x509.NameAttribute(NameOID.COMMON_NAME, organisation),
            ]
        )
        builder = _builder(subject, self.subject, key.public_key(), *days)
        builder = builder.add_extension(
            x509.BasicConstraints(ca=False, path_length=None), critical=True
        )
        uses = _usage(digital_signature=True, content_commitment=not stamps_time)
        builder = builder.add_extension(uses, critical=True)
        if stamps_time:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(purpose, critical=True)
        return Key(key, self._finish(builder, key.public_key(), digest), (self.root(),))

    def _finish(
        self, builder: Any, public: Any, digest: hashes.HashAlgorithm | None = None
    ) -> x509.Certificate:
        own = x509.SubjectKeyIdentifier.from_public_key(public)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(own, critical=False).add_extension(issuer, critical=False)
        made: x509.Certificate = builder.sign(self.key, digest or hashes.SHA256())
        return made

    def crl(self, *revoked: Key, since: datetime = MADE - _DAY, made: datetime = NOW) -> bytes:
        """A revocation list (CRL) of today."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.subject)
            .last_update(made - timedelta(hours=1))
            .next_update(made + 7 * _DAY)
            .add_extension(x509.CRLNumber(7), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        for key in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(key.certificate.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(since).build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)


def _builder(subject: x509.Name, issuer: x509.Name, key: Any, first: int, last: int) -> Any:
    return x509.CertificateBuilder(
        issuer, subject, key, x509.random_serial_number(), NOW + first * _DAY, NOW + last * _DAY
    )


def _usage(**uses: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**dict.fromkeys(names, False) | uses)


@dataclass(frozen=True)
class House:
    """The issuing side, and the strangers it has to be told from."""

    ca: Authority
    tsa_ca: Authority
    agency: Key
    branch: Key
    tsa: Key


@cache
def the_house() -> House:
    """One for the whole run. The time stamp authority is RSA: pyHanko's own knows nothing else."""
    ca, tsa_ca = Authority("测试 CA"), Authority("测试时间戳 CA")
    return House(
        ca,
        tsa_ca,
        ca.certify(AGENCY, new_key()),
        ca.certify(BRANCH, new_key()),
        tsa_ca.certify("测试时间戳机构", new_key("RSA-2048"), stamps_time=True),
    )
