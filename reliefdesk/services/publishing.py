"""What a district enters once for all its offices: policy rows and holiday tables."""

from reliefdesk.domain.desks import Office
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.messages import CalendarPublished, PolicyRowPublished
from reliefdesk.domain.policies import CalendarLoaded, PolicyRowEntered
from reliefdesk.services import messages
from reliefdesk.services.recording import Context
from reliefdesk.storage import partners
from reliefdesk.storage import policies as stored


def publish_row(
    context: Context, event: PolicyRowEntered, *, confirmed_by: tuple[OperatorId, ...]
) -> None:
    """Send a row that a district entered to every office, in the transaction that records it."""
    if context.desk.kind.is_district:
        message = PolicyRowPublished(row=event.row, corrects=event.corrects)
        messages.queue_for_all(context, message, confirmed_by=confirmed_by)


def publish_calendar(
    context: Context, calendar: CalendarLoaded, *, confirmed_by: tuple[OperatorId, ...]
) -> None:
    """Send a holiday table that a district loaded to every office."""
    if context.desk.kind.is_district:
        messages.queue_for_all(context, _published(calendar), confirmed_by=confirmed_by)


def everything_for(context: Context) -> tuple[object, ...]:
    """Give what an office that is enrolled now has to know of what was published before."""
    rows = stored.own_rows(context.file)
    entered = [PolicyRowPublished(row=row, corrects=None) for row in rows]
    loaded = [_published(calendar) for calendar in stored.calendars(context.file)]
    return (*entered, *loaded)


def offices(context: Context) -> tuple[Office, ...]:
    """Give the offices that what is entered here is published to; none but at a district."""
    if not context.desk.kind.is_district:
        return ()
    known = partners.partners(context.file)
    found = {
        one.desk_id: one.office
        for one in known
        if not one.role.is_district and one.revoked_at is None
    }
    return tuple(dict.fromkeys(found.values()))


def _published(calendar: CalendarLoaded) -> CalendarPublished:
    return CalendarPublished(
        year=calendar.year,
        holidays=calendar.holidays,
        working_weekends=calendar.working_weekends,
        document=calendar.document,
    )
