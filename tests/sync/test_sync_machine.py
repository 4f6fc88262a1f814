"""Two offices and a district with sticks that fail on purpose, in any order.

At the end the district's tables equal the union of the offices', whatever was lost on the way.
"""

import random
import shutil
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reliefdesk.domain.streams import EpochReason, PlanState
from reliefdesk.services import sync
from reliefdesk.storage import streams
from tests.builders import P02, P03, P05, TestDesk, a_draft, an_accepted_case, an_approved_case
from tests.services.money import reverse, sign
from tests.sync.parties import (
    APART,
    Trio,
    a_trio,
    enrol,
    exchange,
    pay_somebody,
    reopen,
    require_sound,
    rows_of,
    send,
    take,
)

COPIES_AT_MOST = 2
OFFICES = st.sampled_from(["a", "b"])
TABLES = (
    ("cases", "case_id, case_no, stage, decision", "1"),
    ("persons", "person_id, number, name", "1"),
    ("case_acts", "case_id, seat, operator_id", "1"),
    ("payments", "payment_id, fen, receipt_no, paid_on", "1"),
    ("receipts", "receipt_no, state, prints", "1"),
    ("cash_entries", "entry_id, in_fen, out_fen, balance_fen", "1"),
    ("operators", "operator_id, name, seats, active", "1"),
)


@cache
def template() -> tuple[Path, Trio]:
    """Enrol once; every example begins with a copy."""
    folder = Path(tempfile.mkdtemp(prefix="reliefdesk-sync-"))
    made = a_trio(folder)
    made.close()
    return folder, made


