"""What the tests of blank receipts share: a pad, a receipt written by hand, its entry."""

from dataclasses import replace
from datetime import date

from reliefdesk.domain.case_records import Case
from reliefdesk.domain.ids import PadId, ReceiptNo
from reliefdesk.domain.pads import PadEntryOrder, PadNumber, PadOrder
from reliefdesk.services import pads
from reliefdesk.services.pads import Entered
from tests.builders import TestDesk, a_pay_order


def a_pad(made: TestDesk, count: int = 3) -> tuple[PadNumber, ...]:
    """Set numbers aside with the cashier."""
    order = PadOrder(pad_id=PadId(made.ids.new()), count=count)
    return pads.issue(made.context("出纳丁"), order, officer=made.officer("出纳丁")).result


def an_entry_order(
    made: TestDesk, found: Case, number: str, *, on: date | None = None
) -> PadEntryOrder:
    """Say what was paid by hand."""
    return PadEntryOrder(
        receipt_no=ReceiptNo(number),
        pay=a_pay_order(made, found),
        paid_on=on or made.context().today,
        reason="3月10日下午停电",
    )


def enter(made: TestDesk, order: PadEntryOrder) -> Entered:
    """Enter a receipt as the cashier."""
    return pads.enter(made.context("出纳丁"), order, officer=made.officer("出纳丁")).result


def spoil(made: TestDesk, number: str, *, second: str = "记账戊") -> PadNumber:
    """Report a spoilt number."""
    return pads.spoil(
        made.context("出纳丁"),
        ReceiptNo(number),
        "写错字",
        officer=made.officer("出纳丁"),
        second=made.officer(second),
    ).result


def give_back(made: TestDesk, numbers: tuple[PadNumber, ...]) -> tuple[PadNumber, ...]:
    """Return what is left of a pad."""
    return pads.give_back(
        made.context("出纳丁"),
        numbers[0].pad_id,
        officer=made.officer("出纳丁"),
        second=made.officer("记账戊"),
    ).result


def without_approval(order: PadEntryOrder) -> PadEntryOrder:
    """The same, with no approval written down."""
    return replace(order, pay=replace(order.pay, cash_approval=None))
