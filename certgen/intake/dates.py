"""The issue date (发证日期) of a row, and what is said about one that cannot be read.

>>> read_date("2026年1月5日", today=date(2026, 2, 1)).value
datetime.date(2026, 1, 5)
"""

from datetime import date
from functools import lru_cache

from certgen.errors import Said
from certgen.intake.cells import Cell, Read, error, is_blank, note, text_of
from certgen.intake.written_days import Doubt, day_of
from certgen.standards.text import shown

_CLAUSE = "人社鉴发〔2021〕1号 二(一)"
# Certificates of this kind, and the year digits of their codes, exist since 2019
# (人社鉴发〔2019〕2号 附件1 二(五): 19 表示证书核发时间为 2019 年).
_FIRST_YEAR = 2019
_DOUBTS = {
    Doubt.FORM: Said(
        "无法识别发证日期“{}”，请写成 2026-01-05 的形式",
        "cannot read the issue date '{}': write it as 2026-01-05",
    ),
    Doubt.IMPOSSIBLE: Said(
        "日历上没有“{}”这一天，请更正发证日期",
        "no calendar has '{}': correct the issue date",
    ),
    Doubt.TWO_DIGIT_YEAR: Said(
        "发证日期“{}”的年份只有两位，请写四位",
        "issue date '{}' has a year of two digits: write four",
    ),
    Doubt.NO_DAY: Said(
        "发证日期“{}”没有写到日，请写成 2026-01-05 的形式",
        "issue date '{}' names no day: write it as 2026-01-05",
    ),
    Doubt.DAY_ORDER: Said(
        "发证日期“{}”分不清哪个是日、哪个是月，请写成 2026-01-05 的形式",
        "issue date '{}': day and month cannot be told apart; write it as 2026-01-05",
    ),
}


@lru_cache(maxsize=1024, typed=True)  # a batch has few issue dates
def read_date(cell: Cell, *, today: date) -> Read[date]:
    """The day a cell names, not before 2019 and not after `today`."""
    if is_blank(cell):
        return _refused(
            "date/missing",
            zh="没有发证日期，请填写，例如 2026-01-05",
            en="no issue date: write it as 2026-01-05",
        )
    written = day_of(cell)
    if written.day is None:
        doubt = written.doubt or Doubt.FORM
        quoted = shown(text_of(cell))
        zh, en = (sentence.format(quoted) for sentence in _DOUBTS[doubt])
        return _refused(f"date/{doubt}", zh=zh, en=en)
    read = _in_time(written.day, today)
    if read.value is None or not written.from_serial:
        return read
    told = note(
        "date/serial-number",
        zh=f"发证日期是表格软件的日期序号，读作 {read.value}",
        en=f"the issue date is a spreadsheet's day number, read as {read.value}",
    )
    return Read(read.value, (told,))


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
