"""Payments and their undoings as append-only tables; one event moves receipt, drawer and payment.

`details` is the event's canonical text, so that a payment is read back exactly as recorded.
"""

from datetime import date
from typing import Any

from reliefdesk.domain.cash import CashEntry, CashKind, voucher_of
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, OperatorId, PaymentId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.payments import (
    CashPaid,
    Payment,
    PaymentReversed,
    Undoing,
    UndoingKind,
    net_of,
)
from reliefdesk.domain.receipts import ReceiptState, ReceiptVoided
from reliefdesk.errors import BugError
from reliefdesk.storage import canonical, cash, pads, receipts
from reliefdesk.storage.cases import Step, note_step
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE payments(
  seq INTEGER PRIMARY KEY,
  payment_id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES cases(case_id),
  person_id TEXT NOT NULL REFERENCES persons(person_id),
  kind TEXT NOT NULL,
  fen INTEGER NOT NULL CHECK (fen > 0),
  receipt_no TEXT NOT NULL REFERENCES receipts(receipt_no),
  cashier TEXT NOT NULL,
  paid_on TEXT NOT NULL,
  paid_at TEXT NOT NULL,
  replaces TEXT,
  details TEXT NOT NULL
) STRICT;
CREATE INDEX payments_by_case ON payments(case_id, seq);
CREATE UNIQUE INDEX payments_replacing ON payments(replaces) WHERE replaces IS NOT NULL;
{append_only("payments")}
CREATE TABLE payment_undoings(
  seq INTEGER PRIMARY KEY,
  payment_id TEXT NOT NULL UNIQUE REFERENCES payments(payment_id),
  undoing_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('void', 'reversal')),
  reason TEXT NOT NULL CHECK (reason <> ''),
  by TEXT NOT NULL,
  second TEXT NOT NULL,
  undone_on TEXT NOT NULL,
  undone_at TEXT NOT NULL,
  CHECK (by <> second)
) STRICT;
{append_only("payment_undoings")}
"""

_STATES = """
SELECT p.*, u.seq AS undone_seq, u.kind AS undone_kind, u.reason, u.by, u.second, u.undone_on,
  u.undone_at FROM payments p LEFT JOIN payment_undoings u ON u.payment_id = p.payment_id
"""


def payment(file: DeskFile, payment_id: PaymentId) -> Payment | None:
    """Give one payment by the identity that its window made."""
    row = file.row(_STATES + "WHERE p.payment_id = ?", (payment_id,))
    return None if row is None else _payment(row)


def by_receipt(file: DeskFile, receipt_no: str) -> Payment | None:
    """Give the payment behind a receipt number."""
    row = file.row(
        _STATES + "WHERE p.payment_id = (SELECT payment_id FROM receipts WHERE receipt_no = ?)",
        (receipt_no,),
    )
    return None if row is None else _payment(row)


def of_case(file: DeskFile, case_id: CaseId) -> tuple[Payment, ...]:
    """Give every payment of a case in order, the undone ones too."""
    rows = file.rows(_STATES + "WHERE p.case_id = ? ORDER BY p.seq", (case_id,))
    return tuple(_payment(row) for row in rows)


def touching(file: DeskFile, since: date, until: date) -> tuple[Payment, ...]:
    """Give the payments made or undone on these days (inclusive), in order."""
    rows = file.rows(
        _STATES + "WHERE p.payment_id IN (SELECT payment_id FROM cash_entries "
        "WHERE entered_on BETWEEN ? AND ?) ORDER BY p.seq",
        (since.isoformat(), until.isoformat()),
    )
    return tuple(_payment(row) for row in rows)


def net_paid(file: DeskFile, case_id: CaseId) -> Money:
    """Give what stands of all payments of a case."""
    return net_of(of_case(file, case_id))


def net_total(file: DeskFile) -> Money:
    """Give what stands of all payments ever; equals the drawer's payments net of red entries."""
    fen = file.value(
        "SELECT coalesce(sum(fen), 0) FROM payments "
        "WHERE payment_id NOT IN (SELECT payment_id FROM payment_undoings)"
    )
    return Money(fen)


def undoing_recorded(file: DeskFile, undoing_id: PaymentId) -> bool:
    """Whether a red entry with this identity was recorded: the window is asking again."""
    found = file.value("SELECT 1 FROM payment_undoings WHERE undoing_id = ?", (undoing_id,))
    return found is not None


def _payment(row: Row) -> Payment:
    details = canonical.decode(row["details"], CashPaid)
    assert isinstance(details, CashPaid)  # noqa: S101 - decoded as one
    return Payment(
        seq=row["seq"],
        paid_at=canonical.read_instant(row["paid_at"]),
        details=details,
        undoing=None if row["undone_seq"] is None else _undoing(row),
    )


