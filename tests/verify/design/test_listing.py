"""Reading our own page listing: exact roles, one block a slot, nothing guessed."""

from collections.abc import Callable

import pytest

from certgen.errors import InputError
from certgen.model.box import Box
from certgen.model.page import TextRun
from tests.design_samples import pages
from verify.design.design import Design, Format, GraphicKind, Painted

Reads = Callable[[str, str], Design]


@pytest.mark.parametrize("branch", [None, "zezhou"])
def test_every_slot_is_a_block_with_its_role(branch: str | None, reads: Reads) -> None:
    page = pages.a_page(branch)
    design = reads("a.json", pages.listed(page))
    assert design.source.format is Format.LISTING
    slots = list(dict.fromkeys(i.slot for i in page.items if isinstance(i, TextRun)))
    blocks = list(design.blocks())
    assert [block[0].role for block in blocks] == slots
    for block, slot in zip(blocks, slots, strict=True):
        said = [i.text for i in page.items if isinstance(i, TextRun) and i.slot == slot]
        assert [run.text for run in block] == said
        assert {run.painted for run in block} == {Painted.PAINTED}
        assert all(len(run.boxes) == len(run.text) for run in block)


def test_boxes_end_where_the_run_does(reads: Reads) -> None:
    page = pages.a_page()
    for run in reads("a.json", pages.listed(page)).runs:
        items = [i for i in page.items if isinstance(i, TextRun) and i.slot == run.role]
        item = next(i for i in items if i.text == run.text)
        assert run.boxes[-1].x1 == pytest.approx(item.x + item.width, abs=0.2)
        assert run.size_pt == item.size_pt


def test_graphics_say_what_they_are(reads: Reads) -> None:
    design = reads("a.json", pages.listed(pages.a_page()))
    roles = {graphic.role: graphic for graphic in design.graphics}
    assert roles["photo"].box == Box(176, 22, 201, 57)
    assert roles["seal.agency"].near_round
    assert roles["name.line"].straight
    assert roles["name.line"].kind is GraphicKind.VECTOR
    assert [code.text[:8] for code in design.codes] == ["https://"]


def test_a_listing_of_another_version_is_refused(reads: Reads) -> None:
    text = pages.listed(pages.a_page()).replace('"certgen_page": 1', '"certgen_page": 9')
    with pytest.raises(InputError, match="version"):
        reads("a.json", text)
