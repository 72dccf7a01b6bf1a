import pickle
import time
from pathlib import Path

import pytest

from certgen.errors import FontError, MissingGlyphError, Said
from certgen.fonts import fontset
from certgen.fonts.faces import Face, Origin
from certgen.fonts.fontset import FontSet, load

from .builders import a_collection, a_font

ROLE_NAMES = ("KaiTi", "FangSong", "SimHei", "Times New Roman")


def furnish(folder: Path) -> None:
    """A genuine face for every role."""
    for name in ROLE_NAMES:
        a_font(folder / f"{name}.ttf", family=name)


def of(*faces: Face) -> FontSet[Face]:
    return FontSet({"fangsong": faces})


def a_face(path: Path, chars: str) -> Face:
    return Face(a_font(path, chars=chars), 0, Origin.OPEN, path.stem * 64, path.stem, path.stem)


@pytest.fixture
def chain(tmp_path: Path) -> FontSet[Face]:
    """a: plain; b: the rare 𬭎; c: the rarer 㐂. Each has the plain characters and ASCII."""
    texts = {"a": "张伟·7 ", "b": "张伟·7 𬭎", "c": "张伟7 㐂"}
    return of(*(a_face(tmp_path / f"{name}.ttf", chars) for name, chars in texts.items()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("张伟 7", [("a", "张伟 7")], id="the first face draws all of it"),
        pytest.param("张𬭎", [("b", "张𬭎")], id="whole in the first face that can"),
        pytest.param("7张𬭎 7", [("a", "7"), ("b", "张𬭎"), ("a", " 7")], id="ASCII stays"),
        pytest.param("张㐂", [("c", "张㐂")], id="whole in a later face"),
        pytest.param(
            "伟𬭎㐂", [("a", "伟"), ("b", "𬭎"), ("c", "㐂")], id="no face draws all of it"
        ),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_field_is_split_as_little_as_possible(
    chain: FontSet[Face], text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(face.family, part) for face, part in chain.runs("fangsong", text)] == expected


def test_a_missing_glyph_is_named_with_its_code_point(chain: FontSet[Face]) -> None:
    with pytest.raises(MissingGlyphError) as raised:
        chain.runs("fangsong", "张𫟹")
    assert all("𫟹 U+2B7F9" in said for said in raised.value.said)


def test_a_private_use_character_is_called_one(chain: FontSet[Face]) -> None:
    with pytest.raises(MissingGlyphError, match=r"U\+E000 is a private-use character") as raised:
        chain.runs("fangsong", "\ue000")
    assert "自造字" in raised.value.said.zh


def test_digits_of_a_rare_name_stay_in_the_first_face(fonts: FontSet[Face]) -> None:
    first = fonts.faces["fangsong"][0]
    runs = fonts.runs("fangsong", "张𬭎2024")
    assert [part for _, part in runs] == ["张𬭎", "2024"]
    assert runs[1][0] is first
    assert runs[0][0] is not first


def test_a_width_is_the_sum_of_the_advances(fonts: FontSet[Face]) -> None:
    face = fonts.faces["fangsong"][0]
    assert fonts.width_mm(face, "张伟", 12) == pytest.approx(2 * 12 * 25.4 / 72)


def test_a_face_is_found_by_its_id(fonts: FontSet[Face]) -> None:
    face = fonts.faces["hei"][-1]
    assert fonts.face(face.id).sha256 == face.sha256
    with pytest.raises(FontError, match="Gone@00000000"):
        fonts.face("Gone@00000000")


def test_a_font_set_pickles(fonts: FontSet[Face]) -> None:
    copy = pickle.loads(pickle.dumps(fonts))  # noqa: S301  (our own bytes)
    assert [face.id for face in copy.faces["kai"]] == [face.id for face in fonts.faces["kai"]]


def test_a_machine_without_fonts_is_told_what_to_do(machine: Path) -> None:
    with pytest.raises(FontError, match=r"kai, fangsong, hei, times.*certgen fonts fetch"):
        load()
    furnish(machine / "system")
    assert load().faces["kai"][0].origin is Origin.GENUINE


def test_the_given_folder_comes_before_all(machine: Path) -> None:
    furnish(machine / "system")
    a_font(machine / "given" / "x.ttf", family="KaiTi", chars="永")
    origins = [face.origin for face in load(machine / "given").faces["kai"]]
    assert origins == [Origin.GIVEN, Origin.GENUINE]


def test_a_given_file_named_after_its_role_serves_it(machine: Path) -> None:
    furnish(machine / "system")
    a_font(machine / "given" / "kai.ttf", family="Unheard Of")
    assert load(machine / "given").faces["kai"][0].family == "Unheard Of"


def test_the_same_file_on_two_shelves_serves_once(machine: Path) -> None:
    furnish(machine / "system")
    assert [face.origin for face in load(machine / "system").faces["kai"]] == [Origin.GIVEN]


def test_an_empty_given_folder_is_refused(machine: Path) -> None:
    with pytest.raises(FontError, match="given"):
        load(machine / "given")


def test_stkaiti_comes_before_kaiti_under_any_language(machine: Path) -> None:
    furnish(machine / "system")
    a_font(machine / "system" / "z.ttf", family="Sample", chinese="华文楷体", chars="华")
    assert [face.family for face in load().faces["kai"]] == ["Sample", "KaiTi"]


@pytest.mark.parametrize("trait", [{"weight": 700}, {"italic": True}])
def test_a_bold_or_italic_face_does_not_serve(machine: Path, trait: dict[str, int]) -> None:
    furnish(machine / "system")
    (machine / "system" / "KaiTi.ttf").unlink()
    a_font(machine / "system" / "a.ttf", family="KaiTi", **trait)  # type: ignore[arg-type]
    with pytest.raises(FontError, match="no font serves kai"):
        load()


def test_a_restricted_genuine_face_is_passed_over(machine: Path) -> None:
    furnish(machine / "system")
    a_font(machine / "system" / "a.ttf", family="STKaiti", fs_type=2)
    assert [face.family for face in load().faces["kai"]] == ["KaiTi"]


def test_a_restricted_given_face_is_refused_by_name(machine: Path) -> None:
    furnish(machine / "system")
    a_font(machine / "given" / "a.ttf", family="STKaiti", fs_type=2)
    with pytest.raises(FontError, match=r"STKaiti .* forbids embedding"):
        load(machine / "given")


def test_the_mainland_face_of_a_collection_is_taken(machine: Path) -> None:
    furnish(machine / "system")
    (machine / "system" / "KaiTi.ttf").unlink()
    names = ("Kaiti TC", "Kaiti SC")
    members = [a_font(machine / f"{name}.ttf", family=name) for name in names]
    a_collection(machine / "system" / "Kaiti.ttc", *members)
    (face,) = load().faces["kai"]
    assert (face.family, face.index) == ("Kaiti SC", 1)


def test_postscript_outlines_are_converted_once(machine: Path) -> None:
    furnish(machine / "system")
    a_font(machine / "given" / "kai.otf", family="Curved", cubic=True)
    said: list[Said] = []
    first = load(machine / "given", say=said.append).faces["kai"][0]
    again = load(machine / "given", say=said.append).faces["kai"][0]
    assert len(said) == 1
    assert first.id == again.id
    assert first.draws("永")
    assert first.glyph("永").advance == 1000


def test_loading_what_is_cached_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fontset, "system_folders", tuple)
    load()
    start = time.process_time()
    load()
    assert time.process_time() - start < 0.15
