"""What a district says to its offices: each message takes the next number of their stream."""

from collections.abc import Iterable

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.events import Header
from reliefdesk.domain.ids import DeskId, EventId, OperatorId
from reliefdesk.domain.streams import MessageQueued
from reliefdesk.services.recording import Context, record
from reliefdesk.storage import lines, partners, sendings


def queue(
    context: Context,
    partner: DeskId,
    message: object,
    *,
    confirmed_by: Iterable[OperatorId] = (),
) -> int:
    """Queue a message for a partner inside the caller's transaction; gives its number."""
    number = sendings.messages_end(context.file, partner).seq + 1
    confirmed = tuple(confirmed_by)
    header = Header(
        event_id=EventId(context.ids.new()),
        at=context.now,
        on=context.today,
        operator_id=context.operator_id,
        confirmed_by=confirmed,
    )
    line = lines.line_of(number, header, message).decode()
    record(
        context,
        MessageQueued(partner=partner, number=number, line=line),
        confirmed_by=confirmed,
    )
    return number


def queue_for_all(
    context: Context, message: object, *, confirmed_by: Iterable[OperatorId] = ()
) -> int:
    """Queue a message for every office that may still speak; gives how many."""
    confirmed = tuple(confirmed_by)
    offices = dict.fromkeys(
        partner.desk_id
        for partner in partners.partners(context.file)
        if partner.role is DeskKind.OFFICE and partner.revoked_at is None
    )
    for desk_id in offices:
        queue(context, desk_id, message, confirmed_by=confirmed)
    return len(offices)
