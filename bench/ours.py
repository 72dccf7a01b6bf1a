"""certgen as an engine of the benchmark: stamped from a plan, signed (P-256), PDF/A-2b.

`setup` does what a batch does once: fonts, form, plan, key. `render_one` is the steady state: read
the photo's bytes, stamp, sign, write the file without fsync. Checking a row and preparing a photo
belong to the whole job (`bench.job`).
"""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.baseline import SEAL_MM, Certificate
from bench.data import (
    AGENCY,
    AGENCY_EN,
    BRANCH,
    BRANCH_EN,
    CODE_PREFIX,
    PASSPHRASE,
    PORTRAIT,
    QR_HOST,
    Material,
)
from bench.peers.engine import RenderOne
from certgen.compose import Composer
from certgen.exchange import agency_file
from certgen.fonts import fontset
from certgen.issuing.forms import PlannedForm
from certgen.model.record import Record
from certgen.render.plan import Usage, make_plan
from certgen.render.signature import Signing
from certgen.render.stamp import Portrait, Stamper
from certgen.sign.cms import Signer
from certgen.sign.key_files import load_pkcs12
from certgen.standards.identity_types import IdentityType
from certgen.standards.levels import Level

AGENCY_FILE = "agency.toml"
SITE = "main"
BRANCH_ID = "zhengzhou"
MADE = datetime(2026, 3, 18, 9, tzinfo=UTC)  # the time of reservation that the files state


class Shared(NamedTuple):
    """What a batch makes once, and the rows as certgen knows them, by certificate code."""

    stamper: Stamper
    records: dict[str, Record]


def write_agency_file(material: Material, folder: Path) -> Path:
    """The agency file (机构配置) of the invented agency; its register will stand beside it."""
    path = folder / AGENCY_FILE
    path.write_text(_agency_toml(material), encoding="utf-8")
    return path


def setup(material: Material) -> RenderOne:
    """Load fonts and key, lay out the form, plan for all rows."""
    agency = agency_file.load(write_agency_file(material, material.folder))
    fonts = fontset.load(agency.font_folder)
    composer = Composer(agency, BRANCH_ID, fonts)
    records = {row["code"]: _record(row) for row in material.records}
    usage = Usage()
    for code, record in records.items():
        usage.add(composer.values(record, code))
    form = PlannedForm(make_plan(composer, BRANCH_ID, fonts, usage, Signing.AGENCY), agency)
    key = load_pkcs12(material.key, PASSPHRASE.encode(), today=datetime.now(UTC))
    stamper = Stamper(form.plan, form.composer, Signer(key))
    return partial(render_one, Shared(stamper, records))


def render_one(shared: Shared, row: Certificate, photo: Path, out: Path) -> None:
    """Stamp, sign and write one certificate."""
    portrait = Portrait(photo.read_bytes(), *PORTRAIT)
    record = shared.records[row["code"]]
    stamped = shared.stamper.stamp(record, row["code"], portrait, MADE)
    with out.open("wb") as file:
        file.writelines((stamped.prefix, stamped.rest))


def _record(row: Certificate) -> Record:
    return Record(
        name=row["name"],
        identity_type=IdentityType.RESIDENT_CARD,
        identity_number=row["id_number"],
        occupation=row["occupation"],
        job=None if row["job"] == "--" else row["job"],
        level=Level.parse(row["level"]),
        issue_date=row["issued"],
        site=SITE,
        branch=BRANCH_ID,
    )


def _agency_toml(material: Material) -> str:
    return f"""\
format = 1
[agency]
name = "{AGENCY}"
english_name = "{AGENCY_EN}"
category = "{CODE_PREFIX[0]}"
sample = true
[[sites]]
id = "{SITE}"
prefix = "{CODE_PREFIX}"
filed_from = 2020-01-01
filed_until = 2099-12-31
[[branches]]
id = "{BRANCH_ID}"
name = "{BRANCH}"
english_name = "{BRANCH_EN}"
site = "{SITE}"
[seals]
agency = {{ picture = "{material.seals.agency}", diameter_mm = {SEAL_MM} }}
branches.{BRANCH_ID} = {{ picture = "{material.seals.branch}", diameter_mm = {SEAL_MM} }}
[key]
pkcs12 = "{material.key}"
[qr]
profile = "own-host"
host = "{QR_HOST}"
[output]
electronic = true
paper = false
[fonts]
folder = "{material.faces.kai.parent}"
"""
