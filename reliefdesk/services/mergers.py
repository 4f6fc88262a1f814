"""Merging an office into another: ordered by the district, closed there, taken over here.

The closing desk's own journal goes to its heir as a bundle, through the one import path. Afterwards
it records nothing more; the heir goes on with its cases under their old numbers.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.book import day_text
from reliefdesk.documents.handover_sheet import HandoverSheetFacts, handover_sheet_pdf
from reliefdesk.domain.form_settings import CashForm
from reliefdesk.domain.handovers import amount_of
from reliefdesk.domain.ids import DeskId, EntryId
from reliefdesk.domain.mergers import (
    CashLeftError,
    GivenDiffersError,
    GivenUnknownError,
    MergedCashGiven,
    MergedCashTaken,
    Merger,
    MergerAnnounced,
    MergerDayError,
    MergerDocumentError,
    MergerSide,
    MergerSidesError,
    MergerUnknownError,
    NotClosedError,
    OfficeClosed,
    OfficeTakenOver,
    ReceiverNamelessError,
    TakenAlreadyError,
)
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.partners import OfficeMerged, Partner, PartnerEnrolled, require_district
from reliefdesk.keys import fingerprints
from reliefdesk.services import counts, desk_keys, form_settings, messages, sync
from reliefdesk.services.desk_keys import require_two
from reliefdesk.services.drawers import require_open_day
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cash, journal, streams, today
from reliefdesk.storage import counts as stored_counts
from reliefdesk.storage import mergers as stored
from reliefdesk.storage import partners as stored_partners

_CHANGED = ("mergers", "partners", "sync", "cases", "cash", "receipts", "today")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeOrder:
    """Which office goes into which, from which day, under which document."""

    closing: DeskId
    heir: DeskId
    merged_on: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOrder:
    """The counted cash of a drawer goes to a named cashier of the heir. The window makes the id."""

    entry_id: EntryId
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOrder:
    """Cash that a closed office gave was counted here. The window makes `entry_id`."""

    entry_id: EntryId
    desk_id: DeskId
    given_id: EntryId
    counted: Money


def order(context: Context, wanted: MergeOrder, *, officer: VerifiedOfficer) -> Recorded[Merger]:
    """Order a merger at the district; both offices learn of it with their next bundle.

    Said again before the office closed, it tells newer keys or another day. Raises
    MergerSidesError, MergerDayError, MergerDocumentError, SamePersonError.
    """
    require_two(context, officer)
    require_district(context.desk.kind)
    if not wanted.document.strip():
        raise MergerDocumentError
    if wanted.merged_on < context.today:
        raise MergerDayError(on=wanted.merged_on)
    closing, heir = _sides(context, wanted)
    told = MergerAnnounced(
        closing=_side(closing),
        heir=_side(heir),
        merged_on=wanted.merged_on,
        document=wanted.document.strip(),
    )
    merged = OfficeMerged(
        desk_id=wanted.closing,
        into=wanted.heir,
        merged_on=wanted.merged_on,
        document=told.document,
    )
    confirmed = (officer.operator.operator_id,)
    with context.file.transaction():
        record(context, merged, confirmed_by=confirmed)
        for desk_id in (wanted.closing, wanted.heir):
            messages.queue(context, desk_id, told, confirmed_by=confirmed)
    return recorded(merger(context, wanted.closing), *_CHANGED)


def know(
    context: Context, desk_id: DeskId, fingerprint: str, *, officer: VerifiedOfficer
) -> Recorded[Partner]:
    """Get to know the other side of a merger, after `officer` read its fingerprint from paper.

    Raises MergerUnknownError, FingerprintSlipError, FingerprintDiffersError, SamePersonError.
    """
    require_two(context, officer)
    side = _other_side(context, merger(context, desk_id))
    fingerprints.require_same(fingerprint, side.fingerprint)
    event = PartnerEnrolled(
        desk_id=side.desk_id,
        office=side.office,
        role=context.desk.kind,
        epoch=side.epoch,
        keys=side.keys,
        fingerprint=side.fingerprint,
        valid_from=context.now,
        entered_by=context.operator_id,
        compared_by=officer.operator.operator_id,
    )
    with context.file.transaction():
        if not is_known(context, side):
            record(context, event, confirmed_by=(officer.operator.operator_id,))
    found = stored_partners.partner(context.file, side.desk_id)
    assert found is not None  # noqa: S101 - just recorded
    return recorded(found, *_CHANGED)


def give_cash(
    context: Context, wanted: GiveOrder, *, giver: VerifiedOfficer, witness: VerifiedOfficer
) -> Recorded[Money]:
    """Give what a cashier just counted to the heir's cashier; the drawer is empty then.

    A retry gives nothing twice. Raises CountStaleError, DifferenceOpenError, HandoverEmptyError,
    DayLockedError, ReceiverNamelessError, MergerUnknownError, SamePersonError.
    """
    told = merger(context, context.desk.desk_id).told
    cashier = giver.operator
    require_seat(cashier, Seat.CASHIER)
    require_seat(witness.operator, Seat.APPROVER)
    if not wanted.receiver.strip():
        raise ReceiverNamelessError
    with context.file.transaction():
        known = cash.entry(context.file, wanted.entry_id)
        if known is not None:
            return recorded(known.outgo)
        require_open_day(context, cashier.operator_id)
        count = counts.require_standing(context, cashier)
        event = MergedCashGiven(
            entry_id=wanted.entry_id,
            count_id=count.count_id,
            cashier=cashier.operator_id,
            amount=amount_of(count, cash.held(context.file, cashier.operator_id)),
            heir=told.heir.desk_id,
            heir_name=told.heir.office.name,
            document=told.document,
            receiver=wanted.receiver.strip(),
            given_on=context.today,
        )
        confirmed = (cashier.operator_id, witness.operator.operator_id)
        record(context, event, confirmed_by=confirmed)
    return recorded(event.amount, *_CHANGED)


def close(context: Context, *, officer: VerifiedOfficer) -> Recorded[Merger]:
    """Close this office for good: what is open goes to its heir, nothing is recorded after it.

    The last bundles, to the district and to the heir, are made afterwards. Raises CashLeftError,
    MergerUnknownError, PartnerUnknownError while the heir's key was not compared.
    """
    require_two(context, officer)
    found = merger(context, context.desk.desk_id)
    sync.partner(context, found.told.heir.desk_id)
    left = cash.balance(context.file)
    if left.fen:
        raise CashLeftError(amount=left)
    with context.file.transaction():
        event = OfficeClosed(
            heir=found.told.heir.desk_id,
            open_cases=sum(1 for _ in today.open_cases(context.file)),
            unsent=sync.pending(context).events,
            cash_given=found.given,
            closed_on=context.today,
        )
        record(context, event, confirmed_by=(officer.operator.operator_id,))
    return recorded(merger(context, context.desk.desk_id), *_CHANGED)


def take_over(context: Context, desk_id: DeskId, *, officer: VerifiedOfficer) -> Recorded[Merger]:
    """Go on with a closed office's cases, once its last bundle is here.

    Raises NotClosedError, TakenAlreadyError, MergerUnknownError, SamePersonError.
    """
    require_two(context, officer)
    found = merger(context, desk_id)
    _require_heir(context, found)
    held = streams.held(context.file, desk_id)
    if found.closed is None or held is None:
        raise NotClosedError(office=found.told.closing.office.name)
    if found.taken is not None:
        raise TakenAlreadyError
    event = OfficeTakenOver(
        desk_id=desk_id,
        through=held.place,
        open_cases=found.closed.open_cases,
        taken_on=context.today,
    )
    with context.file.transaction():
        record(context, event, confirmed_by=(officer.operator.operator_id,))
    return recorded(merger(context, desk_id), *_CHANGED)


def take_cash(
    context: Context, wanted: TakeOrder, *, receiver: VerifiedOfficer, witness: VerifiedOfficer
) -> Recorded[Money]:
    """Take cash that a closed office gave into the receiver's drawer; it must be all of it.

    A retry takes nothing twice. Raises GivenUnknownError, GivenDiffersError, TakenAlreadyError.
    """
    cashier = receiver.operator
    require_seat(cashier, Seat.CASHIER)
    require_seat(witness.operator, Seat.APPROVER)
    found = merger(context, wanted.desk_id)
    _require_heir(context, found)
    with context.file.transaction():
        known = cash.entry(context.file, wanted.entry_id)
        if known is not None:
            return recorded(known.income)
        require_open_day(context, cashier.operator_id)
        given = next((each for each in found.cash if each.entry_id == wanted.given_id), None)
        if given is None:
            raise GivenUnknownError
        if given.taken_on is not None:
            raise TakenAlreadyError
        if given.amount != wanted.counted:
            raise GivenDiffersError(given=given.amount, counted=wanted.counted)
        event = MergedCashTaken(
            entry_id=wanted.entry_id,
            given_id=wanted.given_id,
            desk_id=wanted.desk_id,
            office_name=found.told.closing.office.name,
            document=found.told.document,
            cashier=cashier.operator_id,
            amount=given.amount,
            taken_on=context.today,
        )
        confirmed = (cashier.operator_id, witness.operator.operator_id)
        record(context, event, confirmed_by=confirmed)
    return recorded(event.amount, *_CHANGED)


def listed(context: Context) -> tuple[Merger, ...]:
    """Give the mergers that concern this desk; all of them at the district."""
    own = context.desk.desk_id
    return tuple(
        each
        for each in stored.announced(context.file)
        if context.desk.kind.is_district
        or own in {each.told.closing.desk_id, each.told.heir.desk_id}
    )


def merger(context: Context, desk_id: DeskId) -> Merger:
    """Give the merger that closes a desk. Raises MergerUnknownError."""
    found = stored.merger_of(context.file, desk_id)
    if found is None:
        raise MergerUnknownError
    return found


def is_closed(context: Context) -> bool:
    """Whether this desk was closed by a merger."""
    return stored.is_closed(context.file)


def is_known(context: Context, side: MergerSide) -> bool:
    """Whether the other side's present key was compared here already."""
    found = stored_partners.partner(context.file, side.desk_id)
    return found is not None and found.keys == side.keys


