"""The portraits of a batch beside each other: too old, not on white, one face for two people."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from PIL import Image, ImageDraw

from certgen.intake.gallery import Gallery
from certgen.intake.photos import Prepared
from certgen.intake.portraits import look_at
from certgen.model.finding import Finding, Place, Severity

from .builders import a_number, saved

ONE, TWO = a_number(1), a_number(2)
ISSUED = date(2026, 3, 1)


def a_face(tone: int = 0, ground: tuple[int, int, int] = (255, 255, 255)) -> Image.Image:
    """A head on a ground; people differ in `tone`, and in where their hair ends."""
    picture = Image.new("RGB", (413, 579), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((110, 100 + tone, 303, 330), fill=(30 + tone, 30, 30))
    draw.ellipse((120, 150 + tone, 293, 380), fill=(230 - tone, 190, 160))
    draw.rectangle((60, 420, 353, 579), fill=(40, 52 + tone, 84))
    return picture


def a_prepared(picture: Image.Image, *, quality: int = 90, taken: date | None = None) -> Prepared:
    data = saved(picture, quality=quality)
    return Prepared(data, *picture.size, sha256(data).hexdigest(), (), taken)


def seen(*portraits: tuple[Prepared, str]) -> list[tuple[Finding, ...]]:
    """What is said of each portrait, standing in rows 2, 3 …"""
    gallery = Gallery()
    return [
        gallery.findings(portrait, holder, Place("a.xlsx", "", row), ISSUED)
        for row, (portrait, holder) in enumerate(portraits, start=2)
    ]


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_portrait_of_today_on_white_has_nothing_to_say() -> None:
    assert seen((a_prepared(a_face(), taken=ISSUED), ONE)) == [()]


@pytest.mark.parametrize(
    ("taken", "issued", "old"),
    [
        (date(2025, 9, 1), date(2026, 3, 1), False),
        (date(2025, 8, 31), date(2026, 3, 1), True),
        (date(2026, 2, 28), date(2026, 8, 31), False),
        (date(2026, 2, 27), date(2026, 8, 31), True),
        (date(2026, 5, 1), date(2026, 3, 1), False),
    ],
)
def test_more_than_half_a_year_before_the_issue_date_is_old(
    taken: date, issued: date, *, old: bool
) -> None:
    portrait = a_prepared(a_face(), taken=taken)
    findings = Gallery().findings(portrait, ONE, Place(), issued)
    assert codes(findings) == (["photo/old"] if old else [])
    for finding in findings:
        assert finding.clause == "人社鉴发〔2021〕1号 三(一)"
        assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("ground", "white"),
    [
        ((255, 255, 255), True),
        ((225, 222, 218), True),
        ((200, 200, 200), False),
        ((67, 142, 219), False),
        ((255, 240, 215), False),
    ],
)
def test_a_ground_that_is_not_white_is_said_with_what_was_measured(
    ground: tuple[int, int, int], *, white: bool
) -> None:
    ((*found,),) = seen((a_prepared(a_face(ground=ground)), ONE))
    assert codes(tuple(found)) == ([] if white else ["photo/ground"])
    if not white:
        assert "0% of the sample" in found[0].said.en
        assert "RGB(" in found[0].said.zh


def test_the_head_does_not_count_as_ground() -> None:
    look = look_at(a_prepared(a_face()).jpeg)
    assert look
    assert look.white == 1
    assert look.ground == (255, 255, 255)


def test_the_same_file_for_two_people_is_refused() -> None:
    portrait = a_prepared(a_face())
    _, second = seen((portrait, ONE), (portrait, TWO))
    assert codes(second) == ["photo/same"]
    assert second[0].refuses
    assert "row 2" in second[0].said.en
    assert ONE not in second[0].said.en


def test_one_person_may_have_two_certificates_with_one_portrait() -> None:
    portrait = a_prepared(a_face())
    assert seen((portrait, ONE), (portrait, ONE)) == [(), ()]


def test_a_portrait_saved_again_for_somebody_else_needs_eyes() -> None:
    first = a_prepared(a_face())
    smaller = a_prepared(a_face().resize((295, 413)), quality=60)
    _, second = seen((first, ONE), (smaller, TWO))
    assert codes(second) == ["photo/alike"]
    assert second[0].severity is Severity.REVIEW
    assert seen((first, ONE), (smaller, ONE))[1] == ()


def test_different_people_in_one_studio_are_told_apart() -> None:
    people = [(a_prepared(a_face(tone)), a_number(tone + 1)) for tone in (0, 12, 24, 36, 48)]
    assert seen(*people) == [()] * 5


def test_pixels_that_break_off_are_refused() -> None:
    whole = a_prepared(a_face())
    broken = replace(whole, jpeg=whole.jpeg[: len(whole.jpeg) // 2])
    assert codes(seen((broken, ONE))[0]) == ["photo/unreadable"]


def test_a_refused_portrait_has_no_more_to_say() -> None:
    refused = Prepared(b"", 0, 0, sha256(b"").hexdigest(), ())
    assert seen((refused, ONE), (refused, TWO)) == [(), ()]
