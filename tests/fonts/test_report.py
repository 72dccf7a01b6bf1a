from pathlib import Path

import pytest

from certgen.fonts import cache, fontset
from certgen.fonts.catalogue import OPEN_FACES
from certgen.fonts.faces import Face, Origin
from certgen.fonts.fontset import FontSet
from certgen.fonts.report import rows, substitution, summary

TOTAL = 8105  # 通用规范汉字表, 国发〔2013〕23号
FANDOL = 6638  # GB 2312 and no more


@pytest.fixture
def stable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FontSet[Face]:
    """What the packages of a stable distribution give: all faces but WenKai and Zhuque."""
    for face in OPEN_FACES:
        if not face.file.startswith("LXGW"):
            (tmp_path / face.cached_file).symlink_to(cache.folder() / face.cached_file)
    monkeypatch.setenv("CERTGEN_FONT_CACHE", str(tmp_path))
    monkeypatch.setattr(fontset, "system_folders", tuple)
    return fontset.load()


def a_face(family: str, origin: Origin) -> Face:
    return Face(Path("x.ttf"), 0, origin, "0" * 64, family, family)


def test_every_face_of_every_role_has_a_row(fonts: FontSet[Face]) -> None:
    table = rows(fonts)
    listed = [(row.role, row.position, row.family) for row in table]
    assert listed == [
        (role, position, face.family)
        for role, chain in fonts.faces.items()
        for position, face in enumerate(chain, 1)
    ]
    assert {row.origin for row in table} == {Origin.OPEN}
    assert all(row.licence for row in table)


@pytest.mark.parametrize("role", ["kai", "fangsong"])
def test_the_full_set_draws_all_8105_in_the_style_of_the_role(
    fonts: FontSet[Face], role: str
) -> None:
    chain = [row for row in rows(fonts) if row.role == role]
    assert [row.added for row in chain] == [FANDOL, TOTAL - FANDOL, 0]
    assert chain[1].cumulative == chain[2].cumulative == TOTAL
    styles = [row.substitution.same_style for row in chain if row.substitution]
    assert styles == [True, True, False]


def test_other_roles_add_up_too(fonts: FontSet[Face]) -> None:
    table = rows(fonts)
    assert [row.cumulative for row in table if row.role == "hei"] == [FANDOL, TOTAL]
    assert [row.cumulative for row in table if row.role == "times"] == [0]


@pytest.mark.parametrize(
    ("role", "zh", "en"),
    [("kai", "以宋体代替楷体", "Song in place of Kai"),
     ("fangsong", "以宋体代替仿宋", "Song in place of FangSong")],
)  # fmt: skip
def test_a_stable_distribution_covers_as_much_and_says_song(
    stable: FontSet[Face], role: str, zh: str, en: str
) -> None:
    first, last = (row for row in rows(stable) if row.role == role)
    assert (first.added, last.added, last.cumulative) == (FANDOL, TOTAL - FANDOL, TOTAL)
    assert last.substitution
    assert last.substitution.said == (zh, en)


def test_the_summary_counts_what_is_in_another_style(
    fonts: FontSet[Face], stable: FontSet[Face]
) -> None:
    full, poor = summary(rows(fonts)), summary(rows(stable))
    assert full[1].en == "FangSong: 8,105 of the 8,105 general characters"
    assert poor[1].en == full[1].en + (
        ", 1,467 of them with Song in place of FangSong (BabelStone Han)"
    )
    assert poor[1].zh.endswith("其中 1,467 字以宋体代替仿宋（BabelStone Han）")


@pytest.mark.parametrize(
    ("role", "family", "origin", "expected"),
    [
        pytest.param("kai", "Sample", Origin.GENUINE, None, id="found as genuine"),
        pytest.param("kai", "STKaiti", Origin.GIVEN, None, id="genuine in a folder"),
        pytest.param("fangsong", "FandolFang", Origin.OPEN, "open FangSong, mainland forms",
                     id="open, of the same style"),
        pytest.param("times", "Liberation Serif", Origin.OPEN, "open, as wide as Times New Roman",
                     id="open, of the same widths"),
        pytest.param("fangsong", "KaiTi", Origin.GIVEN, "Kai in place of FangSong",
                     id="genuine, of another role"),
        pytest.param("kai", "Unheard Of", Origin.GIVEN, "a face of your own: check its style",
                     id="unknown"),
    ],
)  # fmt: skip
def test_what_stands_in_for_what_is_said(
    role: str, family: str, origin: Origin, expected: str | None
) -> None:
    told = substitution(role, a_face(family, origin))
    assert (told.said.en if told else None) == expected
