"""The work ledger (工作台账) that the notice §2 demands: a line a case, totals equal to the drawer.

What a line shows as paid is what moved in the ledger's own period, so that its total is the cash
journal's payments of the same days; a reversal counts on the day it is recorded (RULES.md §6.5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from reliefdesk.domain.case_records import status_words
from reliefdesk.domain.cases import Cause, Stage
from reliefdesk.domain.identity import Sex
from reliefdesk.domain.ids import CaseId, PersonId, ReceiptNo
from reliefdesk.domain.money import ZERO, Money, total
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.domain.recoveries import RecoveryState
from reliefdesk.domain.terms import Term


class PayMethod(Term):
    """How relief reached the person in the ledger's days."""

    CASH = "cash", "现金"
    BANK = "bank", "银行转账"
    GOODS = "goods", "实物"
    SEVERAL = "several", "多种方式"
    NOT_PAID = "not_paid", "未发放"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFilter:
    """Which lines: days (inclusive) of acceptance or payment, and what must match; None is any.

    `text` is part of a name, case number, receipt number or identity number.
    """

    since: date
    until: date
    cause: Cause | None = None
    stage: Stage | None = None
    method: PayMethod | None = None
    text: str = ""


def year_filter(year: int) -> LedgerFilter:
    """The whole ledger of a year."""
    return LedgerFilter(since=date(year, 1, 1), until=date(year, 12, 31))


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPayment:
    """One payment of a case: when, to whom, and what it moved in the ledger's period.

    Relief by bank or in kind has the number of its voucher and no state of a receipt. `undone`
    says 作废, 红冲 or 退回.
    """

    receipt_no: ReceiptNo
    state: ReceiptState | None
    paid_on: date
    collector: str
    moved: Money
    method: PayMethod = PayMethod.CASH
    undone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One case with every column of §3.7 that this desk keeps. `number` is masked on screen.

    Officers are 'day name' texts; empty text means it has not happened. `recovered` is what came
    back in the ledger's period.
    """

    place: int
    case_id: CaseId
    person_id: PersonId
    case_no: str
    accepted_at: datetime
    accepted_on: date
    source: str
    name: str
    sex: Sex
    ethnicity: str
    birth_on: date | None
    document_kind: str
    number: str
    hukou_place: str
    permit: str
    emergency_place: str
    cause: Cause
    narrative: str
    persons_relieved: int
    first_relief_at: datetime | None
    investigated: str
    reviewed: str
    decided: str
    authority: str
    stage: Stage
    standard: str
    multiplier: str
    approved: Money | None
    method: PayMethod
    payments: tuple[LedgerPayment, ...]
    paid: Money
    completed_on: date | None
    remark: str
    recovery: RecoveryState | None = None
    recovered: Money = ZERO
    recovered_on: tuple[date, ...] = ()

    @property
    def paid_cash(self) -> Money:
        """What moved through a drawer; the rest came by bank or in kind."""
        return total([each.moved for each in self.payments if each.method is PayMethod.CASH])

    @property
    def status(self) -> str:
        """The stage, how far it was paid in these days, and whether money was claimed back."""
        granted = self.approved or ZERO
        return status_words(self.stage, self.recovery, granted=granted, paid=self.paid)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTotals:
    """Cases (件), persons relieved (人), payments that stand (人次), approved and paid amounts.

    `paid_cash` is the part of `paid` that moved through the drawers: the cash journal's payments.
    """

    cases: int
    persons: int
    payments: int
    approved: Money
    paid: Money
    paid_cash: Money
    recovered: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The lines a filter leaves, with their totals: one computation for screen and paper."""

    wanted: LedgerFilter
    rows: tuple[LedgerRow, ...]
    totals: LedgerTotals


def totals_of(rows: Iterable[LedgerRow]) -> LedgerTotals:
    """Add up the lines; distinct persons are counted once."""
    lines = tuple(rows)
    standing = [
        payment
        for line in lines
        for payment in line.payments
        if not payment.undone and payment.moved.fen > 0
    ]
    return LedgerTotals(
        cases=len(lines),
        persons=len({line.person_id for line in lines}),
        payments=len(standing),
        approved=total([line.approved for line in lines if line.approved is not None]),
        paid=total([line.paid for line in lines]),
        paid_cash=total([line.paid_cash for line in lines]),
        recovered=total([line.recovered for line in lines]),
    )
