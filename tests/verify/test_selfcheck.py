import hashlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from certgen.model.finding import Finding, Severity
from verify import selfcheck
from verify.selfcheck import OnPage, check, check_print

Make = Callable[..., Any]


def codes(made: Any, *, deep: bool = True) -> list[str]:
    return [finding.code for finding in check(made.path, made.expected, deep=deep)]


@pytest.mark.parametrize("kind", [None, "P-256", "P-384", "RSA-2048", "RSA-3072"])
def test_a_file_in_order_gives_no_finding(make: Make, kind: str | None) -> None:
    made = make(kind)
    assert check(made.path, made.expected, deep=True) == ()


def test_every_finding_is_an_error_in_both_languages_with_place_and_remedy(make: Make) -> None:
    made = make()
    made.path.write_bytes(made.data + b" ")
    findings = check(made.path, made.expected, deep=False)
    assert [f.code for f in findings] == ["selfcheck/digest", "selfcheck/structure"]
    assert {f.severity for f in findings} == {Severity.ERROR}
    assert {f.place.in_("en") for f in findings} == {"certificate.pdf"}
    assert all(
        "重新运行本批次" in f.said.zh and "run the batch again" in f.said.en for f in findings
    )


def test_one_bit_on_the_disk_is_noticed_by_the_digest(make: Make) -> None:
    made = make(None)
    data = bytearray(made.data)
    data[12] ^= 1  # in a comment: no reader would mind
    made.path.write_bytes(data)
    assert codes(made) == ["selfcheck/digest"]


def test_a_missing_file_is_not_green(make: Make) -> None:
    made = make()
    made.path.unlink()
    assert codes(made) == ["selfcheck/error"]


def test_a_check_that_breaks_is_not_green_and_hides_no_other(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        message = "110101199003070011 is on this page"
        raise RuntimeError(message)

    monkeypatch.setattr(selfcheck, "text_of", broken)
    made = make(qr="another")
    findings = check(made.path, made.expected, deep=True)
    assert [f.code for f in findings] == ["selfcheck/error", "selfcheck/qr"]
    assert "RuntimeError" in findings[0].said.en
    assert "1101" not in findings[0].said.en + findings[0].said.zh


def test_an_unsigned_file_is_refused_where_a_signature_is_expected(make: Make) -> None:
    signed_by = make().expected.signed_by
    made = make(None)
    made = replace(made, expected=replace(made.expected, signed_by=signed_by))
    assert set(codes(made)) == {"selfcheck/signature"}


def test_a_signed_file_is_refused_where_none_is_expected(make: Make) -> None:
    made = make()
    made = replace(made, expected=replace(made.expected, signed_by=None))
    assert codes(made) == ["selfcheck/signature"]


def test_another_agencys_signature_is_refused(make: Make) -> None:
    other = make("P-384").expected.signed_by
    made = make("P-256")
    made = replace(made, expected=replace(made.expected, signed_by=other))
    assert codes(made) == ["selfcheck/signature"]


@pytest.mark.parametrize("pages", [1, 3])
def test_the_number_of_pages_counts(make: Make, pages: int) -> None:
    made = make(None, pages=pages)
    assert codes(made) == []
    made = replace(made, expected=replace(made.expected, pages=2))
    assert codes(made) == ["selfcheck/structure"]


def altered(made: Any, old: str, new: str) -> tuple[str, ...]:
    """The texts of the page with one character run exchanged, the code first."""
    texts = (made.expected.code, *made.expected.texts)
    return tuple(text.replace(old, new) for text in texts)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("人", "⼈", id="a Kangxi radical"),
        pytest.param("𬭎", "鋐", id="the traditional form of a rare name"),
        pytest.param("·", "•", id="another middle dot"),
        pytest.param("3月", "４月", id="a full-width digit"),
        pytest.param("三级", "二级", id="another level"),
        pytest.param("Y0000", "S0000", id="another code"),
        pytest.param("家政服务员", "家政服务", id="a character lost"),
    ],
)
def test_a_text_that_differs_by_one_character_is_found(make: Make, old: str, new: str) -> None:
    made = make(texts=altered(make(), old, new))
    (finding,) = check(made.path, made.expected, deep=True)
    assert finding.code == "selfcheck/text"


