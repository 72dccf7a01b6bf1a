import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from certgen.fonts import fontset

# The samples are scripts: they import each other from their own folder.
sys.path.insert(0, str(Path(__file__).parents[2] / "samples"))

import make

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def seal_font() -> Path:
    """The face of the seals, as the script chooses it."""
    return fontset.load().faces["hei"][0].path


@pytest.fixture(scope="session")
def made_samples(tmp_path_factory: pytest.TempPathFactory, seal_font: Path) -> Path:
    """All samples, made once for all tests of this folder."""
    out = tmp_path_factory.mktemp("made")
    make.make(out, NOW, seal_font)
    return out
