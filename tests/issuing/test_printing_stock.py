"""`certgen print` onto sheets that a definition describes: only what is not on them, only where it fits."""

import os
import shutil
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from office import BRANCH, MAIN, Office
from pypdfium2 import raw

from certgen import api, overprinting
from certgen.calibration import profiles
from certgen.calibration.measuring import Method
from certgen.calibration.profiles import Key, Profile
from certgen.errors import InputError, LayoutError, StorageError
from certgen.exchange import agency_file
from certgen.fonts import fontset
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.issuing.forms import Forms
from certgen.issuing.sheet_file import Loaded
from certgen.issuing.sheets import Order, Printed, SheetPrinter
from certgen.model.finding import Finding, Severity
from certgen.model.misplacement import Misplacement, Size
from certgen.model.serials import SerialRange
from certgen.registry.ledger.values import JobKind, Request, SheetState
from certgen.render.overprint import SheetsFile

RUN = "20260601-01"
VERSION = "2026年版"


@pytest.fixture(scope="module")
def issued(sample_agencies: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two certificates of the employer and one of its branch, issued once to copy from."""
    os.environ["CERTGEN_PASSPHRASE"] = "sample"  # noqa: S105  (of an invented agency)
    office = Office.copied(sample_agencies / "yunhe", tmp_path_factory.mktemp("issued") / "yunhe")
    office.change_settings("[output]", "[output]\npaper = false")
    office.roster(MAIN[:2], BRANCH[:1])
    office.issue(selfcheck=None)
    return office


@pytest.fixture
def office(issued: Office, tmp_path: Path) -> Office:
    shutil.copytree(issued.folder, tmp_path / "yunhe")
    copy = Office(tmp_path / "yunhe")
    with copy.register() as register:
        register.ledger.receive(SerialRange.parse("00012001-00012009"), VERSION, "张样例")
        register.ledger.receive(SerialRange.parse("豫A0001-豫A0009"), "2025年版", "张样例")
    return copy


@cache
def fonts() -> FontSet[Face]:
    return fontset.load()


def sheets_of(office: Office, found: dict[str, Finding] | None = None) -> Loaded:
    agency = agency_file.load(office.agency)
    key, folder = overprinting.profile_key(agency), office.folder / profiles.FOLDER
    return overprinting.loaded(agency, key, folder, office.now, {} if found is None else found)


def print_run(office: Office, start: str, run: str = RUN) -> Printed:
    agency = agency_file.load(office.agency)
    forms = Forms(agency, fonts(), agency.register.with_suffix(".plans"), signed=False)
    with office.register() as register:
        desk = SheetPrinter(register, forms, sheets_of(office), api.unwatched, api.SELFCHECK)
        request = Request(JobKind.PRINT, (run, "roster"), start=start)
        return desk.run(run, request, Order.ROSTER, office.folder / f"{start}.pdf")


def taken(office: Office) -> int:
    with office.register() as register:
        return len(register.ledger.sheets(SheetState.PRINTED))


def text_of(office: Office, start: str) -> list[str]:
    pages = pypdf.PdfReader(office.folder / f"{start}.pdf").pages
    return ["".join(page.extract_text().split()) for page in pages]


def narrow(office: Office, width: float) -> None:
    """The name has only so much room on the sheets, and one line."""
    path = office.folder / "stock.toml"
    head, slot, rest = path.read_text("utf-8").partition('id = "name.value"\n')
    lines = rest.split("\n")
    left = next(float(line.partition("=")[2]) for line in lines if line.startswith("x0"))
    at = next(nth for nth, line in enumerate(lines) if line.startswith("x1"))
    lines[at] = f"x1 = {left + width}\nmax_lines = 1"
    path.write_text(head + slot + "\n".join(lines), "utf-8")


def test_only_what_the_sheet_lacks_is_printed_and_the_branchs_wait_for_their_sheets(
    office: Office,
) -> None:
    made = print_run(office, "00012001")
    assert (made.other_sheets, taken(office)) == (1, 2)
    for text, holder in zip(text_of(office, "00012001"), MAIN, strict=False):
        assert holder.name in text
        assert "职业技能等级证书" not in text
        assert "姓名" not in text


def test_sheets_without_a_definition_get_the_whole_page_whatever_their_serials_begin_with(
    office: Office,
) -> None:
    made = print_run(office, "豫A0001")
    assert (made.other_sheets, taken(office)) == (0, 3)
    assert all("职业技能等级证书" in text for text in text_of(office, "豫A0001"))


def test_a_name_that_does_not_fit_the_sheet_is_named_before_any_sheet_is_taken(
    office: Office,
) -> None:
    narrow(office, 6)
    with pytest.raises(InputError) as problem:
        print_run(office, "00012001")
    assert "2 certificates cannot be drawn onto these sheets; no sheet was taken" in str(
        problem.value.said.en
    )
    assert all(entry.code in problem.value.said.en for entry in office.entries()[:2])
    assert taken(office) == 0


def test_a_run_of_another_kind_alone_is_refused(office: Office) -> None:
    office.roster((), BRANCH[1:2])
    office.issue(selfcheck=None)
    with pytest.raises(LayoutError, match="sample 一"):
        print_run(office, "00012001", "20260601-02")
    assert taken(office) == 0


def test_two_definitions_of_one_version_are_refused(office: Office) -> None:
    shutil.copy(office.folder / "stock.toml", office.folder / "again.toml")
    office.change_settings(
        '{ file = "stock.toml" }', '{ file = "stock.toml" }, { file = "again.toml" }'
    )
    with pytest.raises(InputError, match="two stock definitions are of version '2026年版'"):
        sheets_of(office)


def test_a_definition_that_is_not_there_is_said_with_its_line(office: Office) -> None:
    (office.folder / "stock.toml").unlink()
    with pytest.raises(InputError, match=r"print.stocks\[0\].file: stock.toml is not there"):
        agency_file.load(office.agency)


@pytest.mark.parametrize("start", ["00012001", "豫A0001"])
def test_a_page_that_says_something_else_is_found_and_the_same_command_makes_the_file(
    office: Office, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    add, others = SheetsFile.add, iter([MAIN[1].name])

    def wrong(self: SheetsFile, *given: Any, **more: Any) -> bool:
        plan, composer, record, code, portrait = given
        if portrait is not None:  # no rehearsal
            record = replace(record, name=next(others, record.name))
        return add(self, plan, composer, record, code, portrait, **more)

    with monkeypatch.context() as patch:
        patch.setattr(SheetsFile, "add", wrong)
        with pytest.raises(StorageError, match=f"does not contain: {MAIN[0].name}") as problem:
            print_run(office, start)
    assert "its sheets are kept for it" in problem.value.said.en
    assert not list(office.folder.glob("*.pdf"))
    before = taken(office)
    print_run(office, start)
    assert taken(office) == before > 0
    assert MAIN[0].name in text_of(office, start)[0]


# The printer


def name_printer(office: Office) -> None:
    office.change_settings("[print]", '[print]\nprinter = "HP-1"\ntray = "2"')


def calibrated(office: Office, *, sheet: Size = (297.0, 210.0), days: int = 0) -> None:
    """The printer of the agency file was measured on these sheets."""
    name_printer(office)
    profile = Profile(
        Key("HP-1", "2", "", VERSION),
        Misplacement(dx=0.8, dy=-0.5, angle_deg=0.2),
        sheet,
        0.02,
        0.01,
        Method.PHOTO,
        office.now - timedelta(days=days),
    )
    profiles.save(office.folder / profiles.FOLDER, profile)


def first_name(path: Path) -> tuple[float, float]:
    """Where the name of the first sheet begins, millimetres from the top left, as pdfium sees it."""
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    textpage = page.get_textpage()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=textpage):
        if item.extract() == MAIN[0].name:
            matrix = item.get_matrix()
            return matrix.e * 25.4 / 72, 210 - matrix.f * 25.4 / 72
    raise AssertionError(path)


def test_a_calibrated_printer_is_asked_for_what_comes_out_where_it_belongs(office: Office) -> None:
    print_run(office, "00012001")
    wanted = first_name(office.folder / "00012001.pdf")
    with office.register() as register:
        register.ledger.cancel("P20260601-01")
    calibrated(office)
    print_run(office, "00012003")
    asked = first_name(office.folder / "00012003.pdf")
    printer = Misplacement(dx=0.8, dy=-0.5, angle_deg=0.2)
    assert printer.lands(asked, (297.0, 210.0)) == pytest.approx(wanted, abs=0.01)
    assert asked != pytest.approx(wanted, abs=0.3)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param((257.0, 182.0), "calibrated on sheets of 257 × 182 mm", id="size"),
        pytest.param(None, "no calibration profile for HP-1, tray 2", id="never"),
    ],
)
def test_a_printer_that_was_not_measured_on_these_sheets_takes_none(
    office: Office, given: Size | None, said: str
) -> None:
    if given is None:
        name_printer(office)
    else:
        calibrated(office, sheet=given)
    with pytest.raises(InputError, match=said):
        print_run(office, "00012001")
    assert taken(office) == 0


def test_an_old_calibration_warns_and_no_printer_at_all_is_noted(office: Office) -> None:
    found: dict[str, Finding] = {}
    sheets_of(office, found).open(BytesIO(), "", office.now, VERSION)
    assert {code: one.severity for code, one in found.items()} == {
        "print/not-calibrated": Severity.NOTE
    }
    calibrated(office, days=91)
    found.clear()
    sheets_of(office, found).open(BytesIO(), "", office.now, VERSION)
    assert {code: one.severity for code, one in found.items()} == {
        "calibration/old": Severity.WARNING
    }
