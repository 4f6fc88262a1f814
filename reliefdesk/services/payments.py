"""Paying and taking back: one transaction holds the rules, the number, the drawer and the event.

A retry with the same identity changes nothing; nothing leaves the drawer that it does not hold.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reliefdesk.domain import cash as drawer
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import (
    CaseChangedError,
    EligibilityRecord,
    Situation,
    Stage,
)
from reliefdesk.domain.ids import CaseId, OperatorId, ReceiptNo
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import (
    Operator,
    RelativeError,
    Seat,
    VerifiedOfficer,
    require_seat,
    require_separation,
)
from reliefdesk.domain.payments import (
    AlreadyReversedError,
    CashPaid,
    Corrected,
    NoRecipientError,
    NotPayableError,
    OverCapError,
    Payable,
    Payment,
    PaymentKind,
    PaymentReversed,
    PaymentUndoneError,
    PayOrder,
    Recipient,
    ReplacementCaseError,
    ReverseOrder,
    SupplementStyleError,
    kind_of,
    recipient_of,
    require_cash_terms,
    require_collector,
    require_guardian,
    require_payable,
)
from reliefdesk.domain.policies import (
    PolicyUse,
    cap_of,
    money_of,
)
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.receipts import (
    ReceiptUnknownError,
    SecondPersonError,
    VoidReasonError,
    require_receipt_state,
    series_for,
)
from reliefdesk.domain.recoveries import RecoveryState, UnderRecoveryError
from reliefdesk.domain.reimbursements import ReceiptPackedError
from reliefdesk.services import cases, drawers, persons, policies, requests
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cash, operators, receipts
from reliefdesk.storage import payments as storage
from reliefdesk.storage import reimbursements as packs

NUMBER_SHOWN_MAX = 40
CHANGES = ("payments", "receipts", "cash", "cases", "ledger", "persons", "today")


def pay(
    context: Context, order: PayOrder, *, seen_version: int, officer: VerifiedOfficer
) -> Recorded[Payment]:
    """Hand out cash for a case and take the next receipt number, all in one transaction.

    `seen_version` is the case version that the window showed. A retry of a payment that stands
    answers that payment; one that was taken back is refused (PaymentUndoneError). Raises the
    refusals of domain.payments, domain.cash, domain.operators, CaseChangedError and disk errors;
    after any of them nothing changed and no number was taken (notice §2, 现金管理暂行条例
    Art 5–6, 11–12).
    """
    with context.file.transaction():
        known = storage.payment(context.file, order.payment_id)
        if known is not None:
            if known.undoing is not None:
                raise PaymentUndoneError(receipt_no=known.receipt_no)
            return recorded(known)
        found = cases.case(context, order.case_id)
        if found.version != seen_version:
            raise CaseChangedError(case_no=found.case_no, stage=found.stage.label)
        paid = pay_within(context, order, officer=officer)
    return recorded(paid, *CHANGES)


def reverse(
    context: Context, order: ReverseOrder, *, officer: VerifiedOfficer, second: VerifiedOfficer
) -> Recorded[Corrected]:
    """Take a signed payment back whole by a red entry, and pay its replacement if ordered (§3.13).

    `officer` holds the drawer, `second` is another person than who paid and who reverses.
    """
    with context.file.transaction():
        found = of_receipt(context, order.receipt_no)
        if storage.undoing_recorded(context.file, order.reversal_id):
            return recorded(corrected(context, order.receipt_no, order.replacement))
        require_undoing(
            context, found, Undoing(act="红冲", reason=order.reason), by=officer, second=second
        )
        event = PaymentReversed(
            reversal_id=order.reversal_id,
            payment_id=found.payment_id,
            case_id=found.details.case_id,
            receipt_no=found.receipt_no,
            amount=found.amount,
            reason=order.reason.strip(),
            cashier=officer.operator.operator_id,
            second=second.operator.operator_id,
            reversed_on=context.today,
        )
        record(context, event, confirmed_by=ids_of(officer, second))
        replace_within(context, found, order.replacement, officer=officer)
        result = corrected(context, order.receipt_no, order.replacement)
    return recorded(result, *CHANGES)


def payment(context: Context, receipt_no: str) -> Payment:
    """The payment behind a number; raises ReceiptUnknownError."""
    return of_receipt(context, receipt_no)


def of_case(context: Context, case_id: CaseId) -> tuple[Payment, ...]:
    """Every payment of a case in order, the undone ones too."""
    return storage.of_case(context.file, case_id)


def payable(context: Context, case_id: CaseId) -> Payable:
    """What the pay page may offer now; raises NotPayableError, CaseUnknownError."""
    return _payable(cases.case(context, case_id), storage.of_case(context.file, case_id))


def cash_limit(context: Context) -> PolicyUse:
    """The limit in force today, above which cash needs its recorded approval."""
    rows = policies.in_force(context)
    office = context.desk.office.code
    return rows.get(PolicyKey.CASH_SINGLE_LIMIT, on=context.today, office=office)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What is asked for: the act as the state machine calls it, and its reason."""

    act: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A receipt that was written by hand: its number, and the day on which it is booked."""

    receipt_no: ReceiptNo
    booked_on: date


def pay_within(
    context: Context,
    order: PayOrder,
    *,
    officer: VerifiedOfficer,
    replaces: ReceiptNo | None = None,
    by_hand: ByHand | None = None,
) -> Payment:
    """Pay inside the caller's transaction; every rule but the version of the case is checked.

    What only the moment of paying could obey is not asked of a receipt written `by_hand`.
    """
    found = cases.case(context, order.case_id)
    order = replace(order, cash_approval=requests.cash_approval_for(context, order))
    cashier = officer.operator
    _require_unclaimed(found, RecoveryState.OPEN)
    require_cashier(context, found, cashier)
    if by_hand is None:
        drawers.require_earlier_closed(context, cashier.operator_id)
    else:
        drawers.require_open_day(context, cashier.operator_id, by_hand.booked_on)
    recipient = _recipient(context, found)
    before = storage.of_case(context.file, order.case_id)
    due = _payable(found, before)
    require_payable(order, due, case_no=found.case_no)
    if by_hand is None:
        require_cash_terms(order, money_of(cash_limit(context)), now=context.now)
        who = persons.person(context, found.person_id).details
        require_guardian(order, who, on=context.today)
    uses = _judged(context, order, found, due)
    require_collector(order, cashier=cashier, staff=operators.operators(context.file))
    drawer.require_cover(cash.held(context.file, cashier.operator_id), order.amount)
    number, paid_on = _next_number(context), context.today
    if by_hand is not None:
        number, paid_on = by_hand.receipt_no, by_hand.booked_on
    event = CashPaid(
        payment_id=order.payment_id,
        case_id=found.case_id,
        person_id=found.person_id,
        recipient=recipient,
        kind=due.kind,
        amount=order.amount,
        receipt_no=number,
        cashier=cashier.operator_id,
        supervisor=order.supervisor,
        paid_on=paid_on,
        cash_reason=order.cash_reason.strip(),
        cash_approval=order.cash_approval,
        difference_reason=order.difference_reason.strip(),
        proxy=order.proxy,
        fingerprint=order.fingerprint,
        fund_source=order.fund_source,
        remark=order.remark.strip(),
        replaces=replaces,
        uses=uses,
    )
    record(context, event, on=paid_on, confirmed_by=ids_of(officer))
    paid = storage.payment(context.file, order.payment_id)
    assert paid is not None  # noqa: S101 - recorded just now
    return paid


def replace_within(
    context: Context, undone: Payment, order: PayOrder | None, *, officer: VerifiedOfficer
) -> None:
    """Pay what replaces an undone payment (更正), inside the caller's transaction."""
    if order is None:
        return
    if order.case_id != undone.details.case_id:
        raise ReplacementCaseError(receipt_no=undone.receipt_no)
    pay_within(context, order, officer=officer, replaces=undone.receipt_no)


def corrected(context: Context, receipt_no: ReceiptNo, order: PayOrder | None) -> Corrected:
    """What a correction left behind: the undone payment and its replacement."""
    new = None if order is None else storage.payment(context.file, order.payment_id)
    return Corrected(undone=of_receipt(context, receipt_no), replacement=new)


def of_receipt(context: Context, receipt_no: str) -> Payment:
    """The payment behind a number; raises ReceiptUnknownError."""
    found = storage.by_receipt(context.file, receipt_no.strip())
    if found is None:
        raise ReceiptUnknownError(receipt_no=receipt_no[:NUMBER_SHOWN_MAX])
    return found


def require_undoing(
    context: Context, found: Payment, wish: Undoing, *, by: VerifiedOfficer, second: VerifiedOfficer
) -> None:
    """Check state, reason, the cashier's seat, and that the second person is another one."""
    receipt = receipts.receipt(context.file, found.receipt_no)
    assert receipt is not None  # noqa: S101 - every payment has its number
    if found.undoing is not None:
        raise AlreadyReversedError(receipt_no=found.receipt_no)
    require_receipt_state(found.receipt_no, receipt.state, wish.act)
    if not wish.reason.strip():
        raise VoidReasonError(act=wish.act)
    case = cases.case(context, found.details.case_id)
    if packs.is_packed(context.file, found.receipt_no):
        raise ReceiptPackedError(receipt_no=found.receipt_no)
    # What is or was claimed back would come back twice.
    _require_unclaimed(case, RecoveryState.OPEN, RecoveryState.DONE)
    require_cashier(context, case, by.operator)
    drawers.require_open_day(context, by.operator.operator_id)
    other = second.operator
    alone = other.operator_id in (by.operator.operator_id, found.details.cashier)
    if alone or not other.active:
        raise SecondPersonError(name=other.name, act=wish.act)


