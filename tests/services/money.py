"""What the tests of money share: paying, signing and taking back on a real desk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from reliefdesk.domain.case_records import ApprovalOrder, Case
from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.intake import CaseDraft
from reliefdesk.domain.payments import Corrected, Payment, PayOrder, ReverseOrder
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.receipts import VoidOrder
from reliefdesk.services import cases, decisions, payments, receipts
from reliefdesk.services.receipts import ReceiptForm
from tests.builders import TestDesk, a_desk, a_pay_order, a_reviewed_case, enter


def opened(folder: Path) -> Iterator[TestDesk]:
    """Give a desk and close it afterwards."""
    desk = a_desk(folder / "desk")
    yield desk
    desk.desk.close()


def pay(made: TestDesk, order: PayOrder, *, name: str = "出纳丁") -> Payment:
    """Pay as a window that has just read the case."""
    version = cases.case(made.context(), order.case_id).version
    officer = made.officer(name)
    return payments.pay(made.context(name), order, seen_version=version, officer=officer).result


def sign(made: TestDesk, receipt_no: str) -> None:
    """Print and sign a receipt."""
    receipts.print_receipt(made.context("出纳丁"), receipt_no, ReceiptForm.A5)
    receipts.sign(made.context("出纳丁"), receipt_no)


def a_signed_payment(made: TestDesk, found: Case, **order: str) -> Payment:
    """Pay, print and sign; a smaller amount carries its reason."""
    asked = replace(a_pay_order(made, found, **order), difference_reason="看错金额")
    paid = pay(made, asked)
    sign(made, paid.receipt_no)
    return paid


def reverse(made: TestDesk, receipt_no: str, replacement: PayOrder | None = None) -> Corrected:
    """Reverse before the bookkeeper as second person."""
    order = ReverseOrder(
        reversal_id=made.new_payment_id(),
        receipt_no=ReceiptNo(receipt_no),
        reason="金额写错",
        replacement=replacement,
    )
    return payments.reverse(
        made.context("出纳丁"),
        order,
        officer=made.officer("出纳丁"),
        second=made.officer("记账戊"),
    ).result


def void(made: TestDesk, receipt_no: str, replacement: PayOrder | None = None) -> Corrected:
    """Void before the bookkeeper as second person."""
    order = VoidOrder(receipt_no=ReceiptNo(receipt_no), reason="金额写错", replacement=replacement)
    return receipts.void(
        made.context("出纳丁"),
        order,
        officer=made.officer("出纳丁"),
        second=made.officer("记账戊"),
    ).result


def supplement_style(made: TestDesk) -> None:
    """Let the desk mend a wrong amount by a supplement or a refund instead of a red entry."""
    _rule(made, PolicyKey.CORRECTION_STYLE, "supplement")


def publish(made: TestDesk, mode: str) -> None:
    """Let relief be put up in public for five days, before (`pre`) or after (`post`) it is paid."""
    _rule(made, PolicyKey.PUBLICITY_MODE, mode)
    _rule(made, PolicyKey.PUBLICITY_DAYS, "5")


def _rule(made: TestDesk, key: PolicyKey, value: str) -> None:
    since = date(2021, 1, 1)
    enter(made, PolicyRowDraft(key=key, value=value, valid_from=since, document="虚构〔2020〕5号"))


def approved(made: TestDesk, draft: CaseDraft, *, document: str = "") -> Case:
    """Approve a case whose open points the approver answers in writing."""
    found = a_reviewed_case(made, draft)
    order = ApprovalOrder(
        case_id=found.case_id,
        seen_version=found.version,
        amount=found.request.requested,
        remark="已核实",
        district_document=document,
    )
    return decisions.approve(made.context(), order, officer=made.officer("审批丙")).result
