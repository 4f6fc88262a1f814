"""A list finds cases by stage, days, text and whose turn it is, and skips what is settled."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.case_records import CaseFilter
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.operators import Seat
from reliefdesk.services import cases
from tests import builders
from tests.builders import TestDesk
from tests.services.money import pay, void


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    desk = builders.a_desk(tmp_path / "desk")
    yield desk
    desk.desk.close()


def waiting(made: TestDesk, seat: Seat) -> list[str]:
    rows = cases.listed(made.context(), CaseFilter(waits_for=seat))
    return [row.case_no[-1] for row in rows]


def settled(made: TestDesk) -> bool:
    """Whether every case is marked as settled exactly where nobody's turn is left."""
    file = made.context().file
    rows = file.rows("SELECT case_id, waits FROM cases")
    turns = [cases.case(made.context(), row["case_id"]).waits_for for row in rows]
    assert [bool(row["waits"]) for row in rows] == [turn is not None for turn in turns]
    return None in turns


def test_a_case_leaves_the_list_of_a_seat_with_its_step(made: TestDesk) -> None:
    builders.an_accepted_case(made)
    builders.a_reviewed_case(made, builders.a_draft(builders.P02))
    found = builders.an_approved_case(made, builders.a_draft(builders.P03))
    assert [waiting(made, seat) for seat in (Seat.REVIEWER, Seat.APPROVER, Seat.CASHIER)] == [
        ["1"],
        ["2"],
        ["3"],
    ]
    assert not settled(made)
    pay(made, builders.a_pay_order(made, found))
    assert waiting(made, Seat.CASHIER) == []
    assert settled(made)


def test_a_payment_taken_back_makes_the_case_wait_again(made: TestDesk) -> None:
    found = builders.an_approved_case(made)
    paid = pay(made, builders.a_pay_order(made, found))
    assert settled(made)
    void(made, paid.receipt_no)
    assert waiting(made, Seat.CASHIER) == ["1"]
    assert not settled(made)


def test_the_newest_case_stands_first_and_the_limit_holds(made: TestDesk) -> None:
    for person in (builders.P01, builders.P02, builders.P03):
        builders.an_accepted_case(made, builders.a_draft(person, at=made.clock.now()))
        made.clock.advance(timedelta(hours=30))
    rows = cases.listed(made.context(), CaseFilter(limit=2))
    assert [row.case_no[-1] for row in rows] == ["3", "2"]


@pytest.mark.parametrize("text", ["试乙", "0304996", "-000002", " 测试乙 "])
def test_a_piece_of_name_or_number_finds_the_case(made: TestDesk, text: str) -> None:
    for person in (builders.P01, builders.P02):
        builders.an_accepted_case(made, builders.a_draft(person))
    rows = cases.listed(made.context(), CaseFilter(text=text, stage=Stage.ACCEPTED))
    assert [row.name for row in rows] == ["测试乙"]
    assert cases.listed(made.context(), CaseFilter(text=text, stage=Stage.REFUSED)) == ()
