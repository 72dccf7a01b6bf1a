"""One target drawn, printed to a raster, and photographs of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.calibration.taking import Raster, printed
from certgen.calibration import drawing
from certgen.exchange.calibration_target import Target
from certgen.fonts import fontset
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet

MADE = datetime(2026, 6, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def fonts() -> FontSet[Face]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fontset, "system_folders", tuple)
        return fontset.load()


@pytest.fixture(scope="session")
def pdf(fonts: FontSet[Face], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("target") / "a4.pdf"
    drawing.write(path, Target(297, 210), fonts, made=MADE)
    return path


@pytest.fixture(scope="session")
def raster(pdf: Path) -> Raster:
    return printed(pdf)
