"""Working days with moved rest days (调休), counted only with the published table of the year.

A year's table is a text of lines `day,kind,name`; a year without one is refused (RULES.md §2.5).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from reliefdesk.domain.problems import Problem
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

WORKDAYS_MAX = 999
_SATURDAY = 5
_COLUMNS = 3
_CELLS = re.compile(r"\s*[,，\t]\s*")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_HEADINGS = frozenset({"day", "日期"})
_SHOWN_CHARACTERS = 40


class DayKind(Term):
    """What a table says of a day; days it does not name follow the week."""

    HOLIDAY = "holiday", "假日"
    WORKING_WEEKEND = "working_weekend", "调休上班"


_KINDS = {word: kind for kind in DayKind for word in (kind.value, kind.label)}


class YearTable(Protocol):
    """The published days of one year, as an event or as just read."""

    @property
    def year(self) -> int:
        """The calendar year it covers."""

    @property
    def holidays(self) -> tuple[date, ...]:
        """Days off, moved ones included."""

    @property
    def working_weekends(self) -> tuple[date, ...]:
        """Saturdays and Sundays that are worked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReading:
    """One year's table as read, and every line that is wrong. Usable only without problems."""

    year: int
    holidays: tuple[date, ...]
    working_weekends: tuple[date, ...]
    problems: tuple[Problem, ...]


class CalendarMissingError(UserError):
    """节假日表缺失: a needed year has no table. Facts: year."""

    code = "calendars.missing"


class WorkdaysCountError(UserError):
    """A number of working days that cannot be counted. Facts: count, most."""

    code = "calendars.workdays"


class Workdays:
    """Counts working days over the years whose tables are known."""

    def __init__(self, tables: Iterable[YearTable]) -> None:
        """Take the tables; a later table of the same year replaces an earlier one."""
        self._tables = {
            table.year: (frozenset(table.holidays), frozenset(table.working_weekends))
            for table in tables
        }

    @property
    def years(self) -> tuple[int, ...]:
        """The years that can be counted, oldest first."""
        return tuple(sorted(self._tables))

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`; CalendarMissingError without that year's table."""
        if day.year not in self._tables:
            raise CalendarMissingError(year=day.year)
        holidays, working_weekends = self._tables[day.year]
        if day in holidays:
            return False
        return day in working_weekends or day.weekday() < _SATURDAY

    def add(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; `start` itself is not counted.

        Raises CalendarMissingError when the count runs into a year without a table.
        """
        if not 0 <= count <= WORKDAYS_MAX:
            raise WorkdaysCountError(count=count, most=WORKDAYS_MAX)
        day = start
        for _ in range(count):
            day = self._next(day)
        return day

    def _next(self, day: date) -> date:
        following = day + timedelta(days=1)
        while not self.is_workday(following):
            following += timedelta(days=1)
        return following


def read_calendar(text: str) -> CalendarReading:
    """Read a year's table; the first readable day names the year. Never raises.

    A line is `2027-01-01,假日,元旦`; blank lines, `#` remarks and a heading are passed over.
    """
    lines = _Lines()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        content = line.strip()
        first = _CELLS.split(content)[0]
        if content and not content.startswith("#") and first not in _HEADINGS:
            lines.read(number, content)
    if not lines.days and not lines.problems:
        lines.problems.append(Problem(field="file", code="calendars.empty"))
    return CalendarReading(
        year=lines.year,
        holidays=lines.of(DayKind.HOLIDAY),
        working_weekends=lines.of(DayKind.WORKING_WEEKEND),
        problems=tuple(lines.problems),
    )


class _Lines:
    """The days gathered line by line."""

    def __init__(self) -> None:
        self.year = 0
        self.days: dict[date, DayKind] = {}
        self.problems: list[Problem] = []

    def of(self, kind: DayKind) -> tuple[date, ...]:
        return tuple(sorted(day for day, found in self.days.items() if found is kind))

    def read(self, number: int, content: str) -> None:
        cells = _CELLS.split(content)
        day = _day_of(cells[0])
        self.year = self.year or (day.year if day else 0)
        code = self._fault(cells, day)
        if code is None and day is not None:
            self.days[day] = _KINDS[cells[1]]
            return
        facts: dict[str, object] = {
            "line": number,
            "content": content[:_SHOWN_CHARACTERS],
            "year": self.year,
        }
        self.problems.append(
            Problem(field=f"line.{number}", code=code or "calendars.day", facts=facts)
        )

    def _fault(self, cells: list[str], day: date | None) -> str | None:
        if len(cells) != _COLUMNS:
            return "calendars.columns"
        if day is None:
            return "calendars.day"
        kind = _KINDS.get(cells[1])
        faults = {
            "calendars.kind": kind is None,
            "calendars.year": day.year != self.year,
            "calendars.twice": day in self.days,
            "calendars.weekday": kind is DayKind.WORKING_WEEKEND and day.weekday() < _SATURDAY,
        }
        return next((code for code, wrong in faults.items() if wrong), None)


def _day_of(text: str) -> date | None:
    match = _DAY.fullmatch(text) if text.isascii() or "年" in text else None
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
