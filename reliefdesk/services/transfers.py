"""Relief by bank or in kind: the case and the year count it, no drawer and no receipt number do."""

from datetime import date

from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import CaseChangedError, Situation
from reliefdesk.domain.ids import CaseId, PaymentId
from reliefdesk.domain.operators import VerifiedOfficer
from reliefdesk.domain.payments import (
    AlreadyPaidError,
    NoRecipientError,
    NotPayableError,
    OverGrantedError,
)
from reliefdesk.domain.receipts import SecondPersonError
from reliefdesk.domain.transfers import (
    PaidOtherwise,
    ReturnReasonError,
    Transfer,
    TransferMethod,
    TransferOrder,
    TransferReturned,
    TransferReturnedError,
    TransferUnknownError,
    masked_account,
    require_told,
)
from reliefdesk.services import cases, payments
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import transfers as storage

CHANGES = ("payments", "transfers", "cases", "ledger", "persons", "today", "budgets")


def give(
    context: Context, order: TransferOrder, *, seen_version: int, officer: VerifiedOfficer
) -> Recorded[Transfer]:
    """Record relief given by bank or in kind, up to what is granted and not yet paid.

    `officer` is the cashier. A retry with the same `payment_id` changes nothing. Raises the
    refusals of domain.transfers, NotPayableError, AlreadyPaidError, OverGrantedError,
    OverCapError, NoRecipientError (a bank needs somebody with a name), CaseChangedError.
    """
    with context.file.transaction():
        known = storage.transfer(context.file, order.payment_id)
        if known is not None:
            return recorded(known)
        found = cases.case(context, order.case_id)
        if found.version != seen_version:
            raise CaseChangedError(case_no=found.case_no, stage=found.stage.label)
        _require_payable(found, order)
        payments.require_cashier(context, found, officer.operator)
        event = PaidOtherwise(
            payment_id=order.payment_id,
            case_id=found.case_id,
            person_id=found.person_id,
            method=order.method,
            amount=order.amount,
            account=masked_account(order),
            goods=order.goods.strip(),
            voucher=order.voucher.strip(),
            paid_by=officer.operator.operator_id,
            paid_on=context.today,
            fund_source=order.fund_source,
            remark=order.remark.strip(),
            uses=payments.cap_uses(context, found, order.amount),
        )
        record(context, event, confirmed_by=payments.ids_of(officer))
        given = transfer(context, order.payment_id)
    return recorded(given, *CHANGES)


def give_back(
    context: Context,
    payment_id: PaymentId,
    reason: str,
    *,
    officer: VerifiedOfficer,
    second: VerifiedOfficer,
) -> Recorded[Transfer]:
    """Record that a transfer or goods came back whole; the case may then be paid anew.

    Raises TransferUnknownError, TransferReturnedError, ReturnReasonError, SecondPersonError.
    """
    with context.file.transaction():
        found = transfer(context, payment_id)
        if found.returned_on is not None:
            raise TransferReturnedError
        if not reason.strip():
            raise ReturnReasonError
        case = cases.case(context, found.details.case_id)
        payments.require_cashier(context, case, officer.operator)
        other = second.operator
        if other.operator_id in (officer.operator.operator_id, found.details.paid_by):
            raise SecondPersonError(name=other.name, act="退回")
        event = TransferReturned(
            payment_id=payment_id,
            case_id=case.case_id,
            reason=reason.strip(),
            by=officer.operator.operator_id,
            second=other.operator_id,
            returned_on=context.today,
        )
        record(context, event, confirmed_by=payments.ids_of(officer, second))
        back = transfer(context, payment_id)
    return recorded(back, *CHANGES)


def transfer(context: Context, payment_id: PaymentId) -> Transfer:
    """One recorded transfer; raises TransferUnknownError."""
    found = storage.transfer(context.file, payment_id)
    if found is None:
        raise TransferUnknownError
    return found


def of_case(context: Context, case_id: CaseId) -> tuple[Transfer, ...]:
    """Every transfer of a case in order, those that came back too."""
    return storage.of_case(context.file, case_id)


def touching(context: Context, since: date, until: date) -> tuple[Transfer, ...]:
    """The transfers made or come back on these days (inclusive)."""
    return storage.touching(context.file, since, until)


def _require_payable(found: Case, order: TransferOrder) -> None:
    order.amount.require_positive()
    require_told(order)
    if order.method is TransferMethod.BANK and found.request.situation is Situation.NEEDS_CARE:
        raise NoRecipientError
    if found.granted.fen <= 0:
        raise NotPayableError(case_no=found.case_no, stage=found.stage.label)
    if found.rest.fen <= 0:
        raise AlreadyPaidError(case_no=found.case_no, paid=found.paid)
    if order.amount > found.rest:
        raise OverGrantedError(amount=order.amount, rest=found.rest)
