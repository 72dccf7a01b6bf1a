from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.model.finding import Place
from certgen.model.record import Record
from certgen.registry.records import (
    differences,
    fingerprint,
    from_text,
    holder_mark,
    holder_range,
    stem_mark,
    to_text,
)
from certgen.standards.forms import FormId
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level

from .builders import a_record

KEY = bytes(32)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MAYBE = st.none() | TEXT
RECORDS = st.builds(
    Record,
    name=TEXT,
    identity_type=st.sampled_from(IdentityType),
    identity_number=TEXT,
    occupation=TEXT,
    job=MAYBE,
    level=st.none() | st.sampled_from(Level),
    issue_date=st.dates(),
    site=TEXT,
    branch=MAYBE,
    batch=TEXT,
    photo=st.none() | st.sampled_from([Path("a.jpg"), Path("/照片/二.png")]),
    print_number=MAYBE,
    adopted_code=MAYBE,
    form=st.sampled_from(FormId),
    sex=TEXT,
    education=TEXT,
    score=TEXT,
    employer=TEXT,
    place=st.builds(Place, file=TEXT, sheet=TEXT, row=st.none() | st.integers(1), column=TEXT),
)


@given(RECORDS)
def test_a_record_comes_back_as_it_was_written(record: Record) -> None:
    assert from_text(to_text(record)) == record


def test_the_text_is_one_line_with_chinese_as_it_is() -> None:
    text = to_text(a_record(name="𬭎·阿卜杜拉"))
    assert "\n" not in text
    assert "𬭎·阿卜杜拉" in text


SAME_CERTIFICATE = {
    "name": "另名",
    "issue_date": date(2026, 2, 1),
    "site": "other",
    "branch": "east",
    "photo": None,
    "print_number": "A1",
    "place": Place("other.csv"),
    "adopted_code": "S000041000123263000001",
    "sex": "女",
    "education": "高中",
    "score": "合格",
    "employer": "样例厂",
}
OTHER_CERTIFICATE = {
    "identity_type": IdentityType.PASSPORT,
    "identity_number": "E12345678",
    "occupation": "电工",
    "job": "",  # an empty job is not the absence of one
    "level": Level.FOUR,
    "batch": "2026-02",
    "form": FormId.NATIONAL_2019,
}


@pytest.mark.parametrize("field", SAME_CERTIFICATE)
def test_a_row_is_known_again_whatever_changes_beside_its_key(field: str) -> None:
    changes: dict[str, Any] = {field: SAME_CERTIFICATE[field]}
    changed = replace(a_record(), **changes)
    assert changed != a_record()
    assert fingerprint(KEY, changed) == fingerprint(KEY, a_record())


@pytest.mark.parametrize("field", OTHER_CERTIFICATE)
def test_each_part_of_the_key_makes_another_certificate(field: str) -> None:
    changes: dict[str, Any] = {field: OTHER_CERTIFICATE[field]}
    changed = replace(a_record(), **changes)
    assert fingerprint(KEY, changed) != fingerprint(KEY, a_record())


def test_every_field_of_a_record_is_key_or_content_or_place() -> None:
    assert SAME_CERTIFICATE.keys() | OTHER_CERTIFICATE.keys() == set(Record.__dataclass_fields__)


def test_no_value_slides_into_its_neighbour() -> None:
    left = a_record(identity_number="12", occupation="3", job="4")
    right = a_record(identity_number="1", occupation="23", job="4")
    quoted = a_record(identity_number='12","3', occupation="4", job=None)
    assert len({fingerprint(KEY, one) for one in (left, right, quoted)}) == 3


def test_another_register_gives_the_same_row_another_fingerprint() -> None:
    assert fingerprint(KEY, a_record()) != fingerprint(b"k" * 32, a_record())


def test_differences_name_what_the_certificate_would_say_otherwise() -> None:
    assert differences(a_record(), replace(a_record(), **SAME_CERTIFICATE)) == (  # type: ignore[arg-type]
        "name",
        "issue_date",
        "site",
        "branch",
        "print_number",
        "sex",
        "education",
        "score",
        "employer",
    )


def test_the_usual_form_is_not_written_so_that_older_registers_keep_their_texts() -> None:
    assert '"form"' not in to_text(a_record())
    assert '"sex"' not in to_text(a_record())


def test_a_text_of_before_numbers_were_adopted_is_read() -> None:
    text = to_text(a_record()).replace(',"adopted_code":null', "")
    assert "adopted_code" not in text
    assert from_text(text) == a_record()


@given(TEXT, TEXT)
def test_a_holder_mark_is_equal_for_equal_numbers_alone(one: str, other: str) -> None:
    assert (holder_mark(KEY, one) == holder_mark(KEY, other)) == (one == other)
    assert holder_mark(KEY, one) != holder_mark(b"k" * 32, one)


def test_numbers_with_the_same_fifteen_characters_lie_together() -> None:
    low, high = holder_range(stem_mark(KEY, "990000190001000"))
    assert low < holder_mark(KEY, "990000190001000001") < high
    assert low < holder_mark(KEY, "99000019000100099X") < high
    assert not low <= holder_mark(KEY, "990000190001001001") <= high
