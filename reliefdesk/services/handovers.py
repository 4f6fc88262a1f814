"""Handing counted cash to another cashier: both are present, both give their PIN (现金交接)."""

from datetime import date

from reliefdesk.domain.handovers import (
    CashHandedOver,
    Handover,
    HandoverDraft,
    HandoverSelfError,
    HandoverUnknownError,
    amount_of,
)
from reliefdesk.domain.ids import HandoverId
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.services import counts
from reliefdesk.services.drawers import require_open_day
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cash
from reliefdesk.storage import handovers as storage

CHANGES = ("cash", "handovers", "today")


def hand_over(
    context: Context, draft: HandoverDraft, *, giver: VerifiedOfficer, receiver: VerifiedOfficer
) -> Recorded[Handover]:
    """Move what the giver just counted into the receiver's drawer.

    More than the book knows never moves, and a shortage stays with the giver. A retry changes
    nothing. Raises SeatMissingError, HandoverSelfError, CountStaleError, DifferenceOpenError,
    HandoverEmptyError, DayLockedError.
    """
    gives, takes = giver.operator, receiver.operator
    with context.file.transaction():
        known = storage.handover(context.file, draft.handover_id)
        if known is not None:
            return recorded(known)
        for cashier in (gives, takes):
            require_seat(cashier, Seat.CASHIER)
            require_open_day(context, cashier.operator_id)
        if gives.operator_id == takes.operator_id:
            raise HandoverSelfError(name=gives.name)
        found = counts.require_standing(context, gives)
        event = CashHandedOver(
            handover_id=draft.handover_id,
            count_id=found.count_id,
            giver=gives.operator_id,
            receiver=takes.operator_id,
            amount=amount_of(found, cash.held(context.file, gives.operator_id)),
            remark=draft.remark.strip(),
            handed_on=context.today,
        )
        record(context, event, confirmed_by=(gives.operator_id, takes.operator_id))
        moved = handover(context, draft.handover_id)
    return recorded(moved, *CHANGES)


def handover(context: Context, handover_id: HandoverId) -> Handover:
    """One recorded handover; raises HandoverUnknownError."""
    found = storage.handover(context.file, handover_id)
    if found is None:
        raise HandoverUnknownError
    return found


def listed(context: Context, since: date, until: date) -> tuple[Handover, ...]:
    """The handovers of some days (inclusive), the newest first."""
    return storage.between(context.file, since, until)
