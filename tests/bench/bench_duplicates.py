"""The year's duplicates on a district's desk of a million events, against a raw query of its rows.

The limit reads the year's paid cases with their persons, and compares nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from reliefdesk.services import duplicates
from reliefdesk.storage.desk_file import DeskFile
from tests.bench import big_district
from tests.bench.lines import Line, medians_ms

YEAR = 2020
ONE_IN = 100
"""So many cases of an office for each one that a second office pays too."""
_YEAR = (date(YEAR, 1, 1).isoformat(), date(YEAR, 12, 31).isoformat())
_LIMIT = "raw query of the year's paid cases with their persons"
_ROWS = """
SELECT c.*, p.* FROM cases c JOIN persons p USING (person_id)
WHERE c.origin <> '' AND c.accepted_on BETWEEN ? AND ?
  AND EXISTS (SELECT 1 FROM payments y WHERE y.case_id = c.case_id)
"""
_SHARED = """
SELECT first.person_id AS one, second.person_id AS other
FROM (SELECT *, row_number() OVER (PARTITION BY origin ORDER BY case_id) AS place,
    dense_rank() OVER (ORDER BY origin) AS office FROM cases WHERE accepted_on BETWEEN ?1 AND ?2
  ) AS first
JOIN (SELECT *, row_number() OVER (PARTITION BY origin ORDER BY case_id) AS place,
    dense_rank() OVER (ORDER BY origin) AS office FROM cases WHERE accepted_on BETWEEN ?1 AND ?2
  ) AS second ON second.place = first.place AND second.office = first.office + 1
WHERE first.place % ?3 = 0 AND first.office % 2 = 1
"""


class _TakeBackError(Exception):
    """Ends the transaction, so that the kept desk stays as it was built."""


def measure() -> list[Line]:
    """The page of duplicates, and what 今日待办 counts of it."""
    desk = big_district.opened(big_district.folder_of())
    context = desk.context()
    with _shared_people(context.file):
        limit, listed = medians_ms(
            lambda: context.file.rows(_ROWS, _YEAR), lambda: duplicates.listed(context, YEAR)
        )
        again, counted = medians_ms(
            lambda: context.file.rows(_ROWS, _YEAR), lambda: duplicates.waiting(context, YEAR)
        )
        pairs = duplicates.waiting(context, YEAR)
    desk.close()
    return [
        Line(
            figure=f"duplicates page, {pairs} pairs of a year",
            limit=limit,
            ours=listed,
            goal=3,
            limit_is=_LIMIT,
        ),
        Line(figure="duplicates counted", limit=again, ours=counted, goal=3, limit_is=_LIMIT),
    ]


@contextmanager
def _shared_people(file: DeskFile) -> Iterator[None]:
    """Let offices have people in common while this lasts."""
    try:
        with file.transaction():
            for row in file.rows(_SHARED, (*_YEAR, ONE_IN)):
                file.execute(
                    "UPDATE persons SET same_key = (SELECT same_key FROM persons "
                    "WHERE person_id = ?) WHERE person_id = ?",
                    (row["one"], row["other"]),
                )
            yield
            _take_back()
    except _TakeBackError:
        pass


def _take_back() -> None:
    raise _TakeBackError
