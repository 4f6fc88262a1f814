"""A closed day never changes; each day opens with the closing sum of the one before."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from reliefdesk.domain.cash import FloatLimitError
from reliefdesk.domain.closings import (
    CloseFutureError,
    CloseOrder,
    CloseOrderError,
    ClosingUnknownError,
    DayLockedError,
    DayUnclosedError,
)
from reliefdesk.domain.counts import CountStaleError, DifferenceOpenError
from reliefdesk.domain.ids import ClosingId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.today import TodayKind
from reliefdesk.services import cases, cash, closings, payments, receipts, today
from reliefdesk.storage import verification, witnesses
from reliefdesk.storage.sqlcipher import IntegrityError
from tests.builders import (
    P02,
    TestDesk,
    a_draft,
    a_pay_order,
    add_float,
    an_approved_case,
    enter,
)
from tests.services.drawer import (
    FIRST,
    SECOND,
    cashier,
    close,
    count,
    explain,
    held,
    opened,
    post,
    receive,
    refusing,
)
from tests.services.money import pay, void

DAY = date(2021, 3, 10)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def next_day(made: TestDesk, days: int = 1) -> None:
    made.clock.advance(timedelta(days=days))


def test_a_day_is_closed_on_its_count_with_its_sums(made: TestDesk) -> None:
    pay(made, a_pay_order(made, an_approved_case(made)))
    count(made, "8000")
    closed = close(made).details
    sums = (closed.opening, closed.income, closed.outgo, closed.closing)
    assert [each.figures for each in sums] == ["0.00", "10,000.00", "2,000.00", "8,000.00"]
    assert verification.verify(made.context().file).good


def test_nothing_is_entered_on_a_closed_day(made: TestDesk) -> None:
    found = an_approved_case(made)
    count(made, "10000")
    close(made)
    for act in (
        lambda: pay(made, a_pay_order(made, found)),
        lambda: add_float(made, "5"),
        lambda: close(made),
    ):
        with pytest.raises(DayLockedError):
            act()
    assert receipts.numbers(made.context(), 2021) == ()


def test_a_clock_set_back_to_a_closed_day_enters_nothing(made: TestDesk) -> None:
    count(made, "10000")
    close(made)
    next_day(made, -3)
    with pytest.raises(DayLockedError):
        add_float(made, "5")


def test_the_table_itself_refuses_a_line_on_a_closed_day(made: TestDesk) -> None:
    count(made, "10000")
    close(made)
    with pytest.raises(IntegrityError, match="closed"):
        made.context().file.connection.execute(
            "INSERT INTO cash_entries SELECT seq + 100, 'x', cashier, entered_on, entered_at, kind,"
            " voucher, summary, account, 1, 0, balance_fen + 1, NULL, NULL, NULL, ''"
            " FROM cash_entries"
        )


def test_a_void_of_a_closed_day_stands_on_the_next(made: TestDesk) -> None:
    number = pay(made, a_pay_order(made, an_approved_case(made))).receipt_no
    count(made, "8000")
    before = close(made)
    with pytest.raises(DayLockedError):
        void(made, number)
    next_day(made)
    void(made, number)
    assert closings.closing(made.context(), before.details.closing_id) == before
    assert held(made) == "10,000.00"


def test_each_day_opens_with_the_closing_sum_before(made: TestDesk) -> None:
    for yuan in ("10000", "10100", "10200"):
        count(made, yuan)
        close(made)
        next_day(made, 2)
        receive(made, "100")
    days = [each.details for each in closings.of_drawer(made.context(), made.by_name[FIRST])]
    assert all(after.opening == before.closing for before, after in pairwise(days))
    assert days[-1].closing.figures == "10,200.00"


def test_no_payment_while_an_earlier_day_is_open(made: TestDesk) -> None:
    refusing(made)
    found = an_approved_case(made)
    next_day(made)
    with pytest.raises(DayUnclosedError) as refusal:
        pay(made, a_pay_order(made, found))
    assert refusal.value.facts["earliest"] == DAY
    count(made, "10000")
    close(made, DAY)
    pay(made, a_pay_order(made, found))


def test_a_desk_may_only_warn_of_an_open_day(made: TestDesk) -> None:
    found = an_approved_case(made)
    next_day(made)
    pay(made, a_pay_order(made, found))
    assert [each.due_on for each in closings.overdue(made.context())] == [DAY]


def test_the_open_day_of_one_cashier_does_not_stop_the_other(made: TestDesk) -> None:
    refusing(made)
    found = an_approved_case(made)
    next_day(made)
    receive(made, "2000", name=SECOND)
    order = a_pay_order(made, found)
    version = cases.case(made.context(), found.case_id).version
    payments.pay(made.context(SECOND), order, seen_version=version, officer=cashier(made, SECOND))
    assert (held(made), held(made, SECOND)) == ("10,000.00", "0.00")


def test_days_are_closed_in_order_and_not_ahead(made: TestDesk) -> None:
    next_day(made)
    receive(made, "5")
    count(made, "10005")
    with pytest.raises(CloseOrderError):
        close(made)
    with pytest.raises(CloseFutureError):
        close(made, DAY + timedelta(days=2))
    close(made, DAY)
    close(made)
    assert closings.overdue(made.context()) == ()


def test_a_day_needs_a_count_after_its_last_line(made: TestDesk) -> None:
    with pytest.raises(CountStaleError):
        close(made)
    count(made, "10000")
    pay(made, a_pay_order(made, an_approved_case(made, a_draft(P02, yuan="10"))))
    with pytest.raises(CountStaleError):
        close(made)


def test_the_count_of_yesterday_does_not_close_today(made: TestDesk) -> None:
    count(made, "10000")
    close(made)
    next_day(made)
    with pytest.raises(CountStaleError):
        close(made)


def test_a_day_closes_over_an_explained_difference_only(made: TestDesk) -> None:
    found = count(made, "9980")
    with pytest.raises(DifferenceOpenError):
        close(made)
    explain(made, found)
    assert close(made).details.closing.figures == "10,000.00"


def test_a_posted_difference_belongs_to_the_day(made: TestDesk) -> None:
    post(made, explain(made, count(made, "9980")))
    assert close(made).details.closing.figures == "9,980.00"


def test_only_a_cashier_closes_and_asking_again_closes_once(made: TestDesk) -> None:
    count(made, "10000")
    order = CloseOrder(closing_id=ClosingId("c"), closed_on=DAY)
    with pytest.raises(SeatMissingError):
        closings.close(made.context(), order, officer=made.officer("经办甲"))
    done = [closings.close(made.context(FIRST), order, officer=cashier(made)) for _ in range(2)]
    assert done[0].result == done[1].result
    assert len(closings.listed(made.context(), DAY, DAY)) == 1


def test_the_head_of_a_close_is_witnessed(made: TestDesk) -> None:
    count(made, "10000")
    closed = close(made)
    heads = [noted.head.seq for noted in witnesses.witnessed_heads(made.context().file)]
    assert closed.seq in heads


def test_the_state_of_a_drawer_says_what_is_next_and_no_sum(made: TestDesk) -> None:
    first, second = closings.drawers(made.context())
    assert (first.cashier.name, first.due_on, first.count) == (FIRST, DAY, None)
    assert (second.cashier.name, second.is_closed) == (SECOND, False)
    count(made, "10000")
    close(made)
    assert closings.drawers(made.context())[0].is_closed


def test_a_top_up_beyond_the_limit_is_refused_or_only_told(made: TestDesk) -> None:
    since = date(2021, 1, 1)
    limit = PolicyRowDraft(
        key=PolicyKey.CASH_TOTAL_LIMIT, value="12000.00", valid_from=since, document="虚构6号"
    )
    enter(made, limit)
    with pytest.raises(FloatLimitError):
        receive(made, "2000.01", name=SECOND)
    receive(made, "2000", name=SECOND)
    rule = PolicyRowDraft(
        key=PolicyKey.CASH_LIMIT_RULE, value="warn", valid_from=since, document="虚构7号"
    )
    enter(made, rule)
    receive(made, "500")
    assert cash.balance(made.context()) == Money.parse("12500")


def test_an_unknown_closing_is_told(made: TestDesk) -> None:
    with pytest.raises(ClosingUnknownError):
        closings.closing(made.context(), ClosingId("nothing"))


def test_an_open_earlier_day_stands_first_of_all_until_it_is_closed(made: TestDesk) -> None:
    assert today.todo(made.context())[0].kind is not TodayKind.DAY_OPEN
    an_approved_case(made)
    next_day(made, 2)
    first = today.todo(made.context())[0]
    assert (first.kind, first.place.page) == (TodayKind.DAY_OPEN, "cash")
    assert today.line_text(first) == "出纳丁2021年3月10日的现金还没有日结，先盘点、日结再付款"
    count(made, "10000")
    close(made, DAY)
    assert TodayKind.DAY_OPEN not in [line.kind for line in today.todo(made.context())]


def test_a_difference_waits_in_todays_list_until_it_is_entered(made: TestDesk) -> None:
    found = explain(made, count(made, "9980"))
    lines = [line for line in today.todo(made.context()) if line.kind is TodayKind.DIFFERENCE]
    assert [today.line_text(line) for line in lines] == [
        "出纳丁2021年3月10日盘点短款20.00元，还没有批准入账"
    ]
    post(made, found)
    assert TodayKind.DIFFERENCE not in [line.kind for line in today.todo(made.context())]
