"""The open faces, as the set-up fetched them, without those the machine happens to have."""

import pytest

from certgen.fonts import fontset
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet


@pytest.fixture(scope="session")
def fonts() -> FontSet[Face]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fontset, "system_folders", tuple)
        return fontset.load()
