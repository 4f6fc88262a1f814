"""Seats: hard pairs never, soft pairs only under a written exemption that is still in force."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain import operators
from reliefdesk.domain.ids import ExemptionId, OperatorId
from reliefdesk.domain.operators import (
    HARD_PAIRS,
    SOFT_PAIRS,
    Act,
    Exemption,
    Operator,
    Seat,
    require_compatible_seats,
    require_other_administrator,
    require_seat,
    require_separation,
)

DAY = date(2021, 3, 10)
ME, OTHER = OperatorId("u1"), OperatorId("u2")
PAIRS = st.sampled_from([tuple(sorted(pair)) for pair in sorted(map(sorted, SOFT_PAIRS))])


def an_operator(*seats: Seat, active: bool = True, who: OperatorId = ME) -> Operator:
    return Operator(operator_id=who, name="测试", seats=seats, active=active)


def an_exemption(seats: tuple[Seat, Seat], until: date, who: OperatorId = ME) -> Exemption:
    return Exemption(
        exemption_id=ExemptionId("e1"),
        operator_id=who,
        seats=seats,
        document="虚构〔2021〕3号",
        reason="人手不足",
        valid_until=until,
    )


def separate(second: Seat, first: Seat, *exemptions: Exemption, who: OperatorId = ME) -> None:
    acts = [Act(seat=first, operator_id=who)]
    require_separation(an_operator(first, second), second, acts, exemptions, on=DAY)


@pytest.mark.parametrize("pair", HARD_PAIRS)
def test_a_hard_pair_is_refused_in_either_order_and_no_exemption_lifts_it(
    pair: frozenset[Seat],
) -> None:
    one, other = sorted(pair)
    paper = an_exemption((one, other), DAY)
    for first, second in ((one, other), (other, one)):
        with pytest.raises(operators.SeatsConflictError):
            separate(second, first, paper)


@pytest.mark.parametrize("pair", SOFT_PAIRS)
def test_a_soft_pair_needs_an_exemption_in_either_order(pair: frozenset[Seat]) -> None:
    one, other = sorted(pair)
    for first, second in ((one, other), (other, one)):
        with pytest.raises(operators.ExemptionNeededError):
            separate(second, first)
        separate(second, first, an_exemption((second, first), DAY))


@given(PAIRS, st.integers(-400, 400))
def test_an_exemption_holds_until_its_last_day(pair: tuple[Seat, Seat], days: int) -> None:
    paper = an_exemption(pair, DAY + timedelta(days=days))
    if days >= 0:
        separate(pair[1], pair[0], paper)
    else:
        with pytest.raises(operators.ExemptionNeededError):
            separate(pair[1], pair[0], paper)


def test_an_exemption_of_somebody_else_or_for_other_seats_does_not_help() -> None:
    first, second = Seat.REGISTRAR, Seat.REVIEWER
    for paper in (
        an_exemption((first, second), DAY, OTHER),
        an_exemption((Seat.REVIEWER, Seat.APPROVER), DAY),
    ):
        with pytest.raises(operators.ExemptionNeededError):
            separate(second, first, paper)


def test_what_others_did_on_the_case_binds_nobody() -> None:
    for first, second in combinations(Seat, 2):
        separate(second, first, who=OTHER)


def test_the_seven_money_pairs_are_all_either_hard_or_soft() -> None:
    assert not HARD_PAIRS & SOFT_PAIRS
    assert len(HARD_PAIRS | SOFT_PAIRS) == 7


def test_an_operator_acts_only_in_a_seat_held_and_while_active() -> None:
    require_seat(an_operator(Seat.CASHIER), Seat.CASHIER)
    for operator in (an_operator(Seat.REVIEWER), an_operator(Seat.CASHIER, active=False)):
        with pytest.raises(operators.SeatMissingError):
            require_seat(operator, Seat.CASHIER)


def test_nobody_is_cashier_and_bookkeeper_at_all() -> None:
    require_compatible_seats("测试", [Seat.REGISTRAR, Seat.CASHIER])
    with pytest.raises(operators.SeatsIncompatibleError):
        require_compatible_seats("测试", [Seat.BOOKKEEPER, Seat.CASHIER])


def test_the_last_administrator_cannot_leave() -> None:
    leaving = an_operator(Seat.ADMINISTRATOR)
    gone = an_operator(Seat.ADMINISTRATOR, active=False, who=OTHER)
    with pytest.raises(operators.LastAdministratorError):
        require_other_administrator(leaving, [leaving, gone])
    staying = an_operator(Seat.ADMINISTRATOR, who=OTHER)
    require_other_administrator(leaving, [leaving, staying])
