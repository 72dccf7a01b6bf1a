import re
from datetime import date

import agencies
import people
import pytest
from people import Holder

from certgen.standards import identity
from certgen.standards.identity_types import IdentityType
from certgen.standards.levels import Level

EVERYBODY = people.EVERYBODY


def _where(holder: Holder) -> str:
    return holder.name


def test_there_are_sixty_holders_and_nobody_twice() -> None:
    assert len(EVERYBODY) == 60
    assert len({holder.number for holder in EVERYBODY}) == 60
    assert len({holder.name for holder in EVERYBODY}) == 60


def test_the_employer_has_38_holders_and_the_school_22() -> None:
    assert [len(agency.holders) for agency in agencies.AGENCIES] == [38, 22]


@pytest.mark.parametrize("holder", EVERYBODY, ids=_where)
def test_every_identity_number_is_valid_and_beyond_doubt(holder: Holder) -> None:
    assert identity.tidy(holder.number) == holder.number
    assert identity.problems(holder.kind, holder.number, on=date(2026, 1, 1)) == ()


def test_resident_numbers_name_a_place_that_does_not_exist() -> None:
    cards = [h.number for h in EVERYBODY if h.kind is IdentityType.RESIDENT_CARD]
    assert len(cards) > 40
    assert {number[:6] for number in cards} == {"190000"}


def test_every_identity_document_is_there_in_each_of_its_forms() -> None:
    assert {holder.kind for holder in EVERYBODY} == set(IdentityType)
    forms = {(h.kind, re.sub("[0-9]", "9", h.number)) for h in EVERYBODY}
    assert (IdentityType.PERMANENT_RESIDENCE_CARD, "9" * 18) in forms
    assert (IdentityType.PERMANENT_RESIDENCE_CARD, "XXA" + "9" * 12) in forms
    assert (IdentityType.HONG_KONG_MACAO_PERMIT, "H99999999") in forms
    assert (IdentityType.HONG_KONG_MACAO_PERMIT, "M9999999999") in forms
    assert (IdentityType.TAIWAN_PERMIT, "99999999") in forms
    assert (IdentityType.TAIWAN_PERMIT, "9999999999") in forms


@pytest.mark.parametrize("agency", agencies.AGENCIES, ids=lambda agency: agency.folder)
def test_each_agency_issues_every_level_with_and_without_a_job(
    agency: agencies.SampleAgency,
) -> None:
    assert {holder.level for holder in agency.holders} == set(Level)
    assert {holder.trade.job is None for holder in agency.holders} == {True, False}


@pytest.mark.parametrize("char", "䶮𬭎㛃𫖯𬀩𬱟𫟹𬴂")
def test_rare_characters_stand_in_names(char: str) -> None:
    assert any(char in holder.name for holder in EVERYBODY)


def test_names_are_as_short_and_as_long_as_names_are() -> None:
    lengths = {len(holder.name) for holder in EVERYBODY if not holder.name.isascii()}
    assert min(lengths) == 2
    assert max(lengths) == 15
    assert "阿卜杜拉·买买提" in {holder.name for holder in EVERYBODY}


def test_the_longest_occupation_name_has_fifteen_characters() -> None:
    assert max(len(holder.trade.occupation) for holder in EVERYBODY) == 15


@pytest.mark.parametrize("agency", agencies.AGENCIES, ids=lambda agency: agency.folder)
def test_holders_are_certified_only_in_trades_of_their_agency(
    agency: agencies.SampleAgency,
) -> None:
    assert {holder.trade for holder in agency.holders} == set(agency.trades)
