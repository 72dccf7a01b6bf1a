"""A fresh register with one open run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from certgen.registry.register import Register

from .builders import FILE, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def register(path: Path, clock: Clock) -> Iterator[Register]:
    with Register.open(path, clock=clock) as register:
        yield register


@pytest.fixture
def job(register: Register) -> str:
    return register.open_job(roster="roster.xlsx", sha256=FILE)
