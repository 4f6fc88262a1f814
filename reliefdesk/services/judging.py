"""What we think of each event of a partner: applied, or set aside under a code; said in verdicts.

One bad event never stops the others; its cure is a later event that names it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from reliefdesk import wording
from reliefdesk.bundles.reading import ReceivedLine, VerifiedBundle
from reliefdesk.clock import shanghai_day
from reliefdesk.domain.cases import ReliefApproved
from reliefdesk.domain.desks import ClockWentBack, DeskCreated
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.mergers import CLOSING, MergedCashTaken, OfficeTakenOver
from reliefdesk.domain.messages import MESSAGES, KeyListIssued, VerdictGiven
from reliefdesk.domain.partners import Partner
from reliefdesk.domain.payments import CashPaid
from reliefdesk.domain.policies import cap_of, money_of
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.streams import (
    BOOKKEEPING,
    EventQuarantined,
    EventReceived,
    EventVerdict,
)
from reliefdesk.domain.transfers import PaidOtherwise
from reliefdesk.errors import ReliefDeskError
from reliefdesk.keys import key_list
from reliefdesk.keys.key_list import KeyListRefusedError
from reliefdesk.services import messages, policies
from reliefdesk.services.recording import Context, record
from reliefdesk.storage import cases as stored_cases
from reliefdesk.storage import duplicates, journal, lines, mergers, streams
from reliefdesk.storage import partners as stored_partners
from reliefdesk.storage.lines import ReadLine, UnknownEventError
from reliefdesk.storage.sqlcipher import DeskDamagedError
from reliefdesk.storage.streams import ReceivedRow

_QUIET = frozenset(kind.__name__ for kind in BOOKKEEPING)
_CLOCK_LEEWAY = timedelta(days=1)
Fault = tuple[str, dict[str, str]]
_NONE: Fault = ("", {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One event and what became of it; `code` is empty unless it was set aside."""

    seq: int
    event: str
    code: str
    facts: dict[str, str]
    verdict: EventVerdict
    clock: bool

    @property
    def is_quiet(self) -> bool:
        """Whether it is only bookkeeping of sticks, to which nobody answers."""
        return self.event in _QUIET

    @property
    def is_aside(self) -> bool:
        """Whether it was set aside and not applied."""
        return self.verdict is EventVerdict.QUARANTINED

    @property
    def sentence(self) -> str:
        """Why it was set aside or marked, in Chinese."""
        return messages.verdict_text(self.code, self.seq, self.facts)


def receive(context: Context, bundle: VerifiedBundle, held_to: int) -> tuple[Judged, ...]:
    """Take in the events after `held_to`, each applied or set aside, in the caller's transaction.

    Raises only what concerns the disk; what an event does wrong sets that event aside.
    """
    sender = bundle.manifest.sender
    partner = _partner(context, DeskId(sender.device), sender.epoch)
    assert partner is not None  # noqa: S101 - its key signed the bundle
    return tuple(
        _received(context, partner, bundle, line) for line in bundle.lines() if line.seq > held_to
    )


def answer(context: Context, bundle: VerifiedBundle, judged: Sequence[Judged]) -> None:
    """Queue the district's verdicts, one message for each run of events with the same one."""
    if not context.desk.kind.is_district or all(one.is_quiet for one in judged):
        return
    sender = bundle.manifest.sender
    for _, group in groupby(judged, key=lambda one: (one.verdict, one.code, one.facts)):
        run = list(group)
        if all(one.is_quiet for one in run):
            continue
        _say(context, DeskId(sender.device), sender.epoch, (run[0], run[-1].seq))


def warnings(context: Context, bundle: VerifiedBundle, judged: Sequence[Judged]) -> tuple[str, ...]:
    """Give what is taken in and worth a look: clocks, expired lists, the same person elsewhere."""
    told, said = bundle.manifest, list[str]()
    if told.created_at > context.now + _CLOCK_LEEWAY or any(one.clock for one in judged):
        said.append(wording.text("sync.clock", at=told.created_at))
    if told.expires_on is not None and told.expires_on < context.today:
        said.append(wording.text("sync.expired", on=told.expires_on))
    doubled = [one for one in judged if one.verdict is EventVerdict.DUPLICATE]
    return (*said, *(one.sentence for one in doubled))


