"""Sending: what a partner does not hold yet, frozen into bundles that only its answer settles.

Written is not sent, handed over is not received, and received is not yet accepted.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import metadata
from itertools import takewhile
from typing import Protocol

from reliefdesk.bundles.manifest import Have, Place, Recipient, Sender
from reliefdesk.bundles.writing import BundlePlan, SealedBundle, seal
from reliefdesk.clock import shanghai_day
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.money import Money
from reliefdesk.domain.partners import (
    EpochStoppedError,
    Partner,
    PartnerMissingError,
    PartnerUnknownError,
)
from reliefdesk.domain.streams import (
    BOOKKEEPING,
    BundleFate,
    BundleHandedOver,
    BundleSealed,
    BundleState,
    BundleUnknownError,
    BundleWritten,
    EventVerdict,
    HandoverDayError,
    NothingToSendError,
    ReadBackError,
    ReceiverMissingError,
    StreamPlace,
    state_of,
)
from reliefdesk.errors import BugError
from reliefdesk.keys import fingerprints
from reliefdesk.services import desk_keys
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import journal, lines, sendings, settings, streams, witnesses
from reliefdesk.storage import partners as stored_partners
from reliefdesk.storage import tokens as stored_tokens
from reliefdesk.storage.journal import Head
from reliefdesk.storage.sendings import StoredBundle, StoredVerdict
from reliefdesk.storage.witnesses import WitnessedHead, WitnessPlace

ANSWER_DAYS = 10
"""A stick that was handed over is overdue after so many days, unless set otherwise."""

_ANSWER_DAYS = "answer_days"
_NEVER = 1_000_000
_CHANGED = ("sync", "today")
QUIET = frozenset(kind.__name__ for kind in BOOKKEEPING)


class Stick(Protocol):
    """A place that takes a file durably."""

    @property
    def label(self) -> str:
        """What tells it from another; it names no person."""

    def put(self, name: str, content: bytes) -> str:
        """Write, force to the medium, read back; give the SHA-256 (hex) of what lies there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingDay:
    """What was recorded on a day and is not acknowledged: events, and 分 paid out in cash."""

    on: date
    events: int
    paid: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Everything a partner is not known to hold. `is_offered`: worth a stick."""

    partner: DeskId
    office: str
    after: StreamPlace
    last: int
    events: int
    paid: Money
    days: tuple[PendingDay, ...]
    is_offered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """One bundle as the page and the slip show it. `fingerprint` is that of its content."""

    manifest_id: str
    number: int
    partner: DeskId
    office: str
    first: int
    last: int
    events: int
    paid: Money
    made_at: datetime
    state: BundleState
    stick: str
    handed_on: date | None
    receiver: str
    refused: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverOrder:
    """The signed slip: which bundle, on which day, and who took the stick."""

    manifest_id: str
    handed_on: date
    receiver: str


def partner(context: Context, partner_id: DeskId | None = None) -> Partner:
    """Give the partner to send to; an office has one, its district.

    Raises PartnerMissingError or PartnerUnknownError.
    """
    known = [one for one in stored_partners.partners(context.file) if one.revoked_at is None]
    if partner_id is not None:
        known = [one for one in known if one.desk_id == partner_id]
        if not known:
            raise PartnerUnknownError
    else:  # an office that is merged knows its heir too
        district = context.desk.kind.is_district
        known = [one for one in known if one.role.is_district is not district]
    if not known:
        raise PartnerMissingError
    return max(known, key=lambda one: one.epoch)


def pending(context: Context, partner_id: DeskId | None = None) -> Pending:
    """Say what the partner does not hold yet, by day."""
    to = partner(context, partner_id)
    after, end = streams.acknowledged(context.file, to.desk_id), _end(context, to.desk_id)
    events, paid = Counter[date](), Counter[date]()
    for content in stream_lines(context, to.desk_id, after.seq, end.seq):
        line = lines.read(content)
        if line.event in QUIET:
            continue
        on = date.fromisoformat(line.on)
        events[on] += 1
        if line.event == "CashPaid":
            paid[on] += lines.amount_of(line)
    days = tuple(
        PendingDay(on=on, events=events[on], paid=Money(paid[on])) for on in sorted(events)
    )
    return Pending(
        partner=to.desk_id,
        office=to.office.name,
        after=after,
        last=end.seq,
        events=events.total(),
        paid=Money(paid.total()),
        days=days,
        is_offered=bool(events) or _owes_answer(context, to.desk_id, end),
    )


def unsent_since(context: Context, partner_id: DeskId) -> date | None:
    """Give the day of the earliest record that the partner is not known to hold, or None."""
    after = streams.acknowledged(context.file, partner_id)
    for content in stream_lines(context, partner_id, after.seq, _end(context, partner_id).seq):
        line = lines.read(content)
        if line.event not in QUIET:
            return date.fromisoformat(line.on)
    return None


def prepare(context: Context, partner_id: DeskId | None = None) -> Recorded[SentRow]:
    """Freeze everything the partner does not hold into the next bundle, in one transaction.

    Raises NothingToSendError, EpochStoppedError, RangeTooLargeError and those of `partner`.
    """
    to = partner(context, partner_id)
    if context.stopped:
        raise EpochStoppedError(why=context.stopped)
    with context.file.transaction():
        found = pending(context, to.desk_id)
        if not found.is_offered:
            raise NothingToSendError
        end = _end(context, to.desk_id)
        event = BundleSealed(
            manifest_id="",
            number=sendings.last_number(context.file, to.desk_id) + 1,
            partner=to.desk_id,
            epoch=context.desk.epoch,
            before=found.after,
            head=end,
            have=streams.held(context.file, to.desk_id),
            created_at=context.now,
            program=f"reliefdesk {metadata.version('reliefdesk')}",
            expires_on=stored_tokens.expiry(context.file, to.desk_id, found.after.seq, end.seq),
            events=found.events,
            fen=found.paid.fen,
        )
        sealed = _seal(context, event, to)
        record(context, replace(event, manifest_id=sealed.manifest_id))
        if not context.desk.kind.is_district:
            _witness(context, end)
    return recorded(bundle(context, sealed.manifest_id), *_CHANGED)


def content(context: Context, manifest_id: str) -> SealedBundle:
    """Give a bundle's file; its content is the same however often it is made."""
    details = stored_bundle(context, manifest_id).details
    to = partner(context, details.partner)
    sealed = _seal(context, details, to)
    if sealed.manifest_id != manifest_id:
        raise BugError(rule="a frozen range gives the same manifest again")
    return sealed


