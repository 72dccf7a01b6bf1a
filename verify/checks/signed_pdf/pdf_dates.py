"""Read the one form of date that signatures state (ISO 32000-1 7.9.4).

>>> read_date("D:20260601120000+08'00'").isoformat()
'2026-06-01T12:00:00+08:00'
"""

import re
from datetime import UTC, datetime, timedelta, timezone

_DATE = re.compile(
    r"D:([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})"
    r"(?:Z(?:00'00'?)?|([+-])([0-9]{2})'([0-9]{2})'?)"
)


def read_date(text: str) -> datetime | None:
    """An aware time; None for any other form, a date without zone included."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    sign, hours, minutes = match[7], int(match[8] or 0), int(match[9] or 0)
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
    try:
        zone = timezone(offset) if offset else UTC
        year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
