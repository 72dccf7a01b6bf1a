"""The report as it leaves: JSON by its schema, one HTML page, a card; nothing that is not proven looks proven."""

import json
import re
from functools import cache
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from certgen.standards.identity_types import IdentityType
from tests.verify.world import CODE, HOST, NOW, a_trust, certificate, photo, signed
from verify import html
from verify.pipeline import verify_code, verify_pdf, verify_photo
from verify.report import Report
from verify.terminal import card

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "verify" / "report.schema.json").read_text(encoding="utf-8"))
EVIL = "<script>alert(1)</script>"
NAMES = ("valid", "invalid", "unsigned", "nothing", "code", "evil")
IDENTITY = "190000200403010112"


@cache
def reports() -> dict[str, Report]:
    return {
        "valid": verify_photo(photo(signed()), a_trust(), NOW, name="a.jpg", ocr=False),
        "invalid": verify_pdf(certificate(name="丁二"), a_trust(), NOW, name="b.pdf", ocr=False),
        "unsigned": verify_pdf(
            certificate(qr=f"https://{HOST}/c/{CODE}"), None, NOW, name="c.pdf", ocr=False
        ),
        "nothing": verify_photo(photo(), None, NOW, name="d.png", ocr=False, seconds=1),
        "code": verify_code(CODE, None, NOW),
        "evil": verify_code(EVIL, None, NOW),
    }


def screen(report: Report, lang: str = "zh", width: int = 100) -> str:
    out = StringIO()
    card.show(report, lang, console=Console(file=out, width=width, force_terminal=False))
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_the_json_keeps_to_its_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    text = json.dumps(reports()[name].to_json(), ensure_ascii=False)
    jsonschema.validate(json.loads(text), SCHEMA)


@pytest.mark.parametrize("name", NAMES)
def test_no_identity_number_leaves_in_json_card_or_page(name: str) -> None:
    report = reports()[name]
    for text in (json.dumps(report.to_json()), screen(report), html.render(report)):
        assert IDENTITY not in text


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_self_contained_and_loads_nothing(name: str) -> None:
    page = html.render(reports()[name])
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["'](?!data:)""", page)
    assert not re.search(r"url\(|@import|<link|<iframe|<object", page)


def test_whatever_a_certificate_says_is_escaped() -> None:
    page = html.render(reports()["evil"])
    assert EVIL not in page
    assert "&lt;script&gt;" in page


def test_signed_fields_are_marked_as_proven_and_others_as_not() -> None:
    values = {
        (claim["channel"], claim["field"]): claim["trusted"]
        for claim in reports()["invalid"].to_json()["claims"]
    }
    assert values["payload", "name"]
    assert not values["pdf-text", "name"]


def test_what_does_not_verify_is_shown_all_the_same_and_marked() -> None:
    report = reports()["unsigned"]
    assert not report.trusted
    assert "丁一" in screen(report)
    assert "未验证" in screen(report)
    assert "已验证" not in screen(report)
    assert "已验证" not in html.render(report)


def test_a_good_signature_whose_paper_was_not_compared_says_so() -> None:
    text = screen(reports()["valid"])
    assert "请与纸质证书核对" in text
    assert "真的二维码可以被复印" in text


def test_a_difference_stands_beside_the_signed_value() -> None:
    assert "≠ PDF 页面文字 丁二" in screen(reports()["invalid"])
    assert "≠" in html.render(reports()["invalid"])


@pytest.mark.parametrize("name", ["unsigned", "code"])
def test_not_made_by_us_leads_to_the_official_page_as_text_and_to_a_form(name: str) -> None:
    page = html.render(reports()[name])
    assert "http://jndj.osta.org.cn/" in page
    assert "<a " not in page
    assert f'<form data-code="{CODE}">' in page
    assert f'data-copy="{CODE}"' in page
    assert "逐位说明" in page


def test_the_name_can_be_copied_where_one_was_read() -> None:
    assert 'data-copy="丁一"' in html.render(reports()["unsigned"])


def test_the_page_can_leave_out_the_picture() -> None:
    assert "data:image" in html.render(reports()["valid"])
    assert "data:image" not in html.render(reports()["valid"], picture=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 100])
def test_the_card_fits_its_width_with_chinese_characters(lang: str, width: int) -> None:
    from rich.cells import cell_len  # noqa: PLC0415

    lines = screen(reports()["invalid"], lang, width).splitlines()
    assert {cell_len(line) for line in lines} == {width}


def test_identity_types_are_shown_in_words() -> None:
    assert IdentityType.RESIDENT_CARD.zh in screen(reports()["valid"])


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("1641000003112345", "职业资格证书"),
        ("261601500100001", "专项职业能力"),
        ("R41260001", "质量督导员"),
        ("Y00004100012326A000001", "特级技师"),
    ],
)
def test_another_document_is_named_for_what_it_is(code: str, names: str) -> None:
    report = verify_code(code, None, NOW)
    assert names in screen(report)
    assert report.verdict.exit_code == 3


def test_a_code_typed_with_one_slip_gets_suggestions() -> None:
    report = verify_code(CODE.replace("0000", "OOOO", 1), a_trust(), NOW)
    assert report.verdict.exit_code == 3
    assert CODE in "".join(said.zh for said in report.advice)
