import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font

from certgen.clerk import guard, summary, workbook
from certgen.clerk.words import COLOURS
from certgen.errors import InputError, Said
from certgen.model.finding import Finding, Severity

from .builders import NUMBER, a_finding, a_workbook, sheet_of

RED, YELLOW = COLOURS[Severity.ERROR], COLOURS[Severity.WARNING]


def _marked(source: Path, *findings: Finding) -> Workbook:
    target = source.with_name("marked.xlsx")
    target.unlink(missing_ok=True)
    workbook.annotate(source, findings, target)
    return load_workbook(target, rich_text=True)


def _ground(book: Workbook, cell: str, sheet: str = "名单") -> str | None:
    fill = sheet_of(book, sheet)[cell].fill
    return fill.fgColor.rgb if fill.fill_type else None


def _comment(book: Workbook, cell: str, sheet: str = "名单") -> str:
    comment = sheet_of(book, sheet)[cell].comment
    return comment.text if comment else ""


def test_an_error_is_red_and_says_why_in_chinese_first(tmp_path: Path) -> None:
    book = _marked(a_workbook(tmp_path), a_finding(4, "F", clause="人社鉴发〔2019〕2号 附件1"))

    assert _ground(book, "F4") == RED
    _, *lines = _comment(book, "F4").splitlines()
    assert lines == ["【错误】等级前后矛盾（人社鉴发〔2019〕2号 附件1）", "", "[error] two levels"]


@pytest.mark.parametrize(
    ("severity", "ground"),
    [
        (Severity.WARNING, YELLOW),
        (Severity.REVIEW, COLOURS[Severity.REVIEW]),
        (Severity.NOTE, None),
    ],
)
def test_each_severity_has_its_ground(
    tmp_path: Path, severity: Severity, ground: str | None
) -> None:
    book = _marked(a_workbook(tmp_path), a_finding(severity=severity))

    assert _ground(book, "F4") == ground
    assert bool(_comment(book, "F4")) is bool(ground)


def test_several_findings_of_a_cell_are_one_comment_under_the_gravest_colour(
    tmp_path: Path,
) -> None:
    late = a_finding(severity=Severity.WARNING, said=Said("照片偏小", "small photo"))

    book = _marked(a_workbook(tmp_path), late, a_finding())

    assert _ground(book, "F4") == RED
    assert _comment(book, "F4").splitlines()[1:] == [
        "【错误】等级前后矛盾",
        "【提醒】照片偏小",
        "",
        "[error] two levels",
        "[warning] small photo",
    ]


def test_a_finding_inside_a_merged_range_stands_at_its_first_cell(tmp_path: Path) -> None:
    book = _marked(
        a_workbook(tmp_path), a_finding(1, "D"), a_finding(1, "A", severity=Severity.WARNING)
    )

    assert _ground(book, "A1") == RED
    assert _comment(book, "A1").count("【") == 2


def test_a_finding_about_a_row_stands_at_its_first_cell_with_content(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    book = load_workbook(source)
    sheet_of(book, "名单")["A4"].value = None
    book.save(source)

    assert _ground(_marked(source, a_finding(4, "")), "B4") == RED


def test_formats_merges_widths_numbers_and_other_sheets_stay(tmp_path: Path) -> None:
    book = _marked(a_workbook(tmp_path), a_finding(4, "C"))
    sheet = sheet_of(book, "名单")

    assert (sheet["C4"].value, sheet["C4"].data_type) == (NUMBER, "s")
    assert sheet["C4"].number_format == "@"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:F1"]
    assert sheet.column_dimensions["C"].width == 31
    assert sheet_of(book, "说明")["B2"].value == "别的内容"
    assert book.sheetnames == ["名单", "说明", summary.TITLE]


def test_a_heading_with_a_red_star_keeps_its_two_colours(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    book = load_workbook(source)
    star = TextBlock(InlineFont(color=Color("FFFF0000")), "*")
    sheet_of(book, "名单")["A3"].value = CellRichText(star, "姓名")
    book.save(source)

    assert sheet_of(_marked(source, a_finding()), "名单")["A3"].value == CellRichText(star, "姓名")


def test_the_last_sheet_counts_and_leads_to_every_cell(tmp_path: Path) -> None:
    warned = a_finding(4, "C", Severity.WARNING, "photo/small")

    sheet = sheet_of(_marked(a_workbook(tmp_path), warned, a_finding()), summary.TITLE)

    assert str(sheet["A2"].value).startswith("共 total 2 ＝ 错误 error 1 ＋ 复核 review 0 ＋ 提醒")
    lines = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=6)]
    assert lines == [
        ["F4", "错误 error", "等级前后矛盾"],
        ["C4", "提醒 warning", "等级前后矛盾"],
    ]
    links = [sheet.cell(row, 1).hyperlink for row in (6, 7)]
    assert [link and link.location for link in links] == ["'名单'!F4", "'名单'!C4"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        a_finding(None, ""),
        a_finding(sheet="不存在"),
        a_finding(file="approved.xlsx"),
        a_finding(sheet=""),  # which of two sheets?
    ],
)
def test_what_has_no_cell_in_the_workbook_stands_in_the_last_sheet_only(
    tmp_path: Path, elsewhere: Finding
) -> None:
    book = _marked(a_workbook(tmp_path), elsewhere)

    assert _ground(book, "F4") is None
    sheet = sheet_of(book, summary.TITLE)
    assert (sheet["C6"].value, sheet["A6"].hyperlink) == ("等级前后矛盾", None)


