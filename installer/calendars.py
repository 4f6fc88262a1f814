"""Writes resources/calendar/<year>.csv from chinesecalendar: run it when a newer edition is pinned.

The program itself reads only these files; later years are loaded at the desk from such a file.
"""

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

from chinese_calendar.constants import (  # type: ignore[import-untyped]
    Holiday,
    holidays,
    workdays,
)

from reliefdesk import paths
from reliefdesk.domain.workdays import DayKind

if TYPE_CHECKING:
    from datetime import date


def main() -> None:
    """Write one file per year."""
    names = {feast.value: feast.chinese for feast in Holiday}
    years: dict[int, list[tuple[date, DayKind, str]]] = defaultdict(list)
    for days, kind in ((holidays, DayKind.HOLIDAY), (workdays, DayKind.WORKING_WEEKEND)):
        for day, feast in days.items():
            years[day.year].append((day, kind, names[feast]))
    folder = paths.resources_dir() / "calendar"
    folder.mkdir(parents=True, exist_ok=True)
    for year, rows in years.items():
        with (folder / f"{year}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("day", "kind", "name"))
            writer.writerows((day, kind.value, name) for day, kind, name in sorted(rows))


if __name__ == "__main__":
    main()
