"""What proves a list: a pinned root its key lists, a listed agency its status lists.

Every list is proved again whenever it is read: a key may have been listed as compromised since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from certgen.errors import SignatureError, TrustListError
from certgen.exchange import key_list, status_list
from certgen.exchange.key_list import KeyList, KeyStatus, ListedAgency, ListedKey
from certgen.exchange.status_list import StatusList
from verify.trust.pins import Kind, Pin
from verify.trust.standing import ListFacts, Taken

T = TypeVar("T")
AnyList = KeyList | StatusList

DAY = timedelta(days=1)
"""Between two time zones and two clocks: no answer turns on less."""


@dataclass(frozen=True, slots=True)
class Source:
    """A key list and the pin that it is proved by."""

    pin: Pin
    listed: KeyList


def proves(pin: Pin, listed: KeyList) -> Taken:
    """NEW if the pin proves the list, else why not."""
    if listed.root_key_id != sha256(pin.material).digest()[: len(listed.root_key_id)]:
        return Taken.UNKNOWN_SIGNER
    try:
        key_list.verify(listed, pin.material)
    except SignatureError:
        return Taken.BAD_SIGNATURE
    if pin.kind is Kind.AGENCY_KEY:
        key = listed.introduces()
        # A single agency's key vouches for itself, at the sites for which it was pinned, and for nobody else.
        if key is None or key.public_key != pin.material:
            return Taken.OUT_OF_SCOPE
        if not set(listed.agencies[0].prefixes) <= set(pin.prefixes):
            return Taken.OUT_OF_SCOPE
    return Taken.NEW


def _may_sign(key: ListedKey, listed: StatusList) -> bool:
    """Whether a key may have signed a status list of that day."""
    day = listed.issued.date()
    if key.status is KeyStatus.COMPROMISED or (key.since and day > key.since + DAY):
        return False
    return key.not_before - DAY <= day <= key.not_after + DAY


def parsed(data: bytes, parse: Callable[[bytes], T]) -> T | None:
    """A kept list, None if the file was damaged since."""
    try:
        return parse(data)
    except TrustListError:
        return None


def facts_of(listed: AnyList, now: datetime) -> ListFacts:
    """Which list it is, and whether it has expired."""
    return ListFacts(listed.number, listed.issued, listed.expires, now > listed.expires)


def signer_of(listed: StatusList, sources: Sequence[Source]) -> ListedAgency | Taken:
    """The agency that proves a status list, or why none does."""
    answer = Taken.UNKNOWN_SIGNER
    for source in sources:
        for agency in source.listed.agencies:
            for key in agency.keys:
                if key.key_id != listed.key_id or not _may_sign(key, listed):
                    continue
                try:
                    status_list.verify(listed, key.public_key)
                except SignatureError:
                    answer = Taken.BAD_SIGNATURE
                    continue
                if set(listed.prefixes) <= set(agency.prefixes):
                    return agency
                answer = Taken.OUT_OF_SCOPE
    return answer
