"""Every name, large, for its holder to sign; what is easily mistaken is spelt out."""

from pathlib import Path

import pikepdf
import pypdf
import pytest

from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.record import Record
from certgen.sheets import proof

from .builders import MADE, Shown, a_number, a_record, pages


def written(folder: Path, records: list[Record], fonts: FontSet[Face]) -> list[Shown]:
    proof.write(folder / "proof.pdf", records, fonts, "样例机构 第一批", made=MADE)
    return pages(folder / "proof.pdf")


def test_twenty_names_stand_on_a_page(tmp_path: Path, fonts: FontSet[Face]) -> None:
    shown = written(tmp_path, [a_record(serial) for serial in range(1, 42)], fonts)
    assert [page.text.count("张样例") for page in shown] == [20, 20, 1]
    assert [f"第 {number} 页，共 3 页" in page.text for number, page in enumerate(shown, 1)] == [
        True
    ] * 3
    assert pikepdf.open(tmp_path / "proof.pdf").check_pdf_syntax() == []


def test_a_row_says_what_its_holder_has_to_check(tmp_path: Path, fonts: FontSet[Face]) -> None:
    (page,) = written(tmp_path, [a_record(6)], fonts)
    for said in ("张样例", f"…{a_number(6)[-4:]}", "车工 / 数控车工", "三级/高级工", "签名", "7"):
        assert said in page.text
    assert a_number(6)[-6:] not in page.text


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("张样例", []),
        ("阿依古丽·买买提", []),
        ("JOHN SAMPLE", []),
        ("李𬭎", ["U+2CB4E"]),
        ("王䶮", ["U+4DAE"]),
        ("赵囯强", ["U+56EF"]),
        ("刘龘龘𬱖", ["U+9F98", "U+2CC56"]),
    ],
)
def test_rare_characters_are_spelt_out(
    name: str, marked: list[str], tmp_path: Path, fonts: FontSet[Face]
) -> None:
    (page,) = written(tmp_path, [a_record(name=name)], fonts)
    assert name in page.text
    assert [word for word in page.text.split() if word.startswith("U+")] == marked
    assert ("※" in page.text) is bool(marked)


@pytest.mark.parametrize("reader", ["pypdf", "pdfium"])
def test_a_name_beyond_the_bmp_copies_out(
    reader: str, tmp_path: Path, fonts: FontSet[Face]
) -> None:
    (page,) = written(tmp_path, [a_record(name="李𬭎𬱖")], fonts)
    text = (
        page.text
        if reader == "pdfium"
        else pypdf.PdfReader(tmp_path / "proof.pdf").pages[0].extract_text()
    )
    assert "李𬭎𬱖" in text


def test_a_character_that_no_face_draws_is_shown_as_a_box(
    tmp_path: Path, fonts: FontSet[Face]
) -> None:
    (page,) = written(tmp_path, [a_record(name="陈\ue123")], fonts)
    assert "陈□" in page.text
    assert "□ U+E123 无字形 no glyph" in page.text


def test_a_name_is_never_set_smaller_than_16_points(tmp_path: Path, fonts: FontSet[Face]) -> None:
    name = "阿卜杜热西提·麦麦提吐尔逊·阿卜杜拉样例"
    (page,) = written(tmp_path, [a_record(name=name)], fonts)
    assert all(part in page.text for part in ("阿卜杜热西提·麦麦", "提吐尔逊·阿卜杜拉", "样例"))
    sizes: dict[str, float] = {}

    def visit(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        sizes.update(dict.fromkeys(text, size))

    pypdf.PdfReader(tmp_path / "proof.pdf").pages[0].extract_text(visitor_text=visit)
    assert {sizes[char] for char in "卜麦拉"} == {16}


def test_rows_that_need_more_lines_move_others_to_the_next_page(
    tmp_path: Path, fonts: FontSet[Face]
) -> None:
    long = {"name": "阿卜杜热西提·麦麦提吐尔逊", "occupation": "很长的职业名称" * 8, "job": None}
    shown = written(tmp_path, [a_record(serial, **long) for serial in range(1, 21)], fonts)
    counts = [page.text.count("提吐尔逊") for page in shown]
    assert sum(counts) == 20
    assert len(counts) == 2
    assert counts[0] > counts[1] > 0


def test_an_empty_roster_gives_an_empty_table(tmp_path: Path, fonts: FontSet[Face]) -> None:
    (page,) = written(tmp_path, [], fonts)
    assert "0 行" in page.text
