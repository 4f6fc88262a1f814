"""The duplicates of a year at a district that holds 100,000 cases of 20 offices.

The cases of one large desk are dealt out to twenty offices, and one in 500 is given to the person
of the case before it; only reading is measured, so their journals need not exist.
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
from tests.bench import big_desk
from tests.bench.lines import Line, medians_ms

CASES = 100_000
YEAR = 2020
_GOAL = 3
_DEAL = "UPDATE cases SET origin = 'office-' || (CAST(substr(case_id, 6) AS INTEGER) % 20)"
_DOUBLE = """
UPDATE cases SET person_id = 'person-' || printf('%07d', CAST(substr(case_id, 6) AS INTEGER) - 1)
WHERE CAST(substr(case_id, 6) AS INTEGER) % 500 = 3
"""


def measure() -> list[Line]:
    """The page of duplicates against its bare query."""
    with _district() as context:
        year = (date(YEAR, 1, 1).isoformat(), date(YEAR, 12, 31).isoformat())
        count = len(duplicates.listed(context, YEAR))
        limit, ours = medians_ms(
            lambda: context.file.rows(stored.PAIRS, year),
            lambda: duplicates.listed(context, YEAR),
        )
    figure = f"page of duplicates, {count} pairs of a year, 20 offices, {CASES:,} cases"
    return [Line(figure=figure, limit=limit, ours=ours, goal=_GOAL, limit_is="its bare query")]


@contextmanager
def _district() -> Iterator[Context]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        shutil.copytree(big_desk.folder_of(CASES), folder)
        desk = big_desk.opened(folder)
        context = desk.context()
        with context.file.transaction():
            context.file.execute(_DEAL)
            context.file.execute(_DOUBLE)
        yield context
        desk.close()
