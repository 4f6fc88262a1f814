"""The float (备用金) and the cash journal: money in, money out, never below zero, nothing edited.

Each cashier answers for one drawer. Sources: 现金管理暂行条例 Art 9–12 (stock limit, no paying out
of receipts, entered one by one); RULES.md §3.8–3.9.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.ids import CaseId, EntryId, OperatorId, PaymentId, ReceiptNo
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class FloatPurpose(Term):
    """Why cash came into the drawer."""

    OPENING = "opening", "备用金初次领用"
    TOP_UP = "top_up", "备用金补领"


class CashKind(Term):
    """What moved the cash; void and reversal are red entries, a handover moves between drawers."""

    FLOAT_IN = "float_in", "备用金收入"
    FLOAT_OUT = "float_out", "备用金归还"
    PAYMENT = "payment", "发放"
    VOID = "void", "作废冲回"
    REVERSAL = "reversal", "红字冲销"
    OVER = "over", "长款入账"
    SHORT = "short", "短款出账"
    HANDOVER_OUT = "handover_out", "现金移交"
    HANDOVER_IN = "handover_in", "现金接收"


HANDOVERS = frozenset({CashKind.HANDOVER_OUT, CashKind.HANDOVER_IN})
"""Between two drawers of one office: no income and no outgo of the office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CashEntry:
    """One line of a cashier's drawer. `income` and `outgo`: one is zero, a red entry is negative.

    `voucher` is the receipt number, or the approval of a float movement.
    """

    seq: int
    entry_id: str
    cashier: OperatorId
    on: date
    at: datetime
    kind: CashKind
    voucher: str
    summary: str
    account: str
    income: Money
    outgo: Money
    receipt_no: ReceiptNo | None = None
    payment_id: PaymentId | None = None
    case_id: CaseId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatDraft:
    """Cash to be received or returned. `entry_id` is made by the window so a retry adds nothing.

    `use` and `return_by` stand on the claim (用途, 归还期限); a return needs neither.
    """

    entry_id: EntryId
    amount: Money
    approval: str
    source: str
    use: str = ""
    return_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatReceived:
    """Cash came into the drawer under an approval document."""

    version: ClassVar[int] = 1
    entry_id: EntryId
    cashier: OperatorId
    purpose: FloatPurpose
    amount: Money
    approval: str
    source: str
    use: str
    return_by: date | None
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatReturned:
    """Cash left the drawer back to finance under an approval document."""

    version: ClassVar[int] = 1
    entry_id: EntryId
    cashier: OperatorId
    amount: Money
    approval: str
    receiver: str
    returned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatDue:
    """A claim of float that is to be returned or accounted for, and what of it still lies there."""

    cashier: OperatorId
    claimed_on: date
    return_by: date
    left: Money


class FloatShortError(UserError):
    """The drawer does not cover the amount; no number was taken. Facts: balance, amount, short."""

    code = "cash.float_short"


class FloatLimitError(UserError):
    """The desk would hold more cash than its limit (库存限额). Facts: limit, after, excess."""

    code = "cash.float_limit"


class EntryUnknownError(UserError):
    """No such movement of the float was recorded."""

    code = "cash.entry_unknown"


class FloatApprovalError(UserError):
    """Moving the float needs the number of its approval and where it comes from or goes."""

    code = "cash.float_approval"


def require_cover(balance: Money, amount: Money) -> None:
    """Refuse to take more than the drawer holds (FloatShortError)."""
    if amount > balance:
        raise FloatShortError(balance=balance, amount=amount, short=amount - balance)


def require_within(limit: Money | None, after: Money) -> None:
    """Refuse to let the desk hold more than `limit` (FloatLimitError); None means no limit."""
    if limit is not None and after > limit:
        raise FloatLimitError(limit=limit, after=after, excess=after - limit)


def require_float(draft: FloatDraft) -> None:
    """Refuse a float movement without amount, approval or counterparty."""
    draft.amount.require_positive()
    if not draft.approval.strip() or not draft.source.strip():
        raise FloatApprovalError


