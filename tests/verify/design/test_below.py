"""A word broken over two short lines: asked about where it may be one, let pass where the lines are two fields."""

import time
from dataclasses import replace
from typing import Any

import pytest

from certgen.model.box import Box
from tests.verify.design.designs import FILING, a_run, found, plain
from verify.design.below import broken_lines
from verify.design.design import Design, Run
from verify.design.finding import Kind
from verify.design.texts import texts_of

SIZE = 12.0
EM = SIZE * 25.4 / 72
BLOCK = 9_000


def line(text: str, x: float, y: float, **look: Any) -> Run:
    """A line of its own at 12 pt whose foot is at `y`."""
    size = look.get("size_pt", SIZE)
    em = size * 25.4 / 72
    made = a_run(text, Box(x, y - em, x + len(text) * em, y), block=BLOCK + int(1000 * x + y))
    return replace(made, **{"size_pt": SIZE, "face": "Kai", **look})


def with_lines(*lines: Run) -> Design:
    design = plain()
    page = design.pages[0]
    return replace(design, pages=(replace(page, runs=(*page.runs, *lines)), *design.pages[1:]))


def asked(*lines: Run) -> list[tuple[str, Kind]]:
    return [
        (one.read, one.kind)
        for one in found(with_lines(*lines), filing=FILING)
        if one.rule.startswith("wording/") and one.kind is not Kind.EXEMPT
    ]


@pytest.mark.parametrize(
    ("upper", "lower", "word"),
    [
        ("职业", "资格", "职业资格"),
        ("职业", "资格证书", "职业资格"),
        ("国", "家级", "国家"),
        ("全", "国", "全国"),
        ("人社", "部", "人社部"),
    ],
)
def test_what_two_lines_say_together_is_asked_about(upper: str, lower: str, word: str) -> None:
    read = asked(line(upper, 90, 160), line(lower, 90, 160 + 1.4 * EM))
    assert (word, Kind.REVIEW) in read
    assert (word, Kind.ERROR) not in read


def test_lines_that_are_centred_on_each_other_are_aligned() -> None:
    assert asked(line("职业", 92, 160), line("资格证书", 92 - EM, 160 + 1.4 * EM))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            (line("张建国", 90, 160), line("家政服务员", 90, 160 + 1.4 * EM)), id="chance"
        ),
        pytest.param(
            (line("国", 90, 160), line("家政服务员", 90, 160 + 1.4 * EM)), id="less chance"
        ),
        pytest.param((line("职业", 90, 160), line("资格", 90, 160 + 2.5 * EM)), id="far below"),
        pytest.param((line("职业", 90, 160), line("资格", 97, 160 + 1.4 * EM)), id="aside"),
        pytest.param(
            (line("职业", 90, 160), line("资格", 90, 160 + 1.4 * EM, size_pt=15.0)), id="larger"
        ),
        pytest.param(
            (line("职业", 90, 160), line("资格", 90, 160 + 1.4 * EM, face="Hei")), id="other face"
        ),
        pytest.param((line("职业：", 90, 160), line("资格", 90, 160 + 1.4 * EM)), id="a label"),
        pytest.param(
            (
                line("职业", 90, 160),
                line("电工", 104, 160),
                line("资格", 90, 160 + 1.4 * EM),
                line("高级工", 104, 160 + 1.4 * EM),
            ),
            id="two names of fields",
        ),
        pytest.param(
            (
                line("类别：", 90, 160),
                line("职业", 104, 160),
                line("级别：", 90, 160 + 1.4 * EM),
                line("资格", 104, 160 + 1.4 * EM),
            ),
            id="two values",
        ),
        pytest.param(
            (line("职业", 90, 160), line("资格", 90, 160 + 1.4 * EM, role="other")), id="two slots"
        ),
        pytest.param(
            (line("本次评价所属的职业", 90, 160), line("资格", 90, 160 + 1.4 * EM)),
            id="a long line",
        ),
    ],
)
def test_two_things_are_let_pass(lines: tuple[Run, ...]) -> None:
    assert not any(read in {"职业资格", "国家"} for read, _ in asked(*lines))


def test_a_page_full_of_short_lines_ends_soon() -> None:
    lines = [
        line("职业", 5 + 10 * column, 5 + 0.1 * row) for column in range(28) for row in range(400)
    ]
    began = time.process_time()
    assert len(list(broken_lines(tuple(texts_of(with_lines(*lines)))))) <= 500
    assert time.process_time() - began < 20
