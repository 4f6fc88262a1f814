"""Blank receipts for a power cut (停电应急): numbers taken before, entered later, each with a fate.

A number written by hand is entered once, under its real day, with a reason; the instant of entry
stays what it was. What could not be checked by hand is said in plain warnings (RULES.md §3.13).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.ids import OperatorId, PadId, PaymentId, ReceiptNo
from reliefdesk.domain.payments import PayOrder
from reliefdesk.domain.receipts import SignedBy
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

PAD_NUMBERS_MAX = 50


class PadState(Term):
    """空白待用 → 已补录, or 写坏作废, or 未用交回."""

    BLANK = "blank", "空白待用"
    ENTERED = "entered", "已补录"
    SPOILT = "spoilt", "写坏作废"
    UNUSED = "unused", "未用交回"


class HandWarning(Term):
    """What was done by hand and could not be checked then."""

    CASH_APPROVAL = "cash_approval", "超过现金限额，没有批准记录"
    CASE_LATER = "case_later", "案件是付款之后才登记的"
    APPROVED_LATER = "approved_later", "批准是付款之后才登记的"
    BOOKED_TODAY = "booked_today", "付款当天已日结或账面不够，记在补录当天"
    DAY_OPEN = "day_open", "更早的一天还没有日结"
    NOT_PRINTED = "not_printed", "空白单没有打印记录"


@dataclass(frozen=True, slots=True, kw_only=True)
class PadOrder:
    """A block of blank receipts asked for; `pad_id` is made by the window."""

    pad_id: PadId
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PadIssued:
    """The next numbers of the series were set aside as blank receipts with a cashier."""

    version: ClassVar[int] = 1
    pad_id: PadId
    prefix: str
    office: str
    year: int
    first: int
    last: int
    holder: OperatorId
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PadPrinted:
    """Blank receipts left for the printer; each sheet's mark counts the prints of its number.

    `nth` counts the prints of the pad: 0 is the first.
    """

    version: ClassVar[int] = 1
    pad_id: PadId
    receipt_nos: tuple[ReceiptNo, ...]
    nth: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PadEntryOrder:
    """A receipt written by hand, to be entered: `pay` is what was paid on `paid_on`."""

    receipt_no: ReceiptNo
    pay: PayOrder
    paid_on: date
    reason: str
    signed_by: SignedBy = SignedBy.SIGNATURE


@dataclass(frozen=True, slots=True, kw_only=True)
class PadReceiptEntered:
    """A hand-written receipt is entered; its payment follows as the next entry of the journal."""

    version: ClassVar[int] = 1
    pad_id: PadId
    receipt_no: ReceiptNo
    payment_id: PaymentId
    paid_by_hand_on: date
    reason: str
    signed_by: SignedBy
    warnings: tuple[HandWarning, ...]
    cashier: OperatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class PadNumberSpoilt:
    """A blank receipt was spoilt and kept with its pad; a second person saw it."""

    version: ClassVar[int] = 1
    pad_id: PadId
    receipt_no: ReceiptNo
    reason: str
    cashier: OperatorId
    second: OperatorId
    spoilt_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PadReturned:
    """What was left of a pad came back unused before a second person; it is never used again."""

    version: ClassVar[int] = 1
    pad_id: PadId
    receipt_nos: tuple[ReceiptNo, ...]
    cashier: OperatorId
    second: OperatorId
    returned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PadNumber:
    """One number of a pad and its fate; `fate` is the event that settled it, None while blank.

    `prints` counts its blank receipts on paper: the first is unmarked, every later one 补打, the
    last for `print_reason`.
    """

    receipt_no: ReceiptNo
    serial: int
    pad_id: PadId
    state: PadState
    holder: OperatorId
    issued_on: date
    issued_at: datetime
    prints: int
    print_reason: str
    fate: PadReceiptEntered | PadNumberSpoilt | PadReturned | None
    settled_at: datetime | None


class PadSizeError(UserError):
    """A pad has 1 to 50 numbers. Facts: count, most."""

    code = "pads.size"


class PadNumberError(UserError):
    """No such blank number: it was never set aside, or is settled. Facts: receipt_no, state."""

    code = "pads.number"


class PadDayError(UserError):
    """The real day lies before the pad or after today. Facts: on, issued_on."""

    code = "pads.day"


class PadReasonError(UserError):
    """An entry or a spoilt number needs a reason. Facts: receipt_no."""

    code = "pads.reason"


class PadEmptyError(UserError):
    """Nothing of the pad is left to return."""

    code = "pads.empty"


def require_size(count: int) -> None:
    """Refuse an empty or a huge block (PadSizeError)."""
    if not 1 <= count <= PAD_NUMBERS_MAX:
        raise PadSizeError(count=count, most=PAD_NUMBERS_MAX)


def require_blank(receipt_no: str, found: PadNumber | None) -> PadNumber:
    """The number while it is blank, else PadNumberError: nothing is entered twice."""
    if found is None or found.state is not PadState.BLANK:
        state = "不是应急领款单" if found is None else found.state.label
        raise PadNumberError(receipt_no=receipt_no[:40], state=state)
    return found


def require_hand_day(on: date, found: PadNumber, *, today: date) -> None:
    """Refuse a day before the pad was handed out, or one to come (PadDayError)."""
    if not found.issued_on <= on <= today:
        raise PadDayError(on=on, issued_on=found.issued_on)


def blank(numbers: Iterable[PadNumber]) -> tuple[PadNumber, ...]:
    """Those still blank."""
    return tuple(each for each in numbers if each.state is PadState.BLANK)


def span(numbers: Sequence[PadNumber]) -> str:
    """`XJ-150302003-2021-000012至000021`: the numbers of a pad, from first to last."""
    first, last = numbers[0].receipt_no, numbers[-1].receipt_no
    return first if first == last else f"{first}至{last.rpartition('-')[2]}"
