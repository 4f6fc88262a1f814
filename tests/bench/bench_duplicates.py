"""The duplicates of a year at a district of twenty offices and a million events.

One case in 500 is given to the person of a case of another office; only reading is measured.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from reliefdesk.services import duplicates
from reliefdesk.services.recording import Context
from reliefdesk.storage import duplicates as stored
from tests.bench import big_district
from tests.bench.lines import Line, medians_ms

YEAR = 2020
_GOAL = 3
_YEAR = (date(YEAR, 1, 1), date(YEAR, 12, 31))
_ROWS = """
SELECT c.*, p.* FROM cases c JOIN persons p USING (person_id)
WHERE c.origin <> '' AND c.accepted_on BETWEEN ? AND ?
  AND EXISTS (SELECT 1 FROM payments y WHERE y.case_id = c.case_id)
"""
_DOUBLE = """
UPDATE cases SET person_id = (SELECT o.person_id FROM cases o
  WHERE o.origin <> cases.origin AND o.accepted_on = cases.accepted_on LIMIT 1)
WHERE rowid % 500 = 3
"""


def measure() -> list[Line]:
    """The page, every case side by side, against finding its pairs; finding, against reading."""
    with _district() as context:
        count = len(duplicates.listed(context, YEAR))
        limit, ours = medians_ms(
            lambda: stored.pairs(context.file, *_YEAR),
            lambda: duplicates.listed(context, YEAR),
        )
        days = tuple(day.isoformat() for day in _YEAR)
        raw, counted = medians_ms(
            lambda: context.file.rows(_ROWS, days), lambda: duplicates.waiting(context, YEAR)
        )
    figure = f"page of duplicates, {count} pairs of a year, {big_district.OFFICES} offices"
    return [
        Line(figure=figure, limit=limit, ours=ours, goal=_GOAL, limit_is="its bare query"),
        Line(
            figure="duplicates of a year that wait, counted",
            limit=raw,
            ours=counted,
            goal=_GOAL,
            limit_is="raw query of the year's paid cases with their persons",
        ),
    ]


@contextmanager
def _district() -> Iterator[Context]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        shutil.copytree(big_district.folder_of(), folder)
        desk = big_district.opened(folder)
        context = desk.context()
        with context.file.transaction():
            context.file.execute(_DOUBLE)
        yield context
        desk.close()