def _undoing(row: Row) -> Undoing:
    return Undoing(
        seq=row["undone_seq"],
        payment_id=PaymentId(row["payment_id"]),
        kind=UndoingKind(row["undone_kind"]),
        reason=row["reason"],
        by=OperatorId(row["by"]),
        second=OperatorId(row["second"]),
        undone_on=date.fromisoformat(row["undone_on"]),
        undone_at=canonical.read_instant(row["undone_at"]),
    )


def _paid(file: DeskFile, entry: Entry, event: CashPaid) -> None:
    receipts.issue(file, event, origin=entry.origin)
    by_hand = pads.settle_receipt(file, entry, event.receipt_no)
    file.execute(
        "INSERT INTO payments VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.payment_id,
            event.case_id,
            event.person_id,
            event.kind.value,
            event.amount.fen,
            event.receipt_no,
            event.cashier,
            event.paid_on.isoformat(),
            canonical.instant_text(entry.header.at),
            event.replaces,
            canonical.encode(event),
        ),
    )
    summary = f"发放{event.kind.label}"
    if event.replaces is not None:
        replaced = _replaced(file, event.replaces)
        summary = f"更正{voucher_of(event.replaces, replaced.details.paid_on)}"
    told = f"{summary}　{event.recipient.name}{'（停电手工单补录）' if by_hand else ''}"
    line = _line(entry, event, kind=CashKind.PAYMENT, summary=told, cashier=event.cashier)
    cash.post(file, line, origin=entry.origin)
    step = Step(
        act=summary,
        operator_id=event.cashier,
        seat=Seat.CASHIER,
        amount=event.amount,
        remark=event.receipt_no,
    )
    note_step(file, entry, event.case_id, step)


def _replaced(file: DeskFile, receipt_no: str) -> Payment:
    found = by_receipt(file, receipt_no)
    if found is None or found.undoing is None:
        raise BugError(rule="only an undone payment is replaced")
    return found


def _reversed(file: DeskFile, entry: Entry, event: PaymentReversed) -> None:
    undoing = Undoing(
        seq=entry.seq,
        payment_id=event.payment_id,
        kind=UndoingKind.REVERSAL,
        reason=event.reason,
        by=event.cashier,
        second=event.second,
        undone_on=event.reversed_on,
        undone_at=entry.header.at,
    )
    _undo(file, entry, undoing, event.reversal_id)


def _voided(file: DeskFile, entry: Entry, event: ReceiptVoided) -> None:
    undoing = Undoing(
        seq=entry.seq,
        payment_id=event.payment_id,
        kind=UndoingKind.VOID,
        reason=event.reason,
        by=event.cashier,
        second=event.second,
        undone_on=entry.header.on,
        undone_at=entry.header.at,
    )
    # A void has no identity of its own: its journal entry lends it one.
    _undo(file, entry, undoing, entry.header.event_id)


_UNDONE = {
    UndoingKind.VOID: (ReceiptState.VOID, CashKind.VOID, "作废"),
    UndoingKind.REVERSAL: (ReceiptState.REVERSED, CashKind.REVERSAL, "冲销"),
}


def _undo(file: DeskFile, entry: Entry, undoing: Undoing, undoing_id: str) -> None:
    found = payment(file, undoing.payment_id)
    if found is None:
        raise BugError(rule="an undoing names a payment that exists")
    file.execute(
        "INSERT INTO payment_undoings VALUES (?,?,?,?,?,?,?,?,?)",
        (
            undoing.seq,
            undoing.payment_id,
            undoing_id,
            undoing.kind.value,
            undoing.reason,
            undoing.by,
            undoing.second,
            undoing.undone_on.isoformat(),
            canonical.instant_text(undoing.undone_at),
        ),
    )
    state, kind, word = _UNDONE[undoing.kind]
    receipts.undo(file, found.receipt_no, state, origin=entry.origin)
    summary = word + voucher_of(found.receipt_no, found.details.paid_on)
    # The cash lies with who took it back, whoever had paid it.
    line = _line(entry, found.details, kind=kind, summary=summary, cashier=undoing.by)
    cash.post(file, line, origin=entry.origin)
    step = Step(
        act=summary,
        operator_id=undoing.by,
        seat=Seat.CASHIER,
        amount=-found.amount,
        remark=undoing.reason,
    )
    note_step(file, entry, found.details.case_id, step)


def _line(
    entry: Entry, event: CashPaid, *, kind: CashKind, summary: str, cashier: OperatorId
) -> CashEntry:
    paying = kind is CashKind.PAYMENT
    return CashEntry(
        seq=entry.seq,
        entry_id=event.payment_id if paying else entry.header.event_id,
        cashier=cashier,
        on=event.paid_on if paying else entry.header.on,
        at=entry.header.at,
        kind=kind,
        voucher=event.receipt_no,
        summary=summary,
        account=event.fund_source.label,
        income=ZERO,
        outgo=event.amount if paying else -event.amount,
        receipt_no=event.receipt_no,
        payment_id=event.payment_id,
        case_id=event.case_id,
    )


APPLY: dict[type, Any] = {
    CashPaid: _paid,
    PaymentReversed: _reversed,
    ReceiptVoided: _voided,
}
