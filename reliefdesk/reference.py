"""The tables that travel with the program, read from resources once: divisions and holidays."""

from functools import cache
from pathlib import Path

from reliefdesk.domain.divisions import Divisions, read_divisions
from reliefdesk.domain.identity import KnownAreas
from reliefdesk.domain.workdays import CalendarReading, read_calendar
from reliefdesk.paths import resources_dir


def divisions() -> Divisions:
    """Every division of the shipped table, retired ones included (about 7,500 rows, read once)."""
    return _divisions(resources_dir())


def known_areas() -> KnownAreas:
    """County codes in force and retired, for reading identity numbers."""
    return _known_areas(resources_dir())


def shipped_calendars() -> tuple[CalendarReading, ...]:
    """The holiday tables that ship with the program, oldest year first."""
    return _calendars(resources_dir())


@cache
def _divisions(resources: Path) -> Divisions:
    path = resources / "divisions" / "divisions.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return Divisions(read_divisions(lines))


@cache
def _known_areas(resources: Path) -> KnownAreas:
    return _divisions(resources).known_areas()


@cache
def _calendars(resources: Path) -> tuple[CalendarReading, ...]:
    files = sorted((resources / "calendar").glob("*.csv"))
    return tuple(read_calendar(path.read_text("utf-8")) for path in files)
