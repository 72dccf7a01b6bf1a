from pathlib import Path

import pytest
from PIL import Image, ImageChops

from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.finding import Place
from certgen.names.pictures import SIZE_PX, draw, write
from certgen.names.printed import Printed
from certgen.names.rare import find

from .conftest import without


def inked(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(picture).getbbox()
    assert box
    return box


@pytest.mark.parametrize("char", ["永", "𬭎"])
def test_a_picture_holds_the_whole_character(fonts: FontSet[Face], char: str) -> None:
    ((face, _),) = fonts.runs("fangsong", char)
    picture = draw(char, face)
    left, top, right, bottom = inked(picture)
    assert 0 < left < right < picture.width
    assert 0 < top < bottom < picture.height
    assert right - left > SIZE_PX / 2
    assert bottom - top > SIZE_PX / 2


def test_faces_draw_different_pictures(fonts: FontSet[Face]) -> None:
    chain = fonts.faces["fangsong"]
    assert len({draw("永", face).tobytes() for face in chain}) == len(chain)


@pytest.mark.parametrize(
    ("lang", "song", "row"), [("zh", "宋体", "第 2 行"), ("en", "Song", "row 2")]
)
def test_the_page_shows_each_character_and_what_to_do(
    fonts: FontSet[Face], tmp_path: Path, lang: str, song: str, row: str
) -> None:
    poor = without(fonts, "Zhuque Fangsong (technical preview)")
    printed = [Printed(text, "fangsong", Place(row=2)) for text in ("张𬭎", "王\ue000", "<𫟹>")]
    page = write(find(printed, poor), tmp_path / "names", lang)
    text = page.read_text(encoding="utf-8")
    assert {path.name for path in page.parent.iterdir()} == {
        "names.html",
        "02-U+2CB4E.png",
        "03-U+2B7F9.png",
    }
    assert song in text
    assert row in text
    assert 'src="02-U+2CB4E.png"' in text
    assert text.count("<tr") == 1 + 3
    assert "张" not in text  # nobody's name
    with Image.open(page.parent / "02-U+2CB4E.png") as picture:
        assert picture.size == (200, 200)
