"""The batch as a whole: every row is issued, was issued, or is refused, and numbers stay with their rows."""

import csv
from pathlib import Path

import people
import pypdf
import pytest
from office import BRANCH, MAIN, Office, codes, message, outcome, row_of, told

from certgen import api
from certgen.errors import InputError
from certgen.registry.entries import State

# A whole batch


def test_every_site_and_branch_of_one_roster_counts_for_itself(employer: Office) -> None:
    employer.roster(MAIN[:3], BRANCH[:3])
    assert outcome(employer.issue()) == (6, 6, 0, 0)
    assert employer.numbers() == {
        "孙晓禾": "Y000041018999261000001",
        "吴桐": "Y000041018999262000001",
        "郑砚秋": "Y000041018999263000001",
        "韩采薇": "Y000014999999265000001",
        "邓舟": "Y000014999999262000001",
        "曹闻溪": "Y000014999999261000001",
    }
    assert {entry.state for entry in employer.entries()} == {State.ISSUED}
    names = {path.split("/")[1] for path in employer.public()}
    assert names == {f"{code}.pdf" for code in employer.numbers().values()} | {"print-1.pdf"}


def test_public_files_are_the_registered_ones_and_no_other_file_is_left(employer: Office) -> None:
    employer.roster(MAIN[:2], BRANCH[:1])
    account = employer.issue()
    public = employer.public()
    for entry in employer.entries():
        path = account.folder / f"{entry.code}.pdf"
        assert public[f"{account.job}/{path.name}"] == entry.sha256
        assert path.stat().st_size == entry.size
    assert {path.name for path in account.folder.iterdir()} == {
        *(name.split("/")[1] for name in public),
        "issued.csv",
        "refused.csv",
    }


def test_first_serials_are_where_counting_begins(employer: Office) -> None:
    employer.add_settings(
        '[numbers]\nfirst = [ { site = "main", year = 2026, level = 2, serial = 121 } ]'
    )
    employer.roster(MAIN[:3])
    employer.issue()
    assert [code[16:] for code in employer.numbers().values()] == ["000001", "000121", "000001"]


def test_the_print_file_has_the_pages_in_the_order_of_the_roster(employer: Office) -> None:
    employer.roster(MAIN[1:3], BRANCH[:1])
    account = employer.issue()
    (path,) = account.prints
    texts = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    numbers = list(employer.numbers().values())
    assert [number in text for number, text in zip(numbers, texts, strict=True)] == [True] * 3


def test_the_lists_name_what_was_issued_and_why_a_row_was_not(employer: Office) -> None:
    employer.roster(MAIN[:3])
    employer.rows[1][0] = "=HYPERLINK(1)"  # refused; and Excel must not run it
    employer.write()
    account = employer.issue()
    issued = read_list(account.folder / "issued.csv")
    assert [row[:2] for row in issued[1:]] == [
        [entry.code, entry.record.name] for entry in employer.entries()
    ]
    refused = read_list(account.folder / "refused.csv")
    assert [row[:4] for row in refused[1:]] == [["roster.csv", "", "3", "A"]]
    assert not any(cell.startswith("=") for row in issued + refused for cell in row)


def read_list(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


# Run again


def test_a_second_run_issues_nothing(employer: Office) -> None:
    employer.roster(MAIN[:2], BRANCH[:1])
    employer.issue()
    public = employer.public()
    again = employer.issue()
    assert outcome(again) == (3, 0, 3, 0)
    assert not told(again.findings)
    assert not again.prints
    assert not again.folder.exists()
    assert employer.public() == public


def test_the_same_people_in_another_order_and_file_get_nothing_new(employer: Office) -> None:
    employer.roster(MAIN[:3])
    employer.issue()
    numbers = employer.numbers()
    other = employer.roster(tuple(reversed(MAIN[:4])), name="名单（重排）.csv")
    assert outcome(employer.issue(other)) == (4, 1, 3, 0)
    assert employer.numbers() == numbers | {"冯嘉木": "Y000041018999265000001"}


def test_a_changed_row_that_is_issued_is_a_finding_and_never_an_overwrite(
    employer: Office,
) -> None:
    employer.roster(MAIN[:2])
    employer.issue()
    public = employer.public()
    employer.rows[0][0] = "孙晓和"
    employer.write()
    again = employer.issue()
    assert outcome(again) == (2, 0, 1, 1)
    (finding,) = told(again.findings)
    assert (finding.code, finding.place.row) == ("register/changed", 2)
    assert "name" in finding.said.en
    assert employer.public() == public
    assert set(employer.numbers()) == {"孙晓禾", "吴桐"}


def test_a_void_number_stays_used_and_its_row_gets_the_next(employer: Office) -> None:
    employer.roster(MAIN[:1])
    employer.issue()
    (code,) = employer.numbers().values()
    api.void(employer.agency, code, "姓名录入错误")
    employer.rows[0][0] = "孙晓和"
    employer.write()
    assert outcome(employer.issue()) == (1, 1, 0, 0)
    assert employer.numbers() == {"孙晓禾": code, "孙晓和": code[:-1] + "2"}


def test_a_used_up_counter_refuses_and_never_wraps(employer: Office) -> None:
    employer.add_settings(
        '[numbers]\nfirst = [ { site = "main", year = 2026, level = 5, serial = 999999 } ]'
    )
    beginners = [one for one in people.EMPLOYER_MAIN if one.level == 5][:2]
    employer.roster(beginners)
    account = employer.issue()
    assert outcome(account) == (2, 1, 0, 1)
    assert codes(account.findings) == ["register/exhausted"]
    assert [entry.code[16:] for entry in employer.entries()] == ["999999"]


# What stays inside


def test_electronic_certificates_without_photos_are_refused(employer: Office) -> None:
    employer.roster(MAIN[:1])
    problem = message(lambda: employer.issue(photos=None), InputError)
    assert "--photos" in problem.said.en


def test_no_identity_number_leaves_the_register_and_the_certificates(
    employer: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    everybody = [*people.EMPLOYER_MAIN[18:], MAIN[0]]
    employer.roster(everybody)
    employer.rows[0][0] = ""  # a refused row is the most talkative
    employer.rows.append([*row_of(MAIN[0], "main", "")])
    employer.rows.append([*row_of(people.EMPLOYER_MAIN[3], "main", "")])
    employer.rows[-1][2] = employer.rows[-1][2][:-1]
    employer.write()
    (employer.photos / f"{MAIN[0].number}.png").write_bytes(b"")
    account = employer.issue()
    assert account.refused
    numbers = {row[2] for row in employer.rows} | {holder.number for holder in everybody}
    said = [text for finding in account.findings for text in (*finding.said, str(finding.place))]
    lists = [path.read_text("utf-8-sig") for path in account.folder.glob("*.csv")]
    names = [str(path) for path in (*employer.out.rglob("*"), *employer.plans)]
    # Birth date and sequence are what may never be seen; the first three and last two digits may.
    secrets = {number[3:-2] if len(number) > 9 else number for number in numbers}
    for text in (*said, *lists, *names, *capfd.readouterr(), str(account)):
        assert not [secret for secret in secrets if secret in text]
