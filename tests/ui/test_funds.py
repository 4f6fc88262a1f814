"""Claims about 转账与实物 and 经费: no cash moves, the ledger counts, a source has a rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.budgets import FundSource
from reliefdesk.domain.ledger import year_filter
from reliefdesk.domain.transfers import TransferMethod
from reliefdesk.services import cash, ledger
from tests.builders import PINS, TestDesk, a_desk, an_approved_case
from tests.ui.actions import Clerk
from tests.ui.real_page import Stage, on_stage
from tests.ui.walk import misnamed
from ui.cash.page import CashPage


@pytest.fixture
def made(tmp_path: Path) -> TestDesk:
    """Give a desk with one case of 2,000 to be paid."""
    desk = a_desk(tmp_path / "desk")
    an_approved_case(desk)
    return desk


@pytest.fixture
def stage(qtbot: QtBot, made: TestDesk) -> Iterator[Stage]:
    with on_stage(qtbot, made, name="出纳丁") as opened:
        yield opened


@pytest.fixture
def page(stage: Stage) -> CashPage:
    shown = CashPage(stage.workplace)
    stage.show(shown)
    return shown


def transfer(stage: Stage, page: CashPage, clerk: Clerk) -> None:
    clerk.press("Ctrl+T")
    tab = page.tabs.transfers
    tab.case.setCurrentIndex(1)
    tab.account.setText("6222000011112222")
    tab.voucher.setText("HD20210310-1")
    tab.cashier.pin.setText(PINS["出纳丁"])
    clerk.press("F8")
    stage.settle()


def paid(stage: Stage) -> str:
    return stage.ask(lambda context: ledger.ledger(context, year_filter(2021))).totals.paid.figures


def test_a_transfer_is_recorded_for_what_is_left_and_moves_no_cash(
    stage: Stage, page: CashPage
) -> None:
    transfer(stage, page, Clerk(stage))
    assert page.messages.text() == "✓ 已登记银行转账2,000.00元，已计入台账"
    assert paid(stage) == "2,000.00"
    assert stage.ask(cash.balance).figures == "10,000.00"
    rows = page.tabs.transfers.rows
    assert rows.index(0, 4).data() == "************2222"
    assert page.tabs.transfers.account.text() == ""


def test_what_came_back_is_recorded_before_a_second_person(stage: Stage, page: CashPage) -> None:
    clerk = Clerk(stage)
    transfer(stage, page, clerk)
    clerk.press("Ctrl+D")
    assert clerk.standing_at() == "退回原因"
    back = page.tabs.transfers.back
    back.reason.setText("户名不符")
    back.officer.pin.setText(PINS["出纳丁"])
    back.second.officer.choose(stage.made.by_name["记账戊"])
    back.second.pin.setText(PINS["记账戊"])
    clerk.press("F8")
    stage.settle()
    assert paid(stage) == "0.00"
    assert not back.is_open


def test_goods_ask_for_what_they_are_and_no_account(stage: Stage, page: CashPage) -> None:
    clerk = Clerk(stage)
    clerk.press("Ctrl+T")
    tab = page.tabs.transfers
    tab.method.choose(TransferMethod.GOODS)
    assert tab.goods.isVisible()
    assert not tab.account.isVisible()
    tab.case.setCurrentIndex(1)
    tab.cashier.pin.setText(PINS["出纳丁"])
    tab.voucher.setText("SW-1")
    clerk.press("F8")
    assert "还没有写明发放了什么实物" in page.messages.text()
    assert tab.voucher.text() == "SW-1"


def test_what_lacks_in_a_transfer_is_marked(stage: Stage, page: CashPage) -> None:
    Clerk(stage).press("Ctrl+T")
    page.confirm()
    assert page.tabs.transfers.grid.problem_text("case").startswith("× 这一栏还没有填写")


def test_a_budget_line_gives_its_source_a_remainder(stage: Stage, page: CashPage) -> None:
    clerk = Clerk(stage)
    clerk.press("Ctrl+G")
    tab = page.tabs.budgets
    tab.source.choose(FundSource.REGION)
    tab.document.setText("内财社〔2021〕12号")
    tab.amount.setText("50000")
    tab.keeper.pin.setText(PINS["记账戊"])
    clerk.press("F8")
    stage.settle()
    assert [tab.states.index(0, column).data() for column in (0, 2, 4)] == [
        "自治区补助资金",
        "50,000.00",
        "50,000.00",
    ]
    assert tab.rows.index(0, 4).data() == "内财社〔2021〕12号"


def test_a_line_without_document_source_or_amount_is_marked(stage: Stage, page: CashPage) -> None:
    Clerk(stage).press("Ctrl+G")
    page.confirm()
    grid = page.tabs.budgets.grid
    assert all(grid.problem_text(name) for name in ("source", "document", "amount", "keeper_pin"))


def test_both_tabs_are_named(page: CashPage) -> None:
    for tab in (page.tabs.transfers, page.tabs.budgets):
        page.tabs.setCurrentWidget(tab)
        assert misnamed(page) == []
