"""Rosters, agencies and photos for the intake's tests. People are invented; 990000 is no place."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from PIL import Image, ImageDraw

from certgen.exchange.agency import Agency, Branch, ScopeEntry, Site
from certgen.intake.photos import PhotoFolder
from certgen.intake.roster import Roster, Row, read
from certgen.standards.identity import check_digit
from certgen.standards.levels import Level

TODAY = date(2026, 2, 1)
HEADINGS = {
    "name": "姓名",  # A
    "identity_type": "证件类型",  # B
    "identity_number": "证件号码",  # C
    "occupation": "职业名称",  # D
    "job": "工种/职业方向",  # E
    "level": "职业技能等级",  # F
    "issue_date": "发证日期",  # G
    "site": "站点",  # H
    "branch": "分支机构",  # I
    "batch": "批次",  # J
    "print_number": "印制流水码",  # K
    "photo": "照片",  # L
}
COLUMN = {field: chr(ord("A") + index) for index, field in enumerate(HEADINGS)}

_AGENCY = Agency(
    name="样例机械有限公司",
    english_name="Sample Machinery Co., Ltd.",
    category="Y",
    sites={"main": Site("main", "Y000041000123", date(2020, 1, 1), date(2030, 12, 31))},
    branches={"north": Branch("north", "样例机械北方分公司", "Sample North", "main")},
    scope=(
        ScopeEntry("车工", None, frozenset({Level.FIVE})),
        ScopeEntry("车工", "数控车工", frozenset({Level.FOUR, Level.THREE})),
        ScopeEntry("焊工", "电焊工", frozenset({Level.FOUR})),
    ),
)


def an_agency(**changes: Any) -> Agency:
    return replace(_AGENCY, **changes)


def two_sites() -> dict[str, Site]:
    """'main', and 'south', which was filed for 2025 only."""
    south = Site("south", "Y000044000456", date(2025, 1, 1), date(2025, 12, 31))
    return {**_AGENCY.sites, "south": south}


def a_number(serial: int = 1) -> str:
    """A resident number with a right check digit and an impossible place."""
    first = f"99000019900101{serial:03}"
    return first + check_digit(first)


def a_row(serial: int = 1, /, **changes: Any) -> dict[str, Any]:
    """A good row, changed as asked."""
    row = dict.fromkeys(HEADINGS, "") | {
        "name": "张样例",
        "identity_type": "居民身份证",
        "identity_number": a_number(serial),
        "occupation": "车工",
        "job": "数控车工",
        "level": "三级/高级工",
        "issue_date": "2026-01-05",
    }
    return row | changes


def good_and(*rows: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows in question between two good ones: the first of them stands in row 3."""
    return [a_row(901, name="甲样例"), *rows, a_row(902, name="乙样例")]


def csv_text(
    rows: Iterable[Mapping[str, Any]],
    titles: Sequence[Sequence[str]] = (),
    headings: Mapping[str, str] = HEADINGS,
    delimiter: str = ",",
) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows(titles)
    writer.writerow(headings.values())
    writer.writerows([row.get(field, "") for field in headings] for row in rows)
    return text.getvalue()


def csv_file(folder: Path, rows: Iterable[Mapping[str, Any]], **form: Any) -> Path:
    path = folder / "roster.csv"
    path.write_bytes(csv_text(rows, **form).encode())
    return path


def xlsx_file(
    folder: Path,
    rows: Iterable[Mapping[str, Any]],
    headings: Mapping[str, str] = HEADINGS,
    top_left: tuple[int, int] = (1, 1),
) -> Path:
    """The roster as a workbook, values typed as they are, its header at `top_left`."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    table = [list(headings.values()), *([row.get(f, "") for f in headings] for row in rows)]
    for down, cells in enumerate(table):
        for across, value in enumerate(cells):
            if value != "":
                sheet.cell(top_left[0] + down, top_left[1] + across, value)
    path = folder / "roster.xlsx"
    book.save(path)
    return path


def read_all(
    path: Path, agency: Agency | None = None, photos: PhotoFolder | None = None
) -> tuple[Roster, list[Row]]:
    roster, rows = read(path, agency or an_agency(), photos, TODAY)
    return roster, list(rows)


def facts(row: Row) -> set[tuple[str, int | None, str]]:
    """What was found in a row: code, row, column."""
    return {(f.code, f.place.row, f.place.column) for f in row.findings}


def a_portrait(width: int = 413, height: int = 579) -> Image.Image:
    """A face, drawn; its upper third is blue, so that one sees which way is up."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width, height // 3), fill=(40, 80, 200))
    draw.ellipse((width // 4, height // 4, width * 3 // 4, height * 3 // 4), fill=(230, 190, 160))
    return picture


def saved(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    data = io.BytesIO()
    picture.save(data, form, **options)
    return data.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture
