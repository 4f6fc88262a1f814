"""Receiving: a folder of bundles in any order becomes a plan, and the plan one transaction each.

Bytes that arrived whole move the checkpoint; what is thought of an event is said apart from that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from reliefdesk import wording
from reliefdesk.bundles import names
from reliefdesk.bundles.reading import VerifiedBundle, open_bundle
from reliefdesk.clock import shanghai_day
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.messages import BundleRefused
from reliefdesk.domain.money import Money
from reliefdesk.domain.streams import (
    BundleImported,
    CountsDifferError,
    ForkError,
    HaveAheadError,
    NotJoinedError,
    NumbersMissingError,
    PlanState,
    StreamFrozen,
    StreamPlace,
)
from reliefdesk.errors import ReliefDeskError, SurroundingsError
from reliefdesk.services import desk_keys, joining, judging, messages
from reliefdesk.services.joining import Joined
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import canonical, mergers, streams
from reliefdesk.storage import desk_keys as stored_keys
from reliefdesk.storage import partners as stored_partners
from reliefdesk.storage.desk_keys import WaitingBundle
from reliefdesk.storage.streams import ReceivedRow

_CHANGED = (
    "sync", "partners", "cases", "persons", "payments", "receipts", "cash", "ledger", "policies",
    "requests", "today", "operators", "mergers",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many events of a type a bundle brings, and the sum of their amounts."""

    event: str
    label: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBundle:
    """What an import would do, or did, with one file; sentences are in Chinese.

    `fresh` are the events not held before; `aside` those set apart, `warnings` what to look at.
    """

    name: str
    state: PlanState
    office: str = ""
    number: int = 0
    first: int = 0
    last: int = 0
    fresh: int = 0
    kinds: tuple[KindCount, ...] = ()
    aside: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    why: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """All files of an import in the order they would be taken; nothing was written."""

    rows: tuple[PlannedBundle, ...]
    opened: tuple["OpenedBundle", ...] = field(repr=False)

    @property
    def is_useful(self) -> bool:
        """Whether there is anything to take in."""
        return any(row.state is PlanState.READY for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBundle:
    """A file whose bytes were checked, or why they were refused."""

    name: str
    content: bytes = field(repr=False)
    bundle: VerifiedBundle | None = field(default=None, repr=False)
    refusal: ReliefDeskError | None = None


def plan(context: Context, sources: Iterable[Path]) -> ImportPlan:
    """Open files and rehearse their import; the rehearsal is rolled back, so nothing is written.

    Raises KeysMissingError; a file that is refused stands in the plan with its sentence.
    """
    opened = _in_order([_opened(context, path) for path in sources])
    with context.file.rehearsal():
        rows = tuple(_rehearsed(context, one) for one in opened)
    return ImportPlan(rows=rows, opened=opened)


def take(context: Context, planned: ImportPlan) -> Recorded[tuple[PlannedBundle, ...]]:
    """Take the files of a plan in, one transaction each, then whatever waited for them.

    A refusal concerns its file only. Raises disk errors; then every finished bundle stays.
    """
    done = [_taken(context, one) for one in planned.opened]
    done += _taken_waiting(context)
    heirs = {each.told.heir.desk_id for each in mergers.announced(context.file)}
    if heirs and any(row.state is PlanState.READY for row in done):
        # What an heir did may have arrived before the cases it goes on with.
        _retried(context, [row for row in streams.aside(context.file) if row.desk_id in heirs])
    return recorded(tuple(done), *_CHANGED)


def waiting(context: Context) -> tuple[PlannedBundle, ...]:
    """Give the bundles that were kept until earlier numbers arrive: 等待第n号."""
    return tuple(
        PlannedBundle(
            name=f"{one.number:06d}",
            state=PlanState.WAITING,
            office=_office_name(context, one.desk_id),
            number=one.number,
            first=one.first,
            last=one.last,
            why=wording.text("sync.waits_for", n=one.first - 1),
        )
        for one in stored_keys.waiting(context.file)
    )


def retry_aside(context: Context) -> Recorded[int]:
    """Try the events again that were set aside, after an upgrade or once what they need is here.

    Gives how many could be applied now; each of them gets a new verdict.
    """
    return recorded(_retried(context, streams.aside(context.file)), *_CHANGED)


def _retried(context: Context, rows: Iterable[ReceivedRow]) -> int:
    applied = 0
    for row in rows:
        with context.file.transaction():
            applied += judging.retried(context, row)
    return applied


def _opened(context: Context, path: Path) -> OpenedBundle:
    desk_keys.current(context)
    content = b""
    try:
        content = joining.bytes_of(path)
        bundle = open_bundle(
            content,
            identity=desk_keys.identity(context),
            known=desk_keys.known(context),
            me=desk_keys.me(context),
        )
    except ReliefDeskError as refusal:
        return OpenedBundle(name=path.name, content=content, refusal=refusal)
    return OpenedBundle(name=path.name, content=content, bundle=bundle)


def _in_order(opened: Sequence[OpenedBundle]) -> tuple[OpenedBundle, ...]:
    def place(one: OpenedBundle) -> tuple[str, int, int, int]:
        if one.bundle is None:
            return ("", 0, 0, 0)
        told = one.bundle.manifest
        return (told.sender.device, told.sender.epoch, told.first, told.number)

    return tuple(sorted(opened, key=place))


def _rehearsed(context: Context, one: OpenedBundle) -> PlannedBundle:
    if one.bundle is None or one.refusal is not None:
        return _refused_row(one, one.refusal)
    try:
        with context.file.part():
            return _apply(context, one.name, one.bundle)
    except ReliefDeskError as refusal:
        return _refusal_row(context, one.name, one.bundle, refusal)


def _taken(context: Context, one: OpenedBundle) -> PlannedBundle:
    if one.bundle is None or one.refusal is not None:
        return _refused_row(one, one.refusal)
    try:
        with context.file.transaction():
            row = _apply(context, one.name, one.bundle)
            stored_keys.forget(context.file, one.bundle.manifest_id)
    except SurroundingsError:
        raise
    except ReliefDeskError as refusal:
        _remember(context, one, one.bundle, refusal)
        return _refusal_row(context, one.name, one.bundle, refusal)
    return row


def _taken_waiting(context: Context) -> list[PlannedBundle]:
    """Take in what waited, again and again while one fills the gap of the next."""
    done: list[PlannedBundle] = []
    moved = True
    while moved:
        moved = False
        for kept in stored_keys.waiting(context.file):
            one = _reopened(context, kept)
            held = streams.held(context.file, DeskId(kept.desk_id))
            if one.bundle is None or held is None or held.place.seq < kept.first - 1:
                continue
            row = _taken(context, one)
            if row.state is not PlanState.WAITING:
                done.append(row)
                moved = True
                _let_go(context, kept)
    return done


def _reopened(context: Context, kept: WaitingBundle) -> OpenedBundle:
    name = f"{kept.number:06d}"
    try:
        bundle = open_bundle(
            kept.content,
            identity=desk_keys.identity(context),
            known=desk_keys.known(context),
            me=desk_keys.me(context),
        )
    except ReliefDeskError as refusal:  # its key was stopped meanwhile
        return OpenedBundle(name=name, content=kept.content, refusal=refusal)
    return OpenedBundle(name=name, content=kept.content, bundle=bundle)


def _let_go(context: Context, kept: WaitingBundle) -> None:
    with context.file.transaction():
        stored_keys.forget(context.file, kept.manifest_id)


def _apply(context: Context, name: str, bundle: VerifiedBundle) -> PlannedBundle:
    """Check a bundle against what we hold and record it, inside the caller's transaction."""
    told = bundle.manifest
    seen = streams.imported_at(context.file, bundle.manifest_id)
    if seen is not None:
        on = shanghai_day(canonical.read_instant(seen))
        return replace(_row(context, name, bundle, PlanState.SEEN), warnings=(_seen_text(on),))
    joined = joining.join(context, bundle)
    if joined.held_to == told.last and joined.have is None:
        return replace(_row(context, name, bundle, PlanState.SEEN), warnings=(_seen_text(None),))
    _record_imported(context, bundle, joined)
    judged = judging.receive(context, bundle, joined.held_to)
    _require_same_counts(context, bundle, joined)
    judging.answer(context, bundle, judged)
    return replace(
        _row(context, name, bundle, PlanState.READY),
        fresh=told.last - joined.held_to,
        aside=tuple(one.sentence for one in judged if one.is_aside),
        warnings=judging.warnings(context, bundle, judged),
    )


def _record_imported(context: Context, bundle: VerifiedBundle, joined: Joined) -> None:
    told = bundle.manifest
    event = BundleImported(
        manifest_id=bundle.manifest_id,
        number=told.number,
        partner=DeskId(told.sender.device),
        epoch=told.sender.epoch,
        before=StreamPlace(seq=told.before.seq, hash=told.before.hash),
        head=StreamPlace(seq=told.head.seq, hash=told.head.hash),
        held_to=joined.held_to,
        have=joined.have,
        created_at=told.created_at,
    )
    record(context, event)


def _require_same_counts(context: Context, bundle: VerifiedBundle, joined: Joined) -> None:
    """Count what stands in the tables against what the sender signed; a difference undoes all."""
    told = bundle.manifest
    desk_id, epoch = DeskId(told.sender.device), told.sender.epoch
    head = streams.last(context.file, desk_id, epoch)
    whole = head is not None and (joined.held_to > told.before.seq or head.seq == told.last)
    if joined.held_to == told.before.seq:
        stands = streams.sums_of(context.file, desk_id, epoch, told.before.seq)
        whole = whole and stands == {one.event: (one.count, one.fen) for one in told.sums}
    if not whole:
        raise CountsDifferError(number=told.number)


def _remember(
    context: Context, one: OpenedBundle, bundle: VerifiedBundle, refusal: ReliefDeskError
) -> None:
    """Keep a bundle that waits, freeze an epoch that forked, and tell the sender by code."""
    told = bundle.manifest
    desk_id, epoch = DeskId(told.sender.device), told.sender.epoch
    with context.file.transaction():
        match refusal:
            case NumbersMissingError():
                _keep(context, one, bundle, "")
            case ForkError(facts=facts) | NotJoinedError(facts=facts):
                _keep(context, one, bundle, refusal.code)
                seq = int(str(facts["seq"]))
                frozen = StreamFrozen(desk_id=desk_id, epoch=epoch, seq=seq, code=refusal.code)
                _freeze(context, frozen)
            case HaveAheadError(facts=facts):
                own, seq = context.desk, int(str(facts["seq"]))
                frozen = StreamFrozen(
                    desk_id=own.desk_id, epoch=own.epoch, seq=seq, code=refusal.code
                )
                _freeze(context, frozen)
                return
            case _:
                pass
        if context.desk.kind.is_district and not isinstance(refusal, NumbersMissingError):
            message = BundleRefused(
                manifest_id=bundle.manifest_id, number=told.number, code=refusal.code
            )
            messages.queue(context, desk_id, message)


def _keep(context: Context, one: OpenedBundle, bundle: VerifiedBundle, why: str) -> None:
    told = bundle.manifest
    kept = WaitingBundle(
        manifest_id=bundle.manifest_id,
        desk_id=told.sender.device,
        epoch=told.sender.epoch,
        number=told.number,
        first=told.first,
        last=told.last,
        why=why,
        kept_at=context.now,
        content=one.content,
    )
    stored_keys.keep(context.file, kept)


def _freeze(context: Context, event: StreamFrozen) -> None:
    if not streams.is_frozen(context.file, event.desk_id, event.epoch):
        record(context, event)


def _row(context: Context, name: str, bundle: VerifiedBundle, state: PlanState) -> PlannedBundle:
    told = bundle.manifest
    kinds = tuple(
        KindCount(
            event=one.event,
            label=messages.event_label(one.event),
            count=one.count,
            amount=Money(one.fen),
        )
        for one in told.sums
    )
    return PlannedBundle(
        name=name,
        state=state,
        office=_office_name(context, told.sender.device),
        number=told.number,
        first=told.first,
        last=told.last,
        kinds=kinds,
    )


def _refusal_row(
    context: Context, name: str, bundle: VerifiedBundle, refusal: ReliefDeskError
) -> PlannedBundle:
    state = PlanState.REFUSED
    if isinstance(refusal, NumbersMissingError):
        state = PlanState.WAITING
    elif isinstance(refusal, ForkError | NotJoinedError | HaveAheadError):
        state = PlanState.ALARM
    row = _row(context, name, bundle, state)
    return replace(row, why=wording.sentence(refusal), code=refusal.code)


def _refused_row(one: OpenedBundle, refusal: ReliefDeskError | None) -> PlannedBundle:
    office, number = names.told_by(one.name)
    return PlannedBundle(
        name=one.name,
        state=PlanState.REFUSED,
        office=office,
        number=number,
        why="" if refusal is None else wording.sentence(refusal),
        code="" if refusal is None else refusal.code,
    )


def _seen_text(on: date | None) -> str:
    return wording.text("sync.seen", on="以前" if on is None else f"{on:%Y-%m-%d}")


def _office_name(context: Context, desk_id: str) -> str:
    found = stored_partners.partner(context.file, DeskId(desk_id))
    return "" if found is None else found.office.name
