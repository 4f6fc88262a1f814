"""Closed days of drawers: one after another, each opening with the closing sum before it."""

from datetime import date
from typing import Any

from reliefdesk.domain.closings import Closing, DayClosed
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import ClosingId, OperatorId
from reliefdesk.storage import canonical, cash
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE day_closings(
  seq INTEGER PRIMARY KEY,
  closing_id TEXT NOT NULL UNIQUE,
  cashier TEXT NOT NULL,
  closed_on TEXT NOT NULL,
  closed_at TEXT NOT NULL,
  opening_fen INTEGER NOT NULL,
  closing_fen INTEGER NOT NULL CHECK (closing_fen >= 0),
  details TEXT NOT NULL,
  origin TEXT NOT NULL,
  UNIQUE (cashier, closed_on)
) STRICT;
CREATE TRIGGER day_closings_follow BEFORE INSERT ON day_closings
WHEN NEW.origin = '' AND (
  NEW.opening_fen <> coalesce((SELECT closed_fen FROM drawers WHERE cashier = NEW.cashier), 0)
  OR NEW.closed_on <= (SELECT closed_on FROM drawers WHERE cashier = NEW.cashier))
BEGIN SELECT RAISE(ABORT, 'day_closings: a day follows the one before'); END;
{append_only("day_closings")}
"""


def closing(file: DeskFile, closing_id: ClosingId) -> Closing | None:
    """Give one closed day by the identity that its window made."""
    row = file.row("SELECT * FROM day_closings WHERE closing_id = ?", (closing_id,))
    return None if row is None else _closing(row)


def between(file: DeskFile, since: date, until: date) -> tuple[Closing, ...]:
    """Give the closed days of a span (inclusive), the newest first."""
    rows = file.rows(
        "SELECT * FROM day_closings WHERE origin = '' AND closed_on BETWEEN ? AND ? "
        "ORDER BY closed_on DESC, seq",
        (since.isoformat(), until.isoformat()),
    )
    return tuple(_closing(row) for row in rows)


def of_drawer(file: DeskFile, cashier: OperatorId) -> tuple[Closing, ...]:
    """Give every closed day of a cashier in order."""
    rows = file.rows("SELECT * FROM day_closings WHERE cashier = ? ORDER BY seq", (cashier,))
    return tuple(_closing(row) for row in rows)


def place_in_year(file: DeskFile, found: Closing) -> int:
    """Give which closing of its year it is, from 1 on, for the number on its paper."""
    year = found.details.closed_on.year
    place: int = file.value(
        "SELECT count(*) FROM day_closings WHERE origin = '' AND seq <= ? "
        "AND closed_on BETWEEN ? AND ?",
        (found.seq, date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()),
    )
    return place


def hash_of(file: DeskFile, found: Closing) -> str:
    """Give the journal's hash as it stood when the day was closed."""
    return str(file.value("SELECT hash FROM journal WHERE seq = ?", (found.seq,)))


def _closing(row: Row) -> Closing:
    details = canonical.decode(row["details"], DayClosed)
    assert isinstance(details, DayClosed)  # noqa: S101 - decoded as one
    return Closing(
        seq=row["seq"], closed_at=canonical.read_instant(row["closed_at"]), details=details
    )


def _closed(file: DeskFile, entry: Entry, event: DayClosed) -> None:
    file.execute(
        "INSERT INTO day_closings VALUES (?,?,?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.closing_id,
            event.cashier,
            event.closed_on.isoformat(),
            canonical.instant_text(entry.header.at),
            event.opening.fen,
            event.closing.fen,
            canonical.encode(event),
            entry.origin,
        ),
    )
    cash.close_day(file, event.cashier, event.closed_on, event.closing, origin=entry.origin)


APPLY: dict[type, Any] = {DayClosed: _closed}
