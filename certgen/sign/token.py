"""A key on a token (密码机, 智能密码钥匙) by PKCS#11: it signs there, and never leaves it.

The token is asked for raw signatures over a digest that is made here: that much every token can
do, while fewer know ECDSA with SHA-256 in one step. One process owns the token: the batch signs in
its own process, and the workers that read files back never see it.

Needs the extra `pkcs11` (`pip install "certgen[pkcs11]"`). Tested with SoftHSM2.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from certgen.errors import SigningError
from certgen.sign import keys

# DER of a DigestInfo up to the SHA-256 digest (RFC 8017 9.2).
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


_Object = Any  # of the library, which is imported only where it is used and has no types of its own


class TokenKey:
    """One private key of an open token, with the certificates found beside it."""

    def __init__(
        self, handle: _Object, certificates: Sequence[x509.Certificate], where: str
    ) -> None:
        self._handle, self._where = handle, where
        self._owner = os.getpid()
        self.certificate = certificates[0]
        self.chain = keys.chain_of(self.certificate, certificates)
        self._is_rsa = isinstance(self.certificate.public_key(), rsa.RSAPublicKey)
        mechanisms = _library().Mechanism
        self._mechanism = mechanisms.RSA_PKCS if self._is_rsa else mechanisms.ECDSA

    def sign(self, message: bytes) -> bytes:
        """The token's signature. ECDSA on a token is random: the same again gives other bytes."""
        if os.getpid() != self._owner:
            raise AssertionError(self._where)
        digest = hashlib.sha256(message).digest()
        with _in_words(self._where):
            data = _SHA256_INFO + digest if self._is_rsa else digest
            value: bytes = self._handle.sign(data, mechanism=self._mechanism)
        if self._is_rsa:
            return value
        half = len(value) // 2
        return encode_dss_signature(int.from_bytes(value[:half]), int.from_bytes(value[half:]))


def open_token(
    library: Path, token: str, label: str, pin: bytes, others: Sequence[x509.Certificate]
) -> TokenKey:
    """The private key `label` of the token named `token`; `others` are certificates beside the token's own.

    Raises `SigningError` for a library, token, key, certificate or PIN that is missing or wrong.
    """
    pkcs11 = _library()
    where = f"{token}/{label}"
    with _in_words(where):
        session = _session(pkcs11, library, token, pin)
        handle = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=label)
        stored = session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE})
        found = [bytes(one[pkcs11.Attribute.VALUE]) for one in stored]
    certificates = [x509.load_der_x509_certificate(der) for der in found]
    return _with_own(handle, [*certificates, *others], where)


_sessions: dict[tuple[Path, str], _Object] = {}
"""Open tokens of this process. PKCS#11 logs a process in once: a second key uses the same session."""


def _session(pkcs11: _Object, library: Path, token: str, pin: bytes) -> _Object:
    if (library, token) not in _sessions:
        found = pkcs11.lib(str(library)).get_token(token_label=token)
        _sessions[library, token] = found.open(user_pin=pin.decode())
    return _sessions[library, token]


def close_all() -> None:
    """Log out of every token that this process has opened."""
    while _sessions:
        _, session = _sessions.popitem()
        session.close()


def _with_own(handle: _Object, certificates: Sequence[x509.Certificate], where: str) -> TokenKey:
    """The certificate that belongs to the key is the one whose key verifies what the token signs."""
    test = b"certgen: which certificate is this key's?"
    is_rsa = handle.key_type is _library().KeyType.RSA
    kind = rsa.RSAPublicKey if is_rsa else ec.EllipticCurvePublicKey
    for certificate in dict.fromkeys(certificates):
        if isinstance(certificate.public_key(), kind):
            ordered = [certificate, *(one for one in certificates if one != certificate)]
            key = TokenKey(handle, ordered, where)
            if keys.verifies(certificate.public_key(), key.sign(test), test):
                return key
    raise SigningError(
        zh=f"令牌 {where} 中没有与私钥对应的证书：请把证书写入令牌，或用 certificates 指定证书文件",
        en=f"token {where} holds no certificate of its private key: write it to the token, or name "
        "a file of certificates",
    )


def _library() -> _Object:
    try:
        return import_module("pkcs11")  # an extra
    except ImportError as error:
        raise SigningError(
            zh='没有安装 PKCS#11 支持：请运行 pip install "certgen[pkcs11]"',
            en='PKCS#11 is not installed: run pip install "certgen[pkcs11]"',
        ) from error


_REASONS = {
    "PinIncorrect": ("PIN 不正确", "wrong PIN"),
    "PinLenRange": ("PIN 不正确", "wrong PIN"),
    "PinInvalid": ("PIN 不正确", "wrong PIN"),
    "PinLocked": (
        "PIN 已锁定，请联系发放令牌的单位",
        "the PIN is locked: ask who issued the token",
    ),
    "NoSuchToken": (
        "找不到令牌，请插好并核对 token",
        "no such token: plug it in and check `token`",
    ),
    "NoSuchKey": ("令牌中没有该私钥，请核对 label", "no such key on the token: check `label`"),
    "MultipleObjectsReturned": (
        "有多个同名私钥，请改用唯一的 label",
        "several keys have this label",
    ),
}


@contextmanager
def _in_words(where: str) -> Iterator[None]:
    """Turn what the token's library raises into a sentence. Its own text may hold anything."""
    try:
        yield
    except SigningError:
        raise
    except Exception as error:
        name = type(error).__name__
        zh, en = _REASONS.get(name, (f"令牌出错（{name}）", f"the token failed ({name})"))
        raise SigningError(zh=f"令牌 {where}：{zh}", en=f"token {where}: {en}") from error
