"""Any order of paying, undoing, floats, counts, closes and handovers keeps both drawers true.

The long run plays 10,000 random days; every day ends with both cashiers counting and closing.
"""

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.services.drawer_play import GRANTED, NAMES, Play, new_case, template, waiting

RUNS, DAYS = 20, 500
"""10,000 days, in runs that each start from a fresh desk."""
WHO = st.sampled_from(NAMES)
PICK = st.integers(0, 20)
OFF = st.sampled_from([0, 0, 0, -2_000, 5_000, -40])


class _Machine(RuleBasedStateMachine):
    """Two drawers under any order of acts."""

    source: Path

    @initialize()
    def open(self) -> None:
        self.play = Play(self.source, Path(tempfile.mkdtemp(dir=self.source.parent)) / "desk")

    @rule(name=WHO, place=st.integers(0, 4), fen=st.sampled_from([70_000, 50_000, 20_000]))
    def pay(self, name: str, place: int, fen: int) -> None:
        self.play.pay(name, place, fen)

    @rule(place=st.integers(0, 4), fen=st.sampled_from([20_000, 30_000, 70_000]))
    def claim(self, place: int, fen: int) -> None:
        self.play.claims.claim(place, fen)

    @rule(pick=PICK)
    def withdraw(self, pick: int) -> None:
        self.play.claims.withdraw(pick)

    @rule(name=WHO, pick=PICK, fen=st.sampled_from([10_000, 20_000, 5_500, 0]))
    def repay(self, name: str, pick: int, fen: int) -> None:
        self.play.claims.repay(name, pick, fen)

    @rule(name=WHO, pick=PICK)
    def void_repayment(self, name: str, pick: int) -> None:
        self.play.claims.void(name, pick)

    @rule(name=WHO)
    def deposit(self, name: str) -> None:
        self.play.claims.deposit(name)

    @rule()
    def close_month(self) -> None:
        self.play.months.close(self.play.second)

    @rule(place=st.integers(0, 20))
    def sign(self, place: int) -> None:
        self.play.sign(place)

    @rule(name=WHO, place=st.integers(0, 20))
    def undo(self, name: str, place: int) -> None:
        self.play.undo(name, place)

    @rule(name=WHO, fen=st.sampled_from([0, 10, 100_000, -50, -900_000, -2_000_000]))
    def float(self, name: str, fen: int) -> None:
        self.play.float(name, fen)

    @rule(name=WHO, difference=OFF)
    def count(self, name: str, difference: int) -> None:
        self.play.count(name, difference)

    @rule(name=WHO)
    def explain(self, name: str) -> None:
        self.play.explain(name)

    @rule(name=WHO)
    def post(self, name: str) -> None:
        self.play.post(name)

    @rule(name=WHO)
    def close(self, name: str) -> None:
        self.play.close(name)

    @rule(name=WHO, difference=OFF)
    def count_and_close(self, name: str, difference: int) -> None:
        self.play.count(name, difference)
        self.play.explain(name)
        self.play.close(name)

    @rule(name=WHO)
    def hand_over(self, name: str) -> None:
        self.play.hand_over(name)

    @rule(name=WHO)
    def count_and_hand_over(self, name: str) -> None:
        self.play.count(name, 0)
        self.play.hand_over(name)

    @rule(days=st.sampled_from([1, 1, 1, 30, 300]))
    def wait(self, days: int) -> None:
        self.play.next_day(days)

    @invariant()
    def drawers_are_true(self) -> None:
        if hasattr(self, "play"):
            self.play.check_drawers()
            self.play.check_closings()
            self.play.claims.check()

    def teardown(self) -> None:
        if hasattr(self, "play"):
            self.play.end()


def test_any_order_of_acts_keeps_two_drawers_true(tmp_path: Path) -> None:
    machine = type("Machine", (_Machine,), {"source": template(tmp_path)})
    run = settings(max_examples=15, stateful_step_count=30, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=run)


def a_random_act(play: Play, chance: Random) -> None:
    """One act of either cashier."""
    name, pick = chance.choice(NAMES), chance.randrange(1_000)
    match chance.randrange(10):
        case 0 | 1:
            play.pay(name, pick)
        case 2 | 3:
            place = chance.choice(waiting(play) or [pick])
            rest = GRANTED - play.paid(play.case_at(place))
            play.pay(name, place, chance.choice([rest, rest, rest, 50_000, 20_000]))
        case 4:
            play.undo(name, pick)
        case 5:
            play.float(name, chance.choice([200_000, 50_000, -30_000, 0]))
        case 6 | 7:
            play.sign(pick)
        case 8:
            play.count(name, 0)
            play.hand_over(name)
        case _:
            a_claim_at_work(play, chance)


def a_random_day(play: Play, chance: Random) -> None:
    """A few acts of either cashier, then both count, settle what differs, and close."""
    for _ in range(chance.randrange(6)):
        a_random_act(play, chance)
    if not waiting(play) and chance.random() < 0.5:
        new_case(play)
    for name in NAMES:
        play.count(name, chance.choice([0, 0, 0, 0, -2_000, 500]))
        play.explain(name)
        if chance.random() < 0.5:
            play.post(name)
        play.close(name)
    play.check_drawers()
    play.next_day(chance.choice([1, 1, 1, 1, 3]))


def a_claim_at_work(play: Play, chance: Random) -> None:
    """Money is claimed back, some of it comes, some was entered wrongly, some goes to finance."""
    name, pick = chance.choice(NAMES), chance.randrange(1_000)
    match chance.randrange(8):
        case 0:
            play.claims.claim(pick, chance.choice([20_000, 70_000]))
        case 1:
            play.claims.withdraw(pick)
        case 2 | 3 | 4:
            play.claims.repay(name, pick, chance.choice([10_000, 20_000, 5_500]))
        case 5:
            play.claims.void(name, pick)
        case 6:
            play.claims.deposit(name)
        case _:
            play.months.close(play.second)


def play_days(folder: Path, *, seed: int, days: int) -> None:
    source = template(folder)
    play, chance = Play(source, folder / "played"), Random(seed)  # noqa: S311 - chance that repeats
    for day in range(days):
        a_random_day(play, chance)
        if day % 100 == 99:
            play.check_ledger()
    assert len(play.closed[NAMES[0]]) > days // 2
    play.end()


def test_random_days_leave_nothing_open(tmp_path: Path) -> None:
    play_days(tmp_path, seed=0, days=15)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, RUNS + 1))
def test_ten_thousand_random_days_break_nothing(tmp_path: Path, seed: int) -> None:
    play_days(tmp_path, seed=seed, days=DAYS)
