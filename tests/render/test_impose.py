"""Imposition: how many fit, marks where the knife goes, backs behind their fronts, nothing lost."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from certgen.errors import InputError
from certgen.model.record import Record
from certgen.render.impose import Grid, Order, Sheet, Turn, grid_for, impose
from certgen.render.paper import PrintFile
from certgen.render.plan import Usage, make_plan
from certgen.render.signature import Signing
from tests.render.builders import MADE, Form, a_portrait, draw_seals, fonts
from tests.render.other_forms import the_other_forms
from verify.preflight.check import preflight

PT = 72 / 25.4
NAMES = ("甲", "乙", "丙", "丁", "戊")
CODES = tuple(f"Y01899926{9 - nth:04}" for nth in range(len(NAMES)))


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five cards, ten pages; their numbers run against the order of the roster."""
    folder = tmp_path_factory.mktemp("cards")
    card = the_other_forms(draw_seals(folder / "seals"))["supervisor"]
    records = tuple(_named(card, name) for name in NAMES)
    form = Form(card.agency, None, records)
    file = io.BytesIO()
    pdf = PrintFile(file, "样例", MADE)
    usage = Usage()
    for code, record in zip(CODES, records, strict=True):
        usage.add(form.composer.values(record, code))
    plan = make_plan(form.composer, None, fonts(), usage, Signing.NOBODY)
    for code, record in zip(CODES, records, strict=True):
        pdf.add(plan, form.composer, record, code, a_portrait())
    pdf.finish()
    path = folder / "print-1.pdf"
    path.write_bytes(file.getvalue())
    return path


def _named(form: Form, name: str) -> Record:
    return replace(form.record, name=name)


@pytest.mark.parametrize(
    ("copy", "sheet", "columns", "rows"),
    [
        pytest.param((80, 110), "A4", 2, 2, id="cards on A4"),
        pytest.param((80, 110), "SRA3", 5, 2, id="cards on SRA3, turned"),
        pytest.param((210, 148), "A3", 1, 2, id="special-ability certificates on A3"),
        pytest.param((210, 148), "SRA3", 1, 2, id="and on SRA3"),
    ],
)
def test_as_many_as_fit(copy: tuple[float, float], sheet: str, columns: int, rows: int) -> None:
    grid = grid_for(*copy, Sheet.named(sheet))
    assert (grid.columns, grid.rows) == (columns, rows)


@pytest.mark.parametrize("turn", Turn)
@pytest.mark.parametrize("sheet", [Sheet(210, 297), Sheet(297, 210)], ids=["upright", "lying"])
def test_every_back_lies_behind_its_front_when_the_sheet_is_turned(
    sheet: Sheet, turn: Turn
) -> None:
    grid = Grid(sheet, 40, 50, 3, 2)
    over_upright_edge = (sheet.height >= sheet.width) == (turn is Turn.LONG_EDGE)
    for place in range(grid.count):
        x, y = grid.corner(place, back=False, turn=turn)
        other_column, other_row = (
            (sheet.width - x - grid.width, y),
            (x, sheet.height - y - grid.height),
        )
        behind = other_column if over_upright_edge else other_row
        assert grid.corner(place, back=True, turn=turn) == pytest.approx(behind, abs=1e-9)


@pytest.mark.parametrize("sheet", ["A4", "SRA3"])
def test_every_copy_is_there_once_and_in_order(cards: Path, sheet: str, tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    grid = impose(cards, out, Sheet.named(sheet), Turn.LONG_EDGE)
    document = pypdfium2.PdfDocument(out)
    fronts = [document[n].get_textpage().get_text_range() for n in range(0, len(document), 2)]
    document.close()
    assert len(fronts) == -(-len(NAMES) // grid.count)
    assert all("".join(fronts).count(code) == 1 for code in CODES)
    assert all(code in fronts[nth // grid.count] for nth, code in enumerate(CODES))


def test_by_number_the_last_row_of_the_roster_comes_first(cards: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    impose(cards, out, Sheet.named("120x150"), Turn.LONG_EDGE, Order.NUMBER)
    document = pypdfium2.PdfDocument(out)
    first = document[0].get_textpage().get_text_range()
    document.close()
    assert CODES[-1] in first


def test_marks_stand_at_every_trimmed_edge_and_outside_every_bleed(
    cards: Path, tmp_path: Path
) -> None:
    out = tmp_path / "sheets.pdf"
    grid = impose(cards, out, Sheet.named("A4"), Turn.LONG_EDGE)
    with pikepdf.open(out) as pdf:
        steps = list(pikepdf.parse_content_stream(pdf.pages[0]))
    lines = [
        tuple(float(n) / PT for one in steps[at - 2 : at] for n in one.operands)
        for at, step in enumerate(steps)
        if str(step.operator) == "S"
    ]
    assert len(lines) == 2 * (2 * grid.columns + 2 * grid.rows)
    boxes = [grid.corner(place, back=False, turn=Turn.LONG_EDGE) for place in range(grid.count)]
    for x0, y0, x1, y1 in lines:
        for x, y in boxes:
            outside = (
                max(x0, x1) <= x - 3 or min(x0, x1) >= x + grid.width + 3
                or max(y0, y1) <= y - 3 or min(y0, y1) >= y + grid.height + 3
            )  # fmt: skip
            assert outside


def test_the_sheets_pass_the_pre_flight(cards: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    impose(cards, out, Sheet.named("SRA3"), Turn.SHORT_EDGE)
    assert [finding for finding in preflight(out) if finding.refuses] == []


@pytest.mark.parametrize("name", ["", "B7", "10x10", "axb", "210x", "1e9x5"])
def test_an_unknown_sheet_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="sheet"):
        Sheet.named(name)


def test_what_does_not_fit_is_refused_with_both_sizes() -> None:
    with pytest.raises(InputError, match="297 × 210"):
        grid_for(297, 210, Sheet.named("A4"))


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    with pytest.raises(InputError, match="no print file"):
        impose(path, tmp_path / "out.pdf", Sheet.named("A4"), Turn.LONG_EDGE)
