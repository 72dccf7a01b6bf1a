"""Designs of our own, written to disk and read back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from verify.design.design import Design
from verify.design.limits import Limits
from verify.design.read import read

Reads = Callable[[str, bytes | str], Design]


@pytest.fixture
def reads(tmp_path: Path) -> Reads:
    """A design given as bytes or text, as it is read back in this process; LibreOffice is not asked."""

    def read_back(name: str, data: bytes | str) -> Design:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read(path, isolated=False, limits=Limits(convert=False))

    return read_back