def test_a_message_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    book = _marked(a_workbook(tmp_path), a_finding(said=Said("=1+1", "=1+1")))

    assert sheet_of(book, summary.TITLE)["C6"].data_type == "s"


def test_checking_the_corrected_copy_again_removes_the_old_marks(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    first = workbook.marked_name(source, tmp_path)
    workbook.annotate(source, [a_finding(4, "F"), a_finding(4, "C")], first)
    second = workbook.marked_name(first, tmp_path)
    workbook.annotate(first, [a_finding(4, "C", file=first.name)], second)

    book = load_workbook(second)

    assert (first.name, second.name) == ("roster-核对.xlsx", "roster-核对2.xlsx")
    assert (_ground(book, "F4"), _comment(book, "F4")) == (None, "")
    assert _ground(book, "C4") == RED
    assert _comment(book, "C4").count("【错误】") == 1
    assert book.sheetnames == ["名单", "说明", summary.TITLE]


def test_a_remark_of_the_clerk_stays_above_ours_and_outlives_it(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    book = load_workbook(source)
    sheet_of(book, "名单")["F4"].comment = Comment("问过本人", "王会计")
    book.save(source)

    marked = tmp_path / "a.xlsx"
    workbook.annotate(source, [a_finding()], marked)
    cleared = tmp_path / "b.xlsx"
    workbook.annotate(marked, [], cleared)

    assert _comment(load_workbook(marked), "F4").startswith("问过本人\n\n──")
    after = sheet_of(load_workbook(cleared), "名单")["F4"].comment
    assert after is not None
    assert (after.text, after.author) == ("问过本人", "王会计")


def test_a_csv_becomes_a_workbook_of_text_with_the_same_rows(tmp_path: Path) -> None:
    source = tmp_path / "roster.csv"
    source.write_bytes(f"某批次,\n\n姓名,证件号码\n张样例,{NUMBER}\n=1+1,\x0b\n".encode("gb18030"))

    book = _marked(source, a_finding(4, "B", sheet="", file="roster.csv"))
    sheet = book.worksheets[0]

    assert (sheet["B4"].value, sheet["B4"].data_type, sheet["B4"].number_format) == (
        NUMBER,
        "s",
        "@",
    )
    assert (sheet["A5"].value, sheet["A5"].data_type) == ("=1+1", "s")
    assert _ground(book, "B4", sheet.title) == RED


def test_the_source_is_never_overwritten(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    before = source.read_bytes()

    with pytest.raises(InputError, match="not overwritten"):
        workbook.annotate(source, [a_finding()], source)

    assert source.read_bytes() == before


def test_a_copy_is_as_private_as_its_source_and_leaves_no_part_behind(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    source.chmod(0o600)

    workbook.annotate(source, [a_finding()], tmp_path / "marked.xlsx")

    assert (tmp_path / "marked.xlsx").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["marked.xlsx", "roster.xlsx"]


def test_a_failed_save_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_book: Workbook, path: Path) -> None:
        path.write_bytes(b"half")
        raise RuntimeError

    source = a_workbook(tmp_path)
    monkeypatch.setattr(Workbook, "save", fail)

    with pytest.raises(RuntimeError):
        workbook.annotate(source, [], tmp_path / "marked.xlsx")

    assert [path.name for path in tmp_path.iterdir()] == ["roster.xlsx"]


def _with_part(source: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(source, "a") as package:
        package.writestr(name, data)


def _changed(source: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Rewrites one part of the workbook."""
    with zipfile.ZipFile(source) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as package:
        for part, data in parts.items():
            package.writestr(part, change(data) if part == name else data)


def _spoil_styles(source: Path) -> None:
    """An empty fill, as some versions of WPS write it, stops openpyxl."""
    empty = re.compile(b"<fill>.*?</fill>")
    _changed(source, "xl/styles.xml", lambda data: empty.sub(b"<fill/>", data))


def _a_macro_workbook(folder: Path) -> Path:
    source = a_workbook(folder, "roster.xlsm")
    _with_part(source, "xl/vbaProject.bin", b"macro")
    return source


def test_macros_are_kept_under_their_suffix(tmp_path: Path) -> None:
    source = _a_macro_workbook(tmp_path)
    target = workbook.marked_name(source, tmp_path)

    workbook.annotate(source, [a_finding(file=source.name)], target)

    with zipfile.ZipFile(target) as package:
        assert package.read("xl/vbaProject.bin") == b"macro"
        assert b"macroEnabled" in package.read("[Content_Types].xml")
    assert target.suffix == ".xlsm"
    assert _ground(load_workbook(target), "F4") == RED


def test_macros_under_another_suffix_are_refused(tmp_path: Path) -> None:
    source = _a_macro_workbook(tmp_path)

    with pytest.raises(InputError, match=r"must be called \.xlsm"):
        workbook.annotate(source, [], tmp_path / "marked.xlsx")


def test_macros_that_cannot_be_carried_over_are_refused(tmp_path: Path) -> None:
    source = _a_macro_workbook(tmp_path)
    _spoil_styles(source)

    with pytest.raises(InputError, match="without macros"):
        workbook.annotate(source, [], tmp_path / "marked.xlsm")


def test_styles_that_openpyxl_cannot_read_give_a_copy_of_text(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    _spoil_styles(source)

    book = _marked(source, a_finding())

    assert _ground(book, "F4") == RED
    assert sheet_of(book, "名单")["C4"].value == NUMBER
    assert not sheet_of(book, "名单").merged_cells.ranges
    assert [sheet.title for sheet in book.worksheets] == ["名单", "说明", summary.TITLE]


def test_a_merge_over_the_whole_sheet_is_refused(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    part = "xl/worksheets/sheet1.xml"
    _changed(source, part, lambda data: data.replace(b"A1:F1", b"A1:XFD1048576"))

    with pytest.raises(InputError, match="too large"):
        workbook.annotate(source, [], tmp_path / "marked.xlsx")


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    _with_part(source, "customXml/item1.xml", bomb)

    with pytest.raises(InputError, match="too large"):
        workbook.annotate(source, [], tmp_path / "marked.xlsx")


def test_a_part_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = a_workbook(tmp_path)
    monkeypatch.setattr(guard, "XML_LIMIT", 1000)

    with pytest.raises(InputError, match=r"errors\.csv"):
        workbook.annotate(source, [], tmp_path / "marked.xlsx")


def test_a_damaged_workbook_is_refused_with_a_remedy(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    _changed(source, "xl/worksheets/sheet1.xml", lambda data: data[: len(data) // 2])

    with pytest.raises(InputError, match="damaged"):
        workbook.annotate(source, [], tmp_path / "marked.xlsx")


@pytest.mark.parametrize("data", [None, b"", b"PK\x03\x04 no package"])
def test_a_source_that_is_no_roster_is_refused(tmp_path: Path, data: bytes | None) -> None:
    source = tmp_path / "roster.xlsx"
    if data is not None:
        source.write_bytes(data)

    with pytest.raises(InputError):
        workbook.annotate(source, [], workbook.marked_name(source, tmp_path))


def test_a_cell_in_the_last_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    source = a_workbook(tmp_path)
    book = load_workbook(source)
    sheet_of(book, "名单")["XFD1048576"].font = Font(bold=True)
    book.save(source)

    assert _ground(_marked(source, a_finding(4, "")), "A4") == RED


def test_more_findings_than_a_workbook_bears_are_cut_and_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "SHOWN_AT_MOST", 2)
    warned = [a_finding(4, "A", Severity.WARNING), a_finding(4, "B", Severity.WARNING)]

    book = _marked(a_workbook(tmp_path), *warned, a_finding(4, "F"))

    assert [_ground(book, cell) for cell in ("A4", "B4", "F4")] == [YELLOW, None, RED]
    assert "errors.csv" in str(sheet_of(book, summary.TITLE)["A2"].value)
