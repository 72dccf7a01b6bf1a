"""A stock definition: what it says comes back, and whatever is wrong with it is said with its line."""

from pathlib import Path
from typing import Any

import pytest

from certgen.errors import LayoutError
from certgen.exchange.agency import SealSide
from certgen.layouts import national_2021
from certgen.layouts.own_template import template
from certgen.standards.forms import FormId
from certgen.stock import reading, writing
from certgen.stock.dates import PARTS, WHOLE
from certgen.stock.definition import FRONT, Key, Layer, Of, State
from tests.stock.definitions import a_stock, a_tree, changed

EVERY_FORM = [
    Of(FormId.NATIONAL_2021),
    Of(FormId.NATIONAL_2021, seal_side=SealSide.LEFT),
    Of(FormId.NATIONAL_2021, branch=True),
    Of(FormId.NATIONAL_2019),
    Of(FormId.SPECIAL_ABILITY),
    Of(FormId.SUPERVISOR_CARD),
]


@pytest.mark.parametrize("of", EVERY_FORM, ids=str)
def test_what_is_written_is_read_again(of: Of) -> None:
    stock = a_stock(a_tree(of))
    assert stock.of == of
    assert [(one.width, one.height) for one in stock.sides] == [
        (one.width, one.height) for one in of.sides()
    ]
    assert [text.id for side in stock.sides for text in side.texts] == [
        text.id for side in of.form_sides() for text in side.texts
    ]
    tree = reading.tree_of("stock.toml", writing.dumps(a_tree(of)))
    assert writing.dumps(tree) == writing.dumps(a_tree(of))


def test_a_place_and_a_shift_move_a_slot_and_leave_its_type_alone() -> None:
    tree = changed(a_tree(), "name.value", x0=190.0, x1=260.0, baseline=70.0)
    stock = a_stock(changed(tree, "code.value", dx=1.5, dy=-0.5))
    texts = {text.id: text for text in stock.sides[FRONT].texts}
    before = {text.id: text for text in national_2021.style_1().texts}
    name, code = texts["name.value"], texts["code.value"]
    assert (name.x0, name.x1, name.baseline) == (190.0, 260.0, 70.0)
    assert code.x0 == before["code.value"].x0 + 1.5
    assert code.baseline == before["code.value"].baseline - 0.5
    for slot in ("name.value", "code.value"):
        assert (texts[slot].size_pt, texts[slot].parts) == (
            before[slot].size_pt,
            before[slot].parts,
        )
    assert texts["job.value"] == before["job.value"]


def test_a_moved_paragraph_follows_no_other_and_keeps_its_height() -> None:
    tree = changed(a_tree(), "body.en", state="data", x0=22.0, x1=140.0, baseline=101.0)
    (body,) = [one for one in a_stock(tree).sides[FRONT].texts if one.id == "body.en"]
    assert (body.after, body.gap, body.baseline) == ("", 0.0, 101.0)
    assert body.bottom == 171 + 101.0 - 61


def test_values_on_narrow_lines_take_one_line_each() -> None:
    tree = changed(a_tree(), "identity_type.value", dx=0, dy=-3)
    with pytest.raises(LayoutError, match="max_lines = 1"):
        a_stock(tree)
    stock = a_stock(changed(tree, "identity_type.value", max_lines=1))
    (slot,) = [one for one in stock.sides[FRONT].texts if one.id == "identity_type.value"]
    assert slot.max_lines == 1


@pytest.mark.parametrize("of", EVERY_FORM[:5], ids=str)
def test_a_date_goes_into_three_blanks_where_the_sheet_has_them(of: Of) -> None:
    tree = a_tree(of)
    whole = next(row["id"] for row in tree["slot"] if row["id"] in WHOLE)
    tree = changed(tree, whole, state="none")
    with pytest.raises(LayoutError, match=r"in parts \(issue_date.value.* none, all three data\)"):
        a_stock(tree)
    for part in PARTS:
        tree = changed(tree, part, state="data")
    stock = a_stock(tree)
    ids = [text.id for text in stock.sides[FRONT].texts]
    assert whole not in ids
    assert set(PARTS) <= set(ids)
    with pytest.raises(LayoutError, match="the issue date is printed whole"):
        a_stock(changed(tree, whole, state="data"))


def test_a_slot_that_the_stock_has_not_is_in_no_layer() -> None:
    stock = a_stock(changed(a_tree(), "name.label.en", state="none"))
    key = Key(FRONT, "name.label.en")
    assert not any(stock.shows(key, layer) for layer in Layer)
    assert key.slot not in {text.id for text in stock.sides[FRONT].texts}
    assert stock.shows(Key(FRONT, "name.label.zh"), Layer.STATIC)
    assert stock.shows(Key(FRONT, "photo"), Layer.PROOF)
    assert stock.states[Key(FRONT, "seal.agency")] is State.NONE


