"""Pieces add up to 分, a day closes in order, and a budget is judged only where one is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.budgets import BudgetState, FundSource
from reliefdesk.domain.closings import (
    CloseFutureError,
    CloseOrderError,
    DayLockedError,
    require_closable,
    require_open,
    sums_by_kind,
)
from reliefdesk.domain.counts import (
    CashCounted,
    Count,
    Denomination,
    Pieces,
    PiecesError,
    counted_of,
    kind_word,
)
from reliefdesk.domain.handovers import HandoverEmptyError, amount_of
from reliefdesk.domain.ids import CountId, OperatorId
from reliefdesk.domain.money import Money
from tests.domain.test_cash import ENTRIES, an_entry

DAY = date(2021, 3, 10)
COUNTS = st.lists(st.integers(0, 99_999), min_size=8, max_size=8)


def a_count(counted: int, expected: int) -> Count:
    details = CashCounted(
        count_id=CountId("c"),
        cashier=OperatorId("o"),
        pieces=(),
        counted=Money(counted),
        expected=Money(expected),
        counted_on=DAY,
    )
    at = datetime(2021, 3, 10, tzinfo=UTC)
    return Count(seq=1, counted_at=at, details=details, explanation=None, posting=None)


@given(COUNTS)
def test_pieces_add_up_to_the_fen(counts: list[int]) -> None:
    pieces = [
        Pieces(denomination=one, count=n) for one, n in zip(Denomination, counts, strict=True)
    ]
    worth = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
    assert counted_of(pieces).fen == sum(n * w for n, w in zip(counts, worth, strict=True))


def test_a_denomination_counted_twice_is_refused() -> None:
    twice = [Pieces(denomination=Denomination.JIAO_1, count=1)] * 2
    with pytest.raises(PiecesError):
        counted_of(twice)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_over_and_short_are_told_by_the_sign(counted: int, expected: int) -> None:
    found = a_count(counted, expected)
    assert found.difference.fen == counted - expected
    word = kind_word(found.difference)
    assert (word == "相符") is (counted == expected) is found.is_settled
    assert (word == "长款") is (counted > expected)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_handover_never_moves_more_than_lies_there_or_is_known(counted: int, held: int) -> None:
    if min(counted, held) == 0:
        with pytest.raises(HandoverEmptyError):
            amount_of(a_count(counted, held), Money(held))
        return
    assert amount_of(a_count(counted, held), Money(held)).fen == min(counted, held)


@given(st.integers(-5, 5), st.none() | st.integers(-5, 5), st.none() | st.integers(-5, 5))
def test_a_day_closes_once_in_order_and_not_ahead(
    on: int, closed: int | None, earliest: int | None
) -> None:
    def day(offset: int | None) -> date | None:
        return None if offset is None else DAY + timedelta(days=offset)

    wanted = DAY + timedelta(days=on)
    allowed = on <= 0 and (closed is None or on > closed) and (earliest is None or earliest >= on)
    if allowed:
        require_closable(wanted, DAY, closed_on=day(closed), earliest=day(earliest))
        require_open(wanted, day(closed))
        return
    with pytest.raises((CloseFutureError, DayLockedError, CloseOrderError)):
        require_closable(wanted, DAY, closed_on=day(closed), earliest=day(earliest))


@given(ENTRIES)
def test_the_sums_by_kind_are_the_sums_of_the_day(entries: list[object]) -> None:
    lines = [entry for entry in entries if isinstance(entry, type(an_entry(DAY)))]
    sums = sums_by_kind(lines)
    assert sum(each.income.fen for each in sums) == sum(line.income.fen for line in lines)
    assert sum(each.outgo.fen for each in sums) == sum(line.outgo.fen for line in lines)
    assert sum(each.count for each in sums) == len(lines)


@pytest.mark.parametrize(
    ("lines", "amount", "short"), [(0, 999, False), (1, 51, True), (1, 50, False)]
)
def test_a_budget_is_judged_only_where_one_is_kept(lines: int, amount: int, *, short: bool) -> None:
    state = BudgetState(
        year=2021, source=FundSource.CITY, lines=lines, granted=Money(100), paid=Money(50)
    )
    assert state.falls_short(Money(amount)) is short
