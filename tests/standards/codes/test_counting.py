"""Counters and serials of the three kinds of numbers."""

import pytest

from certgen.errors import CodeError
from certgen.standards.codes.counting import (
    CodeKind,
    check_prefix,
    counter,
    has_prefix,
    kind_of,
    max_serial,
    parse,
    split,
)
from certgen.standards.levels import Level

EXAMPLES = [
    pytest.param(
        "S000041990001263000001", CodeKind.CERTIFICATE, "S000041990001263", 1, "S000041990001",
        id="人社鉴发〔2019〕2号 附件1 二(七): year and level restart the serial",
    ),
    pytest.param(
        "201601500100042", CodeKind.SPECIAL_ABILITY, "2016015001", 42, "16015001",
        id="豫人社办函〔2020〕41号 四(一): year, agency, five digits",
    ),
    pytest.param(
        "R41260007", CodeKind.SUPERVISOR, "R4126", 7, "R41", id="人社职司便函〔2020〕53号 附件1 一"
    ),
    pytest.param(
        "Y000101260007", CodeKind.SUPERVISOR, "Y00010126", 7, "Y000101",
        id="人社职司便函〔2020〕53号 附件1 二",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "kind", "name", "serial", "prefix"), EXAMPLES)
def test_a_code_is_its_counter_and_a_serial(
    code: str, kind: CodeKind, name: str, serial: int, prefix: str
) -> None:
    assert kind_of(code) is kind
    assert split(code) == (name, serial)
    assert counter(kind, prefix, 2026 if code[:2] != "20" else 2020, Level.THREE) == name
    assert has_prefix(code, prefix)
    assert not has_prefix(code, f"9{prefix[1:]}")
    assert str(parse(kind, code)) == code


@pytest.mark.parametrize(
    ("kind", "last"),
    [(CodeKind.CERTIFICATE, 999_999), (CodeKind.SPECIAL_ABILITY, 99_999), (CodeKind.SUPERVISOR, 9_999)],
)  # fmt: skip
def test_the_last_serial(kind: CodeKind, last: int) -> None:
    assert max_serial(kind) == last


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [
        pytest.param(CodeKind.CERTIFICATE, "S000041", id="too short for a certificate"),
        pytest.param(CodeKind.SPECIAL_ABILITY, "16016001", id="its fifth digit is not 5: 二(四)"),
        pytest.param(CodeKind.SUPERVISOR, "R99", id="no province 99: 表3"),
        pytest.param(CodeKind.SUPERVISOR, "X000101", id="category is H, Y, S or R: 表5"),
        pytest.param(CodeKind.SUPERVISOR, "Y０00101", id="a full-width digit"),
    ],
)
def test_a_prefix_that_no_code_has_is_refused(kind: CodeKind, prefix: str) -> None:
    with pytest.raises(CodeError):
        check_prefix(kind, prefix)
