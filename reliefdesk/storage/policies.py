"""Policy rows and holiday calendars as tables; a corrected row stays and names its successor."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import msgspec

from reliefdesk.domain import policies as domain
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import OperatorId, PolicyRowId
from reliefdesk.domain.policies import AreaClass, CalendarLoaded, PolicyRow, StandardUnit
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.storage import canonical
from reliefdesk.storage.apply import Apply
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE policy_rows(
  row_id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  area TEXT NOT NULL,
  scope TEXT NOT NULL,
  value TEXT NOT NULL,
  unit TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  document TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  confirmed_by TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  corrected_by TEXT REFERENCES policy_rows(row_id)
) STRICT;
CREATE UNIQUE INDEX policy_rows_in_force
  ON policy_rows(key, area, scope, valid_from) WHERE corrected_by IS NULL;
CREATE TABLE calendars(
  year INTEGER PRIMARY KEY,
  document TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;
"""


def rows_in_force(file: DeskFile) -> tuple[PolicyRow, ...]:
    """Give every row that was not corrected away, each ending where the next one begins."""
    found = [
        _row(row)
        for row in file.rows(
            "SELECT * FROM policy_rows WHERE corrected_by IS NULL "
            "ORDER BY key, area, scope, valid_from"
        )
    ]
    return tuple(
        _cut(row, following) for row, following in pairwise([*found, None]) if row is not None
    )


def all_rows(file: DeskFile) -> tuple[PolicyRow, ...]:
    """Give every row ever entered as it was entered, for the list that an auditor reads."""
    return tuple(_row(row) for row in file.rows("SELECT * FROM policy_rows ORDER BY entered_at"))


def corrected_ids(file: DeskFile) -> frozenset[PolicyRowId]:
    """Give the rows that a later row corrected."""
    rows = file.rows("SELECT row_id FROM policy_rows WHERE corrected_by IS NOT NULL")
    return frozenset(PolicyRowId(row["row_id"]) for row in rows)


def calendars(file: DeskFile) -> tuple[CalendarLoaded, ...]:
    """Give the holiday tables that were loaded on this desk, one for each year."""
    rows = file.rows("SELECT content FROM calendars ORDER BY year")
    return tuple(
        msgspec.convert(canonical.decode_content(row["content"]), CalendarLoaded) for row in rows
    )


def _cut(row: PolicyRow, following: PolicyRow | None) -> PolicyRow:
    if following is None or (row.key, row.area, row.scope) != (
        following.key,
        following.area,
        following.scope,
    ):
        return row
    ends = following.valid_from if row.valid_to is None else min(row.valid_to, following.valid_from)
    return replace(row, valid_to=ends)


def _row(row: Row) -> PolicyRow:
    return PolicyRow(
        row_id=PolicyRowId(row["row_id"]),
        key=PolicyKey(row["key"]),
        area=AreaClass(row["area"]),
        scope=row["scope"],
        value=row["value"],
        unit=StandardUnit(row["unit"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=None if row["valid_to"] is None else date.fromisoformat(row["valid_to"]),
        document=row["document"],
        entered_by=OperatorId(row["entered_by"]),
        confirmed_by=OperatorId(row["confirmed_by"]),
        entered_at=canonical.read_instant(row["entered_at"]),
    )


def _entered(file: DeskFile, _entry: Entry, event: domain.PolicyRowEntered) -> None:
    row = event.row
    # The corrected row leaves the unique index before its replacement enters it.
    file.execute("PRAGMA defer_foreign_keys = ON")
    file.execute(
        "UPDATE policy_rows SET corrected_by = ? WHERE row_id = ?", (row.row_id, event.corrects)
    )
    file.execute(
        "INSERT INTO policy_rows VALUES (?,?,?,?,?,?,?,?,?,?,?,?,NULL)",
        (
            row.row_id,
            row.key.value,
            row.area.value,
            row.scope,
            row.value,
            row.unit.value,
            row.valid_from.isoformat(),
            None if row.valid_to is None else row.valid_to.isoformat(),
            row.document,
            row.entered_by,
            row.confirmed_by,
            canonical.instant_text(row.entered_at),
        ),
    )


def _loaded(file: DeskFile, _entry: Entry, event: domain.CalendarLoaded) -> None:
    file.execute("DELETE FROM calendars WHERE year = ?", (event.year,))
    file.execute(
        "INSERT INTO calendars VALUES (?,?,?)",
        (event.year, event.document, canonical.encode(event)),
    )


APPLY: dict[type, Apply] = {
    domain.PolicyRowEntered: _entered,
    domain.CalendarLoaded: _loaded,
}
