"""Reading an answer: what the district said of each event of a bundle, and what it asks for."""

from dataclasses import dataclass
from datetime import date

from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.messages import CorrectionRequested
from reliefdesk.domain.payments import CashPaid
from reliefdesk.domain.requests import RequestReasonError
from reliefdesk.domain.streams import EventVerdict, QuarantineCured
from reliefdesk.domain.transfers import PaidOtherwise
from reliefdesk.services import duplicates, messages, sync
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import lines, sendings

_PAYMENTS = frozenset(kind.__name__ for kind in (CashPaid, PaidOtherwise))


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictLine:
    """What the district says of one of our events; `why` is a sentence, empty when accepted.

    A payment of a case that the district judged as a duplicate says that judgement too.
    """

    epoch: int
    seq: int
    event: str
    label: str
    on: date
    verdict: EventVerdict | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLine:
    """What the district asks to be put right: our number, and its words."""

    epoch: int
    seq: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionOrder:
    """Which event of which office the district wants put right, and how."""

    partner: DeskId
    epoch: int
    seq: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CureOrder:
    """How an event that was set aside was put right by later events."""

    epoch: int
    seq: int
    note: str


def of_bundle(context: Context, manifest_id: str) -> tuple[VerdictLine, ...]:
    """Give the verdict on each event of a bundle; None while nothing was said.

    Raises BundleUnknownError.
    """
    details = sync.stored_bundle(context, manifest_id).details
    before, until = details.before.seq, details.head.seq
    given = sendings.verdicts(context.file, details.epoch, before + 1, until)
    decided = duplicates.answered_words(context)
    sent = sync.stream_lines(context, details.partner, before, until)
    found: list[VerdictLine] = []
    for seq, content in enumerate(sent, start=before + 1):
        line = lines.read(content)
        if line.event in sync.QUIET:
            continue
        one = next((each for each in reversed(given) if each.first <= seq <= each.last), None)
        why = "" if one is None else messages.verdict_text(one.code, seq, one.facts)
        if decided and line.event in _PAYMENTS:
            told = decided.get(_case_of(content), "")
            why = f"{why.rstrip('。')}。{told}" if why and told else why or told
        found.append(
            VerdictLine(
                epoch=details.epoch,
                seq=seq,
                event=line.event,
                label=messages.event_label(line.event),
                on=date.fromisoformat(line.on),
                verdict=None if one is None else one.verdict,
                why=why,
            )
        )
    return tuple(found)


def _case_of(content: bytes) -> str:
    """The case of a line of ours; empty for one that tells of none."""
    return str(getattr(lines.read_line(content).event, "case_id", ""))


def corrections(context: Context) -> tuple[CorrectionLine, ...]:
    """Give what the district asked to be put right, the newest first."""
    return tuple(
        CorrectionLine(epoch=epoch, seq=seq, text=text)
        for epoch, seq, text in sendings.corrections_asked(context.file)
    )


def ask_correction(context: Context, order: CorrectionOrder) -> Recorded[None]:
    """Ask an office, from the district, to put an event right. Raises RequestReasonError."""
    if not order.text.strip():
        raise RequestReasonError
    message = CorrectionRequested(epoch=order.epoch, seq=order.seq, text=order.text.strip())
    with context.file.transaction():
        messages.queue(context, order.partner, message)
    return recorded(None, "sync", "partners")


def cure(context: Context, order: CureOrder) -> Recorded[None]:
    """Say how an event that the district set aside was put right. Raises RequestReasonError."""
    if not order.note.strip():
        raise RequestReasonError
    event = QuarantineCured(epoch=order.epoch, seq=order.seq, note=order.note.strip())
    with context.file.transaction():
        record(context, event)
    return recorded(None, "sync", "today")
