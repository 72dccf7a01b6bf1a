"""One pack for all tests that only look."""

from pathlib import Path

import pytest

from certgen.filing.pack import Pack
from tests.filing.builders import an_employer, packed


@pytest.fixture(scope="session")
def filed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, Path]:
    """The pack of an employer with one branch, and its folder."""
    folder = tmp_path_factory.mktemp("filing")
    return packed(an_employer(folder), folder / "pack"), folder / "pack"
