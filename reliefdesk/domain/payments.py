"""Paying cash: what an order must show before money leaves the drawer, and how money comes back.

Nothing about money is updated or deleted; a payment is undone by a red entry (红字) with a reason
and a second person. Sources: notice §2, 现金管理暂行条例 Art 5–6, RULES.md §3.5 and §3.13.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.approvals import CashApproval, require_approval
from reliefdesk.domain.budgets import FundSource
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.ids import CaseId, OperatorId, PaymentId, PersonId, ReceiptNo
from reliefdesk.domain.money import ZERO, Money, total
from reliefdesk.domain.operators import Operator
from reliefdesk.domain.persons import PersonDetails, age_on
from reliefdesk.domain.policies import PolicyUse
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

GUARDED_AGE = 14
"""Whoever is younger does not sign for money: the guardian does."""


class PaymentKind(Term):
    """Why cash is handed out."""

    RELIEF = "relief", "救助金"
    FIRST_RELIEF = "first_relief", "先行救助"
    SUPPLEMENT = "supplement", "补发差额"


class CannotSign(Term):
    """Why the recipient cannot sign by hand (§3.13)."""

    ILLITERATE = "illiterate", "不识字"
    INJURED = "injured", "伤残"
    UNCONSCIOUS = "unconscious", "昏迷"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """Who collects for the recipient: own identity, relation, written authorisation."""

    name: str
    number: str
    relation: str
    authorisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """The recipient gives a fingerprint before a witness instead of a signature."""

    reason: CannotSign
    witness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOrder:
    """What the cashier asks for. `payment_id` is made by the window: a retry never pays twice.

    `cash_approval` is the approval that cash above the limit needs: who, how and when.
    `difference_reason` is needed where the amount is not the whole approved rest.
    """

    payment_id: PaymentId
    case_id: CaseId
    amount: Money
    cash_reason: str
    cash_approval: CashApproval | None = None
    difference_reason: str = ""
    proxy: Proxy | None = None
    fingerprint: Fingerprint | None = None
    supervisor: OperatorId | None = None
    fund_source: FundSource = FundSource.FUNDS
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who the cash was for, as recorded that day: later corrections never change a reprint."""

    name: str
    kind: DocumentKind
    number: str
    hukou_place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CashPaid:
    """Cash left the drawer against a receipt number taken in the same transaction."""

    version: ClassVar[int] = 1
    payment_id: PaymentId
    case_id: CaseId
    person_id: PersonId
    recipient: Recipient
    kind: PaymentKind
    amount: Money
    receipt_no: ReceiptNo
    cashier: OperatorId
    supervisor: OperatorId | None
    paid_on: date
    cash_reason: str
    cash_approval: CashApproval | None
    difference_reason: str
    proxy: Proxy | None
    fingerprint: Fingerprint | None
    fund_source: FundSource
    remark: str
    replaces: ReceiptNo | None
    uses: tuple[PolicyUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReversed:
    """A signed payment was reversed whole by a red entry; the cash is back in the drawer."""

    version: ClassVar[int] = 1
    reversal_id: PaymentId
    payment_id: PaymentId
    case_id: CaseId
    receipt_no: ReceiptNo
    amount: Money
    reason: str
    cashier: OperatorId
    second: OperatorId
    reversed_on: date


class UndoingKind(Term):
    """How a payment was taken back: void while unsigned, by a red entry afterwards (§3.13)."""

    VOID = "void", "作废"
    REVERSAL = "reversal", "红冲"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """One payment taken back whole: why, by whom, before which second person, on which day."""

    seq: int
    payment_id: PaymentId
    kind: UndoingKind
    reason: str
    by: OperatorId
    second: OperatorId
    undone_on: date
    undone_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A recorded payment with its journal number, instant (UTC), and what undid it, if anything."""

    seq: int
    paid_at: datetime
    details: CashPaid
    undoing: Undoing | None

    @property
    def payment_id(self) -> PaymentId:
        """The identity that the window gave it."""
        return self.details.payment_id

    @property
    def receipt_no(self) -> ReceiptNo:
        """Its receipt number; it stays with the payment for ever."""
        return self.details.receipt_no

    @property
    def amount(self) -> Money:
        """What was handed out, whatever became of it."""
        return self.details.amount

    @property
    def net(self) -> Money:
        """What stands: the amount, or zero once voided or reversed."""
        return self.details.amount if self.undoing is None else ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseOrder:
    """A red entry asked for. `reversal_id` is made by the window: a retry never reverses twice.

    `replacement` pays anew in the same transaction (更正), against its own number.
    """

    reversal_id: PaymentId
    receipt_no: ReceiptNo
    reason: str
    replacement: PayOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A payment that was taken back, and the one that replaces it, if any."""

    undone: Payment
    replacement: Payment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payable:
    """What a case allows to be paid now: `granted` by decision or first relief, `paid` net."""

    kind: PaymentKind
    granted: Money
    paid: Money

    @property
    def rest(self) -> Money:
        """Granted less what was paid and not reversed or voided."""
        return self.granted - self.paid


class SupplementStyleError(UserError):
    """The desk corrects by red entry and a new payment, not by a supplement. Facts: receipt_no."""

    code = "payments.supplement_style"


class OverCapError(UserError):
    """Above the cap of the payment day, where that day counts. Facts: amount, cap, standard."""

    code = "payments.over_cap"


class ReplacementCaseError(UserError):
    """A replacement pays the same case as the payment that it replaces. Facts: receipt_no."""

    code = "payments.replacement_case"


class NotPayableError(UserError):
    """The case has neither a decision nor an approved first relief. Facts: case_no, stage."""

    code = "payments.not_payable"


class AlreadyPaidError(UserError):
    """The whole granted amount has left the drawer. Facts: case_no, paid."""

    code = "payments.already_paid"


class OverGrantedError(UserError):
    """More than what is granted and not yet paid. Facts: amount, rest."""

    code = "payments.over_granted"


class DifferenceReasonError(UserError):
    """Less than the granted rest needs a reason. Facts: amount, rest."""

    code = "payments.difference_reason"


class CashReasonError(UserError):
    """Cash is paid only when necessary (notice §2), so the reason is written down."""

    code = "payments.cash_reason"


class StaffProxyError(UserError):
    """Staff may not collect for a recipient. Facts: name."""

    code = "payments.staff_proxy"


class ProxyIncompleteError(UserError):
    """A proxy needs name, number, relation and written authorisation."""

    code = "payments.proxy_incomplete"


class GuardianError(UserError):
    """A child under 14 is represented by a guardian who signs for it. Facts: name, age."""

    code = "payments.guardian"


class WitnessError(UserError):
    """A fingerprint in place of a signature needs a witness, not the cashier."""

    code = "payments.witness"


class SupervisorError(UserError):
    """The cashier cannot witness the own payment (出纳≠监发人). Facts: name."""

    code = "payments.supervisor"


class NoRecipientError(UserError):
    """Cash cannot be handed to a person nobody could identify or who has no name."""

    code = "payments.no_recipient"


class PaymentUndoneError(UserError):
    """This very payment was made and taken back since; nothing is paid. Facts: receipt_no."""

    code = "payments.undone"


class AlreadyReversedError(UserError):
    """The payment was undone before. Facts: receipt_no."""

    code = "payments.already_reversed"


def recipient_of(details: PersonDetails) -> Recipient:
    """The recipient as a receipt shows it; nobody without a name (NoRecipientError)."""
    if not details.name.strip():
        raise NoRecipientError
    return Recipient(
        name=details.name,
        kind=details.kind,
        number=details.number,
        hukou_place=details.hukou_place,
    )


def require_payable(order: PayOrder, payable: Payable, *, case_no: str) -> None:
    """Refuse zero, more than the rest, or less without a reason."""
    order.amount.require_positive()
    if payable.rest.fen <= 0:
        raise AlreadyPaidError(case_no=case_no, paid=payable.paid)
    if order.amount > payable.rest:
        raise OverGrantedError(amount=order.amount, rest=payable.rest)
    if order.amount < payable.rest and not order.difference_reason.strip():
        raise DifferenceReasonError(amount=order.amount, rest=payable.rest)


def require_cash_terms(order: PayOrder, limit: Money, *, now: datetime) -> None:
    """Refuse cash without a reason, and cash above `limit` without its recorded approval."""
    if not order.cash_reason.strip():
        raise CashReasonError
    require_approval(order.cash_approval, amount=order.amount, limit=limit, now=now)


def require_collector(order: PayOrder, *, cashier: Operator, staff: Iterable[Operator]) -> None:
    """Check proxy, fingerprint and supervisor: staff never collect, the cashier never witnesses."""
    present = {operator.operator_id: operator.name for operator in staff if operator.active}
    proxy, fingerprint = order.proxy, order.fingerprint
    if proxy is not None:
        parts = (proxy.name, proxy.number, proxy.relation, proxy.authorisation)
        if not all(part.strip() for part in parts):
            raise ProxyIncompleteError
        if proxy.name.strip() in present.values():
            raise StaffProxyError(name=proxy.name.strip())
    if fingerprint is not None and fingerprint.witness.strip() in ("", cashier.name):
        raise WitnessError
    supervisor = order.supervisor
    if supervisor is not None and (supervisor == cashier.operator_id or supervisor not in present):
        raise SupervisorError(name=present.get(supervisor, ""))


def require_guardian(order: PayOrder, details: PersonDetails, *, on: date) -> None:
    """Refuse to hand cash to a child under 14 itself (个人信息保护法 Art 31, 民法典 Art 23)."""
    born = details.birth_on
    if born is None or order.proxy is not None:
        return
    age = age_on(born, on)
    if age < GUARDED_AGE:
        raise GuardianError(name=details.name, age=age)


def kind_of(decided: PaymentKind, payments: Iterable[Payment]) -> PaymentKind:
    """`decided`, or a supplement where a payment of that kind stands already (补发差额)."""
    standing = any(
        payment.undoing is None and payment.details.kind is decided for payment in payments
    )
    return PaymentKind.SUPPLEMENT if standing else decided


def net_of(payments: Iterable[Payment]) -> Money:
    """What stands of several payments."""
    return total([payment.net for payment in payments])


def moved(payments: Iterable[Payment], since: date, until: date) -> Money:
    """Give what these payments took out of the drawer on these days, red entries deducted."""
    fen = 0
    for found in payments:
        if since <= found.details.paid_on <= until:
            fen += found.amount.fen
        if found.undoing is not None and since <= found.undoing.undone_on <= until:
            fen -= found.amount.fen
    return Money(fen)
