"""All that stands on one receipt, decided before anything is drawn."""

from dataclasses import dataclass
from datetime import date, datetime

from reliefdesk.clock import shanghai_time
from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_page import FormHead
from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.money import Money
from reliefdesk.domain.payments import Fingerprint, Proxy


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintMark:
    """Which print this is: `nth` 0 is the first, unmarked one, then 补打 第n次; `at` aware UTC."""

    nth: int
    at: datetime
    operator: str

    @property
    def words(self) -> str:
        """`补打第2次`, or '' for the first print."""
        return f"补打第{self.nth}次" if self.nth else ""

    @property
    def when(self) -> str:
        """`2021年7月5日 10:20`, in the offices' time."""
        local = shanghai_time(self.at)
        return f"{day_text(local.date())} {local:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidMark:
    """The number was voided: why, before whom, when, and the number that replaces it (or '')."""

    reason: str
    second: str
    voided_on: date
    replacement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalMark:
    """The red form (红字) that cancels the receipt of `paid_on`; the amount is negative."""

    reason: str
    second: str
    paid_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """All that stands on one receipt. Names of officers are as shown; '' leaves room to write.

    `receipt_no` None is a preview before the payment: marked 预览, without number and code.
    `approval` is the decision the cash rests on, `policy_basis` the document with its number.
    `printed` None is a look on screen of a receipt that was not printed yet.
    """

    head: FormHead
    receipt_no: ReceiptNo | None
    case_no: str
    approval: str
    paid_on: date
    recipient: str
    document_kind: str
    document_number: str
    hukou_place: str
    cause: str
    policy_basis: str
    amount: Money
    cash_reason: str
    fund_source: str
    cashier: str
    registrar: str
    approver: str
    supervisor: str = ""
    cash_approval: str = ""
    remark: str = ""
    proxy: Proxy | None = None
    fingerprint: Fingerprint | None = None
    printed: PrintMark | None = None
    void: VoidMark | None = None
    reversal: ReversalMark | None = None
