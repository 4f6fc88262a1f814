"""Counting a drawer blind, giving a difference its reason, and entering it under an approval.

The expected sum comes back only with a recorded count, so nobody counts towards it (R7).
"""

from datetime import date

from reliefdesk.domain.cash import require_cover
from reliefdesk.domain.counts import (
    CashCounted,
    Count,
    CountDraft,
    CountExplained,
    CountSecondError,
    CountStaleError,
    CountUnknownError,
    DifferenceApprovalError,
    DifferenceNoneError,
    DifferenceOpenError,
    DifferenceOrder,
    DifferencePosted,
    DifferenceReasonError,
    counted_of,
)
from reliefdesk.domain.ids import CountId, OperatorId
from reliefdesk.domain.operators import (
    Operator,
    Seat,
    SeatMissingError,
    VerifiedOfficer,
    require_seat,
)
from reliefdesk.services.drawers import require_open_day
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cash
from reliefdesk.storage import counts as storage

CHANGES = ("cash", "counts", "today")


def count(context: Context, count_id: CountId) -> Count:
    """One recorded count; raises CountUnknownError."""
    found = storage.count(context.file, count_id)
    if found is None:
        raise CountUnknownError
    return found


def latest(context: Context, cashier: OperatorId) -> Count | None:
    """The last count of a drawer, or None."""
    return storage.latest(context.file, cashier)


def listed(context: Context, since: date, until: date) -> tuple[Count, ...]:
    """The counts of some days (inclusive), the newest first."""
    return storage.between(context.file, since, until)


def standing(context: Context, cashier: OperatorId) -> Count | None:
    """The last count of a drawer if no cash moved since, or None: count again."""
    found = storage.latest(context.file, cashier)
    if found is None or cash.moved_since(context.file, cashier, found.seq):
        return None
    return found


def require_standing(context: Context, cashier: Operator) -> Count:
    """The count that a day close or a handover stands on; raises CountStaleError.

    A difference must have its reason and second person (DifferenceOpenError).
    """
    found = standing(context, cashier.operator_id)
    if found is None:
        raise CountStaleError(name=cashier.name)
    if not found.is_settled:
        raise DifferenceOpenError(difference=found.difference)
    return found


def record_count(
    context: Context, draft: CountDraft, *, officer: VerifiedOfficer
) -> Recorded[Count]:
    """Record what the cashier counted in the own drawer; only the answer tells what was expected.

    A retry with the same `count_id` changes nothing. Raises PiecesError, SeatMissingError.
    """
    cashier = officer.operator
    with context.file.transaction():
        known = storage.count(context.file, draft.count_id)
        if known is not None:
            return recorded(known)
        require_seat(cashier, Seat.CASHIER)
        event = CashCounted(
            count_id=draft.count_id,
            cashier=cashier.operator_id,
            pieces=draft.pieces,
            counted=counted_of(draft.pieces),
            expected=cash.held(context.file, cashier.operator_id),
            counted_on=context.today,
        )
        record(context, event, confirmed_by=(cashier.operator_id,))
        found = count(context, draft.count_id)
    return recorded(found, *CHANGES)


def explain(
    context: Context, count_id: CountId, reason: str, *, second: VerifiedOfficer
) -> Recorded[Count]:
    """Give a difference its reason, before a second person who is not the cashier (§3.10).

    Raises DifferenceNoneError, DifferenceReasonError, CountSecondError.
    """
    with context.file.transaction():
        found = count(context, count_id)
        if found.is_settled:
            raise DifferenceNoneError
        if not reason.strip():
            raise DifferenceReasonError(difference=found.difference)
        _require_other(found, second.operator)
        event = CountExplained(
            count_id=count_id,
            reason=reason.strip(),
            second=second.operator.operator_id,
            explained_on=context.today,
        )
        record(context, event, confirmed_by=(second.operator.operator_id,))
        found = count(context, count_id)
    return recorded(found, *CHANGES)


def post_difference(
    context: Context,
    order: DifferenceOrder,
    *,
    officer: VerifiedOfficer,
    approver: VerifiedOfficer,
) -> Recorded[Count]:
    """Enter the explained difference of a drawer's last count, approved by whoever decides.

    `officer` is the cashier. Asking again with the same `entry_id` changes nothing. Raises
    DifferenceNoneError, DifferenceOpenError, DifferenceApprovalError, SeatMissingError,
    CountSecondError, DayLockedError, FloatShortError.
    """
    with context.file.transaction():
        found = count(context, order.count_id)
        if found.posting is not None and found.posting.entry_id == order.entry_id:
            return recorded(found)
        _require_postable(context, found, order, officer=officer)
        require_seat(approver.operator, Seat.APPROVER)
        _require_other(found, approver.operator)
        event = DifferencePosted(
            entry_id=order.entry_id,
            count_id=order.count_id,
            cashier=found.details.cashier,
            difference=found.difference,
            approval=order.approval.strip(),
            approver=approver.operator.operator_id,
            posted_on=context.today,
        )
        confirmed = (officer.operator.operator_id, approver.operator.operator_id)
        record(context, event, confirmed_by=confirmed)
        found = count(context, order.count_id)
    return recorded(found, *CHANGES)


def _require_postable(
    context: Context, found: Count, order: DifferenceOrder, *, officer: VerifiedOfficer
) -> None:
    cashier = found.details.cashier
    require_seat(officer.operator, Seat.CASHIER)
    if officer.operator.operator_id != cashier:
        raise SeatMissingError(name=officer.operator.name, seat=Seat.CASHIER.label)
    newest = storage.latest(context.file, cashier)
    if not found.is_open or newest is None or newest.count_id != found.count_id:
        raise DifferenceNoneError
    if found.explanation is None:
        raise DifferenceOpenError(difference=found.difference)
    if not order.approval.strip():
        raise DifferenceApprovalError(difference=found.difference)
    require_open_day(context, cashier)
    require_cover(cash.held(context.file, cashier), -found.difference)


def _require_other(found: Count, other: Operator) -> None:
    if other.operator_id == found.details.cashier or not other.active:
        raise CountSecondError(name=other.name)
