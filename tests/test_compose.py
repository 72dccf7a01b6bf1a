from datetime import date
from itertools import combinations, pairwise
from typing import Any

import people
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.compose import Composer, by_script, qr_text
from certgen.errors import MissingGlyphError, SlotOverflowError
from certgen.exchange.agency import Branch, QrProfile, SealSide
from certgen.model.page import Page, Photo, Qr, Rule, Seal, TextRun
from certgen.model.record import Record
from certgen.standards.levels import Level
from tests.render.builders import (
    CODE,
    EVERYTHING,
    LONGEST,
    NAME_39,
    NAME_39_EN,
    RARE,
    a_record,
    an_agency,
    composer,
    fonts,
    joined,
)

MM_PER_PT = 25.4 / 72
ASCENT, DESCENT = 0.85, 0.15  # of the size: where Han characters reach to

PLAIN = composer()
STYLES: dict[str, Composer] = {
    "1": PLAIN,
    "1 left": composer(seal_side=SealSide.LEFT),
    "2": composer("zezhou"),
    "1 with everything": composer(**EVERYTHING),
    "1 left with everything": composer(seal_side=SealSide.LEFT, **EVERYTHING),
    "2 with everything": composer("zezhou", **EVERYTHING),
}
HOLDERS: dict[str, Record] = {
    "shortest": a_record(job=None, occupation="车工"),
    "longest name": a_record(name=LONGEST, occupation="半导体分立器件和集成电路装调工"),
    "two lines": a_record(name=LONGEST * 2, print_number="8" * 20, issue_date=date(2026, 12, 31)),
    "rare": a_record(name=f"王{RARE}", print_number="88000005"),
    "Latin": a_record(name="NGUYEN VAN SAMPLE PLACEHOLDER", identity_number="XXA000000000001"),
}

Box = tuple[str, float, float, float, float]


def runs_of(page: Page) -> list[TextRun]:
    return [item for item in page.items if isinstance(item, TextRun)]


def boxes(page: Page) -> list[Box]:
    """Slot, left, top, right, bottom of everything but rules and seals, which lie on other things on purpose."""
    found: list[Box] = []
    for item in page.items:
        if isinstance(item, TextRun):
            em = item.size_pt * MM_PER_PT
            top, bottom = item.baseline - ASCENT * em, item.baseline + DESCENT * em
            found.append((item.slot, item.x, top, item.x + item.width, bottom))
        elif isinstance(item, Photo):
            found.append((item.slot, item.x, item.y, item.x + item.width, item.y + item.height))
        elif isinstance(item, Qr):
            found.append((item.slot, item.x, item.y, item.x + item.size, item.y + item.size))
    return found


def collisions(page: Page) -> list[tuple[str, str]]:
    return [
        (one[0], other[0])
        for one, other in combinations(boxes(page), 2)
        if one[0] != other[0]
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.01
        and min(one[4], other[4]) - max(one[2], other[2]) > 0.01
    ]


def outside(page: Page) -> list[str]:
    """What comes nearer than 10 mm to the edge of the sheet, where presses and hole punches grip."""
    return [
        slot
        for slot, left, top, right, bottom in boxes(page)
        if left < 10 or top < 10 or right > page.width - 10 or bottom > page.height - 10
    ]


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("style", STYLES)
def test_nothing_collides_and_all_lies_on_the_sheet(style: str, holder: str) -> None:
    page = STYLES[style].page(HOLDERS[holder], CODE)
    assert collisions(page) == []
    assert outside(page) == []


@pytest.mark.parametrize("style", STYLES)
def test_the_sixty_sample_holders_fit_every_form(style: str) -> None:
    for holder in people.EVERYBODY:
        trade = holder.trade
        record = a_record(
            name=holder.name,
            identity_type=holder.kind,
            identity_number=holder.number,
            occupation=trade.occupation,
            job=trade.job,
            level=holder.level,
            print_number="88000005",
        )
        page = STYLES[style].page(record, CODE)
        assert (collisions(page), outside(page)) == ([], []), holder.name


