"""Counted cash goes from one cashier to the other before both, and no sum is lost on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reliefdesk.domain.cash import CashSums, LineKind
from reliefdesk.domain.closings import DayLockedError
from reliefdesk.domain.counts import CountStaleError, DifferenceOpenError
from reliefdesk.domain.handovers import (
    HandoverDraft,
    HandoverEmptyError,
    HandoverSelfError,
    HandoverUnknownError,
)
from reliefdesk.domain.ids import HandoverId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import DrawerHeldError, Seat, SeatMissingError
from reliefdesk.services import cash, handovers, operators
from reliefdesk.storage import verification
from tests.builders import TestDesk
from tests.services.drawer import (
    FIRST,
    SECOND,
    cashier,
    close,
    count,
    explain,
    hand_over,
    held,
    opened,
)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def test_the_counted_cash_moves_whole_from_one_drawer_to_the_other(made: TestDesk) -> None:
    count(made, "10000")
    moved = hand_over(made)
    assert moved.details.amount.figures == "10,000.00"
    assert (held(made), held(made, SECOND)) == ("0.00", "10,000.00")
    assert cash.balance(made.context()).figures == "10,000.00"
    assert verification.verify(made.context().file).good


def test_a_handover_is_nothing_to_the_office_and_a_line_to_each_cashier(made: TestDesk) -> None:
    count(made, "10000")
    hand_over(made)
    today = made.context().today
    office = cash.journal(made.context(), today, today)
    assert office.sums == CashSums(income=Money.parse("10000"), outgo=ZERO)
    for name, closing in ((FIRST, "0.00"), (SECOND, "10,000.00")):
        own = cash.journal(made.context(), today, today, cashier=made.by_name[name])
        assert own.closing.figures == closing
        said = [line.entry.summary for line in own.lines if line.entry is not None]
        assert said[-1].startswith("现金移交（出纳庚）" if name == FIRST else "现金接收（出纳丁）")
        assert own.lines[-1].kind is LineKind.YEAR


def test_a_shortage_stays_with_who_had_the_cash(made: TestDesk) -> None:
    found = count(made, "9980")
    with pytest.raises(DifferenceOpenError):
        hand_over(made)
    explain(made, found)
    hand_over(made)
    assert (held(made), held(made, SECOND)) == ("20.00", "9,980.00")


def test_a_surplus_is_not_handed_over_as_float(made: TestDesk) -> None:
    explain(made, count(made, "10020"))
    assert hand_over(made).details.amount.figures == "10,000.00"


def test_a_handover_needs_a_fresh_count_and_something_to_hand_over(made: TestDesk) -> None:
    with pytest.raises(CountStaleError):
        hand_over(made)
    count(made, "0", name=SECOND)
    with pytest.raises(HandoverEmptyError):
        hand_over(made, SECOND, FIRST)


def test_nobody_hands_over_to_oneself_or_to_somebody_without_the_seat(made: TestDesk) -> None:
    count(made, "10000")
    with pytest.raises(HandoverSelfError):
        hand_over(made, FIRST, FIRST)
    with pytest.raises(SeatMissingError):
        hand_over(made, FIRST, "记账戊")


def test_nothing_is_handed_over_on_a_closed_day(made: TestDesk) -> None:
    count(made, "0", name=SECOND)
    close(made, name=SECOND)
    count(made, "10000")
    with pytest.raises(DayLockedError):
        hand_over(made)


def test_asking_again_moves_once(made: TestDesk) -> None:
    count(made, "10000")
    draft = HandoverDraft(handover_id=HandoverId("h"))
    giver, receiver = cashier(made), cashier(made, SECOND)
    for _ in range(2):
        handovers.hand_over(made.context(FIRST), draft, giver=giver, receiver=receiver)
    today = made.context().today
    assert len(handovers.listed(made.context(), today, today)) == 1
    with pytest.raises(HandoverUnknownError):
        handovers.handover(made.context(), HandoverId("nothing"))


def test_a_cashier_with_cash_keeps_the_seat_until_it_is_handed_over(made: TestDesk) -> None:
    system = made.context("系统己")
    with pytest.raises(DrawerHeldError):
        operators.leave(system, made.by_name[FIRST])
    with pytest.raises(DrawerHeldError):
        operators.change_seats(system, made.by_name[FIRST], (Seat.REGISTRAR,))
    count(made, "10000")
    hand_over(made)
    operators.leave(system, made.by_name[FIRST])
    assert held(made, SECOND) == "10,000.00"
