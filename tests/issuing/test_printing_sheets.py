"""`certgen print` and `certgen paper` as a clerk has them: one issued run of five, a pile of thirty sheets."""

import csv
import errno
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
import sheets as tables
from click.testing import CliRunner, Result
from office import HEADER, MAIN, Killed, Office, message, row_of
from sqlalchemy import Engine, event

from certgen import api
from certgen.cli import main
from certgen.errors import InputError, RegisterError, StorageError
from certgen.exchange import agency_file
from certgen.fonts import fontset
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.issuing import files
from certgen.issuing.forms import Forms
from certgen.issuing.sheet_file import Loaded
from certgen.issuing.sheets import Order, Printed, SheetPrinter
from certgen.model.serials import Serial, SerialRange
from certgen.registry import database
from certgen.registry.entries import Mark
from certgen.registry.ledger.values import JobKind, Request, Seen, SheetState
from certgen.registry.register import Register
from certgen.render.overprint import SheetsFile

RUN = "20260601-01"
JOB = "P20260601-01"
PEOPLE = MAIN[:5]


@pytest.fixture(scope="module")
def issued(sample_agencies: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A run that was issued once, to copy from."""
    os.environ["CERTGEN_PASSPHRASE"] = "sample"  # noqa: S105  (of an invented agency)
    office = Office.copied(sample_agencies / "yunhe", tmp_path_factory.mktemp("issued") / "yunhe")
    office.change_settings("[output]", "[output]\npaper = false")
    office.roster(PEOPLE)
    office.issue(selfcheck=None)
    return office


@pytest.fixture
def office(issued: Office, tmp_path: Path) -> Office:
    """A copy of it with thirty sheets in the cupboard."""
    folder = tmp_path / "yunhe"
    shutil.copytree(issued.folder, folder)
    copy = Office(folder)
    with copy.register() as register:
        register.ledger.receive(SerialRange.parse("00012001-00012030"), "2026年版", "张样例")
    return copy


@cache
def fonts() -> FontSet[Face]:
    return fontset.load()


def printer(office: Office, register: Register, **options: Any) -> SheetPrinter:
    agency = agency_file.load(office.agency)
    forms = Forms(agency, fonts(), agency.register.with_suffix(".plans"), signed=False)
    options.setdefault("watch", api.unwatched)
    return SheetPrinter(register, forms, Loaded(), **options)


def print_run(
    office: Office, start: str = "00012001", name: str = "sheets.pdf", **options: Any
) -> Printed:
    request = Request(JobKind.PRINT, (RUN, "roster"), start=start)
    with office.register() as register:
        desk = printer(office, register, **options)
        return desk.run(RUN, request, Order.ROSTER, office.folder / name)


def texts(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def on_sheets(office: Office) -> dict[str, str]:
    """Serial → certificate on the live sheet; the equation must close at any time."""
    with office.register() as register:
        assert all(one.closes for one in register.ledger.balances())
        found = register.ledger.sheets(SheetState.PRINTED, SheetState.ISSUED)
        live = {sheet.serial.text: str(sheet.code) for sheet, _ in found if sheet.live}
    assert len(set(live.values())) == len(live)
    return live


def codes(office: Office) -> list[str]:
    return [entry.code for entry in office.entries()]


# The file and its sheets


def test_each_page_is_of_the_certificate_on_its_sheet(office: Office) -> None:
    made = print_run(office)
    assert made.taken.job is not None
    assert made.path == office.folder / "sheets.pdf"
    pages = texts(made.path)
    assert [code in page for code, page in zip(codes(office), pages, strict=True)] == [True] * 5
    assert on_sheets(office) == {
        f"0001200{nth}": code for nth, code in enumerate(codes(office), start=1)
    }
    with office.register() as register:
        assert register.ledger.job(JOB).sha256
        assert register.ledger.unfinished() == ()


def test_in_order_of_numbers_if_asked(office: Office) -> None:
    request = Request(JobKind.PRINT, (RUN, "number"), start="00012001")
    with office.register() as register:
        printer(office, register).run(RUN, request, Order.NUMBER, office.folder / "sheets.pdf")
    assert list(on_sheets(office).values()) == sorted(codes(office))


def test_the_same_command_makes_the_same_file_again_only_where_it_is_gone(office: Office) -> None:
    first = print_run(office)
    assert first.path is not None
    data = first.path.read_bytes()
    again = print_run(office, watch=fail)
    assert (again.was_there, again.taken.known) == (True, True)
    first.path.unlink()
    office.now = office.now.replace(day=2)
    assert not print_run(office).was_there
    assert first.path.read_bytes() == data
    print_run(office, name="copy.pdf")
    assert (office.folder / "copy.pdf").read_bytes() == data
    assert len(on_sheets(office)) == 5


def fail(*_: object) -> None:
    raise AssertionError


@pytest.mark.parametrize("known", [False, True])
def test_a_file_of_the_users_is_not_overwritten(office: Office, *, known: bool) -> None:
    path = office.folder / "sheets.pdf"
    if known:
        print_run(office, name="elsewhere.pdf")
    path.write_text("letters home")
    problem = message(lambda: print_run(office), InputError)
    assert "exists and is not overwritten" in problem.said.en
    assert path.read_text() == "letters home"
    assert len(on_sheets(office)) == (5 if known else 0)


def test_what_cannot_be_drawn_takes_no_sheet(office: Office) -> None:
    photo = office.entries()[-1].record.photo
    assert photo is not None
    data = photo.read_bytes()
    photo.write_bytes(data + b"\0")  # another file; its pixels are the same
    try:
        photo.unlink()
        assert "photo" in message(lambda: print_run(office), InputError).said.en
    finally:
        photo.write_bytes(data)
    assert on_sheets(office) == {}
    office.change_settings("云河样例机械制造", "云河样例精密机械制造")
    assert "earlier agency file" in message(lambda: print_run(office), InputError).said.en
    assert on_sheets(office) == {}


def test_certificates_on_sheets_already_are_left_out_of_a_run(office: Office) -> None:
    some = codes(office)[:2]
    request = Request(JobKind.PRINT, (*some, "roster"), start="00012011")
    with office.register() as register:
        desk = printer(office, register)
        desk.numbers(some, request, Order.ROSTER, office.folder / "two.pdf", "")
    made = print_run(office)
    assert made.left_out == 2
    assert len(on_sheets(office)) == 5
    problem = message(lambda: print_run(office, "00012020", "more.pdf"), InputError)
    assert "nothing to print" in problem.said.en


def test_a_run_can_be_printed_in_parts(office: Office) -> None:
    for start, count, left in (("00012001", 2, 0), ("00012011", 9, 2)):
        request = Request(JobKind.PRINT, (RUN, "roster", str(count)), start=start)
        with office.register() as register:
            desk = printer(office, register)
            made = desk.run(RUN, request, Order.ROSTER, office.folder / f"{start}.pdf", count)
        assert made.left_out == left
    assert list(on_sheets(office)) == ["00012001", "00012002", "00012011", "00012012", "00012013"]


def test_what_is_suspended_is_left_out_of_a_run(office: Office) -> None:
    with office.register() as register:
        register.mark(codes(office)[1], Mark.SUSPENDED, "复核中")
    made = print_run(office)
    assert made.withheld == 1
    assert len(on_sheets(office)) == 4


def test_a_number_that_became_void_in_between_is_not_drawn(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(SheetsFile, "finish", killed)
        with pytest.raises(Killed):
            print_run(office)
    with office.register() as register:
        register.void(codes(office)[1], "姓名有误")
    problem = message(lambda: print_run(office), InputError)
    assert f"certgen print --cancel {JOB}" in problem.said.en
    assert not (office.folder / "sheets.pdf").exists()
    with office.register() as register:
        assert len(register.ledger.cancel(JOB)) == 5
    print_run(office)
    assert len(on_sheets(office)) == 4


def test_the_ledger_is_put_right_whatever_has_become_of_the_agency_file(office: Office) -> None:
    print_run(office)
    office.change_settings("云河样例机械制造", "云河样例精密机械制造")
    serial = Serial.parse
    with office.register() as register:
        desk = printer(office, register)
        made = desk.resume(Seen(JOB, {serial("00012004"): serial("00012003")}), "", None)
        assert made.path is None
        jam = Seen(JOB, last_good=serial("00012004"))
        problem = message(lambda: desk.resume(jam, "", None), InputError)
    assert "earlier agency file" in problem.said.en
    assert list(on_sheets(office)) == ["00012001", "00012002", "00012004", "00012005", "00012006"]


def test_whoever_makes_a_number_void_is_told_of_its_sheet(at_noon: Office) -> None:
    print_run(at_noon)
    first, second, *_ = codes(at_noon)
    with at_noon.register() as register:
        register.ledger.issue([], [second])
    told = certgen(at_noon, "void", first, "--reason", "姓名有误")
    assert "stands on sheet 00012001: note that as spoiled" in told.output
    assert (
        "sheet 00012002: take it back" in certgen(at_noon, "void", second, "--reason", "x").output
    )


def killed(*_: object) -> None:
    raise Killed


# Killed, or refused by the disk


STORM = Path(__file__).parents[2] / "bench" / "paper_storm.py"


def test_a_kill_at_any_step_of_the_day_tears_nothing_and_changes_nothing(issued: Office) -> None:
    """One kill at each step; the long one is `python -m bench.paper_storm`."""
    done = subprocess.run(  # noqa: S603  (our own script)
        [sys.executable, str(STORM), "--kills", "13", "--desk", str(issued.folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kills = dict(re.findall(r"^\| ([^|*]+) \| ([0-9]+) \|", done.stdout, re.MULTILINE))
    assert set(kills.values()) == {"1"}
    assert len(kills) == 13


def test_a_left_over_of_a_killed_command_is_cleared_away(office: Office) -> None:
    (office.folder / ".sheets.pdf.4711.part").write_bytes(b"half a f")
    print_run(office)
    assert not list(office.folder.glob(".sheets.pdf*"))


@pytest.mark.parametrize(("owner", "name"), [(files, "_fsync"), (Path, "replace"), (Path, "open")])
def test_what_the_disk_refuses_has_its_sentence_and_the_same_command_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    original = getattr(owner, name)

    def refuses(*args: Any, **options: Any) -> Any:
        if name == "open" and "x" not in str(args[1:]):
            return original(*args, **options)
        raise OSError(errno.ENOSPC, "as the test wants")

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, refuses)
        problem = message(lambda: print_run(office), StorageError)
    assert "the disk is full" in problem.said.en
    assert not (office.folder / "sheets.pdf").exists()
    taken = on_sheets(office)
    assert len(taken) == 5
    print_run(office)
    assert on_sheets(office) == taken
    assert not list(office.folder.glob(".sheets.pdf*"))


def test_a_register_that_cannot_grow_takes_no_sheet(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = database.connect

    def tight(path: Path) -> Engine:
        engine = connect(path)
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 1"))
        return engine

    with office.register() as register:  # use up what is free in the pages that are there
        register.ledger.receive(SerialRange.parse("A0001-A0400"), "2026年版", "张样例")
    with monkeypatch.context() as patch:
        patch.setattr(database, "connect", tight)
        problem = message(lambda: receive_more(office), RegisterError)
    assert "the disk is full" in problem.said.en
    assert on_sheets(office) == {}


def receive_more(office: Office) -> None:
    with office.register() as register:
        register.ledger.receive(SerialRange.parse("B0001-B4000"), "2026年版", "张样例")


# The clerk's day, in both languages


def certgen(office: Office, *arguments: str, lang: str = "en") -> Result:
    command = ["--lang", lang, *arguments, "-a", str(office.agency)]
    return CliRunner().invoke(main, command)


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch, office: Office) -> Office:
    """The command line in the office's folder, at the office's time."""
    monkeypatch.chdir(office.folder)
    monkeypatch.setattr(api, "now", lambda: office.now)
    return office


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_day_from_the_box_to_the_balance(at_noon: Office, lang: str) -> None:
    said: list[str] = []

    def run(*arguments: str, code: int = 0) -> str:
        result = certgen(at_noon, *arguments, lang=lang)
        assert result.exit_code == code, result.output
        said.append(result.output)
        return result.output

    first, *_ = codes(at_noon)
    run("paper", "receive", "00012031-00012040", "--stock", "2026年版", "--by", "李样例")
    assert "00012040" in run(
        "paper", "receive", "00012040", "--stock", "2026年版", "--by", "王样例", code=2
    )
    run("print", RUN, "--serial-start", "00012001", "-o", "sheets.pdf")
    assert JOB in run("print", RUN, "--serial-start", "00012001", "-o", "sheets.pdf")
    # Sheet 2 passed unprinted, sheet 5 jammed.
    run("print", "--resume", JOB, "--shows", "00012003=00012002", "--last-good", "00012004",
        "--spoiled", "00012005", "--reason", "卡纸", "-o", "rest.pdf")  # fmt: skip
    assert [
        nth
        for nth, page in enumerate(codes(at_noon))
        if page in "".join(texts(at_noon.folder / "rest.pdf"))
    ] == [3, 4]
    assert list(on_sheets(at_noon)) == ["00012001", "00012003", "00012004", "00012006", "00012007"]
    run("print", "--again", "00012007", "--reason", "墨污")
    assert Path("P20260601-03.pdf").exists()
    run("paper", "issued", JOB)
    run("paper", "issued", "00012006")
    assert "--reissue" in run("print", first, "--serial-start", "00012020", code=2)
    run("print", first, "--reissue", "--reason", "遗失", "--serial-start", "00012020")
    run("paper", "lost", "00012002", "--reason", "找不到")
    run("paper", "spoil", "00012030", "--reason", "污损")
    run("paper", "destroy", "00012005", "00012007", "--by", "张样例", "--witness", "李样例")
    balance = run("paper", "balance")
    numbers = [
        int(number)
        for number in re.findall(r"(?<=[^0-9-])[0-9]+(?![0-9-])", balance.splitlines()[1])
    ]
    assert numbers == [40, 4, 3, 2, 1, 32, 30, 2]
    assert run("paper", "list").count("No.") == 4
    run("paper", "list", "--state", "spoiled", "--state", "lost", "-o", "废张.csv")
    rows = list(csv.reader(io.StringIO(Path("废张.csv").read_text("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["No.00012002", "No.00012030"]
    run("paper", "list", "-o", "废张.csv", code=2)
    assert "李样例" in run("paper", "show", "00012005")
    told = run("show", first)
    assert ("补发" if lang == "zh" else "re-issued on paper") in told
    assert "No.00012001" in told
    assert "No.00012020" in told
    # Nowhere a person's number: neither said, nor listed, nor kept.
    kept = "".join(said) + Path("废张.csv").read_text("utf-8-sig") + ledger_text(at_noon)
    assert not [holder.name for holder in PEOPLE if holder.number in kept]


def ledger_text(office: Office) -> str:
    names = ("stock_receipts", "sheets", "print_jobs", "print_pages", "sheet_events")
    with closing(sqlite3.connect(office.folder / "register.db")) as connection:
        found = [connection.execute(f"SELECT * FROM {name}").fetchall() for name in names]  # noqa: S608
    assert found[0]
    return repr(found)


def test_a_balance_that_does_not_close_says_which_serials_and_exits_with_1(at_noon: Office) -> None:
    with closing(
        sqlite3.connect(at_noon.folder / "register.db", isolation_level=None)
    ) as connection:
        connection.execute("DROP TRIGGER sheets_stay")
        connection.execute("DELETE FROM sheets WHERE serial = '00012017'")
    for lang, says in (
        ("zh", "00012017 领入记录中有，纸张表中没有"),
        ("en", "00012017 was received and is missing"),
    ):
        result = certgen(at_noon, "paper", "balance", lang=lang)
        assert result.exit_code == 1
        assert says in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        (RUN,),
        (RUN, "--serial-start", "00012001", "--again", "00012001"),
        (RUN, "--serial-start", "00012001", "--shows", "1=2"),
        ("--reissue", "--again", "00012001"),
        ("--resume", JOB, "--shows", "00012003"),
        ("--cancel", "P20260601-07"),
        ("--cancel", JOB, "--resume", JOB),
        (RUN, "--serial-start", "00012001", "--reissue"),
        ("20260601-07", "--serial-start", "00012001"),
        ("Y000041018999262999999", "--serial-start", "00012001"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_happens(
    at_noon: Office, arguments: tuple[str, ...]
) -> None:
    result = certgen(at_noon, "print", *arguments)
    assert result.exit_code == 2
    assert on_sheets(at_noon) == {}


@pytest.mark.parametrize(
    "command",
    [
        "print {} --serial-start 00012001",
        "print Y000041018999262000001 --serial-start {}",
        "print Y000041018999262000001 --serial-start 00012001 --stock {}",
        "print --resume {}",
        "print --again {} --reason x",
        "print --cancel {}",
        "paper show {}",
        "paper issued {}",
        "paper spoil 00012001 --reason {}",
        "paper lost {} --reason x",
        "paper destroy 00012001 --by {} --witness 乙",
        "paper receive {}-{} --stock 2026年版 --by 甲",
    ],
)
def test_an_identity_number_in_the_wrong_place_is_refused_and_not_repeated(
    at_noon: Office, command: str
) -> None:
    number = PEOPLE[0].number
    for lang in ("zh", "en"):
        result = certgen(at_noon, *command.replace("{}", number).split(), lang=lang)
        assert result.exit_code == 2
        assert number not in result.output
    assert number not in ledger_text(at_noon)


def test_numbers_are_printed_in_the_order_of_the_roster_however_they_are_typed(
    office: Office,
) -> None:
    typed = codes(office)[3:0:-1]
    request = Request(JobKind.PRINT, tuple(typed), start="00012001")
    with office.register() as register:
        desk = printer(office, register)
        desk.numbers(typed, request, Order.ROSTER, office.folder / "three.pdf", "")
    assert list(on_sheets(office).values()) == typed[::-1]


@pytest.mark.parametrize(
    "command",
    [
        "print",
        *(
            f"paper {one}"
            for one in ("receive", "issued", "spoil", "lost", "destroy", "balance", "list", "show")
        ),
    ],
)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = CliRunner().invoke(main, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert f"certgen {command}" in result.stdout.split("Example")[1]


# The number of the sheet on the page


def test_where_the_form_shows_a_print_number_it_is_that_of_the_sheet(
    open_office: Callable[[str], Office],
) -> None:
    office = open_office("yunhe")
    office.add_settings("[layout]\nprint_number = true")
    rows = [[*row_of(one, "main", ""), f"7700000{nth}"] for nth, one in enumerate(PEOPLE[:2])]
    data = tables.csv_bytes([(*HEADER, "印制流水码"), *rows])
    (office.folder / "roster.csv").write_bytes(data)
    office.issue(selfcheck=None)
    with office.register() as register:
        register.ledger.receive(SerialRange.parse("98765431-98765440"), "2026年版", "张样例")
        register.ledger.receive(SerialRange.parse("豫A0000001-豫A0000009"), "2026年版", "张样例")
    made = print_run(office, "98765432")
    assert made.path is not None
    assert ["98765432" in texts(made.path)[0], "98765433" in texts(made.path)[1]] == [True, True]
    assert "7700000" not in "".join(texts(made.path))
