"""Says which face really serves which role, and how many of the 8,105 characters it draws.

The reader of a certificate must be able to learn that its 仿宋 is a substitute. The characters are
those of 通用规范汉字表 (国发〔2013〕23号); a level-3 character of it may stand in any name.
"""

from dataclasses import dataclass

from certgen.fonts import cache
from certgen.fonts.faces import Face, Origin
from certgen.fonts.fetch import recorded
from certgen.fonts.fontset import FontSet
from certgen.standards.characters import general_characters


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One face in one role."""

    role: str
    position: int  # 1 is the preferred face
    family: str
    origin: Origin
    file: str
    sha256: str  # its first 8 digits, as in the face id
    licence: str  # empty where we cannot know it
    covered: int  # characters of the 8,105 this face draws
    cumulative: int  # characters it and those before it draw


def rows(fontset: FontSet[Face]) -> tuple[FaceRow, ...]:
    """A row for each face of each role, in the order in which they are tried."""
    characters = general_characters()
    licences = {row.sha256: row.licence for row in recorded(cache.folder()).values()}
    coverage: dict[str, frozenset[str]] = {}
    table = []
    for role, chain in fontset.faces.items():
        union: frozenset[str] = frozenset()
        for position, face in enumerate(chain, 1):
            if face.id not in coverage:
                coverage[face.id] = frozenset(filter(face.draws, characters))
            union |= coverage[face.id]
            row = FaceRow(
                role=role,
                position=position,
                family=face.family,
                origin=face.origin,
                file=str(face.path),
                sha256=face.sha256[:8],
                licence=licences.get(face.sha256, ""),
                covered=len(coverage[face.id]),
                cumulative=len(union),
            )
            table.append(row)
    return tuple(table)
