"""Asking the district and deciding there: a case beyond the delegation, a first relief, more cash.

What came back decided lets the office act without typing a document number.
"""

from dataclasses import dataclass
from datetime import datetime

from reliefdesk.domain.approvals import CashApproval, CashMeans
from reliefdesk.domain.cases import CaseUnknownError
from reliefdesk.domain.ids import CaseId, DeskId
from reliefdesk.domain.messages import RequestDecided
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.partners import require_district
from reliefdesk.domain.payments import PayOrder
from reliefdesk.domain.requests import (
    CallTimeError,
    DecisionAsked,
    PhoneDecisionNoted,
    RequestAmountError,
    RequestClosedError,
    RequestKind,
    RequestOpenError,
    RequestReasonError,
    RequestRow,
    RequestState,
    RequestUnknownError,
)
from reliefdesk.services import messages, operators
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cases as stored_cases
from reliefdesk.storage import mergers
from reliefdesk.storage import requests as stored

_CHANGED = ("requests", "cases", "sync", "today")
_HOLDS = (RequestState.BY_PHONE, RequestState.GRANTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOrder:
    """What an office asks of the district about a case. The window makes `request_id`."""

    request_id: str
    case_id: CaseId
    kind: RequestKind
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneOrder:
    """A decision given by phone: who said it, when (UTC), and up to how much."""

    request_id: str
    name: str
    said_at: datetime
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideOrder:
    """The district's answer: granted up to `amount` under a document, or declined with a remark."""

    request_id: str
    granted: bool
    amount: Money
    document: str
    remark: str


def ask(context: Context, order: AskOrder) -> Recorded[RequestRow]:
    """Ask the district; the question travels with the next bundle. Once for each `request_id`.

    Raises RequestOpenError while the same question about the case is not answered.
    """
    require_seat(operators.signed_in(context), Seat.REGISTRAR)
    order.amount.require_positive()
    if not order.reason.strip():
        raise RequestReasonError
    with context.file.transaction():
        if stored.request(context.file, order.request_id) is None:
            if stored_cases.case(context.file, order.case_id) is None:
                raise CaseUnknownError
            _require_new(context, order)
            event = DecisionAsked(
                request_id=order.request_id,
                case_id=order.case_id,
                kind=order.kind,
                amount=order.amount,
                reason=order.reason.strip(),
            )
            record(context, event)
    return recorded(request(context, order.request_id), *_CHANGED)


def note_phone(
    context: Context, order: PhoneOrder, *, officer: VerifiedOfficer
) -> Recorded[RequestRow]:
    """Note that the district allowed a request by phone; the file confirms it later."""
    found = _open(context, order.request_id)
    if not order.name.strip() or order.said_at > context.now:
        raise CallTimeError(at=order.said_at)
    _require_within(found, order.amount)
    event = PhoneDecisionNoted(
        request_id=order.request_id,
        name=order.name.strip(),
        said_at=order.said_at,
        amount=order.amount,
    )
    with context.file.transaction():
        record(context, event, confirmed_by=(officer.operator.operator_id,))
    return recorded(request(context, order.request_id), *_CHANGED)


def decide(
    context: Context, order: DecideOrder, *, officer: VerifiedOfficer
) -> Recorded[RequestRow]:
    """Decide an office's request at the district; the answer travels with its next bundle."""
    require_district(context.desk.kind)
    require_seat(officer.operator, Seat.APPROVER)
    found = _open(context, order.request_id)
    if not (order.document if order.granted else order.remark).strip():
        raise RequestReasonError
    if order.granted:
        _require_within(found, order.amount)
    message = RequestDecided(
        request_id=order.request_id,
        granted=order.granted,
        amount=order.amount if order.granted else Money(0),
        document=order.document.strip(),
        remark=order.remark.strip(),
        decided_on=context.today,
    )
    with context.file.transaction():
        confirmed = (officer.operator.operator_id,)
        to = mergers.heir_of(context.file, DeskId(found.origin))
        messages.queue(context, to, message, confirmed_by=confirmed)
    return recorded(request(context, order.request_id), *_CHANGED)


def listed(context: Context, *, case_id: CaseId | None = None) -> tuple[RequestRow, ...]:
    """Give the requests of a case or of all, the newest first."""
    return stored.requests(context.file, case_id=case_id)


def waiting(context: Context) -> tuple[RequestRow, ...]:
    """Give the requests that nobody decided in writing yet."""
    return tuple(row for row in listed(context) if row.state.is_open)


def request(context: Context, request_id: str) -> RequestRow:
    """Give one request. Raises RequestUnknownError."""
    found = stored.request(context.file, request_id)
    if found is None:
        raise RequestUnknownError
    return found


def document_for(
    context: Context, case_id: CaseId, amount: Money, kinds: frozenset[RequestKind]
) -> str:
    """Give the document that allows an amount for a case, "" where none does."""
    found = _answer(context, case_id, amount, kinds)
    return "" if found is None else found.document


def cash_approval_for(context: Context, order: PayOrder) -> CashApproval | None:
    """Give the approval of cash that was typed, else what the district answered about it."""
    if order.cash_approval is not None:
        return order.cash_approval
    found = _answer(context, order.case_id, order.amount, frozenset({RequestKind.CASH}))
    if found is None or found.answered_at is None:
        return None
    by_phone = found.state is RequestState.BY_PHONE
    return CashApproval(
        approver=f"区民政局{found.phone_name if by_phone else ''}",
        means=CashMeans.PHONE if by_phone else CashMeans.WRITING,
        # A district's clock may run ahead of ours; what is held here was said by now.
        at=min(found.answered_at, context.now),
        document="" if by_phone else found.document,
    )


def _answer(
    context: Context, case_id: CaseId, amount: Money, kinds: frozenset[RequestKind]
) -> RequestRow | None:
    for row in listed(context, case_id=case_id):
        if row.kind in kinds and row.state in _HOLDS and amount <= row.allowed:
            return row
    return None


def _require_new(context: Context, order: AskOrder) -> None:
    for row in listed(context, case_id=order.case_id):
        if row.kind is order.kind and row.state.is_open:
            raise RequestOpenError(kind=row.kind.label)


def _open(context: Context, request_id: str) -> RequestRow:
    found = request(context, request_id)
    if not found.state.is_open:
        raise RequestClosedError(state=found.state.label)
    return found


def _require_within(found: RequestRow, amount: Money) -> None:
    amount.require_positive()
    if amount > found.asked:
        raise RequestAmountError(asked=found.asked)
