"""The cash receipt (领款单): every fact it shows is decided before; equal facts give equal bytes.

Three 联 with their purpose; the third, which leaves the office, masks the identity number.
Sources: domain.md §3.5 and §3.13; 会计基础工作规范 on vouchers in several 联.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.money import Money
from reliefdesk.domain.payments import Fingerprint, Proxy
from reliefdesk.domain.terms import Term


class ReceiptForm(Term):
    """The paper a receipt is printed on."""

    A5 = "a5", "A5 横向"
    CONTINUOUS_241 = "241", "241 毫米三等分连续纸"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintMark:
    """Which print this is: `nth` 0 is the first, unmarked one, then 补打 第n次; `at` aware UTC."""

    nth: int
    at: datetime
    operator: str


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

    office: str
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
    training: bool = False


def receipt_pdf(facts: ReceiptFacts, *, form: ReceiptForm) -> bytes:
    """The three 联 of one receipt as a PDF; raises MissingGlyphError, PaperFontsError."""
    return receipts_pdf([facts], form=form)


def receipts_pdf(receipts: Sequence[ReceiptFacts], *, form: ReceiptForm) -> bytes:
    """Many receipts in one PDF, three pages each, in the order given."""
    raise NotImplementedError(receipts, form)
