"""The cases that still wait for somebody, found without reading those that are done."""

from collections.abc import Iterator

from reliefdesk.domain.case_records import Case
from reliefdesk.storage.cases import SELECT_CASES, case_of
from reliefdesk.storage.desk_file import DeskFile

# Approved cases stay while money is left to pay or the papers of a first relief are missing.
_OPEN = """
SELECT * FROM ({cases} WHERE c.origin = '' AND c.stage IN ('accepted', 'reviewed', 'approved'))
WHERE stage <> 'approved' OR paid_fen < json_extract(decision, '$.amount')
  OR (first_relief IS NOT NULL AND completed_on IS NULL)
ORDER BY accepted_at
"""


def open_cases(file: DeskFile) -> Iterator[Case]:
    """Give every case that waits for a seat, for cash or for papers, the oldest first."""
    for row in file.rows(_OPEN.format(cases=SELECT_CASES)):
        yield case_of(file, row)
