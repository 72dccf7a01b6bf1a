"""Which forms may be used, for what date, and how their numbers come about: a row a sentence of a notice."""

from datetime import date

import pytest

from certgen.standards import supervisor_card
from certgen.standards.forms import FORMS, FormId, refusal

BEFORE, AFTER = date(2021, 1, 4), date(2021, 1, 5)


@pytest.mark.parametrize(
    ("form", "issued", "allowed"),
    [
        pytest.param(FormId.NATIONAL_2019, BEFORE, True, id="a reprint of what was issued before"),
        pytest.param(FormId.NATIONAL_2019, AFTER, False, id="人社鉴发〔2021〕1号 五(一): 不再使用"),
        pytest.param(FormId.NATIONAL_2021, AFTER, True, id="the present form"),
        pytest.param(FormId.SPECIAL_ABILITY, AFTER, True, id="豫人社办函〔2020〕41号 is in force"),
        pytest.param(
            FormId.SUPERVISOR_CARD, AFTER, True, id="人社职司便函〔2020〕53号 is in force"
        ),
        pytest.param(FormId.VETERANS_2024, AFTER, False, id="退役军人部发〔2024〕35号: 样式未公开"),
    ],
)
def test_what_may_be_issued_when(form: FormId, issued: date, allowed: bool) -> None:  # noqa: FBT001
    assert (refusal(form, issued) is None) is allowed


def test_every_form_names_its_notice() -> None:
    assert all("〔" in form.source for form in FORMS.values())
    assert FORMS.keys() == set(FormId)


def test_only_a_withdrawn_form_has_a_last_day() -> None:
    assert all(bool(form.withdrawn_by) == (form.last_day is not None) for form in FORMS.values())


@pytest.mark.parametrize(
    ("appointed", "last"),
    [
        pytest.param(date(2026, 3, 2), date(2029, 3, 1), id="聘期3年"),
        pytest.param(date(2026, 1, 1), date(2028, 12, 31), id="to the end of a year"),
        pytest.param(date(2028, 2, 29), date(2031, 2, 28), id="from a leap day"),
    ],
)
def test_a_term_is_three_years(appointed: date, last: date) -> None:
    assert supervisor_card.term(appointed) == (appointed, last)
