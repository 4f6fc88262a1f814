"""Claims about the case panel: cash in three hands, numbers, corrections, paper."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollBar

from reliefdesk.domain.money import Money
from reliefdesk.domain.payments import CannotSign
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.services import payments, receipts
from reliefdesk.services.receipts import ReceiptForm
from tests.builders import (
    PINS,
    TestDesk,
    a_desk,
    an_approved_case,
)
from tests.documents.papers import page_texts
from tests.ui.case_window import Opener, drawer, pay, standing, state_of
from tests.ui.real_page import Stage as Theatre
from ui.counter.collector_fields import Collects
from ui.counter.correction_panel import Follow
from ui.counter.fields import put_text, text_of
from ui.counter.page import CounterPage


def test_words_that_no_receipt_could_carry_are_refused_before_cash_moves(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    put_text(page.case.pay.grid.field("cash_reason"), "急需食宿🦀")
    pay(page, stage)
    assert "🦀" in page.messages.text()
    assert state_of(stage, standing(page)) == []
    assert drawer(stage) == Money.parse("10000")


@pytest.mark.parametrize("text", ["'; DROP TABLE cases; --", "\u202e倒写\u202c", "ＡＢＣ１２３"])
def test_strange_words_are_told_or_printed_and_never_lose_cash(
    theatre: Opener, made: TestDesk, text: str
) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    put_text(page.case.pay.grid.field("cash_reason"), text)
    pay(page, stage)
    states = state_of(stage, standing(page))
    left = drawer(stage)
    assert (states, left) in (
        ([], Money.parse("10000")),
        ([ReceiptState.ISSUED], Money.parse("8000")),
    )
    if not states:
        assert page.messages.text()
        assert page.case.pay.reason.text() == text


def test_a_large_cash_payment_asks_for_its_approval_at_the_box(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    page.case.pay.confirm.pin.setText(PINS["出纳丁"])
    page.case.step()
    stage.settle()
    assert page.case.pay.approval.grid.problem_text("cash_approver")
    assert state_of(stage, standing(page)) == []
    assert drawer(stage) == Money.parse("10000")


def test_the_pay_key_says_what_lacks_where_the_cursor_stands(
    theatre: Opener, made: TestDesk
) -> None:
    page, _ = theatre.open(made, an_approved_case(made))
    panel = page.case.pay
    page.case.step()
    page.case.step()
    assert panel.approval.grid.problem_text("cash_approver")
    put_text(panel.approval.approver, "街道主任")
    page.case.step()
    assert not panel.confirm.grid.problem_text("pin")
    page.case.step()
    assert panel.confirm.grid.problem_text("pin")


def test_a_short_drawer_pays_nothing_and_takes_no_number(tmp_path: Path, theatre: Opener) -> None:
    made = a_desk(tmp_path / "desk", float_yuan="1200")
    page, stage = theatre.open(made, an_approved_case(made))
    assert "还差 800.00" in page.case.pay.drawer.text()
    pay(page, stage)
    assert state_of(stage, standing(page)) == []
    assert drawer(stage) == Money.parse("1200")
    assert page.messages.text()


def test_a_proxy_is_recorded_and_staff_may_not_be_one(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    fields = page.case.pay.collector
    fields.collects.choose(Collects.PROXY)
    for name, text in (
        ("proxy_name", "经办甲"),
        ("proxy_number", "411525199203049967"),
        ("proxy_relation", "女儿"),
        ("proxy_authorisation", "委托书1号"),
    ):
        put_text(fields.grid.field(name), text)
    pay(page, stage)
    assert fields.grid.problem_text("proxy_name")
    put_text(fields.grid.field("proxy_name"), "测试乙")
    pay(page, stage)
    (paid,) = stage.ask(lambda c: payments.of_case(c, standing(page).case_id))
    assert paid.details.proxy is not None
    assert paid.details.proxy.name == "测试乙"


def test_a_fingerprint_needs_its_reason_and_a_witness(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    fields = page.case.pay.collector
    fields.collects.choose(Collects.FINGERPRINT)
    pay(page, stage)
    assert fields.grid.problem_text("cannot_sign")
    fields.cannot.choose(CannotSign.INJURED)
    pay(page, stage)
    assert fields.grid.problem_text("witness")
    put_text(fields.grid.field("witness"), "网格员赵六")
    pay(page, stage)
    (paid,) = stage.ask(lambda c: payments.of_case(c, standing(page).case_id))
    assert paid.details.fingerprint is not None


def test_two_quick_key_strokes_pay_once(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    put_text(page.case.pay.approval.approver, "街道主任")
    page.case.pay.confirm.pin.setText(PINS["出纳丁"])
    page.case.step()
    page.case.step()
    stage.settle()
    assert state_of(stage, standing(page)) == [ReceiptState.ISSUED]
    assert drawer(stage) == Money.parse("8000")


def paid_and_printed(theatre: Opener, made: TestDesk) -> tuple[CounterPage, Theatre]:
    page, stage = theatre.open(made, an_approved_case(made))
    pay(page, stage)
    page.case.print_receipt()
    stage.settle()
    return page, stage


def test_without_a_printer_the_print_lies_in_a_file_and_the_picture_on_screen(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = paid_and_printed(theatre, made)
    assert page.case.receipt.picture.pixmap().width() > 300
    (file,) = (made.desk.folder / "打印输出").glob("*.pdf")
    assert file.name.startswith("XJ-150302003-2021-000001")
    assert file.read_bytes().startswith(b"%PDF")
    assert "PDF" in page.messages.text()
    assert state_of(stage, standing(page)) == [ReceiptState.PRINTED]


def test_a_second_print_needs_a_reason_at_its_box(theatre: Opener, made: TestDesk) -> None:
    page, stage = paid_and_printed(theatre, made)
    page.case.print_receipt()
    stage.settle()
    assert page.case.receipt.grid.problem_text("reprint_reason")
    page.case.receipt.reason.setText("卡纸")
    page.case.print_receipt()
    stage.settle()
    assert len(list((made.desk.folder / "打印输出").glob("*.pdf"))) == 2


def correct(
    page: CounterPage, stage: Theatre, amount: str, *, follow: Follow = Follow.AGAIN
) -> None:
    receipt = page.case.receipt
    (receipt.void_button if receipt.void_button.isVisible() else receipt.reverse_button).click()
    correction = page.case.correction
    correction.reason.setText("金额写错")
    correction.follow.choose(follow)
    correction.amount.setText(amount)
    put_text(correction.grid.field("difference_reason"), "先发部分")
    correction.officer.choose(stage.made.by_name["出纳丁"])
    correction.pin.setText(PINS["出纳丁"])
    correction.second.choose(stage.made.by_name["记账戊"])
    correction.second_pin.setText(PINS["记账戊"])
    page.case.step()
    stage.settle()


def test_an_unsigned_receipt_is_voided_and_a_new_number_follows(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = paid_and_printed(theatre, made)
    assert page.case.receipt.void_button.isVisible()
    assert not page.case.receipt.reverse_button.isVisible()
    correct(page, stage, "1500")
    case = standing(page)
    assert state_of(stage, case) == [ReceiptState.VOID, ReceiptState.ISSUED], page.messages.text()
    assert drawer(stage) == Money.parse("8500")
    assert case.paid == Money.parse("1500")


def test_a_signed_receipt_is_reversed_by_a_red_entry(theatre: Opener, made: TestDesk) -> None:
    page, stage = paid_and_printed(theatre, made)
    page.case.receipt.sign_button.click()
    stage.settle()
    assert page.case.receipt.reverse_button.isVisible()
    assert not page.case.receipt.void_button.isVisible()
    correct(page, stage, "2000")
    case = standing(page)
    states = state_of(stage, case)
    assert states == [ReceiptState.REVERSED, ReceiptState.ISSUED], page.messages.text()
    assert drawer(stage) == Money.parse("8000")


def test_after_cash_came_back_the_same_window_pays_again_under_its_own_approval(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = paid_and_printed(theatre, made)
    page.case.receipt.sign_button.click()
    stage.settle()
    correct(page, stage, "2000", follow=Follow.ONLY)
    assert drawer(stage) == Money.parse("10000"), page.messages.text()
    assert text_of(page.case.pay.approval.approver) == ""
    pay(page, stage)
    states = state_of(stage, standing(page))
    assert states == [ReceiptState.REVERSED, ReceiptState.ISSUED], page.messages.text()
    assert drawer(stage) == Money.parse("8000")


def test_after_signing_the_cursor_is_not_on_the_button_that_takes_money_back(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = paid_and_printed(theatre, made)
    receipt = page.case.receipt
    bars = [bar for bar in page.findChildren(QScrollBar) if bar.maximum() > 0]
    assert bars  # the picture of the receipt is longer than the page
    receipt.sign_button.setFocus()
    receipt.sign_button.click()
    stage.settle()
    assert page.window().focusWidget() is receipt.place
    receipt.place.setText("3 号盒")
    receipt.file_button.click()
    stage.settle()
    assert page.window().focusWidget() is receipt.print_button
    assert [bar.value() for bar in bars] == [0] * len(bars)


def test_an_original_is_archived_with_its_place(theatre: Opener, made: TestDesk) -> None:
    page, stage = paid_and_printed(theatre, made)
    page.case.receipt.sign_button.click()
    stage.settle()
    page.case.receipt.file_button.click()
    stage.settle()
    assert page.case.receipt.grid.problem_text("file_place")
    page.case.receipt.place.setText("2021-01 柜 3 号盒")
    page.case.receipt.file_button.click()
    stage.settle()
    assert state_of(stage, standing(page)) == [ReceiptState.FILED]


def test_an_overlay_offers_its_stock_which_is_no_receipt(theatre: Opener, made: TestDesk) -> None:
    page, stage = paid_and_printed(theatre, made)
    receipt = page.case.receipt
    assert not receipt.stock_button.isVisible()
    receipt.form.choose(ReceiptForm.A5_OVERLAY)
    receipt.form.edited.emit()
    stage.settle()
    assert receipt.stock_button.isVisible()
    receipt.stock_button.click()
    stage.settle()
    (file,) = (made.desk.folder / "打印输出").glob("套打底单*.pdf")
    pages = page_texts(file.read_bytes())
    assert len(pages) == 3
    assert all("领款人姓名" in text and "XJ-" not in text for text in pages)
    (row,) = stage.ask(lambda context: receipts.numbers(context, 2021))
    assert row.receipt.prints == 1