def test_a_value_may_break_over_lines_and_be_letter_spaced(make: Make) -> None:
    code, *texts = altered(make(), "家政服务员", "家 政")
    made = make(texts=(code, *texts[:3], "服务员", *texts[3:]))
    wanted = replace(made.expected, texts=("家政 服务员",))
    made = make(texts=(code, "家 政", "服务员"))
    assert check(made.path, replace(wanted, sha256=made.expected.sha256), deep=True) == ()


def test_a_hyphen_at_the_end_of_a_line_is_read_as_one(make: Make) -> None:
    made = make(None, texts=(make().expected.code, "ABC-", "DEF"))
    expected = replace(made.expected, texts=("ABC-", "DEF"))
    assert check(made.path, expected, deep=True) == ()


def test_a_missing_name_is_told_and_a_missing_number_is_masked(make: Make) -> None:
    made = make(None)
    expected = replace(made.expected, texts=("王小明", "110101199003070011"))
    (finding,) = check(made.path, expected, deep=True)
    for said in finding.said:
        assert "王小明" in said
        assert "110***11" in said
        assert "19900307" not in said


def test_another_qr_code_is_found(make: Make) -> None:
    assert codes(make(qr="https://agency.example/c/Y000041000001251000002")) == ["selfcheck/qr"]


def test_a_covered_qr_code_is_found(make: Make) -> None:
    made = make(None)
    made = made.changed(made.data.replace(b" 3 3 re", b" 0 0 re"))
    assert codes(made) == ["selfcheck/qr"]


def test_no_qr_code_is_looked_for_where_none_is_expected(make: Make) -> None:
    made = make(None, qr="anything")
    made = replace(made, expected=replace(made.expected, qr=None))
    assert codes(made) == []


def test_text_and_qr_are_only_read_when_deep(make: Make) -> None:
    made = make(texts=("x",), qr="another")
    assert codes(made, deep=False) == []
    assert codes(made, deep=True) == ["selfcheck/text", "selfcheck/qr"]


def on_page(made: Any) -> OnPage:
    return OnPage((made.expected.code, *made.expected.texts), made.expected.qr)


def of_itself(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """What is not the pre-flight's: these tiny files carry nothing that a print shop asks for."""
    return [(f.code, f.place.file) for f in findings if not f.code.startswith("preflight/")]


def test_a_print_file_in_order_gives_no_finding(make: Make) -> None:
    made = make(None, pages=3)
    pages = [on_page(made), None, on_page(made)]
    assert of_itself(check_print(made.path, made.expected.sha256, pages)) == []


def test_a_print_file_that_a_shop_would_refuse_is_not_in_order(make: Make) -> None:
    made = make(None, pages=1)
    findings = check_print(made.path, made.expected.sha256, [None])
    assert {"preflight/no-trim-box", "preflight/not-declared"} <= {f.code for f in findings}


def test_a_print_file_says_on_which_page_it_is_wrong(make: Make) -> None:
    made = make(None, pages=3)
    wrong = [OnPage(("王小明",), None), OnPage((), "another")]
    findings = check_print(made.path, made.expected.sha256, [None, *wrong])
    assert of_itself(findings) == [
        ("selfcheck/text", "certificate.pdf#page=2"),
        ("selfcheck/qr", "certificate.pdf#page=3"),
    ]


def test_a_print_file_needs_its_digest_and_its_pages(make: Make) -> None:
    made = make(None, pages=3)
    other = hashlib.sha256(b"other").hexdigest()
    found = of_itself(check_print(made.path, other, [None] * 2))
    assert [code for code, _ in found] == ["selfcheck/digest", "selfcheck/structure"]


def test_a_missing_print_file_is_not_green(tmp_path: Path) -> None:
    (finding,) = check_print(tmp_path / "print.pdf", "", [])
    assert finding.code == "selfcheck/error"


def test_an_empty_print_file_is_not_green(tmp_path: Path) -> None:
    path = tmp_path / "print.pdf"
    path.touch()
    assert check_print(path, hashlib.sha256(b"").hexdigest(), [])


def test_the_self_check_loads_nothing_of_the_press_and_no_slow_library() -> None:
    loaded = "import sys, verify.selfcheck; print(*sys.modules)"
    run = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", loaded], check=True, capture_output=True, text=True
    )
    roots = ("certgen.sign", "certgen.render", "asn1crypto", "pyhanko", "reportlab")
    assert [name for name in run.stdout.split() if name.startswith(roots)] == []
