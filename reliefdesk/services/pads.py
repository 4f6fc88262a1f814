"""停电应急: blank receipts set aside, entered afterwards, spoilt or returned; none enters twice.

What an entry checks is checked as of the entry; what was done by hand is told as warnings.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.ids import OperatorId, PadId, ReceiptNo
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Operator, Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.pads import (
    HandWarning,
    PadEmptyError,
    PadEntryOrder,
    PadIssued,
    PadNumber,
    PadNumberSpoilt,
    PadOrder,
    PadReasonError,
    PadReceiptEntered,
    PadReturned,
    blank,
    require_blank,
    require_hand_day,
    require_size,
)
from reliefdesk.domain.payments import Payment
from reliefdesk.domain.policies import money_of
from reliefdesk.domain.receipts import SecondPersonError, series_for
from reliefdesk.services import cases, payments
from reliefdesk.services.payments import ByHand
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cash, receipts
from reliefdesk.storage import pads as storage
from reliefdesk.storage import payments as stored_payments

CHANGES = ("pads", "receipts", "ledger", "today")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A receipt that was entered, with what could not be checked when it was written."""

    payment: Payment
    warnings: tuple[HandWarning, ...]


def numbers(context: Context) -> tuple[PadNumber, ...]:
    """Every number that was ever set aside, with its fate."""
    return storage.every(context.file)


def of_pad(context: Context, pad_id: PadId) -> tuple[PadNumber, ...]:
    """The numbers of one pad."""
    return storage.of_pad(context.file, pad_id)


def issue(
    context: Context, order: PadOrder, *, officer: VerifiedOfficer
) -> Recorded[tuple[PadNumber, ...]]:
    """Set the next numbers of the cash series aside for a cashier. A retry takes none twice.

    Raises PadSizeError, SeatMissingError.
    """
    with context.file.transaction():
        known = storage.of_pad(context.file, order.pad_id)
        if known:
            return recorded(known)
        require_seat(officer.operator, Seat.CASHIER)
        require_size(order.count)
        series = series_for(context.desk.kind, context.desk.office.code, context.today)
        first = int(receipts.next_number(context.file, series).rsplit("-", 1)[-1])
        event = PadIssued(
            pad_id=order.pad_id,
            prefix=series.prefix,
            office=series.office,
            year=series.year,
            first=first,
            last=first + order.count - 1,
            holder=officer.operator.operator_id,
            issued_on=context.today,
        )
        record(context, event, confirmed_by=payments.ids_of(officer))
        made = storage.of_pad(context.file, order.pad_id)
    return recorded(made, *CHANGES)


def enter(context: Context, order: PadEntryOrder, *, officer: VerifiedOfficer) -> Recorded[Entered]:
    """Enter a receipt written by hand under its number, real day and reason (补录).

    The payment is booked on the real day while the drawer's book allows it, else today. Raises
    PadNumberError, PadDayError, PadReasonError and the refusals of paying, apart from those that
    only the moment of paying could obey: they come back as warnings.
    """
    with context.file.transaction():
        known = stored_payments.payment(context.file, order.pay.payment_id)
        found = storage.number(context.file, order.receipt_no.strip())
        if known is not None and found is not None:
            fate = found.fate
            warned = fate.warnings if isinstance(fate, PadReceiptEntered) else ()
            return recorded(Entered(payment=known, warnings=warned))
        number = require_blank(order.receipt_no, found)
        require_hand_day(order.paid_on, number, today=context.today)
        if not order.reason.strip():
            raise PadReasonError(receipt_no=number.receipt_no)
        cashier = officer.operator
        booked_on = _booked_on(context, order, cashier)
        warned = tuple(_warnings(context, order, number, booked_on, cashier=cashier))
        event = PadReceiptEntered(
            pad_id=number.pad_id,
            receipt_no=number.receipt_no,
            payment_id=order.pay.payment_id,
            paid_by_hand_on=order.paid_on,
            reason=order.reason.strip(),
            signed_by=order.signed_by,
            warnings=warned,
            cashier=cashier.operator_id,
        )
        record(context, event, on=order.paid_on, confirmed_by=payments.ids_of(officer))
        by_hand = ByHand(receipt_no=number.receipt_no, booked_on=booked_on)
        paid = payments.pay_within(context, order.pay, officer=officer, by_hand=by_hand)
    return recorded(Entered(payment=paid, warnings=warned), "pads", *payments.CHANGES)


