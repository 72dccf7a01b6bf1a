"""The faces known by name: the genuine ones of each role, and the open ones that stand in for them.

人社鉴发〔2021〕1号 sets titles in 楷体 and filled values in 仿宋; the 2019 sample says 华文楷体,
hence STKaiti before KaiTi. Names are compared with `key()`, against the font's own name table in
every language, never against a file name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ROLES = ("kai", "fangsong", "hei", "times")

GENUINE: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "kai": (
            ("STKaiti", "华文楷体"),
            ("KaiTi", "楷体"),
            ("KaiTi_GB2312", "楷体_GB2312"),
            ("Kaiti SC", "楷体-简"),
        ),
        "fangsong": (
            ("FangSong", "仿宋"),
            ("FangSong_GB2312", "仿宋_GB2312"),
            ("STFangsong", "华文仿宋"),
        ),
        "hei": (("SimHei", "黑体"), ("STHeiti", "华文黑体")),
        "times": (("Times New Roman", "TimesNewRomanPSMT"),),
    }
)
"""Role to genuine faces, best first; each face by the names it goes under."""


@dataclass(frozen=True, slots=True)
class OpenFace:
    """A face with an open licence, and the packages that carry it."""

    name: str  # as its name table says
    style: str  # the role whose look it has, or 'song' (宋体), which is no role's; mainland forms
    file: str  # in the package
    packages: tuple[str, ...]  # tried in this order; releases name them differently
    licence: str  # SPDX where it has an id
    sha256: str  # of the file when it was last looked at; another one is said, not refused

    @property
    def cached_file(self) -> str:
        """Its name in the cache, where PostScript outlines have become TrueType ones."""
        return self.file.replace(".otf", ".ttf")


_FANDOL_LICENCE = "GPL-3.0 with font exception"
_TEXLIVE = ("texlive-lang-chinese",)

_FANDOL_KAI = OpenFace(
    "FandolKai",
    "kai",
    "FandolKai-Regular.otf",
    _TEXLIVE,
    _FANDOL_LICENCE,
    "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827",
)
_FANDOL_FANG = OpenFace(
    "FandolFang",
    "fangsong",
    "FandolFang-Regular.otf",
    _TEXLIVE,
    _FANDOL_LICENCE,
    "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
)
_FANDOL_HEI = OpenFace(
    "FandolHei",
    "hei",
    "FandolHei-Regular.otf",
    _TEXLIVE,
    _FANDOL_LICENCE,
    "4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28",
)
_WENKAI = OpenFace(
    "LXGW WenKai GB Lite",
    "kai",
    "LXGWWenKaiGBLite-Regular.ttf",
    _TEXLIVE,
    "OFL-1.1",
    "1675c708cce181871d9a8adc987f35a0cabc6ff980685cd99f05d2655ea08c4c",
)
_ZHUQUE = OpenFace(
    "Zhuque Fangsong (technical preview)",
    "fangsong",
    "LXGWZhuqueFangsong-Regular.ttf",
    _TEXLIVE,
    "OFL-1.1",
    "558c62730844fe54ba220146ed62f859d4e2880188d92d985f8921c6e3743bc4",
)
_BABELSTONE = OpenFace(
    "BabelStone Han",
    "song",
    "BabelStoneHan.ttf",
    ("fonts-babelstone-han",),
    "Arphic-1999",
    "d8bb747b3fdccd84a60bd0aa56bb90937270d0bd15f1101cd8f2a5a3709dd0a3",
)
_LIBERATION = OpenFace(
    "Liberation Serif",
    "times",
    "LiberationSerif-Regular.ttf",
    # An old release keeps version 1 in the second one; a new one leaves the first one empty.
    ("fonts-liberation2", "fonts-liberation"),
    "OFL-1.1",
    "9caef765d2e891c10dd73658894f01e660fe0c1c83e0bda7d6edf561d8f623d4",
)

OPEN: Mapping[str, tuple[OpenFace, ...]] = MappingProxyType(
    {
        "kai": (_FANDOL_KAI, _WENKAI, _BABELSTONE),
        "fangsong": (_FANDOL_FANG, _ZHUQUE, _BABELSTONE),
        "hei": (_FANDOL_HEI, _BABELSTONE),
        "times": (_LIBERATION,),
    }
)
"""Role to open faces, best first. FandolFang before Zhuque: Zhuque's digits are proportional."""

OPEN_FACES: tuple[OpenFace, ...] = tuple(
    dict.fromkeys(face for role in ROLES for face in OPEN[role])
)


def key(name: str) -> str:
    """The form in which names are compared: 'KaiTi_GB2312' and 'Kaiti GB2312' agree."""
    return name.casefold().translate(_IGNORED)


_IGNORED = str.maketrans("", "", " -_")


def genuine_keys(role: str) -> tuple[frozenset[str], ...]:
    """The genuine faces of `role`, best first; each by the keys of its names."""
    return tuple(frozenset(map(key, names)) for names in GENUINE[role])


def open_keys(role: str) -> tuple[frozenset[str], ...]:
    """The open faces of `role`, best first."""
    return tuple(frozenset({key(face.name)}) for face in OPEN[role])


def is_genuine(role: str, family: str) -> bool:
    """Whether a face of this name is one that the notice means by `role`."""
    return any(key(family) in names for names in genuine_keys(role))


def style_of(family: str) -> str | None:
    """The style of a known face, as in `OpenFace.style`; None for one we have never heard of."""
    genuine = next((role for role in ROLES if is_genuine(role, family)), None)
    return genuine or next((f.style for f in OPEN_FACES if key(f.name) == key(family)), None)
