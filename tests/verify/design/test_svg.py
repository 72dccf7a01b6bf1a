"""Reading an SVG: what shows, what hides, and what it refers to."""

from collections.abc import Callable

import pytest

from certgen.model.box import Box
from tests.design_samples import pages, pdf, svg
from tests.design_samples.pages import Plant, Way
from tests.verify.design.finding import WORD, found, the_one
from verify.design.design import Channel, Design, Hiding, Joined, Painted

Reads = Callable[[str, str], Design]


def planted(reads: Reads, way: Way) -> Design:
    return reads("design.svg", svg.drawn(pages.a_page(), [Plant(WORD, way)]))


def test_an_untouched_page_is_read_whole_at_its_place(reads: Reads) -> None:
    design = reads("design.svg", svg.drawn(pages.a_page()))
    page = design.pages[0]
    assert (page.width, page.height) == (297, 210)
    assert {run.painted for run in page.runs} == {Painted.PAINTED}
    assert list(design.undecided) == []
    (title,) = the_one(design, "职业技能等级证书")
    assert title.size_pt == pytest.approx(30, abs=0.1)
    assert title.boxes[0].x0 == pytest.approx(38.9, abs=0.2)
    assert [graphic.near_round for graphic in page.graphics if graphic.pixels] == [
        True,
        False,
        False,
    ]
    assert [code.text[:8] for code in page.codes] == ["https://"]


@pytest.mark.parametrize(
    "way",
    [Way.VISIBLE, Way.ON_DARK, Way.SCALED, Way.ROTATED, Way.VERTICAL, Way.TWO_BOXES, Way.SPACED],
)
def test_what_an_eye_sees_is_painted(way: Way, reads: Reads) -> None:
    block = the_one(planted(reads, way))
    assert {run.painted for run in block} == {Painted.PAINTED}
    assert all(run.size_pt == pytest.approx(14, abs=0.1) for run in block)


@pytest.mark.parametrize(
    ("way", "hiding"),
    [
        (Way.WHITE, Hiding.SAME_COLOUR),
        (Way.TRANSPARENT, Hiding.TRANSPARENT),
        (Way.MARKED_HIDDEN, Hiding.MARKED_HIDDEN),
        (Way.COVERED, Hiding.COVERED),
        (Way.OFF_PAGE, Hiding.OFF_PAGE),
        (Way.TINY, Hiding.TINY),
    ],
)
def test_what_no_eye_sees_says_how_it_hides(way: Way, hiding: Hiding, reads: Reads) -> None:
    (run,) = the_one(planted(reads, way))
    assert (run.painted, run.hiding) == (Painted.UNPAINTED, (hiding,))


@pytest.mark.parametrize("way", [Way.DEFS, Way.ALT_TEXT, Way.PROPERTY])
def test_what_is_never_drawn_is_read_beside_the_page(way: Way, reads: Reads) -> None:
    (run,) = the_one(planted(reads, way))
    assert (run.channel, run.page, run.painted) == (Channel.PART, 0, Painted.UNPAINTED)


def test_outlined_text_is_undecided_at_its_place(reads: Reads) -> None:
    outline = pdf.outline_path(WORD, 90, 165, 14)
    (one,) = reads("a.svg", drawing(f'<path d="{outline}"/>', 297, 210)).undecided
    assert one.reason == "outlined-text"
    assert one.box is not None
    assert one.box.overlap(Box(90, 160, 109, 166)) > 80


def drawing(inside: str, width: int = 100, height: int = 100) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}" font-size="5">'
        f"{inside}</svg>"
    )


@pytest.mark.parametrize(
    "inside",
    [
        f'<defs><text id="t" x="5" y="9">{WORD}</text></defs><use href="#t" y="20"/>',
        f'<symbol id="s"><text x="5" y="9">{WORD}</text></symbol><use xlink:href="#s"/>',
        f'<text x="50" y="9" text-anchor="middle">{WORD}</text>',
        f"<text>{WORD}</text>",
        '<text x="5" y="20"><tspan fill="red">国</tspan><tspan>家</tspan>职业</text>',
        f'<switch><g><a><text x="5" y="20">{WORD}</text></a></g></switch>',
        f'<style>.a{{fill:#000}} #b{{fill:none}}</style><text class="a" x="5" y="20">{WORD}</text>',
    ],
)
def test_every_way_of_writing_is_followed(inside: str, reads: Reads) -> None:
    assert {run.painted for run in the_one(reads("a.svg", drawing(inside)))} == {Painted.PAINTED}


def test_lines_of_one_text_are_apart_unless_the_first_was_full(reads: Reads) -> None:
    inside = '<text><tspan x="5" y="20">张建国</tspan><tspan x="5" y="27">家政服务员</tspan></text>'
    assert found(reads("a.svg", drawing(inside)), "国家") == []


def test_a_long_line_goes_on_in_the_next(reads: Reads) -> None:
    line = "本证书表明持证人通过本机构组织的中国"
    inside = f'<text x="5" y="20">{line}</text><text x="5" y="27">家级技能等级认定合格</text>'
    block = the_one(reads("a.svg", drawing(inside)), "国家")
    assert [run.joined for run in block] == [Joined.FIRST, Joined.NEXT_LINE]


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ('<image href="http://example.com/a.png" width="9" height="9"/>', "external"),
        ('<use href="other.svg#a"/>', "external"),
        ("<script>1</script>", "script"),
        ('<rect onclick="x()" width="9" height="9"/>', "script"),
        ("<foreignObject><div>国家</div></foreignObject>", "foreign-object"),
        (
            '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>',
            "nested-drawing",
        ),
    ],
)
def test_what_is_not_followed_is_undecided(inside: str, reason: str, reads: Reads) -> None:
    design = reads("a.svg", drawing(inside))
    assert reason in {undecided.reason for undecided in design.undecided}


def test_a_short_entity_of_illustrator_is_read(reads: Reads) -> None:
    head = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/y.dtd" [<!ENTITY w "国家">]>'
    design = reads("a.svg", head + drawing('<text x="5" y="20">&w;职业</text>'))
    assert the_one(design)
