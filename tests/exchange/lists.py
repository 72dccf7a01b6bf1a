"""Key lists and status lists for the tests, right but for what is given."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from certgen.exchange import key_list, status_list
from certgen.exchange.key_list import KeyStatus, ListedAgency, ListedKey
from certgen.exchange.status_list import Status
from tests.exchange.signing import KEYS, TestKey, p256

ROOT, OTHER_ROOT = p256(1001), p256(1002)
AGENCY, LAST_YEARS, NEIGHBOUR = KEYS["es256"], p256(1003), p256(1004)
SITE, SECOND_SITE, NEIGHBOURS_SITE = "S000041019999", "S000041019998", "S000041019997"
NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)


def a_key(
    key: TestKey = AGENCY,
    *,
    not_before: date = date(2026, 1, 1),
    not_after: date = date(2026, 12, 31),
    status: KeyStatus = KeyStatus.ACTIVE,
    since: date | None = None,
) -> ListedKey:
    return ListedKey(key.spki, not_before, not_after, status, since)


def an_agency(
    *keys: ListedKey,
    name: str = "青木职业技能培训学校",
    prefixes: tuple[str, ...] = (SITE, SECOND_SITE),
    pdf_signers: tuple[str, ...] = ("ab" * 32,),
) -> ListedAgency:
    return ListedAgency(name, prefixes, keys or (a_key(),), pdf_signers)


def the_neighbour() -> ListedAgency:
    return an_agency(a_key(NEIGHBOUR), name="邻县培训中心", prefixes=(NEIGHBOURS_SITE,))


def a_key_list(
    *agencies: ListedAgency,
    number: int = 7,
    issued: datetime = NOW - timedelta(days=30),
    life: timedelta = timedelta(days=365),
    signer: TestKey = ROOT,
) -> bytes:
    agencies = agencies or (an_agency(), the_neighbour())
    return key_list.make(number, issued, issued + life, agencies, signer)


def a_status_list(
    statuses: Mapping[int, Status] | None = None,
    *,
    number: int = 30,
    issued: datetime = NOW - timedelta(days=1),
    ttl: timedelta = timedelta(days=30),
    prefixes: tuple[str, ...] = (SITE, SECOND_SITE),
    highest: int = 100_000,
    signer: TestKey = AGENCY,
) -> bytes:
    return status_list.make(number, issued, ttl, prefixes, statuses or {}, highest, signer)