def cash_paper(context: Context, entry_id: EntryId) -> Paper:
    """The sheet of cash given to the heir, for both cashiers' hands. Raises GivenUnknownError."""
    found = merger(context, context.desk.desk_id)
    entry = cash.entry(context.file, entry_id)
    given = next((each for each in found.cash if each.entry_id == entry_id), None)
    if entry is None or given is None:
        raise GivenUnknownError
    event = journal.entry_at(context.file, entry.seq).event
    assert isinstance(event, MergedCashGiven)  # noqa: S101 - it made the line
    count = stored_counts.count(context.file, event.count_id)
    assert count is not None  # noqa: S101 - the giving stands on it
    form, office = CashForm.HANDOVER_SHEET, context.desk.office
    own = desk_keys.current(context).public.fingerprint
    number = f"BR-{office.code}-{entry.seq:06d}"
    facts = HandoverSheetFacts(
        head=form_settings.head_of(
            context,
            form,
            on=given.given_on,
            number=f"编号：{number}",
            day=f"日期：{day_text(given.given_on)}",
        ),
        giver=given.giver,
        receiver=f"{found.told.heir.office.name}　{given.receiver}",
        handed_at=entry.at,
        pieces=count.details.pieces,
        counted=count.details.counted,
        expected=cash.held_before(context.file, entry),
        amount=given.amount,
        reason="" if count.explanation is None else count.explanation.reason,
        remark=f"单位并入（{found.told.document}）。本机指纹 {own}",
    )
    return Paper(
        form=f"papers.{form.value}",
        title=f"{form.label} {number}",
        media=PaperMedia.A4,
        pdf=handover_sheet_pdf(facts),
    )


