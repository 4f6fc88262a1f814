"""Receipts (领款单): the number series, the states a number passes, and what became of it.

A number is taken in the transaction that records the payment, never at preview; a void number
stays in every list with amount zero (RULES.md §3.13).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.ids import CaseId, OperatorId, PaymentId, ReceiptNo
from reliefdesk.domain.money import Money
from reliefdesk.domain.payments import PayOrder
from reliefdesk.domain.terms import Term
from reliefdesk.errors import BugError, UserError

SERIAL_MAX = 999_999


class ReceiptState(Term):
    """已开具 → 已打印 → 已签领 → 原件已归档, or 作废, or 红冲."""

    ISSUED = "issued", "已开具"
    PRINTED = "printed", "已打印"
    SIGNED = "signed", "已签领"
    FILED = "filed", "原件已归档"
    VOID = "void", "作废"
    REVERSED = "reversed", "红冲"


class SignedBy(Term):
    """How the recipient signed."""

    SIGNATURE = "signature", "本人签字按指印"
    FINGERPRINT = "fingerprint", "按指印并有见证人"
    PROXY = "proxy", "代领人签字"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSeries:
    """One gap-free series: document type, office and year; frozen after first use."""

    prefix: str
    office: str
    year: int

    def number(self, serial: int) -> ReceiptNo:
        """`XJ-150302003-2021-000001`; a serial outside 1…999999 is a bug."""
        if not 1 <= serial <= SERIAL_MAX:
            raise BugError(serial=serial)
        return ReceiptNo(f"{self.prefix}-{self.office}-{self.year}-{serial:06d}")


def series_for(kind: DeskKind, office: str, on: date) -> ReceiptSeries:
    """The cash series of a desk; a training desk has its own (YL, 演练)."""
    prefix = "YL" if kind.is_training else "XJ"
    return ReceiptSeries(prefix=prefix, office=office, year=on.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One number and where it stands. `prints` counts all prints; the first is unmarked.

    `replaces` and `replaced_by` link a corrected number with its successor, both ways.
    """

    receipt_no: ReceiptNo
    series: ReceiptSeries
    serial: int
    payment_id: PaymentId
    case_id: CaseId
    state: ReceiptState
    prints: int
    issued_on: date
    signed_on: date | None
    signed_by: SignedBy | None
    filed_on: date | None
    file_place: str
    replaces: ReceiptNo | None
    replaced_by: ReceiptNo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow:
    """What became of one number (§3.13): its amount as issued, and what stands of it.

    `name` is masked. `reason`, `undone_on` and `second` are empty unless void or reversed.
    """

    receipt: Receipt
    case_no: str
    name: str
    amount: Money
    net: Money
    cashier: str
    reason: str
    second: str
    undone_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRow:
    """One print of a number: which, when (UTC), by whom, on which form, why."""

    receipt_no: ReceiptNo
    form: str
    nth: int
    reason: str
    operator_id: OperatorId
    printed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidOrder:
    """A void asked for; `replacement` pays anew in the same transaction, under its own number."""

    receipt_no: ReceiptNo
    reason: str
    replacement: PayOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFault:
    """A break in a series: the serial that was expected and the one found."""

    series: ReceiptSeries
    expected: int
    found: int


PAD_FORM = "pad"
"""The form of a print that left blank, to be filled by hand (停电应急)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPrinted:
    """A print was handed to the printer. `nth` counts reprints: 0 is the unmarked first one."""

    version: ClassVar[int] = 1
    receipt_no: ReceiptNo
    form: str
    nth: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSigned:
    """The signed original lies on the desk."""

    version: ClassVar[int] = 1
    receipt_no: ReceiptNo
    signed_on: date
    signed_by: SignedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalFiled:
    """The signed original went to the archive, at a place that can be found again."""

    version: ClassVar[int] = 1
    receipt_no: ReceiptNo
    filed_on: date
    file_place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptVoided:
    """An unsigned receipt was voided with its payment, before a second person (§3.13)."""

    version: ClassVar[int] = 1
    receipt_no: ReceiptNo
    payment_id: PaymentId
    reason: str
    cashier: OperatorId
    second: OperatorId


class ReceiptUnknownError(UserError):
    """No such number was ever allocated. Facts: receipt_no."""

    code = "receipts.unknown"


class ReceiptStateError(UserError):
    """The act does not fit the state of the receipt. Facts: receipt_no, act, state."""

    code = "receipts.state"


class ReprintReasonError(UserError):
    """Every print after the first needs a reason. Facts: receipt_no."""

    code = "receipts.reprint_reason"


class VoidReasonError(UserError):
    """A void or reversal needs a written reason. Facts: act."""

    code = "receipts.void_reason"


class SecondPersonError(UserError):
    """A void or reversal needs a second person, not the one who paid. Facts: name, act."""

    code = "receipts.second_person"


class FilePlaceError(UserError):
    """An archived original needs a place where it can be found. Facts: receipt_no."""

    code = "receipts.file_place"


_NEXT: dict[str, tuple[ReceiptState, ...]] = {
    "打印": (ReceiptState.ISSUED, ReceiptState.PRINTED, ReceiptState.SIGNED, ReceiptState.FILED),
    "登记签领": (ReceiptState.PRINTED,),
    "归档": (ReceiptState.SIGNED,),
    "作废": (ReceiptState.ISSUED, ReceiptState.PRINTED),
    "红冲": (ReceiptState.SIGNED, ReceiptState.FILED),
    "补发": (ReceiptState.SIGNED, ReceiptState.FILED),
}


def require_receipt_state(receipt_no: str, state: ReceiptState, act: str) -> None:
    """Refuse an act that does not fit the state: a signed receipt is reversed, never voided."""
    if state not in _NEXT[act]:
        raise ReceiptStateError(receipt_no=receipt_no, act=act, state=state.label)


def series_faults(numbers: Iterable[tuple[ReceiptSeries, int]]) -> tuple[SeriesFault, ...]:
    """Every gap or double in the series, counting each from 1; empty when all is well (R3)."""
    last: dict[ReceiptSeries, int] = {}
    faults: list[SeriesFault] = []
    order = sorted(numbers, key=lambda pair: pair[0].number(pair[1]))
    for series, serial in order:
        expected = last.get(series, 0) + 1
        if serial != expected:
            faults.append(SeriesFault(series=series, expected=expected, found=serial))
        last[series] = serial
    return tuple(faults)
