"""Each cashier's drawer as append-only lines, its running balance never negative, its days locked.

`drawers` says where each stands now: what it holds, the last closed day and its closing sum.
"""

from datetime import date
from typing import Any

from reliefdesk.domain import cash as domain
from reliefdesk.domain.cash import CashCarry, CashEntry, CashKind, CashSums, FloatDue
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, EntryId, OperatorId, PaymentId, ReceiptNo
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE drawers(
  cashier TEXT PRIMARY KEY,
  balance_fen INTEGER NOT NULL,
  closed_on TEXT,
  closed_fen INTEGER NOT NULL,
  origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE cash_entries(
  seq INTEGER NOT NULL,
  entry_id TEXT NOT NULL UNIQUE,
  cashier TEXT NOT NULL REFERENCES drawers(cashier),
  entered_on TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  kind TEXT NOT NULL,
  voucher TEXT NOT NULL,
  summary TEXT NOT NULL,
  account TEXT NOT NULL,
  in_fen INTEGER NOT NULL,
  out_fen INTEGER NOT NULL,
  balance_fen INTEGER NOT NULL,
  receipt_no TEXT,
  payment_id TEXT,
  case_id TEXT,
  origin TEXT NOT NULL,
  PRIMARY KEY (seq, cashier),
  CHECK (balance_fen >= 0 OR origin <> ''),
  CHECK ((in_fen <> 0) <> (out_fen <> 0)),
  CHECK ((kind IN ('float_in', 'over', 'handover_in') AND in_fen > 0)
    OR (kind IN ('float_out', 'payment', 'short', 'handover_out') AND out_fen > 0)
    OR (kind IN ('void', 'reversal') AND out_fen < 0))
) STRICT;
CREATE TABLE float_claims(
  seq INTEGER PRIMARY KEY,
  cashier TEXT NOT NULL,
  fen INTEGER NOT NULL CHECK (fen > 0),
  claimed_on TEXT NOT NULL,
  return_by TEXT,
  origin TEXT NOT NULL
) STRICT;
{append_only("float_claims")}
CREATE INDEX cash_entries_by_day ON cash_entries(entered_on, seq);
CREATE INDEX cash_entries_late ON cash_entries(entered_at)
  WHERE entered_on < substr(entered_at, 1, 10);
CREATE INDEX cash_entries_by_drawer ON cash_entries(cashier, seq);
CREATE INDEX cash_entries_by_drawer_day ON cash_entries(cashier, entered_on);
CREATE TRIGGER cash_entries_balance BEFORE INSERT ON cash_entries
WHEN NEW.balance_fen <> NEW.in_fen - NEW.out_fen + coalesce((SELECT balance_fen
  FROM cash_entries WHERE cashier = NEW.cashier ORDER BY seq DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'cash_entries: the balance does not follow'); END;
CREATE TRIGGER cash_entries_closed BEFORE INSERT ON cash_entries
WHEN NEW.origin = ''
  AND NEW.entered_on <= (SELECT closed_on FROM drawers WHERE cashier = NEW.cashier)
BEGIN SELECT RAISE(ABORT, 'cash_entries: the day is closed'); END;
{append_only("cash_entries")}
"""


def balance(file: DeskFile) -> Money:
    """Give what all drawers of this desk together must hold now."""
    fen = file.value("SELECT coalesce(sum(balance_fen), 0) FROM drawers WHERE origin = ''")
    return Money(fen)


def held(file: DeskFile, cashier: OperatorId) -> Money:
    """Give what one cashier's drawer must hold now."""
    fen = file.value("SELECT balance_fen FROM drawers WHERE cashier = ?", (cashier,))
    return ZERO if fen is None else Money(fen)


def holders(file: DeskFile) -> dict[OperatorId, Money]:
    """Map every cashier who ever had cash to what the own drawer must hold now."""
    rows = file.rows("SELECT cashier, balance_fen FROM drawers WHERE origin = '' ORDER BY cashier")
    return {OperatorId(row["cashier"]): Money(row["balance_fen"]) for row in rows}


def closed_on(file: DeskFile, cashier: OperatorId) -> date | None:
    """Give the last closed day of a cashier, or None."""
    text = file.value("SELECT closed_on FROM drawers WHERE cashier = ?", (cashier,))
    return None if text is None else date.fromisoformat(text)


def unclosed_day(file: DeskFile, cashier: OperatorId, before: date) -> date | None:
    """Give the earliest day before `before` with lines of a cashier that is not closed, or None."""
    text = file.value(
        "SELECT min(entered_on) FROM cash_entries WHERE cashier = ?1 AND entered_on < ?2 "
        "AND entered_on > coalesce((SELECT closed_on FROM drawers WHERE cashier = ?1), '')",
        (cashier, before.isoformat()),
    )
    return None if text is None else date.fromisoformat(text)


def moved_since(file: DeskFile, cashier: OperatorId, seq: int) -> bool:
    """Whether cash moved in a drawer after journal number `seq`, a posted difference apart."""
    found = file.value(
        "SELECT 1 FROM cash_entries WHERE cashier = ? AND seq > ? "
        "AND kind NOT IN ('over', 'short') LIMIT 1",
        (cashier, seq),
    )
    return found is not None


def drawer_sum(file: DeskFile) -> Money:
    """Add up every line anew; equals `balance` unless someone meddled."""
    fen = file.value(
        "SELECT coalesce(sum(in_fen - out_fen), 0) FROM cash_entries WHERE origin = ''"
    )
    return Money(fen)


def held_before(file: DeskFile, line: CashEntry) -> Money:
    """Give what the drawer held before a line."""
    fen = file.value(
        "SELECT balance_fen - in_fen + out_fen FROM cash_entries WHERE entry_id = ?",
        (line.entry_id,),
    )
    return Money(fen)


def floats(file: DeskFile, since: date, until: date) -> tuple[CashEntry, ...]:
    """Give the float movements of some days (inclusive), the newest first."""
    rows = file.rows(
        "SELECT * FROM cash_entries WHERE origin = '' AND entered_on BETWEEN ? AND ? "
        "AND kind IN ('float_in', 'float_out') ORDER BY seq DESC",
        (since.isoformat(), until.isoformat()),
    )
    return tuple(_entry(row) for row in rows)


def floats_after(file: DeskFile, line: CashEntry, most: int) -> tuple[CashEntry, ...]:
    """Give the next float movements of the same drawer."""
    rows = file.rows(
        "SELECT * FROM cash_entries WHERE cashier = ? AND seq > ? "
        "AND kind IN ('float_in', 'float_out') ORDER BY seq LIMIT ?",
        (line.cashier, line.seq, most),
    )
    return tuple(_entry(row) for row in rows)


def float_place_in_year(file: DeskFile, line: CashEntry) -> int:
    """Give which float movement of its year it is, from 1 on, for the number on its slip."""
    place: int = file.value(
        "SELECT count(*) FROM cash_entries WHERE origin = '' AND seq <= ? AND entered_on >= ? "
        "AND kind IN ('float_in', 'float_out')",
        (line.seq, line.on.replace(month=1, day=1).isoformat()),
    )
    return place


def due_claims(file: DeskFile, until: date) -> tuple[FloatDue, ...]:
    """Give the claims of float due by a day (inclusive) whose cash still lies in the drawer.

    What was claimed first is spent or returned first, so a drawer holds its newest claims.
    """
    rows = file.rows(
        "WITH held AS (SELECT f.*, d.balance_fen - coalesce(sum(f.fen) OVER ("
        "PARTITION BY f.cashier ORDER BY f.seq DESC ROWS BETWEEN UNBOUNDED PRECEDING "
        "AND 1 PRECEDING), 0) AS rest FROM float_claims f JOIN drawers d USING (cashier) "
        "WHERE f.origin = '') "
        "SELECT cashier, claimed_on, return_by, min(rest, fen) AS left_fen FROM held "
        "WHERE return_by <= ? AND rest > 0 ORDER BY return_by, seq",
        (until.isoformat(),),
    )
    return tuple(
        FloatDue(
            cashier=OperatorId(row["cashier"]),
            claimed_on=date.fromisoformat(row["claimed_on"]),
            return_by=date.fromisoformat(row["return_by"]),
            left=Money(row["left_fen"]),
        )
        for row in rows
    )


def last_day(file: DeskFile) -> date | None:
    """Give the latest day that has a line, or None while the journal is empty."""
    text = file.value("SELECT max(entered_on) FROM cash_entries WHERE origin = ''")
    return None if text is None else date.fromisoformat(text)


def first_day(file: DeskFile) -> date | None:
    """Give the earliest day that has a line, or None while the journal is empty."""
    text = file.value("SELECT min(entered_on) FROM cash_entries WHERE origin = ''")
    return None if text is None else date.fromisoformat(text)


def entry(file: DeskFile, entry_id: EntryId) -> CashEntry | None:
    """Give one line by the id that its window made."""
    row = file.row("SELECT * FROM cash_entries WHERE entry_id = ?", (entry_id,))
    return None if row is None else _entry(row)


def entries(
    file: DeskFile, since: date, until: date, *, cashier: OperatorId | None = None
) -> tuple[CashEntry, ...]:
    """Give the lines of days (inclusive), by day and within a day as recorded.

    Of one cashier, or None for the office, to which a handover between its drawers is nothing.
    """
    rows = file.rows(
        "SELECT * FROM cash_entries WHERE origin = '' AND entered_on BETWEEN ?2 AND ?3 "
        f"AND {_WANTED} ORDER BY entered_on, seq",
        (cashier, since.isoformat(), until.isoformat()),
    )
    return tuple(_entry(row) for row in rows)


def carry(file: DeskFile, before: date, *, cashier: OperatorId | None = None) -> CashCarry:
    """Give balance, running month and running year as they stood before a day."""
    ever = _sums(file, cashier, date.min, before)
    return CashCarry(
        balance=ever.income - ever.outgo,
        month=_sums(file, cashier, before.replace(day=1), before),
        year=_sums(file, cashier, before.replace(month=1, day=1), before),
    )


_WANTED = """((?1 IS NULL AND kind NOT IN ('handover_in', 'handover_out')) OR cashier = ?1)"""


def _sums(file: DeskFile, cashier: OperatorId | None, since: date, before: date) -> CashSums:
    row = file.row(
        "SELECT coalesce(sum(in_fen), 0), coalesce(sum(out_fen), 0) FROM cash_entries "
        f"WHERE origin = '' AND entered_on >= ?2 AND entered_on < ?3 AND {_WANTED}",
        (cashier, since.isoformat(), before.isoformat()),
    )
    assert row is not None  # noqa: S101 - a sum always answers
    return CashSums(income=Money(row[0]), outgo=Money(row[1]))


def post(file: DeskFile, line: CashEntry, *, origin: str) -> None:
    """Add a line to a cashier's drawer, inside an event's application; the balance follows.

    `origin` is the desk that recorded it, empty for this one. What a partner sends is kept as it
    is: one bad event of theirs must not refuse all that follow.
    """
    moved = line.income - line.outgo
    known = file.execute(
        "UPDATE drawers SET balance_fen = balance_fen + ? WHERE cashier = ? AND origin = ?",
        (moved.fen, line.cashier, origin),
    )
    if not known:  # a drawer begins empty, and nobody begins the one of another desk
        file.execute("INSERT INTO drawers VALUES (?,?,NULL,0,?)", (line.cashier, moved.fen, origin))
    file.execute(
        "INSERT INTO cash_entries VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,"
        "(SELECT balance_fen FROM drawers WHERE cashier = ?3),?12,?13,?14,?15)",
        (
            line.seq,
            line.entry_id,
            line.cashier,
            line.on.isoformat(),
            canonical.instant_text(line.at),
            line.kind.value,
            line.voucher,
            line.summary,
            line.account,
            line.income.fen,
            line.outgo.fen,
            line.receipt_no,
            line.payment_id,
            line.case_id,
            origin,
        ),
    )


def post_float(
    file: DeskFile, line: CashEntry, *, origin: str, return_by: date | None = None
) -> None:
    """Add the line of cash that came in as a float, with the claim to give it back."""
    post(file, line, origin=origin)
    file.execute(
        "INSERT INTO float_claims VALUES (?,?,?,?,?,?)",
        (
            line.seq,
            line.cashier,
            line.income.fen,
            line.on.isoformat(),
            None if return_by is None else return_by.isoformat(),
            origin,
        ),
    )


def close_day(
    file: DeskFile, cashier: OperatorId, on: date, closing: Money, *, origin: str
) -> None:
    """Lock the days of a drawer up to `on`, inside an event's application."""
    file.execute(
        "INSERT INTO drawers VALUES (?1,0,?2,?3,?4) ON CONFLICT(cashier) "
        "DO UPDATE SET closed_on = ?2, closed_fen = ?3",
        (cashier, on.isoformat(), closing.fen, origin),
    )


def _entry(row: Row) -> CashEntry:
    return CashEntry(
        seq=row["seq"],
        entry_id=row["entry_id"],
        cashier=OperatorId(row["cashier"]),
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
        cashier=event.cashier,
        on=event.received_on,
        at=entry.header.at,
        kind=CashKind.FLOAT_IN,
        voucher=event.approval,
        summary=event.purpose.label,
        account=event.source,
        income=event.amount,
        outgo=ZERO,
    )
    post_float(file, line, origin=entry.origin, return_by=event.return_by)


def _returned(file: DeskFile, entry: Entry, event: domain.FloatReturned) -> None:
    line = CashEntry(
        seq=entry.seq,
        entry_id=event.entry_id,
        cashier=event.cashier,
        on=event.returned_on,
        at=entry.header.at,
        kind=CashKind.FLOAT_OUT,
        voucher=event.approval,
        summary=CashKind.FLOAT_OUT.label,
        account=event.receiver,
        income=ZERO,
        outgo=event.amount,
    )
    post(file, line, origin=entry.origin)


APPLY: dict[type, Any] = {
    domain.FloatReceived: _received,
    domain.FloatReturned: _returned,
}
