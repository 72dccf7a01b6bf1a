"""`certgen print` onto sheets that a definition describes: only what is not on them, only where it fits."""

import os
import shutil
from functools import cache
from pathlib import Path

import pypdf
import pytest
from office import BRANCH, MAIN, Office

from certgen import api, overprinting
from certgen.errors import InputError, LayoutError
from certgen.exchange import agency_file
from certgen.fonts import fontset
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.issuing.forms import Forms
from certgen.issuing.sheets import Order, Printed, SheetPrinter
from certgen.model.serials import SerialRange
from certgen.registry.ledger.values import JobKind, Request, SheetState

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


def print_run(office: Office, start: str, run: str = RUN) -> Printed:
    agency = agency_file.load(office.agency)
    forms = Forms(agency, fonts(), agency.register.with_suffix(".plans"), signed=False)
    with office.register() as register:
        desk = SheetPrinter(register, forms, overprinting.loaded(agency), api.unwatched)
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
        overprinting.loaded(agency_file.load(office.agency))


def test_a_definition_that_is_not_there_is_said_with_its_line(office: Office) -> None:
    (office.folder / "stock.toml").unlink()
    with pytest.raises(InputError, match=r"print.stocks\[0\].file: stock.toml is not there"):
        agency_file.load(office.agency)
