"""Closing a cashier's day on a fresh count: the day is locked and its head leaves on paper."""

from dataclasses import dataclass
from datetime import date

from reliefdesk.domain.closings import (
    CloseOrder,
    Closing,
    ClosingUnknownError,
    DayClosed,
    require_closable,
)
from reliefdesk.domain.counts import Count, CountStaleError
from reliefdesk.domain.ids import ClosingId, OperatorId
from reliefdesk.domain.money import total
from reliefdesk.domain.operators import Operator, Seat, VerifiedOfficer, require_seat
from reliefdesk.services import counts, operators
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cash, witnesses
from reliefdesk.storage import closings as storage
from reliefdesk.storage.journal import Head
from reliefdesk.storage.witnesses import WitnessedHead, WitnessPlace

CHANGES = ("cash", "closings", "today")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """How a cashier's drawer stands, without what it must hold: that would spoil a blind count.

    `due_on` is the day to close next: the earliest one that is open, else today. `count` is the
    count that a close may stand on, or None: count first.
    """

    cashier: Operator
    closed_on: date | None
    due_on: date
    count: Count | None

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to close up to `due_on`."""
        return self.closed_on is not None and self.closed_on >= self.due_on


def drawers(context: Context) -> tuple[Drawer, ...]:
    """Every cashier in office, and whoever still holds cash, with the day to close next."""
    holders = cash.holders(context.file)
    return tuple(
        drawer(context, one)
        for one in operators.operators(context)
        if (one.active and Seat.CASHIER in one.seats)
        or (one.operator_id in holders and holders[one.operator_id].fen)
    )


def drawer(context: Context, cashier: Operator) -> Drawer:
    """How one cashier's drawer stands."""
    found = cashier.operator_id
    earliest = cash.unclosed_day(context.file, found, context.today)
    return Drawer(
        cashier=cashier,
        closed_on=cash.closed_on(context.file, found),
        due_on=earliest or context.today,
        count=counts.standing(context, found),
    )


def overdue(context: Context) -> tuple[Drawer, ...]:
    """The drawers with a day before today that is not closed, the oldest first."""
    found = [each for each in drawers(context) if each.due_on < context.today]
    return tuple(sorted(found, key=lambda each: each.due_on))


def close(context: Context, order: CloseOrder, *, officer: VerifiedOfficer) -> Recorded[Closing]:
    """Lock a day of the cashier's own drawer; afterwards nothing is entered on it any more.

    It stands on a count after which no cash moved. The head of the journal is noted as leaving on
    the day sheet. A retry changes nothing. Raises CloseFutureError, DayLockedError,
    CloseOrderError, CountStaleError, DifferenceOpenError, SeatMissingError.
    """
    cashier = officer.operator
    with context.file.transaction():
        known = storage.closing(context.file, order.closing_id)
        if known is not None:
            return recorded(known)
        require_seat(cashier, Seat.CASHIER)
        event = _event(context, order, cashier)
        entry = record(context, event, on=order.closed_on, confirmed_by=(cashier.operator_id,))
        head = Head(seq=entry.seq, hash=entry.hash)
        noted = WitnessedHead(head=head, place=WitnessPlace.PRINTED, witnessed_at=context.now)
        witnesses.witness(context.file, noted)
        found = closing(context, order.closing_id)
    return recorded(found, *CHANGES)


def closing(context: Context, closing_id: ClosingId) -> Closing:
    """One closed day; raises ClosingUnknownError."""
    found = storage.closing(context.file, closing_id)
    if found is None:
        raise ClosingUnknownError
    return found


def listed(context: Context, since: date, until: date) -> tuple[Closing, ...]:
    """The closed days of a span (inclusive), the newest first."""
    return storage.between(context.file, since, until)


def of_drawer(context: Context, cashier: OperatorId) -> tuple[Closing, ...]:
    """Every closed day of a cashier in order; each opens with the closing sum before it."""
    return storage.of_drawer(context.file, cashier)


def _event(context: Context, order: CloseOrder, cashier: Operator) -> DayClosed:
    file, on, who = context.file, order.closed_on, cashier.operator_id
    require_closable(
        on,
        context.today,
        closed_on=cash.closed_on(file, who),
        earliest=cash.unclosed_day(file, who, on),
    )
    stands_on = counts.require_standing(context, cashier)
    if stands_on.details.counted_on < on:
        raise CountStaleError(name=cashier.name)
    entries = cash.entries(file, on, on, cashier=who)
    opening = cash.carry(file, on, cashier=who).balance
    income = total([entry.income for entry in entries])
    outgo = total([entry.outgo for entry in entries])
    return DayClosed(
        closing_id=order.closing_id,
        cashier=who,
        closed_on=on,
        count_id=stands_on.count_id,
        opening=opening,
        income=income,
        outgo=outgo,
        closing=opening + income - outgo,
    )
