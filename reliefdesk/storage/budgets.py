"""Budget lines as an append-only table, and what was paid from each source in a year."""

from datetime import date
from typing import Any

from reliefdesk.domain.budgets import BudgetLine, BudgetLineEntered, BudgetState, FundSource
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import BudgetLineId
from reliefdesk.domain.money import Money
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE budget_lines(
  seq INTEGER PRIMARY KEY,
  line_id TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL,
  source TEXT NOT NULL,
  fen INTEGER NOT NULL CHECK (fen <> 0),
  details TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX budget_lines_by_source ON budget_lines(year, source);
{append_only("budget_lines")}
"""

# A red entry gives back on the day it is recorded, also to the budget of another year's payment.
_CASH_PAID = """
SELECT coalesce(sum(e.out_fen), 0) FROM cash_entries e
WHERE e.origin = '' AND e.kind IN ('payment', 'void', 'reversal') AND e.account = ?1
  AND e.entered_on BETWEEN ?2 AND ?3
"""
_OTHERWISE_PAID = """
SELECT coalesce(sum(fen), 0) FROM transfers
WHERE origin = '' AND source = ?1 AND paid_on BETWEEN ?2 AND ?3
"""
_RETURNED = """
SELECT coalesce(sum(t.fen), 0) FROM transfer_returns r JOIN transfers t USING (payment_id)
WHERE t.origin = '' AND t.source = ?1 AND r.returned_on BETWEEN ?2 AND ?3
"""


def line(file: DeskFile, line_id: BudgetLineId) -> BudgetLine | None:
    """Give one line by the identity that its window made."""
    row = file.row("SELECT seq, details FROM budget_lines WHERE line_id = ?", (line_id,))
    return None if row is None else _line(row)


def lines(file: DeskFile, year: int) -> tuple[BudgetLine, ...]:
    """Give the lines of a year in the order they were entered."""
    rows = file.rows(
        "SELECT seq, details FROM budget_lines WHERE origin = '' AND year = ? ORDER BY seq",
        (year,),
    )
    return tuple(_line(row) for row in rows)


def state(file: DeskFile, year: int, source: FundSource) -> BudgetState:
    """Give what a source granted for a year and what was paid from it."""
    row = file.row(
        "SELECT count(*), coalesce(sum(fen), 0) FROM budget_lines "
        "WHERE origin = '' AND year = ? AND source = ?",
        (year, source.value),
    )
    assert row is not None  # noqa: S101 - a sum always answers
    days = (date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat())
    cash = file.value(_CASH_PAID, (source.label, *days))
    otherwise = file.value(_OTHERWISE_PAID, (source.value, *days))
    returned = file.value(_RETURNED, (source.value, *days))
    return BudgetState(
        year=year,
        source=source,
        lines=row[0],
        granted=Money(row[1]),
        paid=Money(cash + otherwise - returned),
    )


def _line(row: Row) -> BudgetLine:
    details = canonical.decode(row["details"], BudgetLineEntered)
    assert isinstance(details, BudgetLineEntered)  # noqa: S101 - decoded as one
    return BudgetLine(seq=row["seq"], details=details)


def _entered(file: DeskFile, entry: Entry, event: BudgetLineEntered) -> None:
    file.execute(
        "INSERT INTO budget_lines VALUES (?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.line_id,
            event.year,
            event.source.value,
            event.amount.fen,
            canonical.encode(event),
            entry.origin,
        ),
    )


APPLY: dict[type, Any] = {BudgetLineEntered: _entered}
