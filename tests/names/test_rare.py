from pathlib import Path

import pytest

from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.finding import Place, Severity
from certgen.names.printed import Printed, in_roster
from certgen.names.rare import RareCharacter, find, finding, where
from certgen.standards.characters import general_characters

from .conftest import a_sheet, without

BABELSTONE, ZHUQUE, WENKAI = (
    "BabelStone Han",
    "Zhuque Fangsong (technical preview)",
    "LXGW WenKai GB Lite",
)
PRIVATE = "\ue863"  # stood for 䶮 before Unicode knew it


def of(fonts: FontSet[Face], *texts: str, role: str = "fangsong") -> list[RareCharacter]:
    printed = [Printed(text, role, Place(row=row)) for row, text in enumerate(texts, 2)]
    return list(find(printed, fonts))


def advice(rare: RareCharacter) -> str:
    return " ".join(said.en for said in rare.remedies)


def test_ordinary_names_hold_nothing_rare(fonts: FontSet[Face]) -> None:
    assert of(fonts, "张伟", "阿卜杜拉·买买提", "车工", "--", "") == []


def test_a_rare_character_has_a_face_a_tier_and_its_rows(fonts: FontSet[Face]) -> None:
    (rare,) = of(fonts, "张𬭎", "李四", "王𬭎𬭎")
    assert (rare.char, rare.code_point, rare.tier) == ("𬭎", "U+2CB4E", 3)
    assert rare.face
    assert rare.face.family == ZHUQUE
    assert [place.row for place in rare.places] == [2, 4]
    assert (rare.severity, rare.remedies) == (Severity.NOTE, ())


def test_kai_has_a_face_of_its_own(fonts: FontSet[Face]) -> None:
    (rare,) = of(fonts, "𬭎城样例厂", role="kai")
    assert rare.face
    assert rare.face.family == WENKAI


def test_song_in_place_of_fangsong_is_said(fonts: FontSet[Face]) -> None:
    (rare,) = of(without(fonts, ZHUQUE), "张𬭎")
    assert rare.face
    assert (rare.face.family, rare.severity) == (BABELSTONE, Severity.WARNING)
    assert "Song in place of FangSong" in advice(rare)


def test_a_character_without_a_face_comes_first_with_every_remedy(fonts: FontSet[Face]) -> None:
    poor = without(fonts, BABELSTONE)
    served, missing = of(poor, "张𬭎㐂")[::-1]
    assert (served.char, served.severity) == ("𬭎", Severity.NOTE)
    assert (missing.char, missing.face, missing.severity) == ("㐂", None, Severity.ERROR)
    assert missing.tier is None
    assert "folder of fonts" in advice(missing)
    assert "let the holder confirm" in advice(missing)


def test_a_character_may_be_served_by_two_faces(fonts: FontSet[Face]) -> None:
    """A field is set whole: beside 㐂, which Zhuque lacks, 𬭎 is Song too."""
    faces = {rare.face.family for rare in of(fonts, "张𬭎", "㐂𬭎") if rare.face}
    assert faces == {ZHUQUE, BABELSTONE}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(f"王{PRIVATE}", "most likely 䶮 (U+4DAE)", id="private use, known"),
        pytest.param("王\ue000", "private-use character: type", id="private use, unknown"),
        pytest.param("王\ufffd", "the real one was lost", id="lost"),
        pytest.param("王\u200b伟", "invisible", id="zero width"),
    ],
)
def test_what_is_no_character_has_no_face_whatever_faces_draw(
    fonts: FontSet[Face], text: str, told: str
) -> None:
    (rare,) = of(fonts, text)
    assert (rare.face, rare.severity) == (None, Severity.ERROR)
    assert told in advice(rare)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("⻢超", "most likely 马 (U+9A6C)", id="a radical out of a PDF"),
        pytest.param("王囯强", "most likely 国 (U+56FD)", id="a variant"),
        pytest.param("\uf9e1四", "most likely 李 (U+674E)", id="a compatibility form"),
    ],
)
def test_a_look_alike_is_named(fonts: FontSet[Face], text: str, told: str) -> None:
    (rare,) = of(fonts, text)
    assert told in advice(rare)
    assert (rare.severity, finding(rare).code) == (Severity.REVIEW, "text/look-alike")


def test_every_general_character_is_served_in_the_right_style(fonts: FontSet[Face]) -> None:
    text = general_characters()
    for role in ("kai", "fangsong"):
        found = of(fonts, *text, role=role)
        assert len(found) == 8105 - 6638  # all but GB 2312
        assert {rare.severity for rare in found} == {Severity.NOTE}


def test_a_roster_is_read_with_its_places(fonts: FontSet[Face], tmp_path: Path) -> None:
    sheet = a_sheet(tmp_path, ["张𬭎", f"王{PRIVATE}", "李•四"], occupation="䶮工", job="㛃工")
    found = {rare.code_point: rare.places for rare in find(in_roster(sheet), fonts)}
    assert found["U+2CB4E"] == (Place("roster.csv", "", 2, "A"),)
    assert found["U+E863"] == (Place("roster.csv", "", 3, "A"),)
    assert [(place.row, place.column) for place in found["U+4DAE"]] == [
        (2, "D"),
        (3, "D"),
        (4, "D"),
    ]
    assert {place.column for place in found["U+36C3"]} == {"E"}
    assert len(found) == 4  # the dot of 李•四 will be U+00B7, which FandolFang has


@pytest.mark.parametrize(
    ("text", "poorer", "code", "told"),
    [
        ("张𬭎", (), "font/fallback", "𬭎 U+2CB4E (tier 3) is drawn by Zhuque"),
        ("张𬭎", (ZHUQUE,), "font/other-style", "row 2; Song in place of FangSong"),
        ("张㐂", (BABELSTONE,), "font/missing-glyph", "has no FangSong face; row 2; no face"),
        (f"张{PRIVATE}", (), "font/missing-glyph", "U+E863 (outside the table) has no"),
    ],
)
def test_a_finding_says_it_in_a_line(
    fonts: FontSet[Face], text: str, poorer: tuple[str, ...], code: str, told: str
) -> None:
    (rare,) = of(without(fonts, *poorer), text)
    line = finding(rare)
    assert (line.code, line.severity, line.place.row) == (code, rare.severity, 2)
    assert told in line.said.en
    assert PRIVATE not in line.said.zh


def test_many_rows_are_counted() -> None:
    (said,) = where(tuple(Place(row=row) for row in (*range(2, 27), 2)))
    assert said.zh.endswith("20、21 等 25 行")
    assert said.en.endswith("20, 21 and others, 25 in all")
    assert where((Place(file="x"),)) == ()
