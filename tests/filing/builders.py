"""Invented agencies with something to file, readers that do not take long, and a pack that many tests look at."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from certgen.exchange.agency import AGENCY_SEAL, Agency, Branch, QrProfile, SealPicture
from certgen.filing import making
from certgen.filing.making import Engines
from certgen.filing.opinion import Opinion
from certgen.filing.pack import Pack
from certgen.layouts import national_2021
from certgen.layouts.own_template import template
from certgen.layouts.slots import Layout
from tests.render.builders import an_agency, draw_seals, fonts
from verify.measured import measure

DAY = date(2026, 6, 1)


def not_judged(_path: Path, _agency: Agency, _holder: str) -> Opinion:
    """Stands in for the linter, which takes most of a second a page; `test_command` runs the real one."""
    return Opinion("", 0)


ENGINES = Engines(measure, not_judged)


def an_employer(folder: Path, **changes: Any) -> Agency:
    """Sample 一 and 二, in both editions; the wording of one seal is stated, of the other not."""
    seals = draw_seals(folder / "seals")
    agency = an_agency(seals, qr=QrProfile.OWN_HOST, print_number=True)
    stated = SealPicture(seals / "agency.png", 42, wording=agency.name)
    agency = replace(agency, seals={**agency.seals, AGENCY_SEAL: stated})
    return replace(agency, **changes)


def with_branches(agency: Agency, count: int) -> Agency:
    """The agency with `count` branches, all of one seal."""
    names = [f"branch-{number:02}" for number in range(count)]
    branches = {
        name: Branch(name, f"{agency.name}第{number + 1}分公司", f"Branch No. {number + 1}", "main")
        for number, name in enumerate(names)
    }
    seal = agency.seals[AGENCY_SEAL]
    seals = {AGENCY_SEAL: seal, **{name: replace(seal, wording="") for name in names}}
    return replace(agency, branches=branches, seals=seals)


def own_layout(folder: Path, *changes: tuple[str, str], sample: Layout | None = None) -> Path:
    """A sample as the agency's own layout, changed in places."""
    text = template(sample or national_2021.style_1())
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def packed(agency: Agency, target: Path, day: date = DAY) -> Pack:
    return making.make(agency, fonts(), target, day, ENGINES)
