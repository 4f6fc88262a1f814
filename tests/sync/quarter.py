"""Three offices and a district over thirteen weeks: sticks get lost, late, doubled and damaged.

One office goes on from a backup, one loses its computer, one is merged into another; chance is
seeded, so that a week that went wrong can be seen again.
"""

import random
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from reliefdesk.domain.desks import Office
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.domain.statistics import Month
from reliefdesk.domain.streams import EpochReason, PlanState
from reliefdesk.services import cash, partners, statistics, sync, tokens
from reliefdesk.services.partners import RevokeOrder
from tests.builders import TestDesk, a_desk, add_float
from tests.services.counter import somebody
from tests.services.drawer import close, count
from tests.sync import office_acts
from tests.sync.parties import APART, Trio, a_trio, desk_id, enrol, exchange, reopen, send, take

HAIBEI = Office(code="150302002", name="海北街道办事处")
WEEKS, CASES_A_WEEK = 13, 6
REVOKED = "sync.aside_revoked"
LANDED = {PlanState.READY, PlanState.SEEN, PlanState.WAITING}


@dataclass
class Quarter:
    """Desks, the sticks under way, and whom two offices helped on purpose."""

    trio: Trio
    c: TestDesk
    chance: random.Random
    under_way: list[Path] = field(default_factory=list)
    people: int = 0
    made_cases: int = 0
    helped: dict[str, list[PersonDraft]] = field(default_factory=dict)
    planted: set[str] = field(default_factory=set)
    backups: dict[str, Path] = field(default_factory=dict)
    merged: bool = False
    copies: int = 0
    silent: str = ""
    """Whose disk dies this week before anything of it was sent."""

    @property
    def offices(self) -> dict[str, TestDesk]:
        """Who still receives people."""
        every = {"a": self.trio.a, "b": self.trio.b, "c": self.c}
        return {name: made for name, made in every.items() if not (self.merged and name == "b")}

    def week(self, number: int) -> None:
        """A week of every office, then whatever the sticks do."""
        for made in (*self.offices.values(), self.trio.district):
            made.clock.advance(timedelta(days=7))
        for name, made in self.offices.items():
            if cash.balance(made.context()).fen < 300_000:
                add_float(made, "5000")
            for place in range(CASES_A_WEEK):
                self.a_case(name, made, number * CASES_A_WEEK + place)
            end_day(made)
            if name != self.silent:
                self.a_stick(made)
        self.deliver()
        self.answers()

    def somebody_new(self) -> PersonDraft:
        """A person nobody has helped."""
        self.people += 1
        return somebody(self.people)

    def a_case(self, name: str, made: TestDesk, place: int) -> None:
        """Somebody comes; now and then whom another office has helped already."""
        elsewhere = [one for other, found in self.helped.items() if other != name for one in found]
        fresh = [one for one in elsewhere if one.number not in self.planted]
        if fresh and place % CASES_A_WEEK == 0:
            person = self.chance.choice(fresh)
            self.planted.add(person.number)
            # What the district must allow is not paid before the decision.
            acts = tuple(act for act in office_acts.GIVING if act is not office_acts.first_relief)
        else:
            person = self.somebody_new()
            acts = (*office_acts.GIVING, *office_acts.OTHERS)
        act = acts[place % len(acts)]
        act(made, person)
        self.made_cases += 1
        if act in office_acts.GIVING:
            self.helped.setdefault(name, []).append(person)

    def a_stick(self, made: TestDesk) -> None:
        """An office makes a bundle, if it has something to say."""
        if sync.pending(made.context()).is_offered:
            self.under_way.append(send(self.trio, made))

    def deliver(self) -> None:
        """Sticks reach the district in any order, or late, twice, broken, never."""
        self.chance.shuffle(self.under_way)
        late: list[Path] = []
        for file in self.under_way:
            fate = self.chance.choice(["here", "here", "here", "lost", "late", "twice", "broken"])
            if fate == "late":
                late.append(file)
            elif fate == "broken":
                content = bytearray(file.read_bytes())
                content[self.chance.randrange(len(content))] ^= 0x20
                file.write_bytes(content)
                (row,) = take(self.trio.district, file)
                assert row.state is PlanState.REFUSED
            elif fate != "lost":
                for _ in range(2 if fate == "twice" else 1):
                    self.took(file)
        self.under_way = late

    def took(self, file: Path) -> None:
        """The district takes a bundle in, or keeps it until the one before is here."""
        rows = take(self.trio.district, file)
        assert {row.state for row in rows} <= LANDED, rows
        assert not [said for row in rows for said in row.aside]

    def answers(self) -> None:
        """The district's answers go back, or get lost."""
        for made in self.offices.values():
            if not sync.pending(self.trio.district.context(), desk_id(made)).is_offered:
                continue
            answer = send(self.trio, self.trio.district, made)
            if self.chance.random() < 0.7:
                (row,) = take(made, answer)
                assert row.state in (PlanState.READY, PlanState.SEEN), row.code

    def settle(self, made: TestDesk) -> None:
        """Let everything of an office arrive, and the answer come back."""
        self.under_way.clear()
        if sync.pending(made.context()).is_offered:
            exchange(self.trio, made)
        elif sync.pending(self.trio.district.context(), desk_id(made)).is_offered:
            take(made, send(self.trio, self.trio.district, made))
        assert sync.pending(made.context()).events == 0

    def back_up(self, name: str) -> None:
        """Copy an office's folder after everything arrived."""
        made = self.offices[name]
        self.settle(made)
        made.desk.close()
        self.silent = name
        kept = self.trio.folder / f"{name}-backup"
        shutil.copytree(self.trio.folder / name, kept)
        self.backups[name] = kept
        self._go_on(name, self.trio.folder / name)

    def restore(self, name: str, reason: EpochReason) -> None:
        """Go on from the backup in a new epoch; what only the lost disk knew is entered anew."""
        self.offices[name].desk.close()
        self._go_on(name, self.backups[name])
        made = self.offices[name]
        made.desk.open_epoch(reason, officer=made.officer("审批丙"))
        enrol(self.trio, made)
        self.silent = ""

    def lose(self, name: str) -> None:
        """A computer is gone: its keys are revoked, the thief's bundle is refused."""
        made = self.offices[name]
        office_acts.promised(made, self.somebody_new())
        stolen = send(self.trio, made)
        order = RevokeOrder(desk_id=desk_id(made), epoch=1, reason="电脑丢失")
        district = self.trio.district
        partners.revoke(district.context("系统己"), order, officer=district.officer("审批丙"))
        (row,) = take(district, stolen)
        # Either nothing of it opens, or it begins before the last trusted number and none goes in.
        assert row.code == "bundles.key_stopped" or row.aside
        self.under_way.clear()
        self.restore(name, EpochReason.LOST)

    def end_of_month(self, month: Month) -> None:
        """Books of the month are closed; everybody gets the list of who was helped elsewhere."""
        for made in self.offices.values():
            officer = made.officer("记账戊")
            statistics.close_month(made.context("记账戊"), month, officer=officer)
            tokens.issue(self.trio.district.context("系统己"), desk_id(made))

    def next_day(self) -> None:
        """The day after a week's last."""
        for made in (*self.offices.values(), self.trio.district):
            made.clock.advance(timedelta(days=1))

    def _go_on(self, name: str, folder: Path) -> None:
        self.copies += 1
        made = reopen(folder, self.offices[name], first_id=(100 + self.copies) * APART)
        if name == "c":
            self.c = made
        else:
            setattr(self.trio, name, made)


def end_day(made: TestDesk) -> None:
    """Count the drawer and close the day."""
    count(made, cash.balance(made.context()).figures.replace(",", ""))
    close(made)


def a_quarter(folder: Path, seed: int) -> Quarter:
    """Make the desks and enrol everybody."""
    trio = a_trio(folder)
    c = a_desk(folder / "c", office=HAIBEI, first_id=50 * APART)
    enrol(trio, c)
    for made in (trio.a, trio.b, c):
        end_day(made)
    return Quarter(trio=trio, c=c, chance=random.Random(seed))  # noqa: S311 - no secret
