import pickle
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from certgen.errors import FontError
from certgen.fonts.faces import Face, Origin
from certgen.fonts.fontset import FontSet
from certgen.fonts.outlines import contours
from certgen.standards.characters import general_characters

from .builders import a_collection, a_font, hint


def opened(path: Path, index: int = 0) -> Face:
    return Face(path, index, Origin.GIVEN, "0" * 64, "Sample Kai", "SampleKai")


def test_a_character_with_an_outline_is_drawn(tmp_path: Path) -> None:
    face = opened(a_font(tmp_path / "a.ttf", chars="永"))
    assert face.draws("永")
    assert not face.draws("张")


def test_a_blank_cmap_entry_is_not_a_glyph(tmp_path: Path) -> None:
    face = opened(a_font(tmp_path / "a.ttf", chars="永", blank="䶮"))
    assert ord("䶮") in TTFont(face.path).getBestCmap()
    assert not face.draws("䶮")


def test_a_composite_of_nothing_is_not_a_glyph(tmp_path: Path) -> None:
    face = opened(a_font(tmp_path / "a.ttf", chars="永", hollow="䶮"))
    assert not face.draws("䶮")
    assert face.glyph("䶮").data == b""


def test_white_space_is_drawn_without_an_outline(tmp_path: Path) -> None:
    face = opened(a_font(tmp_path / "a.ttf", chars="永 "))
    assert face.draws(" ")
    assert face.glyph(" ").data == b""
    assert face.glyph(" ").advance == 1000


def test_hints_are_left_out(tmp_path: Path) -> None:
    plain, hinted = a_font(tmp_path / "plain.ttf"), a_font(tmp_path / "hinted.ttf")
    hint(hinted, "永")
    assert opened(hinted).glyph("永") == opened(plain).glyph("永")


def test_each_face_of_a_collection_is_its_own(tmp_path: Path) -> None:
    members = [a_font(tmp_path / f"{c}.ttf", family=f"Sample {c}", chars=c) for c in "永真"]
    path = a_collection(tmp_path / "both.ttc", *members)
    assert [opened(path, i).draws("真") for i in (0, 1)] == [False, True]


def test_a_file_that_is_no_font_is_named() -> None:
    face = opened(Path(__file__))
    with pytest.raises(FontError, match=r"test_faces\.py") as raised:
        face.draws("永")
    assert "certgen fonts fetch" in raised.value.said.zh


def test_one_postscript_name_in_two_files_gives_two_ids(tmp_path: Path) -> None:
    a, b = (
        Face(tmp_path / "a.ttf", 0, Origin.GIVEN, digit * 64, "Kai", "SampleKai") for digit in "12"
    )
    assert a.id == "SampleKai@11111111"
    assert a.id != b.id


def test_a_face_pickles_after_use(fonts: FontSet[Face]) -> None:
    face = fonts.faces["kai"][0]
    assert face.draws("张")
    copy = pickle.loads(pickle.dumps(face))  # noqa: S301  (our own bytes)
    assert copy.id == face.id
    assert copy.glyph("张") == face.glyph("张")


@pytest.mark.parametrize("role", ["kai", "fangsong", "hei", "times"])
def test_real_faces_map_and_measure_as_fonttools_does(fonts: FontSet[Face], role: str) -> None:
    sample = ["A", "é", "·", "龘", "𬭎", "\uffff", "\U0010fffd", *general_characters()[::40]]
    for face in fonts.faces[role]:
        with TTFont(face.path, lazy=True) as font:
            names, widths = font.getBestCmap(), font["hmtx"].metrics
            upem = font["head"].unitsPerEm
            for char in sample:
                name = names.get(ord(char))
                assert face._cmap.glyph_id(char) == (font.getGlyphID(name) if name else 0)
                if name:
                    assert face.advance(char) == round(widths[name][0] * 1000 / upem)


def test_a_name_beyond_the_basic_plane_is_drawn(fonts: FontSet[Face]) -> None:
    rare = "𬭎𫖯𬀩𬱟𫟹𬴂"
    assert all(map(fonts.faces["fangsong"][-1].draws, rare))
    assert not any(map(fonts.faces["fangsong"][0].draws, rare))


def test_composites_come_out_simple(fonts: FontSet[Face]) -> None:
    face = fonts.faces["times"][0]
    assert contours(face._record(face._cmap.glyph_id("é"))) < 0
    assert contours(face.glyph("é").data) == 3  # e has two contours, the accent one


def test_descriptor_values_are_thousandths_of_an_em(fonts: FontSet[Face]) -> None:
    face = fonts.faces["times"][0]  # 2048 units an em
    assert (face.ascent, face.descent, face.flags, face.italic_angle) == (891, -216, 4, 0.0)
    assert face.units_per_em == 2048
    assert face.cap_height == 655
    assert face.bbox[0] < 0 < face.bbox[3] < 1100


def test_the_height_of_capitals_is_measured_where_it_is_not_stated(tmp_path: Path) -> None:
    path = a_font(tmp_path / "a.ttf", chars="H")
    with TTFont(path) as font:
        font["OS/2"].version = 1
        font.save(path)
    assert opened(path).cap_height == 300
