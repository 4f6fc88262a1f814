"""Claims about the monthly report: what counts, when, and that a closed month never changes."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.money import ZERO
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.statistics import (
    Figures,
    Group,
    Month,
    MonthClosedError,
    MonthOpenError,
    MonthOrderError,
    MonthReport,
    ReportLine,
    StatRow,
    figures_of,
)
from reliefdesk.domain.transfers import TransferMethod
from reliefdesk.services import persons, statistics
from reliefdesk.storage import verification
from tests.builders import (
    P01,
    P02,
    TestDesk,
    a_draft,
    a_pay_order,
    an_approved_case,
    enter,
)
from tests.services.money import a_signed_payment, opened, pay, reverse
from tests.services.padding import a_pad, an_entry_order
from tests.services.padding import enter as enter_by_hand
from tests.services.recovering import an_open_claim, repay
from tests.services.test_transfers import an_order, give

MARCH, APRIL = Month(2021, 3), Month(2021, 4)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk on 10 March 2021 with a float of 10,000."""
    yield from opened(tmp_path)


def report(made: TestDesk, month: Month = MARCH) -> MonthReport:
    return statistics.report(made.context(), month)


def line(made: TestDesk, group: Group, month: Month = MARCH) -> ReportLine:
    (found,) = [each for each in report(made, month).lines if each.group is group]
    return found


def go(made: TestDesk, on: date) -> None:
    made.clock.set(datetime(on.year, on.month, on.day, 2, tzinfo=UTC))


def close(made: TestDesk, month: Month = MARCH, *, name: str = "记账戊") -> MonthReport:
    officer = made.officer(name)
    return statistics.close_month(made.context(), month, officer=officer).result


def two_reliefs(made: TestDesk) -> None:
    pay(made, a_pay_order(made, an_approved_case(made, a_draft(P01, yuan="700"))))
    fire = replace(a_draft(P02, yuan="300"), cause=Cause.FIRE)
    pay(made, a_pay_order(made, an_approved_case(made, fire)))


def test_payments_cases_and_persons_are_counted_apart(made: TestDesk) -> None:
    two_reliefs(made)
    total = line(made, Group.TOTAL).month
    assert (total.times, total.households, total.persons) == (2, 2, 2)
    assert total.amount.figures == "1,000.00"
    assert line(made, Group.FIRE).month.amount.figures == "300.00"
    assert line(made, Group.TRAFFIC).month.times == 1
    assert line(made, Group.CASH).month == line(made, Group.MIGRANT).month == total


def test_a_second_payment_of_a_case_is_one_more_time_and_no_more_person(made: TestDesk) -> None:
    (row, *_) = _paid_rows(made)
    twice = figures_of((row, replace(row, seq=row.seq + 1)))
    assert (twice.times, twice.households, twice.persons) == (2, 1, 1)


def _paid_rows(made: TestDesk) -> tuple[StatRow, ...]:
    two_reliefs(made)
    return report(made).rows


def test_a_reversal_counts_in_the_month_in_which_it_is_recorded(made: TestDesk) -> None:
    paid = a_signed_payment(made, an_approved_case(made, a_draft(yuan="700")))
    go(made, date(2021, 4, 2))
    reverse(made, paid.receipt_no)
    assert line(made, Group.TOTAL).month.amount.figures == "700.00"
    april = line(made, Group.TOTAL, APRIL)
    assert (april.month.times, april.month.persons, april.month.amount.figures) == (
        -1,
        -1,
        "-700.00",
    )
    assert april.year == Figures(times=0, households=0, persons=0, amount=ZERO)


def test_a_closed_month_never_changes(made: TestDesk) -> None:
    two_reliefs(made)
    go(made, date(2021, 4, 2))
    before = close(made)
    person = before.rows[0].person_id
    older = replace(P01, hukou_code="150302", hukou_place="海勃湾区")
    persons.correct(made.context(), person, older, reason="证件看错")
    after = report(made)
    assert (after.lines, after.rows) == (before.lines, before.rows)


