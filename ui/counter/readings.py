"""Days, times and whole numbers as a clerk types them, read without guessing.

Understood days: 20210701, 2021-7-1, 2021.7.1, 2021年7月1日, 7-1 (this year, or last year when that
would lie ahead), t or 今天; times: 9, 930, 0930, 9:30, 9点半. Anything else reads as None.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
_WIDE = str.maketrans("０１２３４５６７８９：－．／　", "0123456789:-./ ")
_FULL_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_SHORT_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_TIGHT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})(?:[:点时](\d{1,2}|半)?分?)?")
_TIGHT_TIME = re.compile(r"(\d{1,2})(\d{2})")


def read_day(text: str, *, today: date) -> date | None:
    """The calendar day, or None where the text is empty or names no day."""
    bare = text.translate(_WIDE).strip()
    if bare in {"t", "T", "今天", "今日"}:
        return today
    if bare in {"昨天", "昨日"}:
        return today - timedelta(days=1)
    match = _FULL_DAY.fullmatch(bare) or _TIGHT_DAY.fullmatch(bare)
    if match is not None:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = _SHORT_DAY.fullmatch(bare)
    if match is None:
        return None
    found = _day(today.year, int(match[1]), int(match[2]))
    if found is not None and found > today:
        return _day(today.year - 1, int(match[1]), int(match[2]))
    return found


def read_time(text: str) -> time | None:
    """The time of day to the minute, or None."""
    bare = text.translate(_WIDE).strip()
    match = _TIGHT_TIME.fullmatch(bare) if len(bare) > 2 else None  # noqa: PLR2004 - 930 is 9:30
    match = match or _TIME.fullmatch(bare)
    if match is None:
        return None
    minute = 30 if match[2] == "半" else int(match[2] or 0)
    hour = int(match[1])
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock face
        return None
    return time(hour, minute)


def read_count(text: str) -> int | None:
    """A whole number from 0 to 999, or None."""
    bare = text.translate(_WIDE).strip()
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) <= 3 else None  # noqa: PLR2004


def instant_of(day: date, at: time) -> datetime:
    """The UTC instant of a Shanghai day and time."""
    return datetime.combine(day, at, tzinfo=SHANGHAI).astimezone(UTC)


def shanghai(at: datetime) -> datetime:
    """The same instant on the Shanghai clock."""
    return at.astimezone(SHANGHAI)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