def require_cashier(context: Context, found: Case, cashier: Operator) -> None:
    """Refuse whoever is no cashier, sat in an incompatible seat on the case, or is a relative."""
    require_seat(cashier, Seat.CASHIER)
    exemptions = operators.exemptions(context.file, cashier.operator_id)
    require_separation(cashier, Seat.CASHIER, found.acts, exemptions, on=context.today)
    if found.request.staff_relative == cashier.operator_id:
        raise RelativeError(name=cashier.name)


def _next_number(context: Context) -> ReceiptNo:
    series = series_for(context.desk.kind, context.desk.office.code, context.today)
    return receipts.next_number(context.file, series)


def _require_unclaimed(found: Case, *states: RecoveryState) -> None:
    if found.recovery in states:
        raise UnderRecoveryError(case_no=found.case_no)


def ids_of(*officers: VerifiedOfficer) -> tuple[OperatorId, ...]:
    """The identities that confirm an entry by PIN."""
    return tuple(officer.operator.operator_id for officer in officers)


def _payable(found: Case, before: Sequence[Payment]) -> Payable:
    if found.granted.fen <= 0:
        raise NotPayableError(case_no=found.case_no, stage=found.stage.label)
    decided = found.stage is Stage.APPROVED
    kind = PaymentKind.RELIEF if decided else PaymentKind.FIRST_RELIEF
    # The case's own sum counts what came by bank or in kind too.
    return Payable(kind=kind_of(kind, before), granted=found.granted, paid=found.paid)


def _recipient(context: Context, found: Case) -> Recipient:
    if found.request.situation is Situation.NEEDS_CARE:
        raise NoRecipientError
    return recipient_of(persons.person(context, found.person_id).details)


def _judged(context: Context, order: PayOrder, found: Case, due: Payable) -> tuple[PolicyUse, ...]:
    rows = policies.in_force(context)
    find = functools.partial(rows.get, on=context.today, office=context.desk.office.code)
    limit = find(PolicyKey.CASH_SINGLE_LIMIT)
    uses = [limit]
    if due.kind is PaymentKind.SUPPLEMENT:
        style = find(PolicyKey.CORRECTION_STYLE)
        _require_supplement(context, found, style)
        uses.append(style)
    return (*uses, *cap_uses(context, found, order.amount))


def cap_uses(context: Context, found: Case, amount: Money) -> tuple[PolicyUse, ...]:
    """Judge the cap once more where the standard of the payment day counts (OverCapError)."""
    rows = policies.in_force(context)
    find = functools.partial(rows.get, on=context.today, office=context.desk.office.code)
    day = find(PolicyKey.STANDARD_DAY)
    if day.value != "payment" or _of_district(found):
        return ()
    return day, *_require_cap(found, amount, find)


def _of_district(found: Case) -> bool:
    return found.decision is not None and bool(found.decision.district_document)


def _require_supplement(context: Context, found: Case, style: PolicyUse) -> None:
    for earlier in storage.of_case(context.file, found.case_id):
        if earlier.undoing is not None:
            continue
        if style.value != "supplement":
            raise SupplementStyleError(receipt_no=earlier.receipt_no)
        receipt = receipts.receipt(context.file, earlier.receipt_no)
        assert receipt is not None  # noqa: S101 - every payment has its number
        require_receipt_state(earlier.receipt_no, receipt.state, "补发")


def _require_cap(
    found: Case, amount: Money, find: Callable[..., PolicyUse]
) -> tuple[PolicyUse, ...]:
    standard = find(PolicyKey.STANDARD, area=found.request.area)
    multiplier = find(PolicyKey.CAP_MULTIPLIER)
    counted = found.request.persons_relieved if _is_per_person(found.eligibility) else 1
    cap = cap_of(standard, multiplier, counted)
    if found.paid + amount > cap:
        raise OverCapError(amount=found.paid + amount, cap=cap, standard=standard.value)
    return standard, multiplier


def _is_per_person(judged: EligibilityRecord) -> bool:
    # The unit was judged with the case; only the figure of the standard is taken anew.
    return any(use.key is PolicyKey.CAP_UNIT and use.value == "per_person" for use in judged.uses)
