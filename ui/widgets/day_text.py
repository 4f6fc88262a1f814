"""Reads days and instants as clerks type them: 20210701, 7-1, 2021.7.1, 7月1日 14:30.

Pure: the day or instant that short forms refer to comes as an argument.
"""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta

from reliefdesk.clock import SHANGHAI, shanghai_time

_WIDE = str.maketrans("０１２３４５６７８９－．／：　＋", "0123456789-./: +")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2})[:时点](\d{1,2})分?|(\d{2})(\d{2})")
_DATE_THEN_TIME = re.compile(r"(.*?)[ T]+(\S+)")
_WEEKDAYS = "一二三四五六日"
_YEARS = range(1900, 2200)


def read_day(text: str, today: date) -> date | None:
    """The day meant, or None. A day without a year is in the year of `today`."""
    bare = text.translate(_WIDE).strip()
    for pattern in (_PACKED, _FULL):
        if match := pattern.fullmatch(bare):
            return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SHORT.fullmatch(bare):
        return _day(today.year, int(match[1]), int(match[2]))
    return None


def read_instant(text: str, now: datetime) -> datetime | None:
    """The instant meant by Shanghai wall time, in UTC as everything recorded is, or None.

    A time alone is on the day of `now`; a day alone is no instant.
    """
    bare = text.translate(_WIDE).strip()
    today = shanghai_time(now).date()
    if (moment := _time(bare)) is not None:
        return datetime.combine(today, moment, SHANGHAI).astimezone(UTC)
    match = _DATE_THEN_TIME.fullmatch(bare)
    if match is None:
        return None
    day, moment = read_day(match[1], today), _time(match[2])
    if day is None or moment is None:
        return None
    return datetime.combine(day, moment, SHANGHAI).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month."""
    position = day.year * 12 + day.month - 1 + months
    year, month = divmod(position, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_days(day: date, days: int) -> date:
    """The day some days on."""
    return day + timedelta(days=days)


def day_words(day: date) -> str:
    """`2021年7月1日 周四`."""
    return f"{day.year}年{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]}"


def instant_words(at: datetime) -> str:
    """`2021年7月1日 周四 14:30`, Shanghai time."""
    local = shanghai_time(at)
    return f"{day_words(local.date())} {local:%H:%M}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if year in _YEARS else None


def _time(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
    try:
        return time(hour, minute)
    except ValueError:
        return None
