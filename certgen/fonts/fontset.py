"""The font set (字体集): a chain of faces for each role, and how a field is split among them.

>>> fonts = load()                                             # doctest: +SKIP
>>> [(face.family, part) for face, part in fonts.runs("fangsong", "张𬭎 7")]      # doctest: +SKIP
[('Zhuque Fangsong (technical preview)', '张𬭎'), ('FandolFang', ' 7')]
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar
from unicodedata import category

from certgen.errors import FontError, MissingGlyphError, Said
from certgen.fonts import cache, convert
from certgen.fonts.catalogue import ROLES, genuine_keys, open_keys
from certgen.fonts.faces import Face, Origin
from certgen.fonts.scan import FaceFacts, Index, system_folders

_MM_PER_PT = 25.4 / 72
_WANTED: Mapping[Origin, Callable[[str], tuple[frozenset[str], ...]]] = {
    Origin.GIVEN: lambda role: genuine_keys(role) + open_keys(role),
    Origin.GENUINE: genuine_keys,
    Origin.OPEN: open_keys,
}


class Drawing(Protocol):
    """What a font set asks of a face: a `Face`, or what a plan kept of one."""

    @property
    def id(self) -> str:
        """Unique per file content."""

    def draws(self, char: str) -> bool:
        """Whether the face shows `char`."""

    def advance(self, char: str) -> int:
        """The width of `char` in thousandths of an em."""


FaceT_co = TypeVar("FaceT_co", bound=Drawing, covariant=True)


@dataclass(frozen=True, eq=False)
class FontSet(Generic[FaceT_co]):
    """Faces by role: those of this machine, or those of a plan."""

    chains: Mapping[str, tuple[FaceT_co, ...]] = field(repr=False)

    @property
    def faces(self) -> Mapping[str, tuple[FaceT_co, ...]]:
        """Role to fallback chain (后备字体), the preferred face first."""
        return MappingProxyType(self.chains)

    def face(self, face_id: str) -> FaceT_co:
        """The face with this id; FontError if there is none, or another version of it."""
        for chain in self.chains.values():
            for face in chain:
                if face.id == face_id:
                    return face
        raise FontError(
            zh=f"本机没有字体 {face_id}。请使用制作该批次时的字体文件夹。",
            en=f"no face {face_id} on this machine. "
            "Use the folder of fonts the batch was made with.",
        )

    def runs(self, role: str, text: str) -> tuple[tuple[FaceT_co, str], ...]:
        """`text` in runs of one face each, in reading order.

        A field is set whole in the first face that draws all of it, so that a rare character does
        not stand out in a name; only if no face can, it is split by character. ASCII stays in the
        first face that draws it: the digits of a fallback face may be proportional. Raises
        MissingGlyphError.
        """
        chain = self.chains[role]
        if all(map(chain[0].draws, text)):
            return ((chain[0], text),) if text else ()
        rest = [char for char in text if not char.isascii()]
        whole = next((face for face in chain if all(map(face.draws, rest))), None)
        assigned = (
            (_first(role, chain, char) if whole is None or char.isascii() else whole, char)
            for char in text
        )
        return tuple(
            (face, "".join(char for _, char in group))
            for face, group in groupby(assigned, key=itemgetter(0))
        )

    def width_mm(self, face: Drawing, text: str, size_pt: float) -> float:
        """The width of `text` in millimetres, from the rounded advances a PDF's /W array holds."""
        return sum(map(face.advance, text)) * size_pt / 1000 * _MM_PER_PT


def _first(role: str, chain: Iterable[FaceT_co], char: str) -> FaceT_co:
    for face in chain:
        if face.draws(char):
            return face
    named = f"{char} U+{ord(char):04X}"
    if category(char) == "Co":
        raise MissingGlyphError(
            zh=f"{named} 是自造字（私用区），没有任何标准字体能显示。请改用该字的标准编码。",
            en=f"{named} is a private-use character: no standard face draws it. "
            "Use the character's standard code point.",
        )
    raise MissingGlyphError(
        zh=f"“{role}”的任何字体都没有字形 {named}。请在字体文件夹中加入含该字的字体，或核对名册。",
        en=f"no face of the role {role} draws {named}. "
        "Add a font that has it to the folder of fonts, or check the roster.",
    )


