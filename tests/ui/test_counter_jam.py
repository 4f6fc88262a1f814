"""Claims about a jammed printer: what came out decides what follows, on both kinds of stock."""

from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.services import receipts
from reliefdesk.services.receipts import ReceiptForm
from tests.builders import TestDesk, a_pay_order, an_approved_case
from tests.services.money import pay
from tests.ui.case_window import Opener, standing, state_of
from ui.counter.jam_panel import Came, Stock


def jammed(made: TestDesk):  # type: ignore[no-untyped-def]  # noqa: ANN201 - a case
    found = an_approved_case(made)
    number = pay(made, a_pay_order(made, found)).receipt_no
    receipts.print_receipt(made.context("出纳丁"), number, ReceiptForm.A5)
    return found


def test_an_unanswered_question_is_marked(theatre: Opener, made: TestDesk) -> None:
    page, _ = theatre.open(made, jammed(made))
    jam = page.case.receipt.jam
    page.case.receipt.jam_button.click()
    jam.settle()
    assert "还没有回答" in jam.grid.problem_text("came")


def test_a_usable_original_needs_nothing(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, jammed(made))
    page.case.receipt.jam_button.click()
    page.case.receipt.jam.came.choose(Came.USABLE)
    page.case.receipt.jam.settle()
    assert "不用重打" in page.messages.text()
    assert state_of(stage, standing(page)) == [ReceiptState.PRINTED]


def test_on_plain_paper_the_same_number_is_printed_again_with_its_reason(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = theatre.open(made, jammed(made))
    receipt = page.case.receipt
    number = receipt.receipt.receipt_no if receipt.receipt else ""
    receipt.jam_button.click()
    receipt.jam.came.choose(Came.DAMAGED)
    receipt.jam.stock.choose(Stock.PLAIN)
    receipt.jam.settle()
    stage.settle()
    stage.settle()
    prints = stage.ask(lambda context: receipts.prints(context, number))  # type: ignore[arg-type]
    assert [(each.nth, "卡纸" in each.reason) for each in prints] == [(0, False), (1, True)]


def test_where_nothing_came_out_the_reason_says_so_and_no_sheet_is_claimed_spoilt(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = theatre.open(made, jammed(made))
    receipt = page.case.receipt
    number = receipt.receipt.receipt_no if receipt.receipt else ""
    receipt.jam_button.click()
    receipt.jam.came.choose(Came.NOTHING)
    assert not receipt.jam.stock.isVisible()
    receipt.jam.settle()
    stage.settle()
    stage.settle()
    prints = stage.ask(lambda context: receipts.prints(context, number))  # type: ignore[arg-type]
    assert [each.reason for each in prints] == ["", "打印中断，没有出纸"]


def test_on_numbered_stock_the_sheet_is_voided_for_the_next_number(
    theatre: Opener, made: TestDesk
) -> None:
    page, _ = theatre.open(made, jammed(made))
    page.case.receipt.jam_button.click()
    page.case.receipt.jam.came.choose(Came.DAMAGED)
    page.case.receipt.jam.stock.choose(Stock.NUMBERED)
    page.case.receipt.jam.settle()
    assert page.case.correction.isVisible()
    assert "预印号码" in page.case.correction.reason.text()
    assert page.case.correction.heading.text().startswith("作废")
