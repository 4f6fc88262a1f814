"""Relief by bank or in kind as append-only tables: it counts for the case, never for a drawer."""

from datetime import date
from typing import Any

from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, PaymentId
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.transfers import PaidOtherwise, Transfer, TransferReturned
from reliefdesk.errors import BugError
from reliefdesk.storage import canonical
from reliefdesk.storage.cases import Step, note_step
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE transfers(
  seq INTEGER PRIMARY KEY,
  payment_id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES cases(case_id),
  method TEXT NOT NULL,
  fen INTEGER NOT NULL CHECK (fen > 0),
  source TEXT NOT NULL,
  paid_on TEXT NOT NULL,
  paid_at TEXT NOT NULL,
  details TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX transfers_by_case ON transfers(case_id, seq);
CREATE INDEX transfers_by_day ON transfers(paid_on);
{append_only("transfers")}
CREATE TABLE transfer_returns(
  seq INTEGER PRIMARY KEY,
  payment_id TEXT NOT NULL UNIQUE REFERENCES transfers(payment_id),
  reason TEXT NOT NULL CHECK (reason <> ''),
  by TEXT NOT NULL,
  second TEXT NOT NULL,
  returned_on TEXT NOT NULL,
  origin TEXT NOT NULL,
  CHECK (by <> second)
) STRICT;
CREATE INDEX transfer_returns_by_day ON transfer_returns(returned_on);
{append_only("transfer_returns")}
"""

_TRANSFERS = """
SELECT t.seq, t.paid_at, t.details, r.returned_on, coalesce(r.reason, '') AS reason
FROM transfers t LEFT JOIN transfer_returns r USING (payment_id)
"""


def transfer(file: DeskFile, payment_id: PaymentId) -> Transfer | None:
    """Give one transfer by the identity that its window made."""
    row = file.row(_TRANSFERS + "WHERE t.payment_id = ?", (payment_id,))
    return None if row is None else _transfer(row)


def of_case(file: DeskFile, case_id: CaseId) -> tuple[Transfer, ...]:
    """Give the transfers of a case in order, those that came back too."""
    rows = file.rows(_TRANSFERS + "WHERE t.case_id = ? ORDER BY t.seq", (case_id,))
    return tuple(_transfer(row) for row in rows)


def touching(file: DeskFile, since: date, until: date) -> tuple[Transfer, ...]:
    """Give the transfers made or come back on these days (inclusive), in order."""
    rows = file.rows(
        _TRANSFERS + "WHERE t.paid_on BETWEEN ?1 AND ?2 OR r.returned_on BETWEEN ?1 AND ?2 "
        "ORDER BY t.seq",
        (since.isoformat(), until.isoformat()),
    )
    return tuple(_transfer(row) for row in rows)


def _transfer(row: Row) -> Transfer:
    details = canonical.decode(row["details"], PaidOtherwise)
    assert isinstance(details, PaidOtherwise)  # noqa: S101 - decoded as one
    returned = row["returned_on"]
    return Transfer(
        seq=row["seq"],
        paid_at=canonical.read_instant(row["paid_at"]),
        details=details,
        returned_on=None if returned is None else date.fromisoformat(returned),
        reason=row["reason"],
    )


def _paid(file: DeskFile, entry: Entry, event: PaidOtherwise) -> None:
    file.execute(
        "INSERT INTO transfers VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.payment_id,
            event.case_id,
            event.method.value,
            event.amount.fen,
            event.fund_source.value,
            event.paid_on.isoformat(),
            canonical.instant_text(entry.header.at),
            canonical.encode(event),
            entry.origin,
        ),
    )
    step = Step(
        act=f"发放{event.method.label}",
        operator_id=event.paid_by,
        seat=Seat.CASHIER,
        amount=event.amount,
        remark=event.voucher,
    )
    note_step(file, entry, event.case_id, step)


def _returned(file: DeskFile, entry: Entry, event: TransferReturned) -> None:
    found = transfer(file, event.payment_id)
    if found is None:
        raise BugError(rule="a return names a transfer that exists")
    file.execute(
        "INSERT INTO transfer_returns VALUES (?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.payment_id,
            event.reason,
            event.by,
            event.second,
            event.returned_on.isoformat(),
            entry.origin,
        ),
    )
    step = Step(
        act=f"退回{found.details.method.label}",
        operator_id=event.by,
        seat=Seat.CASHIER,
        amount=-found.details.amount,
        remark=event.reason,
    )
    note_step(file, entry, event.case_id, step)


APPLY: dict[type, Any] = {PaidOtherwise: _paid, TransferReturned: _returned}
