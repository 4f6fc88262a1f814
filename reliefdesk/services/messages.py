"""What a district says to its offices: each message takes the next number of their stream."""

from collections.abc import Iterable, Mapping

from reliefdesk import wording
from reliefdesk.domain.events import EVENT_TYPES, Header
from reliefdesk.domain.ids import DeskId, EventId, OperatorId
from reliefdesk.domain.streams import MessageQueued
from reliefdesk.services.recording import Context, record
from reliefdesk.storage import lines, partners, sendings

_KNOWN = frozenset(kind.__name__ for kind in EVENT_TYPES)


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
        if not partner.role.is_district
        and partner.revoked_at is None
        and (partner.merged_on is None or partner.merged_on >= context.today)
    )
    for desk_id in offices:
        queue(context, desk_id, message, confirmed_by=confirmed)
    return len(offices)


def event_label(name: str) -> str:
    """Name an event type in Chinese; that of a newer program keeps its own name."""
    return wording.text(f"events.{name}") if name in _KNOWN else name


def verdict_text(code: str, seq: int, facts: Mapping[str, str]) -> str:
    """Say in Chinese why an event was not simply accepted; empty where it was."""
    if not code:
        return ""
    shown = {name: event_label(text) if name == "event" else text for name, text in facts.items()}
    return wording.text(code, seq=seq, **shown)