class Sticks(RuleBasedStateMachine):
    """Sticks go round, get lost, come twice, late, damaged."""

    def __init__(self) -> None:
        """Copy the template and open its desks."""
        super().__init__()
        source, made = template()
        self.folder = Path(tempfile.mkdtemp(prefix="reliefdesk-sync-"))
        shutil.copytree(source, self.folder, dirs_exist_ok=True)
        self.trio = Trio(
            a=reopen(self.folder / "a", made.a, first_id=10 * APART),
            b=reopen(self.folder / "b", made.b, first_id=20 * APART),
            district=reopen(self.folder / "district", made.district, first_id=30 * APART),
            root_code=made.root_code,
            folder=self.folder,
        )
        self.under_way: list[Path] = []
        self.answers: dict[str, list[Path]] = {"a": [], "b": []}
        self.copies = 0

    def office(self, name: str) -> TestDesk:
        """Give a desk by its letter."""
        return self.trio.a if name == "a" else self.trio.b

    @rule(name=OFFICES, person=st.sampled_from([P02, P03, P05]))
    def accept(self, name: str, person: object) -> None:
        """Somebody comes to a counter."""
        an_accepted_case(self.office(name), a_draft(person))  # type: ignore[arg-type]

    @rule(name=OFFICES)
    def pay(self, name: str) -> None:
        """Somebody is paid."""
        made = self.office(name)
        if rows_of(made, "payments", "payment_id"):
            return  # once a year
        pay_somebody(made)

    @rule(name=OFFICES)
    def take_back(self, name: str) -> None:
        """The payment of an office is signed and taken back in red."""
        made = self.office(name)
        for (number,) in rows_of(made, "receipts", "receipt_no", "state = 'issued'"):
            sign(made, str(number))
            reverse(made, str(number))

    @precondition(lambda self: self.copies < COPIES_AT_MOST)
    @rule(name=OFFICES)
    def disk_dies(self, name: str) -> None:
        """An office goes on from a copy in a new epoch; its old sticks are thrown away."""
        made = self.office(name)
        self.under_way.clear()
        self.answers[name].clear()
        if sync.pending(made.context()).is_offered:
            exchange(self.trio, made)
        made.desk.close()
        self.copies += 1
        copy = self.folder / f"copy-{self.copies}"
        shutil.copytree(made.desk.folder, copy)
        again = reopen(copy, made, first_id=(40 + 10 * self.copies) * APART)
        setattr(self.trio, name, again)
        again.desk.open_epoch(EpochReason.RESTORED, officer=again.officer("审批丙"))
        enrol(self.trio, again)

    @rule(name=OFFICES)
    def send(self, name: str) -> None:
        """An office makes a bundle."""
        made = self.office(name)
        if sync.pending(made.context()).is_offered:
            self.under_way.append(send(self.trio, made))

    @precondition(lambda self: self.under_way)
    @rule(place=st.integers(0, 99))
    def lose(self, place: int) -> None:
        """A stick is lost."""
        self.under_way.pop(place % len(self.under_way))

    @precondition(lambda self: self.under_way)
    @rule(place=st.integers(0, 99), cut=st.integers(1, 2000))
    def damage(self, place: int, cut: int) -> None:
        """A byte of a stick flips."""
        file = self.under_way.pop(place % len(self.under_way))
        content = bytearray(file.read_bytes())
        content[-(cut % len(content)) - 1] ^= 0x40
        file.write_bytes(content)
        (row,) = take(self.trio.district, file)
        assert row.state is PlanState.REFUSED

    @precondition(lambda self: self.under_way)
    @rule(kept=st.booleans(), seed=st.integers(0, 99))
    def deliver(self, kept: bool, seed: int) -> None:  # noqa: FBT001 - hypothesis gives it
        """Sticks reach the district in any order."""
        files = list(self.under_way)
        random.Random(seed).shuffle(files)  # noqa: S311 - no secret
        rows = take(self.trio.district, *files)
        assert {row.state for row in rows} <= {PlanState.READY, PlanState.SEEN}
        assert not [row.aside for row in rows if row.aside]
        if not kept:  # else the same sticks come once more
            self.under_way.clear()

    @rule(name=OFFICES)
    def answer(self, name: str) -> None:
        """The district makes an answer."""
        made = self.office(name)
        context, to = self.trio.district.context(), made.desk.genesis.desk_id
        if sync.pending(context, to).is_offered:
            self.answers[name].append(send(self.trio, self.trio.district, made))

    @rule(name=OFFICES, seed=st.integers(0, 99), lost=st.booleans())
    def hear(self, name: str, seed: int, lost: bool) -> None:  # noqa: FBT001 - hypothesis gives it
        """Answers reach an office, or none does."""
        files = self.answers[name]
        random.Random(seed).shuffle(files)  # noqa: S311 - no secret
        if lost:
            files.clear()
        if files:
            rows = take(self.office(name), *files)
            assert {row.state for row in rows} <= {PlanState.READY, PlanState.SEEN}

    @invariant()
    def nothing_is_acknowledged_that_the_district_does_not_hold(self) -> None:
        """已回执 means that the district has it."""
        for made in (self.trio.a, self.trio.b):
            told = sync.pending(made.context()).after
            held = streams.held(self.trio.district.context().file, made.desk.genesis.desk_id)
            assert told.seq <= (0 if held is None else held.place.seq)

    def teardown(self) -> None:
        """Let the last sticks arrive, and compare."""
        for made in (self.trio.a, self.trio.b):
            if sync.pending(made.context()).is_offered:
                exchange(self.trio, made)
            assert sync.pending(made.context()).events == 0
        for table, columns, where in TABLES:
            own = {"operators": "origin <> ''"}.get(table, where)
            theirs = rows_of(self.trio.district, table, columns, own)
            ours = [
                rows_of(made, table, columns, "origin = ''" if table == "operators" else where)
                for made in (self.trio.a, self.trio.b)
            ]
            assert theirs == ours[0] | ours[1], table
        require_sound(self.trio.a, self.trio.b, self.trio.district)
        self.trio.close()
        shutil.rmtree(self.folder)


TestSticks = Sticks.TestCase
TestSticks.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_an_approved_case_that_is_not_paid_arrives_too(tmp_path: Path) -> None:
    trio = a_trio(tmp_path)
    an_approved_case(trio.b)
    exchange(trio, trio.b)
    assert rows_of(trio.district, "cases", "stage") == {("approved",)}
    trio.close()
