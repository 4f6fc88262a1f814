"""What the district sent beside its verdicts, in words: each with its day and its origin."""

from dataclasses import dataclass, fields
from datetime import date

from reliefdesk import wording
from reliefdesk.clock import shanghai_day
from reliefdesk.domain import check_records as checks
from reliefdesk.domain import messages as told
from reliefdesk.domain.duplicates import DuplicateAnswered
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.mergers import MergerAnnounced
from reliefdesk.domain.streams import EventReceived
from reliefdesk.domain.tokens import TokenListIssued
from reliefdesk.errors import BugError
from reliefdesk.keys import key_list
from reliefdesk.services import messages
from reliefdesk.services.recording import Context
from reliefdesk.storage import cases as stored_cases
from reliefdesk.storage import journal, lines, streams
from reliefdesk.storage import partners as stored_partners

MOST = 200
_NAMES: dict[type, str] = {
    told.PolicyRowPublished: "policy",
    told.CalendarPublished: "calendar",
    told.CorrectionRequested: "correction",
    told.BundleRefused: "refused",
    TokenListIssued: "tokens",
    checks.SpotCheckListIssued: "drawn",
    checks.FindingGiven: "checked",
    checks.RectificationAsked: "checked",
    checks.RectificationClosed: "checked",
    MergerAnnounced: "merger",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One message as it was taken over: when, from whom, what kind, what it says."""

    taken_on: date
    origin: str
    label: str
    says: str


def listed(context: Context) -> tuple[MessageLine, ...]:
    """Give the messages of partners that were taken over, the newest first, at most `MOST`."""
    kinds = [kind.__name__ for kind in told.MESSAGES if kind is not told.VerdictGiven]
    rows = streams.taken(context.file, kinds, MOST)
    return tuple(_line(context, desk_id, arrival) for desk_id, arrival in rows)


def _line(context: Context, desk_id: DeskId, arrival: int) -> MessageLine:
    stored = journal.entry_at(context.file, arrival)
    if not isinstance(stored.event, EventReceived):
        raise BugError(rule="what was taken over arrived")
    event = lines.read_line(stored.event.line.encode()).event
    partner = stored_partners.partner(context.file, desk_id)
    return MessageLine(
        taken_on=shanghai_day(stored.header.at),
        origin="" if partner is None else partner.office.name,
        label=messages.event_label(type(event).__name__),
        says=_says(context, event),
    )


def _says(context: Context, event: object) -> str:
    if isinstance(event, told.KeyListIssued):
        stopped = _stopped(context, event)
        return wording.text("sync_page.message_keys", number=event.number, stopped=stopped)
    if isinstance(event, told.RequestDecided):
        name = "granted" if event.granted else "declined"
        return wording.text(f"sync_page.message_{name}", **_facts(event))
    if isinstance(event, DuplicateAnswered):
        found = stored_cases.case(context.file, event.case_id)
        said = wording.text(
            "duplicates.told_back" if event.amount.fen else "duplicates.told",
            on=event.decided_on,
            **_facts(event),
        )
        return said if found is None else f"{found.case_no}　{said}"
    name = _NAMES.get(type(event), "")
    return wording.text(f"sync_page.message_{name}", **_facts(event)) if name else ""


def _facts(event: object) -> dict[str, object]:
    """What a sentence may name of a message: its fields, and offices and rows spelled out."""
    found = {one.name: getattr(event, one.name) for one in fields(event)}  # type: ignore[arg-type]  # every message is a dataclass
    found.pop("key", None)  # of a list of tokens: it is said to nobody
    match event:
        case told.PolicyRowPublished(row=row):
            found |= {"policy": row.key, "since": row.valid_from, "document": row.document}
        case checks.SpotCheckListIssued(drawn=drawn):
            found["count"] = len(drawn)
        case MergerAnnounced(closing=closing, heir=heir):
            found |= {"closing": closing.office.name, "heir": heir.office.name}
    return found


def _stopped(context: Context, event: told.KeyListIssued) -> int:
    root, _ = stored_partners.root(context.file)
    rows = key_list.open_key_list(event.envelope.encode(), root).rows
    return sum(row.revoked_at is not None for row in rows)