@pytest.mark.parametrize("style", STYLES)
def test_a_seal_lies_on_its_name_and_off_photo_qr_and_fields(style: str) -> None:
    page = STYLES[style].page(HOLDERS["longest name"], CODE)
    seals = [item for item in page.items if isinstance(item, Seal)]
    assert seals
    for seal in seals:
        under = {
            slot
            for slot, left, top, right, bottom in boxes(page)
            if min(right, seal.x + seal.size) > max(left, seal.x)
            and min(bottom, seal.y + seal.size) > max(top, seal.y)
        }
        assert seal.slot.replace("seal.", "") + ".name" in under
        bodies_and_dates = {"body.en", "agency.name", "branch.name", "provincial_query"}
        assert {slot for slot in under if not slot.startswith("issue_date")} <= bodies_and_dates


NAMES = st.tuples(st.integers(10, 80), st.integers(10, 200))
FILLING_ZH = "云河样例高端精密机械装备与新型材料研究设计制造及工程技术服务"
FILLING_EN = "Yunhe Sample Precision Machinery Equipment and Materials Research "


def composed(form: str, **changes: Any) -> Composer | str:
    """The form, or the words in which it is refused."""
    side = SealSide.LEFT if form == "left" else SealSide.RIGHT
    try:
        return composer("zezhou" if form == "branch" else None, seal_side=side, **changes)
    except SlotOverflowError as refusal:
        return refusal.said.en


def assert_fits_or_refused(form: str, zh: str, en: str, **optional: Any) -> bool:
    """Whether it fits; a form that neither fits nor is refused fails."""
    branches = {"zezhou": Branch("zezhou", f"{zh}分公司", "", "main")}
    names = {"name": zh, "english_name": en, "branches": branches}
    made = composed(form, **{**optional, **names})
    if isinstance(made, str):
        slots = ("body.zh", "body.en", "agency.name", "branch.name")
        assert made.startswith(tuple(f"slot {slot} overflows" for slot in slots))
        return False
    page = made.page(a_record(print_number="88000005"), CODE)
    assert collisions(page) == []
    assert outside(page) == []
    sizes = {slot.id: slot.size_pt for slot in made.layout.texts}
    assert all(run.size_pt == sizes[run.slot] for run in runs_of(page))
    assert joined(runs_of(page), "agency.name") == zh
    return True


@settings(deadline=None, max_examples=50)
@given(NAMES, st.sampled_from(["right", "left", "branch"]), st.sampled_from([{}, EVERYTHING]))
def test_a_long_agency_name_fits_at_the_official_sizes_or_is_refused(
    lengths: tuple[int, int], form: str, optional: dict[str, Any]
) -> None:
    zh, en = (FILLING_ZH * 3)[: lengths[0]], (FILLING_EN * 4)[: lengths[1]].strip()
    assert_fits_or_refused(form, zh, en, **optional)


@pytest.mark.parametrize("form", ["right", "left", "branch"])
@pytest.mark.parametrize("zh", ["云河样例机械厂", NAME_39])
def test_a_body_that_grows_by_half_lines_stops_above_what_stands_below_it(
    form: str, zh: str
) -> None:
    english = ("Yunhe Sample " * 60)[:760]
    fits = [
        assert_fits_or_refused(form, zh, english[:length].strip(), **EVERYTHING)
        for length in range(20, 760, 20)
    ]
    assert fits == sorted(fits, reverse=True)
    assert set(fits) == {True, False}


def test_the_longest_filed_name_known_fits_both_samples_and_either_side() -> None:
    assert len(NAME_39) == 39
    for side in SealSide:
        composer(name=NAME_39, english_name=NAME_39_EN, seal_side=side)
    composer("zezhou", name=NAME_39, english_name=NAME_39_EN)


def baselines(made: Composer, slot: str) -> list[float]:
    return sorted(
        {run.baseline for run in runs_of(made.page(a_record(), CODE)) if run.slot == slot}
    )