def spoil(
    context: Context,
    receipt_no: ReceiptNo,
    reason: str,
    *,
    officer: VerifiedOfficer,
    second: VerifiedOfficer,
) -> Recorded[PadNumber]:
    """Settle a blank receipt that was spoilt; the sheet stays with the pad.

    Raises PadNumberError, PadReasonError, SecondPersonError, SeatMissingError.
    """
    with context.file.transaction():
        number = require_blank(receipt_no, storage.number(context.file, receipt_no))
        require_seat(officer.operator, Seat.CASHIER)
        if not reason.strip():
            raise PadReasonError(receipt_no=number.receipt_no)
        _require_other(officer, second, "作废")
        event = PadNumberSpoilt(
            pad_id=number.pad_id,
            receipt_no=number.receipt_no,
            reason=reason.strip(),
            cashier=officer.operator.operator_id,
            second=second.operator.operator_id,
            spoilt_on=context.today,
        )
        record(context, event, confirmed_by=payments.ids_of(officer, second))
        after = storage.number(context.file, number.receipt_no)
    assert after is not None  # noqa: S101 - settled just now
    return recorded(after, *CHANGES)


def give_back(
    context: Context, pad_id: PadId, *, officer: VerifiedOfficer, second: VerifiedOfficer
) -> Recorded[tuple[PadNumber, ...]]:
    """Settle what is left of a pad as unused; the sheets are kept, the numbers never used.

    Raises PadEmptyError, SecondPersonError, SeatMissingError.
    """
    with context.file.transaction():
        require_seat(officer.operator, Seat.CASHIER)
        left = blank(storage.of_pad(context.file, pad_id))
        if not left:
            raise PadEmptyError
        _require_other(officer, second, "交回")
        event = PadReturned(
            pad_id=pad_id,
            receipt_nos=tuple(each.receipt_no for each in left),
            cashier=officer.operator.operator_id,
            second=second.operator.operator_id,
            returned_on=context.today,
        )
        record(context, event, confirmed_by=payments.ids_of(officer, second))
        after = storage.of_pad(context.file, pad_id)
    return recorded(after, *CHANGES)


def _require_other(officer: VerifiedOfficer, second: VerifiedOfficer, act: str) -> None:
    other = second.operator
    if other.operator_id == officer.operator.operator_id or not other.active:
        raise SecondPersonError(name=other.name, act=act)


def _booked_on(context: Context, order: PadEntryOrder, cashier: Operator) -> date:
    """The real day, unless it is closed or the book did not hold the cash from then on."""
    on, today, who = order.paid_on, context.today, cashier.operator_id
    closed = cash.closed_on(context.file, who)
    if closed is not None and on <= closed:
        return today
    return on if _least_held(context, who, on) >= order.pay.amount else today


def _least_held(context: Context, cashier: OperatorId, since: date) -> Money:
    after = since + timedelta(days=1)
    held = cash.carry(context.file, after, cashier=cashier).balance
    least = held
    for line in cash.entries(context.file, after, context.today, cashier=cashier):
        held = held + line.income - line.outgo
        least = min(least, held)
    return least


def _warnings(
    context: Context,
    order: PadEntryOrder,
    number: PadNumber,
    booked_on: date,
    *,
    cashier: Operator,
) -> list[HandWarning]:
    found = cases.case(context, order.pay.case_id)
    limit = money_of(payments.cash_limit(context))
    earliest = cash.unclosed_day(context.file, cashier.operator_id, booked_on)
    checks = {
        HandWarning.CASH_APPROVAL: order.pay.amount > limit and order.pay.cash_approval is None,
        HandWarning.CASE_LATER: shanghai_day(found.accepted_at) > order.paid_on,
        HandWarning.APPROVED_LATER: _approved_on(found, order.paid_on) > order.paid_on,
        HandWarning.BOOKED_TODAY: booked_on != order.paid_on,
        HandWarning.DAY_OPEN: earliest is not None,
        HandWarning.NOT_PRINTED: not number.prints,
    }
    return [warning for warning, holds in checks.items() if holds]


def _approved_on(found: Case, otherwise: date) -> date:
    """The day the payment was allowed: by first relief if there was one, else by the decision."""
    if found.first_relief is not None:
        return shanghai_day(found.first_relief.approved_at)
    return otherwise if found.decision is None else shanghai_day(found.decision.at)
