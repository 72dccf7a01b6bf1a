"""Open the keys that an agency file names, and refuse whatever must not sign, before anything is made."""

from collections.abc import Callable
from datetime import datetime

from certgen.errors import InputError, Said
from certgen.exchange.agency import Agency, KeyFile
from certgen.model.finding import Finding, Severity
from certgen.sign.cms import Signer
from certgen.sign.keys import Key, load_pkcs12
from certgen.sign.samples import is_sample
from certgen.sign.signers import Signers

Passphrase = Callable[[KeyFile], bytes]
"""Gets the passphrase (口令) or PIN of a key: from a descriptor, a variable or a prompt."""


def open_signers(agency: Agency, passphrase: Passphrase | None, *, today: datetime) -> Signers:
    """The keys of an agency's electronic certificates. Raises `CertgenError` for every reason why one may not sign."""
    if not agency.electronic:
        return Signers()
    if agency.key is None:
        said = Said(
            zh="没有签名密钥：电子证书未签名，不能证明真伪",
            en="there is no signing key: the electronic certificates are unsigned and prove nothing",
        )
        return Signers(warnings=(Finding("key/none", Severity.WARNING, said),))
    own = _open(agency, agency.key, passphrase, today)
    others = {
        branch: _open(agency, key, passphrase, today) for branch, key in agency.branch_keys.items()
    }
    warnings = [warning for key in (own, *others.values()) for warning in key.warnings]
    branches = {branch: Signer(key) for branch, key in others.items()}
    return Signers(Signer(own), branches, tuple(dict.fromkeys(warnings)))


def _open(agency: Agency, file: KeyFile, passphrase: Passphrase | None, today: datetime) -> Key:
    if passphrase is None:
        raise InputError(
            zh="机构配置指定了签名密钥，但没有提供取得口令的方法",
            en="the agency file names a signing key, but no way to get its passphrase was given",
        )
    if file.pkcs12 is None:
        raise AssertionError(file)
    key = load_pkcs12(file.pkcs12, passphrase(file), today=today)
    if is_sample(key.certificate, key.chain) and not agency.sample:
        raise InputError(
            zh="样例密钥只能签样例证书：请在机构配置 [agency] 中设 sample = true，或换用正式密钥",
            en="a sample key signs samples only: set sample = true under [agency], or use a real key",
        )
    return key
