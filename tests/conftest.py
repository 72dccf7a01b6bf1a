"""Sample agencies for the tests of the whole batch: made once, copied afresh for each test."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# The samples are scripts, and the self-checkers of some tests are loaded by name in worker
# processes: both folders must be importable. (This one must not be: its `verify` is not ours.)
sys.path.insert(0, str(Path(__file__).parent / "issuing" / "support"))
sys.path.insert(0, str(Path(__file__).parents[1] / "samples"))

import make
import office
from office import Office

from certgen.fonts import fontset


@pytest.fixture(scope="session")
def sample_agencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `python samples/make.py` writes."""
    out = tmp_path_factory.mktemp("samples")
    make.make(out, office.NOW, fontset.load().faces["hei"][0].path)
    return out


@pytest.fixture
def open_office(
    sample_agencies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Office]:
    """A fresh copy of a sample agency's folder, ready to issue."""
    monkeypatch.setenv("CERTGEN_PASSPHRASE", "sample")
    return lambda name: Office.copied(sample_agencies / name, tmp_path / name)


@pytest.fixture
def employer(open_office: Callable[[str], Office]) -> Office:
    """云河: an employer with a branch, a key and photos."""
    return open_office("yunhe")


@pytest.fixture
def paper_only(employer: Office) -> Office:
    """云河 without key, host and electronic certificates."""
    employer.without_key()
    return employer
