"""Open the keys that an agency file names, and refuse whatever must not sign, before anything is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from certgen.errors import InputError, Said
from certgen.exchange.agency import Agency, KeyFile, SignatureLevel, SignaturePolicy
from certgen.model.finding import Finding, Severity
from certgen.sign import fitness, key_files, keys, token
from certgen.sign.cms import Signer
from certgen.sign.interface import DocumentSigner
from certgen.sign.keys import RawKey
from certgen.sign.longterm import LongTerm
from certgen.sign.samples import is_sample
from certgen.sign.signers import Signers
from certgen.sign.timestamps import StampedSigner, Timestamper

Passphrase = Callable[[KeyFile], bytes]
"""Gets the passphrase (口令) or PIN of a key: from a descriptor, a variable or a prompt."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A key that may sign for its owner, its certificates up to the root, and what must be said about it."""

    key: RawKey
    chain: tuple[x509.Certificate, ...]  # as far as it is known
    warnings: tuple[Finding, ...] = ()


def open_signers(
    agency: Agency, passphrase: Passphrase | None, *, clock: Callable[[], datetime]
) -> Signers:
    """The keys of an agency's electronic certificates, and the authorities that its level asks for.

    Raises `CertgenError` for every reason why one of them may not sign.
    """
    if not agency.electronic:
        return Signers()
    if agency.key is None:
        said = Said(
            zh="没有签名密钥：电子证书未签名，不能证明真伪",
            en="there is no signing key: the electronic certificates are unsigned and prove nothing",
        )
        return Signers(warnings=(Finding("key/none", Severity.WARNING, said),))
    own = open_key(agency, agency.key, [agency.name], passphrase, clock())
    branches = {
        branch: open_branch(agency, branch, passphrase, clock()) for branch in agency.branch_keys
    }
    for branch, one in branches.items():
        _refuse_the_same(own, one, branch)
    return _at_level(agency.signatures, own, branches, clock)


def open_branch(
    agency: Agency, branch: str, passphrase: Passphrase | None, today: datetime
) -> Opened:
    """The key of one branch, whose certificate may name the branch or the agency it belongs to."""
    names = [agency.branches[branch].name, agency.name]
    return open_key(agency, agency.branch_keys[branch], names, passphrase, today)


def open_for_branch(
    agency: Agency, branch: str, passphrase: Passphrase | None, *, clock: Callable[[], datetime]
) -> Signers:
    """The key of a branch that signs in its own place, as the one signer, at the level of the agency file."""
    opened = open_branch(agency, branch, passphrase, clock())
    return _at_level(agency.signatures, None, {branch: opened}, clock)


def _at_level(
    policy: SignaturePolicy,
    own: Opened | None,
    branches: Mapping[str, Opened],
    clock: Callable[[], datetime],
) -> Signers:
    every = [*([own] if own else []), *branches.values()]
    stamper, long_term = None, None
    if policy.level is not SignatureLevel.B_B:
        stamper = Timestamper(policy.timestamp_url, policy.timestamp_root)
        if policy.level is not SignatureLevel.B_T:
            long_term = LongTerm(policy, [one.chain for one in every], stamper, clock)
            long_term.proofs()  # a certificate that is not known to be good is told now

    def signer(one: Opened) -> DocumentSigner:
        plain = Signer(one.key)
        return StampedSigner(plain, stamper) if stamper else plain

    warnings = dict.fromkeys(warning for one in every for warning in one.warnings)
    return Signers(
        agency=signer(own) if own else None,
        branches={branch: signer(one) for branch, one in branches.items()},
        long_term=long_term,
        level=policy.level,
        warnings=tuple(warnings),
    )


def _refuse_the_same(own: Opened, other: Opened, branch: str) -> None:
    """Two signatures by one key would prove no more than one."""
    if own.key.certificate.public_key() == other.key.certificate.public_key():
        raise InputError(
            zh=f"分支机构 {branch} 的签名密钥与评价机构的相同：两枚签名须用各自的密钥，"
            "否则请删去 [key.branches] 段",
            en=f"branch {branch} has the same signing key as the agency: each signs with its own, "
            "or remove the [key.branches] section",
        )


def open_key(
    agency: Agency,
    file: KeyFile,
    owners: Sequence[str],
    passphrase: Passphrase | None,
    today: datetime,
) -> Opened:
    """A key whose certificate names one of `owners`. Raises `CertgenError` if it may not sign."""
    if passphrase is None:
        raise InputError(
            zh="机构配置指定了签名密钥，但没有提供取得口令的方法",
            en="the agency file names a signing key, but no way to get its passphrase was given",
        )
    key, warnings = _read(file, passphrase(file), today)
    if is_sample(key.certificate, key.chain) and not agency.sample:
        raise InputError(
            zh="样例密钥只能签样例证书：请在机构配置 [agency] 中设 sample = true，或换用正式密钥",
            en="a sample key signs samples only: set sample = true under [agency], or use a real key",
        )
    chain, more = fitness.check(key, owners, agency.signatures, file.shown, today)
    return Opened(key, chain, warnings + more)


def _read(file: KeyFile, secret: bytes, today: datetime) -> tuple[RawKey, tuple[Finding, ...]]:
    others = key_files.read_certificates(file.certificates) if file.certificates else ()
    if file.pkcs11 is not None:
        held = token.open_token(file.pkcs11, file.token, file.label, secret, others)
        return held, keys.check(held.certificate, file.shown, today)
    if file.pem is not None:
        key = key_files.load_pem(file.pem, others, secret, today=today)
    elif file.pkcs12 is not None:
        key = key_files.load_pkcs12(file.pkcs12, secret, today=today)
    else:
        raise AssertionError(file)
    return key, key.warnings
