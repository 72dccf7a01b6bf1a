"""The signed payload of a QR code (二维码签名数据), wire format 1: what it claims, and whether it is genuine.

    signed = payload.parse(text)               # PayloadError for anything that is not whole and ours
    signed.claims.name                         # claimed so far, not proved
    payload.verify(signed, public_key_der)     # PayloadSignatureError unless this key signed it

`docs/wire-format.md` describes every byte. The code is not in the payload: it stands in the address and is bound by the
signature, so that a payload moved to another code does not verify. Never in it: the identity number, nor any digest of
it (region, birth date and last four leave few enough to try them all).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NoReturn

from certgen.errors import CodeError, PayloadError, PayloadSignatureError
from certgen.exchange import cbor, compact_text, cose, qr_address
from certgen.exchange.cose import Algorithm, Signs
from certgen.standards.codes.national import CertificateCode
from certgen.standards.identity_types import IdentityType

DOMAIN = b"certgen/qr/1\x00"
MAX_INDEX = (1 << 24) - 1
"""Of a status list: four megabytes when unpacked, and sixteen million certificates of one agency."""

KINDS = (
    IdentityType.RESIDENT_CARD,
    IdentityType.HMT_RESIDENCE_PERMIT,
    IdentityType.PERMANENT_RESIDENCE_CARD,
    IdentityType.HONG_KONG_MACAO_PERMIT,
    IdentityType.TAIWAN_PERMIT,
    IdentityType.PASSPORT,
)
"""By number, from 1. Permanent: new kinds are added behind."""

_LAST_FOUR = re.compile(r"[0-9A-Z()]{4}")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a payload says about a certificate, beside its code."""

    name: str  # as printed
    identity_type: IdentityType
    last_four: str  # last four characters of the identity number, as printed
    occupation: str
    job: str | None  # None: the certificate prints `--`
    issue_date: date  # of the year that the code states
    status_index: int  # of this version of the certificate in the agency's status list


@dataclass(frozen=True, slots=True)
class SignedPayload:
    """A payload that reads well. Nothing in it is proved before `verify`."""

    host: str
    code: str
    key_id: bytes
    algorithm: Algorithm
    claims: Claims
    message: cose.Sign1
    raw: bytes  # the COSE message


def sign(host: str, code: str, claims: Claims, signer: Signs) -> str:
    """The text of the QR code that carries `claims`. Raises `PayloadError` for claims that no payload can carry."""
    body = _written(code, claims)
    raw = cose.make(body, external(code), signer)
    text = qr_address.write(host, code, raw)
    if not qr_address.fits(text):
        _refuse(
            "too-long",
            f"数据有 {len(raw)} 字节，放不进二维码",
            f"{len(raw)} bytes do not fit a QR code",
        )
    return text


def check(host: str, code: str, claims: Claims) -> None:
    """Pass if `sign` would take these claims. Raises `PayloadError` otherwise."""
    sign(host, code, claims, _Nobody())


class _Nobody:
    """Stands for a signer where only the size counts."""

    algorithm = Algorithm.ES256
    public_key = b""

    def sign(self, message: bytes) -> bytes:
        """No signature of anything."""
        del message
        return bytes(cose.SIGNATURE_BYTES)


def parse(text: str) -> SignedPayload:
    """The payload in the text of a QR code, well formed but not verified, in bounded time and memory.

    Raises `NotOursError` for text that is not of our form, `PayloadError` for text that is, and broken.
    """
    host, code, raw = qr_address.read(text)
    try:
        message = cose.read(raw, limit=qr_address.MAX_MESSAGE)
        body = cbor.read(message.payload, limit=qr_address.MAX_MESSAGE)
        claims = _claims(_issue_year(code), body)
    except cose.BrokenError as error:
        _refuse(error.reason, "结构不对", f"{error}")
    except cbor.CborError as error:
        _refuse("cbor", "编码不规范", f"{error}")
    return SignedPayload(host, code, message.key_id, message.algorithm, claims, message, raw)


