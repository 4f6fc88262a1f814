"""What is asked for when money is claimed back: the claim, a repayment, a deposit, a 容错 record.

Each order carries an identity made by the window, so that asking twice changes nothing.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.domain.ids import CaseId, DepositId, RecoveryId, RepaymentId
from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term


class Ground(Term):
    """Why money is claimed back."""

    FRAUD = "fraud", "骗取救助金"
    INELIGIBLE = "ineligible", "不符合救助条件"
    MISTAKE = "mistake", "发放错误"


class Means(Term):
    """How money came back."""

    CASH = "cash", "现金"
    BANK = "bank", "银行转账"


class ErrorCause(Term):
    """The causes for which the notice §8 exempts staff once the error is corrected (容错纠错)."""

    UNINTENDED = "A", "非主观故意"
    SOURCE_WRONG = "B", "部门数据共享不准确"
    CONCEALED = "C", "救助对象故意隐瞒"
    OTHER = "D", "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryOrder:
    """A claim asked for. `recovery_id` is made by the window so a retry claims once.

    `penalty` tells what the department decided (罚款是民政部门的职权): information only.
    """

    recovery_id: RecoveryId
    case_id: CaseId
    ground: Ground
    amount: Money
    reason: str
    found_on: date
    due_on: date
    penalty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaymentOrder:
    """Money that comes back; `reference` is the bank's voucher and needed for a transfer."""

    repayment_id: RepaymentId
    recovery_id: RecoveryId
    amount: Money
    means: Means
    payer: str
    reference: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositOrder:
    """Cash kept apart, to be handed to finance whole (缴存)."""

    deposit_id: DepositId
    voucher: str
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToleranceOrder:
    """What an inquiry asks for: cause, what was checked, where and when, corrected on which day."""

    recovery_id: RecoveryId
    cause: ErrorCause
    checked: str
    source: str
    checked_on: date
    corrected_on: date | None = None
    remark: str = ""
