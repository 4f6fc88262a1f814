"""The drawer: its balance, float in and out under an approval, and the cash journal."""

from collections.abc import Callable
from datetime import date

from reliefdesk.documents.cash_journal import CashJournalFacts, cash_journal_pdf
from reliefdesk.domain.cash import (
    CashEntry,
    CashJournal,
    FloatDraft,
    FloatPurpose,
    FloatReceived,
    FloatReturned,
    journal_of,
    require_cover,
    require_float,
)
from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.services import operators
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cash as storage

CHANGES = ("cash", "today")


def balance(context: Context) -> Money:
    """What the drawer must hold now."""
    return storage.balance(context.file)


def days(context: Context) -> tuple[date, date] | None:
    """The first and last day that have a line, or None while the journal is empty."""
    first, last = storage.first_day(context.file), storage.last_day(context.file)
    return None if first is None or last is None else (first, last)


def receive_float(
    context: Context, draft: FloatDraft, *, officer: VerifiedOfficer
) -> Recorded[CashEntry]:
    """Take cash into the drawer under its approval; the first time it opens the journal (§3.9).

    `officer` is the cashier. A retry with the same `entry_id` changes nothing. Raises
    FloatApprovalError, AmountZeroError, SeatMissingError.
    """

    def event() -> FloatReceived:
        is_first = storage.last_day(context.file) is None
        return FloatReceived(
            entry_id=draft.entry_id,
            purpose=FloatPurpose.OPENING if is_first else FloatPurpose.TOP_UP,
            amount=draft.amount,
            approval=draft.approval.strip(),
            source=draft.source.strip(),
            received_on=context.today,
        )

    return _move(context, draft, officer, event)


def return_float(
    context: Context, draft: FloatDraft, *, officer: VerifiedOfficer
) -> Recorded[CashEntry]:
    """Give cash back to finance under its approval; `draft.source` is who receives it (§3.9).

    Raises as `receive_float`, and FloatShortError for more than the drawer holds.
    """

    def event() -> FloatReturned:
        require_cover(storage.balance(context.file), draft.amount)
        return FloatReturned(
            entry_id=draft.entry_id,
            amount=draft.amount,
            approval=draft.approval.strip(),
            receiver=draft.source.strip(),
            returned_on=context.today,
        )

    return _move(context, draft, officer, event)


def journal(context: Context, since: date, until: date) -> CashJournal:
    """The cash journal of some days (inclusive) with its totals, for screen and paper (§3.8)."""
    carry = storage.carry(context.file, since)
    entries = storage.entries(context.file, since, until)
    return journal_of(entries, carry, since=since, until=until)


def journal_pdf(context: Context, since: date, until: date) -> bytes:
    """The same lines as an A4 form (§3.8); raises MissingGlyphError, PaperFontsError."""
    facts = CashJournalFacts(
        office=context.desk.office.name,
        journal=journal(context, since, until),
        made_on=context.today,
        cashier=operators.signed_in(context).name,
        training=context.desk.kind is DeskKind.TRAINING,
    )
    return cash_journal_pdf(facts)


def _move(
    context: Context, draft: FloatDraft, officer: VerifiedOfficer, event: Callable[[], object]
) -> Recorded[CashEntry]:
    with context.file.transaction():
        known = storage.entry(context.file, draft.entry_id)
        if known is not None:
            return recorded(known)
        require_seat(officer.operator, Seat.CASHIER)
        require_float(draft)
        record(context, event(), confirmed_by=(officer.operator.operator_id,))
        added = storage.entry(context.file, draft.entry_id)
    assert added is not None  # noqa: S101 - recorded just now
    return recorded(added, *CHANGES)
