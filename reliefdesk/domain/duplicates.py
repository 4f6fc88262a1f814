"""Duplicates (重复救助): two offices paid for one person or household within a year.

A pair is found by rule and judged by people: the district decides, the offices hear of it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from reliefdesk.domain.case_records import Case
from reliefdesk.domain.ids import CaseId, DeskId
from reliefdesk.domain.money import Money
from reliefdesk.domain.persons import PersonDetails
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

_ONE_EMERGENCY = timedelta(days=3)


class DuplicateGround(Term):
    """Why two cases look like one (RULES.md §2.6); numbers of 15 and 18 digits are one key."""

    NUMBER = "number", "证件号码相同"
    NAME = "name", "姓名、生日、性别相同"
    PHONE = "phone", "电话相同"
    CARD = "card", "银行卡相同"
    HOUSEHOLD = "household", "家庭成员重合"


class DuplicateDecision(Term):
    """What the district says of a pair."""

    RIGHT = "right", "都发放正确"
    WRONG = "wrong", "重复发放，要求追回"
    DIFFERENT = "different", "同一人，不同急难"


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateDecided:
    """The district judged a pair; a later decision on the same pair holds instead.

    `wrong` is the case whose money is to come back, with `amount`; None where none is.
    """

    version: ClassVar[int] = 1
    first: CaseId
    second: CaseId
    decision: DuplicateDecision
    reason: str
    wrong: CaseId | None
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateAnswered:
    """What the district tells an office of its own case; `amount` above 0 asks it back."""

    version: ClassVar[int] = 1
    case_id: CaseId
    decision: DuplicateDecision
    reason: str
    amount: Money
    decided_on: date


MESSAGES = (DuplicateAnswered,)


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatePair:
    """Two cases of different desks, in the order of their ids, and what joins them."""

    first: CaseId
    second: CaseId
    grounds: tuple[DuplicateGround, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedPair:
    """The decision that holds for a pair."""

    decision: DuplicateDecision
    reason: str
    wrong: CaseId | None
    amount: Money
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateAnswer:
    """An answer as an office holds it.

    `is_claimed` while a recovery of the case stands, or where nothing paid on it does.
    """

    case_id: CaseId
    case_no: str
    decision: DuplicateDecision
    reason: str
    amount: Money
    decided_on: date
    is_claimed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateSide:
    """One of the two cases: whose it is, who it was for, what of its money stands."""

    desk_id: DeskId
    office: str
    case: Case
    person: PersonDetails
    receipts: tuple[str, ...]

    @property
    def paid_on(self) -> date | None:
        """The first day of what stands; None where everything was taken back."""
        return self.case.paid_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A pair side by side with its decision, if there is one."""

    first: DuplicateSide
    second: DuplicateSide
    grounds: tuple[DuplicateGround, ...]
    decided: DecidedPair | None

    @property
    def is_open(self) -> bool:
        """Whether somebody must look: undecided, and money of both stands."""
        return self.decided is None and all(
            side.case.paid.fen > 0 for side in (self.first, self.second)
        )

    @property
    def is_one_emergency(self) -> bool:
        """Whether both tell of the same cause within three days."""
        one, other = (side.case.request.emergency for side in (self.first, self.second))
        return one.cause is other.cause and abs(one.happened_at - other.happened_at) <= (
            _ONE_EMERGENCY
        )

    def side(self, case_id: CaseId) -> DuplicateSide:
        """The side of a case of the pair."""
        return self.first if self.first.case.case_id == case_id else self.second


class DuplicateUnknownError(UserError):
    """These two cases are no pair of the year."""

    code = "duplicates.unknown"


class DuplicateReasonError(UserError):
    """A decision needs its reason."""

    code = "duplicates.reason"


class WrongCaseError(UserError):
    """A wrong payment names which of the two cases gives back, and a right one names none."""

    code = "duplicates.wrong_case"