def retried(context: Context, row: ReceivedRow) -> int:
    """Try an event again that was set aside; 1 if it was applied now, else 0."""
    stored = journal.entry_at(context.file, row.arrival)
    partner = _partner(context, row.desk_id, row.epoch)
    if partner is None or not isinstance(stored.event, EventQuarantined):
        return 0
    content = stored.event.line.encode()
    if _looked_at(context, partner, content).code:
        return 0
    event = EventReceived(desk_id=row.desk_id, epoch=row.epoch, seq=row.seq, line=stored.event.line)
    if _trial(context, event):
        return 0
    if context.desk.kind.is_district:
        accepted = Judged(
            seq=row.seq,
            event=row.event,
            code="",
            facts={},
            verdict=EventVerdict.ACCEPTED,
            clock=False,
        )
        _say(context, row.desk_id, row.epoch, (accepted, row.seq))
    return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """An event before it is tried: what its line says, and what is wrong with it already."""

    name: str
    read: ReadLine | None
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)


def _received(
    context: Context, partner: Partner, bundle: VerifiedBundle, line: ReceivedLine
) -> Judged:
    text = line.content.decode()
    look = _looked_at(context, partner, line.content)
    code, facts = look.code, look.facts
    if bundle.trusted_to is not None and line.seq > bundle.trusted_to:
        code, facts = "sync.aside_revoked", {}
    if not code:
        event = EventReceived(desk_id=partner.desk_id, epoch=partner.epoch, seq=line.seq, line=text)
        code = _trial(context, event)
        facts = {"event": look.name} if code else {}
    if not code:
        return _marked(context, partner, line, look)
    aside = EventQuarantined(
        desk_id=partner.desk_id,
        epoch=partner.epoch,
        seq=line.seq,
        line=text,
        code=code,
        facts=facts,
    )
    record(context, aside)
    return Judged(
        seq=line.seq,
        event=look.name,
        code=code,
        facts=facts,
        verdict=EventVerdict.QUARANTINED,
        clock=False,
    )


def _marked(context: Context, partner: Partner, line: ReceivedLine, look: _Look) -> Judged:
    assert look.read is not None  # noqa: S101 - it was applied
    event, at = look.read.event, look.read.header.at
    elsewhere = None
    if isinstance(event, CashPaid | PaidOtherwise) and context.desk.kind.is_district:
        elsewhere = duplicates.paid_elsewhere(
            context.file, event.case_id, partner.desk_id, event.paid_on
        )
    doubled = elsewhere is not None
    return Judged(
        seq=line.seq,
        event=look.name,
        code="sync.elsewhere" if doubled else "",
        facts={} if elsewhere is None else {"on": elsewhere.isoformat()},
        verdict=EventVerdict.DUPLICATE if doubled else EventVerdict.ACCEPTED,
        clock=isinstance(event, ClockWentBack) or at > context.now + _CLOCK_LEEWAY,
    )


def _trial(context: Context, event: EventReceived) -> str:
    """Apply an event; where that cannot be done, nothing of it stays and its code is given."""
    try:
        with context.file.part():
            record(context, event)
    except DeskDamagedError:
        raise
    except streams.SPOILED as fault:
        return "sync.aside_known" if streams.is_doubled(fault) else "sync.aside_content"
    return ""


