import re
from datetime import date
from pathlib import Path

import pytest

from certgen.exchange.agency import PayloadKeyFile, SignatureLevel
from certgen.exchange.agency_file import load
from certgen.exchange.agency_shape import AGENCY_FILE, Kind, Named, Rows, Shape, Table
from certgen.exchange.agency_template import SCOPE_NAME, TEMPLATE_NAME, scope_template, template
from certgen.standards.levels import Level

OPTION = re.compile(r"^# (?=\[|[a-z0-9_.]+ = )", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / SCOPE_NAME).write_text(scope_template(), encoding="utf-8")
    return tmp_path


def written(folder: Path, text: str) -> Path:
    path = folder / TEMPLATE_NAME
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("sample", [False, True])
def test_the_template_loads_as_it_stands(folder: Path, *, sample: bool) -> None:
    agency = load(written(folder, template(sample=sample)))
    assert agency.sample is sample
    assert (agency.paper, agency.electronic) == (True, False)
    assert [entry.job for entry in agency.scope] == [None, "数控车床", "母婴护理员", None]
    assert agency.scope[-1].levels == set(Level)


def test_names_and_prefix_of_the_template_are_nobodys(folder: Path) -> None:
    agency = load(written(folder, template()))
    assert "样例" in agency.name
    assert "Sample" in agency.english_name
    assert agency.sites["main"].prefix == "S000041990001"


def test_the_template_loads_with_every_option_switched_on(folder: Path) -> None:
    seals = ("seals/agency.png", "seals/zezhou.png", "seals/embossed.png")
    keys = ("agency.p12", "zezhou.p12", "roots.pem", "crl", "tsa.pem", "payload.pem")
    files = (
        *seals,
        *(f"keys/{name}" for name in keys),
        "fonts/x",
        "staff.xlsx",
        "my-layout.toml",
        "profiles/shop.icc",
        "stock.toml",
    )
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    text = OPTION.sub("", template()).replace('profile = "official"', 'profile = "signed"')
    # Staff lists and technical schools are for employers.
    text = text.replace('category = "S"', 'category = "Y"').replace('"S0000', '"Y0000')
    agency = load(written(folder, text))
    assert agency.branches.keys() == {"zezhou"}
    assert agency.seals.keys() == {"agency", "embossed", "zezhou"}
    assert agency.key
    assert agency.branch_keys.keys() == {"zezhou"}
    assert agency.signatures.level is SignatureLevel.B_LTA
    assert agency.electronic
    assert agency.technical_school
    assert agency.sites["main"].suspended_on(date(2026, 7, 1))
    assert agency.qr_host == "cert.example.cn"
    assert agency.payload_key == PayloadKeyFile(
        folder / "keys/payload.pem", "CERTGEN_QR_PASSPHRASE"
    )
    assert agency.provincial_query
    assert agency.first_serial("main", 2026, Level.THREE) == 121
    assert agency.font_folder == folder / "fonts"


def keys_of(shape: Shape) -> set[str]:
    match shape:
        case Table(keys):
            return set(keys).union(*map(keys_of, keys.values()))
        case Rows(table) | Named(table):
            return keys_of(table)
        case Kind():
            return set()


@pytest.mark.parametrize("key", sorted(keys_of(AGENCY_FILE)))
def test_the_template_shows_every_key(key: str) -> None:
    assert re.search(rf"\b{key}\b( =|[\].])", template())


@pytest.mark.parametrize("key", sorted(keys_of(AGENCY_FILE)))
def test_the_overview_names_every_key(key: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / "agency-file.md").read_text("utf-8")
    assert re.search(rf"[`\[.]{key}[`\].<]|`{key} =", text)
