"""A print has an id before it leaves the desk: no fault gives a second unmarked original."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reliefdesk.devices.printers import PrinterNotReadyError
from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.print_jobs import JobState, JobUnclearError, VoucherGoneError
from reliefdesk.domain.receipts import ReceiptStateError, VoidOrder
from reliefdesk.domain.today import TodayKind
from reliefdesk.services import print_jobs, printing, receipts, today
from reliefdesk.services.printing import Paper, PaperMedia, PrintWish
from reliefdesk.services.receipts import ReceiptForm
from tests.builders import TestDesk, a_pay_order, an_approved_case
from tests.documents.papers import page_texts
from tests.services.money import opened, pay
from tests.services.spooler import EMPTY, IDLE, Queue


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk."""
    yield from opened(tmp_path)


@pytest.fixture
def number(made: TestDesk) -> ReceiptNo:
    """Give the number of a payment that is not printed yet."""
    return pay(made, a_pay_order(made, an_approved_case(made))).receipt_no


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Queue:
    """Put a printer on the search path."""
    made = Queue(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{made.folder}{os.pathsep}{os.defpath}")
    return made


def drawn(made: TestDesk, number: ReceiptNo, reason: str = "") -> Paper:
    pdf = print_jobs.draw(made.context("出纳丁"), number, ReceiptForm.A5, reason=reason).result
    return Paper(form="receipt.a5", title=number, media=PaperMedia.A5, pdf=pdf, is_voucher=True)


def hand(made: TestDesk, paper: Paper, copies: int = 1) -> None:
    wish = PrintWish(printer="前台", media=PaperMedia.A5, copies=copies)
    printing.print_paper(made.context("出纳丁"), wish, paper)


def state(made: TestDesk, number: ReceiptNo) -> JobState:
    job = print_jobs.last(made.context(), number)
    assert job is not None
    return job.state


def told(made: TestDesk, kind: TodayKind) -> list[object]:
    lines = today.todo(made.context("出纳丁"))
    return [line.facts["receipt_no"] for line in lines if line.kind is kind]


def test_an_original_goes_out_once_however_many_copies_are_wished(
    made: TestDesk, number: ReceiptNo, queue: Queue
) -> None:
    paper = drawn(made, number)
    hand(made, paper, copies=3)
    assert state(made, number) is JobState.HANDED
    with pytest.raises(VoucherGoneError):
        hand(made, paper)
    with pytest.raises(VoucherGoneError):
        printing.save(made.context(), paper, queue.folder / "x.pdf")
    assert queue.came == [paper.pdf]


def test_a_print_recorded_before_a_fault_goes_out_as_it_was_and_is_not_counted_again(
    made: TestDesk, number: ReceiptNo, queue: Queue
) -> None:
    first = drawn(made, number)
    assert told(made, TodayKind.NOT_PRINTED) == [number]
    again = drawn(made, number)
    assert again.pdf == first.pdf
    assert receipts.receipt(made.context(), number).prints == 1
    hand(made, again)
    assert queue.came == [first.pdf]
    assert told(made, TodayKind.NOT_PRINTED) == []


def test_a_printer_without_paper_takes_nothing_and_the_same_print_follows(
    made: TestDesk, number: ReceiptNo, queue: Queue
) -> None:
    queue.says(EMPTY)
    paper = drawn(made, number)
    with pytest.raises(PrinterNotReadyError):
        hand(made, paper)
    assert state(made, number) is JobState.DRAWN
    queue.says(IDLE)
    hand(made, drawn(made, number))
    assert queue.came == [paper.pdf]


@pytest.mark.usefixtures("queue")
def test_a_fault_while_handing_over_is_asked_about_and_the_next_print_is_marked(
    made: TestDesk, number: ReceiptNo
) -> None:
    drawn(made, number)
    print_jobs.move(made.context(), number, JobState.HANDING)
    assert told(made, TodayKind.NOT_PRINTED) == [number]
    with pytest.raises(JobUnclearError):
        drawn(made, number)
    again = drawn(made, number, reason="打印中断，没有出来")
    assert all("补打第1次" in page for page in page_texts(again.pdf))
    assert receipts.receipt(made.context(), number).prints == 2


def test_a_fault_whose_paper_came_out_is_settled(made: TestDesk, number: ReceiptNo) -> None:
    drawn(made, number)
    print_jobs.move(made.context(), number, JobState.HANDING)
    print_jobs.settle(made.context(), number)
    assert state(made, number) is JobState.SETTLED
    assert told(made, TodayKind.NOT_PRINTED) == []
    assert told(made, TodayKind.NOT_SIGNED) == [number]


def test_the_paper_a_receipt_was_last_printed_on_is_the_usual_one(
    made: TestDesk, number: ReceiptNo
) -> None:
    assert print_jobs.usual_form(made.context()) is ReceiptForm.A5
    context = made.context("出纳丁")
    print_jobs.draw(context, number, ReceiptForm.OVERLAY_241)
    assert print_jobs.usual_form(made.context()) is ReceiptForm.OVERLAY_241
    print_jobs.draw(context, number, ReceiptForm.CONTINUOUS_241, reason="纸破了")
    assert print_jobs.usual_form(made.context()) is ReceiptForm.CONTINUOUS_241


def test_a_saved_original_is_not_printed_unmarked_too(
    made: TestDesk, number: ReceiptNo, queue: Queue
) -> None:
    paper = drawn(made, number)
    printing.save(made.context(), paper, queue.folder / "x.pdf")
    with pytest.raises(VoucherGoneError):
        hand(made, paper)
    assert queue.came == []


def test_a_print_left_in_the_desk_is_not_given_once_its_number_is_void(
    made: TestDesk, number: ReceiptNo
) -> None:
    drawn(made, number)
    order = VoidOrder(receipt_no=number, reason="金额写错")
    receipts.void(
        made.context("出纳丁"), order, officer=made.officer("出纳丁"), second=made.officer("审批丙")
    )
    with pytest.raises(ReceiptStateError):
        drawn(made, number)
