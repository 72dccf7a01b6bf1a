"""What is proposed from a scan: what is on the sheet is seen, what is not is not, and values stand on their lines."""

from pathlib import Path

import blank_sheet
import numpy as np
import pytest
from PIL import Image, ImageDraw

from certgen.compose import Composer
from certgen.exchange.agency import Agency
from certgen.layouts import national_2021
from certgen.standards.forms import FormId
from certgen.stock import drafting, edges, proposing, reading, scanning, writing
from certgen.stock.definition import FRONT, Key, Layer, Of, State, Stock
from certgen.stock.proposing import Proposed
from tests.render.builders import fonts
from tests.stock.scans import SHEET

NEAR = 0.2  # mm, of a scan at 150 dpi


@pytest.fixture(scope="module")
def stock(folder: Path, proposed: Proposed) -> Stock:
    assert proposed.tree["scan"]["file"] == "blank.jpg"
    return reading.load(folder / "stock.toml")


def test_what_is_on_the_sheet_is_seen(stock: Stock) -> None:
    wanted = {
        text.id
        for text in national_2021.style_1().texts
        if text.static and text.id not in {"sample_mark", "provincial_query"}
    } | {"print_number.value"}
    printed = {key.slot for key, state in stock.states.items() if state is State.PRINTED}
    assert wanted <= printed
    assert {f"{field}.line" for field in national_2021.FIELDS} <= printed
    assert stock.states[Key(FRONT, "provincial_query")] is State.NONE
    assert stock.shows(Key(FRONT, "name.value"), Layer.DATA)


def test_values_stand_on_the_printed_lines_as_in_the_layout(stock: Stock, agency: Agency) -> None:
    before = national_2021.style_1()
    lines = {rule.id: rule for rule in before.rules}
    printed = {rule.id: rule for rule in blank_sheet.as_printed(agency).sides[FRONT].rules}
    texts = {text.id: text for text in before.texts}
    placed = {text.id: text for text in stock.sides[FRONT].texts}
    for field in national_2021.FIELDS:
        line, there = lines[f"{field}.line"], printed[f"{field}.line"]
        was, now = texts[f"{field}.value"], placed[f"{field}.value"]
        assert (there.x0, there.y) != (line.x0, line.y)
        assert now.baseline == pytest.approx(was.baseline + there.y - line.y, abs=NEAR)
        assert now.x0 == pytest.approx(was.x0 + there.x0 - line.x0, abs=NEAR)
        assert now.x1 == pytest.approx(was.x1 + there.x1 - line.x1, abs=NEAR)


def test_every_proposal_says_how_it_was_come_by(proposed: Proposed) -> None:
    assert proposed.remarks[Key(FRONT, "title.zh")].startswith("已印好？墨迹 ")
    assert "put onto the line at y = 7" in proposed.remarks[Key(FRONT, "name.value")]
    assert proposed.snapped == 7
    assert proposed.loose == ["issue_date.value.zh", "issue_date.value.en"]


def erased(folder: Path, stock: Stock, boxes: list[tuple[float, float, float, float]]) -> Path:
    """The straight sheet with boxes of bare paper on it."""
    assert stock.scan is not None
    sheet = scanning.straightened(stock.scan, SHEET, 150)
    pen = ImageDraw.Draw(sheet)
    for box in boxes:
        pen.rectangle([edge * 150 / 25.4 for edge in box], fill=(247, 244, 234))
    sheet.save(folder / "erased.jpg", quality=90)
    return folder / "erased.jpg"


def test_what_is_not_on_the_sheet_is_data_or_left_out(
    tmp_path: Path, stock: Stock, agency: Agency
) -> None:
    title, english_name, line = (20, 26, 148, 40), (160, 71.3, 196, 76.5), (194, 68, 280, 73)
    path = erased(tmp_path, stock, [title, english_name, line])
    found = edges.find(path, SHEET)
    of = Of(FormId.NATIONAL_2021)
    made = proposing.propose(found, of, "1", Composer(agency, None, fonts()), tmp_path)
    states = {slot: drafting.row_of(made.tree, Key(FRONT, slot))["state"] for slot in (
        "title.zh", "title.en", "name.label.en", "name.line", "job.line",
    )}  # fmt: skip
    assert (
        states
        == {
            "title.zh": "data",  # a required content (人社鉴发〔2021〕1号 二(一)) is printed if it is not there
            "title.en": "printed",
            "name.label.en": "none",
            "name.line": "none",
            "job.line": "printed",
        }
    )
    assert "name.value" in made.loose
    assert reading.read("stock.toml", writing.dumps(made.tree), tmp_path)


def test_without_an_agency_file_the_boxes_are_looked_at(tmp_path: Path, stock: Stock) -> None:
    assert stock.scan is not None
    found = edges.Found(stock.scan, by_edges=True, tagged_dpi=150)
    made = proposing.propose(found, Of(FormId.NATIONAL_2021), "1", None, tmp_path)
    for slot, state in (
        ("title.zh", "printed"),
        ("job.label.zh", "printed"),
        ("provincial_query", "none"),
    ):
        assert drafting.row_of(made.tree, Key(FRONT, slot))["state"] == state
    assert made.snapped == 7


def test_a_bare_sheet_has_nothing_on_it(tmp_path: Path, agency: Agency) -> None:
    grain = np.random.default_rng(3).normal(240, 4, (1240, 1754)).clip(0, 255).astype(np.uint8)
    Image.fromarray(grain).save(tmp_path / "bare.jpg")
    found = edges.find(tmp_path / "bare.jpg", SHEET)
    of = Of(FormId.NATIONAL_2021)
    made = proposing.propose(found, of, "1", Composer(agency, None, fonts()), tmp_path)
    assert (made.printed, made.snapped) == (0, 0)


def test_lines_closer_than_the_layouts_leave_one_line_to_a_value(
    agency: Agency, tmp_path: Path
) -> None:
    sheet = Image.new("L", (2339, 1654), 245)  # 200 dpi
    pen = ImageDraw.Draw(sheet)
    for number in range(7):
        y = round((77.5 + number * 9.0) * 200 / 25.4)
        pen.line((round(195 * 200 / 25.4), y, round(273 * 200 / 25.4), y), fill=0, width=2)
    sheet.save(tmp_path / "narrow.png")
    found = edges.find(tmp_path / "narrow.png", SHEET)
    of = Of(FormId.NATIONAL_2021)
    made = proposing.propose(found, of, "1", Composer(agency, None, fonts()), tmp_path)
    rows = [
        drafting.row_of(made.tree, Key(FRONT, f"{field}.value")) for field in national_2021.FIELDS
    ]
    assert [row.get("max_lines") for row in rows[1:4]] == [1, 1, 1]
    baselines = [row["baseline"] for row in rows]
    assert baselines == pytest.approx([76.2 + number * 9.0 for number in range(7)], abs=NEAR)
    assert reading.read("stock.toml", writing.dumps(made.tree), tmp_path)
