"""The facts of a receipt from what is recorded: names of officers, decision, policy, marks.

Full identity numbers leave here for paper only; the paper masks the copy that leaves the office.
"""

import dataclasses
import functools
from collections.abc import Sequence
from datetime import date

from reliefdesk.clock import shanghai_day, shanghai_time
from reliefdesk.documents.form_grid import minute_text
from reliefdesk.documents.receipt_facts import PrintMark, ReceiptFacts, ReversalMark, VoidMark
from reliefdesk.domain.approvals import CashApproval
from reliefdesk.domain.case_records import Case, Decision
from reliefdesk.domain.cases import FirstReliefApproved
from reliefdesk.domain.eligibility import NOTICE
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.payments import (
    Payment,
    PaymentKind,
    PayOrder,
    Recipient,
    Undoing,
    UndoingKind,
    recipient_of,
)
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.receipts import PAD_FORM, PrintRow, Receipt
from reliefdesk.services import cases, form_settings, persons
from reliefdesk.services.recording import Context
from reliefdesk.storage import operators, receipts


def facts_of_order(context: Context, order: PayOrder, kind: PaymentKind) -> ReceiptFacts:
    """The receipt as it would look if the signed-in cashier paid now; it has no number (R2)."""
    found = cases.case(context, order.case_id)
    recipient = recipient_of(persons.person(context, found.person_id).details)
    facts = _common(context, found, kind, recipient, on=context.today)
    return dataclasses.replace(
        facts,
        amount=order.amount,
        cash_reason=order.cash_reason.strip(),
        cash_approval=approval_words(order.cash_approval),
        fund_source=order.fund_source.label,
        remark=order.remark.strip(),
        proxy=order.proxy,
        fingerprint=order.fingerprint,
        cashier=_name(context, context.operator_id),
        supervisor=_name(context, order.supervisor),
    )


def facts_of(context: Context, receipt: Receipt, payment: Payment) -> ReceiptFacts:
    """The receipt of a recorded payment, stamped void or turned into its red form if undone."""
    paid, prints = payment.details, receipts.prints(context.file, receipt.receipt_no)
    facts = dataclasses.replace(
        _common(
            context,
            cases.case(context, paid.case_id),
            paid.kind,
            paid.recipient,
            on=paid.paid_on,
        ),
        receipt_no=paid.receipt_no,
        amount=paid.amount,
        cash_reason=paid.cash_reason,
        cash_approval=approval_words(paid.cash_approval),
        fund_source=paid.fund_source.label,
        remark="；".join(filter(None, (_by_hand(prints, payment), paid.remark))),
        proxy=paid.proxy,
        fingerprint=paid.fingerprint,
        cashier=_name(context, paid.cashier),
        supervisor=_name(context, paid.supervisor),
        printed=_last_print(context, prints),
    )
    return facts if payment.undoing is None else _undone(context, facts, receipt, payment.undoing)


def _common(
    context: Context, found: Case, kind: PaymentKind, recipient: Recipient, *, on: date
) -> ReceiptFacts:
    basis = _basis(found, kind)
    return ReceiptFacts(
        head=form_settings.head_of(context, MoneyForm.RECEIPT, on=on),
        receipt_no=None,
        case_no=found.case_no,
        approval=_approval(context, basis),
        paid_on=on,
        recipient=recipient.name,
        document_kind=recipient.kind.label,
        document_number=recipient.number,
        hukou_place=recipient.hukou_place,
        cause=found.request.emergency.cause.label,
        policy_basis=_policy_basis(found),
        amount=found.granted,
        cash_reason="",
        fund_source="",
        cashier="",
        registrar=_name(context, found.registrar),
        approver=_name(context, basis.approver),
    )


def _basis(found: Case, kind: PaymentKind) -> Decision | FirstReliefApproved:
    """What allowed the payment: the decision, or the first relief that came before it."""
    relief, decision = found.first_relief, found.decision
    if decision is not None and kind is not PaymentKind.FIRST_RELIEF:
        return decision
    assert relief is not None  # noqa: S101 - nothing is payable without one of the two
    return relief


def _approval(context: Context, basis: Decision | FirstReliefApproved) -> str:
    if isinstance(basis, Decision):
        return basis.district_document or f"{shanghai_day(basis.at):%Y-%m-%d}审批"
    at = shanghai_time(basis.approved_at)
    name = _name(context, basis.approver)
    return f"先行救助 {name} {basis.means.label}批准 {at:%Y-%m-%d %H:%M}"


def _policy_basis(found: Case) -> str:
    standards = (
        f"低保标准{use.value}元（{use.document}）"
        for use in found.eligibility.uses
        if use.key is PolicyKey.STANDARD
    )
    return "；".join((NOTICE, *standards))


def _by_hand(prints: Sequence[PrintRow], payment: Payment) -> str:
    """The original was written by hand on a blank receipt: this paper follows from its entry."""
    if not prints or prints[0].form != PAD_FORM:
        return ""
    return f"停电手工单，{shanghai_day(payment.paid_at):%Y-%m-%d}补录"


def _last_print(context: Context, prints: Sequence[PrintRow]) -> PrintMark | None:
    if not prints:
        return None
    last = prints[-1]
    return PrintMark(nth=last.nth, at=last.printed_at, operator=_name(context, last.operator_id))


def _undone(
    context: Context, facts: ReceiptFacts, receipt: Receipt, undoing: Undoing
) -> ReceiptFacts:
    second = _name(context, undoing.second)
    if undoing.kind is UndoingKind.VOID:
        mark = VoidMark(
            reason=undoing.reason,
            second=second,
            voided_on=undoing.undone_on,
            replacement=receipt.replaced_by or "",
        )
        return dataclasses.replace(facts, void=mark)
    red = ReversalMark(reason=undoing.reason, second=second, paid_on=facts.paid_on)
    return dataclasses.replace(facts, paid_on=undoing.undone_on, amount=-facts.amount, reversal=red)


def approval_words(approval: CashApproval | None) -> str:
    """Who allowed cash above the limit, how, under which paper, and when; '' where nobody did."""
    if approval is None:
        return ""
    paper = f"（{approval.document}）" if approval.document else ""
    return f"{approval.approver} {approval.means.label}{paper}，{minute_text(approval.at)}"


def _name(context: Context, operator_id: OperatorId | None) -> str:
    if operator_id is None:
        return ""
    find = functools.partial(operators.operator, context.file, operator_id)
    found = context.file.once(f"operator {operator_id}", find)
    return "" if found is None else found.name
