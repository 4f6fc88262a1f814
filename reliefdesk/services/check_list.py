"""Drawing a month's spot check at the district: what its list names, its seed, who gets it.

What arrives after a draw is drawn for itself (补抽); a draw never changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.check_records import (
    Matter,
    MonthRunningError,
    NothingToDrawError,
    SpotCheck,
    SpotCheckDrawn,
    SpotCheckListIssued,
)
from reliefdesk.domain.checks import PERCENT_LEAST, CheckLine, Draw
from reliefdesk.domain.checks import draw as drawn_from
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.partners import Partner, require_district
from reliefdesk.domain.statistics import Month
from reliefdesk.services import checks, messages, statistics
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import canonical, journal, streams
from reliefdesk.storage import checks as stored
from reliefdesk.storage import partners as stored_partners

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMonth:
    """An ended month with cases that no list names yet; `round` is 0 before its first draw.

    `missing` are offices that have sent nothing since the month ended.
    """

    month: Month
    since: date
    until: date
    round: int
    matters: tuple[Matter, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawOrder:
    """Which month to draw and how many of a hundred. The window makes `check_id`."""

    check_id: str
    month: Month
    percent: int = PERCENT_LEAST


def open_months(context: Context) -> tuple[OpenMonth, ...]:
    """Give the ended months with cases that no list names yet, oldest first; none at an office."""
    if not context.desk.kind.is_district:
        return ()
    matters = stored.matters(context.file, context.today)
    if not matters:
        return ()
    found: list[OpenMonth] = []
    month = _month_before(context, min(one.on for one in matters))
    since = statistics.ends_on(context, month.before) + _DAY
    while (until := statistics.ends_on(context, month)) < context.today:
        due = tuple(one for one in matters if since <= one.on <= until)
        if due:
            found.append(
                OpenMonth(
                    month=month,
                    since=since,
                    until=until,
                    round=stored.rounds(context.file, month.code),
                    matters=due,
                    missing=tuple(_missing(context, until)),
                )
            )
        month, since = month.following, until + _DAY
    return tuple(found)


def draw(context: Context, order: DrawOrder, *, officer: VerifiedOfficer) -> Recorded[SpotCheck]:
    """Draw a month, or what came late for it; the lists travel with the next bundles.

    The seed is the head of the journal. Raises MonthRunningError, NothingToDrawError, PercentError.
    """
    require_district(context.desk.kind)
    require_seat(officer.operator, Seat.APPROVER)
    with context.file.transaction():
        if stored.check(context.file, order.check_id) is None:
            _draw(context, order, officer)
    return recorded(checks.check(context, order.check_id), "checks", "sync", "today")


def _draw(context: Context, order: DrawOrder, officer: VerifiedOfficer) -> None:
    until = statistics.ends_on(context, order.month)
    if until >= context.today:
        raise MonthRunningError(month=order.month.label, until=until)
    found = next((one for one in open_months(context) if one.month == order.month), None)
    if found is None:
        raise NothingToDrawError(month=order.month.label)
    head = journal.head(context.file)
    drawn = drawn_from(head.hash, [one.line for one in found.matters], order.percent)
    recipients = _recipients(context, found.matters)
    district = context.desk.office.code
    event = SpotCheckDrawn(
        check_id=order.check_id,
        check_no=f"CC-{district}-{order.month.code.replace('-', '')}-{found.round:02d}",
        month=order.month.code,
        round=found.round,
        since=found.since,
        until=found.until,
        percent=order.percent,
        seed=head.hash,
        seed_number=head.seq,
        list_hash=drawn.list_hash,
        lines=drawn.lines,
        drawn=drawn.drawn,
        recipients=dict(recipients),
        drawn_by=officer.operator.operator_id,
    )
    confirmed = (officer.operator.operator_id,)
    record(context, event, confirmed_by=confirmed)
    for desk_id in dict.fromkeys(recipients.values()):
        lines = [line for line in drawn.lines if recipients[line.office] == desk_id]
        messages.queue(context, desk_id, _issued(event, lines, drawn), confirmed_by=confirmed)


def _issued(event: SpotCheckDrawn, lines: Sequence[CheckLine], drawn: Draw) -> SpotCheckListIssued:
    own = {line.case_no for line in lines}
    return SpotCheckListIssued(
        check_id=event.check_id,
        check_no=event.check_no,
        month=event.month,
        round=event.round,
        since=event.since,
        until=event.until,
        percent=event.percent,
        seed=event.seed,
        seed_number=event.seed_number,
        list_hash=event.list_hash,
        lines=tuple(lines),
        drawn=tuple(case_no for case_no in drawn.drawn if case_no in own),
    )


def _recipients(context: Context, matters: Iterable[Matter]) -> dict[str, DeskId]:
    """The desk of each office that can still be told: itself, its successor, its new computer."""
    known = {one.desk_id: one for one in stored_partners.partners(context.file)}
    found: dict[str, DeskId] = {}
    for one in matters:
        desk_id: DeskId | None = one.desk_id
        while desk_id is not None and not _may_hear(context, known.get(desk_id)):
            desk_id = stored_partners.merged_into(context.file, desk_id)
        found.setdefault(one.line.office, desk_id or _same_office(context, known, one))
    return found


def _same_office(context: Context, known: dict[DeskId, Partner], one: Matter) -> DeskId:
    """A new desk of the office, else the one that recorded the case: its stream keeps the word."""
    return next(
        (
            each.desk_id
            for each in known.values()
            if each.office.code == one.line.office and _may_hear(context, each)
        ),
        one.desk_id,
    )


def _may_hear(context: Context, partner: Partner | None) -> bool:
    if partner is None or partner.revoked_at is not None:
        return False
    return partner.merged_on is None or partner.merged_on > context.today


def _month_before(context: Context, on: date) -> Month:
    month = Month(on.year, on.month)
    while statistics.ends_on(context, month) >= on:
        month = month.before
    return month.following


def _missing(context: Context, until: date) -> Iterator[str]:
    newest = {one.desk_id: one for one in stored_partners.partners(context.file)}
    for one in newest.values():
        last = streams.last_import(context.file, one.desk_id)
        on = None if last is None else shanghai_day(canonical.read_instant(last["imported_at"]))
        if _may_hear(context, one) and not one.role.is_district and (on is None or on <= until):
            yield one.office.name
