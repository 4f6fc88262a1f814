"""The drawer as a table: append-only lines with a running balance that can never be negative."""

from datetime import date
from typing import Any

from reliefdesk.domain import cash as domain
from reliefdesk.domain.cash import CashCarry, CashEntry, CashKind, CashSums
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, EntryId, PaymentId, ReceiptNo
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE cash_entries(
  seq INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL UNIQUE,
  entered_on TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  kind TEXT NOT NULL,
  voucher TEXT NOT NULL,
  summary TEXT NOT NULL,
  account TEXT NOT NULL,
  in_fen INTEGER NOT NULL,
  out_fen INTEGER NOT NULL,
  balance_fen INTEGER NOT NULL CHECK (balance_fen >= 0),
  receipt_no TEXT,
  payment_id TEXT,
  case_id TEXT,
  CHECK ((in_fen <> 0) <> (out_fen <> 0)),
  CHECK ((kind IN ('float_in') AND in_fen > 0)
    OR (kind IN ('float_out', 'payment') AND out_fen > 0)
    OR (kind IN ('void', 'reversal') AND out_fen < 0))
) STRICT;
CREATE INDEX cash_entries_by_day ON cash_entries(entered_on, seq);
CREATE TRIGGER cash_entries_balance BEFORE INSERT ON cash_entries
WHEN NEW.balance_fen <> NEW.in_fen - NEW.out_fen
  + coalesce((SELECT balance_fen FROM cash_entries ORDER BY seq DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'cash_entries: the balance does not follow'); END;
{append_only("cash_entries")}
"""


def balance(file: DeskFile) -> Money:
    """Give what the drawer must hold now."""
    last = file.value("SELECT balance_fen FROM cash_entries ORDER BY seq DESC LIMIT 1")
    return ZERO if last is None else Money(last)


def drawer_sum(file: DeskFile) -> Money:
    """Add up every line anew; equals `balance` unless someone meddled."""
    fen = file.value("SELECT coalesce(sum(in_fen - out_fen), 0) FROM cash_entries")
    return Money(fen)


def last_day(file: DeskFile) -> date | None:
    """Give the latest day that has a line, or None while the journal is empty."""
    text = file.value("SELECT max(entered_on) FROM cash_entries")
    return None if text is None else date.fromisoformat(text)


def first_day(file: DeskFile) -> date | None:
    """Give the earliest day that has a line, or None while the journal is empty."""
    text = file.value("SELECT min(entered_on) FROM cash_entries")
    return None if text is None else date.fromisoformat(text)


def entry(file: DeskFile, entry_id: EntryId) -> CashEntry | None:
    """Give one line by the id that its window made."""
    row = file.row("SELECT * FROM cash_entries WHERE entry_id = ?", (entry_id,))
    return None if row is None else _entry(row)


def entries(file: DeskFile, since: date, until: date) -> tuple[CashEntry, ...]:
    """Give the lines of days (inclusive), by day and within a day as recorded."""
    rows = file.rows(
        "SELECT * FROM cash_entries WHERE entered_on BETWEEN ? AND ? ORDER BY entered_on, seq",
        (since.isoformat(), until.isoformat()),
    )
    return tuple(_entry(row) for row in rows)


def carry(file: DeskFile, before: date) -> CashCarry:
    """Give balance, running month and running year as they stood before a day."""
    ever = _sums(file, date.min, before)
    return CashCarry(
        balance=ever.income - ever.outgo,
        month=_sums(file, before.replace(day=1), before),
        year=_sums(file, before.replace(month=1, day=1), before),
    )


def _sums(file: DeskFile, since: date, before: date) -> CashSums:
    row = file.row(
        "SELECT coalesce(sum(in_fen), 0), coalesce(sum(out_fen), 0) FROM cash_entries "
        "WHERE entered_on >= ? AND entered_on < ?",
        (since.isoformat(), before.isoformat()),
    )
    assert row is not None  # noqa: S101 - a sum always answers
    return CashSums(income=Money(row[0]), outgo=Money(row[1]))


def post(file: DeskFile, line: CashEntry) -> None:
    """Add a line to the drawer, inside an event's application; the balance follows by itself."""
    after = balance(file) + line.income - line.outgo
    file.execute(
        "INSERT INTO cash_entries VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            line.seq,
            line.entry_id,
            line.on.isoformat(),
            canonical.instant_text(line.at),
            line.kind.value,
            line.voucher,
            line.summary,
            line.account,
            line.income.fen,
            line.outgo.fen,
            after.fen,
            line.receipt_no,
            line.payment_id,
            line.case_id,
        ),
    )


def _entry(row: Row) -> CashEntry:
    return CashEntry(
        seq=row["seq"],
        entry_id=row["entry_id"],
        on=date.fromisoformat(row["entered_on"]),
        at=canonical.read_instant(row["entered_at"]),
        kind=CashKind(row["kind"]),
        voucher=row["voucher"],
        summary=row["summary"],
        account=row["account"],
        income=Money(row["in_fen"]),
        outgo=Money(row["out_fen"]),
        receipt_no=None if row["receipt_no"] is None else ReceiptNo(row["receipt_no"]),
        payment_id=None if row["payment_id"] is None else PaymentId(row["payment_id"]),
        case_id=None if row["case_id"] is None else CaseId(row["case_id"]),
    )


def _received(file: DeskFile, entry: Entry, event: domain.FloatReceived) -> None:
    line = CashEntry(
        seq=entry.seq,
        entry_id=event.entry_id,
        on=event.received_on,
        at=entry.header.at,
        kind=CashKind.FLOAT_IN,
        voucher=event.approval,
        summary=event.purpose.label,
        account=event.source,
        income=event.amount,
        outgo=ZERO,
        receipt_no=None,
        payment_id=None,
        case_id=None,
    )
    post(file, line)


def _returned(file: DeskFile, entry: Entry, event: domain.FloatReturned) -> None:
    line = CashEntry(
        seq=entry.seq,
        entry_id=event.entry_id,
        on=event.returned_on,
        at=entry.header.at,
        kind=CashKind.FLOAT_OUT,
        voucher=event.approval,
        summary=CashKind.FLOAT_OUT.label,
        account=event.receiver,
        income=ZERO,
        outgo=event.amount,
        receipt_no=None,
        payment_id=None,
        case_id=None,
    )
    post(file, line)


APPLY: dict[type, Any] = {
    domain.FloatReceived: _received,
    domain.FloatReturned: _returned,
}
