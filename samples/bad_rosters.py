"""Rosters with one named defect each among good rows, and what the intake must say about it.

Every file is `yunhe`'s roster cut to six people; row 4, the third person, carries the defect unless
the case says otherwise. `expected.json` holds the answers: any version of the program can be
checked against it.

>>> [case.file for case in cases()][:2]
['empty_name.csv', 'digit_in_name.csv']
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

import people
import sheets
from people import Holder, resident
from sheets import Cell

_HEADER = (
    "姓名",
    "证件类型",
    "证件号码",
    "职业名称",
    "工种/职业方向",
    "职业技能等级",
    "发证日期",
    "站点",
    "照片",
)
_COLUMNS = "ABCDEFGHI"
_NAME, _TYPE, _NUMBER, _OCCUPATION, _JOB, _LEVEL, _DATE, _SITE, _PHOTO = tuple(_COLUMNS)
_BAD_ROW = 4
_PEOPLE = people.EMPLOYER_MAIN[:6]
_THIRD = _PEOPLE[_BAD_ROW - 2]


class Stage(StrEnum):
    """Who finds the defect."""

    FILE = "file"  # nothing can be read: an error, no rows
    INTAKE = "intake"
    FONTS = "fonts"  # the roster is good, but no face draws a character


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be said about one file, and nothing else. Without a code no row is read."""

    stage: Stage
    code: str
    rows: tuple[int, ...]  # as the spreadsheet counts them, the header being row 1
    column: str
    good: int  # rows that go through


@dataclass(frozen=True, slots=True)
class BadRoster:
    """One file of the folder."""

    file: str
    content: bytes
    expected: Expected


def cases() -> tuple[BadRoster, ...]:
    """Every bad roster, in the order of the roster's columns."""
    return (*_names(), *_identities(), *_filings(), *_dates_and_photos(), *_repeats(), *_files())


def expected_json() -> str:
    """`expected.json`: file -> the finding it must give, where, and how many rows go through."""
    rosters = {case.file: asdict(case.expected) for case in cases()}
    return json.dumps({"agency": "yunhe", "rosters": rosters}, ensure_ascii=False, indent=2) + "\n"


def _names() -> tuple[BadRoster, ...]:
    undrawn = _cell("character_no_font_has.csv", "font/missing-glyph", _NAME, "王\U00030042")
    return (
        _cell("empty_name.csv", "name/missing", _NAME, ""),
        _cell("digit_in_name.csv", "name/digits", _NAME, "王㛃2"),
        # U+E863 is where 䶮 stood in GB 18030-2000, before Unicode had it.
        _cell("private_use_character.csv", "text/private-use", _NAME, "王\ue863"),
        _cell("zero_width_in_name.csv", "text/invisible", _NAME, "王\u200b㛃"),
        _cell("lost_character.csv", "text/lost-character", _NAME, "王□"),
        replace(undrawn, expected=replace(undrawn.expected, stage=Stage.FONTS)),
    )


def _identities() -> tuple[BadRoster, ...]:
    number = _THIRD.number
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    tidied = _cell("full_width_digits_ok.csv", "identity/tidied", _NUMBER, wide)
    return (
        _cell("unknown_identity_type.csv", "identity/unknown-type", _TYPE, "会员卡"),
        _cell("wrong_check_digit.csv", "identity/check-digit", _NUMBER, wrong),
        _cell("impossible_birth_date.csv", "identity/birth-date", _NUMBER, resident("19950230", 2)),
        _cell("fifteen_digit_number.csv", "identity/old-number", _NUMBER, "190000950107002"),
        _cell("wrong_type_for_number.csv", "identity/shape", _TYPE, "台胞证", found_in=_NUMBER),
        # A number cell: Excel has kept fifteen digits and made the rest zeros.
        _cell("excel_damaged_number.xlsx", "identity/excel-damaged", _NUMBER, _rounded(number)),
        _cell("excel_damaged_text.csv", "identity/excel-damaged", _NUMBER, "1.90000E+17"),
        # Only said, not refused: an input method set to full width typed it.
        replace(tidied, expected=replace(tidied.expected, good=len(_PEOPLE))),
    )


