"""Money claimed back (追回): why, how much, what came back against which receipt, and 容错.

Cash that comes back is never paid out again (不得坐支): it is kept apart until it is handed to
finance. Sources: notice 乌民发〔2021〕17号 §8; 社会救助暂行办法 Art 68; RULES.md S8.5–8.6.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.ids import (
    CaseId,
    DepositId,
    OperatorId,
    PersonId,
    ReceiptNo,
    RecoveryId,
    RepaymentId,
)
from reliefdesk.domain.money import ZERO, Money, total
from reliefdesk.domain.payments import Recipient
from reliefdesk.domain.receipts import ReceiptSeries
from reliefdesk.domain.recovery_orders import (
    ErrorCause,
    Ground,
    Means,
    RecoveryOrder,
    RepaymentOrder,
    ToleranceOrder,
)
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

LEGAL_BASIS = "《社会救助暂行办法》第六十八条、乌民发〔2021〕17号第八条"


class RecoveryState(Term):
    """追回中 until the whole amount came back; a claim made by mistake is withdrawn."""

    OPEN = "open", "追回中"
    DONE = "done", "已追回"
    WITHDRAWN = "withdrawn", "已撤销"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryOpened:
    """Money of a case is claimed back from its recipient until `due_on`."""

    version: ClassVar[int] = 1
    recovery_id: RecoveryId
    recovery_no: str
    case_id: CaseId
    person_id: PersonId
    debtor: Recipient
    ground: Ground
    amount: Money
    reason: str
    basis: str
    penalty: str
    found_on: date
    due_on: date
    approver: OperatorId
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryWithdrawn:
    """A claim was given up before anything came back: it had been made by mistake."""

    version: ClassVar[int] = 1
    recovery_id: RecoveryId
    case_id: CaseId
    reason: str
    approver: OperatorId
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaymentReceived:
    """Money came back against the next number of the series SK."""

    version: ClassVar[int] = 1
    repayment_id: RepaymentId
    recovery_id: RecoveryId
    case_id: CaseId
    receipt_no: ReceiptNo
    amount: Money
    means: Means
    payer: str
    reference: str
    remark: str
    cashier: OperatorId
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaymentVoided:
    """A repayment was entered wrongly and taken out again, before a second person."""

    version: ClassVar[int] = 1
    repayment_id: RepaymentId
    recovery_id: RecoveryId
    case_id: CaseId
    reason: str
    cashier: OperatorId
    second: OperatorId
    voided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaymentReceiptPrinted:
    """A receipt SK was handed to the printer; `nth` 0 is the unmarked first print."""

    version: ClassVar[int] = 1
    receipt_no: ReceiptNo
    nth: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaymentsDeposited:
    """A cashier handed the cash of these repayments to finance, against a voucher."""

    version: ClassVar[int] = 1
    deposit_id: DepositId
    cashier: OperatorId
    repayment_ids: tuple[RepaymentId, ...]
    amount: Money
    voucher: str
    receiver: str
    deposited_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ToleranceRecorded:
    """The evidence of diligence behind an error (容错纠错); a later record completes it."""

    version: ClassVar[int] = 1
    recovery_id: RecoveryId
    case_id: CaseId
    cause: ErrorCause
    checked: str
    source: str
    checked_on: date
    corrected_on: date | None
    remark: str
    approver: OperatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaymentVoid:
    """Why, by whom, before whom and when a repayment was taken out."""

    reason: str
    by: OperatorId
    second: OperatorId
    voided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Repayment:
    """A recorded repayment: prints of its receipt, what voided it, and when it was deposited."""

    seq: int
    received_at: datetime
    details: RepaymentReceived
    prints: int
    void: RepaymentVoid | None
    deposited_on: date | None

    @property
    def net(self) -> Money:
        """What stands of it."""
        return self.details.amount if self.void is None else ZERO

    @property
    def is_kept_apart(self) -> bool:
        """Whether its cash lies with the cashier, apart from the float."""
        cash = self.details.means is Means.CASH
        return cash and self.void is None and self.deposited_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """One claim with everything that came back; `place` counts the claims of its month from 1."""

    seq: int
    opened_at: datetime
    place: int
    case_no: str
    details: RecoveryOpened
    withdrawn: RecoveryWithdrawn | None
    repayments: tuple[Repayment, ...]
    tolerance: ToleranceRecorded | None

    @property
    def repaid(self) -> Money:
        """What came back and stands."""
        return total([each.net for each in self.repayments])

    @property
    def balance(self) -> Money:
        """What is still owed; a withdrawn claim owes nothing."""
        return ZERO if self.withdrawn else self.details.amount - self.repaid

    @property
    def state(self) -> RecoveryState:
        """追回中, 已追回 or 已撤销."""
        if self.withdrawn is not None:
            return RecoveryState.WITHDRAWN
        return RecoveryState.OPEN if self.balance.fen > 0 else RecoveryState.DONE

    @property
    def sheet_no(self) -> str:
        """`202111-001`: the number of 追缴资金办理单 (RULES.md §3.12)."""
        return f"{self.details.opened_on:%Y%m}-{self.place:03d}"


class RecoveryUnknownError(UserError):
    """No such claim or repayment on this desk."""

    code = "recoveries.unknown"


class OverClaimError(UserError):
    """More is claimed than was paid and not claimed yet. Facts: amount, most."""

    code = "recoveries.over_claim"


class RecoveryTextError(UserError):
    """Something that must be written down is missing. Facts: what."""

    code = "recoveries.wording"


class RecoveryDayError(UserError):
    """Found in the future, or due before today. Facts: what, on."""

    code = "recoveries.day"


class RecoveryStateError(UserError):
    """The act does not fit the claim. Facts: recovery_no, state, act."""

    code = "recoveries.state"


class OverRepaidError(UserError):
    """More comes back than is owed. Facts: amount, balance."""

    code = "recoveries.over_repaid"


class RepaymentStateError(UserError):
    """A void or deposited repayment is not voided (again). Facts: receipt_no."""

    code = "recoveries.repayment_state"


class NothingKeptError(UserError):
    """The cashier keeps no repaid cash apart. Facts: name."""

    code = "recoveries.nothing_kept"


class UnderRecoveryError(UserError):
    """Money of the case is or was claimed back: nothing is paid or reversed. Facts: case_no."""

    code = "recoveries.under_recovery"


def repayment_series(kind: DeskKind, office: str, on: date) -> ReceiptSeries:
    """The receipts for money that comes back: SK, on a training desk YK."""
    prefix = "YK" if kind.is_training else "SK"
    return ReceiptSeries(prefix=prefix, office=office, year=on.year)


def require_claim(order: RecoveryOrder, most: Money, *, today: date) -> None:
    """Refuse zero, more than `most` (paid and not yet claimed), no reason, impossible days."""
    order.amount.require_positive()
    if order.amount > most:
        raise OverClaimError(amount=order.amount, most=most)
    require_text(事由=order.reason)
    if order.found_on > today:
        raise RecoveryDayError(what="发现日期", on=order.found_on)
    if order.due_on < today:
        raise RecoveryDayError(what="退款期限", on=order.due_on)


def require_repayment(order: RepaymentOrder, found: Recovery) -> None:
    """Refuse zero, more than is owed, a nameless payer, or a transfer without its voucher."""
    require_open(found, "登记退款")
    order.amount.require_positive()
    if order.amount > found.balance:
        raise OverRepaidError(amount=order.amount, balance=found.balance)
    require_text(交款人=order.payer)
    if order.means is Means.BANK:
        require_text(银行凭证号=order.reference)


def require_open(found: Recovery, act: str) -> None:
    """Refuse an act on a claim that is settled or withdrawn (RecoveryStateError)."""
    if found.state is not RecoveryState.OPEN:
        raise RecoveryStateError(
            recovery_no=found.details.recovery_no, state=found.state.label, act=act
        )


def require_tolerance(order: ToleranceOrder, *, today: date) -> None:
    """Refuse a record without what was checked and where, or with days to come."""
    require_text(核查内容=order.checked, 数据来源=order.source)
    for what, on in (("核查日期", order.checked_on), ("纠正日期", order.corrected_on)):
        if on is not None and on > today:
            raise RecoveryDayError(what=what, on=on)


def require_text(**texts: str) -> None:
    """Refuse an empty text, naming it in Chinese (RecoveryTextError)."""
    for what, text in texts.items():
        if not text.strip():
            raise RecoveryTextError(what=what)


def kept_apart(repayments: Iterable[Repayment]) -> Money:
    """What lies with cashiers apart from the float, not yet handed to finance."""
    return total([each.details.amount for each in repayments if each.is_kept_apart])


def came_back(repayments: Iterable[Repayment], since: date, until: date) -> Money:
    """What came back on these days (inclusive), less what was taken out on them."""
    fen = 0
    for each in repayments:
        amount = each.details.amount.fen
        if since <= each.details.received_on <= until:
            fen += amount
        if each.void is not None and since <= each.void.voided_on <= until:
            fen -= amount
    return Money(fen)
