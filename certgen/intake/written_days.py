"""The day that a cell names, in every form that rosters use.

A form is read only where one day can be meant: `5/1/2026` is the fifth of January to some and the
first of May to others, and a year of two digits may be the day.

>>> day_of("二〇二六年一月五日").day
datetime.date(2026, 1, 5)
>>> day_of("5/1/2026").doubt
<Doubt.DAY_ORDER: 'day-order'>
"""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from certgen.intake.cells import Cell, text_of
from certgen.standards.text import half_width


class Doubt(StrEnum):
    """Why no day could be read."""

    FORM = "form"
    IMPOSSIBLE = "impossible"  # 30 February
    TWO_DIGIT_YEAR = "two-digit-year"
    NO_DAY = "no-day"  # 2026年1月
    DAY_ORDER = "day-order"  # 5/1/2026


class Written(NamedTuple):
    """A day, or why there is none."""

    day: date | None
    doubt: Doubt | None = None
    from_serial: bool = False  # it stood there as a spreadsheet's day number


_SIGN = r"\s*[-/.年月。、,–—−]\s*"
_TIME = r"(?:[ T]\s*(?:上午|下午)?[0-9]{1,2}:[0-9:.]+\s*(?:[AP]M)?(?:Z|\+[0-9:]+)?)?"
_YEAR_FIRST = re.compile(
    rf"([0-9]{{4}}){_SIGN}([0-9]{{1,2}}){_SIGN}([0-9]{{1,2}})\s*[日号]?{_TIME}"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.0+)?")
_NO_DAY = re.compile(rf"[0-9]{{4}}{_SIGN}[0-9]{{1,2}}\s*月?")
_SHORT_YEAR = re.compile(rf"[0-9]{{2}}{_SIGN}[0-9]{{1,2}}{_SIGN}[0-9]{{1,2}}\s*[日号]?")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})\s*[-/.]\s*([0-9]{{1,2}})\s*[-/.]\s*([0-9]{{4}}){_TIME}")
_DAY_MONTH_NAME = re.compile(r"([0-9]{1,2})[ -]([A-Z]{3})[A-Z]*[ -.,]+([0-9]{4})")
_MONTH_NAME_DAY = re.compile(r"([A-Z]{3})[A-Z]*\.? ([0-9]{1,2}),? ([0-9]{4})")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_DAY_ZERO = date(1899, 12, 30)  # Excel counts days from here, its 29 February 1900 included
_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_CHINESE = re.compile(
    r"([〇零○Ｏ一二三四五六七八九]{4})年(元|[一二三四五六七八九十]{1,2})月"
    r"([一二三四五六七八九十廿卅]{1,3})[日号]?"
)
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | dict.fromkeys(
    "〇○Ｏ", "0"
)


@lru_cache(maxsize=1 << 14, typed=True)  # issue dates are few; birth dates of a roster repeat
def day_of(cell: Cell) -> Written:
    """The day a cell names; a blank cell names none (`Doubt.FORM`)."""
    if isinstance(cell, datetime):
        return Written(cell.date())
    if isinstance(cell, date):
        return Written(cell)
    text = text_of(cell).strip()
    chinese = _CHINESE.fullmatch("".join(text.split()))
    if chinese:
        year, month, day = chinese.groups()
        return _calendar(int("".join(_DIGITS[sign] for sign in year)), _count(month), _count(day))
    return _in_digits(half_width(text).upper())


def _in_digits(text: str) -> Written:
    found = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return _calendar(*map(int, found.groups()))
    found = _SERIAL.fullmatch(text)
    if found:
        return Written(_DAY_ZERO + timedelta(days=int(found.group(1))), from_serial=True)
    found = _YEAR_LAST.fullmatch(text)
    if found:
        return _year_last(*map(int, found.groups()))
    named = _by_month_name(text)
    if named:
        return named
    if _SHORT_YEAR.fullmatch(text):
        return Written(None, Doubt.TWO_DIGIT_YEAR)
    return Written(None, Doubt.NO_DAY if _NO_DAY.fullmatch(text) else Doubt.FORM)


def _year_last(first: int, second: int, year: int) -> Written:
    """A number above 12 is the day, and so are both when they are equal."""
    if first == second or first > 12:
        return _calendar(year, second, first)
    return _calendar(year, first, second) if second > 12 else Written(None, Doubt.DAY_ORDER)


def _by_month_name(text: str) -> Written | None:
    found = _DAY_MONTH_NAME.fullmatch(text)
    if found:
        day, name, year = found.groups()
    else:
        found = _MONTH_NAME_DAY.fullmatch(text)
        if not found:
            return None
        name, day, year = found.groups()
    return _calendar(int(year), _MONTHS[name], int(day)) if name in _MONTHS else None


def _calendar(year: int, month: int, day: int) -> Written:
    try:
        return Written(date(year, month, day))
    except ValueError:
        return Written(None, Doubt.IMPOSSIBLE)


def _count(text: str) -> int:
    """A Chinese number below 40: '五', '十', '十二', '二十', '三十一', '廿五'; 0 for none."""
    text = text.replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(_DIGITS.get(text, "0"))
    return int(_DIGITS.get(tens or "一", "0")) * 10 + int(_DIGITS.get(ones or "零", "0"))
