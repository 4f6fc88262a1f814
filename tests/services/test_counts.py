"""A drawer is counted blind; a difference needs reason, second person and an approved entry."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reliefdesk.domain.cash import CashKind, FloatDraft, FloatShortError
from reliefdesk.domain.counts import (
    CountDraft,
    CountSecondError,
    CountUnknownError,
    Denomination,
    DifferenceApprovalError,
    DifferenceNoneError,
    DifferenceOpenError,
    DifferenceOrder,
    DifferenceReasonError,
    Pieces,
    PiecesError,
)
from reliefdesk.domain.ids import CountId, EntryId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.services import cash, counts
from reliefdesk.storage import verification
from tests.builders import TestDesk, a_pay_order, an_approved_case
from tests.services import drawer
from tests.services.drawer import FIRST, SECOND, cashier, count, explain, held, opened, post
from tests.services.money import pay


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def test_a_count_that_agrees_needs_nobody_else(made: TestDesk) -> None:
    found = count(made, "10000")
    assert (found.difference.fen, found.is_settled, found.is_open) == (0, True, False)
    assert counts.latest(made.context(), made.by_name[FIRST]) == found
    assert counts.listed(made.context(), *[made.context().today] * 2) == (found,)


def test_a_repeated_count_counts_once(made: TestDesk) -> None:
    draft = CountDraft(count_id=CountId("c"), pieces=drawer.pieces_of(Money(5)))
    done = [
        counts.record_count(made.context(FIRST), draft, officer=cashier(made)) for _ in range(2)
    ]
    assert done[0].result == done[1].result
    assert done[1].changes == frozenset()


@pytest.mark.parametrize("pieces", [(-1,), (100_000,), (1, 1)])
def test_pieces_that_cannot_be_are_refused(made: TestDesk, pieces: tuple[int, ...]) -> None:
    found = tuple(Pieces(denomination=Denomination.YUAN_5, count=each) for each in pieces)
    draft = CountDraft(count_id=CountId("c"), pieces=found)
    with pytest.raises(PiecesError):
        counts.record_count(made.context(FIRST), draft, officer=cashier(made))


def test_only_a_cashier_counts_a_drawer(made: TestDesk) -> None:
    draft = CountDraft(count_id=CountId("c"), pieces=())
    with pytest.raises(SeatMissingError):
        counts.record_count(made.context(), draft, officer=made.officer("经办甲"))


def test_each_cashier_counts_against_the_own_drawer(made: TestDesk) -> None:
    drawer.receive(made, "300.5", name=SECOND)
    assert count(made, "300.5", name=SECOND).difference.fen == 0
    assert count(made, "300.5").difference == -Money.parse("9699.5")


def test_a_shortage_is_explained_before_a_second_person_and_entered_under_an_approval(
    made: TestDesk,
) -> None:
    found = post(made, explain(made, count(made, "9980")))
    assert (held(made), found.is_open) == ("9,980.00", False)
    today = made.context().today
    line = cash.journal(made.context(), today, today).lines[2].entry
    assert line is not None
    assert (line.kind, line.outgo.figures) == (CashKind.SHORT, "20.00")
    assert verification.verify(made.context().file).good


def test_a_surplus_comes_into_the_drawer(made: TestDesk) -> None:
    post(made, explain(made, count(made, "10000.5")))
    assert held(made) == "10,000.50"
    assert count(made, "10000.5").difference.fen == 0


def test_a_difference_is_never_entered_by_itself(made: TestDesk) -> None:
    explain(made, count(made, "9980"))
    assert held(made) == "10,000.00"


def test_a_difference_needs_a_reason_and_somebody_else(made: TestDesk) -> None:
    found = count(made, "9980")
    with pytest.raises(DifferenceReasonError):
        explain(made, found, reason=" ")
    with pytest.raises(CountSecondError):
        counts.explain(made.context(), found.count_id, "找错", second=cashier(made))
    with pytest.raises(DifferenceOpenError):
        post(made, found)


def test_what_agrees_or_is_explained_is_not_explained_again(made: TestDesk) -> None:
    with pytest.raises(DifferenceNoneError):
        explain(made, count(made, "10000"))
    found = explain(made, count(made, "9980"))
    with pytest.raises(DifferenceNoneError):
        explain(made, found)


def test_an_entry_needs_its_approval_and_its_own_cashier(made: TestDesk) -> None:
    found = explain(made, count(made, "9980"))
    with pytest.raises(DifferenceApprovalError):
        post(made, found, approval=" ")
    with pytest.raises(SeatMissingError):
        post(made, found, name=SECOND)
    order = DifferenceOrder(entry_id=EntryId("e"), count_id=found.count_id, approval="批1号")
    with pytest.raises(SeatMissingError):
        counts.post_difference(
            made.context(), order, officer=cashier(made), approver=made.officer("记账戊")
        )


def test_a_difference_is_entered_once(made: TestDesk) -> None:
    found = explain(made, count(made, "9980"))
    order = DifferenceOrder(entry_id=EntryId("e"), count_id=found.count_id, approval="批1号")
    for _ in range(2):
        counts.post_difference(
            made.context(FIRST), order, officer=cashier(made), approver=made.officer("审批丙")
        )
    assert held(made) == "9,980.00"
    with pytest.raises(DifferenceNoneError):
        post(made, found)


def test_a_newer_count_replaces_the_difference_of_an_older_one(made: TestDesk) -> None:
    older = explain(made, count(made, "9980"))
    count(made, "10000")
    with pytest.raises(DifferenceNoneError):
        post(made, older)


def test_a_shortage_beyond_what_is_left_waits(made: TestDesk) -> None:
    found = explain(made, count(made, "8500"))
    order = FloatDraft(
        entry_id=EntryId("back"), amount=Money.parse("9000"), approval="备2号", source="财务室"
    )
    cash.return_float(made.context(FIRST), order, officer=cashier(made))
    with pytest.raises(FloatShortError):
        post(made, found)
    assert held(made) == "1,000.00"


def test_cash_moved_after_a_count_makes_it_stale(made: TestDesk) -> None:
    count(made, "10000")
    pay(made, a_pay_order(made, an_approved_case(made)))
    assert counts.standing(made.context(), made.by_name[FIRST]) is None


def test_a_posted_difference_leaves_the_count_standing(made: TestDesk) -> None:
    found = post(made, explain(made, count(made, "9980")))
    assert counts.standing(made.context(), made.by_name[FIRST]) == found


def test_an_unknown_count_is_told(made: TestDesk) -> None:
    with pytest.raises(CountUnknownError):
        counts.count(made.context(), CountId("nothing"))
