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

from tests.services.drawer_play import NAMES, Play, template

RUNS, DAYS = 20, 500
"""10,000 days, in runs that each start from a fresh desk."""
WHO = st.sampled_from(NAMES)
OFF = st.sampled_from([0, 0, 0, -2_000, 5_000, -40])


class _Machine(RuleBasedStateMachine):
    """Two drawers under any order of acts."""

    source: Path

    @initialize()
    def open(self) -> None:
        self.play = Play(self.source, Path(tempfile.mkdtemp(dir=self.source.parent)) / "desk")

    @rule(name=WHO, place=st.integers(0, 4))
    def pay(self, name: str, place: int) -> None:
        self.play.pay(name, place)

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

    def teardown(self) -> None:
        if hasattr(self, "play"):
            self.play.end()


def test_any_order_of_acts_keeps_two_drawers_true(tmp_path: Path) -> None:
    machine = type("Machine", (_Machine,), {"source": template(tmp_path)})
    run = settings(max_examples=15, stateful_step_count=30, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=run)


def a_random_day(play: Play, chance: Random) -> None:
    """A few acts of either cashier, then both count, settle what differs, and close."""
    for _ in range(chance.randrange(6)):
        name = chance.choice(NAMES)
        act = chance.randrange(7)
        if act <= 1:
            play.pay(name, chance.randrange(5))
        elif act == 2:
            play.undo(name, chance.randrange(1_000))
        elif act == 3:
            play.float(name, chance.choice([200_000, 50_000, -30_000, 0]))
        elif act == 4 and chance.random() < 0.2:
            play.sign(chance.randrange(1_000))
        elif act == 5:
            play.count(name, 0)
            play.hand_over(name)
    for name in NAMES:
        play.count(name, chance.choice([0, 0, 0, 0, -2_000, 500]))
        play.explain(name)
        if chance.random() < 0.5:
            play.post(name)
        play.close(name)
    play.check_drawers()
    play.next_day(chance.choice([1, 1, 1, 1, 3]))


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
