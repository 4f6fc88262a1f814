"""Where relief money comes from, and what each source gave for a year (经费来源, 预算指标).

The remainder is what was granted less what was paid, red entries deducted: 专项管理、分账核算、
专款专用 (RULES.md §6.2).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain.ids import BudgetLineId
from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class FundSource(Term):
    """The levels that give relief money; `FUNDS` where an office does not tell them apart."""

    FUNDS = "funds", "困难群众救助补助资金"
    CENTRAL = "central", "中央补助资金"
    REGION = "region", "自治区补助资金"
    CITY = "city", "市级资金"
    DISTRICT = "district", "区级资金"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetDraft:
    """A line to be entered; negative takes back. The window makes `line_id`: a retry is one."""

    line_id: BudgetLineId
    year: int
    source: FundSource
    document: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLineEntered:
    """A source granted, or took back, money for a year under a document."""

    version: ClassVar[int] = 1
    line_id: BudgetLineId
    year: int
    source: FundSource
    document: str
    amount: Money
    entered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """A recorded line with its journal number."""

    seq: int
    details: BudgetLineEntered


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetState:
    """One source in one year: granted by lines, and paid net of red entries."""

    year: int
    source: FundSource
    lines: int
    granted: Money
    paid: Money

    @property
    def rest(self) -> Money:
        """What is left; negative once more was paid than granted."""
        return self.granted - self.paid

    @property
    def is_kept(self) -> bool:
        """Whether the office keeps a budget for this source: without a line nothing is judged."""
        return self.lines > 0

    def falls_short(self, amount: Money) -> bool:
        """Whether paying so much more would exceed the budget: a warning, never a refusal."""
        return self.is_kept and amount > self.rest


class BudgetDocumentError(UserError):
    """A line needs the number of its document."""

    code = "budgets.document"


class BudgetNothingError(UserError):
    """A line of zero says nothing."""

    code = "budgets.nothing"


class BudgetBelowError(UserError):
    """Taking back more than a source ever granted for the year. Facts: granted, amount."""

    code = "budgets.below"


def require_line(draft: BudgetDraft, granted: Money) -> None:
    """Refuse a line without document or amount, and one that takes back more than was granted."""
    if not draft.document.strip():
        raise BudgetDocumentError
    if draft.amount.fen == 0:
        raise BudgetNothingError
    if (granted + draft.amount).fen < 0:
        raise BudgetBelowError(granted=granted, amount=-draft.amount)
