"""The key list (密钥清单): which keys may sign for which agency and codes, signed by an offline root key (根密钥).

    listed = key_list.parse(data)            # TrustListError
    key_list.verify(listed, root_spki)       # SignatureError
    listed.agency_of("S000041019999")        # whose site that is

A province, an association or one large agency runs a root; docs/trust.md says how. Lists are numbered: a verifier
takes no older one than it has seen. A list that is signed by the only key in it introduces a single agency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import cached_property
from hashlib import sha256

from certgen.exchange import cbor, compact_text, cose
from certgen.exchange.cose import Algorithm, Sign1, Signs
from certgen.exchange.signed_file import PREFIX_LENGTH, Form, seconds

FORM = Form(b"certgen key list 1\n", b"certgen/key-list/1\x00", 4 << 20, "密钥清单", "key list")

_EPOCH = date(1970, 1, 1)
_MAX_DAY = 100_000  # the year 2243
_MAX_NUMBER = (1 << 32) - 1


class KeyStatus(IntEnum):
    """What the root says about a key. The numbers are permanent."""

    ACTIVE = 0
    RETIRED = 1  # signs no more; what it signed within its validity stays good
    COMPROMISED = 2  # somebody else may have it: nothing it signed proves anything


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A payload key of an agency."""

    public_key: bytes  # SubjectPublicKeyInfo, DER
    not_before: date  # it signs certificates with issue dates from this day ...
    not_after: date  # ... to this day
    status: KeyStatus
    since: date | None  # the last day it signed, if retired; stolen from this day, if compromised

    @property
    def key_id(self) -> bytes:
        """As payloads and status lists name it."""
        return cose.key_id(self.public_key)

    @property
    def algorithm(self) -> Algorithm:
        """How it signs."""
        return cose.load_public_key(self.public_key)[0]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key, in hex."""
        return sha256(self.public_key).hexdigest()


@dataclass(frozen=True, slots=True)
class ListedAgency:
    """An agency, the sites whose codes its keys may sign, and who may sign its PDFs."""

    name: str
    prefixes: tuple[str, ...]  # 13 characters each, of all its sites
    keys: tuple[ListedKey, ...]
    pdf_signers: tuple[
        str, ...
    ]  # SHA-256 of the public keys (SubjectPublicKeyInfo) of its PDF certificates, hex


@dataclass(frozen=True)
class KeyList:
    """A key list that reads well; not proved before `verify`."""

    number: int  # from 1, never again the same
    issued: datetime
    expires: datetime
    agencies: tuple[ListedAgency, ...]
    message: Sign1

    @property
    def root_key_id(self) -> bytes:
        """Of the key that must have signed it."""
        return self.message.key_id

    @cached_property
    def _by_prefix(self) -> dict[str, ListedAgency]:
        return {prefix: agency for agency in self.agencies for prefix in agency.prefixes}

    def agency_of(self, code: str) -> ListedAgency | None:
        """Who may sign `code` (or its first 13 characters)."""
        return self._by_prefix.get(code[:PREFIX_LENGTH])

    def introduces(self) -> ListedKey | None:
        """The key that signed it, if it is the only one in it: then the list vouches for nobody else."""
        keys = [key for agency in self.agencies for key in agency.keys]
        return keys[0] if len(keys) == 1 and keys[0].key_id == self.root_key_id else None


def make(
    number: int,
    issued: datetime,
    expires: datetime,
    agencies: Sequence[ListedAgency],
    signer: Signs,
) -> bytes:
    """The file. Raises `TrustListError` for what no list may say."""
    body: cbor.Value = [
        number,
        seconds(issued),
        seconds(expires),
        [
            [
                compact_text.pack(agency.name),
                list(agency.prefixes),
                [_written(key) for key in agency.keys],
                [bytes.fromhex(signer_key) for signer_key in agency.pdf_signers],
            ]
            for agency in agencies
        ],
    ]
    data = FORM.write(body, signer)
    parse(data)  # what we write, we can read
    return data


def parse(data: bytes) -> KeyList:
    """The list in `data`, well formed but not verified. Raises `TrustListError`."""
    message, body = FORM.read(data)
    match body:
        case [number, issued, expires, list(agencies)]:
            start, end = FORM.period(issued, expires)
            found = KeyList(
                FORM.whole(number, 1, _MAX_NUMBER, "number"),
                start,
                end,
                tuple(_agency(agency) for agency in agencies),
                message,
            )
        case _:
            raise FORM.refused(
                reason="structure", zh="内容项目不对", en="not the four parts of a key list"
            )
    FORM.once("prefix", [prefix for agency in found.agencies for prefix in agency.prefixes])
    FORM.once("key", [key.key_id for agency in found.agencies for key in agency.keys])
    return found


def verify(listed: KeyList, root: bytes) -> None:
    """Pass if the root key (SubjectPublicKeyInfo, DER) signed it. Raises `SignatureError`."""
    FORM.check(listed.message, root)


def _written(key: ListedKey) -> cbor.Value:
    since = None if key.since is None else (key.since - _EPOCH).days
    first, last = ((day - _EPOCH).days for day in (key.not_before, key.not_after))
    return [key.public_key, first, last, int(key.status), since]


def _agency(value: cbor.Value) -> ListedAgency:
    match value:
        case [name, list(prefixes), list(keys), list(signers)]:
            return ListedAgency(
                _name(name),
                FORM.prefixes(prefixes),
                tuple(_key(key) for key in keys),
                tuple(_digest(signer) for signer in signers),
            )
    raise FORM.refused(
        reason="structure",
        zh="机构条目不对",
        en="not an agency of four parts",
    )


def _key(value: cbor.Value) -> ListedKey:
    match value:
        case [bytes(public_key), first, last, status, since]:
            pass
        case _:
            raise FORM.refused(
                reason="structure", zh="密钥条目不对", en="a key that is not of its five parts"
            )
    try:
        cose.load_public_key(public_key)
    except cose.BrokenError as error:
        raise FORM.refused(reason="key", zh="密钥不可用", en=f"{error}") from None
    known = KeyStatus(FORM.whole(status, 0, len(KeyStatus) - 1, "status"))
    key = ListedKey(
        public_key, _day(first), _day(last), known, None if since is None else _day(since)
    )
    if key.not_after < key.not_before or (key.since is None) != (known is KeyStatus.ACTIVE):
        raise FORM.refused(
            reason="value", zh="密钥的日期矛盾", en="a key whose dates contradict each other"
        )
    return key


def _name(packed: cbor.Value) -> str:
    if isinstance(packed, bytes | str) and packed:
        try:
            return compact_text.unpack(packed)
        except compact_text.TextFormError:
            pass
    raise FORM.refused(
        reason="text",
        zh="机构名称编码不规范",
        en="an agency name not in its one permitted form",
    )


def _digest(value: cbor.Value) -> str:
    if not isinstance(value, bytes) or len(value) != sha256().digest_size:
        raise FORM.refused(reason="size", zh="摘要长度不对", en="a digest that is not of 32 bytes")
    return value.hex()


def _day(value: cbor.Value) -> date:
    return _EPOCH + timedelta(days=FORM.whole(value, 0, _MAX_DAY, "day"))
