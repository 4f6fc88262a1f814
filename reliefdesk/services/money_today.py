"""What the cash of this desk leaves to do: open days, differences, money kept long, old pads."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from reliefdesk.domain.case_records import Case
from reliefdesk.domain.counts import kind_word
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.money import Money, total
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.recoveries import kept_apart
from reliefdesk.domain.today import (
    Place,
    TodayKind,
    TodayLine,
    Urgency,
    urgency_of,
    workdays_left,
)
from reliefdesk.services import calendars, closings, counts, operators
from reliefdesk.services.recording import Context
from reliefdesk.storage import cash as stored_cash
from reliefdesk.storage import pads as stored_pads
from reliefdesk.storage import recoveries as stored_recoveries

FLOAT_AHEAD = timedelta(days=7)
PAD_AGE = timedelta(days=90)
"""A blank receipt that lies longer in a drawer than a quarter is counted again."""


def lines(context: Context, found: Sequence[Case]) -> Iterator[TodayLine]:
    """Give the lines of 今日待办 that concern cash; `found` are the cases that wait."""
    yield from _short_lines(context, found)
    yield from _drawer_lines(context)
    yield from _kept_lines(context)
    yield from _due_lines(context)
    yield from _pad_lines(context)


def _short_lines(context: Context, found: Sequence[Case]) -> Iterator[TodayLine]:
    wanted = total([case.rest for case in found])
    balance = stored_cash.balance(context.file)
    if wanted > balance:
        yield TodayLine(
            kind=TodayKind.FLOAT_SHORT,
            urgency=Urgency.NOW,
            place=Place(page="cash"),
            who=Seat.CASHIER.label,
            facts={"wanted": wanted, "balance": balance, "short": wanted - balance},
        )


def _drawer_lines(context: Context) -> Iterator[TodayLine]:
    """An open earlier day stands first of all: cash is settled before it is paid (日清月结)."""
    for drawer in closings.overdue(context):
        yield TodayLine(
            kind=TodayKind.DAY_OPEN,
            urgency=Urgency.OVERDUE,
            place=Place(page="cash", record_id="close"),
            who=Seat.CASHIER.label,
            facts={"name": drawer.cashier.name, "due_on": drawer.due_on},
        )
    for drawer in closings.drawers(context):
        last = counts.latest(context, drawer.cashier.operator_id)
        if last is not None and last.is_open:
            yield TodayLine(
                kind=TodayKind.DIFFERENCE,
                urgency=Urgency.NOW,
                place=Place(page="cash", record_id="count"),
                who=Seat.CASHIER.label,
                facts={
                    "name": drawer.cashier.name,
                    "kind": kind_word(last.difference),
                    "amount": Money(abs(last.difference.fen)),
                    "counted_on": last.details.counted_on,
                },
            )


def _kept_lines(context: Context) -> Iterator[TodayLine]:
    """Money that came back goes to finance the same day and pays nobody (Art 11)."""
    kept = sorted(stored_recoveries.kept(context.file), key=lambda each: each.details.cashier)
    for cashier, own in groupby(kept, key=lambda each: each.details.cashier):
        found = list(own)
        since = min(each.details.received_on for each in found)
        yield TodayLine(
            kind=TodayKind.KEPT,
            urgency=Urgency.OVERDUE if since < context.today else Urgency.NOW,
            place=Place(page="vouchers", record_id="recoveries"),
            who=Seat.CASHIER.label,
            facts={
                "name": _name(context, cashier),
                "amount": kept_apart(found),
                "since": since,
            },
        )


def _due_lines(context: Context) -> Iterator[TodayLine]:
    """Claims of float that are to be returned or accounted for by now, or within a week."""
    today, workdays = context.today, calendars.workdays(context)
    for due in stored_cash.due_claims(context.file, today + FLOAT_AHEAD):
        left = workdays_left(workdays, today, due.return_by)
        yield TodayLine(
            kind=TodayKind.FLOAT_DUE,
            urgency=urgency_of(today, due.return_by, left),
            place=Place(page="cash", record_id="float"),
            who=Seat.CASHIER.label,
            due_on=due.return_by,
            left=left,
            facts={
                "name": _name(context, due.cashier),
                "claimed_on": due.claimed_on,
                "left": due.left,
            },
        )


def _pad_lines(context: Context) -> Iterator[TodayLine]:
    """Blank receipts of a quarter ago, each pad once; those of an earlier year press more."""
    found = stored_pads.blank(context.file, context.today - PAD_AGE)
    for _, own in groupby(found, key=lambda each: each.pad_id):
        numbers = list(own)
        issued_on = numbers[0].issued_on
        past = issued_on.year < context.today.year
        yield TodayLine(
            kind=TodayKind.BLANK_PAD,
            urgency=Urgency.NOW if past else Urgency.NOTE,
            place=Place(page="vouchers", record_id="pads"),
            who=Seat.CASHIER.label,
            facts={
                "name": _name(context, numbers[0].holder),
                "issued_on": issued_on,
                "count": len(numbers),
            },
        )


def _name(context: Context, operator_id: OperatorId) -> str:
    return operators.names(context).get(operator_id, "")
