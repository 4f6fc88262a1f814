"""Relief by bank or in kind: outside the drawer, inside the case, the ledger and the year's cap.

Central rule: in principle to the person's account (RULES.md §6.2); goods count with their value.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.budgets import FundSource
from reliefdesk.domain.ids import CaseId, OperatorId, PaymentId, PersonId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.policies import PolicyUse
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

TAIL = 4
LEAST_ACCOUNT = 8


class TransferMethod(Term):
    """How relief reached the person without cash."""

    BANK = "bank", "银行转账"
    GOODS = "goods", "实物"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOrder:
    """Relief to be recorded. `payment_id` is made by the window: a retry never pays twice.

    A bank transfer names account and voucher (回单号); goods say what was given and its voucher.
    The account is kept masked only.
    """

    payment_id: PaymentId
    case_id: CaseId
    method: TransferMethod
    amount: Money
    voucher: str
    account: str = ""
    goods: str = ""
    fund_source: FundSource = FundSource.FUNDS
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidOtherwise:
    """Relief was given by bank or in kind; no cash moved and no receipt number was taken."""

    version: ClassVar[int] = 1
    payment_id: PaymentId
    case_id: CaseId
    person_id: PersonId
    method: TransferMethod
    amount: Money
    account: str
    goods: str
    voucher: str
    paid_by: OperatorId
    paid_on: date
    fund_source: FundSource
    remark: str
    uses: tuple[PolicyUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReturned:
    """A transfer or goods came back whole, before a second person; the case may be paid anew."""

    version: ClassVar[int] = 1
    payment_id: PaymentId
    case_id: CaseId
    reason: str
    by: OperatorId
    second: OperatorId
    returned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Recorded relief without cash; `returned_on` and `reason` once it came back."""

    seq: int
    paid_at: datetime
    details: PaidOtherwise
    returned_on: date | None
    reason: str

    @property
    def net(self) -> Money:
        """What stands: the amount, or zero once it came back."""
        return self.details.amount if self.returned_on is None else ZERO


class AccountError(UserError):
    """A bank transfer needs an account of digits. Facts: least."""

    code = "transfers.account"


class VoucherMissingError(UserError):
    """Relief without cash needs the number of its voucher."""

    code = "transfers.voucher"


class GoodsMissingError(UserError):
    """Relief in kind says what was given."""

    code = "transfers.goods"


class TransferUnknownError(UserError):
    """No such transfer was recorded."""

    code = "transfers.unknown"


class TransferReturnedError(UserError):
    """It came back before."""

    code = "transfers.returned"


class ReturnReasonError(UserError):
    """Taking back needs a written reason."""

    code = "transfers.reason"


def masked_account(order: TransferOrder) -> str:
    """The account with its last four digits only; '' in kind. Raises AccountError."""
    if order.method is TransferMethod.GOODS:
        return ""
    digits = "".join(order.account.split())
    if not (digits.isascii() and digits.isdecimal() and len(digits) >= LEAST_ACCOUNT):
        raise AccountError(least=LEAST_ACCOUNT)
    return f"{'*' * (len(digits) - TAIL)}{digits[-TAIL:]}"


def require_told(order: TransferOrder) -> None:
    """Refuse relief without voucher, goods without a word of what they are."""
    if not order.voucher.strip():
        raise VoucherMissingError
    if order.method is TransferMethod.GOODS and not order.goods.strip():
        raise GoodsMissingError


def moved_between(found: Transfer, since: date, until: date) -> Money:
    """What a transfer gave in these days; its coming back counts on its own day."""
    fen = 0
    if since <= found.details.paid_on <= until:
        fen += found.details.amount.fen
    if found.returned_on is not None and since <= found.returned_on <= until:
        fen -= found.details.amount.fen
    return Money(fen)
