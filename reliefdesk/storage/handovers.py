"""Handovers of cash: one event moves the sum out of one drawer and into another."""

from datetime import date
from typing import Any

from reliefdesk.domain.cash import CashEntry, CashKind
from reliefdesk.domain.events import Entry
from reliefdesk.domain.handovers import CashHandedOver, Handover
from reliefdesk.domain.ids import HandoverId, OperatorId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.storage import canonical, cash, operators
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE cash_handovers(
  seq INTEGER PRIMARY KEY,
  handover_id TEXT NOT NULL UNIQUE,
  giver TEXT NOT NULL,
  receiver TEXT NOT NULL,
  fen INTEGER NOT NULL CHECK (fen > 0),
  handed_on TEXT NOT NULL,
  handed_at TEXT NOT NULL,
  details TEXT NOT NULL,
  origin TEXT NOT NULL,
  CHECK (giver <> receiver)
) STRICT;
{append_only("cash_handovers")}
"""


def handover(file: DeskFile, handover_id: HandoverId) -> Handover | None:
    """Give one handover by the identity that its window made."""
    row = file.row("SELECT * FROM cash_handovers WHERE handover_id = ?", (handover_id,))
    return None if row is None else _handover(row)


def between(file: DeskFile, since: date, until: date) -> tuple[Handover, ...]:
    """Give the handovers of some days (inclusive), the newest first."""
    rows = file.rows(
        "SELECT * FROM cash_handovers WHERE origin = '' AND handed_on BETWEEN ? AND ? "
        "ORDER BY seq DESC",
        (since.isoformat(), until.isoformat()),
    )
    return tuple(_handover(row) for row in rows)


def given(file: DeskFile, found: Handover) -> Money:
    """Give what the giver's book said just before a handover."""
    fen = file.value(
        "SELECT balance_fen - in_fen + out_fen FROM cash_entries WHERE seq = ? AND cashier = ?",
        (found.seq, found.details.giver),
    )
    return Money(fen)


def place_in_year(file: DeskFile, found: Handover) -> int:
    """Give which handover of its year it is, from 1 on, for the number on its paper."""
    year = found.details.handed_on.year
    place: int = file.value(
        "SELECT count(*) FROM cash_handovers WHERE origin = '' AND seq <= ? AND handed_on >= ?",
        (found.seq, date(year, 1, 1).isoformat()),
    )
    return place


def _handover(row: Row) -> Handover:
    details = canonical.decode(row["details"], CashHandedOver)
    assert isinstance(details, CashHandedOver)  # noqa: S101 - decoded as one
    return Handover(
        seq=row["seq"], handed_at=canonical.read_instant(row["handed_at"]), details=details
    )


def _handed(file: DeskFile, entry: Entry, event: CashHandedOver) -> None:
    file.execute(
        "INSERT INTO cash_handovers VALUES (?,?,?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.handover_id,
            event.giver,
            event.receiver,
            event.amount.fen,
            event.handed_on.isoformat(),
            canonical.instant_text(entry.header.at),
            canonical.encode(event),
            entry.origin,
        ),
    )
    for kind in (CashKind.HANDOVER_OUT, CashKind.HANDOVER_IN):
        cash.post(file, _line(file, entry, event, kind), origin=entry.origin)


def _line(file: DeskFile, entry: Entry, event: CashHandedOver, kind: CashKind) -> CashEntry:
    gives = kind is CashKind.HANDOVER_OUT
    other = event.receiver if gives else event.giver
    return CashEntry(
        seq=entry.seq,
        entry_id=f"{event.handover_id}.{'out' if gives else 'in'}",
        cashier=_drawer(event, kind),
        on=event.handed_on,
        at=entry.header.at,
        kind=kind,
        voucher="交接单",
        summary=f"{kind.label}（{operators.names(file).get(other, '')}）",
        account="库存现金",
        income=ZERO if gives else event.amount,
        outgo=event.amount if gives else ZERO,
    )


def _drawer(event: CashHandedOver, kind: CashKind) -> OperatorId:
    return event.giver if kind is CashKind.HANDOVER_OUT else event.receiver


APPLY: dict[type, Any] = {CashHandedOver: _handed}