class LineKind(Term):
    """The kinds of lines of a cash journal (§3.8)."""

    OPENING = "opening", "期初结转"
    CARRIED = "carried", "上年结转"
    ENTRY = "entry", "记账"
    DAY = "day", "本日合计"
    MONTH = "month", "本月合计"
    YEAR = "year", "本年累计"


@dataclass(frozen=True, slots=True, kw_only=True)
class CashSums:
    """Income and outgo of a span of days."""

    income: Money = ZERO
    outgo: Money = ZERO

    def plus(self, entry: CashEntry) -> "CashSums":
        """These sums and one entry more."""
        return CashSums(income=self.income + entry.income, outgo=self.outgo + entry.outgo)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashCarry:
    """What stood before the first day shown: the balance, and the running month and year."""

    balance: Money = ZERO
    month: CashSums = CashSums()
    year: CashSums = CashSums()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One line for screen and paper alike: an entry or a total, with the balance after it."""

    kind: LineKind
    on: date
    entry: CashEntry | None
    sums: CashSums
    balance: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CashJournal:
    """The cash journal of the days `since` to `until` (inclusive), computed once for all uses."""

    since: date
    until: date
    lines: tuple[JournalLine, ...]
    sums: CashSums
    opening: Money
    closing: Money


def journal_of(
    entries: Sequence[CashEntry], carry: CashCarry, *, since: date, until: date
) -> CashJournal:
    """Lay out entries (of these days, in order) with day, month and year totals.

    A month or year total covers the whole running month or year, also what stood before `since`.
    """
    lines = [_opening(carry, since), *_lines(entries, carry, since)]
    sums = CashSums()
    for entry in entries:
        sums = sums.plus(entry)
    return CashJournal(
        since=since,
        until=until,
        lines=tuple(lines),
        sums=sums,
        opening=carry.balance,
        closing=carry.balance + sums.income - sums.outgo,
    )


def _opening(carry: CashCarry, since: date) -> JournalLine:
    begins = (since.month, since.day) == (1, 1) and carry.balance.fen
    kind = LineKind.CARRIED if begins else LineKind.OPENING
    return JournalLine(kind=kind, on=since, entry=None, sums=CashSums(), balance=carry.balance)


def _carried(year: int, balance: Money) -> JournalLine:
    first = date(year, 1, 1)
    return JournalLine(
        kind=LineKind.CARRIED, on=first, entry=None, sums=CashSums(), balance=balance
    )


def _lines(entries: Sequence[CashEntry], carry: CashCarry, since: date) -> Iterator[JournalLine]:
    day, month, year, balance = CashSums(), carry.month, carry.year, carry.balance
    before = since
    for position, entry in enumerate(entries):
        if position and entry.on != before:
            day = CashSums()
        if (entry.on.year, entry.on.month) != (before.year, before.month):
            month = CashSums()
        if entry.on.year != before.year:
            year = CashSums()
            yield _carried(entry.on.year, balance)
        before = entry.on
        day, month, year = day.plus(entry), month.plus(entry), year.plus(entry)
        balance = balance + entry.income - entry.outgo
        sums = CashSums(income=entry.income, outgo=entry.outgo)
        yield JournalLine(kind=LineKind.ENTRY, on=entry.on, entry=entry, sums=sums, balance=balance)
        following = entries[position + 1].on if position + 1 < len(entries) else None
        for kind, total in _closing(entry.on, following, day, (month, year)):
            yield JournalLine(kind=kind, on=entry.on, entry=None, sums=total, balance=balance)


def _closing(
    on: date, following: date | None, day: CashSums, longer: tuple[CashSums, CashSums]
) -> Iterable[tuple[LineKind, CashSums]]:
    if following == on:
        return
    yield LineKind.DAY, day
    if following is None or (following.year, following.month) != (on.year, on.month):
        # The books close a month with its total and the year so far (会计基础工作规范 Art 65).
        yield LineKind.MONTH, longer[0]
        yield LineKind.YEAR, longer[1]


def voucher_of(receipt_no: str, on: date) -> str:
    """`3月10日第000007号`: how a later entry names an earlier voucher (§3.13)."""
    return f"{on.month}月{on.day}日第{receipt_no.rsplit('-', 1)[-1]}号"
