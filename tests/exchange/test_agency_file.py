from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgen.errors import AgencyFileError, InputError
from certgen.exchange.agency import (
    Branch,
    FirstSerial,
    KeyFile,
    QrProfile,
    SealPicture,
    SealSide,
    Site,
)
from certgen.exchange.agency_file import load
from certgen.standards.levels import Level

SMALLEST = """\
format = 1
[agency]
name = "云河样例机械有限公司"
english_name = "Yunhe Sample Machinery Co., Ltd."
category = "Y"
[[sites]]
id = "main"
prefix = "Y000041000001"
filed_from = 2026-01-01
filed_until = 2028-12-31
"""
SECOND_SITE = SMALLEST[SMALLEST.index("[[sites]]") :].replace("main", "zezhou")
BRANCH = '[[branches]]\nid = "zezhou"\nname = "分公司"\nenglish_name = "Branch"\nsite = "main"\n'
SEAL = '{ picture = "seals/agency.png", diameter_mm = 42 }'
WHOLE = (
    SMALLEST.replace('category = "Y"', 'category = "Y"\nsample = true')
    + SECOND_SITE.replace("000001", "000002")
    + BRANCH.replace("main", "zezhou")
    + f"""\
[scope]
file = "scope.csv"
[seals]
agency = {SEAL}
branches.zezhou = {{ picture = "seals/agency.png", diameter_mm = 40.5 }}
[key]
pkcs12 = "keys/agency.p12"
passphrase_env = "CERTGEN_PASSPHRASE"
[qr]
profile = "own-host"
host = "cert.example.cn"
[layout]
seal_side = "left"
provincial_query = "http://query.example.cn/"
print_number = true
[output]
electronic = true
paper = false
print_seals = true
check_share = 0.05
[numbers]
register = "out/register.db"
first = [ {{ site = "main", year = 2026, level = 3, serial = 121 }} ]
[fonts]
folder = "fonts"
"""
)
Write = Callable[[str], Path]


