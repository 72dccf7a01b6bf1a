"""Open the key that signs an agency's QR codes and status lists, and refuse one that must not sign."""

from collections.abc import Callable

from certgen.errors import InputError
from certgen.exchange.agency import Agency, PayloadKeyFile
from certgen.sign.payload_keys import PayloadKey, load

PayloadPassphrase = Callable[[PayloadKeyFile], bytes]
"""Gets the passphrase (口令) of the key: from a descriptor, a variable or a prompt."""


def open_payload_key(agency: Agency, passphrase: PayloadPassphrase | None) -> PayloadKey | None:
    """The key, None where the agency file names none."""
    if agency.payload_key is None:
        return None
    if passphrase is None:
        raise InputError(
            zh="机构配置指定了二维码签名密钥，但没有提供取得口令的方法",
            en="the agency file names a key for QR codes, but no way to get its passphrase was given",
        )
    return load(agency.payload_key.path, passphrase(agency.payload_key))
