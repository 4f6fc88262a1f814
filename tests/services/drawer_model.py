"""What the plain model of two drawers knows: what each holds, its last count, and each receipt."""

from dataclasses import dataclass, field
from datetime import date

from reliefdesk.domain.ids import CaseId, CountId


@dataclass
class Counted:
    """The last count of a drawer, as the model knows it."""

    count_id: CountId
    on: date
    difference: int
    is_fresh: bool = True
    is_explained: bool = False
    is_posted: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether nothing differs or it has its reason."""
        return self.difference == 0 or self.is_explained


@dataclass
class Drawer:
    """One cashier's drawer, as the model knows it."""

    balance: int
    closed_on: date | None = None
    open_days: set[date] = field(default_factory=set)
    count: Counted | None = None

    def is_open(self, on: date) -> bool:
        """Whether a day may still get lines."""
        return self.closed_on is None or on > self.closed_on

    def move(self, fen: int, on: date) -> None:
        """Put cash in or take it out; a count made before is stale."""
        self.balance += fen
        self.open_days.add(on)
        if self.count is not None:
            self.count.is_fresh = False


@dataclass
class Number:
    """What the model knows of a receipt: who paid it is who may not witness its undoing."""

    case_id: CaseId
    fen: int
    is_signed: bool = False
    is_undone: bool = False
    is_supplement: bool = False
