"""Duplicates across offices: found at the district, decided there, heard of at both offices.

What is found follows from what was received, so a bundle read twice finds nothing twice.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk import wording
from reliefdesk.domain.duplicates import (
    DecidedPair,
    Duplicate,
    DuplicateAnswer,
    DuplicateAnswered,
    DuplicateDecided,
    DuplicateDecision,
    DuplicatePair,
    DuplicateReasonError,
    DuplicateSide,
    DuplicateUnknownError,
    WrongCaseError,
)
from reliefdesk.domain.ids import CaseId, DeskId
from reliefdesk.domain.money import ZERO
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.partners import require_district
from reliefdesk.services import cases, messages, payments, persons
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cases as stored_cases
from reliefdesk.storage import duplicates as stored
from reliefdesk.storage import partners as stored_partners

_CHANGED = ("duplicates", "sync", "today")


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateOrder:
    """A decision asked for. `wrong` is the case that gives back, for DuplicateDecision.WRONG."""

    first: CaseId
    second: CaseId
    decision: DuplicateDecision
    reason: str
    wrong: CaseId | None = None


def listed(context: Context, year: int) -> tuple[Duplicate, ...]:
    """Give the pairs of a year: what waits for a decision first, then by their days."""
    decided = stored.decisions(context.file)
    found = [
        _whole(context, pair, decided.get((pair.first, pair.second)))
        for pair in _pairs(context, year)
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_open, each.second.case.accepted_at)))


def waiting(context: Context, year: int) -> int:
    """Give how many pairs of a year wait for a decision."""
    if not context.desk.kind.is_district:
        return 0
    return stored.count_open(context.file, date(year, 1, 1), date(year, 12, 31))


def pair(context: Context, first: CaseId, second: CaseId) -> Duplicate:
    """Give one pair as it stands. Raises DuplicateUnknownError."""
    case = stored_cases.case(context.file, first)
    year = context.today.year if case is None else case.accepted_at.year
    for each in (year, year + 1, year - 1):
        for found in _pairs(context, each):
            if (found.first, found.second) == (first, second):
                decided = stored.decisions(context.file).get((first, second))
                return _whole(context, found, decided)
    raise DuplicateUnknownError


def decide(
    context: Context, order: DuplicateOrder, *, officer: VerifiedOfficer
) -> Recorded[Duplicate]:
    """Judge a pair at the district; both offices hear of it with their next answer.

    Raises RoleError, SeatMissingError, DuplicateReasonError, WrongCaseError,
    DuplicateUnknownError.
    """
    require_district(context.desk.kind)
    require_seat(officer.operator, Seat.APPROVER)
    if not order.reason.strip():
        raise DuplicateReasonError
    found = pair(context, order.first, order.second)
    if (order.decision is DuplicateDecision.WRONG) is not (
        order.wrong in (order.first, order.second)
    ):
        raise WrongCaseError
    amount = ZERO if order.wrong is None else found.side(order.wrong).case.paid
    confirmed = (officer.operator.operator_id,)
    with context.file.transaction():
        event = DuplicateDecided(
            first=order.first,
            second=order.second,
            decision=order.decision,
            reason=order.reason.strip(),
            wrong=order.wrong,
            amount=amount,
        )
        record(context, event, confirmed_by=confirmed)
        for side in (found.first, found.second):
            mine = side.case.case_id == order.wrong
            message = DuplicateAnswered(
                case_id=side.case.case_id,
                decision=order.decision,
                reason=event.reason,
                amount=amount if mine else ZERO,
                decided_on=context.today,
            )
            messages.queue(context, _speaker(context, side), message, confirmed_by=confirmed)
    return recorded(pair(context, order.first, order.second), *_CHANGED)


def answers(context: Context) -> tuple[DuplicateAnswer, ...]:
    """Give what the district said of our cases, the newest first."""
    return stored.answers(context.file)


def unclaimed(context: Context) -> tuple[DuplicateAnswer, ...]:
    """Give the answers that ask money back and for which no recovery was opened yet."""
    return tuple(each for each in answers(context) if each.amount.fen and not each.is_claimed)


def answered_words(context: Context) -> dict[str, str]:
    """Map each of our cases to what the district decided of it, as a sentence."""
    return {
        each.case_id: wording.text(
            "duplicates.told_back" if each.amount.fen else "duplicates.told",
            on=each.decided_on,
            decision=each.decision,
            amount=each.amount,
            reason=each.reason,
        )
        for each in answers(context)
    }


def _pairs(context: Context, year: int) -> tuple[DuplicatePair, ...]:
    return stored.pairs(context.file, date(year, 1, 1), date(year, 12, 31))


def _whole(context: Context, found: DuplicatePair, decided: DecidedPair | None) -> Duplicate:
    return Duplicate(
        first=_side(context, found.first),
        second=_side(context, found.second),
        grounds=found.grounds,
        decided=decided,
    )


def _side(context: Context, case_id: CaseId) -> DuplicateSide:
    case = cases.case(context, case_id)
    desk_id = DeskId(stored_cases.origin_of(context.file, case_id) or "")
    partner = stored_partners.partner(context.file, desk_id)
    return DuplicateSide(
        desk_id=desk_id,
        office="" if partner is None else partner.office.name,
        case=case,
        person=persons.person(context, case.person_id).details,
        receipts=tuple(
            each.receipt_no for each in payments.of_case(context, case_id) if each.undoing is None
        ),
    )


def _speaker(context: Context, side: DuplicateSide) -> DeskId:
    """Who answers for the case now: the office that took the other one over, if one did."""
    return stored_partners.merged_into(context.file, side.desk_id) or side.desk_id
