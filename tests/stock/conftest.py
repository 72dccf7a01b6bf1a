"""The invented blank sheet of the samples as a scan, made once."""

from pathlib import Path

import blank_sheet
import pytest

from certgen.compose import Composer
from certgen.exchange.agency import Agency
from certgen.standards.forms import FormId
from certgen.stock import edges, proposing, writing
from certgen.stock.definition import Of
from certgen.stock.proposing import Proposed
from tests.render.builders import an_agency, draw_seals, fonts


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Has seals, blank.jpg and the stock.toml that is proposed from it."""
    return tmp_path_factory.mktemp("stock")


@pytest.fixture(scope="package")
def agency(folder: Path) -> Agency:
    return an_agency(draw_seals(folder / "seals"))


@pytest.fixture(scope="package")
def proposed(folder: Path, agency: Agency) -> Proposed:
    blank_sheet.scan(agency, fonts()).save(folder / "blank.jpg", quality=80, dpi=(150, 150))
    found = edges.find(folder / "blank.jpg", (297, 210))
    of = Of(FormId.NATIONAL_2021)
    made = proposing.propose(found, of, "2026年版", Composer(agency, None, fonts()), folder)
    text = writing.dumps(made.tree, made.remarks)
    (folder / "stock.toml").write_text(text, encoding="utf-8")
    return made
