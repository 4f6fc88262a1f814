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
    require_within,
)
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.services import form_settings, operators
from reliefdesk.services.drawers import refusing_limit, require_open_day
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cash as storage

CHANGES = ("cash", "today")


def balance(context: Context) -> Money:
    """What all drawers together must hold now."""
    return storage.balance(context.file)


def held(context: Context, cashier: OperatorId) -> Money:
    """What one cashier's drawer must hold now."""
    return storage.held(context.file, cashier)


def holders(context: Context) -> dict[OperatorId, Money]:
    """What the drawer of every cashier who ever had cash must hold now."""
    return storage.holders(context.file)


def days(context: Context) -> tuple[date, date] | None:
    """The first and last day that have a line, or None while the journal is empty."""
    first, last = storage.first_day(context.file), storage.last_day(context.file)
    return None if first is None or last is None else (first, last)


def receive_float(
    context: Context, draft: FloatDraft, *, officer: VerifiedOfficer
) -> Recorded[CashEntry]:
    """Take cash into the cashier's own drawer; the first time it opens that drawer (§3.9).

    `officer` is the cashier. A retry with the same `entry_id` changes nothing. Raises
    FloatApprovalError, FloatLimitError, AmountZeroError, SeatMissingError, DayLockedError.
    """
    cashier = officer.operator.operator_id

    def event() -> FloatReceived:
        is_first = cashier not in storage.holders(context.file)
        after = storage.balance(context.file) + draft.amount
        require_within(refusing_limit(context), after)
        return FloatReceived(
            entry_id=draft.entry_id,
            cashier=cashier,
            purpose=FloatPurpose.OPENING if is_first else FloatPurpose.TOP_UP,
            amount=draft.amount,
            approval=draft.approval.strip(),
            source=draft.source.strip(),
            use=draft.use.strip(),
            return_by=draft.return_by,
            received_on=context.today,
        )

    return _move(context, draft, officer, event)


def return_float(
    context: Context, draft: FloatDraft, *, officer: VerifiedOfficer
) -> Recorded[CashEntry]:
    """Give cash back to finance under its approval; `draft.source` is who receives it (§3.9).

    Raises as `receive_float`, and FloatShortError for more than the drawer holds.
    """
    cashier = officer.operator.operator_id

    def event() -> FloatReturned:
        require_cover(storage.held(context.file, cashier), draft.amount)
        return FloatReturned(
            entry_id=draft.entry_id,
            cashier=cashier,
            amount=draft.amount,
            approval=draft.approval.strip(),
            receiver=draft.source.strip(),
            returned_on=context.today,
        )

    return _move(context, draft, officer, event)


def floats(context: Context, since: date, until: date) -> tuple[CashEntry, ...]:
    """The float movements of some days (inclusive), the newest first."""
    return storage.floats(context.file, since, until)


def journal(
    context: Context, since: date, until: date, *, cashier: OperatorId | None = None
) -> CashJournal:
    """The cash journal of some days (inclusive) with its totals, for screen and paper (§3.8).

    Of one cashier's drawer, or None for all of them, where handovers between them do not count.
    """
    carry = storage.carry(context.file, since, cashier=cashier)
    entries = storage.entries(context.file, since, until, cashier=cashier)
    return journal_of(entries, carry, since=since, until=until)


def journal_pdf(
    context: Context, since: date, until: date, *, cashier: OperatorId | None = None
) -> bytes:
    """The same lines as an A4 form (§3.8); raises MissingGlyphError, PaperFontsError."""
    prints = operators.signed_in(context)
    facts = CashJournalFacts(
        head=form_settings.head_of(context, MoneyForm.CASH_JOURNAL, on=until),
        journal=journal(context, since, until, cashier=cashier),
        drawer_of="" if cashier is None else operators.operator(context, cashier).name,
        made_on=context.today,
        # The line 出纳 is a cashier's; whoever else prints leaves it to be signed.
        cashier=prints.name if Seat.CASHIER in prints.seats else "",
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
        require_open_day(context, officer.operator.operator_id)
        record(context, event(), confirmed_by=(officer.operator.operator_id,))
        added = storage.entry(context.file, draft.entry_id)
    assert added is not None  # noqa: S101 - recorded just now
    return recorded(added, *CHANGES)
