"""The issue date (发证日期) of a row, in the forms that rosters use, and the ones nobody can read.

>>> read_date("2026年1月5日", today=date(2026, 2, 1)).value
datetime.date(2026, 1, 5)
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from certgen.intake.cells import Cell, Read, error, is_blank, note, text_of
from certgen.standards.text import half_width, shown

_CLAUSE = "人社鉴发〔2021〕1号 二(一)"
_WRITTEN = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?:[ T][0-9:.]+)?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SHORT_YEAR = re.compile(r"[0-9]{2}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?")
_SERIAL = re.compile(r"[0-9]{5}")
_DAY_ZERO = date(1899, 12, 30)  # Excel counts days from here, its 29 February 1900 included
# Certificates of this kind, and the year digits of their codes, exist since 2019
# (人社鉴发〔2019〕2号 附件1 二(五): 19 表示证书核发时间为 2019 年).
_FIRST_YEAR = 2019


@lru_cache(maxsize=1024, typed=True)  # a batch has few issue dates
def read_date(cell: Cell, *, today: date) -> Read[date]:
    """The day a cell names, not before 2019 and not after `today`."""
    if isinstance(cell, datetime):
        return _in_time(cell.date(), today)
    if isinstance(cell, date):
        return _in_time(cell, today)
    if is_blank(cell):
        return _refused(
            "date/missing",
            zh="没有发证日期，请填写，例如 2026-01-05",
            en="no issue date: write it as 2026-01-05",
        )
    return _from_text(half_width(text_of(cell)).strip(), today)


def _from_text(text: str, today: date) -> Read[date]:
    found = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return _from_parts(*map(int, found.groups()), today=today)
    if _SERIAL.fullmatch(text):
        return _from_serial(int(text), today)
    if _SHORT_YEAR.fullmatch(text):
        return _refused(
            "date/two-digit-year",
            zh=f"发证日期“{shown(text)}”的年份只有两位，请写四位",
            en=f"issue date '{shown(text)}' has a year of two digits: write four",
        )
    return _refused(
        "date/form",
        zh=f"无法识别发证日期“{shown(text)}”，请写成 2026-01-05 的形式",
        en=f"cannot read the issue date '{shown(text)}': write it as 2026-01-05",
    )


def _from_parts(year: int, month: int, day: int, *, today: date) -> Read[date]:
    try:
        return _in_time(date(year, month, day), today)
    except ValueError:
        written = f"{year:04}-{month:02}-{day:02}"
        return _refused(
            "date/impossible",
            zh=f"日历上没有 {written} 这一天，请更正发证日期",
            en=f"no calendar has {written}: correct the issue date",
        )


def _from_serial(days: int, today: date) -> Read[date]:
    """A spreadsheet's day number whose date format was lost on the way."""
    value, findings = _in_time(_DAY_ZERO + timedelta(days=days), today)
    if value is None:
        return Read(None, findings)
    told = note(
        "date/serial-number",
        zh=f"发证日期是表格软件的日期序号，读作 {value}",
        en=f"the issue date is a spreadsheet's day number, read as {value}",
    )
    return Read(value, (told,))


def _in_time(day: date, today: date) -> Read[date]:
    if day > today:
        return _refused(
            "date/future",
            zh=f"发证日期 {day} 在今天（{today}）之后，请更正",
            en=f"issue date {day} is after today ({today}): correct it",
        )
    if day.year < _FIRST_YEAR:
        return _refused(
            "date/too-early",
            zh=f"发证日期 {day} 早于 {_FIRST_YEAR} 年，那时还没有职业技能等级证书编码，请更正",
            en=f"issue date {day} is before {_FIRST_YEAR}, when these codes began: correct it",
        )
    return Read(day)


def _refused(code: str, *, zh: str, en: str) -> Read[date]:
    return Read(None, (error(code, zh=zh, en=en, clause=_CLAUSE),))
