"""Holds a row against what the agency has filed (备案): site (站点), branch (分支机构), scope.

"证书上填写的职业、工种/职业方向、级别应与人力资源社会保障部门备案公布的信息一致"
(人社鉴发〔2021〕1号 三(二)).
"""

import difflib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from certgen.exchange.agency import Agency, ScopeEntry
from certgen.intake.cells import Cell, Read, error, text_of
from certgen.model.finding import Finding
from certgen.standards.levels import Level
from certgen.standards.text import shown

_SCOPE_CLAUSE = "人社鉴发〔2021〕1号 三(二)"
_ISSUER_CLAUSE = "人社鉴发〔2021〕1号 一"
_BRANCH_CLAUSE = "人社鉴发〔2021〕1号 二(三)"


class Filing:
    """What an agency has filed, ready to be asked once a row."""

    def __init__(self, agency: Agency) -> None:
        self._agency = agency
        self._levels: dict[tuple[str, str], frozenset[Level]] = {}
        for entry in agency.scope:
            key = (entry.occupation, entry.job or "")
            self._levels[key] = self._levels.get(key, frozenset()) | entry.levels
        self._branch_ids = _names(agency)
        # A wrong occupation usually stands in thousands of rows, and looking for its like is slow.
        self._nearest = lru_cache(maxsize=256)(self._find_nearest)

    def branch(self, cell: Cell) -> Read[str]:
        """The id of the branch that the row names by id or filed name; '' where it names none."""
        text = text_of(cell).strip()
        if not text or text in self._branch_ids:
            return Read(self._branch_ids.get(text, ""))
        listed = "、".join(f"{b.id}（{b.name}）" for b in self._agency.branches.values()) or "—"
        unknown = error(
            "branch/unknown",
            zh=f"机构配置中没有分支机构“{shown(text)}”，现有：{listed}",
            en=f"the agency file has no branch '{shown(text)}'; it has: {listed}",
            clause=_BRANCH_CLAUSE,
        )
        return Read(None, (unknown,))

    def site(self, cell: Cell, branch: str | None) -> Read[str]:
        """The id of the site whose prefix the code carries: the branch's, the named, the only one.

        `branch` is what `branch` answered; None, an unreadable branch, decides nothing.
        """
        text = text_of(cell).strip()
        own = self._agency.branches[branch].site if branch else ""
        if text and text not in self._agency.sites:
            return self._no_site("site/unknown", f"“{shown(text)}”", f" '{shown(text)}'")
        if own and text and own != text:
            differs = error(
                "site/branch-differs",
                zh=f"该分支机构备案在站点 {own}，名单却写 {text}，请更正其一",
                en=f"the branch is filed at site {own}, the roster says {text}: correct one",
                clause=_BRANCH_CLAUSE,
            )
            return Read(None, (differs,))
        if own or text:
            return Read(own or text)
        if len(self._agency.sites) == 1:
            return Read(next(iter(self._agency.sites)))
        return Read(None) if branch is None else self._no_site("site/missing", "", "")

    def prefix(self, site: str) -> str:
        """The first 13 characters of the codes of that site."""
        return self._agency.sites[site].prefix

    def in_scope(self, occupation: str, job: str, level: Level) -> Finding | None:
        """A refusal when this occupation, job and level are not filed together."""
        if not self._agency.scope or level in self._levels.get((occupation, job), ()):
            return None
        asked = f"{occupation} / {job or '--'} / {level.written}"
        zh, en = self._nearest(occupation, job)
        return error(
            "scope/not-filed",
            zh=f"“{shown(asked)}”不在备案范围内；{zh}。请更正，或先办理备案",
            en=f"'{shown(asked)}' is not in the filed scope; {en}; correct it or file it first",
            clause=_SCOPE_CLAUSE,
        )

    def in_period(self, site: str, issued: date) -> Finding | None:
        """A refusal when the site was not filed on the issue date."""
        filed = self._agency.sites[site]
        if filed.filed_from <= issued <= filed.filed_until:
            return None
        return error(
            "scope/filing-period",
            zh=f"发证日期 {issued} 不在站点 {site} 的备案有效期内"
            f"（{filed.filed_from} 至 {filed.filed_until}），请更正日期或机构配置",
            en=f"issue date {issued} is outside the filing period of site {site} "
            f"({filed.filed_from} to {filed.filed_until}): correct the date or the agency file",
            clause=_ISSUER_CLAUSE,
        )

    def _no_site(self, code: str, zh: str, en: str) -> Read[str]:
        listed = "、".join(self._agency.sites)
        finding = error(
            code,
            zh=f"机构配置中没有站点{zh}，可用：{listed}" if zh else f"请填写站点，可用：{listed}",
            en=f"the agency file has no site{en}; it has: {listed}"
            if en
            else f"name the site, one of: {listed}",
            clause="人社鉴发〔2019〕2号 附件1 二(四)",
        )
        return Read(None, (finding,))

    def _find_nearest(self, occupation: str, job: str) -> tuple[str, str]:
        """What the filing has instead, in both languages."""
        same = next((e for e in self._agency.scope if _key(e) == (occupation, job)), None)
        if same:
            levels = "、".join(level.written for level in sorted(self._levels[_key(same)]))
            return f"该职业已备案的等级是：{levels}", f"levels filed for it: {levels}"
        written = {"/".join(_key(entry)): entry for entry in self._agency.scope}
        alike = difflib.get_close_matches(f"{occupation}/{job}", written, n=1, cutoff=0.4)
        if not alike:
            return "没有相近的备案职业", "nothing like it is filed"
        entry = written[alike[0]]
        near = f"{entry.occupation} / {entry.job or '--'}"
        return f"最接近的备案职业是“{near}”", f"the nearest filed entry is '{near}'"


def _key(entry: ScopeEntry) -> tuple[str, str]:
    return entry.occupation, entry.job or ""


def _names(agency: Agency) -> Mapping[str, str]:
    by_name = {branch.name: branch.id for branch in agency.branches.values()}
    return by_name | {branch: branch for branch in agency.branches}
