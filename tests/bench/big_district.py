"""A district's desk that holds what twenty offices sent in five years: a million events.

Each office's case is acted out at its own desk and repeated; the events are applied as received
ones are, without their lines in the journal, which no list reads.
"""

import hashlib
import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, count
from pathlib import Path

from reliefdesk import desk as front_door
from reliefdesk.clock import CountedIds, FixedClock
from reliefdesk.desk import Desk
from reliefdesk.domain import desks
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.money import Money
from reliefdesk.domain.streams import BOOKKEEPING
from reliefdesk.services import desk_keys, partners
from reliefdesk.services.partners import EnrolOrder
from reliefdesk.storage import journal, schema, tables
from tests import builders
from tests.bench import big_desk
from tests.sync.parties import APART, a_bureau

OFFICES = 20
DAYS = 1_470
"""Working days of five years; four cases a day make 34 events of an office."""
A_DAY = 4
_CACHE = Path("out/bench")
_LAST = date(2021, 3, 9)
_FLOAT = "9000000"
_Sent = tuple[DeskId, big_desk.Acted]


def folder_of(offices: int = OFFICES, days: int = DAYS) -> Path:
    """The folder of a closed desk of a district, built once and kept under out/."""
    shape = hashlib.sha256(schema.SCRIPT.encode()).hexdigest()[:8]
    folder = _CACHE / f"district-{offices}-{days}-{shape}"
    if not folder.exists():
        making = _CACHE / f"making-district-{offices}-{days}"
        shutil.rmtree(making, ignore_errors=True)
        _build(making, offices, days)
        making.rename(folder)
    return folder


def opened(folder: Path) -> Desk:
    """Open a desk of `folder_of` on the morning after its last day."""
    around = builders.surroundings(FixedClock(builders.MORNING), CountedIds(10**9))
    return front_door.sign_in(folder, "系统己", builders.PASSPHRASE, around)


def _build(folder: Path, offices: int, days: int) -> None:
    made, _ = a_bureau(folder)
    with tempfile.TemporaryDirectory() as name:
        sent = [_Sender(made, Path(name), place, days) for place in range(1, offices + 1)]
    file, seqs = made.context().file, count(journal.head(made.context().file).seq + 1)
    for day in range(days + 1):
        with file.transaction():
            for desk_id, (event, header) in chain.from_iterable(one.day(day) for one in sent):
                entry = Entry(
                    seq=next(seqs),
                    header=header,
                    event=event,
                    previous_hash="",
                    hash="",
                    origin=desk_id,
                )
                tables.change(file, entry)
    made.desk.close()


class _Sender:
    """One office: what it recorded before its first case, then its days."""

    def __init__(self, district: builders.TestDesk, folder: Path, place: int, days: int) -> None:
        """Make the office's desk, enrol it, act its case, and close it."""
        office = desks.Office(code=f"150302{place:03d}", name=f"测试{place}号街道办事处")
        self._begin = _LAST - timedelta(days=days)
        made = builders.a_desk(
            folder / office.code,
            office=office,
            float_yuan=_FLOAT,
            at=datetime.combine(self._begin, time(1), tzinfo=UTC),
            first_id=(place + 3) * APART,
        )
        self._desk_id = made.desk.genesis.desk_id
        _enrol(district, made)
        held = journal.entries(made.context().file, 0)
        self._before = [
            (self._desk_id, (entry.event, entry.header))
            for entry in held
            if not isinstance(entry.event, BOOKKEEPING)
        ]
        made.clock.set(builders.MORNING)
        cases = A_DAY * days
        self._office = big_desk.Office(
            acted=big_desk.acted_at(made),
            chance=random.Random(place),  # noqa: S311 - no secret
            cases=cases,
            balance=Money.parse(_FLOAT),
            code=office.code,
            first=place * cases,
            a_day=A_DAY,
        )
        made.desk.close()

    def day(self, number: int) -> Iterator[_Sent]:
        """Give what the office recorded on its day of this number; 0 is before its first."""
        if number == 0:
            return iter(self._before)
        on = self._begin + timedelta(days=number)
        return ((self._desk_id, acted) for acted in self._office.day(on))


def _enrol(district: builders.TestDesk, office: builders.TestDesk) -> None:
    paper = desk_keys.request_file(office.context("系统己"))
    order = EnrolOrder(
        content=paper.content,
        office_name=office.desk.genesis.office.name,
        typed_fingerprint=paper.fingerprint,
    )
    partners.enrol(district.context("系统己"), order, officer=district.officer("审批丙"))