def write(context: Context, manifest_id: str, stick: Stick) -> Recorded[SentRow]:
    """Write a bundle to a stick and compare what lies there. Raises ReadBackError."""
    sealed = content(context, manifest_id)
    if stick.put(sealed.name, sealed.content) != sealed.sha256:
        raise ReadBackError(name=sealed.name)
    event = BundleWritten(
        manifest_id=manifest_id,
        stick=stick.label,
        file_sha256=sealed.sha256,
        size=sealed.size,
    )
    with context.file.transaction():
        record(context, event)
    return recorded(bundle(context, manifest_id), *_CHANGED)


def hand_over(context: Context, order: HandoverOrder) -> Recorded[SentRow]:
    """Record that the slip was signed. Raises ReceiverMissingError or HandoverDayError."""
    found = stored_bundle(context, order.manifest_id)
    if not order.receiver.strip():
        raise ReceiverMissingError
    made_on = shanghai_day(found.details.created_at)
    if found.written_at is None or not made_on <= order.handed_on <= context.today:
        raise HandoverDayError(on=order.handed_on)
    event = BundleHandedOver(
        manifest_id=order.manifest_id, handed_on=order.handed_on, receiver=order.receiver.strip()
    )
    with context.file.transaction():
        record(context, event)
    return recorded(bundle(context, order.manifest_id), *_CHANGED)


def bundles(context: Context, partner_id: DeskId | None = None) -> tuple[SentRow, ...]:
    """Give every bundle for a partner with its state, the newest first."""
    to = partner(context, partner_id)
    found = sendings.bundles(context.file, to.desk_id)
    newest = found[0].details.number if found else 0
    return tuple(_row(context, one, to.office.name, newest=newest) for one in found)


def bundle(context: Context, manifest_id: str) -> SentRow:
    """Give one bundle with its state. Raises BundleUnknownError."""
    found = stored_bundle(context, manifest_id)
    to = stored_partners.partner(context.file, found.details.partner)
    newest = sendings.last_number(context.file, found.details.partner)
    return _row(context, found, "" if to is None else to.office.name, newest=newest)


def answer_days(context: Context) -> int:
    """Give after how many days a handed-over stick without an answer is overdue."""
    kept = settings.get(context.file, _ANSWER_DAYS)
    return ANSWER_DAYS if kept is None else int(kept)


