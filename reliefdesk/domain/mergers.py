"""An office merged into another (并入): told by the district, closed there, taken over here.

Numbers keep their prefix and rows their origin; what changes is who may go on with them. Nobody is
trusted at first sight: each side reads the other's fingerprint from paper.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain.desks import ClockWentBack, Office
from reliefdesk.domain.ids import CountId, DeskId, EntryId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.partners import PartnerKeys
from reliefdesk.domain.persons import DetailRevealed
from reliefdesk.domain.receipts import ReceiptPrinted
from reliefdesk.domain.recoveries import RepaymentReceiptPrinted
from reliefdesk.domain.streams import BOOKKEEPING, QuarantineCured, StreamPlace
from reliefdesk.domain.terms import Term
from reliefdesk.errors import TrustError, UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerSide:
    """One of the two desks as the district knows it: office and present keys."""

    desk_id: DeskId
    office: Office
    epoch: int
    keys: PartnerKeys
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerAnnounced:
    """The district tells both offices that `closing` is merged into `heir` on a day."""

    version: ClassVar[int] = 1
    closing: MergerSide
    heir: MergerSide
    merged_on: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedCashGiven:
    """A cashier of the closing office gave the counted cash of a drawer to the heir's cashier."""

    version: ClassVar[int] = 1
    entry_id: EntryId
    count_id: CountId
    cashier: OperatorId
    amount: Money
    heir: DeskId
    heir_name: str
    document: str
    receiver: str
    given_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeClosed:
    """The last act of an office: from here on its desk only reads, prints and makes bundles."""

    version: ClassVar[int] = 1
    heir: DeskId
    open_cases: int
    unsent: int
    cash_given: Money
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTakenOver:
    """The heir goes on with the cases of a closed office, which it holds up to `through`."""

    version: ClassVar[int] = 1
    desk_id: DeskId
    through: StreamPlace
    open_cases: int
    taken_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedCashTaken:
    """The heir's cashier counted and took what a cashier of the closed office had given."""

    version: ClassVar[int] = 1
    entry_id: EntryId
    given_id: EntryId
    desk_id: DeskId
    office_name: str
    document: str
    cashier: OperatorId
    amount: Money
    taken_on: date


AFTER_CLOSING: tuple[type, ...] = (
    *BOOKKEEPING,
    ClockWentBack,
    DetailRevealed,
    QuarantineCured,
    ReceiptPrinted,
    RepaymentReceiptPrinted,
)
"""What reading, printing and bundling leave in the journal: a closed desk may still do that."""

CLOSING: tuple[type, ...] = (*AFTER_CLOSING, MergedCashGiven, OfficeClosed)
"""What may bear a day after the merger without a second look."""


class MergerState(Term):
    """How far a merger has come, as this desk knows it."""

    ANNOUNCED = "announced", "已下达，待停办"
    CLOSED = "closed", "已停办，待接收"
    TAKEN = "taken", "已接收"


@dataclass(frozen=True, slots=True, kw_only=True)
class CashRow:
    """Cash of one drawer on its way: who gave it, and when it was taken (None: not yet)."""

    entry_id: EntryId
    giver: str
    receiver: str
    amount: Money
    given_on: date
    taken_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """A merger as recorded. `open_cases` and `unsent` are what the closing office said."""

    told: MergerAnnounced
    closed: OfficeClosed | None
    taken: OfficeTakenOver | None
    cash: tuple[CashRow, ...]

    @property
    def state(self) -> MergerState:
        """How far it has come."""
        if self.taken is not None:
            return MergerState.TAKEN
        return MergerState.ANNOUNCED if self.closed is None else MergerState.CLOSED

    @property
    def given(self) -> Money:
        """All the cash that the closing office gave."""
        return Money(sum(each.amount.fen for each in self.cash))


class OfficeClosedError(UserError):
    """This office was merged: its desk records nothing more. Facts: heir."""

    code = "mergers.closed"


class MergerUnknownError(UserError):
    """The district announced no such merger here."""

    code = "mergers.unknown"


class MergerSidesError(UserError):
    """Two offices in service are merged, neither of them merged or taking over already."""

    code = "mergers.sides"


class MergerDayError(UserError):
    """An office is told before it closes: the day cannot be past. Facts: on."""

    code = "mergers.day"


class MergerDocumentError(UserError):
    """A merger needs its document."""

    code = "mergers.document"


class ReceiverNamelessError(UserError):
    """The paper names the heir's cashier who takes the cash."""

    code = "mergers.receiver"


class CashLeftError(UserError):
    """An office closes with empty drawers. Facts: amount."""

    code = "mergers.cash_left"


class NotClosedError(UserError):
    """The closing office's last bundle has not come yet. Facts: office."""

    code = "mergers.not_closed"


class TakenAlreadyError(UserError):
    """This was taken over already."""

    code = "mergers.taken"


class GivenUnknownError(UserError):
    """The closed office's bundles tell of no such cash."""

    code = "mergers.given_unknown"


class GivenDiffersError(TrustError):
    """What was counted is not what was given. Facts: given, counted."""

    code = "mergers.given_differs"


MESSAGES: tuple[type, ...] = (MergerAnnounced,)
EVENTS: tuple[type, ...] = (MergedCashGiven, OfficeClosed, OfficeTakenOver, MergedCashTaken)
