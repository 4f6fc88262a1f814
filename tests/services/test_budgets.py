"""A fund source has its lines and a remainder; exceeding it warns and never stops a payment."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk.domain.budgets import (
    BudgetBelowError,
    BudgetDocumentError,
    BudgetDraft,
    BudgetNothingError,
    FundSource,
)
from reliefdesk.domain.ids import BudgetLineId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.services import budgets, cash
from reliefdesk.storage import verification
from tests.builders import P02, TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.money import opened, pay, void
from tests.services.test_transfers import an_order, back, give


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def a_line(made: TestDesk, yuan: str, source: FundSource = FundSource.REGION) -> BudgetDraft:
    return BudgetDraft(
        line_id=BudgetLineId(made.ids.new()),
        year=2021,
        source=source,
        document="内财社〔2021〕12号",
        amount=Money.parse(yuan),
    )


def enter(made: TestDesk, draft: BudgetDraft) -> None:
    budgets.enter(made.context("记账戊"), draft, officer=made.officer("记账戊"))


def rest(made: TestDesk, source: FundSource = FundSource.REGION) -> str:
    return budgets.state(made.context(), source).rest.figures


def test_the_remainder_is_granted_less_paid_red_entries_deducted(made: TestDesk) -> None:
    enter(made, a_line(made, "5000"))
    order = replace(a_pay_order(made, an_approved_case(made)), fund_source=FundSource.REGION)
    number = pay(made, order).receipt_no
    assert rest(made) == "3,000.00"
    void(made, number)
    assert rest(made) == "5,000.00"
    assert verification.verify(made.context().file).good


def test_transfers_come_out_of_their_source_until_they_come_back(made: TestDesk) -> None:
    enter(made, a_line(made, "5000"))
    given = give(made, an_order(made, an_approved_case(made), "1000"))
    assert rest(made) == "4,000.00"
    back(made, given)
    assert rest(made) == "5,000.00"


def test_sources_are_kept_apart_and_named_in_the_journal(made: TestDesk) -> None:
    enter(made, a_line(made, "5000"))
    enter(made, a_line(made, "700", FundSource.CITY))
    draft = a_draft(P02, yuan="600")
    order = replace(a_pay_order(made, an_approved_case(made, draft)), fund_source=FundSource.CITY)
    pay(made, order)
    assert (rest(made), rest(made, FundSource.CITY)) == ("5,000.00", "100.00")
    today = made.context().today
    accounts = [
        line.entry.account
        for line in cash.journal(made.context(), today, today).lines
        if line.entry
    ]
    assert accounts[-1] == "市级资金"
    sources = [each.source for each in budgets.states(made.context(), 2021)]
    assert sources == [FundSource.REGION, FundSource.CITY]


def test_exceeding_a_budget_warns_and_pays(made: TestDesk) -> None:
    enter(made, a_line(made, "1500"))
    before = budgets.state(made.context(), FundSource.REGION)
    assert before.falls_short(Money.parse("2000"))
    assert not before.falls_short(Money.parse("1500"))
    order = replace(a_pay_order(made, an_approved_case(made)), fund_source=FundSource.REGION)
    pay(made, order)
    assert rest(made) == "-500.00"


def test_without_a_line_nothing_is_judged(made: TestDesk) -> None:
    found = budgets.state(made.context(), FundSource.CENTRAL)
    assert not found.is_kept
    assert not found.falls_short(Money.parse("1"))


def test_a_line_may_take_back_but_not_below_nothing(made: TestDesk) -> None:
    enter(made, a_line(made, "5000"))
    enter(made, a_line(made, "-1000"))
    assert rest(made) == "4,000.00"
    with pytest.raises(BudgetBelowError):
        enter(made, a_line(made, "-4000.01"))
    assert len(budgets.lines(made.context(), 2021)) == 2


def test_a_line_needs_document_amount_and_the_bookkeeper(made: TestDesk) -> None:
    draft = a_line(made, "5000")
    with pytest.raises(BudgetDocumentError):
        enter(made, replace(draft, document=" "))
    with pytest.raises(BudgetNothingError):
        enter(made, replace(draft, amount=Money(0)))
    with pytest.raises(SeatMissingError):
        budgets.enter(made.context(), draft, officer=made.officer("出纳丁"))
    enter(made, draft)
    enter(made, draft)
    assert rest(made) == "5,000.00"