def _rounded(number: str) -> float:
    return float(f"{number[:15]}000")


def _filings() -> tuple[BadRoster, ...]:
    return (
        _cell("occupation_not_filed.csv", "scope/not-filed", _OCCUPATION, "茶艺师"),
        _cell("level_not_filed.csv", "scope/not-filed", _LEVEL, "五级/初级工", _OCCUPATION),
        _cell("level_words_contradict.csv", "level/unknown", _LEVEL, "四级/高级工"),
        _cell("level_outside_code.csv", "level/unknown", _LEVEL, "特级技师"),
        _cell("empty_site.csv", "site/missing", _SITE, ""),
        _cell("unknown_site.csv", "site/unknown", _SITE, "zezhou-2"),
    )


def _dates_and_photos() -> tuple[BadRoster, ...]:
    return (
        _cell("empty_date.csv", "date/missing", _DATE, ""),
        _cell("impossible_date.csv", "date/impossible", _DATE, "2026-02-30"),
        _cell("two_digit_year.csv", "date/two-digit-year", _DATE, "26-01-15"),
        _cell("date_in_future.csv", "date/future", _DATE, "2099-01-01"),
        _cell("before_filing_period.csv", "scope/filing-period", _DATE, "2024-02-29"),
        _cell("missing_photo.csv", "photo/missing", _PHOTO, "nobody.jpg"),
    )


def _repeats() -> tuple[BadRoster, ...]:
    other = replace(_THIRD, name="王小样", trade=people.FITTER)
    return (
        _added("duplicate_person.csv", "roster/duplicate", _NUMBER, _THIRD),
        _added("same_number_other_name.csv", "roster/other-name", _NAME, other, _BAD_ROW),
    )


def _files() -> tuple[BadRoster, ...]:
    rows = _good_rows()
    nothing = Expected(Stage.FILE, "", (), "", 0)
    without = [[*row[:2], *row[3:]] for row in (_HEADER, *rows)]
    return (
        BadRoster("missing_column.csv", sheets.csv_bytes(without), nothing),
        BadRoster("not_a_table.xlsx", "这不是工作簿。\n".encode(), nothing),
    )


def _good_rows() -> list[list[Cell]]:
    return [_row(holder) for holder in _PEOPLE]


def _row(holder: Holder) -> list[Cell]:
    """Names its photo, so that a damaged number does not also lose the photo."""
    trade = holder.trade
    what = [trade.occupation, trade.job or "", holder.level.written, str(holder.issued)]
    return [holder.name, holder.kind.zh, holder.number, *what, "main", f"{holder.number}.jpg"]


def _cell(file: str, code: str, column: str, value: Cell, found_in: str = "") -> BadRoster:
    """The usual case: one cell of row 4 replaced, and found there unless `found_in` says where."""
    rows = _good_rows()
    rows[_BAD_ROW - 2][_COLUMNS.index(column)] = value
    expected = Expected(Stage.INTAKE, code, (_BAD_ROW,), found_in or column, len(rows) - 1)
    return BadRoster(file, _content(file, rows), expected)


def _added(file: str, code: str, column: str, holder: Holder, *clashing: int) -> BadRoster:
    """A row too many at the end: it is refused, and so are the rows it clashes with."""
    rows = [*_good_rows(), _row(holder)]
    refused = (*clashing, len(rows) + 1)
    expected = Expected(Stage.INTAKE, code, refused, column, len(rows) - len(refused))
    return BadRoster(file, _content(file, rows), expected)


def _content(file: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    table = [_HEADER, *rows]
    return sheets.xlsx_bytes(table) if file.endswith(".xlsx") else sheets.csv_bytes(table)
