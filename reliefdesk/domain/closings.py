"""Closing a cashier's day (日结): the day is locked, and opens the next one with its closing sum.

There is no reopening; what was wrong is corrected by new entries on a later day. Sources:
现金管理暂行条例 Art 12 (日清月结); RULES.md §3.8.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.cash import CashEntry, CashKind
from reliefdesk.domain.ids import ClosingId, CountId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOrder:
    """A day to be closed. `closing_id` is made by the window so a retry closes once."""

    closing_id: ClosingId
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed:
    """A cashier's day was closed on a count; `opening` is the closing sum of the day before."""

    version: ClassVar[int] = 1
    closing_id: ClosingId
    cashier: OperatorId
    closed_on: date
    count_id: CountId
    opening: Money
    income: Money
    outgo: Money
    closing: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A recorded day close with its journal number and instant (UTC)."""

    seq: int
    closed_at: datetime
    details: DayClosed


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSum:
    """What one kind of entry moved on a day: how many, what came in, what went out (red: less)."""

    kind: CashKind
    count: int
    income: Money
    outgo: Money


class DayLockedError(UserError):
    """The cashier's day is closed; nothing is entered on it any more. Facts: on, closed_on."""

    code = "closings.locked"


class DayUnclosedError(UserError):
    """An earlier day of the cashier is not closed, so no cash is paid today. Facts: earliest."""

    code = "closings.unclosed"


class CloseOrderError(UserError):
    """Days are closed one after another. Facts: on, earliest."""

    code = "closings.order"


class CloseFutureError(UserError):
    """A day that has not come cannot be closed. Facts: on."""

    code = "closings.future"


class ClosingUnknownError(UserError):
    """No such day was closed."""

    code = "closings.unknown"


def require_open(on: date, closed_on: date | None) -> None:
    """Refuse an entry on a closed day or before one (DayLockedError)."""
    if closed_on is not None and on <= closed_on:
        raise DayLockedError(on=on, closed_on=closed_on)


def require_closable(
    on: date, today: date, *, closed_on: date | None, earliest: date | None
) -> None:
    """Refuse to close a day to come, a closed one, or one before an `earliest` open one is."""
    if on > today:
        raise CloseFutureError(on=on)
    require_open(on, closed_on)
    if earliest is not None and earliest < on:
        raise CloseOrderError(on=on, earliest=earliest)


def sums_by_kind(entries: Iterable[CashEntry]) -> tuple[KindSum, ...]:
    """What each kind of entry moved, in the order of the kinds; kinds that moved nothing lack."""
    found: dict[CashKind, KindSum] = {}
    for entry in entries:
        before = found.get(entry.kind)
        found[entry.kind] = KindSum(
            kind=entry.kind,
            count=1 if before is None else before.count + 1,
            income=entry.income if before is None else before.income + entry.income,
            outgo=entry.outgo if before is None else before.outgo + entry.outgo,
        )
    return tuple(found[kind] for kind in CashKind if kind in found)
