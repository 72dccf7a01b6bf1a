"""The centre's directory of agencies (评价机构目录) as an Excel list, and the agency that a design names.

Columns as centres keep them, in any order, titles above them passed over: 机构名称, 英文名称, 类别,
分支机构, 备案职业范围. Branches and scope may hold several entries, one a line or parted by 、；.
A scope entry is 职业名称, or 职业名称/工种, with levels in brackets: 车工/数控车床（5-3）.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from certgen.errors import InputError
from certgen.exchange.agency import ScopeEntry
from certgen.standards.levels import Level
from certgen.standards.text import half_width
from certgen.standards.wording import name_spans
from verify.design.design import Design
from verify.design.filing import Filing
from verify.design.texts import texts_of

_HEADERS = {
    "name": ("机构名称", "评价机构名称", "单位名称", "备案机构名称", "名称", "name", "agency"),
    "english": ("英文名称", "机构英文名称", "英文名", "englishname", "english"),
    "category": ("类别", "机构类别", "评价机构类别", "category"),
    "branches": ("分支机构", "分支机构名称", "下属机构", "branches"),
    "scope": ("备案职业范围", "职业范围", "评价范围", "认定范围", "备案范围", "scope"),
    "association": ("是否协会", "行业协会商会", "association"),
    "host": ("查询网址", "机构查询网址", "queryhost", "host"),
}
_LIST = re.compile(r"[\n\r、；;]+")
_ENTRY = re.compile(r"([^/（(]+)(?:/([^（(]+))?(?:[（(]([^）)]*)[）)])?")
_LEVELS = re.compile(r"([1-5一二三四五])\s*级?(?:\s*[-—–~至到]\s*([1-5一二三四五])\s*级?)?")
_MOST_ROWS = 200_000
_LARGEST = 50_000_000


def read(path: Path) -> tuple[Filing, ...]:
    """Every agency of the list. Raises `InputError` for a file without such a table."""
    for cells in _sheets(path):
        columns = None
        filings = []
        for row in cells[:_MOST_ROWS]:
            if columns is None:
                columns = _columns(row)
                continue
            filing = _filing(
                {key: str(row[at]).strip() for key, at in columns.items() if at < len(row)}
            )
            if filing:
                filings.append(filing)
        if columns is not None:
            return tuple(_merged(filings))
    raise InputError(
        zh=f"{path.name} 中没有找到“机构名称”一列；列名可为：机构名称、英文名称、类别、分支机构、备案职业范围",
        en=f"{path.name} has no column 机构名称; columns are 机构名称, 英文名称, 类别, 分支机构, 备案职业范围",
    )


def _sheets(path: Path) -> Sequence[Sequence[Sequence[object]]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(zh=f"{path.name} 过大", en=f"{path.name} is too large")
        book = CalamineWorkbook.from_path(str(path))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names[:20]]
    except (OSError, CalamineError, ValueError) as problem:
        raise InputError(
            zh=f"无法读取机构目录 {path.name}：请提供 .xlsx、.xls 或 .ods",
            en=f"cannot read the directory {path.name}: give .xlsx, .xls or .ods",
        ) from problem


def _columns(row: Sequence[object]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        title = "".join(half_width(str(cell)).lower().split())
        for key, names in _HEADERS.items():
            if title in names:
                found.setdefault(key, at)
    return (
        found
        if ("name" in found and len(found) > 1) or (list(found) == ["name"] and len(row) < 3)
        else None
    )


def _filing(cells: dict[str, str]) -> Filing | None:
    name = cells.get("name", "")
    if not name:
        return None
    category = half_width(cells.get("category", "")).upper()
    association = cells.get("association", "")
    return Filing(
        name=name,
        english_name=cells.get("english", ""),
        category="Y" if category.startswith("Y") or "用人" in category else "S" if category else "",
        association=association in {"是", "Y", "yes", "1", "True", "√"} if association else None,
        branches=tuple(
            part for part in map(str.strip, _LIST.split(cells.get("branches", ""))) if part
        ),
        scope=tuple(_scope(cells.get("scope", ""))),
        qr_host=re.sub(r"^https?://|/.*$", "", cells.get("host", "")),
    )


def _scope(text: str) -> list[ScopeEntry]:
    entries = []
    for part in re.split(r"[\n\r；;、](?![^（(]*[）)])", text):
        found = _ENTRY.fullmatch(part.strip())
        if found:
            occupation, job, levels = found.groups()
            entries.append(
                ScopeEntry(occupation.strip(), job.strip() if job else None, _levels(levels or ""))
            )
    return entries


def _levels(text: str) -> frozenset[Level]:
    """The levels in a bracket; all five where none are named."""
    digits = str.maketrans("一二三四五", "12345")
    levels: set[Level] = set()
    for first, last in _LEVELS.findall(half_width(text)):
        one = int(first.translate(digits))
        other = int(last.translate(digits)) if last else one
        levels.update(Level(n) for n in range(min(one, other), max(one, other) + 1))
    return frozenset(levels or Level)


def _merged(filings: Sequence[Filing]) -> list[Filing]:
    """One agency for all of its lines: lists give a line for each branch or occupation."""
    merged: dict[str, Filing] = {}
    for filing in filings:
        known = merged.get(filing.name)
        merged[filing.name] = (
            filing
            if known is None
            else replace(
                known,
                english_name=known.english_name or filing.english_name,
                branches=tuple(dict.fromkeys((*known.branches, *filing.branches))),
                scope=(*known.scope, *filing.scope),
            )
        )
    return list(merged.values())


def agency_of(design: Design, directory: Sequence[Filing]) -> Filing | None:
    """The one agency whose exact name, or that of a branch, shows on the design.

    A name inside a longer one of the list does not count: 样例集团 in 样例集团北方分公司. None where no
    name or more than one is there: a person says which (`--agency`).
    """
    by_name = {name: filing for filing in directory for name in filing.names}
    shown = "。".join(t.text for t in texts_of(design) if t.on_page and not t.hidden)
    found = {by_name[span.word].name for span in name_spans(shown, by_name)}
    return by_name[found.pop()] if len(found) == 1 else None