def test_a_long_name_wraps_and_the_english_body_moves_down_with_the_chinese() -> None:
    short, long = PLAIN, composer(name=NAME_39, english_name=NAME_39_EN)
    moved = len(baselines(long, "body.zh")) - len(baselines(short, "body.zh"))
    assert moved > 0
    assert baselines(long, "body.en")[0] - baselines(short, "body.en")[0] == pytest.approx(
        7.8 * moved
    )
    assert len(baselines(long, "agency.name")) == 2
    assert baselines(long, "agency.name")[-1] == baselines(short, "agency.name")[-1]


def test_the_chinese_body_is_indented_by_two_characters() -> None:
    lines = [run for run in PLAIN.statics if isinstance(run, TextRun) and run.slot == "body.zh"]
    assert lines[0].x - lines[1].x == pytest.approx(2 * 16 * MM_PER_PT)


@pytest.mark.parametrize(
    ("changes", "slot"),
    [
        ({"name": LONGEST * 3}, "name.value"),
        ({"occupation": "工" * 40}, "occupation.value"),
        ({"job": "工" * 40}, "job.value"),
        ({"identity_number": "1" * 90}, "identity_number.value"),
        ({"print_number": "8" * 80}, "print_number.value"),
    ],
)
def test_a_value_that_cannot_fit_is_refused_by_the_name_of_its_slot(
    changes: dict[str, Any], slot: str
) -> None:
    with pytest.raises(SlotOverflowError) as refusal:
        STYLES["2 with everything"].page(a_record(**changes), CODE)
    assert f"slot {slot} overflows at the official 12 pt" in refusal.value.said.en
    assert f"“{slot}”位置放不下" in refusal.value.said.zh


def test_an_identity_number_is_never_in_a_message() -> None:
    with pytest.raises(SlotOverflowError) as refusal:
        PLAIN.page(a_record(identity_number="1" * 90), CODE)
    assert "111" not in "".join(refusal.value.said)


@pytest.mark.parametrize(
    ("changes", "slot", "written"),
    [
        pytest.param({"job": None}, "job.value", "--", id="no job is -- (三(一))"),
        pytest.param({"job": "数控车床"}, "job.value", "数控车床", id="a job is as filed"),
        pytest.param({"level": 5}, "level.value", "五级/初级工", id="level 5"),
        pytest.param({"level": 3}, "level.value", "三级/高级工", id="level 3"),
        pytest.param({"level": 1}, "level.value", "一级/高级技师", id="level 1"),
        pytest.param({}, "identity_type.value", "居民身份证", id="the type in Chinese"),
        pytest.param({}, "code.value", CODE, id="the whole code"),
        pytest.param({}, "issue_date.value.zh", "2026年1月15日", id="the date in Chinese"),
        pytest.param({}, "issue_date.value.en", "January 15, 2026", id="the date in English"),
        pytest.param({"name": LONGEST}, "name.value", LONGEST, id="a middle dot stays"),
    ],
)
def test_values_are_written_as_the_notice_asks(
    changes: dict[str, Any], slot: str, written: str
) -> None:
    assert joined(runs_of(PLAIN.page(a_record(**changes), CODE)), slot) == written


def test_one_full_stop_ends_the_english_body_after_ltd() -> None:
    body = joined(runs_of(PLAIN.page(a_record(), CODE)), "body.en")
    assert body.endswith("Co., Ltd.")


@pytest.mark.parametrize("style", STYLES)
def test_statics_are_the_same_for_everybody_and_hold_nothing_personal(style: str) -> None:
    made = STYLES[style]
    one, other = a_record(), a_record(name=LONGEST, identity_number="SAMPLE01", level=Level.ONE)
    pages = made.page(one, CODE), made.page(other, CODE[:-1] + "2")
    assert pages[0].static_items == pages[1].static_items == made.statics
    said = "".join(item.text for item in made.statics if isinstance(item, TextRun | Qr))
    for record in (one, other):
        assert all(
            value not in said for value in (record.name, record.identity_number, record.occupation)
        )
    assert CODE not in said


