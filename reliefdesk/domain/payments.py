"""Paying cash: what an order must show before money leaves the drawer, and how money comes back.

Nothing about money is updated or deleted; a payment is undone by a red entry (红字) with a reason
and a second person. Sources: notice §2, 现金管理暂行条例 Art 5–6, domain.md §3.5 and §3.13.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain.ids import CaseId, OperatorId, PaymentId, PersonId, ReceiptNo
from reliefdesk.domain.money import Money
from reliefdesk.domain.policies import PolicyUse
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


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

    `cash_approval` records the approval that cash above the limit needs (number or who and how).
    `difference_reason` is needed where the amount is not the whole approved rest.
    """

    payment_id: PaymentId
    case_id: CaseId
    amount: Money
    cash_reason: str
    cash_approval: str = ""
    difference_reason: str = ""
    proxy: Proxy | None = None
    fingerprint: Fingerprint | None = None
    supervisor: OperatorId | None = None
    fund_source: str = "困难群众救助补助资金"
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CashPaid:
    """Cash left the drawer against a receipt number taken in the same transaction."""

    version: ClassVar[int] = 1
    payment_id: PaymentId
    case_id: CaseId
    person_id: PersonId
    kind: PaymentKind
    amount: Money
    receipt_no: ReceiptNo
    cashier: OperatorId
    supervisor: OperatorId | None
    paid_on: date
    cash_reason: str
    cash_approval: str
    difference_reason: str
    proxy: Proxy | None
    fingerprint: Fingerprint | None
    fund_source: str
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


class CashApprovalError(UserError):
    """Cash above the limit needs a recorded approval. Facts: amount, limit."""

    code = "payments.cash_approval"


class StaffProxyError(UserError):
    """Staff may not collect for a recipient. Facts: name."""

    code = "payments.staff_proxy"


class ProxyIncompleteError(UserError):
    """A proxy needs name, number, relation and written authorisation."""

    code = "payments.proxy_incomplete"


class WitnessError(UserError):
    """A fingerprint in place of a signature needs a witness, not the cashier."""

    code = "payments.witness"


class SupervisorError(UserError):
    """The cashier cannot witness the own payment (出纳≠监发人). Facts: name."""

    code = "payments.supervisor"


class NoRecipientError(UserError):
    """Cash cannot be handed to a person nobody could identify or who has no name."""

    code = "payments.no_recipient"


class PaymentUnknownError(UserError):
    """No such payment on this desk."""

    code = "payments.unknown"


class AlreadyReversedError(UserError):
    """The payment was undone before. Facts: receipt_no."""

    code = "payments.already_reversed"


def require_payable(order: PayOrder, payable: Payable, *, case_no: str) -> None:
    """Refuse zero, more than the rest, or less without a reason."""
    order.amount.require_positive()
    if payable.rest.fen <= 0:
        raise AlreadyPaidError(case_no=case_no, paid=payable.paid)
    if order.amount > payable.rest:
        raise OverGrantedError(amount=order.amount, rest=payable.rest)
    if order.amount < payable.rest and not order.difference_reason.strip():
        raise DifferenceReasonError(amount=order.amount, rest=payable.rest)


def require_cash_terms(order: PayOrder, limit: Money) -> None:
    """Refuse cash without a reason, and cash above `limit` without its recorded approval."""
    if not order.cash_reason.strip():
        raise CashReasonError
    if order.amount > limit and not order.cash_approval.strip():
        raise CashApprovalError(amount=order.amount, limit=limit)


def require_collector(order: PayOrder, *, cashier: OperatorId, staff_names: frozenset[str]) -> None:
    """Check proxy, fingerprint and supervisor: staff never collect, the cashier never witnesses."""
    proxy, fingerprint = order.proxy, order.fingerprint
    if proxy is not None:
        parts = (proxy.name, proxy.number, proxy.relation, proxy.authorisation)
        if not all(part.strip() for part in parts):
            raise ProxyIncompleteError
        if proxy.name.strip() in staff_names:
            raise StaffProxyError(name=proxy.name.strip())
    if fingerprint is not None and not fingerprint.witness.strip():
        raise WitnessError
    if order.supervisor is not None and order.supervisor == cashier:
        raise SupervisorError