SIGNED = 'profile = "signed"\nkey = "keys/agency.p12"'
"""Whatever file it names: the key is opened when something is signed."""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an agency file into a folder that holds everything `WHOLE` names."""
    for folder in ("seals", "keys", "fonts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "seals/agency.png").touch()
    (tmp_path / "keys/agency.p12").touch()
    (tmp_path / "scope.csv").write_text("职业名称,等级\n车工,5-1\n", encoding="utf-8")

    def to(text: str) -> Path:
        path = tmp_path / "agency.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return to


def messages(path: Path) -> list[str]:
    """What `load` says in English, line by line; the Chinese must name the same places."""
    with pytest.raises(AgencyFileError) as caught:
        load(path)
    zh, en = caught.value.said
    assert [line.split("  ")[0] for line in zh.split("\n")] == [
        line.split("  ")[0] for line in en.split("\n")
    ]
    return en.split("\n")


def test_the_smallest_file_is_an_agency_that_issues_on_paper(write: Write) -> None:
    path = write(SMALLEST)
    agency = load(path)
    assert agency.sites == {
        "main": Site("main", "Y000041000001", date(2026, 1, 1), date(2028, 12, 31))
    }
    assert (agency.electronic, agency.paper, agency.sample) == (False, True, False)
    assert agency.key is None
    assert agency.qr is QrProfile.OFFICIAL
    assert agency.seal_side is SealSide.RIGHT
    assert (agency.scope, agency.first_serials, agency.check_share) == ((), (), None)
    assert agency.register == path.parent / "register.db"


def test_every_key_arrives_in_its_field(write: Write) -> None:
    path = write(WHOLE)
    folder = path.parent
    agency = load(path)
    assert agency.name == "云河样例机械有限公司"
    assert agency.english_name == "Yunhe Sample Machinery Co., Ltd."
    assert (agency.category, agency.sample) == ("Y", True)
    assert agency.branches == {"zezhou": Branch("zezhou", "分公司", "Branch", "zezhou")}
    assert agency.site_of("main", "zezhou").prefix == "Y000041000002"
    assert [entry.occupation for entry in agency.scope] == ["车工"]
    assert agency.seals == {
        "agency": SealPicture(folder / "seals/agency.png", 42.0),
        "zezhou": SealPicture(folder / "seals/agency.png", 40.5),
    }
    assert agency.key == KeyFile(
        pkcs12=folder / "keys/agency.p12",
        passphrase_env="CERTGEN_PASSPHRASE",  # noqa: S106 - a name
    )
    assert (agency.qr, agency.qr_host) == (QrProfile.OWN_HOST, "cert.example.cn")
    assert agency.seal_side is SealSide.LEFT
    assert agency.provincial_query == "http://query.example.cn/"
    assert agency.print_number
    assert (agency.electronic, agency.paper, agency.print_seals) == (True, False, True)
    assert agency.check_share == 0.05
    assert agency.register == folder / "out/register.db"
    assert agency.first_serials == (FirstSerial("main", 2026, Level.THREE, 121),)
    assert agency.first_serials[0].level is Level.THREE
    assert agency.font_folder == folder / "fonts"


def test_a_key_makes_electronic_certificates_unless_the_file_says_no(write: Write) -> None:
    key = f'[key]\npkcs12 = "keys/agency.p12"\n[seals]\nagency = {SEAL}\n'
    assert load(write(SMALLEST + key)).electronic
    assert not load(write(SMALLEST + key + "[output]\nelectronic = false\n")).electronic


def test_a_branch_on_paper_needs_no_picture_of_a_seal(write: Write) -> None:
    assert load(write(SMALLEST + BRANCH)).seals == {}


def test_a_file_from_a_windows_editor_is_read(write: Write) -> None:
    path = write("")
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert load(path).sample


def line_of(part: str, text: str) -> int:
    """The line on which `part` ends in `text`."""
    return text[: text.index(part) + len(part)].count("\n") + 1


def only_message_about(key: str, path: Path) -> tuple[str, str]:
    """Place and sentence of the one message about `key`."""
    (message,) = [said for said in messages(path) if f"  {key}: " in said]
    place, sentence = message.split(f"  {key}: ")
    return place, sentence


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("format = 1", "format = 2", "format", "format 1 only"),
        ("format = 1", "format = true", "format", "whole number"),
        ('name = "云河样例机械有限公司"', 'name = " 云河"', "agency.name", "spaces"),
        ('name = "云河样例机械有限公司"', 'name = "云河\\n公司"', "agency.name", "line break"),
        ('name = "云河样例机械有限公司"', 'name = "云\\u200b河"', "agency.name", "invisible"),
        ('name = "云河样例机械有限公司"', "name = 7", "agency.name", "text in quotes"),
        ('name = "云河样例机械有限公司"', 'name = ""', "agency.name", "missing or empty"),
        ('"Yunhe Sample Machinery Co., Ltd."', '"Yunhe "', "agency.english_name", "spaces"),
        ('category = "Y"', 'category = "H"', "agency.category", "Y (employer)"),
        ("sample = true", 'sample = "yes"', "agency.sample", "true or false"),
        ("sample = true", "smaple = true", "agency.smaple", "did you mean sample?"),
        ("sample = true", "seal = true", "agency.seal", "unknown key"),
        ("sample = true", "x = 1", "agency.x", "known here: name, english_name"),
        ('id = "main"', 'id = "Main"', "sites[0].id", "a-z"),
        ('id = "main"', 'id = "２"', "sites[0].id", "0-9"),
        ('"Y000041000001"', '"Y00004100000１"', "sites[0].prefix", "position 13"),
        ('"Y000041000001"', '"Y000099000001"', "sites[0].prefix", "99"),
        ('"Y000041000001"', '"Y00004100001"', "sites[0].prefix", "13"),
        ('"Y000041000001"', '"S000041000001"', "sites[0].prefix", "category is Y"),
        ('"Y000041000002"', '"Y000041000001"', "sites[1].prefix", "same numbers"),
        ("filed_from = 2026-01-01", 'filed_from = "2026-01-01"', "sites[0].filed_from", "date"),
        (
            "filed_from = 2026-01-01",
            "filed_from = 2026-01-01T00:00:00",
            "sites[0].filed_from",
            "date",
        ),
        ("filed_until = 2028-12-31", "filed_until = 2025-12-31", "sites[0].filed_until", "before"),
        (
            '[[branches]]\nid = "zezhou"',
            '[[branches]]\nid = "agency"',
            "branches[0].id",
            "something else",
        ),
        ("[[branches]]", "[branches]", "branches", "a list of tables"),
        ('name = "分公司"', 'name = ""', "branches[0].name", "missing or empty"),
        ('name = "分公司"', 'name = "分公司 "', "branches[0].name", "spaces"),
        ('site = "zezhou"', 'site = "zz"', "branches[0].site", "there are: main, zezhou"),
        ('"scope.csv"', '"none.csv"', "scope.file", "not there"),
        ('"scope.csv"', '"\\u0000"', "scope.file", "not there"),
        ('"scope.csv"', f'"{"x" * 400}"', "scope.file", "not there"),
        ("diameter_mm = 42", "diameter_mm = 45.1", "seals.agency.diameter_mm", "10 to 45"),
        ("diameter_mm = 42", "diameter_mm = 9.9", "seals.agency.diameter_mm", "10 to 45"),
        ("diameter_mm = 42", "diameter_mm = nan", "seals.agency.diameter_mm", "10 to 45"),
        ("diameter_mm = 42", 'diameter_mm = "42"', "seals.agency.diameter_mm", "a number"),
        (
            "diameter_mm = 42",
            'diameter_mm = 42, wording = "某某章"',
            "seals.agency.wording",
            "filed name",
        ),
        (", diameter_mm = 42", "", "seals.agency.diameter_mm", "missing"),
        ('"seals/agency.png"', '"seals"', "seals.agency.picture", "not there"),
        (f"agency = {SEAL}", 'agency = "seals/agency.png"', "seals.agency", "a table"),
        ("branches.zezhou = {", "branches.zz = {", "seals.branches.zz", "no branch has this id"),
        ('pkcs12 = "keys/agency.p12"', 'pkcs12 = "keys/x.p12"', "key.pkcs12", "not there"),
        ('"CERTGEN_PASSPHRASE"', '"correct horse"', "key.passphrase_env", "not the passphrase"),
        (
            'profile = "own-host"',
            'profile = "url"',
            "qr.profile",
            "code, official, own-host, signed",
        ),
        ('"cert.example.cn"', '"https://cert.example.cn"', "qr.host", "without https://"),
        ('"cert.example.cn"', '"cert.example.cn/c"', "qr.host", "host name"),
        ('"cert.example.cn"', '"cert.example.cn:443"', "qr.host", "host name"),
        ('"cert.example.cn"', '"Cert.example.cn"', "qr.host", "small letters"),
        ('"cert.example.cn"', '"证书.example.cn"', "qr.host", "xn--"),
        ('"cert.example.cn"', '"localhost"', "qr.host", "host name"),
        ('"cert.example.cn"', '"192.0.2.7"', "qr.host", "host name"),
        ('seal_side = "left"', 'seal_side = "top"', "layout.seal_side", "left, right"),
        ('"http://query.example.cn/"', '"query.cn"', "layout.provincial_query", "http://"),
        ('"http://query.example.cn/"', '"http://["', "layout.provincial_query", "http://"),
        ("print_number = true", "print_number = 1", "layout.print_number", "true or false"),
        ("check_share = 0.05", "check_share = 5", "output.check_share", "between 0 and 1"),
        ('"out/register.db"', '"postgresql://host/x"', "numbers.register", "a file on this"),
        ('"out/register.db"', '""', "numbers.register", "a file on this"),
        ('site = "main", year', 'site = "zz", year', "numbers.first[0].site", "no such site"),
        ("year = 2026", "year = 26", "numbers.first[0].year", "2019 to 2099"),
        ("level = 3", "level = 6", "numbers.first[0].level", "1 to 5"),
        ("level = 3", "level = 0", "numbers.first[0].level", "1 to 5"),
        ("serial = 121", "serial = 0", "numbers.first[0].serial", "1 to 999999"),
        ("serial = 121", "serial = 1000000", "numbers.first[0].serial", "1 to 999999"),
        (", serial = 121", "", "numbers.first[0].serial", "missing"),
        ("first = [ {", "first = [ 7, {", "numbers.first[0]", "a table"),
        ('folder = "fonts"', 'folder = "scope.csv"', "fonts.folder", "not there"),
        ("[fonts]", "[font]", "font", "did you mean fonts?"),
    ],
)
def test_a_broken_rule_names_line_and_key(
    write: Write, old: str, new: str, key: str, words: str
) -> None:
    text = WHOLE.replace(old, new, 1)
    assert text != WHOLE
    place, sentence = only_message_about(key, write(text))
    assert words in sentence
    assert place == f"agency.toml:{line_of(old, WHOLE)}"


@pytest.mark.parametrize(
    ("change", "key", "words", "on"),
    [
        (('id = "main"', 'id = "zezhou"'), "sites[1].id", "taken", "12-31\n[[sites]]\nid"),
        ((f"agency = {SEAL}\n", ""), "seals.agency", "need the picture", "[seals]"),
        (("branches.zezhou = {", "#"), "seals.branches.zezhou", "need the picture", "[seals]"),
        (('profile = "own-host"', ""), "qr.host", "only profile", "host = "),
        (('host = "cert.example.cn"', ""), "qr.host", "needs the host", "[qr]"),
        (("electronic = true", "electronic = false"), "output.paper", "neither", "paper = false"),
        (("format = 1\n", ""), "format", "missing", "[agency]"),
        (('category = "Y"\n', ""), "agency.category", "missing", "[agency]"),
    ],
)
def test_a_rule_about_two_keys_points_at_the_one_to_change(
    write: Write, change: tuple[str, str], key: str, words: str, on: str
) -> None:
    text = WHOLE.replace(*change, 1)
    place, sentence = only_message_about(key, write(text))
    assert words in sentence
    assert place == f"agency.toml:{line_of(on, text)}"


@pytest.mark.parametrize(
    ("extra", "key"),
    [
        ('[key]\npkcs12 = "keys/agency.p12"\n[output]\nelectronic = false\n', "seals.agency"),
        ("[output]\nprint_seals = true\n", "seals.agency"),
        (f"{BRANCH}[output]\nprint_seals = true\n", "seals.branches.zezhou"),
        (f"{BRANCH}[output]\nelectronic = true\n", "seals.branches.zezhou"),
    ],
)
def test_whoever_draws_or_signs_with_a_seal_must_have_its_picture(
    write: Write, extra: str, key: str
) -> None:
    _, sentence = only_message_about(key, write(SMALLEST + extra))
    assert "need the picture of the seal" in sentence


def test_a_counter_has_one_first_serial(write: Write) -> None:
    first = '{ site = "main", year = 2026, level = 3, serial = 5 }'
    path = write(f"{SMALLEST}[numbers]\nfirst = [ {first},\n {first} ]\n")
    assert messages(path) == [
        (
            "agency.toml:13  numbers.first[1]: "
            "this site, year and level has a first serial already; keep one"
        )
    ]


def test_all_problems_are_reported_at_once_in_the_order_of_the_file(write: Write) -> None:
    text = WHOLE.replace('"Y000041000001"', '"Y000099000001"').replace("= 42 ", "= 50 ")
    text = text.replace("serial = 121", "serial = 0").replace("sample = true", "sampel = true")
    (write("").parent / "scope.csv").write_text("职业名称,等级\n车工,8\n", encoding="utf-8")
    found = messages(write(text))
    places = [message.split(": ")[0].split("  ") for message in found]
    assert [key for _, key in places[:-1]] == [
        "agency.sampel",
        "sites[0].prefix",
        "seals.agency.diameter_mm",
        "numbers.first[0].serial",
    ]
    assert found[-1].startswith("scope.csv:2  '8' names no skill level")


def test_an_empty_file_says_what_is_needed(write: Write) -> None:
    assert [message.split(":")[1].split("  ")[1] for message in messages(write(""))] == [
        "format",
        "agency",
        "sites",
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('format = 1\nname = "x\n', 2, "a quote or an equals sign missing"),
        ("format = 1\nname = “x”\n", 2, "type “” on this line as ASCII marks"),
        ("format = 1\n[agency\n", 2, "TOML syntax"),
        ("format = 1\nformat = 1\n", 2, "TOML syntax"),
        ("a = [\n1,\n", 2, "TOML syntax"),
        ("a = " + "[" * 5000, 1, "too deeply"),
        ("a = " + "1" * 5000, 1, "TOML syntax"),
    ],
)
def test_broken_toml_is_reported_with_its_line(
    write: Write, text: str, line: int, words: str
) -> None:
    (message,) = messages(write(text))
    assert message.startswith(f"agency.toml:{line}  ")
    assert words in message


def test_a_file_in_another_encoding_is_refused_with_its_line(write: Write) -> None:
    path = write("")
    path.write_bytes(SMALLEST.encode("gb18030"))
    assert messages(path) == ["agency.toml:3  not UTF-8; save the file as UTF-8"]


def test_a_file_that_is_no_agency_file_by_its_size_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "agency.toml"
    path.write_text("#" * 2_000_001, encoding="utf-8")
    assert messages(path) == ["agency.toml:1  too large to be an agency file"]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AgencyFileError, match="run certgen init"):
        load(tmp_path / "agency.toml")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text()
    | st.lists(st.sampled_from(WHOLE.splitlines()), max_size=30).map("\n".join)
    | st.tuples(st.integers(0, len(WHOLE)), st.text(max_size=3), st.integers(0, 9)).map(
        lambda cut: WHOLE[: cut[0]] + cut[1] + WHOLE[cut[0] + cut[2] :]
    )
)
def test_any_text_is_an_agency_or_refused(write: Write, text: str) -> None:
    path = write("")
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        agency = load(path)
    except InputError:
        return
    assert agency.sites