def test_the_variable_items_are_values_photo_and_a_qr_of_ones_own() -> None:
    variable = PLAIN.page(a_record(), CODE).variable_items
    assert {item.slot for item in variable if not isinstance(item, TextRun)} == {"photo", "qr"}
    assert all(".value" in item.slot for item in variable if isinstance(item, TextRun))


@pytest.mark.parametrize(
    ("profile", "said", "static"),
    [
        (QrProfile.CODE, CODE, False),
        (QrProfile.OFFICIAL, "http://jndj.osta.org.cn/", True),
        (QrProfile.OWN_HOST, f"https://cert.yunhe.example/c/{CODE}", False),
    ],
)
def test_the_qr_code_says_what_its_profile_says(
    profile: QrProfile, said: str, *, static: bool
) -> None:
    made = composer(qr=profile)
    (qr,) = [item for item in made.page(a_record(), CODE).items if isinstance(item, Qr)]
    assert (qr.text, qr.static) == (said, static)
    assert qr_text(made.agency, CODE) == said


def test_optional_contents_stand_only_where_the_agency_asks_for_them() -> None:
    optional = {"provincial_query", "print_number.label", "print_number.value", "sample_mark"}
    record = a_record(print_number="88000005")
    plain = {item.slot for item in STYLES["1 with everything"].page(record, CODE).items}
    assert optional <= plain
    assert optional & {run.slot for run in runs_of(PLAIN.page(a_record(), CODE))} == set()


def test_the_print_number_follows_its_label_at_once() -> None:
    runs = runs_of(STYLES["1 with everything"].page(a_record(print_number="88000005"), CODE))
    label, value = (
        next(run for run in runs if run.slot == f"print_number.{part}")
        for part in ("label", "value")
    )
    assert 0 <= value.x - (label.x + label.width) < 0.5
    assert label.baseline == value.baseline


def test_a_rare_name_is_set_whole_in_one_face_and_other_fields_keep_theirs() -> None:
    runs = runs_of(PLAIN.page(a_record(name=f"王{RARE}"), CODE))
    first = fonts().faces["fangsong"][0].id
    (name,) = [run for run in runs if run.slot == "name.value"]
    assert name.face != first
    assert {run.face for run in runs if run.slot == "occupation.value"} == {first}


def test_a_character_that_no_face_draws_is_refused_by_name() -> None:
    with pytest.raises(MissingGlyphError, match=r"U\+E863"):
        PLAIN.page(a_record(name="张\ue863"), CODE)


def test_every_filled_value_stands_on_its_line() -> None:
    page = PLAIN.page(a_record(name=LONGEST * 2), CODE)
    for rule in (item for item in page.items if isinstance(item, Rule)):
        runs = [run for run in runs_of(page) if run.slot == rule.slot.replace("line", "value")]
        assert 0 < rule.y0 - max(run.baseline for run in runs) < 2
        assert all(rule.x0 <= run.x and run.x + run.width <= rule.x1 for run in runs)


def test_runs_of_one_line_follow_each_other_without_a_gap() -> None:
    runs = [run for run in runs_of(PLAIN.page(a_record(), CODE)) if run.slot == "certificate_query"]
    assert [run.role for run in runs] == ["kai", "times", "kai", "times"]
    for one, following in pairwise(runs):
        assert following.x == pytest.approx(one.x + one.width)


@pytest.mark.parametrize(
    ("text", "latin", "pieces"),
    [
        ("", "times", []),
        ("Name", "", [("Name", "kai")]),
        ("发证日期：", "times", [("发证日期：", "kai")]),
        (
            "证书(Certificate Information)：http",
            "times",
            [
                ("证书", "kai"),
                ("(Certificate Information)", "times"),
                ("：", "kai"),
                ("http", "times"),
            ],
        ),
        (" No.", "times", [(" No.", "times")]),
    ],
)
def test_ascii_goes_to_the_latin_role(text: str, latin: str, pieces: list[tuple[str, str]]) -> None:
    assert by_script(text, "kai", latin) == pieces


def test_without_seal_pictures_a_form_has_no_seals() -> None:
    made = Composer(an_agency(seals={}), "zezhou", fonts())
    assert not any(isinstance(item, Seal) for item in made.statics)