def test_the_check_mark_stands_behind_the_print_number_or_at_the_foot() -> None:
    (number,) = [o for o in national_2021.style_1().texts if o.id == "print_number.value"]
    assert a_stock().check == (number.x0 + 34, number.baseline)
    assert a_stock(a_tree(Of(FormId.NATIONAL_2019))).check == (14.0, 205.0)
    assert a_stock(a_tree() | {"check": {"x": 250.0, "y": 203.0}}).check == (250.0, 203.0)


def test_an_own_layout_is_read_from_beside_the_definition(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(template(national_2021.style_1()), encoding="utf-8")
    of = Of(FormId.NATIONAL_2021, layout_file=tmp_path / "own.toml")
    tree = a_tree(of) | {"layout_file": "own.toml"}
    assert a_stock(tree, tmp_path).of == of


# What is refused, with its line

_TEXT = writing.dumps(a_tree())
_MOVED = writing.dumps(changed(a_tree(), "name.value", x0=196.0, x1=273.0, baseline=69.6))


def _refusals() -> dict[str, tuple[str, str, str, str, str]]:
    name = 'id = "name.value"\nstate = "data"'
    moved = f"{name}\nx0 = 196\nx1 = 273\nbaseline = 69.6"
    qr = '[qr]\nstate = "data"'
    return {
        # text, what is put in whose place, place, words
        "no TOML": (_TEXT, "format = 1", "format", "", "not valid TOML"),
        "unknown key": (
            _TEXT,
            "version = ",
            'versoin = "1"\nversion = ',
            "versoin",
            "did you mean version",
        ),
        "other format": (_TEXT, "format = 1", "format = 2", "format", "reads format 1 only"),
        "no version": (_TEXT, '"2026年版"', '""', "version", "required"),
        "unknown form": (_TEXT, '"national-2021"', '"national-2020"', "form", "must be one of"),
        "unknown side": (_TEXT, '"right"', '"middle"', "seal_side", "must be one of"),
        "branch": (
            _TEXT,
            '"national-2021"\nbranch = false',
            '"national-2019"\nbranch = true',
            "branch",
            "no sample for branches",
        ),
        "tiny sheet": (_TEXT, "width = 297", "width = 3", "width", "between 40 and 1200"),
        "endless sheet": (_TEXT, "width = 297", "width = inf", "width", "no sensible number"),
        "no number": (_TEXT, "x = 176", "x = nan", "photo.x", "no sensible number"),
        "unknown slot": (
            _TEXT,
            '"name.value"',
            '"nmae.value"',
            "slot[6].id",
            "did you mean name.value",
        ),
        "slot twice": (_TEXT, '"name.label.en"', '"name.label.zh"', "slot[7].id", "given twice"),
        "slot missing": (
            _TEXT,
            '[[slot]]\nid = "name.label.zh"\nstate = "printed"\n',
            "",
            "slot",
            "name.label.zh is missing",
        ),
        "unknown state": (
            _TEXT,
            name,
            'id = "name.value"\nstate = "maybe"',
            "slot[6].state",
            "must be one of",
        ),
        "no such side": (_TEXT, name, f"{name}\nside = 2", "slot[6].id", "no such side"),
        "side nought": (_TEXT, name, f"{name}\nside = 0", "slot[6].id", "no such side"),
        "unknown seal": (
            _TEXT,
            'owner = "agency"',
            'owner = "mayor"',
            "seal[0].owner",
            "has no seal.mayor",
        ),
        "place and shift": (_MOVED, moved, f"{moved}\ndx = 1", "slot[6].dx", "not both"),
        "place of a line": (
            _TEXT,
            'id = "name.line"',
            'id = "name.line"\nx0 = 1',
            "slot[39].x0",
            "a line is moved by dx",
        ),
        "too many lines": (
            _TEXT,
            name,
            f"{name}\nmax_lines = 3",
            "slot[6].max_lines",
            "must be 1 to 2",
        ),
        "lines of a line": (
            _TEXT,
            'id = "name.line"',
            'id = "name.line"\nmax_lines = 1',
            "slot[39].max_lines",
            "only a text has lines",
        ),
        "printed value": (
            _TEXT,
            name,
            'id = "name.value"\nstate = "printed"',
            "slot[6].state",
            "can only be data",
        ),
        "value left out": (
            _TEXT,
            name,
            'id = "name.value"\nstate = "none"',
            "slot[6].state",
            "can only be data",
        ),
        "sample mark": (
            _TEXT,
            'id = "sample_mark"\nstate = "data"',
            'id = "sample_mark"\nstate = "printed"',
            "slot[0].state",
            "sample agencies",
        ),
        "QR left out": (_TEXT, qr, '[qr]\nstate = "none"', "qr.state", "cannot be left out"),
        "title left out": (
            _TEXT,
            'id = "title.zh"\nstate = "printed"',
            'id = "title.zh"\nstate = "none"',
            "slot",
            "title: add it; it is neither printed already nor data (人社鉴发〔2021〕1号 二(一))",
        ),
        "query left out": (
            _TEXT,
            'id = "certificate_query"\nstate = "printed"',
            'id = "certificate_query"\nstate = "none"',
            "slot",
            "Certificate Information",
        ),
        "beyond the edge": (_MOVED, "x1 = 273", "x1 = 298", "slot[6]", "beyond the sheet of 297"),
        "above the edge": (
            _MOVED,
            "baseline = 69.6",
            "baseline = 2",
            "slot[6]",
            "beyond the sheet",
        ),
        "backwards": (_MOVED, "x1 = 273", "x1 = 195", "slot[6]", "x1 must be greater"),
        "overlap": (
            _MOVED,
            "baseline = 69.6",
            "baseline = 80.8",
            "slot[6]",
            "overlap: move one of them or give it max_lines = 1",
        ),
        "photo on text": (_TEXT, "x = 176", "x = 220", "photo", "photo and qr overlap"),
        "mark off the sheet": (
            _TEXT,
            "[photo]",
            "[check]\nx = 290\ny = 200\n\n[photo]",
            "check",
            "beyond the sheet",
        ),
        "coarse scan": (
            _TEXT,
            "[photo]",
            '[scan]\nfile = "a.png"\ndpi = 5\n\n[photo]',
            "scan.dpi",
            "between 50 and 2400",
        ),
        "askew scan": (
            _TEXT,
            "[photo]",
            '[scan]\nfile = "a.png"\ndpi = 200\nangle_deg = 45\n\n[photo]',
            "scan.angle_deg",
            "lay the sheet straight",
        ),
    }


@pytest.mark.parametrize("case", _refusals())
def test_what_is_wrong_is_said_with_its_line(case: str) -> None:
    text, old, new, place, words = _refusals()[case]
    assert old in text
    with pytest.raises(LayoutError) as refused:
        reading.read("stock.toml", text.replace(old, new, 1), Path())
    zh, en = refused.value.said
    assert words in en
    if place:
        (line,) = [one for one in en.split("\n") if f"  {place}: " in one and words in one]
        number = int(line.removeprefix("stock.toml:").partition(" ")[0])
        key = place.rpartition(".")[2] if "." in place else place.partition("[")[0]
        assert key in text.replace(old, new, 1).split("\n")[number - 1]
    assert zh != en


@pytest.mark.parametrize("of", EVERY_FORM[3:], ids=str)
def test_the_other_forms_leave_out_only_what_is_optional(of: Of) -> None:
    tree = a_tree(of)
    label = next(row["id"] for row in tree["slot"] if row["state"] == "printed")
    with pytest.raises(LayoutError, match="this form always has it"):
        a_stock(changed(tree, label, state="none"))


def hostile() -> dict[str, bytes]:
    return {
        "nested": b"a = " + b"[" * 100_000,
        "huge": b"#" * 200_001,
        "number": _TEXT.encode().replace(b"297", b"9" * 4000, 1),
        "not UTF-8": b"\xff\xfe",
        "binary": bytes(range(256)),
        "empty": b"",
        "many": b"slot = [" + b'{id="x"},' * 20_000 + b"]",
        "keys": "".join(f"k{n} = 1\n" for n in range(9_000)).encode(),
        "rows": b"slot = 1\nseal = [1, 2]\nqr = []\n",
    }


@pytest.mark.parametrize("case", hostile())
def test_a_hostile_file_is_refused_in_words(case: str, tmp_path: Path) -> None:
    (tmp_path / "stock.toml").write_bytes(hostile()[case])
    with pytest.raises(LayoutError) as refused:
        reading.load(tmp_path / "stock.toml")
    assert "stock.toml" in refused.value.said.zh


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(LayoutError, match="cannot read the stock definition"):
            reading.load(path)


def test_remarks_stand_above_their_slots_and_numbers_have_four_decimals() -> None:
    tree: Any = changed(a_tree(), "name.value", dx=0.123456, dy=-0.00001)
    text = writing.dumps(tree, {Key(FRONT, "name.value"): "靠到横线"})
    assert '# 靠到横线\n[[slot]]\nid = "name.value"\nstate = "data"\ndx = 0.1235\ndy = 0\n' in text
