"""A process that carries sticks between an office and its district, to be killed between steps.

It says each step after it returned; what was said must hold.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from reliefdesk.clock import CountedIds, FixedClock
from reliefdesk.services import operators, receiving, sync
from reliefdesk.services.sync import HandoverOrder
from tests.builders import MORNING, P02, TestDesk, a_draft, an_accepted_case
from tests.sync.parties import APART, FolderStick, reopen

ROUND = 10_000


def say(word: str) -> None:
    """Tell the parent, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def opened(folder: Path, round_: int, place: int) -> TestDesk:
    """Open a desk with ids that no earlier round used."""
    start = place * APART + 1_000_000 + round_ * ROUND
    blank = TestDesk(desk=None, clock=FixedClock(MORNING), ids=CountedIds())  # type: ignore[arg-type]
    made = reopen(folder, blank, first_id=start)
    made.by_name = {one.name: one.operator_id for one in operators.operators(made.desk.context())}
    return made


class Courier:
    """Both desks, the stick, and what lies on it."""

    def __init__(self, root: Path, round_: int) -> None:
        """Open both desks."""
        self.office = opened(root / "a", round_, 1)
        self.district = opened(root / "district", round_, 3)
        self.stick = FolderStick(root / "stick")

    def steps(self) -> tuple[Callable[[], object], ...]:
        """Everything that happens between two visits."""
        return (
            lambda: an_accepted_case(self.office, a_draft(P02)),
            lambda: self._send(self.office),
            self._hand_over,
            lambda: self._take(self.district),
            lambda: self._send(self.district),
            lambda: self._take(self.office),
        )

    def _send(self, made: TestDesk) -> None:
        context = made.context()
        to = None if made is self.office else self.office.desk.genesis.desk_id
        if not sync.pending(context, to).is_offered:
            return
        self.row = sync.prepare(context, to).result
        say("step")
        sync.write(context, self.row.manifest_id, self.stick)
        self.file = self.stick.folder / sync.content(context, self.row.manifest_id).name

    def _hand_over(self) -> None:
        context = self.office.context()
        order = HandoverOrder(
            manifest_id=self.row.manifest_id, handed_on=context.today, receiver="收件人"
        )
        sync.hand_over(context, order)

    def _take(self, made: TestDesk) -> None:
        planned = receiving.plan(made.context(), [self.file])
        say("step")
        receiving.take(made.context(), planned)


def main() -> None:
    """Carry until killed or done."""
    courier = Courier(Path(sys.argv[1]), int(sys.argv[2]))
    say("open")
    for step in courier.steps():
        step()
        say("step")
    say("done")
    sys.stdin.readline()  # to be killed here too


if __name__ == "__main__":
    main()
