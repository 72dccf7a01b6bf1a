"""Says which face really serves which role, how many of the 8,105 characters it draws, and how.

The reader of a certificate must be able to learn that its 仿宋 is a substitute, or that a rare
character of it is in Song (宋体). The characters are those of 通用规范汉字表 (国发〔2013〕23号); a
level-3 character of it may stand in any name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from certgen.errors import Said
from certgen.fonts import cache
from certgen.fonts.catalogue import is_genuine, style_of
from certgen.fonts.faces import Face, Origin
from certgen.fonts.fetch import recorded
from certgen.fonts.fontset import FontSet
from certgen.standards.characters import general_characters

STYLES: Mapping[str, Said] = MappingProxyType(
    {
        "kai": Said("楷体", "Kai"),
        "fangsong": Said("仿宋", "FangSong"),
        "hei": Said("黑体", "Hei"),
        "times": Said("Times New Roman", "Times New Roman"),
        "song": Said("宋体", "Song"),
    }
)
"""Roles, and the one style that serves none, by name."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """What a reader should know about a face that is not the one the notice means."""

    said: Said
    same_style: bool  # False: its characters stand out among those of the faces before it


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
    added: int  # of these, characters that no face before it draws
    cumulative: int  # characters it and those before it draw
    substitution: Substitution | None  # None: the face the notice means


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
            added = coverage[face.id] - union
            union |= added
            row = FaceRow(
                role=role,
                position=position,
                family=face.family,
                origin=face.origin,
                file=str(face.path),
                sha256=face.sha256[:8],
                licence=licences.get(face.sha256, ""),
                covered=len(coverage[face.id]),
                added=len(added),
                cumulative=len(union),
                substitution=substitution(role, face),
            )
            table.append(row)
    return tuple(table)


def substitution(role: str, face: Face) -> Substitution | None:
    """What stands in for what; None where `face` is one the notice means."""
    if face.origin is Origin.GENUINE or is_genuine(role, face.family):
        return None
    wanted, style = STYLES[role], style_of(face.family)
    if style is None:
        said = Said("自备字体，样式请自行核对", "a face of your own: check its style")
        return Substitution(said, same_style=True)
    if style != role:
        zh, en = STYLES[style]
        said = Said(f"以{zh}代替{wanted.zh}", f"{en} in place of {wanted.en}")
        return Substitution(said, same_style=False)
    if role == "times":
        said = Said("开源字体，字宽同 Times New Roman", "open, as wide as Times New Roman")
    else:
        said = Said(f"开源{wanted.zh}，大陆字形", f"open {wanted.en}, mainland forms")
    return Substitution(said, same_style=True)


def summary(table: Iterable[FaceRow]) -> tuple[Said, ...]:
    """A sentence for each Chinese role: how much is covered, and how much of it in another style."""
    by_role: dict[str, list[FaceRow]] = {}
    for row in table:
        by_role.setdefault(row.role, []).append(row)
    return tuple(_sentence(role, chain) for role, chain in by_role.items() if role != "times")


def _sentence(role: str, chain: list[FaceRow]) -> Said:
    covered, total = chain[-1].cumulative, len(general_characters())
    zh = f"{STYLES[role].zh}：通用规范汉字 {total:,} 字可显示 {covered:,} 字"
    en = f"{STYLES[role].en}: {covered:,} of the {total:,} general characters"
    for row in chain:
        other = row.substitution
        if other and not other.same_style and row.added:
            zh += f"，其中 {row.added:,} 字{other.said.zh}（{row.family}）"
            en += f", {row.added:,} of them with {other.said.en} ({row.family})"
    return Said(zh, en)
