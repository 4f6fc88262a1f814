"""The cases that still wait for somebody, found without reading those that are done."""

from collections.abc import Iterator

from reliefdesk.domain.case_records import Case
from reliefdesk.storage.cases import SELECT_CASES, case_of
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.mergers import INHERITED

# The plus keeps the planner at the few cases that wait, away from the many of this desk.
_OPEN = f"""{SELECT_CASES} WHERE c.waits = 1
AND (+c.origin = '' OR c.origin IN ({INHERITED})) ORDER BY c.accepted_on, c.accepted_at"""


def open_cases(file: DeskFile) -> Iterator[Case]:
    """Give every case that waits for a seat, for cash or for papers, the oldest first."""
    for row in file.rows(_OPEN):
        yield case_of(file, row)