def test_what_is_entered_for_a_closed_month_counts_in_the_next(made: TestDesk) -> None:
    found = an_approved_case(made, a_draft(yuan="700"))
    (number, *_) = a_pad(made)
    handed_on = made.context().today
    go(made, date(2021, 4, 2))
    enter_by_hand(made, an_entry_order(made, found, number.receipt_no, on=handed_on))
    assert line(made, Group.TOTAL).month.amount == ZERO
    assert line(made, Group.TOTAL, APRIL).month.amount.figures == "700.00"


def test_a_clock_that_went_back_leaves_a_closed_month_as_it_was(made: TestDesk) -> None:
    two_reliefs(made)
    go(made, date(2021, 4, 2))
    before = close(made)
    go(made, date(2021, 3, 20))
    an_open_claim(made, yuan="100")
    assert report(made).lines == before.lines
    go(made, date(2021, 4, 3))
    assert line(made, Group.TOTAL, APRIL).month.amount.figures == "100.00"


def test_months_are_closed_after_their_end_in_order_once_by_the_bookkeeper(made: TestDesk) -> None:
    two_reliefs(made)
    with pytest.raises(MonthOpenError):
        close(made)
    go(made, date(2021, 5, 3))
    with pytest.raises(MonthOrderError):
        close(made, APRIL)
    with pytest.raises(SeatMissingError):
        close(made, name="出纳丁")
    close(made)
    with pytest.raises(MonthClosedError):
        close(made)
    close(made, APRIL)


def test_the_closing_day_is_a_policy(made: TestDesk) -> None:
    row = PolicyRowDraft(
        key=PolicyKey.REPORT_CUTOFF,
        value="15",
        valid_from=date(2021, 1, 1),
        document="虚构〔2021〕9号",
    )
    enter(made, row)
    go(made, date(2021, 3, 16))
    two_reliefs(made)
    assert report(made).until == date(2021, 3, 15)
    assert line(made, Group.TOTAL).month.times == 0
    assert report(made, APRIL).since == date(2021, 3, 16)
    assert line(made, Group.TOTAL, APRIL).month.times == 2


def test_what_came_back_is_a_line_of_its_own_and_no_relief(made: TestDesk) -> None:
    repay(made, an_open_claim(made), "1000")
    assert line(made, Group.RECOVERED).month.amount.figures == "1,000.00"
    assert line(made, Group.TOTAL).month.amount.figures == "2,430.00"


@pytest.mark.parametrize(
    ("method", "group"),
    [(TransferMethod.BANK, Group.BANK), (TransferMethod.GOODS, Group.IN_KIND)],
)
def test_relief_without_cash_has_its_line(
    made: TestDesk, method: TransferMethod, group: Group
) -> None:
    order = an_order(made, an_approved_case(made))
    give(made, replace(order, method=method, goods="棉被1床"))
    assert line(made, group).month.amount.figures == "2,000.00"
    assert line(made, Group.TOTAL).month.times == 1


def test_every_figure_is_the_sum_of_the_rows_behind_it(made: TestDesk) -> None:
    two_reliefs(made)
    go(made, date(2021, 4, 5))
    reverse_all(made)
    for month in (MARCH, APRIL):
        found = report(made, month)
        for each in found.lines:
            assert figures_of(found.behind(each.group)) == each.month
            assert figures_of(found.behind(each.group, whole_year=True)) == each.year


def reverse_all(made: TestDesk) -> None:
    made.clock.advance(timedelta(hours=1))
    repay(made, an_open_claim(made, yuan="50"), "20")


def test_the_report_on_paper_says_month_year_and_whether_it_is_closed(made: TestDesk) -> None:
    two_reliefs(made)
    go(made, date(2021, 4, 2))
    for closed in ("未结账", "已结账"):
        paper = statistics.report_paper(made.context(), MARCH)
        text = "".join(PdfReader(io.BytesIO(paper.pdf)).pages[0].extract_text().split())
        assert closed in text
        assert "人民币壹仟元整" in text
        assert "其中现金￥1,000.00" in text
        assert "统计负责人" in text
        if closed == "未结账":
            close(made)


def test_replay_gives_the_same_tables(made: TestDesk) -> None:
    two_reliefs(made)
    go(made, date(2021, 4, 2))
    close(made)
    assert verification.verify(made.context().file).good
