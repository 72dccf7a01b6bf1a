"""Every report of a design that breaks a little of everything, opened by other programs' readers."""

import io
import json
import re
import shutil
import subprocess
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader

from certgen.errors import InputError
from tests.design_samples import pages, pdf
from tests.design_samples.pages import Plant, Way
from tests.verify.design.designs import FILING, found, plain, unread, with_text
from verify.design.decisions import Reviewed, reviewed
from verify.design.finding import Kind
from verify.design.linter import lint
from verify.design.profiles import combined
from verify.design.read import read
from verify.design.report.against import Standing, answers, former_of, former_points
from verify.design.report.as_html import as_html, numbered
from verify.design.report.as_json import as_json
from verify.design.report.as_sarif import as_sarif
from verify.design.report.files import write_all
from verify.design.report.gallery import Gallery
from verify.design.report.letter import letter, template
from verify.design.report.marked import marked_copy
from verify.design.report.words import line_of, masked, width_of
from verify.design.report.worksheet import as_worksheet, lines_of

DAY = date(2026, 11, 28)
PLANTS = (
    Plant("国·家认可", x=30, y=172),
    Plant("监制 人社部", x=30, y=165),
    Plant("全國", Way.WHITE, x=100, y=172),
    Plant("职业资格证书", Way.TITLE),
)


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = pages.with_text(pages.a_page(), "title.zh", "中国职业技能等级证书")
    path = tmp_path_factory.mktemp("designs") / "样式 一.pdf"
    path.write_bytes(pdf.drawn(pages.without(page, "qr"), PLANTS))
    return path


@pytest.fixture(scope="module")
def review(bad: Path) -> Reviewed:
    return reviewed(lint(read(bad, isolated=False), combined(), FILING), ())


@pytest.fixture(scope="module")
def gallery(review: Reviewed) -> Gallery:
    return Gallery(review.report.design)


def test_the_design_breaks_what_it_is_meant_to(review: Reviewed) -> None:
    assert {item.finding.rule for item in review.of(Kind.ERROR)} == {
        *("wording/state-name", "wording/government-body", "wording/government-supervision"),
        *("title/other-title", "contents/missing-qr", "hidden/unpainted-text", "hidden/metadata"),
    }


def test_json_holds_every_finding_with_clause_place_and_characters(review: Reviewed) -> None:
    (design,) = json.loads(as_json([review]))["designs"]
    assert design["sha256"] == review.report.design.source.sha256
    assert len(design["findings"]) == len(review.items)
    (wedged,) = [f for f in design["findings"] if f["disguises"] == ["wedges"]]
    assert wedged["context"][wedged["start"] : wedged["end"]] == "国·家"
    assert (wedged["read"], wedged["clause"]["article"]) == ("国家", "五(二)")
    assert 30 <= wedged["boxes_mm"][0][0] < 31


