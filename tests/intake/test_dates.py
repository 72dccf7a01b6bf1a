"""Dates as rosters write them."""

from datetime import date

import pytest

from certgen.intake.dates import read_date

TODAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05",
        "2026/1/5",
        "2026.1.5",
        "2026年1月5日",
        "2026年01月05日",
        "2026 年 1 月 5 日",
        "20260105",
        "２０２６．１．５",
        " 2026-1-5 ",
        "2026-01-05 00:00:00",
        "46027",
        46027.0,
        20260105.0,
        "20260105.0",
        "46027.5",
        "2026年1月5号",
        "2026-01-05T08:30:00Z",
        "2026/1/5 上午8:30",
        "2026。1。5",
        "二〇二六年一月五日",
        "二○二六年一月五日",
        "二零二六年元月五日",
        "5-Jan-2026",
        "Jan 5, 2026",
        "January 5, 2026",
        date(2026, 1, 5),
    ],
)
def test_the_fifth_of_january_in_every_form(text: str | float | date) -> None:
    assert read_date(text, today=TODAY).value == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-13-01", "date/impossible"),
        ("20260230", "date/impossible"),
        ("0000-01-01", "date/impossible"),
        ("26年1月5日", "date/two-digit-year"),
        ("2026-01", "date/no-day"),
        ("2026年1月", "date/no-day"),
        ("2026.1", "date/no-day"),
        ("5/1/2026", "date/day-order"),
        ("01-05-2026", "date/day-order"),
        ("5-Jen-2026", "date/form"),
        ("二〇二五年二月三十日", "date/impossible"),
        ("二〇二六年十月", "date/form"),
        ("²026-01-05", "date/form"),
        (True, "date/form"),
        (0.5, "date/form"),
        (1e300, "date/form"),
        ("99999", "date/future"),
        ("00001", "date/too-early"),
        ("2026-02-02", "date/future"),
    ],
)
def test_what_names_no_day_of_these_certificates(text: str | float, code: str) -> None:
    read = read_date(text, today=TODAY)
    assert read.value is None
    assert [finding.code for finding in read.findings] == [code]


def test_today_is_not_the_future() -> None:
    assert read_date("2026-02-01", today=TODAY).value == TODAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25/1/2026", date(2026, 1, 25)),
        ("1/25/2026", date(2026, 1, 25)),
        ("1/1/2026", date(2026, 1, 1)),
        ("二〇二五年十二月三十一日", date(2025, 12, 31)),
        ("二〇二五年十月二十日", date(2025, 10, 20)),
        ("二〇二五年十月廿五日", date(2025, 10, 25)),
    ],
)
def test_what_can_only_mean_one_day_is_read(text: str, day: date) -> None:
    assert read_date(text, today=TODAY).value == day
