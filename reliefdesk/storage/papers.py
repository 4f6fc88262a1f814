"""What the forms of a case need from the journal beyond the tables of the case."""

from typing import TypeVar

from reliefdesk.domain.ids import CaseId
from reliefdesk.storage import journal, streams
from reliefdesk.storage.desk_file import DeskFile

E = TypeVar("E")


def events_of(file: DeskFile, case_id: CaseId, kind: type[E]) -> tuple[E, ...]:
    """Give the events of one kind that moved a case, oldest first."""
    rows = file.rows(
        "SELECT j.* FROM case_steps s JOIN journal j ON j.seq = s.seq "
        "WHERE s.case_id = ? AND j.type IN (?, 'EventReceived') ORDER BY j.seq",
        (case_id, kind.__name__),
    )
    entries = [journal.entry_of(row) for row in rows]
    found = [one.event for entry in entries for one in (entry, *streams.carried(entry))]
    return tuple(event for event in found if isinstance(event, kind))
