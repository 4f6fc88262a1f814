"""Claims about the money behind a payment: whose drawer pays, what its source has left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.budgets import BudgetDraft, FundSource
from reliefdesk.domain.ids import BudgetLineId
from reliefdesk.domain.money import Money
from reliefdesk.services import budgets, cash
from tests.builders import TestDesk, an_approved_case
from tests.services.drawer import FIRST, SECOND, receive, two_cashiers
from tests.ui.case_window import Opener, pay
from ui.counter.page import CounterPage


@pytest.fixture
def opener(qtbot: QtBot) -> Iterator[Opener]:
    made = Opener(qtbot)
    yield made
    made.close()


def a_budget(made: TestDesk, yuan: str) -> None:
    draft = BudgetDraft(
        line_id=BudgetLineId(made.ids.new()),
        year=2021,
        source=FundSource.CITY,
        document="乌财社〔2021〕3号",
        amount=Money.parse(yuan),
    )
    budgets.enter(made.context("记账戊"), draft, officer=made.officer("记账戊"))


def budget_words(page: CounterPage) -> str:
    page.case.pay.fund.choose(FundSource.CITY)
    return page.case.pay.budget.text()


def test_the_pay_panel_tells_the_drawer_of_the_cashier_who_pays(
    opener: Opener, tmp_path: Path
) -> None:
    made = two_cashiers(tmp_path)
    receive(made, "300", name=SECOND)
    page, stage = opener.open(made, an_approved_case(made))
    page.case.pay.confirm.officer.choose(stage.made.by_name[FIRST])
    assert "10,000.00" in page.case.pay.drawer.text()
    page.case.pay.confirm.officer.choose(stage.made.by_name[SECOND])
    assert "1,700.00" in page.case.pay.drawer.text()


def test_the_rest_of_a_source_stands_at_the_payment_and_shrinks_by_it(
    opener: Opener, tmp_path: Path
) -> None:
    made = two_cashiers(tmp_path)
    a_budget(made, "5000")
    page, stage = opener.open(made, an_approved_case(made))
    assert budget_words(page) == "市级资金2021年指标余额5,000.00元"
    page.case.pay.confirm.officer.choose(stage.made.by_name[FIRST])
    pay(page, stage)
    state = stage.ask(lambda context: budgets.state(context, FundSource.CITY))
    assert state.rest.figures == "3,000.00"


def test_exceeding_a_source_is_warned_of_and_pays(opener: Opener, tmp_path: Path) -> None:
    made = two_cashiers(tmp_path)
    a_budget(made, "1500")
    page, stage = opener.open(made, an_approved_case(made))
    assert "付款后超支500.00元" in budget_words(page)
    page.case.pay.confirm.officer.choose(stage.made.by_name[FIRST])
    pay(page, stage)
    assert stage.ask(cash.balance).figures == "8,000.00"


def test_a_source_without_a_budget_says_nothing(opener: Opener, tmp_path: Path) -> None:
    made = two_cashiers(tmp_path)
    page, _ = opener.open(made, an_approved_case(made))
    budget_words(page)
    assert not page.case.pay.budget.isVisible()