def _sides(context: Context, wanted: MergeOrder) -> tuple[Partner, Partner]:
    told = {each.told.closing.desk_id: each for each in stored.announced(context.file)}
    closing = stored_partners.partner(context.file, wanted.closing)
    heir = stored_partners.partner(context.file, wanted.heir)
    busy = {each.told.heir.desk_id for each in told.values()}
    again = told.get(wanted.closing)
    fit = (
        closing is not None
        and heir is not None
        and wanted.closing != wanted.heir
        and wanted.heir not in told
        and wanted.closing not in busy
        and (again is None or (again.closed is None and again.told.heir.desk_id == wanted.heir))
        and closing.revoked_at is None
        and heir.revoked_at is None
    )
    if not fit or closing is None or heir is None:
        raise MergerSidesError
    return closing, heir


def _side(partner: Partner) -> MergerSide:
    return MergerSide(
        desk_id=partner.desk_id,
        office=partner.office,
        epoch=partner.epoch,
        keys=partner.keys,
        fingerprint=partner.fingerprint,
    )


def _other_side(context: Context, found: Merger) -> MergerSide:
    own = context.desk.desk_id
    if own == found.told.closing.desk_id:
        return found.told.heir
    if own == found.told.heir.desk_id:
        return found.told.closing
    raise MergerUnknownError


def _require_heir(context: Context, found: Merger) -> None:
    if found.told.heir.desk_id != context.desk.desk_id:
        raise MergerUnknownError
