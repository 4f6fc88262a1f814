"""Claims about the page 现金: screen, service and paper agree; cash moves before a cashier only."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.cash import JournalLine, LineKind
from reliefdesk.domain.money import Money
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import cash
from tests.builders import (
    P02,
    PINS,
    TestDesk,
    a_desk,
    a_draft,
    a_pay_order,
    an_approved_case,
    an_empty_desk,
    enter,
)
from tests.services.money import pay, reverse, sign
from tests.ui.real_page import Stage, on_stage
from ui import theme
from ui.cash.page import CashPage
from ui.widgets.tables import RowTable

YEAR = (date(2021, 1, 1), date(2021, 12, 31))


@pytest.fixture
def made(tmp_path: Path) -> TestDesk:
    """Give a desk with payments in two months, one of them reversed."""
    desk = a_desk(tmp_path / "desk")
    paid = pay(desk, a_pay_order(desk, an_approved_case(desk)))
    sign(desk, paid.receipt_no)
    reverse(desk, paid.receipt_no)
    desk.clock.advance(timedelta(days=30))
    draft = replace(a_draft(P02, yuan="800.50", at=desk.clock.now()))
    pay(desk, a_pay_order(desk, an_approved_case(desk, draft)))
    return desk


@pytest.fixture
def stage(qtbot: QtBot, made: TestDesk) -> Iterator[Stage]:
    """Give the desk behind a worker, the cashier signed in."""
    with on_stage(qtbot, made, name="出纳丁") as opened:
        yield opened


@pytest.fixture
def page(stage: Stage) -> CashPage:
    """Give the page with its journal."""
    shown = CashPage(stage.workplace)
    stage.show(shown)
    return shown


def fill(page: CashPage, yuan: str, *, pin: str = PINS["出纳丁"]) -> None:
    page.form.amount.setText(yuan)
    page.form.approval.setText("备用金批〔2021〕2号")
    page.form.source.setText("街道财务室")
    page.form.panel.pin.setText(pin)


def cell(rows: RowTable[JournalLine], row: int, title: str) -> str:
    column = [each.title for each in rows.columns].index(title)
    return str(rows.index(row, column).data())


def test_the_balance_is_what_the_drawer_must_hold(page: CashPage) -> None:
    assert page.balance.text() == "备用金余额　9,199.50元"


def test_the_journal_of_the_month_is_that_of_the_service(stage: Stage, page: CashPage) -> None:
    april = (date(2021, 4, 1), date(2021, 4, 30))
    found = stage.ask(lambda context: cash.journal(context, *april))
    assert page.journal.rows.rows() == found.lines
    assert page.journal.sums.text() == "期初10,000.00元　收入0.00元　支出800.50元　期末9,199.50元"


def test_the_earlier_month_is_one_key_away(stage: Stage, page: CashPage) -> None:
    QTest.keyClick(page.journal.table, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert page.journal.wanted() == (date(2021, 3, 1), date(2021, 3, 31))
    assert page.journal.rows.rows()[0].kind is LineKind.OPENING


def test_a_month_without_records_is_not_reached(stage: Stage, page: CashPage) -> None:
    page.later_action.trigger()
    stage.settle()
    assert page.journal.wanted() == (date(2021, 4, 1), date(2021, 4, 30))


def test_a_red_entry_is_red_and_says_so(stage: Stage, page: CashPage) -> None:
    page.journal.span.choose(YEAR)
    stage.settle()
    rows = page.journal.rows
    place = next(row for row in range(rows.rowCount()) if "红字" in cell(rows, row, "摘要"))
    assert cell(rows, place, "支出") == "-2,000.00"
    ink = rows.index(place, 0).data(Qt.ItemDataRole.ForegroundRole)
    assert ink == theme.ERROR


def test_the_paper_has_the_sums_of_the_screen(stage: Stage, page: CashPage) -> None:
    page.journal.span.choose(YEAR)
    stage.settle()
    page.print_action.trigger()
    stage.settle()
    stage.settle()
    assert page.printing.paper is not None
    pages = PdfReader(io.BytesIO(page.printing.paper.pdf)).pages
    text = "".join("".join(each.extract_text().split()) for each in pages)
    assert "本期收入￥10,000.00本期支出￥800.50期末余额￥9,199.50" in text
    assert page.journal.sums.text() == "期初0.00元　收入10,000.00元　支出800.50元　期末9,199.50元"
    page.printing.close_level()
    assert page.journal.isVisible()


def test_a_float_is_received_before_the_cashier_by_keys(stage: Stage, page: CashPage) -> None:
    QTest.keyClick(page.journal.table, Qt.Key.Key_F5)
    fill(page, "5000")
    QTest.keyClick(page.form.panel.pin, Qt.Key.Key_F8)
    stage.settle()
    assert page.balance.text() == "备用金余额　14,199.50元"
    assert page.messages.text() == "✓ 已领回5,000.00元，备用金余额14,199.50元"
    assert not page.form.is_open
    assert page.form.amount.text() == ""


def test_more_than_the_drawer_holds_is_not_returned_and_stays_typed(
    stage: Stage, page: CashPage
) -> None:
    page.return_action.trigger()
    fill(page, "10000")
    page.confirm_action.trigger()
    stage.settle()
    assert page.messages.text().startswith("× 备用金不够")
    assert page.form.amount.text() == "10000"
    assert stage.ask(cash.balance) == Money.parse("9199.50")


def test_a_wrong_pin_moves_nothing_and_keeps_what_was_typed(stage: Stage, page: CashPage) -> None:
    page.receive_action.trigger()
    fill(page, "5000", pin="000000")
    page.confirm_action.trigger()
    stage.settle()
    assert page.messages.text().startswith("×")
    assert page.form.approval.text() == "备用金批〔2021〕2号"
    assert page.form.panel.pin.hasFocus()
    assert stage.ask(cash.balance) == Money.parse("9199.50")


def test_what_lacks_is_marked_at_its_box(page: CashPage) -> None:
    page.receive_action.trigger()
    page.form.amount.setText("12.345")
    page.confirm_action.trigger()
    assert "小数多于两位" in page.form.grid.problem_text("amount")
    assert page.form.grid.problem_text("approval").startswith("× 这一栏还没有填写")
    assert page.form.amount.text() == "12.345"


def test_the_same_confirmation_twice_moves_once(stage: Stage, page: CashPage) -> None:
    page.receive_action.trigger()
    fill(page, "5000")
    page.confirm_action.trigger()
    page.form.panel.pin.setText(PINS["出纳丁"])
    page.form.confirm()
    stage.settle()
    assert stage.ask(cash.balance) == Money.parse("14199.50")


def test_esc_leaves_the_form_and_forgets_nothing(page: CashPage) -> None:
    page.receive_action.trigger()
    fill(page, "5000")
    QTest.keyClick(page.form.amount, Qt.Key.Key_Escape)
    assert not page.form.is_open
    assert not page.confirm_action.isEnabled()
    page.receive_action.trigger()
    assert page.form.amount.text() == "5000"
    assert page.form.panel.pin.text() == ""


def test_an_empty_drawer_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    with on_stage(qtbot, an_empty_desk(tmp_path / "new"), name="系统己") as stage:
        page = CashPage(stage.workplace)
        stage.show(page)
        assert "领回第一笔备用金" in page.journal.empty.text()
        page.receive_action.trigger()
        assert "没有出纳岗位" in page.messages.text()


def test_a_top_up_beyond_the_limit_is_told_where_the_desk_only_warns(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = a_desk(tmp_path / "limited")
    for key, value in (
        (PolicyKey.CASH_TOTAL_LIMIT, "12000.00"),
        (PolicyKey.CASH_LIMIT_RULE, "warn"),
    ):
        row = PolicyRowDraft(
            key=key, value=value, valid_from=date(2021, 1, 1), document="虚构〔2021〕6号"
        )
        enter(desk, row)
    with on_stage(qtbot, desk, name="出纳丁") as stage:
        page = CashPage(stage.workplace)
        stage.show(page)
        page.receive_action.trigger()
        fill(page, "5000")
        page.confirm_action.trigger()
        stage.settle()
        assert page.messages.text().endswith("超库存限额3,000.00元，请当日送存")
        assert page.messages.text().startswith("▲")
