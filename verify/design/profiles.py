"""Profiles (检查方案): named lists of rules. A design is checked with one or more of them together.

The linter knows none by name. What a profile changes beyond the list stands in its fields: another
title, whether empty fields are normal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType

from certgen.errors import InputError, Said
from certgen.standards.contents import CONTENTS, TITLE


@dataclass(frozen=True, slots=True)
class Profile:
    """A list of rule ids and what holds while they run."""

    id: str
    said: Said
    rules: frozenset[str] = frozenset()
    title: str = ""  # the title (证书名称) that is right
    specimen: bool = False  # 样本, ××××, No.88888888 and empty fields are normal
    short_levels: bool = False  # 三级/高级: the names of Henan 2020
    other_filler: bool = False  # —— for no job: the form of 2019
    measures: str = ""  # whose type sizes and measures hold: '2021', '2019', 'special'
    paper_only: bool = False  # text that does not show is review, not error

    def __or__(self, other: "Profile") -> "Profile":
        """Both together; what the first says of title and measures holds."""
        return Profile(
            id=f"{self.id}+{other.id}",
            said=Said(f"{self.said.zh}；{other.said.zh}", f"{self.said.en}; {other.said.en}"),
            rules=self.rules | other.rules,
            title=self.title or other.title,
            specimen=self.specimen or other.specimen,
            short_levels=self.short_levels or other.short_levels,
            other_filler=self.other_filler or other.other_filler,
            measures=self.measures or other.measures,
            paper_only=self.paper_only or other.paper_only,
        )


MISSING = tuple(f"contents/missing-{c.id.replace('_', '-')}" for c in CONTENTS if c.required)
"""One rule for each of the fifteen contents of 二(一)."""

_HIDDEN = (
    "hidden/unpainted-text",
    "hidden/layer-off",
    "hidden/annotation",
    "hidden/metadata",
    "hidden/attachment",
    "hidden/unreadable",
)
_WORDING = (
    "wording/state-name",
    "wording/government-body",
    "wording/qualification-claim",
    "wording/personnel-qualification",
    "wording/misleading",
    "wording/foreign-equivalent",
    "wording/pinyin",
    "wording/government-supervision",
)
_MARKS = (
    "marks/national-emblem",
    "marks/national-flag",
    "marks/government-logo",
    "marks/undeclared-graphic",
    "marks/misleading-picture",
)
_FORM = (
    "title/other-title",
    "name/not-as-filed",
    "scope/not-filed",
    "fields/empty-job",
    "fields/level-form",
    "page/other-size",
    "photo/other-size",
    "photo/other-ground",
    "qr/other-size",
    "qr/target",
    "seal/other-text",
    "seal/branch-position",
    "seal/embossed-text",
    "link/other-query-address",
    "type/other-face",
    "type/other-size",
)
_TEXTS = ("contents/other-body-text", "contents/other-english-terms")

_ALL = (
    Profile(
        "national-2021",
        Said("全国现行样式（人社鉴发〔2021〕1号）", "the form in force (人社鉴发〔2021〕1号)"),
        frozenset(
            (*_WORDING, *_FORM, *MISSING, *_TEXTS, *_MARKS, *_HIDDEN, "form/withdrawn-style")
        ),
        title=TITLE.zh,
        measures="2021",
    ),
    Profile(
        "association-2020",
        Said("行业协会商会（国办发〔2020〕21号）", "associations (国办发〔2020〕21号)"),
        frozenset(
            (
                *("wording/state-name", "wording/qualification-claim"),
                *("wording/personnel-qualification", "marks/national-emblem"),
                *("marks/national-flag", *_HIDDEN),
            )
        ),
    ),
    Profile(
        "campaign-2022",
        Said("2022年专项治理用语", "words of the campaign of 2022"),
        frozenset(("wording/campaign-2022",)),
    ),
    Profile(
        "specimen",
        Said(
            "备案样本：空白栏、××××、No.88888888 属正常",
            "a specimen for filing: empty fields are normal",
        ),
        specimen=True,
    ),
    Profile(
        "paper-only",
        Said("仅印刷、不作电子证书的设计", "a design for paper alone"),
        paper_only=True,
    ),
    Profile(
        "henan-schools",
        Said("河南院校认定中心名称", "names of school centres in Henan"),
        frozenset(("name/school-centre",)),
    ),
    Profile(
        "withdrawn-2019",
        Said(
            "2019年样式（已停用，仅供核对旧证）",
            "the form of 2019, withdrawn: for old certificates",
        ),
        frozenset((*_WORDING, *_FORM, *MISSING, *_MARKS, *_HIDDEN)),
        title=TITLE.zh,
        other_filler=True,
        measures="2019",
    ),
    Profile(
        "henan-2020",
        Said("河南2020年样式（豫职鉴〔2020〕2号，已停用）", "the form of Henan 2020, withdrawn"),
        frozenset((*_WORDING, *_FORM, *MISSING, *_MARKS, *_HIDDEN)),
        title=TITLE.zh,
        short_levels=True,
        other_filler=True,
        measures="2019",
    ),
    Profile(
        "special-ability",
        Said("河南省专项职业能力证书", "the special-ability certificate of Henan"),
        frozenset(
            (
                *("title/other-title", "name/not-as-filed", "page/other-size"),
                *("marks/national-emblem", "marks/national-flag", "marks/undeclared-graphic"),
                *_HIDDEN,
            )
        ),
        title="河南省专项职业能力证书",
        measures="special",
    ),
)
PROFILES: Mapping[str, Profile] = MappingProxyType({profile.id: profile for profile in _ALL})
"""By id."""

DEFAULT = ("national-2021", "campaign-2022")
"""What a design is checked with unless the reviewer says otherwise."""


def combined(ids: Iterable[str] = DEFAULT) -> Profile:
    """The named profiles together. Raises `InputError` for a name that is none.

    One that only changes how rules judge (specimen) is added to the default.
    """
    chosen = list(dict.fromkeys(ids)) or list(DEFAULT)
    for name in chosen:
        if name not in PROFILES:
            known = "、".join(PROFILES)
            raise InputError(
                zh=f"没有名为“{name}”的检查方案；可选：{known}",
                en=f"no profile is called {name!r}; there are: {', '.join(PROFILES)}",
            )
    if not any(PROFILES[name].title for name in chosen):
        chosen = [*DEFAULT, *(name for name in chosen if name not in DEFAULT)]
    return reduce(Profile.__or__, (PROFILES[name] for name in chosen))
