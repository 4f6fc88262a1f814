"""Claims about 盘点, 日结, 交接 and 备用金: counted blind, closed by keys, two PINs in place."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reliefdesk.domain.counts import Denomination
from reliefdesk.domain.money import Money
from reliefdesk.services import cash, closings, counts
from tests.builders import PINS, TestDesk, a_pay_order, an_approved_case
from tests.services.drawer import FIRST, SECOND, pieces_of, two_cashiers
from tests.services.money import pay
from tests.ui.actions import Clerk
from tests.ui.real_page import Stage, on_stage
from tests.ui.walk import keyless, misnamed
from ui.cash.page import CashPage

BUDGET = 20
SECOND_PIN = "654716"


@pytest.fixture
def made(tmp_path: Path) -> TestDesk:
    """Give a desk with two cashiers, 10,000 in the first drawer and a payment of 2,000."""
    desk = two_cashiers(tmp_path)
    pay(desk, a_pay_order(desk, an_approved_case(desk)))
    return desk


@pytest.fixture
def stage(qtbot: QtBot, made: TestDesk) -> Iterator[Stage]:
    with on_stage(qtbot, made, name=FIRST) as opened:
        yield opened


@pytest.fixture
def page(stage: Stage) -> CashPage:
    shown = CashPage(stage.workplace)
    stage.show(shown)
    return shown


def count_by_keys(clerk: Clerk, yuan: str) -> None:
    """Count from the first denomination to the PIN; Enter leads from box to box."""
    clerk.press("F4")
    for each in pieces_of(Money.parse(yuan)):
        assert clerk.standing_at() == each.denomination.label
        if each.count:
            clerk.type(str(each.count))
        clerk.press("Enter")
    clerk.press("Enter")
    assert clerk.standing_at() == "出纳确认码"
    clerk.type(PINS[FIRST])
    clerk.press("F8")


def close_by_keys(clerk: Clerk, stage: Stage) -> None:
    """Close the day that was counted just now."""
    clerk.press("F6")
    clerk.type(PINS[FIRST])
    clerk.press("F8")
    stage.settle()


def words_on(page: CashPage) -> str:
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    rows = [
        page.tabs.counting.rows.index(row, column).data() for row in range(9) for column in range(6)
    ]
    return "".join([*shown, *(str(cell) for cell in rows if cell), page.messages.text()])


def paper_text(page: CashPage) -> str:
    assert page.printing.paper is not None
    pages = PdfReader(io.BytesIO(page.printing.paper.pdf)).pages
    return "".join("".join(each.extract_text().split()) for each in pages)


def test_the_expected_sum_is_nowhere_until_the_count_is_recorded(
    stage: Stage, page: CashPage
) -> None:
    clerk = Clerk(stage)
    clerk.press("F4")
    page.tabs.counting.pieces[Denomination.YUAN_100].setText("79")
    assert "8,000.00" not in words_on(page)
    assert page.tabs.counting.total.text() == "实盘合计　7,900.00元"
    page.tabs.counting.cashier.pin.setText(PINS[FIRST])
    clerk.press("F8")
    assert page.tabs.counting.result.text() == "实盘7,900.00元，账面8,000.00元，短款100.00元"


def test_a_day_close_with_its_count_takes_no_more_than_twenty_actions(
    stage: Stage, page: CashPage
) -> None:
    clerk = Clerk(stage)
    count_by_keys(clerk, "8000")
    close_by_keys(clerk, stage)
    clerk.press("Ctrl+P")
    assert clerk.count <= BUDGET, clerk.actions
    assert "现金日结单" in paper_text(page)
    (drawer, _) = stage.ask(closings.drawers)
    assert drawer.is_closed


def test_a_day_close_with_a_shortage_explained_stays_within_twenty_actions(
    stage: Stage, page: CashPage
) -> None:
    clerk = Clerk(stage)
    count_by_keys(clerk, "7980")
    assert clerk.standing_at() == "差额原因"
    clerk.type("找零差错，原因待查")
    clerk.press("Enter")
    page.tabs.counting.explaining.second.officer.choose(stage.made.by_name["记账戊"])
    clerk.press("Enter")
    clerk.type(PINS["记账戊"])
    clerk.press("F8")
    close_by_keys(clerk, stage)
    assert clerk.count <= BUDGET, clerk.actions
    text = paper_text(page)
    assert "短款￥20.00" in text
    assert "找零差错" in text


def test_a_difference_is_entered_only_by_an_approved_act_of_its_own(
    stage: Stage, page: CashPage
) -> None:
    clerk = Clerk(stage)
    count_by_keys(clerk, "8020")
    explaining, posting = page.tabs.counting.explaining, page.tabs.counting.posting
    explaining.reason.setText("多收找零")
    explaining.second.officer.choose(stage.made.by_name["记账戊"])
    explaining.second.pin.setText(PINS["记账戊"])
    clerk.press("F8")
    assert stage.ask(cash.balance).figures == "8,000.00"
    clerk.press("Ctrl+E")
    assert clerk.standing_at() == "批准文号"
    clerk.type("办批〔2021〕5号")
    posting.cashier.pin.setText(PINS[FIRST])
    posting.approver.pin.setText(PINS["审批丙"])
    clerk.press("F8")
    assert stage.ask(cash.balance).figures == "8,020.00"
    assert "已入账（办批〔2021〕5号）" in words_on(page)


def test_a_wrong_pin_keeps_the_pieces_and_counts_nothing(stage: Stage, page: CashPage) -> None:
    clerk = Clerk(stage)
    clerk.press("F4")
    page.tabs.counting.pieces[Denomination.YUAN_100].setText("80")
    page.tabs.counting.cashier.pin.setText("000000")
    clerk.press("F8")
    assert page.messages.text().startswith("×")
    assert page.tabs.counting.pieces[Denomination.YUAN_100].text() == "80"
    assert clerk.standing_at() == "出纳确认码"
    assert page.tabs.counting.cashier.pin.text() == ""
    assert stage.ask(lambda c: counts.latest(c, stage.made.by_name[FIRST])) is None


def test_a_difference_left_by_esc_is_found_again(stage: Stage, page: CashPage) -> None:
    clerk = Clerk(stage)
    count_by_keys(clerk, "7980")
    clerk.type("找零")
    clerk.press("Escape")
    assert clerk.standing_at() == "100元"
    assert "按 Ctrl+E 接着写" in page.tabs.counting.result.text()
    for key in ("Ctrl+E", "Escape", "F4"):
        clerk.press(key)
    assert clerk.standing_at() == "差额原因"
    assert page.tabs.counting.explaining.reason.text() == "找零"


def test_a_difference_that_was_counted_anew_waits_no_more(stage: Stage, page: CashPage) -> None:
    clerk = Clerk(stage)
    count_by_keys(clerk, "7980")
    clerk.press("Escape")
    clerk.type("80")
    page.tabs.counting.cashier.pin.setText(PINS[FIRST])
    clerk.press("F8")
    assert "待写明原因" not in words_on(page)
    assert "已重新盘点，不再处理" in words_on(page)
    page.tabs.counting.table.choose_row(1)
    clerk.press("Ctrl+E")
    assert "以最近一次为准" in page.tabs.counting.result.text()
    assert not page.tabs.counting.posting.is_open


def test_after_the_day_close_the_handover_says_so_before_any_pin(
    stage: Stage, page: CashPage
) -> None:
    clerk = Clerk(stage)
    count_by_keys(clerk, "8000")
    close_by_keys(clerk, stage)
    clerk.press("Escape")
    clerk.press("Ctrl+H")
    assert "今天已经日结" in page.tabs.handover.says.text()


def test_what_is_no_number_of_pieces_is_marked_at_its_box(stage: Stage, page: CashPage) -> None:
    clerk = Clerk(stage)
    clerk.press("F4")
    page.tabs.counting.pieces[Denomination.JIAO_5].setText("两")
    clerk.press("F8")
    assert "5角的张数不对：两" in page.tabs.counting.grid.problem_text("JIAO_5")
    assert clerk.standing_at() == "5角"


def test_without_a_count_the_day_is_not_closed_and_the_page_says_what_to_do(
    stage: Stage, page: CashPage
) -> None:
    clerk = Clerk(stage)
    clerk.press("F6")
    assert "请先按 F4 盘点" in page.tabs.closing.says.text()
    clerk.type(PINS[FIRST])
    clerk.press("F8")
    assert "还没有盘点" in page.messages.text()
    assert stage.ask(closings.drawers)[0].closed_on is None


def test_cash_goes_to_the_other_cashier_before_both_pins(stage: Stage, page: CashPage) -> None:
    clerk = Clerk(stage)
    count_by_keys(clerk, "8000")
    clerk.press("Ctrl+H")
    clerk.type(PINS[FIRST])
    clerk.press("Enter")
    clerk.press("Enter")
    clerk.type(SECOND_PIN)
    clerk.press("F8")
    stage.settle()
    assert clerk.count <= BUDGET, clerk.actions
    held = stage.ask(cash.holders)
    assert held[stage.made.by_name[SECOND]].figures == "8,000.00"
    assert f"接收人{SECOND}" in paper_text(page)


def test_the_float_tab_tells_each_balance_and_prints_the_slip(stage: Stage, page: CashPage) -> None:
    clerk = Clerk(stage)
    clerk.press("Ctrl+B")
    cells = [page.tabs.floats.drawers.index(row, 1).data() for row in range(2)]
    assert cells == ["8,000.00", "0.00"]
    clerk.press("Ctrl+P")
    stage.settle()
    assert "备用金领用（归还）单" in paper_text(page)


def test_a_float_movement_is_never_typed_beside_a_count(stage: Stage, page: CashPage) -> None:
    clerk = Clerk(stage)
    clerk.press("F4")
    assert not page.balance.isVisible()
    clerk.press("F5")
    assert page.form.is_open
    assert not page.tabs.is_blind


def test_the_journal_of_one_cashier_is_a_choice_away(stage: Stage, page: CashPage) -> None:
    page.journal.cashier.choose(stage.made.by_name[SECOND])
    stage.settle()
    assert [line.entry for line in page.journal.rows.rows()] == [None]
    page.journal.cashier.choose(None)
    stage.settle()
    assert len(page.journal.rows.rows()) > 2


def test_a_line_of_todays_list_opens_its_tab(page: CashPage) -> None:
    page.open_record("close")
    assert page.tabs.currentWidget() is page.tabs.closing
    page.open_record("count")
    assert page.tabs.currentWidget() is page.tabs.counting


def test_every_tab_is_named_and_keyed(page: CashPage) -> None:
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        assert misnamed(page) == []
    assert keyless(page) == []
