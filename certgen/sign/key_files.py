"""Read a signing key (签名私钥) from a file that nobody else can read: PKCS#12, or PEM (encrypted PKCS#8)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

from certgen.errors import SigningError
from certgen.sign.keys import Key, PrivateKey, a_key
from certgen.sign.secret_files import read_secret


def load_pkcs12(path: Path, passphrase: bytes, *, today: datetime) -> Key:
    """The key in the PKCS#12 file at `path`, fit to sign at `today` (an aware time).

    Raises `SigningError` for every reason why it is not.
    """
    private, certificates = _unpack(path, _read(path), passphrase)
    return a_key(private, certificates, str(path), today)


def load_pem(
    path: Path, certificates: Sequence[x509.Certificate], passphrase: bytes, *, today: datetime
) -> Key:
    """The key in the PEM file at `path`, which must be encrypted, with its certificate out of others.

    Raises `SigningError` for every reason why it may not sign at `today`.
    """
    data = _read(path)
    if b"-----BEGIN ENCRYPTED PRIVATE KEY-----" not in data:
        raise SigningError(
            zh=f"文件 {path} 不是加密的 PKCS#8 私钥：请执行 openssl pkcs8 -topk8 -v2 aes-256-cbc 转换",
            en=f"{path} is no encrypted PKCS#8 key: convert it with "
            "openssl pkcs8 -topk8 -v2 aes-256-cbc",
        )
    try:
        private = load_pem_private_key(data, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SigningError(
            zh=f"私钥文件 {path} 的口令不对，或文件已损坏：请核对口令后重试",
            en=f"wrong passphrase for key file {path}, or the file is damaged: try it again",
        ) from error
    return a_key(_of_a_kind(private, path), certificates, str(path), today)


def read_certificates(path: Path) -> tuple[x509.Certificate, ...]:
    """Every certificate of a PEM file, one at least."""
    try:
        return tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise SigningError(
            zh=f"无法读取证书文件 {path}：应为 PEM 格式，以 -----BEGIN CERTIFICATE----- 开头",
            en=f"cannot read the certificates in {path}: PEM is needed, "
            "which begins with -----BEGIN CERTIFICATE-----",
        ) from error


def _of_a_kind(private: object, path: Path) -> PrivateKey:
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SigningError(
            zh=f"文件 {path} 中的私钥类型不能用于签署 PDF：请使用 P-256、P-384 或 RSA",
            en=f"the key in {path} is of a kind PDF readers do not verify: use P-256, P-384 or RSA",
        )
    return private


def _read(path: Path) -> bytes:
    """The bytes of a key file that nobody else can read and that lies where it is named."""
    if not path.resolve().is_relative_to(path.parent.resolve()):
        raise SigningError(
            zh=f"私钥文件 {path} 是指向其他文件夹的符号链接：请直接写出实际文件的路径",
            en=f"key file {path} is a link that leads out of its folder: name the real file",
        )
    return read_secret(path)


def _unpack(
    path: Path, data: bytes, passphrase: bytes
) -> tuple[PrivateKey, tuple[x509.Certificate, ...]]:
    """The private key and every certificate of the file."""
    _check_container(path, data)
    try:
        bag = pkcs12.load_pkcs12(data, passphrase)
    except UnsupportedAlgorithm as error:
        raise SigningError(
            zh=f"私钥文件 {path} 的加密算法不受支持：请用 openssl pkcs12 重新导出（AES-256）",
            en=f"key file {path} is encrypted in a way this program cannot read: "
            "export it again with openssl pkcs12 (AES-256)",
        ) from error
    except ValueError as error:
        raise SigningError(
            zh=f"私钥文件 {path} 的口令不对，或文件已损坏：请核对口令后重试",
            en=f"wrong passphrase for key file {path}, or the file is damaged: try it again",
        ) from error
    if bag.key is None:
        raise SigningError(
            zh=f"文件 {path} 中没有私钥：请连同私钥一起导出",
            en=f"file {path} holds no private key: export the certificate with its key",
        )
    found = (bag.cert, *bag.additional_certs)
    return _of_a_kind(bag.key, path), tuple(each.certificate for each in found if each is not None)


def _check_container(path: Path, data: bytes) -> None:
    """Tell another kind of file from a wrong passphrase: the reader below calls both the same."""
    try:
        version = asn1_pkcs12.Pfx.load(data, strict=True)["version"].native
    except (ValueError, TypeError):
        version = None
    if version != "v3":
        raise SigningError(
            zh=f"文件 {path} 不是 PKCS#12 文件（.p12 或 .pfx）：请检查路径",
            en=f"file {path} is no PKCS#12 file (.p12 or .pfx): check the path",
        )