def verify(signed: SignedPayload, public_key: bytes) -> None:
    """Pass if the key (SubjectPublicKeyInfo, DER) signed these claims for this code.

    Raises `PayloadSignatureError` otherwise, also if the payload says another algorithm than the key's; `InputError`
    where this cannot be checked here (SM2 without its extra).
    """
    try:
        algorithm, key = cose.load_public_key(public_key)
        good = cose.holds(signed.message, external(signed.code), algorithm, key)
    except cose.BrokenError:
        good = False
    if not good:
        raise PayloadSignatureError(
            zh=f"二维码数据的签名与密钥不符：数据被改动过，或不是该机构为编码 {signed.code} 签发的",
            en=f"the QR code's signature does not fit the key: the data were changed, or not signed for {signed.code}",
            reason="signature",
        )


def external(code: str) -> bytes:
    """What the signature covers outside the message: the purpose, and the code as the address has it."""
    return DOMAIN + code.encode("ascii")


def last_four(identity_number: str) -> str:
    """What a payload may say of an identity number."""
    return identity_number[-4:]


def _written(code: str, claims: Claims) -> bytes:
    year = _issue_year(code)
    if claims.issue_date.year != year:
        _refuse(
            "date",
            f"发证日期不在编码的 {year} 年",
            f"the issue date is not of {year}, the year of the code",
        )
    try:
        name, occupation = compact_text.pack(claims.name), compact_text.pack(claims.occupation)
        job = None if claims.job is None else compact_text.pack(claims.job)
    except compact_text.TextFormError:
        _refuse("text", "文字中有不可见字符", "a control or invisible character")
    kind = KINDS.index(claims.identity_type) + 1
    day = claims.issue_date.timetuple().tm_yday
    body: cbor.Value = [name, kind, claims.last_four, occupation, job, day, claims.status_index]
    _claims(year, body)  # what we write, we can read
    return cbor.write(body)


def _claims(year: int, value: cbor.Value) -> Claims:
    match value:
        case [name, kind, str(four), occupation, job, day, index]:
            pass
        case _:
            _refuse("claims", "内容项目不对", "not the seven claims of this form")
    if not cbor.is_whole(kind) or not 1 <= kind <= len(KINDS):
        _refuse("identity-type", "证件类型未知", "an identity type that this program does not know")
    if not _LAST_FOUR.fullmatch(four):
        _refuse(
            "last-four", "证件号码末四位不对", "not the last four characters of an identity number"
        )
    if not cbor.is_whole(index) or not 0 <= index <= MAX_INDEX:
        _refuse("status-index", "状态序号不对", "a status index out of range")
    return Claims(
        name=_text(name),
        identity_type=KINDS[kind - 1],
        last_four=four,
        occupation=_text(occupation),
        job=None if job is None else _text(job),
        issue_date=_day(year, day),
        status_index=index,
    )


def _text(packed: cbor.Value) -> str:
    if not isinstance(packed, bytes | str) or not packed:
        _refuse("text", "缺少文字", "a claim without text")
    try:
        return compact_text.unpack(packed)
    except compact_text.TextFormError:
        _refuse("text", "文字编码不规范", "text that is not in its one permitted form")


def _day(year: int, day: cbor.Value) -> date:
    if not cbor.is_whole(day) or not 1 <= day <= 366:
        _refuse("date", "发证日期不对", "a day of the year out of range")
    found = date(year, 1, 1) + timedelta(days=day - 1)
    if found.year != year:
        _refuse("date", "发证日期不对", "day 366 of a year that has 365")
    return found


def _issue_year(code: str) -> int:
    try:
        return CertificateCode.parse(code).issue_year
    except CodeError:
        _refuse("code", "证书编码不对", "the code in the address is no certificate code")


def _refuse(reason: str, zh: str, en: str) -> NoReturn:
    raise PayloadError(
        zh=f"二维码的签名数据无法使用（{zh}）：不是本工具的格式，或已损坏",
        en=f"the QR code's signed data cannot be used ({en}): not of our form, or damaged",
        reason=reason,
    )
