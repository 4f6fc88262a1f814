"""A desk with very many cases: one case is acted out, its events are repeated for all the others.

The tables follow from the events as they do at a counter; only the services' checks are left out.
"""

import hashlib
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from reliefdesk import desk as front_door
from reliefdesk.clock import CountedIds, FixedClock
from reliefdesk.desk import Desk
from reliefdesk.documents.receipt import ReceiptForm
from reliefdesk.domain.closings import DayClosed
from reliefdesk.domain.counts import CashCounted
from reliefdesk.domain.events import Header
from reliefdesk.domain.ids import ClosingId, CountId, EventId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.payments import recipient_of
from reliefdesk.services import payments, receipts
from reliefdesk.storage import journal, schema
from tests import builders
from tests.bench.people import details_of

A_DAY = 80
"""Cases of a busy day: 100,000 cases are 1,250 days."""
OPEN = 60
"""So many of the latest cases are not paid yet."""
UNFILED = 40
"""So many of the latest numbers are not printed yet."""
_CACHE = Path("out/bench")
_FLOAT = "90000000"
_CASHIER, _BOOKKEEPER = "出纳丁", "记账戊"
_LAST = date(2021, 3, 9)
"""The day before the first day of the clock of `builders`."""
Acted = tuple[Any, Header]


def folder_of(cases: int) -> Path:
    """The folder of a closed desk with so many cases, built once and kept under out/."""
    shape = hashlib.sha256(schema.SCRIPT.encode()).hexdigest()[:8]
    folder = _CACHE / f"desk-{cases}-{shape}"
    if not folder.exists():
        making = _CACHE / f"making-{cases}"
        shutil.rmtree(making, ignore_errors=True)
        _build(making, cases)
        making.rename(folder)
    return folder


def opened(folder: Path) -> Desk:
    """Open a desk of `folder_of` on the morning after its last day."""
    around = builders.surroundings(FixedClock(builders.MORNING), CountedIds(10**9))
    return front_door.sign_in(folder, "系统己", builders.PASSPHRASE, around)


def _build(folder: Path, cases: int) -> None:
    days = -(-cases // A_DAY)
    begin = _LAST - timedelta(days=days)
    morning = datetime.combine(begin, time(1), tzinfo=UTC)
    made = builders.a_desk(folder, float_yuan="0", at=morning)
    builders.add_float(made, _FLOAT)
    context = made.context(_CASHIER)
    chance = random.Random(1)  # noqa: S311 - no secret
    office = Office(acted=_acted(), chance=chance, cases=cases, balance=Money.parse(_FLOAT))
    for day in range(1, days + 1):
        with context.file.transaction():
            for event, header in office.day(begin + timedelta(days=day)):
                journal.append(context.file, event, header)
    made.desk.close()


def _acted() -> tuple[Acted, ...]:
    with tempfile.TemporaryDirectory() as name:
        made = builders.a_desk(Path(name) / "desk")
        acted = acted_at(made)
        made.desk.close()
    return acted


def acted_at(made: builders.TestDesk) -> tuple[Acted, ...]:
    """The events of one case, from the person's registration to the filed receipt."""
    before = journal.head(made.context().file).seq
    found = builders.an_approved_case(made, builders.a_draft(yuan="500"))
    order = builders.a_pay_order(made, found)
    cashier = made.context(_CASHIER)
    paid = payments.pay(
        cashier, order, seen_version=found.version, officer=made.officer(_CASHIER)
    ).result
    receipts.print_receipt(cashier, paid.receipt_no, ReceiptForm.A5)
    receipts.sign(cashier, paid.receipt_no)
    receipts.file_original(made.context(_BOOKKEEPER), paid.receipt_no, "2021-1-1")
    entries = journal.entries(cashier.file, before)
    return tuple((entry.event, entry.header) for entry in entries)


@dataclass
class Office:
    """Repeats the acted case day by day, and closes each day on its count.

    `first` keeps the identities of several offices apart.
    """

    acted: tuple[Acted, ...]
    chance: random.Random
    cases: int
    balance: Money
    closed: Money = ZERO
    code: str = builders.XINHUA.code
    first: int = 0
    a_day: int = A_DAY

    def __post_init__(self) -> None:
        self.number = 0
        self._ids = count(20 * self.first + 1)
        self._serials: dict[int, Iterator[int]] = {}

    def day(self, on: date) -> Iterator[Acted]:
        """The cases of a day, in their order; then the drawer is counted and closed."""
        held, opening = self.balance, self.closed
        for _ in range(min(self.a_day, self.cases - self.number)):
            self.number += 1
            yield from self._case(on)
        paying, header = self.acted[4]
        self.closed = self.balance
        facts: dict[str, Any] = {
            "cashier": paying.cashier,
            "count_id": CountId(f"count-{self.code}-{on}"),
        }
        yield (
            CashCounted(
                pieces=(), counted=self.balance, expected=self.balance, counted_on=on, **facts
            ),
            self._header(header, on),
        )
        yield (
            DayClosed(
                closing_id=ClosingId(f"close-{self.code}-{on}"),
                closed_on=on,
                opening=opening,
                income=held - opening,
                outgo=held - self.balance,
                closing=self.balance,
                **facts,
            ),
            self._header(header, on),
        )

    def _case(self, on: date) -> Iterator[Acted]:
        left = self.cases - self.number
        steps = 8 if left >= OPEN + UNFILED else 5 if left >= OPEN else 2 + left % 3
        new = self._new_facts(on)
        for event, header in self.acted[:steps]:
            mine = {field.name: new[field.name] for field in fields(event) if field.name in new}
            if "paid_on" in mine:
                self.balance -= event.amount
            yield replace(event, **mine), self._header(header, on)

    def _new_facts(self, on: date) -> dict[str, Any]:
        details, place = details_of(self.chance, self.first + self.number), self.first + self.number
        serial = next(self._serials.setdefault(on.year, count(1)))
        return {
            "person_id": f"person-{place:07d}",
            "details": details,
            "case_id": f"case-{place:07d}",
            "case_no": f"AJ-{self.code}-{on.year}-{serial:06d}",
            "accepted_at": datetime.combine(on, time(1), tzinfo=UTC),
            "payment_id": f"payment-{place:07d}",
            "recipient": recipient_of(details),
            "receipt_no": f"XJ-{self.code}-{on.year}-{serial:06d}",
            "paid_on": on,
            "signed_on": on,
            "filed_on": on,
        }

    def _header(self, header: Header, on: date) -> Header:
        place = next(self._ids)
        at = datetime.combine(on, time(1), tzinfo=UTC) + timedelta(milliseconds=place % 10_000)
        return replace(header, event_id=EventId(f"event-{place:08d}"), at=at, on=on)
