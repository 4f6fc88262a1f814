"""The drawer: float in and out under an approval, and a journal whose totals add up."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from reliefdesk.domain.cash import (
    CashSums,
    FloatApprovalError,
    FloatDraft,
    FloatPurpose,
    FloatShortError,
    LineKind,
)
from reliefdesk.domain.ids import EntryId
from reliefdesk.domain.money import AmountZeroError, Money
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.services import cash
from tests.builders import P02, TestDesk, a_desk, a_draft, a_pay_order, an_approved_case
from tests.services.money import opened, pay, void

TODAY = date(2021, 3, 10)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def a_float(made: TestDesk, yuan: str, *, approval: str = "备〔2021〕2号") -> FloatDraft:
    return FloatDraft(
        entry_id=EntryId(made.ids.new()),
        amount=Money.parse(yuan),
        approval=approval,
        source="街道财务室",
    )


def give_back(made: TestDesk, draft: FloatDraft) -> None:
    cash.return_float(made.context("出纳丁"), draft, officer=made.officer("出纳丁"))


def receive(made: TestDesk, draft: FloatDraft) -> None:
    cash.receive_float(made.context("出纳丁"), draft, officer=made.officer("出纳丁"))


def kinds(made: TestDesk, since: date, until: date) -> list[LineKind]:
    return [line.kind for line in cash.journal(made.context(), since, until).lines]


def test_the_first_float_opens_the_journal_and_later_ones_top_up(made: TestDesk) -> None:
    receive(made, a_float(made, "500"))
    entries = [line.entry for line in cash.journal(made.context(), TODAY, TODAY).lines]
    summaries = [entry.summary for entry in entries if entry is not None]
    assert summaries == [FloatPurpose.OPENING.label, FloatPurpose.TOP_UP.label]
    assert cash.balance(made.context()) == Money.parse("10500")


def test_a_repeated_float_movement_counts_once(made: TestDesk) -> None:
    draft = a_float(made, "500")
    receive(made, draft)
    receive(made, draft)
    assert cash.balance(made.context()) == Money.parse("10500")


def test_float_goes_back_up_to_what_the_drawer_holds(made: TestDesk) -> None:
    with pytest.raises(FloatShortError):
        give_back(made, a_float(made, "10000.01"))
    give_back(made, a_float(made, "10000"))
    assert cash.balance(made.context()) == Money(0)


@pytest.mark.parametrize(("yuan", "approval"), [("0", "备〔2021〕2号"), ("5", " ")])
def test_float_moves_only_with_amount_and_approval(
    made: TestDesk, yuan: str, approval: str
) -> None:
    with pytest.raises((FloatApprovalError, AmountZeroError)):
        receive(made, a_float(made, yuan, approval=approval))
    assert cash.balance(made.context()) == Money.parse("10000")


def test_only_a_cashier_moves_the_float(made: TestDesk) -> None:
    with pytest.raises(SeatMissingError):
        cash.receive_float(made.context(), a_float(made, "5"), officer=made.officer("经办甲"))


def test_an_empty_drawer_has_no_days_and_no_money(tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk", float_yuan="0")
    assert cash.days(made.context()) is None
    assert cash.balance(made.context()) == Money(0)
    journal = cash.journal(made.context(), TODAY, TODAY)
    assert [line.kind for line in journal.lines] == [LineKind.OPENING]
    made.desk.close()


def test_a_void_stands_in_the_journal_as_a_red_line(made: TestDesk) -> None:
    number = pay(made, a_pay_order(made, an_approved_case(made))).receipt_no
    void(made, number)
    journal = cash.journal(made.context(), TODAY, TODAY)
    line = journal.lines[3]
    assert line.entry is not None
    assert line.entry.summary == "作废3月10日第000001号"
    assert line.sums.outgo == -Money.parse("2000")
    assert journal.sums == CashSums(income=Money.parse("10000"), outgo=Money(0))


def test_each_day_month_and_year_is_closed_by_its_total(made: TestDesk) -> None:
    pay(made, a_pay_order(made, an_approved_case(made)))
    made.clock.advance(timedelta(days=1))
    pay(made, a_pay_order(made, an_approved_case(made, a_draft(P02, yuan="500"))))
    made.clock.advance(timedelta(days=30))
    give_back(made, a_float(made, "1000"))
    until = made.context().today
    journal = cash.journal(made.context(), TODAY, until)
    assert kinds(made, TODAY, until) == [
        LineKind.OPENING,
        LineKind.ENTRY,
        LineKind.ENTRY,
        LineKind.DAY,
        LineKind.ENTRY,
        LineKind.DAY,
        LineKind.MONTH,
        LineKind.YEAR,
        LineKind.ENTRY,
        LineKind.DAY,
        LineKind.MONTH,
        LineKind.YEAR,
    ]
    month, year = journal.lines[6].sums, journal.lines[-1].sums
    assert month.outgo == Money.parse("2500")
    assert year.outgo == Money.parse("3500")
    assert journal.closing == cash.balance(made.context()) == Money.parse("6500")
    assert cash.days(made.context()) == (TODAY, until)


def test_a_later_page_carries_balance_month_and_year(made: TestDesk) -> None:
    pay(made, a_pay_order(made, an_approved_case(made)))
    made.clock.advance(timedelta(days=1))
    pay(made, a_pay_order(made, an_approved_case(made, a_draft(P02, yuan="500"))))
    tomorrow = TODAY + timedelta(days=1)
    journal = cash.journal(made.context(), tomorrow, tomorrow)
    assert journal.opening == Money.parse("8000")
    by_kind = {line.kind: line.sums.outgo.figures for line in journal.lines}
    assert by_kind[LineKind.DAY] == "500.00"
    assert by_kind[LineKind.MONTH] == by_kind[LineKind.YEAR] == "2,500.00"


def test_a_new_year_counts_from_nothing_but_keeps_the_balance(made: TestDesk) -> None:
    made.clock.advance(timedelta(days=365))
    receive(made, a_float(made, "1"))
    journal = cash.journal(made.context(), TODAY, made.context().today)
    assert journal.lines[-1].kind is LineKind.YEAR
    assert journal.lines[-1].sums.income == Money.parse("1")
    assert journal.closing == Money.parse("10001")


def test_the_printed_journal_closes_with_what_the_drawer_holds(made: TestDesk) -> None:
    pay(made, a_pay_order(made, an_approved_case(made)))
    pdf = cash.journal_pdf(made.context("出纳丁"), TODAY, TODAY)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "期末余额￥8,000.00" in text.replace("\n", "").replace(" ", "")
    assert Money.parse("8000").words in text


def test_a_clock_set_back_is_noted_and_the_journal_still_closes(made: TestDesk) -> None:
    made.clock.advance(-timedelta(days=1))
    receive(made, a_float(made, "500"))
    yesterday = TODAY - timedelta(days=1)
    journal = cash.journal(made.context(), yesterday, TODAY)
    days = [line.on for line in journal.lines if line.kind is LineKind.ENTRY]
    assert days == [yesterday, TODAY]
    assert journal.closing == cash.balance(made.context()) == Money.parse("10500")
    assert cash.days(made.context()) == (yesterday, TODAY)
