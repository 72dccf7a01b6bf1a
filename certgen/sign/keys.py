"""Open the agency's signing key (签名私钥), and refuse one that must not sign.

A certificate (数字证书) that has run out, a short key or a key file that others can read would each
still give a signature, and some readers would even show it as valid. So everything is looked at
before the first certificate is made. The passphrase (口令) comes from a descriptor, an environment
variable or a prompt; never from a command line, where every user of the machine can read it, and
never from the agency file, which people send by mail.
"""

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from certgen.errors import Said, SigningError
from certgen.model.finding import Finding, Place, Severity

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_RSA_LEAST = 2048
_RSA_GOOD = 3072  # NIST SP 800-57 part 1: 2048 bits are worth 112, and 128 are asked for after 2030
_CURVES = ("secp256r1", "secp384r1")  # P-256, P-384: what PDF readers other than pyHanko verify
_PROMPT = "签名私钥口令 / passphrase of the signing key: "


@dataclass(frozen=True, slots=True)
class Key:
    """A private key that may sign today, its certificate, and that certificate's issuers."""

    private: PrivateKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[
        x509.Certificate, ...
    ] = ()  # issuer first, then its issuer; may stop below the root
    warnings: tuple[Finding, ...] = ()


def load_pkcs12(path: Path, passphrase: bytes, *, today: datetime) -> Key:
    """The key in the PKCS#12 file at `path`, fit to sign at `today` (an aware time).

    Raises `SigningError` for every reason why it is not.
    """
    private, certificates = _unpack(path, _read(path), passphrase)
    warnings = _check_private(private, path)
    certificate = _certificate_of(private, certificates, path)
    _check_certificate(certificate, path, today)
    return Key(private, certificate, tuple(_chain(certificate, certificates)), warnings)


def read_passphrase(*, env: str, fd: int | None, ask: Callable[[str], str] | None) -> bytes:
    """The passphrase from descriptor `fd`, else from the variable named `env`, else from `ask`.

    Of a descriptor the first line counts, without its line end. `ask` gets the prompt and must not
    echo (`getpass.getpass`); it is None where nobody can answer.
    """
    if fd is not None:
        return _read_descriptor(fd)
    if (value := os.environ.get(env)) is not None:
        return value.encode()
    if ask is not None:
        return ask(_PROMPT).encode()
    raise SigningError(
        zh=f"没有签名私钥口令：请设置环境变量 {env}，或用文件描述符传入，或在终端中运行后输入",
        en=f"no passphrase for the signing key: set the environment variable {env}, "
        "pass a file descriptor, or run in a terminal and type it",
    )


def _read_descriptor(fd: int) -> bytes:
    try:
        with os.fdopen(fd, "rb", closefd=False) as stream:
            return stream.readline().rstrip(b"\r\n")
    except OSError as error:
        raise SigningError(
            zh=f"无法从文件描述符 {fd} 读取口令：请检查启动命令的重定向",
            en=f"cannot read the passphrase from descriptor {fd}: check the redirection",
        ) from error


def _read(path: Path) -> bytes:
    """The bytes of a key file that nobody else can read. The mode is that of the opened file."""
    try:
        if not path.resolve().is_relative_to(path.parent.resolve()):
            raise SigningError(
                zh=f"私钥文件 {path} 是指向其他文件夹的符号链接：请直接写出实际文件的路径",
                en=f"key file {path} is a link that leads out of its folder: name the real file",
            )
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            # Windows has no such bits: there the folder's access list protects the file.
            if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise SigningError(
                    zh=f"私钥文件 {path} 可被其他用户读取：请执行 chmod 600 {path}",
                    en=f"key file {path} is open to other users: run chmod 600 {path}",
                )
            return stream.read()
    except OSError as error:
        raise SigningError(
            zh=f"无法读取私钥文件 {path}：请检查路径和权限",
            en=f"cannot read key file {path}: check its path and permissions",
        ) from error


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
    if not isinstance(bag.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SigningError(
            zh=f"文件 {path} 中的私钥类型不能用于签署 PDF：请使用 P-256、P-384 或 RSA",
            en=f"the key in {path} is of a kind PDF readers do not verify: use P-256, P-384 or RSA",
        )
    found = (bag.cert, *bag.additional_certs)
    return bag.key, tuple(each.certificate for each in found if each is not None)


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


def _check_private(private: PrivateKey, path: Path) -> tuple[Finding, ...]:
    """Refuse a key too weak to sign or of a curve few readers know; warn of one that is short."""
    if isinstance(private, ec.EllipticCurvePrivateKey):
        if private.curve.name not in _CURVES:
            raise SigningError(
                zh=f"文件 {path} 的椭圆曲线 {private.curve.name} 不受支持：请使用 P-256 或 P-384",
                en=f"curve {private.curve.name} of {path} is not supported: use P-256 or P-384",
            )
        return ()
    bits = private.key_size
    if bits < _RSA_LEAST:
        raise SigningError(
            zh=f"文件 {path} 的 RSA 密钥只有 {bits} 位：请换用 P-256，或至少 {_RSA_LEAST} 位",
            en=f"the RSA key of {path} has only {bits} bits: use P-256, or {_RSA_LEAST} at least",
        )
    if bits < _RSA_GOOD:
        said = Said(
            zh=f"RSA 密钥为 {bits} 位，2030 年以后将不够安全："
            f"下次换证时请改用 P-256 或 RSA-{_RSA_GOOD}",
            en=f"the RSA key has {bits} bits, too few after 2030: at the next renewal ask for "
            f"P-256 or RSA-{_RSA_GOOD}",
        )
        return (Finding("key/rsa-length", Severity.WARNING, said, Place(file=path.name)),)
    return ()


def _certificate_of(
    private: PrivateKey, certificates: Iterable[x509.Certificate], path: Path
) -> x509.Certificate:
    """The certificate of this very key: files exported by hand sometimes hold another's."""
    public = private.public_key()
    for certificate in certificates:
        if certificate.public_key() == public:
            return certificate
    raise SigningError(
        zh=f"文件 {path} 中没有与私钥对应的证书：请重新导出私钥和它的证书",
        en=f"file {path} holds no certificate of its private key: export both again",
    )


def _check_certificate(certificate: x509.Certificate, path: Path, today: datetime) -> None:
    """Refuse a certificate outside its validity (有效期) or issued for another use (密钥用途)."""
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if today < start:
        raise SigningError(
            zh=f"文件 {path} 的证书要到 {start:%Y-%m-%d} 才生效：请核对本机日期，或到期后再签",
            en=f"the certificate of {path} is not valid before {start:%Y-%m-%d}: "
            "check the date of this machine, or wait",
        )
    if today > end:
        raise SigningError(
            zh=f"文件 {path} 的证书已于 {end:%Y-%m-%d} 过期：请向发证的 CA 机构换证",
            en=f"the certificate of {path} expired on {end:%Y-%m-%d}: renew it with its issuer",
        )
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise SigningError(
            zh=f"文件 {path} 的证书不是签名证书（密钥用途没有数字签名）：请选用签名证书",
            en=f"the certificate of {path} is not for signing (keyUsage has neither "
            "digitalSignature nor nonRepudiation): choose the signing certificate",
        )


def _chain(
    certificate: x509.Certificate, others: Iterable[x509.Certificate]
) -> Iterable[x509.Certificate]:
    """The issuers found in the file, in order; certificates of others stay out."""
    left = [other for other in others if other != certificate]
    while issuer := next((other for other in left if _issued(other, certificate)), None):
        yield issuer
        left.remove(issuer)
        certificate = issuer


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
