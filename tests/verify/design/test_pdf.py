"""Reading a PDF: every way in which text stands on a page or hides, measured on designs of our own."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from certgen.model.box import Box
from certgen.model.page import TextRun
from tests.design_samples import pages, pdf
from tests.design_samples.pages import Plant, Way
from tests.verify.design.designs import FILING
from tests.verify.design.finding import WORD, found, the_one
from verify.design.design import Channel, Design, Hiding, Joined, Painted
from verify.design.linter import lint
from verify.design.profiles import combined

Reads = Callable[..., Design]


@pytest.fixture(name="planted")
def planted_(reads: Callable[[str, bytes], Design]) -> Reads:
    """Our page with things planted, as it is read back."""
    return lambda *plants: reads("design.pdf", pdf.drawn(pages.a_page(), plants))


def test_an_untouched_design_is_all_painted_and_nothing_is_undecided(planted: Reads) -> None:
    design = planted()
    assert {(run.painted, run.hiding) for run in design.pages[0].runs} == {(Painted.PAINTED, ())}
    assert list(design.undecided) == []


def test_a_print_file_is_as_large_as_its_trim_box_and_is_read_beyond_it(reads: Reads) -> None:
    made, around = BytesIO(), 28.35  # points: 10 mm
    with pikepdf.open(BytesIO(pdf.drawn(pages.a_page()))) as file:
        page = file.pages[0]
        left, bottom, right, top = map(float, page.mediabox)
        page.trimbox = pikepdf.Array([left, bottom, right, top])
        page.mediabox = pikepdf.Array(
            [left - around, bottom - around, right + around, top + around]
        )
        file.save(made)
    (read,) = reads("print.pdf", made.getvalue()).pages
    assert read.trim is not None
    assert (round(read.width), round(read.height)) == (317, 230)
    assert [
        round(edge) for edge in (read.trim.x0, read.trim.y0, read.trim.width, read.trim.height)
    ] == [
        *(10, 10),
        *(297, 210),
    ]
    assert not any(run.hiding for run in read.runs)


@pytest.mark.parametrize(
    "way",
    [
        Way.VISIBLE,
        Way.SCALED,
        Way.SPACED,
        Way.TWO_BOXES,
        Way.VERTICAL,
        Way.ROTATED,
        Way.ROUND,
        Way.FAKE_BOLD,
        Way.FORM_XOBJECT,
        Way.ON_DARK,
        Way.STAMPED,
    ],
)
def test_what_an_eye_sees_is_read_once_and_as_painted(way: Way, planted: Reads) -> None:
    design = planted(Plant(WORD, way))
    block = the_one(design)
    assert {run.painted for run in block} == {Painted.PAINTED}
    assert all(run.size_pt == pytest.approx(14, abs=0.1) for run in block)
    assert "".join(run.text for run in block) == WORD


@pytest.mark.parametrize(
    ("way", "hiding"),
    [
        (Way.WHITE, Hiding.SAME_COLOUR),
        (Way.INVISIBLE_MODE, Hiding.INVISIBLE_MODE),
        (Way.TRANSPARENT, Hiding.TRANSPARENT),
        (Way.COVERED, Hiding.COVERED),
        (Way.UNDER_PICTURE, Hiding.COVERED),
        (Way.UNDER_TYPE, Hiding.SAME_COLOUR),
        (Way.CLIPPED, Hiding.CLIPPED),
        (Way.OFF_PAGE, Hiding.OFF_PAGE),
        (Way.TINY, Hiding.TINY),
        (Way.LAYER_OFF, Hiding.LAYER_OFF),
    ],
)
def test_what_no_eye_sees_is_read_and_how_it_hides_is_said(
    way: Way, hiding: Hiding, planted: Reads
) -> None:
    (run,) = the_one(planted(Plant(WORD, way)))
    assert (run.painted, run.hiding) == (Painted.UNPAINTED, (hiding,))


@pytest.mark.parametrize(
    ("way", "channel"),
    [
        (Way.TITLE, Channel.METADATA),
        (Way.XMP, Channel.METADATA),
        (Way.ATTACHMENT, Channel.ATTACHMENT),
        (Way.BOOKMARK, Channel.BOOKMARK),
        (Way.ANNOTATION, Channel.ANNOTATION),
        (Way.FORM_FIELD, Channel.FORM),
        (Way.LAYER_NAME, Channel.LAYER),
    ],
)
def test_what_stands_beside_the_page_is_read(way: Way, channel: Channel, planted: Reads) -> None:
    (run,) = the_one(planted(Plant(WORD, way)))
    assert (run.channel, run.painted) == (channel, Painted.UNPAINTED)
    assert run.where


@pytest.mark.parametrize(
    ("way", "reason"), [(Way.OUTLINED, "outlined-text"), (Way.IN_PICTURE, "picture-text")]
)
def test_text_that_is_no_text_is_undecided_at_its_place(
    way: Way, reason: str, planted: Reads
) -> None:
    design = planted(Plant(WORD, way, x=90, y=165))
    (undecided,) = design.undecided
    assert (undecided.reason, undecided.page) == (reason, 1)
    assert undecided.box is not None
    assert undecided.box.overlap(Box(90, 160, 109, 166)) > 80


def test_every_slot_of_our_page_is_a_block_of_its_own_at_its_place(planted: Reads) -> None:
    page = pages.a_page()
    design = planted()
    for slot in {item.slot for item in page.items if isinstance(item, TextRun)}:
        runs = [item for item in page.items if isinstance(item, TextRun) and item.slot == slot]
        for item in runs:
            blocks = found(design, item.text)
            assert blocks, item
            read_runs = [run for block in blocks for run in block if item.text in run.text]
            best = min(read_runs, key=lambda run: abs(run.boxes[0].x0 - item.x))
            at = best.text.index(item.text)
            assert best.boxes[at].x0 == pytest.approx(item.x, abs=0.2)
            end = best.boxes[at + len(item.text.rstrip()) - 1].x1
            assert end <= item.x + item.width + 0.2
            assert best.size_pt == pytest.approx(item.size_pt, abs=0.1)
            assert best.face == item.face.partition("@")[0]


def test_two_fields_never_read_on(reads: Callable[[str, bytes], Design]) -> None:
    page = pages.with_text(pages.a_page(), "name.value", "张建国")
    page = pages.with_text(page, "identity_type.value", "家政服务员")
    design = reads("design.pdf", pdf.drawn(page))
    assert found(design, "国家") == []
    assert "".join(run.text for run in the_one(design, "张建国")) == "张建国"


@pytest.mark.parametrize("leading", [5.0, 6.0, 8.0])
@pytest.mark.parametrize(
    "words", [("张建国", "家政服务员"), ("王建国", "家政员"), ("国", "家政服务员")]
)
def test_two_values_without_labels_never_read_on(
    words: tuple[str, str], leading: float, planted: Reads
) -> None:
    plants = [Plant(word, x=200, y=20 + n * leading, size_pt=12) for n, word in enumerate(words)]
    design = planted(*plants)
    assert found(design, "国家") == []
    report = lint(design, combined(), FILING)
    assert not any(one.read == "国家" for one in report.findings if one.kind.above_exempt)


def test_a_paragraph_reads_on_across_its_lines(planted: Reads) -> None:
    design = planted()
    joins = [run.joined for run in the_one(design, "表明持证人")]
    assert Joined.NEXT_LINE in joins
    assert "认定，具备该职业" in "".join(run.text for run in the_one(design, "表明持证人"))


def test_characters_that_a_browser_sets_one_by_one_make_the_same_blocks(
    reads: Callable[[str, bytes], Design],
) -> None:
    page = pages.a_page()
    whole = reads("design.pdf", pdf.drawn(page))
    apart = reads("design.pdf", pdf.drawn(pages.apart(page)))
    assert texts(apart) == texts(whole)


def texts(design: Design) -> list[str]:
    return sorted("".join(run.text for run in block) for block in design.blocks())


def test_a_label_without_a_colon_does_not_read_on_into_its_value(planted: Reads) -> None:
    design = planted(
        Plant("姓名", x=40, y=130, size_pt=12), Plant("张国", x=49.4, y=130, size_pt=12)
    )
    assert found(design, "姓名张国") == []
    assert the_one(design, "张国")