def test_sarif_is_as_the_standard_has_it(review: Reviewed) -> None:
    """The rules of 2.1.0 that readers trip over: kinds and levels, indexes, unique rules, no empty region."""
    data = json.loads(as_sarif([review]))
    assert data["version"] == "2.1.0"
    (run,) = data["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    kinds = {"fail", "review", "open", "informational"}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["kind"] in kinds
        assert (result["level"] == "none") == (result["kind"] != "fail")
        assert result["message"]["text"]
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
        assert " " not in artifact["uri"]
        assert "region" not in location["physicalLocation"]


def test_the_html_file_fetches_nothing_and_says_each_finding(
    review: Reviewed, gallery: Gallery
) -> None:
    for lang in ("zh", "en"):
        text = as_html(review, gallery, lang)
        assert text.count("<article ") == len(numbered(review))
        sources = re.findall(r'(?:src|href)="([^"]*)"', text)
        assert sources
        assert all(source.startswith("data:image/png;base64,") for source in sources)
        assert "<script" not in text
        for _, item in numbered(review):
            assert escape(item.finding.said.in_(lang)) in text


def test_the_marked_copy_lists_each_finding_on_its_page(
    review: Reviewed, gallery: Gallery, bad: Path
) -> None:
    data = marked_copy(review.report.design, bad, numbered(review), gallery, "zh")
    assert data is not None
    page = PdfReader(io.BytesIO(data)).pages[0]
    annotations: list[Any] = list(page.annotations or [])
    squares = [a for a in (r.get_object() for r in annotations) if a["/Subtype"] == "/Square"]
    boxes = [box for _, item in numbered(review) for box in item.finding.place.boxes]
    assert len(squares) == len(boxes)
    texts = " ".join(str(square["/Contents"]) for square in squares)
    assert "国·家" in texts
    assert "五(二)" in texts


def test_pages_that_are_no_pdf_are_drawn_with_their_marks(
    review: Reviewed, gallery: Gallery, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    data = marked_copy(review.report.design, broken, numbered(review), gallery, "zh")
    assert data is not None
    assert len(PdfReader(io.BytesIO(data)).pages) == 1


def document_text(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def test_the_letter_numbers_errors_questions_and_advice_apart(
    review: Reviewed, gallery: Gallery
) -> None:
    data = letter(review, gallery, "zh", DAY)
    text = document_text(data)
    assert text.index("不符合规定") < text.index("请予说明")
    assert "建议\n" not in text  # there is no advice
    assert f"{FILING.name}：" in text
    assert "2026年11月28日" in text
    assert "{{" not in text
    assert "无异议" not in text
    assert "证书名称应统一使用" in text
    with ZipFile(io.BytesIO(data)) as package:
        assert any(name.startswith("word/media/") for name in package.namelist())


def test_a_design_in_order_gets_the_letter_of_no_objection() -> None:
    review = reviewed(lint(plain(), combined(), FILING), ())
    text = document_text(letter(review, Gallery(plain()), "zh", DAY))
    assert "无异议" in text
    assert "不符合规定、须修改" not in text
    english = document_text(letter(review, Gallery(plain()), "en", DAY))
    assert "no objection" in english


def test_an_own_template_keeps_its_words(
    review: Reviewed, gallery: Gallery, tmp_path: Path
) -> None:
    document = Document(io.BytesIO(template("zh")))
    document.paragraphs[0].insert_paragraph_before("某某市职业技能鉴定指导中心")
    own = tmp_path / "模板.docx"
    document.save(str(own))
    assert document_text(letter(review, gallery, "zh", DAY, own)).startswith("某某市")
    own.write_bytes(b"no docx")
    with pytest.raises(InputError, match="template"):
        letter(review, gallery, "zh", DAY, own)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_letter(review: Reviewed, gallery: Gallery, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(letter(review, gallery, "zh", DAY))
    command = ("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless")
    subprocess.run(  # noqa: S603  (our own file)
        [*command, "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "letter.docx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "letter.pdf").pages)
    assert "证书名称应统一使用" in text.replace("\n", "")


def test_the_worksheet_has_a_line_for_each_content_and_each_ban(
    review: Reviewed, gallery: Gallery
) -> None:
    lines = list(lines_of(review))
    assert sum(line.rule.startswith("contents/missing-") for line in lines) == 15
    qr = next(line for line in lines if line.rule == "contents/missing-qr")
    name = next(line for line in lines if line.rule == "contents/missing-name")
    assert (qr.machine, name.machine) == (Kind.ERROR, None)
    assert "丁一" in name.saw.zh
    number = next(line for line in lines if line.rule == "contents/missing-identity-number")
    assert "190000200403010112" not in number.saw.zh
    assert as_worksheet(review, gallery, "zh").count("data-line=") == len(lines)


def test_no_report_tells_an_identity_number() -> None:
    design = with_text(plain(), "国家 190000200403010112")
    other = reviewed(lint(design, combined(), FILING), ())
    drawn = Gallery(design)
    for text in (
        as_json([other]),
        as_sarif([other]),
        as_html(other, drawn, "zh"),
        as_worksheet(other, drawn, "zh"),
        document_text(letter(other, drawn, "zh", DAY)),
    ):
        assert "国家" in text or "核对单" in text
        assert "190000200403010112" not in text


def test_former_points_are_answered_one_by_one(review: Reviewed, tmp_path: Path, bad: Path) -> None:
    path = tmp_path / "former.json"
    path.write_text(as_json([review]), encoding="utf-8")
    former = former_of(path, bad.name)
    assert former is not None
    assert {point.rule for point in former_points(review)} == {point.rule for point in former}
    later = reviewed(lint(with_text(plain(), "国·家认可 全国"), combined(), FILING), ())
    got = {answer.said.zh: answer.standing for answer in answers(former, later)}
    by_standing = {
        standing: [said for said, s in got.items() if s is standing] for standing in Standing
    }
    assert any("国·家" in said for said in by_standing[Standing.NOT_MENDED])
    assert any("二维码" in said for said in by_standing[Standing.MENDED])
    assert any("“全国”" in said for said in by_standing[Standing.NEW])


def test_what_cannot_be_read_any_more_is_not_mended(review: Reviewed) -> None:
    former = former_points(review)
    report = lint(plain(), combined(), FILING)
    scan = reviewed(lint(unread(plain(), "image-only"), combined(), FILING), ())
    assert report.exit_code == 0
    standings = {answer.standing for answer in answers(former, scan) if answer.former}
    assert Standing.CANNOT_TELL in standings


def test_another_version_of_the_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"format": "certverify-lint", "version": 99, "designs": []}', encoding="utf-8")
    with pytest.raises(InputError, match="version 99"):
        former_of(path)
    path.write_text("[1, 2]", encoding="utf-8")
    assert former_of(path) is None


def test_all_files_are_written_under_the_name_of_the_design(
    review: Reviewed, bad: Path, tmp_path: Path
) -> None:
    written = write_all(
        tmp_path / "out", [(bad, review), (bad, review)], ("json", "html"), "zh", DAY
    )
    assert [path.name for path in written] == [
        "样式 一.json",
        "样式 一-报告.html",
        "样式 一-2.json",
        "样式 一-2-报告.html",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("证件号码190000200403010112。", "证件号码****************12。", id="identity"),
        pytest.param("Y000041018999263000001", "Y000041018999263000001", id="certificate code"),
        pytest.param("No.88888888", "No.88888888", id="specimen"),
        pytest.param("2026年1月15日", "2026年1月15日", id="date"),
    ],
)
def test_numbers_of_people_are_starred_and_lengths_stay(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert len(masked(text)) == len(text)


def test_carets_stand_under_chinese_and_named_invisible_characters() -> None:
    (finding,) = found(with_text(plain(), "甲 乙国\u200b家级"))
    line = line_of(finding.place)
    assert (line.before, line.span, line.behind) == ("甲 乙", "国<U+200B>家", "级")
    assert (width_of(line.before), width_of(line.span)) == (5, 12)
