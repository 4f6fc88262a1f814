"""Claims about cash in 今日待办: what came back is deposited, float has a day, pads grow old."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.cash import FloatDraft
from reliefdesk.domain.ids import EntryId
from reliefdesk.domain.money import Money
from reliefdesk.domain.today import TodayKind, TodayLine, Urgency
from reliefdesk.services import cash, pads, today
from tests.builders import TestDesk
from tests.services.money import opened
from tests.services.padding import a_pad, give_back, spoil
from tests.services.recovering import an_open_claim, deposit, repay


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk with a float of 10,000."""
    yield from opened(tmp_path)


def lines(made: TestDesk, kind: TodayKind) -> list[TodayLine]:
    return [each for each in today.todo(made.context()) if each.kind is kind]


def move(made: TestDesk, yuan: str, *, back: bool = False, by: date | None = None) -> None:
    draft = FloatDraft(
        entry_id=EntryId(made.ids.new()),
        amount=Money.parse(yuan),
        approval="备7号",
        source="街道财务室",
        return_by=by,
    )
    act = cash.return_float if back else cash.receive_float
    act(made.context("出纳丁"), draft, officer=made.officer("出纳丁"))


def test_money_that_came_back_is_to_be_deposited_the_same_day(made: TestDesk) -> None:
    repay(made, an_open_claim(made), "1000")
    (line,) = lines(made, TodayKind.KEPT)
    assert (line.urgency, line.place.record_id) == (Urgency.NOW, "recoveries")
    assert "出纳丁处有退款现金1,000.00元没有缴存" in today.line_text(line)
    made.clock.advance(timedelta(days=1))
    assert lines(made, TodayKind.KEPT)[0].urgency is Urgency.OVERDUE
    deposit(made)
    assert lines(made, TodayKind.KEPT) == []


def test_a_claim_of_float_is_overdue_while_its_cash_still_lies_there(made: TestDesk) -> None:
    move(made, "500", by=date(2021, 3, 20))
    assert lines(made, TodayKind.FLOAT_DUE) == []
    made.clock.advance(timedelta(days=4))
    assert lines(made, TodayKind.FLOAT_DUE)[0].due_on == date(2021, 3, 20)
    made.clock.advance(timedelta(days=10))
    (line,) = lines(made, TodayKind.FLOAT_DUE)
    assert line.urgency is Urgency.OVERDUE
    assert "还有500.00元" in today.line_text(line)
    move(made, "10200", back=True)
    assert "还有300.00元" in today.line_text(lines(made, TodayKind.FLOAT_DUE)[0])
    move(made, "300", back=True)
    assert lines(made, TodayKind.FLOAT_DUE) == []


def test_a_later_claim_stands_for_the_cash_in_the_drawer(made: TestDesk) -> None:
    move(made, "500", by=date(2021, 3, 11))
    move(made, "900")
    made.clock.advance(timedelta(days=3))
    move(made, "10500", back=True)
    assert lines(made, TodayKind.FLOAT_DUE) == []
    assert cash.balance(made.context()) == Money.parse("900")


def test_a_blank_pad_is_counted_again_after_a_quarter_and_presses_in_a_new_year(
    made: TestDesk,
) -> None:
    numbers = a_pad(made, 3)
    made.clock.advance(timedelta(days=89))
    assert lines(made, TodayKind.BLANK_PAD) == []
    made.clock.advance(timedelta(days=1))
    spoil(made, numbers[0].receipt_no)
    (line,) = lines(made, TodayKind.BLANK_PAD)
    assert line.urgency is Urgency.NOTE
    assert "还有2张空白" in today.line_text(line)
    made.clock.advance(timedelta(days=300))
    assert lines(made, TodayKind.BLANK_PAD)[0].urgency is Urgency.NOW
    give_back(made, pads.of_pad(made.context(), numbers[0].pad_id))
    assert lines(made, TodayKind.BLANK_PAD) == []
