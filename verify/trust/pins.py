"""Pins (固定信任): what the user decided to trust, by fingerprint, with the day and the person who decided.

    pin = read(data, label="河南省职业技能鉴定指导中心")   # what a file offers; nothing is trusted yet
    pin.fingerprint                                       # to compare with the published one

The four kinds: the root of key lists, one agency's own payload key, the root of PDF signatures, the root of
timestamps.
"""

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from certgen.errors import InputError, SignedDataError
from certgen.exchange import cose, key_list
from verify.trust.denied import is_denied_certificate, is_denied_key, is_denied_name

LIMIT = 4 << 20
"""Bytes of a file that offers a pin."""

_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class Kind(StrEnum):
    """What a pin is for. The values are permanent: stores keep them."""

    LIST_ROOT = "list-root"  # signs key lists: says which keys belong to which agency
    AGENCY_KEY = "agency-key"  # signs the payloads of one agency, and its status lists
    PDF_ROOT = "pdf-root"  # issues certificates for PDF signatures
    TSA_ROOT = "tsa-root"  # issues certificates for timestamps

    @property
    def is_certificate(self) -> bool:
        """Whether the material is an X.509 certificate, not a bare key."""
        return self in {Kind.PDF_ROOT, Kind.TSA_ROOT}


@dataclass(frozen=True, slots=True)
class Pin:
    """One thing that is trusted, or offered to be."""

    kind: Kind
    fingerprint: (
        str  # SHA-256 in hex: of the certificate (DER), else of the key (SubjectPublicKeyInfo)
    )
    label: str  # whose it is
    material: bytes  # certificate or SubjectPublicKeyInfo, DER
    prefixes: tuple[str, ...] = ()  # of an agency key: the sites whose codes it may sign
    added_at: datetime | None = None  # None: only offered
    added_by: str = ""

    @property
    def is_sample(self) -> bool:
        """Whether it is on the deny list (样例)."""
        if is_denied_name(self.label):
            return True
        if self.kind.is_certificate:
            return is_denied_certificate(x509.load_der_x509_certificate(self.material))
        return is_denied_key(self.material)


def read(data: bytes, *, label: str = "", kind: Kind | None = None) -> Pin:
    """What a file offers to be pinned: a public key, a certificate, or an agency's introduction of its key.

    `kind` decides between the two kinds of certificate; without it, a certificate is a root of PDF signatures. Raises
    `InputError` for anything else, a private key above all.
    """
    if len(data) > LIMIT:
        raise _refused(zh="文件过大", en="the file is too large")
    is_introduction = data.startswith(key_list.FORM.line)
    pin = _introduction(data) if is_introduction else _pem(data, label, kind)
    if kind is not None and pin.kind is not kind:
        raise _refused(
            zh=f"文件提供的是 {pin.kind}，不是 {kind}",
            en=f"the file offers a {pin.kind}, not a {kind}",
        )
    return pin


def typed(text: str) -> str:
    """A fingerprint that somebody typed or pasted: spaces, colons and capitals do not matter."""
    found = re.sub(r"[\s:：-]", "", text).lower()
    if not _FINGERPRINT.fullmatch(found):
        raise InputError(
            zh="指纹应为 64 位十六进制数字（SHA-256），请从机构公布处完整复制",
            en="a fingerprint has 64 hexadecimal digits (SHA-256): copy the whole of it from where it is published",
        )
    return found


def as_json(pin: Pin) -> dict[str, Any]:
    """As the store keeps it."""
    return {
        "kind": pin.kind.value,
        "fingerprint": pin.fingerprint,
        "label": pin.label,
        "prefixes": list(pin.prefixes),
        "added_at": pin.added_at.isoformat() if pin.added_at else None,
        "added_by": pin.added_by,
        "material": base64.b64encode(pin.material).decode("ascii"),
    }


def from_json(value: dict[str, Any]) -> Pin:
    """As the store kept it. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    material = base64.b64decode(value["material"], validate=True)
    pin = Pin(
        kind=Kind(value["kind"]),
        fingerprint=str(value["fingerprint"]),
        label=str(value["label"]),
        material=material,
        prefixes=tuple(str(prefix) for prefix in value["prefixes"]),
        added_at=datetime.fromisoformat(value["added_at"]),
        added_by=str(value["added_by"]),
    )
    if sha256(material).hexdigest() != pin.fingerprint:
        raise ValueError(pin.fingerprint)
    if pin.kind.is_certificate:
        x509.load_der_x509_certificate(material)
    else:
        cose.load_public_key(material)
    return pin


def _introduction(data: bytes) -> Pin:
    """An agency's own key: a key list with this key alone, signed by it."""
    try:
        listed = key_list.parse(data)
        key = listed.introduces()
        if key is None:
            raise _refused(
                zh="这是密钥清单：请先固定其根密钥（trust add 根密钥文件），再用 trust update 导入清单",
                en="this is a key list: pin its root first (trust add ROOT-FILE), then use trust update",
            )
        key_list.verify(listed, key.public_key)
    except SignedDataError as error:
        raise InputError(zh=error.said.zh, en=error.said.en) from error
    agency = listed.agencies[0]
    return Pin(Kind.AGENCY_KEY, key.fingerprint, agency.name, key.public_key, agency.prefixes)


def _pem(data: bytes, label: str, kind: Kind | None) -> Pin:
    names = {name.decode("ascii") for name in _PEM.findall(data)}
    if any(name.endswith("PRIVATE KEY") for name in names):
        raise _refused(
            zh="文件里有私钥。私钥不得外传，请向对方索取公钥文件；如私钥是您自己的，请视为已泄露并更换",
            en="the file holds a private key, never to be handed out: ask for the public key; replace yours",
        )
    try:
        if names == {"CERTIFICATE"}:
            return _certificate(data, label, kind)
        if names == {"PUBLIC KEY"}:
            return _root_key(data, label)
    except (ValueError, UnsupportedAlgorithm, TypeError) as error:
        raise _refused(
            zh="其中的密钥或证书无法读取", en="its key or certificate cannot be read"
        ) from error
    raise _refused(
        zh="应为 PEM 公钥、PEM 证书或机构密钥介绍文件",
        en="expected a public key in PEM, a certificate in PEM, or an agency's introduction of its key",
    )


def _certificate(data: bytes, label: str, kind: Kind | None) -> Pin:
    found = x509.load_pem_x509_certificates(data)
    if len(found) != 1:
        raise _refused(
            zh="文件里有多张证书，请每次固定一张",
            en="more than one certificate: pin them one by one",
        )
    der = found[0].public_bytes(Encoding.DER)
    return Pin(
        kind if kind is Kind.TSA_ROOT else Kind.PDF_ROOT,
        sha256(der).hexdigest(),
        label or found[0].subject.rfc4514_string(),
        der,
    )


def _root_key(data: bytes, label: str) -> Pin:
    key = load_pem_public_key(data)
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    try:
        cose.load_public_key(der)
    except cose.BrokenError as error:
        raise _refused(
            zh="只支持 P-256 和 Ed25519 公钥", en="only P-256, Ed25519 and SM2 keys are used"
        ) from error
    return Pin(Kind.LIST_ROOT, sha256(der).hexdigest(), label, der)


def _refused(*, zh: str, en: str) -> InputError:
    return InputError(zh=f"不能固定该文件：{zh}", en=f"this file cannot be pinned: {en}")
