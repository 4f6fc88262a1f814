"""Counts of drawers as append-only tables, each with the fate of its difference beside it."""

from datetime import date
from typing import Any

from reliefdesk.domain import counts as domain
from reliefdesk.domain.cash import CashEntry, CashKind
from reliefdesk.domain.counts import Count, Explanation, Posting
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CountId, EntryId, OperatorId
from reliefdesk.domain.money import ZERO
from reliefdesk.errors import BugError
from reliefdesk.storage import canonical, cash
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE cash_counts(
  seq INTEGER PRIMARY KEY,
  count_id TEXT NOT NULL UNIQUE,
  cashier TEXT NOT NULL,
  counted_on TEXT NOT NULL,
  counted_at TEXT NOT NULL,
  counted_fen INTEGER NOT NULL CHECK (counted_fen >= 0),
  expected_fen INTEGER NOT NULL,
  details TEXT NOT NULL,
  origin TEXT NOT NULL,
  CHECK (expected_fen >= 0 OR origin <> '')
) STRICT;
CREATE INDEX cash_counts_by_drawer ON cash_counts(cashier, seq);
{append_only("cash_counts")}
CREATE TABLE count_explanations(
  seq INTEGER PRIMARY KEY,
  count_id TEXT NOT NULL UNIQUE REFERENCES cash_counts(count_id),
  reason TEXT NOT NULL CHECK (reason <> ''),
  second TEXT NOT NULL,
  explained_at TEXT NOT NULL
) STRICT;
{append_only("count_explanations")}
CREATE TABLE count_postings(
  seq INTEGER PRIMARY KEY,
  count_id TEXT NOT NULL UNIQUE REFERENCES count_explanations(count_id),
  entry_id TEXT NOT NULL UNIQUE,
  approval TEXT NOT NULL CHECK (approval <> ''),
  approver TEXT NOT NULL,
  posted_on TEXT NOT NULL
) STRICT;
{append_only("count_postings")}
"""

_COUNTS = """
SELECT c.*, x.reason, x.second, x.explained_at, p.entry_id, p.approval, p.approver, p.posted_on
FROM cash_counts c LEFT JOIN count_explanations x USING (count_id)
  LEFT JOIN count_postings p USING (count_id)
"""


def count(file: DeskFile, count_id: CountId) -> Count | None:
    """Give one count by the identity that its window made."""
    row = file.row(_COUNTS + "WHERE c.count_id = ?", (count_id,))
    return None if row is None else _count(row)


def latest(file: DeskFile, cashier: OperatorId) -> Count | None:
    """Give the last count of a drawer, or None."""
    row = file.row(_COUNTS + "WHERE c.cashier = ? ORDER BY c.seq DESC LIMIT 1", (cashier,))
    return None if row is None else _count(row)


def between(file: DeskFile, since: date, until: date) -> tuple[Count, ...]:
    """Give the counts of some days (inclusive), the newest first."""
    rows = file.rows(
        _COUNTS + "WHERE c.origin = '' AND c.counted_on BETWEEN ? AND ? ORDER BY c.seq DESC",
        (since.isoformat(), until.isoformat()),
    )
    return tuple(_count(row) for row in rows)


def place_in_year(file: DeskFile, found: Count) -> int:
    """Give which count of its year it is, from 1 on, for the number on its paper."""
    year = found.details.counted_on.year
    place: int = file.value(
        "SELECT count(*) FROM cash_counts WHERE origin = '' AND seq <= ? AND counted_on >= ?",
        (found.seq, date(year, 1, 1).isoformat()),
    )
    return place


def _count(row: Row) -> Count:
    details = canonical.decode(row["details"], domain.CashCounted)
    assert isinstance(details, domain.CashCounted)  # noqa: S101 - decoded as one
    return Count(
        seq=row["seq"],
        counted_at=canonical.read_instant(row["counted_at"]),
        details=details,
        explanation=None
        if row["reason"] is None
        else Explanation(
            reason=row["reason"],
            second=OperatorId(row["second"]),
            explained_at=canonical.read_instant(row["explained_at"]),
        ),
        posting=None
        if row["approval"] is None
        else Posting(
            entry_id=EntryId(row["entry_id"]),
            approval=row["approval"],
            approver=OperatorId(row["approver"]),
            posted_on=date.fromisoformat(row["posted_on"]),
        ),
    )


def _counted(file: DeskFile, entry: Entry, event: domain.CashCounted) -> None:
    file.execute(
        "INSERT INTO cash_counts VALUES (?,?,?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.count_id,
            event.cashier,
            event.counted_on.isoformat(),
            canonical.instant_text(entry.header.at),
            event.counted.fen,
            event.expected.fen,
            canonical.encode(event),
            entry.origin,
        ),
    )


def _explained(file: DeskFile, entry: Entry, event: domain.CountExplained) -> None:
    file.execute(
        "INSERT INTO count_explanations VALUES (?,?,?,?,?)",
        (
            entry.seq,
            event.count_id,
            event.reason,
            event.second,
            canonical.instant_text(entry.header.at),
        ),
    )


def _posted(file: DeskFile, entry: Entry, event: domain.DifferencePosted) -> None:
    found = count(file, event.count_id)
    if found is None or found.difference != event.difference:
        raise BugError(rule="a posted difference is that of its count")
    file.execute(
        "INSERT INTO count_postings VALUES (?,?,?,?,?,?)",
        (
            entry.seq,
            event.count_id,
            event.entry_id,
            event.approval,
            event.approver,
            event.posted_on.isoformat(),
        ),
    )
    over = event.difference.fen > 0
    kind = CashKind.OVER if over else CashKind.SHORT
    line = CashEntry(
        seq=entry.seq,
        entry_id=event.entry_id,
        cashier=event.cashier,
        on=event.posted_on,
        at=entry.header.at,
        kind=kind,
        voucher=event.approval,
        summary=kind.label,
        account="待处理现金长短款",
        income=event.difference if over else ZERO,
        outgo=ZERO if over else -event.difference,
    )
    cash.post(file, line, origin=entry.origin)


APPLY: dict[type, Any] = {
    domain.CashCounted: _counted,
    domain.CountExplained: _explained,
    domain.DifferencePosted: _posted,
}
