"""What the conversation with partners leaves to do: answers overdue, requests, alarms, silence."""

from collections.abc import Iterator

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.partners import PartnerRow, PartnerState
from reliefdesk.domain.streams import BundleState
from reliefdesk.domain.today import Place, TodayKind, TodayLine, Urgency
from reliefdesk.services import (
    check_today,
    duplicate_today,
    merger_today,
    partners,
    request_today,
    sync,
    token_today,
)
from reliefdesk.services.recording import Context


def lines(context: Context) -> Iterator[TodayLine]:
    """Give the lines of 今日待办 that concern partners; none on a training desk."""
    if context.stopped:
        yield _line(TodayKind.DESK_STOPPED, Urgency.NOW, why=context.stopped)
    known = partners.listed(context)
    for row in known:
        office = row.office.name
        if row.state is PartnerState.FROZEN:
            yield _line(TodayKind.STREAM_FROZEN, Urgency.NOW, office=office)
        if row.quarantined:
            count = row.quarantined
            yield _line(TodayKind.SET_ASIDE, Urgency.WAITING, office=office, count=count)
        if row.waiting:
            yield _line(TodayKind.BUNDLE_GAP, Urgency.WAITING, office=office, count=row.waiting)
        days = row.silent_days
        if _is_silent(context, days) and row.state is PartnerState.ACTIVE:
            yield _line(TodayKind.SILENT, Urgency.NOTE, office=office, days=days)
        if row.state is PartnerState.ACTIVE:
            yield from _bundles(context, row.desk_id)
        if row.role.is_district:
            yield from _unsent(context, row)
    yield from merger_today.lines(context)
    yield from request_today.lines(context)
    yield from token_today.lines(context)
    yield from check_today.lines(context)
    yield from duplicate_today.lines(context)


def _is_silent(context: Context, days: int | None) -> bool:
    district = context.desk.kind.is_district
    return district and days is not None and days > sync.answer_days(context)


def _unsent(context: Context, partner: PartnerRow) -> Iterator[TodayLine]:
    """Only what the partner acknowledges was sent; older than the days of patience it is told."""
    since = sync.unsent_since(context, partner.desk_id)
    if since is not None and (context.today - since).days > sync.answer_days(context):
        office = partner.office.name
        yield _line(TodayKind.UNSENT, Urgency.WAITING, office=office, since=since)


def _bundles(context: Context, partner_id: DeskId) -> Iterator[TodayLine]:
    for row in sync.bundles(context, partner_id):
        if row.state is BundleState.WRITTEN:
            yield _line(
                TodayKind.UNHANDED,
                Urgency.WAITING,
                office=row.office,
                number=row.number,
                written_on=shanghai_day(row.made_at),
            )
        if row.state is BundleState.OVERDUE:
            yield _line(
                TodayKind.ANSWER_OVERDUE,
                Urgency.OVERDUE,
                office=row.office,
                number=row.number,
                handed_on=row.handed_on,
            )


def _line(about: TodayKind, urgency: Urgency, *, who: str = "", **facts: object) -> TodayLine:
    return TodayLine(kind=about, urgency=urgency, place=Place(page="sync"), who=who, facts=facts)
