"""What each fund source gave for a year and what is left of it; exceeding it warns, never stops."""

from reliefdesk.domain.budgets import (
    BudgetDraft,
    BudgetLine,
    BudgetLineEntered,
    BudgetState,
    FundSource,
    require_line,
)
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import budgets as storage


def enter(
    context: Context, draft: BudgetDraft, *, officer: VerifiedOfficer
) -> Recorded[BudgetLine]:
    """Enter what a source granted, or took back, under its document; `officer` keeps the books.

    A retry with the same `line_id` changes nothing. Raises BudgetDocumentError,
    BudgetNothingError, BudgetBelowError, SeatMissingError.
    """
    with context.file.transaction():
        known = storage.line(context.file, draft.line_id)
        if known is not None:
            return recorded(known)
        require_seat(officer.operator, Seat.BOOKKEEPER)
        require_line(draft, storage.state(context.file, draft.year, draft.source).granted)
        event = BudgetLineEntered(
            line_id=draft.line_id,
            year=draft.year,
            source=draft.source,
            document=draft.document.strip(),
            amount=draft.amount,
            entered_on=context.today,
        )
        record(context, event, confirmed_by=(officer.operator.operator_id,))
        entered = storage.line(context.file, draft.line_id)
    assert entered is not None  # noqa: S101 - recorded just now
    return recorded(entered, "budgets")


def lines(context: Context, year: int) -> tuple[BudgetLine, ...]:
    """The lines of a year in the order they were entered."""
    return storage.lines(context.file, year)


def state(context: Context, source: FundSource, *, year: int | None = None) -> BudgetState:
    """One source in a year, this one when None: granted, paid, left."""
    return storage.state(context.file, year or context.today.year, source)


def states(context: Context, year: int) -> tuple[BudgetState, ...]:
    """Every source that has a line or a payment in a year."""
    found = [storage.state(context.file, year, source) for source in FundSource]
    return tuple(each for each in found if each.is_kept or each.paid.fen)
