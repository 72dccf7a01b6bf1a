"""The trust store: what a pinned root, its lists and their dates say about a key or a status."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from certgen.errors import InputError, TrustListError
from certgen.exchange import pack
from certgen.exchange.key_list import KeyStatus
from certgen.exchange.status_list import Status
from tests.exchange.lists import (
    AGENCY,
    LAST_YEARS,
    NEIGHBOUR,
    NOW,
    OTHER_ROOT,
    ROOT,
    SITE,
    a_key,
    a_key_list,
    a_status_list,
    an_agency,
    the_neighbour,
)
from tests.exchange.signing import CODE, KEYS, TestKey
from tests.trust.builders import pem
from verify.trust import pins
from verify.trust.pins import Kind
from verify.trust.standing import KeyUse, StatusAnswer, Taken
from verify.trust.store import TrustStore

DAY = date(2026, 3, 1)


@pytest.fixture
def store(tmp_path: Path) -> TrustStore:
    """Trusts `ROOT`, and has no list yet."""
    store = TrustStore.open(tmp_path / "trust")
    store.add(pins.read(pem(ROOT), label="某省中心"), by="张科长", now=NOW)
    return store


def use_of(
    store: TrustStore, key: TestKey = AGENCY, *, code: str = CODE, day: date = DAY
) -> KeyUse:
    return store.payload_key(code, key.key_id, day, NOW).use


def taken(store: TrustStore, data: bytes) -> Taken:
    (one,) = store.update(data, NOW)
    return one.taken


def test_without_pins_every_key_is_unknown(tmp_path: Path) -> None:
    standing = TrustStore.open(tmp_path / "none").payload_key(CODE, AGENCY.key_id, DAY, NOW)
    assert (standing.use, standing.pinned, standing.public_key) == (KeyUse.UNKNOWN, False, None)
    assert not (tmp_path / "none").exists()


def test_a_listed_key_is_good_for_its_sites_and_dates(store: TrustStore) -> None:
    assert taken(store, a_key_list()) is Taken.NEW
    standing = store.payload_key(CODE, AGENCY.key_id, DAY, NOW)
    assert (standing.use, standing.public_key) == (KeyUse.GOOD, AGENCY.spki)
    assert standing.agency == "青木职业技能培训学校"
    assert standing.pin is not None
    assert (standing.pin.label, standing.pin.added_by) == ("某省中心", "张科长")
    assert standing.key_list is not None
    assert (standing.key_list.number, standing.key_list.expired) == (7, False)
    assert standing.key_list.age(NOW) == timedelta(days=30)


@pytest.mark.parametrize(
    ("key", "day", "use"),
    {
        "the first day": (a_key(), date(2026, 1, 1), KeyUse.GOOD),
        "the last day": (a_key(), date(2026, 12, 31), KeyUse.GOOD),
        "a day early": (a_key(), date(2025, 12, 31), KeyUse.TOO_EARLY),
        "a day late": (a_key(), date(2027, 1, 1), KeyUse.TOO_LATE),
        "before it retired": (
            a_key(status=KeyStatus.RETIRED, since=DAY),
            DAY,
            KeyUse.GOOD,
        ),
        "after it retired": (
            a_key(status=KeyStatus.RETIRED, since=DAY),
            DAY + timedelta(days=1),
            KeyUse.TOO_LATE,
        ),
        "stolen later, if the date were true": (
            a_key(status=KeyStatus.COMPROMISED, since=date(2026, 6, 1)),
            DAY,
            KeyUse.COMPROMISED,
        ),
    }.values(),
)
def test_the_issue_date_must_fall_into_the_validity_of_a_sound_key(
    store: TrustStore, key: "object", day: date, use: KeyUse
) -> None:
    store.update(a_key_list(an_agency(key)), NOW)  # type: ignore[arg-type]
    assert use_of(store, day=day) is use


def test_another_agencys_key_is_out_of_scope_and_says_whose_it_is(store: TrustStore) -> None:
    store.update(a_key_list(), NOW)
    standing = store.payload_key(CODE, NEIGHBOUR.key_id, DAY, NOW)
    assert (standing.use, standing.agency) == (KeyUse.OUT_OF_SCOPE, "邻县培训中心")
    assert (standing.public_key, standing.site_known) == (NEIGHBOUR.spki, True)


def test_a_key_that_no_list_names_is_unknown_though_the_site_is_known(store: TrustStore) -> None:
    store.update(a_key_list(), NOW)
    standing = store.payload_key(CODE, KEYS["stranger"].key_id, DAY, NOW)
    assert (standing.use, standing.site_known, standing.pinned) == (KeyUse.UNKNOWN, True, True)


def test_an_expired_list_still_answers_and_is_called_expired(store: TrustStore) -> None:
    store.update(a_key_list(life=timedelta(days=10)), NOW)
    standing = store.payload_key(CODE, AGENCY.key_id, DAY, NOW)
    assert standing.use is KeyUse.GOOD
    assert standing.key_list is not None
    assert standing.key_list.expired


def test_a_list_of_another_root_is_refused(store: TrustStore) -> None:
    assert taken(store, a_key_list(signer=OTHER_ROOT)) is Taken.UNKNOWN_SIGNER
    assert use_of(store) is KeyUse.UNKNOWN


def test_an_older_list_than_seen_is_refused(store: TrustStore) -> None:
    stolen = a_key(status=KeyStatus.COMPROMISED, since=DAY)
    old, new = a_key_list(number=7), a_key_list(an_agency(stolen), number=8)
    assert [taken(store, data) for data in (new, old)] == [Taken.NEW, Taken.OLDER]
    assert use_of(store) is KeyUse.COMPROMISED
    assert use_of(TrustStore.open(store.folder)) is KeyUse.COMPROMISED


def test_the_same_list_again_is_known_and_other_contents_under_its_number_refused(
    store: TrustStore,
) -> None:
    lists = [a_key_list(), a_key_list(), a_key_list(the_neighbour())]
    assert [taken(store, data) for data in lists] == [Taken.NEW, Taken.KNOWN, Taken.CONFLICT]


def test_a_list_from_the_future_is_refused(store: TrustStore) -> None:
    assert taken(store, a_key_list(issued=NOW + timedelta(days=2))) is Taken.FUTURE


def test_a_list_that_was_changed_on_the_disk_is_no_longer_believed(store: TrustStore) -> None:
    store.update(a_key_list(), NOW)
    (path,) = (store.folder / "lists").iterdir()
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert use_of(TrustStore.open(store.folder)) is KeyUse.UNKNOWN


def test_statuses_come_from_the_agencys_newest_list(store: TrustStore) -> None:
    statuses = {1: Status.VOID, 2: Status.SUPERSEDED, 3: Status.SUSPENDED}
    store.update(pack.make([a_key_list()], [a_status_list(statuses)]), NOW)
    answers = [store.status(CODE, index, NOW).answer for index in (0, 1, 2, 3, 200_000)]
    assert answers == [
        StatusAnswer.VALID,
        StatusAnswer.VOID,
        StatusAnswer.SUPERSEDED,
        StatusAnswer.SUSPENDED,
        StatusAnswer.UNKNOWN,
    ]
    facts = store.status(CODE, 0, NOW).status_list
    assert facts is not None
    assert (facts.number, facts.expired) == (30, False)
    late = store.status(CODE, 0, NOW + timedelta(days=60)).status_list
    assert late is not None
    assert late.expired


def test_no_list_is_no_answer(store: TrustStore) -> None:
    store.update(a_key_list(), NOW)
    assert store.status(CODE, 0, NOW).answer is StatusAnswer.UNKNOWN


@pytest.mark.parametrize(
    ("data", "why"),
    {
        "a stranger": (a_status_list(signer=KEYS["stranger"]), Taken.UNKNOWN_SIGNER),
        "the neighbour": (a_status_list(signer=NEIGHBOUR), Taken.OUT_OF_SCOPE),
        "before its key was valid": (
            a_status_list(issued=NOW - timedelta(days=300)),
            Taken.UNKNOWN_SIGNER,
        ),
    }.values(),
)
def test_a_status_list_of_somebody_else_is_refused(
    store: TrustStore, data: bytes, why: Taken
) -> None:
    store.update(a_key_list(), NOW)
    assert taken(store, data) is why


def test_an_older_status_list_cannot_undo_a_void_number(store: TrustStore) -> None:
    store.update(a_key_list(), NOW)
    assert taken(store, a_status_list({1: Status.VOID}, number=31)) is Taken.NEW
    assert taken(store, a_status_list(number=30)) is Taken.OLDER
    assert taken(store, a_status_list(number=30, prefixes=(SITE,))) is Taken.OLDER
    assert store.status(CODE, 1, NOW).answer is StatusAnswer.VOID


def test_a_stolen_keys_status_lists_are_no_longer_believed(store: TrustStore) -> None:
    store.update(pack.make([a_key_list(number=7)], [a_status_list(number=2**32 - 1)]), NOW)
    stolen = a_key(status=KeyStatus.COMPROMISED, since=DAY)
    store.update(a_key_list(an_agency(stolen, a_key(LAST_YEARS)), number=8), NOW)
    assert store.status(CODE, 1, NOW).answer is StatusAnswer.UNKNOWN
    # Nor can the number it chose lock out the lists of the key that follows.
    assert taken(store, a_status_list({1: Status.VOID}, signer=LAST_YEARS)) is Taken.NEW
    assert store.status(CODE, 1, NOW).answer is StatusAnswer.VOID


def test_one_agencys_key_vouches_for_itself_at_its_sites_and_for_nobody_else(
    tmp_path: Path,
) -> None:
    store = TrustStore.open(tmp_path)
    own = an_agency(a_key(AGENCY))
    introduction = a_key_list(own, signer=AGENCY, number=1)
    store.add(pins.read(introduction), by="李", now=NOW, introduction=introduction)
    assert use_of(store) is KeyUse.GOOD
    assert taken(store, a_status_list({1: Status.VOID})) is Taken.NEW
    grab = an_agency(a_key(AGENCY), prefixes=(*own.prefixes, "S000041019997"))
    assert taken(store, a_key_list(grab, signer=AGENCY, number=2)) is Taken.OUT_OF_SCOPE
    more = an_agency(a_key(AGENCY), a_key(NEIGHBOUR))
    assert taken(store, a_key_list(more, signer=AGENCY, number=2)) is Taken.OUT_OF_SCOPE
    assert use_of(store, NEIGHBOUR) is KeyUse.UNKNOWN


def test_pdf_signers_are_those_of_the_codes_agency(store: TrustStore) -> None:
    assert store.pdf_signers(CODE) is None
    other = an_agency(a_key(NEIGHBOUR), prefixes=("S000041019997",), pdf_signers=("cd" * 32,))
    store.update(a_key_list(an_agency(), other), NOW)
    assert store.pdf_signers(CODE) == frozenset({"ab" * 32})
    assert store.pdf_signers("S000041019997263000001") == frozenset({"cd" * 32})
    assert store.pdf_signers("S000041019996263000001") is None


def test_what_is_removed_is_trusted_no_longer(store: TrustStore) -> None:
    store.update(a_key_list(), NOW)
    store.remove(store.pins[0].fingerprint)
    assert use_of(store) is KeyUse.UNKNOWN
    assert TrustStore.open(store.folder).pins == ()
    with pytest.raises(InputError):
        store.remove("00" * 32)


def test_a_sample_root_needs_to_be_allowed(tmp_path: Path) -> None:
    offered = pins.read(pem(ROOT), label="某样例根")
    with pytest.raises(InputError):
        TrustStore.open(tmp_path).add(offered, by="", now=NOW)
    allowing = TrustStore.open(tmp_path, allow_sample=True)
    allowing.add(offered, by="", now=NOW)
    allowing.update(pack.make([a_key_list()], [a_status_list({1: Status.VOID})]), NOW)
    assert use_of(allowing) is KeyUse.GOOD
    strict = TrustStore.open(tmp_path)
    assert use_of(strict) is KeyUse.SAMPLE
    assert strict.pdf_signers(CODE) is None
    assert strict.status(CODE, 1, NOW).answer is StatusAnswer.UNKNOWN
    assert taken(strict, a_key_list(number=8)) is Taken.SAMPLE


def test_a_sample_agency_under_a_real_root_is_a_sample(store: TrustStore) -> None:
    store.update(a_key_list(an_agency(name="青木样例职业技能培训学校")), NOW)
    assert use_of(store) is KeyUse.SAMPLE


def test_the_store_keeps_who_pinned_what_and_when(store: TrustStore) -> None:
    found = json.loads((store.folder / "pins.json").read_bytes())["pins"][0]
    assert (found["kind"], found["added_by"], found["label"]) == ("list-root", "张科长", "某省中心")
    assert found["added_at"] == NOW.isoformat()
    assert TrustStore.open(store.folder).pins == store.pins
    assert (store.folder / "pins.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"format": 2, "pins": []}', '{"format": 1, "pins": [{}]}', "[" * 100_000],
)
def test_a_damaged_store_is_an_error_and_no_empty_store(store: TrustStore, text: str) -> None:
    (store.folder / "pins.json").write_text(text)
    with pytest.raises(InputError, match=r"damaged"):
        TrustStore.open(store.folder)


def test_an_exchanged_key_in_the_store_is_noticed(store: TrustStore) -> None:
    path = store.folder / "pins.json"
    found = json.loads(path.read_bytes())
    found["pins"][0]["material"] = pins.as_json(pins.read(pem(OTHER_ROOT)))["material"]
    path.write_text(json.dumps(found))
    with pytest.raises(InputError, match="damaged"):
        TrustStore.open(store.folder)


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
def test_a_store_that_others_can_write_is_refused(store: TrustStore) -> None:
    (store.folder / "pins.json").chmod(0o666)
    with pytest.raises(InputError, match="others can write"):
        TrustStore.open(store.folder)


@pytest.mark.parametrize("data", [b"", b"hello", b"certgen key list 1\n\x84", bytes(100)])
def test_a_broken_file_updates_nothing(store: TrustStore, data: bytes) -> None:
    with pytest.raises(TrustListError):
        store.update(data, NOW)


def test_kinds_are_permanent() -> None:
    assert [kind.value for kind in Kind] == ["list-root", "agency-key", "pdf-root", "tsa-root"]
