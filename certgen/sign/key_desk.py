"""Making key lists (密钥清单): an agency introduces its key, a root takes it in, retires it, calls it compromised.

    introduction = introduce(agency, key, first=…, last=…, now=…)       # to the root, or to verifiers directly
    listed = publish(root, previous, [introduction], now=…, life=…)      # the next key list

Nothing of an earlier list is lost but by name: each list is the one before with what was asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certgen.errors import InputError, SignedDataError
from certgen.exchange import key_list
from certgen.exchange.agency import Agency
from certgen.exchange.key_list import KeyList, KeyStatus, ListedAgency, ListedKey
from certgen.sign.payload_keys import PayloadKey


@dataclass(frozen=True, slots=True)
class Changes:
    """What a root changes in its list, keys by fingerprint (SHA-256 in hex)."""

    introductions: Sequence[bytes] = ()
    retired: Mapping[str, date] = field(default_factory=dict)  # the last day each signed
    compromised: Mapping[str, date] = field(
        default_factory=dict
    )  # the day from which each was stolen


def introduce(
    agency: Agency,
    key: PayloadKey,
    *,
    first: date,
    last: date,
    pdf_certificates: Sequence[bytes] = (),
    now: datetime,
    life: timedelta,
) -> bytes:
    """A key list with the agency's own key alone, signed by that key: it shows that the agency holds it.

    `pdf_certificates` are in PEM; verifiers bind PDF signatures to the agency by their keys.
    """
    own = ListedKey(key.public_key, first, last, KeyStatus.ACTIVE, None)
    listed = ListedAgency(
        agency.name,
        tuple(site.prefix for site in agency.sites.values()),
        (own,),
        tuple(_signer(pem) for pem in pdf_certificates),
    )
    return key_list.make(_number(None, now), now, now + life, (listed,), key)


def publish(
    root: PayloadKey,
    previous: KeyList | None,
    changes: Changes,
    *,
    now: datetime,
    life: timedelta,
) -> bytes:
    """The key list that follows `previous`. Raises `InputError` for what contradicts it."""
    if previous is not None:
        try:
            key_list.verify(previous, root.public_key)
        except SignedDataError as error:
            raise InputError(
                zh="上一期密钥清单不是这个根密钥签发的",
                en="this root did not sign the previous list",
            ) from error
    agencies = list(previous.agencies) if previous else []
    for introduction in changes.introductions:
        _take_in(agencies, introduction)
    for status, days in (
        (KeyStatus.RETIRED, changes.retired),
        (KeyStatus.COMPROMISED, changes.compromised),
    ):
        for fingerprint, day in days.items():
            _set_status(agencies, fingerprint, status, day)
    return key_list.make(_number(previous, now), now, now + life, agencies, root)


def _take_in(agencies: list[ListedAgency], introduction: bytes) -> None:
    listed = key_list.parse(introduction)
    key = listed.introduces()
    if key is None:
        raise InputError(
            zh="不是机构密钥介绍文件：请机构用 certgen keys introduce 生成",
            en="this is no introduction of one key: have the agency make it with certgen keys introduce",
        )
    key_list.verify(listed, key.public_key)
    (new,) = listed.agencies
    for at, known in enumerate(agencies):
        if known.name == new.name:
            agencies[at] = _merged(known, new, key)
            return
        if shared := set(known.prefixes) & set(new.prefixes):
            prefix = min(shared)
            raise InputError(
                zh=f"编码前缀 {prefix} 已属于“{known.name}”，不能再列入“{new.name}”：请核对备案",
                en=f"prefix {prefix} belongs to '{known.name}' and cannot be listed for '{new.name}': check the filing",
            )
    agencies.append(new)


def _merged(known: ListedAgency, new: ListedAgency, key: ListedKey) -> ListedAgency:
    """A known agency with one more key; of a key that is listed already, the standing is kept."""
    is_listed = any(one.public_key == key.public_key for one in known.keys)
    return replace(
        known,
        prefixes=tuple(dict.fromkeys((*known.prefixes, *new.prefixes))),
        keys=known.keys if is_listed else (*known.keys, key),
        pdf_signers=tuple(dict.fromkeys((*known.pdf_signers, *new.pdf_signers))),
    )


def _set_status(
    agencies: list[ListedAgency], fingerprint: str, status: KeyStatus, day: date
) -> None:
    for at, agency in enumerate(agencies):
        for key in agency.keys:
            if key.fingerprint != fingerprint:
                continue
            if key.status is KeyStatus.COMPROMISED and status is not KeyStatus.COMPROMISED:
                raise InputError(
                    zh="该密钥已列为泄露，不能改为停用",
                    en="this key is listed as compromised, for good",
                )
            changed = replace(key, status=status, since=day)
            keys = tuple(changed if one is key else one for one in agency.keys)
            agencies[at] = replace(agency, keys=keys)
            return
    raise InputError(
        zh=f"清单中没有指纹为 {fingerprint[:16]}… 的密钥",
        en=f"the list has no key with the fingerprint {fingerprint[:16]}…",
    )


def _number(previous: KeyList | None, now: datetime) -> int:
    """The clock's minute, and more than the list before: no two lists of a root share a number."""
    return max(previous.number + 1 if previous else 1, int(now.timestamp()) // 60)


def _signer(pem: bytes) -> str:
    try:
        certificate = x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise InputError(
            zh="PDF 签名证书应为 PEM 格式", en="a certificate for PDFs must be in PEM"
        ) from error
    public = certificate.public_key()
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return sha256(spki).hexdigest()