def load(given: Path | None = None, *, say: Callable[[Said], None] | None = None) -> FontSet[Face]:
    """The font set of this machine: from the folder `given`, the genuine faces, then the cache.

    A face with PostScript outlines is converted into the cache the first time (some 15 s, announced
    through `say`). Raises FontError if a role is left without a face, or if a face in `given` may
    not be embedded.
    """
    home = cache.folder()
    index = Index(home)
    shelves = {
        Origin.GIVEN: _given(index, given.absolute()) if given else (),
        Origin.GENUINE: tuple(f for folder in system_folders() for f in index.faces(folder)),
        Origin.OPEN: index.faces(home, deep=False),
    }
    opened: dict[FaceFacts, Face] = {}
    chains: dict[str, tuple[Face, ...]] = {}
    for role in ROLES:
        for origin, shelf in shelves.items():
            for facts in _pick(role, origin, shelf):
                if facts not in opened:
                    opened[facts] = _open(facts, origin, index, home, say)
                chains[role] = _joined(chains.get(role, ()), opened[facts])
    index.save()
    _refuse_bare(chains)
    return FontSet(chains)


def _given(index: Index, folder: Path) -> tuple[FaceFacts, ...]:
    faces = index.faces(folder)
    if not faces:
        raise FontError(
            zh=f"字体文件夹 {folder} 不存在，或其中没有可用的 TTF、TTC、OTF 字体。",
            en=f"the folder {folder} does not exist, or has no usable TTF, TTC or OTF font.",
        )
    return faces


def _pick(role: str, origin: Origin, shelf: tuple[FaceFacts, ...]) -> tuple[FaceFacts, ...]:
    """The faces on one shelf that serve the role, best first.

    A given file named after the role (`kai.ttf`) serves it whatever the face is called. What may
    not be embedded is passed over, but not if it was given: then `_open` says so.
    """
    given = origin is Origin.GIVEN
    picked = [facts for facts in shelf if given and Path(facts.path).stem.casefold() == role][:1]
    upright = [facts for facts in shelf if facts.upright and (given or facts.may_be_embedded)]
    for names in _WANTED[origin](role):
        picked += [facts for facts in upright if not names.isdisjoint(facts.keys)][:1]
    return tuple(dict.fromkeys(picked))


def _joined(chain: tuple[Face, ...], face: Face) -> tuple[Face, ...]:
    """One file may lie on two shelves; the better one keeps it."""
    return chain if face.id in {known.id for known in chain} else (*chain, face)


def _open(
    facts: FaceFacts, origin: Origin, index: Index, home: Path, say: Callable[[Said], None] | None
) -> Face:
    path = Path(facts.path)
    if not facts.may_be_embedded:
        raise FontError(
            zh=f"字体 {facts.family}（{path}）"
            f"的许可位 fsType={facts.fs_type} 禁止嵌入。请换用其他字体。",
            en=f"the face {facts.family} ({path}) forbids embedding (fsType={facts.fs_type}). "
            "Use another font.",
        )
    number = facts.index
    if facts.has_curves:
        path, number = convert.once(path, number, index.sha256(path), home, say), 0
    return Face(path, number, origin, index.sha256(path), facts.family, facts.postscript_name)


def _refuse_bare(chains: Mapping[str, tuple[Face, ...]]) -> None:
    bare = [role for role in ROLES if role not in chains]
    if bare:
        raise FontError(
            zh=f"没有可用于 {'、'.join(bare)} 的字体。"
            "请运行 `certgen fonts fetch`，或指定一个字体文件夹。",
            en=f"no font serves {', '.join(bare)}. "
            "Run `certgen fonts fetch`, or name a folder of fonts.",
        )
