"""The drawer: covered or refused, and a journal whose totals are the sums of its lines."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain import cash
from reliefdesk.domain.cash import (
    CashCarry,
    CashEntry,
    CashKind,
    CashSums,
    FloatDraft,
    LineKind,
    journal_of,
    require_cover,
    require_float,
    voucher_of,
)
from reliefdesk.domain.ids import EntryId, OperatorId
from reliefdesk.domain.money import ZERO, AmountZeroError, Money

START = date(2021, 12, 28)


def an_entry(on: date, income: int = 0, outgo: int = 0) -> CashEntry:
    return CashEntry(
        seq=1,
        entry_id="e1",
        cashier=OperatorId("op-1"),
        on=on,
        at=datetime(2021, 3, 10, 3, 0, tzinfo=UTC),
        kind=CashKind.FLOAT_IN if income else CashKind.PAYMENT,
        voucher="虚构1号",
        summary="",
        account="",
        income=Money(income),
        outgo=Money(outgo),
        receipt_no=None,
        payment_id=None,
        case_id=None,
    )


ENTRIES = st.lists(
    st.builds(
        an_entry,
        st.dates(START, START + timedelta(days=40)),
        st.integers(0, 10**6),
        st.integers(-(10**6), 10**6),
    ),
    max_size=25,
).map(lambda entries: sorted(entries, key=lambda entry: entry.on))


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_drawer_never_gives_more_than_it_holds(balance: int, amount: int) -> None:
    if amount <= balance:
        require_cover(Money(balance), Money(amount))
        return
    with pytest.raises(cash.FloatShortError) as refusal:
        require_cover(Money(balance), Money(amount))
    assert refusal.value.facts["short"] == Money(amount - balance)


@pytest.mark.parametrize(
    ("fen", "approval", "source", "refusal"),
    [
        (0, "1号", "区财政", AmountZeroError),
        (1, " ", "区财政", cash.FloatApprovalError),
        (1, "1号", "", cash.FloatApprovalError),
    ],
)
def test_a_float_moves_only_with_amount_approval_and_counterparty(
    fen: int, approval: str, source: str, refusal: type[Exception]
) -> None:
    draft = FloatDraft(entry_id=EntryId("e"), amount=Money(fen), approval=approval, source=source)
    with pytest.raises(refusal):
        require_float(draft)


def test_a_whole_float_order_passes() -> None:
    require_float(
        FloatDraft(entry_id=EntryId("e"), amount=Money(1), approval="1号", source="区财政")
    )


@given(ENTRIES, st.integers(0, 10**6))
def test_opening_income_and_outgo_make_the_closing_balance(
    entries: list[CashEntry], opening: int
) -> None:
    carry = CashCarry(balance=Money(opening))
    journal = journal_of(entries, carry, since=START, until=START + timedelta(days=40))
    fen = opening + sum(entry.income.fen - entry.outgo.fen for entry in entries)
    assert journal.closing == journal.lines[-1].balance == Money(fen)
    assert journal.opening + journal.sums.income - journal.sums.outgo == journal.closing


@given(ENTRIES)
def test_day_totals_add_up_to_the_journal(entries: list[CashEntry]) -> None:
    journal = journal_of(entries, CashCarry(), since=START, until=START + timedelta(days=40))
    days = [line.sums for line in journal.lines if line.kind is LineKind.DAY]
    assert len(days) == len({entry.on for entry in entries})
    assert sum(day.income.fen for day in days) == journal.sums.income.fen
    assert sum(day.outgo.fen for day in days) == journal.sums.outgo.fen


@given(ENTRIES)
def test_month_and_year_totals_cover_their_month_and_year(entries: list[CashEntry]) -> None:
    journal = journal_of(entries, CashCarry(), since=START, until=START + timedelta(days=40))
    for line in journal.lines:
        spans = {LineKind.MONTH: "%Y-%m", LineKind.YEAR: "%Y"}
        if line.kind in spans:
            form = spans[line.kind]
            same = [
                e for e in entries if f"{e.on:{form}}" == f"{line.on:{form}}" and e.on <= line.on
            ]
            assert line.sums.outgo.fen == sum(entry.outgo.fen for entry in same)


def test_what_stood_before_counts_into_the_running_month_and_year() -> None:
    carry = CashCarry(
        balance=Money(500), month=CashSums(outgo=Money(7)), year=CashSums(outgo=Money(70))
    )
    journal = journal_of([an_entry(START, outgo=3)], carry, since=START, until=START)
    sums = {line.kind: line.sums.outgo for line in journal.lines}
    assert sums[LineKind.DAY] == Money(3)
    assert sums[LineKind.MONTH] == Money(10)
    assert sums[LineKind.YEAR] == Money(73)


def test_a_journal_without_entries_carries_its_opening() -> None:
    journal = journal_of([], CashCarry(balance=Money(5)), since=START, until=START)
    assert [line.kind for line in journal.lines] == [LineKind.OPENING]
    assert (journal.opening, journal.closing, journal.sums.income) == (Money(5), Money(5), ZERO)


def test_an_earlier_voucher_is_named_by_day_and_number() -> None:
    assert voucher_of("XJ-150302003-2021-000007", date(2021, 3, 10)) == "3月10日第000007号"


def test_a_new_year_opens_with_what_the_old_one_left() -> None:
    first = date(2022, 1, 1)
    within = journal_of(
        [an_entry(START, income=500), an_entry(first, outgo=200)],
        CashCarry(),
        since=START,
        until=first,
    )
    (carried,) = [line for line in within.lines if line.kind is LineKind.CARRIED]
    assert (carried.on, carried.balance) == (first, Money(500))
    opened = journal_of([], CashCarry(balance=Money(500)), since=first, until=first)
    assert opened.lines[0].kind is LineKind.CARRIED
    assert journal_of([], CashCarry(), since=first, until=first).lines[0].kind is LineKind.OPENING
