"""The public functions, as a program calls them."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import bad_rosters
import pytest
from bad_rosters import BadRoster, Stage
from office import BRANCH, MAIN, NOW, Office, codes, message, told
from PIL import Image

from certgen import api
from certgen.errors import InputError, RegisterError, SigningError
from certgen.model.finding import Finding
from certgen.registry.entries import State
from certgen.standards.codes.identify import DocumentKind

CASES = [case for case in bad_rosters.cases() if case.expected.stage is not Stage.FILE]
NO_ROSTERS = [case for case in bad_rosters.cases() if case.expected.stage is Stage.FILE]


ASIDE = {"photo/unclaimed", "approval/unchecked"}
"""Notes about the whole batch: the sample's photo folder is larger than a test's roster."""


def where(found: list[Finding]) -> list[tuple[str, int | None, str]]:
    return [(f.code, f.place.row, f.place.column) for f in found if f.code not in ASIDE]


# Bad rosters


@pytest.fixture
def quick(employer: Office) -> Office:
    """Electronic certificates only: the print file has nothing to do with bad rows."""
    employer.change_settings("[output]", "[output]\npaper = false")
    return employer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_a_bad_roster_gives_its_finding_and_its_good_rows_go_through(
    quick: Office, sample_agencies: Path, case: BadRoster
) -> None:
    told = json.loads((sample_agencies / "bad" / "expected.json").read_text("utf-8"))
    expected = told["rosters"][case.file]
    place = [(expected["code"], row, expected["column"]) for row in expected["rows"]]
    roster = sample_agencies / "bad" / case.file

    report = quick.check(roster)
    assert where(report.findings) == place
    assert (report.good, report.rows) == (expected["good"], report.good + report.refused)
    assert not (quick.folder / "register.db").exists()

    account = quick.issue(roster)
    assert where(account.findings) == place
    assert account.adds_up
    assert (account.issued, account.rows) == (expected["good"], report.rows)
    assert len(quick.public()) == expected["good"]
    assert where(quick.check(roster).findings) == place


@pytest.mark.parametrize("case", NO_ROSTERS, ids=lambda case: case.file)
def test_a_file_that_is_no_roster_is_an_error_and_nothing_is_written(
    employer: Office, sample_agencies: Path, case: BadRoster
) -> None:
    roster = sample_agencies / "bad" / case.file
    for call in (employer.check, employer.issue):
        message(lambda call=call: call(roster), InputError)  # type: ignore[misc]
    assert not (employer.folder / "register.db").exists()
    assert not employer.out.exists()


# check


def test_check_foresees_what_issue_will_say_and_writes_nothing(employer: Office) -> None:
    employer.roster(MAIN[:3])
    employer.issue()
    employer.roster(MAIN[:4])
    employer.rows[0][0] = "孙晓和"
    employer.write()
    before = employer.public()
    report = employer.check()
    assert (report.rows, report.good, report.already, report.refused) == (4, 1, 2, 1)
    account = employer.issue()
    assert codes(report.findings) == codes(account.findings) == ["register/changed"]
    assert (account.issued, account.already, account.refused) == (1, 2, 1)
    assert before.items() <= employer.public().items()


def test_a_fresh_agency_file_checks_a_roster_that_fits_it(tmp_path: Path) -> None:
    agency, _ = api.init(tmp_path / "new")
    roster = tmp_path / "roster.csv"
    number = MAIN[0].number
    roster.write_text(
        f"姓名,证件号码,职业,等级,发证日期\n丁一,{number},钳工,三级,2026-05-01\n", "utf-8"
    )
    report = api.check(agency, roster, clock=lambda: NOW)
    assert (report.rows, report.good, told(report.findings)) == (1, 1, [])


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    api.init(tmp_path)
    (tmp_path / "agency.toml").write_text("mine", "utf-8")
    message(lambda: api.init(tmp_path), InputError)
    assert (tmp_path / "agency.toml").read_text("utf-8") == "mine"


# preview


def picture(office: Office, **options: object) -> Image.Image:
    roster = office.folder / "roster.csv"
    png = api.preview(office.agency, roster, photos=office.photos, clock=lambda: office.now, **options)  # type: ignore[arg-type]  # fmt: skip
    return Image.open(io.BytesIO(png))


def test_a_preview_is_the_whole_sheet_at_the_asked_resolution(employer: Office) -> None:
    employer.roster(MAIN[:1], BRANCH[:1])
    first, branch = picture(employer, dpi=72), picture(employer, row=3, dpi=72)
    assert first.format == "PNG"
    for shown in (first, branch):  # A4 landscape at 72 dpi: 841.9 by 595.3
        assert abs(shown.width - 842) <= 1
        assert abs(shown.height - 595) <= 1
    assert first.tobytes() != branch.tobytes()
    assert not (employer.folder / "register.db").exists()


def test_a_preview_needs_neither_key_nor_photos(paper_only: Office) -> None:
    paper_only.roster(MAIN[:1])
    png = api.preview(paper_only.agency, paper_only.folder / "roster.csv", dpi=36)
    assert png.startswith(b"\x89PNG")


@pytest.mark.parametrize(("row", "said"), [(2, "row 2 cannot be issued"), (9, "no row 9")])
def test_a_row_that_cannot_be_previewed_says_why(employer: Office, row: int, said: str) -> None:
    employer.roster(MAIN[:1])
    employer.rows[0][0] = ""
    employer.write()
    problem = message(lambda: picture(employer, row=row), InputError)
    assert said in problem.said.en


# show, void


def test_show_explains_a_code_without_any_agency() -> None:
    shown = api.show(None, "Y000041018999261000001")
    assert shown.identified.kind is DocumentKind.CERTIFICATE
    assert shown.entry is None


def test_show_finds_a_code_with_its_history(employer: Office) -> None:
    employer.roster(MAIN[:1])
    employer.issue()
    shown = api.show(employer.agency, "Y000041 018999 26 1 000001")
    assert shown.entry is not None
    assert shown.entry.record.name == "孙晓禾"
    assert [event.what for event in shown.events] == ["reserved", "issued", "released"]


def test_show_before_any_run_makes_no_register(employer: Office) -> None:
    assert api.show(employer.agency, "Y000041018999261000001").entry is None
    assert not (employer.folder / "register.db").exists()


def test_void_needs_a_known_number_and_a_reason(employer: Office) -> None:
    code = "Y000041018999261000001"
    message(lambda: api.void(employer.agency, code, "试验"), InputError)  # no register yet
    employer.roster(MAIN[:1])
    employer.issue()
    message(lambda: api.void(employer.agency, code, " "), RegisterError)
    message(lambda: api.void(employer.agency, code[:-1] + "9", "试验"), RegisterError)
    api.void(employer.agency, code, "试验")
    (entry,) = employer.entries(State.VOID)
    assert (entry.code, entry.void_reason) == (code, "试验")


# Keys


@pytest.mark.parametrize(
    ("passphrase", "kind"), [(None, InputError), (lambda _: b"wrong", SigningError)]
)
def test_without_the_right_passphrase_nothing_begins(
    employer: Office, passphrase: Callable[[object], bytes] | None, kind: type[InputError]
) -> None:
    employer.roster(MAIN[:1])
    message(lambda: employer.issue(passphrase=passphrase), kind)
    assert not (employer.folder / "register.db").exists()
