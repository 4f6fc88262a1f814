"""What of a partner waits for people: events that were set aside, each with what to do."""

from datetime import date

from reliefdesk import wording
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.streams import EventQuarantined, EventVerdict
from reliefdesk.services import messages
from reliefdesk.services.recording import Context
from reliefdesk.services.verdicts import VerdictLine
from reliefdesk.storage import journal, lines, streams
from reliefdesk.storage.streams import ReceivedRow


def of_partner(context: Context, partner_id: DeskId) -> tuple[VerdictLine, ...]:
    """Give the events of a partner that were set aside here, cured ones last."""
    rows = [row for row in streams.aside(context.file) if row.desk_id == partner_id]
    ordered = sorted(rows, key=lambda row: (bool(row.cured), row.epoch, row.seq))
    return tuple(_line(context, row) for row in ordered)


def _line(context: Context, row: ReceivedRow) -> VerdictLine:
    why = messages.verdict_text(row.code, row.seq, row.facts)
    if row.cured:
        why += wording.text("sync_page.cured", note=row.cured)
    return VerdictLine(
        epoch=row.epoch,
        seq=row.seq,
        event=row.event,
        label=messages.event_label(row.event),
        on=_on(context, row),
        verdict=EventVerdict.QUARANTINED,
        why=why,
    )


def _on(context: Context, row: ReceivedRow) -> date:
    stored = journal.entry_at(context.file, row.arrival)
    if isinstance(stored.event, EventQuarantined):
        return date.fromisoformat(lines.read(stored.event.line.encode()).on)
    return stored.header.on
