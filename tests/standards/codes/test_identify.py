import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.standards.codes.identify import DocumentKind, identify


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Y000123000456195000001", DocumentKind.CERTIFICATE),
        ("Y 0001 41 00 1234 19 5 000001", DocumentKind.CERTIFICATE),
        (" S000011000456195000001\n", DocumentKind.CERTIFICATE),
        ("201601500100042", DocumentKind.SPECIAL_ABILITY),
        ("R41210001", DocumentKind.EXTERNAL_SUPERVISOR),
        ("H000012210001", DocumentKind.INTERNAL_SUPERVISOR),
    ],
)
def test_each_code_is_told_from_the_others_and_parsed(text: str, kind: DocumentKind) -> None:
    found = identify(text)
    assert found.kind is kind
    assert str(found.code) == "".join(text.split())


@pytest.mark.parametrize("text", ["Y00004100012326A000001", "S00001100012323T000001"])
def test_the_code_of_a_special_grade_technician_is_recognised_not_verified(text: str) -> None:
    found = identify(text)
    assert found.kind is DocumentKind.SPECIAL_TECHNICIAN
    assert found.code is None
    assert "not verifiable" in found.said.en


def test_sixteen_digits_are_the_number_of_another_document() -> None:
    found = identify("0916000000301234")
    assert found.kind is DocumentKind.OLD_QUALIFICATION
    assert "a different document" in found.said.en


@pytest.mark.parametrize("text", ["11010519491231002X", "110105194912310021"])
def test_an_identity_number_is_called_one_and_not_repeated(text: str) -> None:
    found = identify(text)
    assert found.kind is DocumentKind.UNKNOWN
    assert found.said.zh == "这像是身份证件号码，不是证书编码，请输入证书编号"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Y00012300045619500000", "21 characters; nearest is a skill-level certificate code"),
        ("11010519491231002", "17 characters; nearest is an old qualification number with 16"),
        ("Y000123", "7 characters; nearest is an external supervisor card code with 9"),
        ("Y000199000456195000001", "province code: expected"),
        ("Y00012300045619500000１", "position 22: expected an ASCII digit"),
        ("201601400100042", "agency code: expected 5"),
        ("R99210001", "issuer: expected 00 or a province code"),
        ("", "0 characters"),
    ],
)
def test_what_is_no_code_is_unknown_with_what_is_nearest(text: str, hint: str) -> None:
    found = identify(text)
    assert found.kind is DocumentKind.UNKNOWN
    assert found.code is None
    assert hint in found.said.en


@given(st.text() | st.from_regex(r"[YSHR]?\d{8,22}", fullmatch=True))
def test_any_text_is_identified_without_an_exception(text: str) -> None:
    found = identify(text)
    assert (found.code is None) == (
        found.kind
        in {
            DocumentKind.UNKNOWN,
            DocumentKind.SPECIAL_TECHNICIAN,
            DocumentKind.OLD_QUALIFICATION,
        }
    )
