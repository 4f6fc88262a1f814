"""Rosters as append-only rows; what became of each person is read from the cases."""

from datetime import date
from typing import Any

from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, RosterId
from reliefdesk.domain.rosters import Roster, RosterMade
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.mergers import INHERITED
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE rosters(
  roster_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  made_on TEXT NOT NULL,
  made_at TEXT NOT NULL,
  details TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;
{append_only("rosters")}
"""


def roster(file: DeskFile, roster_id: RosterId) -> Roster | None:
    """Give one roster by the identity that its window made."""
    row = file.row("SELECT * FROM rosters WHERE roster_id = ?", (roster_id,))
    return None if row is None else _roster(row)


def every(file: DeskFile) -> tuple[Roster, ...]:
    """Give all rosters, the newest first."""
    rows = file.rows("SELECT * FROM rosters WHERE origin = '' ORDER BY seq DESC")
    return tuple(_roster(row) for row in rows)


def count_in_year(file: DeskFile, year: int) -> int:
    """Give how many rosters a year has."""
    found: int = file.value(
        "SELECT count(*) FROM rosters WHERE origin = '' AND made_on BETWEEN ? AND ?",
        (date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()),
    )
    return found


def approved_cases(file: DeskFile, cause: str, place: str) -> tuple[CaseId, ...]:
    """Give the approved cases of a cause whose place contains a text, by number."""
    rows = file.rows(
        f"SELECT case_id FROM cases WHERE (origin = '' OR origin IN ({INHERITED})) "
        "AND stage = 'approved' AND cause = ? "
        "AND instr(json_extract(request, '$.emergency.place'), ?) ORDER BY case_no",
        (cause, place),
    )
    return tuple(CaseId(row["case_id"]) for row in rows)


def _roster(row: Row) -> Roster:
    details = canonical.decode(row["details"], RosterMade)
    assert isinstance(details, RosterMade)  # noqa: S101 - decoded as one
    return Roster(seq=row["seq"], made_at=canonical.read_instant(row["made_at"]), details=details)


def _made(file: DeskFile, entry: Entry, event: RosterMade) -> None:
    file.execute(
        "INSERT INTO rosters VALUES (?,?,?,?,?,?)",
        (
            event.roster_id,
            entry.seq,
            event.made_on.isoformat(),
            canonical.instant_text(entry.header.at),
            canonical.encode(event),
            entry.origin,
        ),
    )


APPLY: dict[type, Any] = {RosterMade: _made}
