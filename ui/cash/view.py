"""Everything the tabs of a drawer show, read in one go; sums of a drawer stay out of blind tabs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from reliefdesk.domain.budgets import BudgetLine, BudgetState
from reliefdesk.domain.case_records import Case, CaseFilter
from reliefdesk.domain.cash import CashEntry
from reliefdesk.domain.closings import Closing
from reliefdesk.domain.counts import Count
from reliefdesk.domain.handovers import Handover
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.transfers import Transfer
from reliefdesk.services import (
    budgets,
    cases,
    cash,
    closings,
    counts,
    handovers,
    operators,
    transfers,
)
from reliefdesk.services.closings import Drawer
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context

LOOKED_BACK = timedelta(days=100)
"""How far back the lists of the tabs reach; older ones stand in the journal."""
PAYABLE_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawerView:
    """The drawers with what was recorded about them lately, the newest first."""

    today: date
    signed_in: OperatorId
    drawers: tuple[Drawer, ...]
    staff: tuple[Operator, ...]
    held: Mapping[OperatorId, Money]
    counts: tuple[Count, ...]
    closings: tuple[Closing, ...]
    handovers: tuple[Handover, ...]
    floats: tuple[CashEntry, ...]
    payable: tuple[Case, ...]
    transfers: tuple[Transfer, ...]
    budgets: tuple[BudgetState, ...]
    budget_lines: tuple[BudgetLine, ...]

    def with_seat(self, seat: Seat) -> tuple[Operator, ...]:
        """The active operators who hold a seat."""
        return tuple(one for one in self.staff if one.active and seat in one.seats)

    def besides(self, operator_id: OperatorId | None) -> tuple[Operator, ...]:
        """The active operators other than one: who may be a second person."""
        return tuple(one for one in self.staff if one.active and one.operator_id != operator_id)

    def name(self, operator_id: OperatorId) -> str:
        """What an operator is called."""
        return next((one.name for one in self.staff if one.operator_id == operator_id), "")

    def drawer(self, operator_id: OperatorId | None) -> Drawer | None:
        """How one cashier's drawer stands."""
        found = (each for each in self.drawers if each.cashier.operator_id == operator_id)
        return next(found, None)


class PaperCall(Protocol):
    """What makes a paper on the desk's thread."""

    def __call__(self, context: Context, /) -> Paper:
        """Make it."""


def read(context: Context) -> DrawerView:
    """Read everything that the tabs show."""
    since, until = context.today - LOOKED_BACK, context.today
    return DrawerView(
        today=context.today,
        signed_in=context.operator_id,
        drawers=closings.drawers(context),
        staff=operators.operators(context),
        held=cash.holders(context),
        counts=counts.listed(context, since, until),
        closings=closings.listed(context, since, until),
        handovers=handovers.listed(context, since, until),
        floats=cash.floats(context, since, until),
        payable=tuple(
            cases.case(context, row.case_id)
            for row in cases.listed(context, CaseFilter(waits_for=Seat.CASHIER, limit=PAYABLE_MOST))
        ),
        transfers=tuple(reversed(transfers.touching(context, since, until))),
        budgets=budgets.states(context, context.today.year),
        budget_lines=budgets.lines(context, context.today.year),
    )


def preferred(offered: Iterable[Operator], wanted: OperatorId) -> OperatorId | None:
    """Who is chosen already: whoever is signed in, else the only one."""
    ids = [one.operator_id for one in offered]
    if wanted in ids:
        return wanted
    return ids[0] if len(ids) == 1 else None