def set_answer_days(context: Context, days: int) -> Recorded[int]:
    """Set the days; at least one."""
    with context.file.transaction():
        settings.put(context.file, _ANSWER_DAYS, str(max(1, days)))
    return recorded(max(1, days), "settings", "sync")


def _row(context: Context, found: StoredBundle, office: str, *, newest: int) -> SentRow:
    details = found.details
    held = streams.acknowledged(context.file, details.partner)
    first, last = details.before.seq + 1, details.head.seq
    given = sendings.verdicts(context.file, details.epoch, first, last)
    fate = BundleFate(
        refused=bool(found.refused),
        covered=held.seq >= last,
        set_aside=_is_aside(given),
        superseded=details.number < newest,
        handed_on=found.handed_on,
        written=found.written_at is not None,
    )
    return SentRow(
        manifest_id=details.manifest_id,
        number=details.number,
        partner=details.partner,
        office=office,
        first=first,
        last=last,
        events=details.events,
        paid=Money(details.fen),
        made_at=details.created_at,
        state=state_of(fate, today=context.today, answer_days=_patience(context, details.partner)),
        stick=found.stick,
        handed_on=found.handed_on,
        receiver=found.receiver,
        refused=found.refused,
        fingerprint=fingerprints.spelled(details.manifest_id.encode()),
    )


def _patience(context: Context, partner_id: DeskId) -> int:
    """How many days an answer may take; the heir of a merged office gives none."""
    to = stored_partners.partner(context.file, partner_id)
    answers = to is None or to.role.is_district is not context.desk.kind.is_district
    return answer_days(context) if answers else _NEVER


def _is_aside(given: Sequence[StoredVerdict]) -> bool:
    """Whether the newest verdict on any number leaves it set aside."""
    newest = {seq: one.verdict for one in given for seq in range(one.first, one.last + 1)}
    return EventVerdict.QUARANTINED in newest.values()


def _seal(context: Context, details: BundleSealed, to: Partner) -> SealedBundle:
    have = None
    if details.have is not None:
        have = Have(
            device=details.partner,
            epoch=details.have.epoch,
            seq=details.have.place.seq,
            hash=details.have.place.hash,
        )
    desk = context.desk
    plan = BundlePlan(
        number=details.number,
        sender=Sender(office=desk.office.code, device=desk.desk_id, epoch=details.epoch),
        recipient=Recipient(office=to.office.code, device=to.desk_id),
        before=Place(seq=details.before.seq, hash=details.before.hash),
        have=have,
        created_at=details.created_at,
        program=details.program,
        expires_on=details.expires_on,
    )
    carried = stream_lines(context, details.partner, details.before.seq, details.head.seq)
    keys = desk_keys.of_epoch(context, details.epoch)
    recipients = desk_keys.public_of(to).recipients
    return seal(plan, carried, signer=keys.signer, recipients=recipients)


def stream_lines(context: Context, partner_id: DeskId, after: int, until: int) -> tuple[bytes, ...]:
    """Give the canonical lines of our stream to a partner after a number."""
    if context.desk.kind.is_district:
        return sendings.message_lines(context.file, partner_id, after, until)
    rows = takewhile(lambda row: row["seq"] <= until, journal.rows(context.file, after))
    return tuple(journal.line_of(row) for row in rows)


def _end(context: Context, partner_id: DeskId) -> StreamPlace:
    if context.desk.kind.is_district:
        return sendings.messages_end(context.file, partner_id)
    head = journal.head(context.file)
    return StreamPlace(seq=head.seq, hash=head.hash)


def _owes_answer(context: Context, partner_id: DeskId, end: StreamPlace) -> bool:
    """Whether the partner's stream moved here since our last bundle said how far we hold it."""
    held, sent = streams.held(context.file, partner_id), sendings.bundles(context.file, partner_id)
    told = sent[0].details.have if sent else None
    acknowledged = streams.acknowledged(context.file, partner_id)
    return held is not None and held != told and end.seq > acknowledged.seq


def _witness(context: Context, end: StreamPlace) -> None:
    head = Head(seq=end.seq, hash=end.hash)
    noted = WitnessedHead(head=head, place=WitnessPlace.EXPORTED, witnessed_at=context.now)
    witnesses.witness(context.file, noted)


def stored_bundle(context: Context, manifest_id: str) -> StoredBundle:
    """Give a bundle as it was sealed. Raises BundleUnknownError."""
    found = sendings.bundle(context.file, manifest_id)
    if found is None:
        raise BundleUnknownError
    return found
