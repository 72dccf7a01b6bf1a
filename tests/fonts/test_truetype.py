from io import BytesIO
from struct import unpack

import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.fonts.truetype import build, build_from

from .builders import outline

LATIN = "ABCxyz 0189éÅñ·—"


def reopened(data: bytes) -> TTFont:
    return TTFont(BytesIO(data), checkChecksums=2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.lists(st.sampled_from(LATIN), max_size=8))
def test_outlines_equal_the_source(fonts: FontSet[Face], text: list[str]) -> None:
    face = fonts.faces["times"][0]
    with TTFont(face.path) as source, reopened(build(face, text)) as small:
        order, names = small.getGlyphOrder(), source.getBestCmap()
        assert len(order) == len(text) + 1
        for name, char in zip(order[1:], text, strict=True):
            original = names[ord(char)]
            assert outline(small, name) == outline(source, original)
            assert small["hmtx"][name] == source["hmtx"][original]


@pytest.mark.parametrize("role", ["kai", "fangsong", "hei"])
def test_every_chinese_face_builds(fonts: FontSet[Face], role: str) -> None:
    for face in fonts.faces[role]:
        with TTFont(face.path, lazy=True) as source, reopened(build(face, "张伟")) as small:
            original = source.getBestCmap()[ord("伟")]
            assert outline(small, small.getGlyphOrder()[2]) == outline(source, original)


def test_the_whole_file_adds_up_to_the_magic_number(fonts: FontSet[Face]) -> None:
    data = build(fonts.faces["kai"][0], "阿卜杜拉")
    assert sum(unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF == 0xB1B0AFBA


def test_head_tables_say_what_fonttools_reckons(fonts: FontSet[Face]) -> None:
    with reopened(build(fonts.faces["fangsong"][0], "张伟 7·")) as font:
        tables = font["head"], font["hhea"], font["maxp"]
        stated = [dict(vars(table)) for table in tables]
        copy = BytesIO()
        font.save(copy)
    with TTFont(copy) as font:
        for tag, said in zip(("head", "hhea", "maxp"), stated, strict=True):
            ignored = {"checkSumAdjustment", "modified", "indexToLocFormat"}
            for name in said.keys() - ignored:
                assert getattr(font[tag], name) == said[name], name


def test_glyph_0_is_a_box_and_white_space_is_empty(fonts: FontSet[Face]) -> None:
    with reopened(build(fonts.faces["kai"][0], " ")) as font:
        box, space = font.getGlyphOrder()
        assert outline(font, box)[0] == [(100, 0), (600, 0), (600, 700), (100, 700)]
        assert outline(font, space)[0] == []


def test_a_font_of_no_characters_is_still_a_font(fonts: FontSet[Face]) -> None:
    assert reopened(build(fonts.faces["kai"][0], "")).getGlyphOrder() == [".notdef"]


def test_kept_glyphs_give_the_same_bytes(fonts: FontSet[Face]) -> None:
    face = fonts.faces["fangsong"][0]
    kept = [face.glyph(char) for char in "张伟"]
    assert build_from(kept, face.units_per_em) == build(face, "张伟") == build(face, "张伟")
