"""The fonts of the cache, without those the machine happens to have."""

from pathlib import Path

import pytest

from certgen.fonts import fontset
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet


@pytest.fixture(scope="session")
def fonts() -> FontSet[Face]:
    """The open faces, as the set-up fetched them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fontset, "system_folders", tuple)
        return fontset.load()


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with empty `cache` and `system` folders, to put fonts in."""
    for name in ("cache", "system", "given"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("CERTGEN_FONT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(fontset, "system_folders", lambda: (tmp_path / "system",))
    return tmp_path
