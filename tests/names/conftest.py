"""The fonts of the cache, and a roster of rare names."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from certgen.fonts import fontset
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.intake.sheets import Sheet, find_sheet

HEADER = "姓名,证件类型,证件号码,职业名称,工种,职业技能等级"


@pytest.fixture(scope="session")
def fonts() -> FontSet[Face]:
    """The open faces, without those the machine happens to have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fontset, "system_folders", tuple)
        return fontset.load()


def without(fonts: FontSet[Face], *families: str) -> FontSet[Face]:
    """The same set, poorer."""
    chains = {
        role: tuple(face for face in chain if face.family not in families)
        for role, chain in fonts.faces.items()
    }
    return FontSet(chains)


def a_sheet(folder: Path, names: Sequence[str], occupation: str = "车工", job: str = "--") -> Sheet:
    """A roster of these people; the first stands in row 2."""
    rows = [f"{name},居民身份证,99000019900101{i:04},{occupation},{job},3"
            for i, name in enumerate(names)]  # fmt: skip
    path = folder / "roster.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return find_sheet(path)
