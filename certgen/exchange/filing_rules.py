"""Rules for what an agency file (机构配置) repeats of the filing (备案): names, sites, branches.

What the filing authority assigned is compared with the notices; only the form of the ids is ours.
"""

import re
import unicodedata
from collections.abc import Iterator

from certgen.exchange.agency import AGENCY_SEAL, EMBOSSED_SEAL
from certgen.exchange.agency_draft import Draft, Rule, problem, site_exists
from certgen.exchange.agency_shape import Problem
from certgen.standards.codes.national import Category

_ID = re.compile(r"[a-z0-9-]+")
_UNPRINTED = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def _names_print_as_they_stand(draft: Draft) -> Iterator[Problem]:
    for path, row in ((("agency",), draft.table("agency")), *draft.rows("branches")):
        for key in ("name", "english_name"):
            name = row.get(key, "")
            if name != name.strip():
                yield problem(
                    (*path, key),
                    "名称前后有空格，请删去",
                    "spaces before or after the name; remove them",
                )
            elif any(unicodedata.category(char) in _UNPRINTED for char in name):
                yield problem(
                    (*path, key),
                    "名称中有换行或不可见字符，请重新键入",
                    "a line break or an invisible character in the name; type it again",
                )


def _known_category(draft: Draft) -> Iterator[Problem]:
    if draft.table("agency").get("category", Category.SOCIAL) not in list(Category):
        yield problem(
            ("agency", "category"),
            "应为 Y（用人单位）或 S（社会培训评价组织），见人社鉴发〔2019〕2号 附件1 二(一)",
            "must be Y (employer) or S (social training and assessment organisation), "
            "人社鉴发〔2019〕2号 附件1 二(一)",
        )


def _ids_are_plain_and_unique(draft: Draft) -> Iterator[Problem]:
    for table in ("sites", "branches"):
        seen: set[str] = set()
        for path, row in draft.rows(table):
            name = row.get("id")
            if not name:
                continue
            if not _ID.fullmatch(name):
                yield problem(
                    (*path, "id"),
                    "只能用小写字母 a-z、数字 0-9 和连字符 -",
                    "use only small letters a-z, digits 0-9 and the hyphen -",
                )
            elif name in seen:
                yield problem(
                    (*path, "id"), f"{name} 已用过，请换一个", f"{name} is taken; choose another"
                )
            elif table == "branches" and name in {AGENCY_SEAL, EMBOSSED_SEAL}:
                yield problem(
                    (*path, "id"),
                    f"{name} 另有所指，分支机构请换一个",
                    f"{name} means something else here; choose another for the branch",
                )
            seen.add(name)


def _filing_periods_run_forwards(draft: Draft) -> Iterator[Problem]:
    for path, row in draft.rows("sites"):
        start, end = row.get("filed_from"), row.get("filed_until")
        if start and end and start > end:
            yield problem(
                (*path, "filed_until"),
                f"早于备案起始日 {start}，请核对",
                f"is before filed_from, {start}; check both",
            )


def _suspensions_run_forwards(draft: Draft) -> Iterator[Problem]:
    for path, row in draft.rows("sites"):
        start, end = row.get("suspended_from"), row.get("suspended_until")
        if end and not start:
            yield problem(
                (*path, "suspended_until"),
                "有暂停截止日而没有 suspended_from，请补上暂停起始日",
                "a suspension that ends must begin: add suspended_from",
            )
        elif start and end and start > end:
            yield problem(
                (*path, "suspended_until"),
                f"早于暂停起始日 {start}，请核对",
                f"is before suspended_from, {start}; check both",
            )


def _schools_are_employers(draft: Draft) -> Iterator[Problem]:
    """评价对象为注册学籍的本校学生的，备案为用人单位评价机构 (豫职鉴〔2021〕1号 一(三)2)."""
    agency = draft.table("agency")
    if agency.get("technical_school") and agency.get("category") == Category.SOCIAL:
        yield problem(
            ("agency", "technical_school"),
            "只用于备案为用人单位（Y）的技工院校认定中心；面向社会的机构请删去本行",
            "is for the centre of a technical school, filed as an employer (Y); remove it where "
            "the public is assessed",
        )


def _branches_have_a_site(draft: Draft) -> Iterator[Problem]:
    for path, row in draft.rows("branches"):
        yield from site_exists((*path, "site"), row.get("site"), draft.site_ids())


FILING_RULES: tuple[Rule, ...] = (
    _names_print_as_they_stand,
    _known_category,
    _ids_are_plain_and_unique,
    _filing_periods_run_forwards,
    _suspensions_run_forwards,
    _schools_are_employers,
    _branches_have_a_site,
)
"""In the order of the file."""
