"""How a service records: one context, one transaction, one event, one report of what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from reliefdesk.clock import Clock, IdSource, shanghai_day
from reliefdesk.domain.desks import ClockWentBack, DeskCreated
from reliefdesk.domain.events import Entry, Header
from reliefdesk.domain.ids import EventId, OperatorId
from reliefdesk.domain.mergers import AFTER_CLOSING, OfficeClosedError
from reliefdesk.domain.partners import EpochStoppedError
from reliefdesk.domain.streams import DeskKeysMade, EpochOpened
from reliefdesk.storage import journal, mergers
from reliefdesk.storage.desk_file import DeskFile

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything a service needs from outside: the open desk, time, ids, and who is signed in.

    `stopped` says why nothing may be recorded before a new epoch; empty as a rule. `machine` tells
    this PC from another.
    """

    file: DeskFile
    clock: Clock
    ids: IdSource
    desk: DeskCreated
    operator_id: OperatorId
    stopped: str = ""
    machine: str = ""

    @property
    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The present calendar day in Asia/Shanghai."""
        return shanghai_day(self.clock.now())


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Generic[T]):
    """What was recorded and which nouns changed, so that the pages showing them reload."""

    result: T
    changes: frozenset[str]


def recorded(result: T, *changes: str) -> Recorded[T]:
    """Report a result and the nouns it changed."""
    return Recorded(result=result, changes=frozenset(changes))


def record(
    context: Context,
    event: object,
    *,
    on: date | None = None,
    confirmed_by: Iterable[OperatorId] = (),
) -> Entry:
    """Append an event to the journal inside the caller's transaction.

    `on` is the day it concerns, today when None. A clock that stands before the last recorded
    instant is noted by an entry of its own, and never refused (RULES.md §6.2).
    A desk that may be an old copy of itself records only its new epoch (EpochStoppedError); one
    that was merged only what reading, printing and bundling leave (OfficeClosedError).
    """
    if context.stopped and not isinstance(event, EpochOpened | DeskKeysMade):
        raise EpochStoppedError(why=context.stopped)
    if mergers.is_closed(context.file) and not isinstance(event, AFTER_CLOSING):
        raise OfficeClosedError(heir=mergers.heir_name(context.file, context.desk.desk_id))
    now = context.now
    last = journal.last_recorded_at(context.file)
    if last is not None and now < last:
        note = ClockWentBack(last_at=last, clock_at=now)
        journal.append(context.file, note, _header(context, now, context.today, ()))
    header = _header(context, now, on or context.today, tuple(confirmed_by))
    return journal.append(context.file, event, header)


def _header(
    context: Context, at: datetime, on: date, confirmed_by: tuple[OperatorId, ...]
) -> Header:
    return Header(
        event_id=EventId(context.ids.new()),
        at=at,
        on=on,
        operator_id=context.operator_id,
        confirmed_by=confirmed_by,
    )
