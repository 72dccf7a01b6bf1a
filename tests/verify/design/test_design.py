"""The model of a design: boxes, blocks, and that all of it travels between processes."""

import pickle

import pytest

from certgen.model.box import Box
from verify.design.design import (
    Channel,
    Design,
    DesignPage,
    Format,
    Joined,
    Run,
    Source,
    around,
    text_of,
)

TITLE = Run("职业", 1, boxes=(Box(0, 0, 10, 10), Box(10, 0, 20, 12)), block=1)
MORE = Run("技能", 1, block=1, joined=Joined.NEXT_LINE)
OTHER = Run("姓名", 1, block=2)
INFO = Run("样式", 0, channel=Channel.METADATA, where="Info /Title")


def a_design() -> Design:
    page = DesignPage(1, 297, 210, runs=(TITLE, MORE, OTHER))
    return Design(Source("a.pdf", Format.PDF, "00"), (page,), (INFO,))


def test_a_box_of_a_run_is_around_its_characters() -> None:
    assert TITLE.box == Box(0, 0, 20, 12)
    assert INFO.box is None
    assert around((Box(5, 5, 5, 5),)) is None


def test_runs_of_a_block_are_read_on_and_blocks_never_are() -> None:
    assert list(map(text_of, a_design().blocks())) == ["职业\n技能", "姓名", "样式"]


def test_a_design_travels_between_processes() -> None:
    assert pickle.loads(pickle.dumps(a_design())) == a_design()  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("other", "area"), [(Box(1, 1, 3, 3), 1), (Box(2, 0, 3, 1), 0), (Box(0, 0, 2, 2), 4)]
)
def test_touching_boxes_share_nothing(other: Box, area: float) -> None:
    assert Box(0, 0, 2, 2).overlap(other) == area
