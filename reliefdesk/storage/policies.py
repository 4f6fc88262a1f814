"""Policy rows and holiday calendars as tables; a corrected row stays and names its successor."""

from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

import msgspec

from reliefdesk.domain import policies as domain
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import DeskId, OperatorId, PolicyRowId
from reliefdesk.domain.messages import CalendarPublished, PolicyRowPublished
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
  origin TEXT NOT NULL,
  corrected_by TEXT REFERENCES policy_rows(row_id)
) STRICT;
CREATE UNIQUE INDEX policy_rows_in_force
  ON policy_rows(origin, key, area, scope, valid_from) WHERE corrected_by IS NULL;
CREATE TABLE calendars(
  origin TEXT NOT NULL,
  year INTEGER NOT NULL,
  document TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (origin, year)
) STRICT, WITHOUT ROWID;
"""


# An office obeys its own rows and the district's; a district only its own, whatever offices sent.
_OBEYED = "(origin = '' OR origin IN (SELECT desk_id FROM desks WHERE kind = 'district'))"


def rows_in_force(file: DeskFile) -> tuple[PolicyRow, ...]:
    """Give every row obeyed here that was not corrected away, each ending where the next begins."""
    return _in_force(file, _OBEYED, ())


def rows_in_force_at(file: DeskFile, desk_id: DeskId) -> tuple[PolicyRow, ...]:
    """Give the rows that an office obeys, as far as a district knows: its own and what went out."""
    return _in_force(file, "origin IN ('', ?)", (desk_id,))


def _in_force(file: DeskFile, obeyed: str, params: tuple[str, ...]) -> tuple[PolicyRow, ...]:
    rows = file.rows(
        f"SELECT * FROM policy_rows WHERE corrected_by IS NULL AND {obeyed} "
        "ORDER BY origin, key, area, scope, valid_from",
        params,
    )
    series = [list(group) for _, group in groupby(rows, key=_series_of)]
    return tuple(
        _cut(_row(row), None if following is None else _row(following))
        for group in series
        for row, following in pairwise([*group, None])
        if row is not None
    )


def published_ids(file: DeskFile) -> frozenset[PolicyRowId]:
    """Give the rows that the district published to this desk; no own row overrules them."""
    rows = file.rows(f"SELECT row_id FROM policy_rows WHERE origin <> '' AND {_OBEYED}")
    return frozenset(PolicyRowId(row["row_id"]) for row in rows)


def _series_of(row: Row) -> tuple[str, ...]:
    return (row["origin"], row["key"], row["area"], row["scope"])


def all_rows(file: DeskFile) -> tuple[PolicyRow, ...]:
    """Give every row ever entered as it was entered, for the list that an auditor reads."""
    rows = file.rows(f"SELECT * FROM policy_rows WHERE {_OBEYED} ORDER BY entered_at")
    return tuple(_row(row) for row in rows)


def own_rows(file: DeskFile) -> tuple[PolicyRow, ...]:
    """Give this desk's own rows that were not corrected away, as they were entered."""
    rows = file.rows(
        "SELECT * FROM policy_rows WHERE origin = '' AND corrected_by IS NULL ORDER BY entered_at"
    )
    return tuple(_row(row) for row in rows)


def corrected_ids(file: DeskFile) -> frozenset[PolicyRowId]:
    """Give the rows that a later row corrected."""
    rows = file.rows("SELECT row_id FROM policy_rows WHERE corrected_by IS NOT NULL")
    return frozenset(PolicyRowId(row["row_id"]) for row in rows)


def published_calendar(file: DeskFile, year: int) -> str | None:
    """Give the document under which the district published a year's table here, else None."""
    found: str | None = file.value(
        f"SELECT document FROM calendars WHERE year = ? AND origin <> '' AND {_OBEYED}", (year,)
    )
    return found


def calendars(file: DeskFile) -> tuple[CalendarLoaded, ...]:
    """Give the holiday tables that were loaded on this desk, one for each year."""
    rows = file.rows(f"SELECT content FROM calendars WHERE {_OBEYED} ORDER BY origin, year")
    return tuple(
        msgspec.convert(canonical.decode_content(row["content"]), CalendarLoaded) for row in rows
    )


def _cut(row: PolicyRow, following: PolicyRow | None) -> PolicyRow:
    if following is None:
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


def _published(file: DeskFile, entry: Entry, event: PolicyRowPublished) -> None:
    if entry.origin:  # the district's own row stands here already
        _put(file, entry, event)


def _calendar_published(file: DeskFile, entry: Entry, event: CalendarPublished) -> None:
    if entry.origin:
        loaded = CalendarLoaded(
            year=event.year,
            holidays=event.holidays,
            working_weekends=event.working_weekends,
            document=event.document,
        )
        _loaded(file, entry, loaded)


def _entered(file: DeskFile, entry: Entry, event: domain.PolicyRowEntered) -> None:
    _put(file, entry, event)


def _put(file: DeskFile, entry: Entry, event: domain.PolicyRowEntered | PolicyRowPublished) -> None:
    row = event.row
    # The corrected row leaves the unique index before its replacement enters it.
    file.execute("PRAGMA defer_foreign_keys = ON")
    file.execute(
        "UPDATE policy_rows SET corrected_by = ? WHERE row_id = ? AND origin = ?",
        (row.row_id, event.corrects, entry.origin),
    )
    file.execute(
        "INSERT INTO policy_rows VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,NULL)",
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
            entry.origin,
        ),
    )
    # A longer transaction goes on behind this row: its references are checked at once again.
    file.execute("PRAGMA defer_foreign_keys = OFF")


def _loaded(file: DeskFile, entry: Entry, event: domain.CalendarLoaded) -> None:
    file.execute("DELETE FROM calendars WHERE origin = ? AND year = ?", (entry.origin, event.year))
    file.execute(
        "INSERT INTO calendars VALUES (?,?,?,?)",
        (entry.origin, event.year, event.document, canonical.encode(event)),
    )


APPLY: dict[type, Apply] = {
    domain.PolicyRowEntered: _entered,
    domain.CalendarLoaded: _loaded,
    PolicyRowPublished: _published,
    CalendarPublished: _calendar_published,
}