def _looked_at(context: Context, partner: Partner, content: bytes) -> _Look:
    """Checks 22 to 26, as far as they need no trial."""
    name = lines.read(content).event
    unfit: dict[str, str] = {"event": name}
    try:
        read = lines.read_line(content)
    except UnknownEventError:
        return _Look(name=name, read=None, code="sync.aside_unknown", facts=unfit)
    except (ReliefDeskError, ValueError, TypeError, LookupError, ArithmeticError):
        return _Look(name=name, read=None, code="sync.aside_content", facts=unfit)
    if not _may_say(context, partner, read.event):
        return _Look(name=name, read=read, code="sync.aside_content", facts=unfit)
    if streams.is_known(context.file, read.header.event_id):
        return _Look(name=name, read=read, code="sync.aside_known")
    if _is_late(partner, read):
        facts = {"on": f"{partner.merged_on}"}
        return _Look(name=name, read=read, code="sync.aside_merged", facts=facts)
    code, facts = _policy_fault(context, read)
    return _Look(name=name, read=read, code=code, facts=facts)


def _is_late(partner: Partner, read: ReadLine) -> bool:
    """Check 26: recorded for a day after the merger, by an office that should have closed."""
    if partner.merged_on is None or isinstance(read.event, CLOSING):
        return False
    return read.header.on > partner.merged_on


def _may_say(context: Context, partner: Partner, event: object) -> bool:
    """A district speaks in messages, an office of its own cases and of itself."""
    if isinstance(event, BOOKKEEPING):
        return True
    if partner.role.is_district:
        known = not isinstance(event, KeyListIssued) or _is_signed_by_root(context, event)
        return known and isinstance(event, MESSAGES)
    if isinstance(event, MESSAGES):
        return False
    if isinstance(event, DeskCreated):
        same = (event.desk_id, event.kind) == (partner.desk_id, partner.role)
        return same and event.office.code == partner.office.code
    if isinstance(event, OfficeTakenOver | MergedCashTaken):
        told = mergers.merger_of(context.file, event.desk_id)
        return told is not None and told.told.heir.desk_id == partner.desk_id
    case_id = getattr(event, "case_id", None)
    origin = None if case_id is None else stored_cases.origin_of(context.file, case_id)
    persons = (getattr(event, name, None) for name in ("person_id", "first_id", "second_id"))
    mine = origin is None or mergers.may_go_on(context.file, origin, partner.desk_id)
    return mine and not any(
        stored_cases.person_elsewhere(context.file, person, partner.desk_id)
        for person in persons
        if person is not None
    )


def _is_signed_by_root(context: Context, event: KeyListIssued) -> bool:
    root, _ = stored_partners.root(context.file)
    try:
        return key_list.open_key_list(event.envelope.encode(), root).number == event.number
    except KeyListRefusedError:
        return False


def _policy_fault(context: Context, read: ReadLine) -> Fault:
    """Check 25: an approval beyond what our own rows allowed then, without our document."""
    event = read.event
    if not context.desk.kind.is_district or not isinstance(event, ReliefApproved):
        return _NONE
    found = stored_cases.case(context.file, event.case_id)
    if found is None or event.district_document:
        return _NONE
    rows, office = policies.in_force(context), found.request.emergency.place_code
    on = shanghai_day(read.header.at)
    limit = rows.find(PolicyKey.DELEGATION_LIMIT, on=on, office=office)
    standard = rows.find(PolicyKey.STANDARD, on=on, office=office, area=found.request.area)
    allowed = [] if limit is None else [money_of(limit)]
    if standard is not None:
        times = rows.get(PolicyKey.CAP_MULTIPLIER, on=on, office=office)
        allowed.append(cap_of(standard, times, found.request.persons_relieved))
    if allowed and event.amount > min(allowed):
        return "sync.aside_policy", {"amount": event.amount.figures}
    return _NONE


def _partner(context: Context, desk_id: DeskId, epoch: int) -> Partner | None:
    known = stored_partners.partners(context.file)
    return next((one for one in known if (one.desk_id, one.epoch) == (desk_id, epoch)), None)


def _say(context: Context, partner: DeskId, epoch: int, run: tuple[Judged, int]) -> None:
    first, last = run
    message = VerdictGiven(
        epoch=epoch,
        first=first.seq,
        last=last,
        verdict=first.verdict,
        code=first.code,
        facts=first.facts,
    )
    messages.queue(context, partner, message)
