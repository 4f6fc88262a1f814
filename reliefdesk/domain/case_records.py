"""A relief case as it stands now, the rows of case lists, and the orders officers give about it.

Each order names the version its window saw: who acts on a case that moved meanwhile is told.
"""

from dataclasses import dataclass
from datetime import date, datetime

from reliefdesk.domain.cases import (
    ApprovalMeans,
    CaseRequest,
    Cause,
    EligibilityRecord,
    FirstReliefApproved,
    Opinion,
    Route,
    Stage,
)
from reliefdesk.domain.ids import CaseId, OperatorId, PersonId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import Act, Seat
from reliefdesk.domain.persons import Person
from reliefdesk.domain.recoveries import RecoveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review that stands (审核)."""

    reviewer: OperatorId
    opinion: Opinion
    amount: Money
    remark: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision that stands: approval, refusal or referral (审批).

    `amount` is zero unless approved; `receiver` is set for a referral only.
    """

    approver: OperatorId
    amount: Money
    remark: str
    district_document: str
    receiver: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case with everything decided about it. `paid` is net of voids and reversals.

    `version` is the journal number of the case's last event. `paid_on` is the first payment's day.
    `recovery` says whether money of it is or was claimed back.
    """

    case_id: CaseId
    case_no: str
    person_id: PersonId
    person_name: str
    stage: Stage
    request: CaseRequest
    eligibility: EligibilityRecord
    registrar: OperatorId
    accepted_at: datetime
    review: Review | None
    decision: Decision | None
    first_relief: FirstReliefApproved | None
    ended_on: date | None
    due_on: date | None
    completed_on: date | None
    paid: Money
    paid_on: date | None
    version: int
    acts: tuple[Act, ...]
    recovery: RecoveryState | None = None

    @property
    def status(self) -> str:
        """The stage, how far it is paid, and whether money is or was claimed back."""
        return status_words(self.stage, self.recovery, granted=self.granted, paid=self.paid)

    @property
    def granted(self) -> Money:
        """What may leave the drawer: the decided amount, else an approved first relief."""
        if self.stage is Stage.APPROVED and self.decision is not None:
            return self.decision.amount
        if self.first_relief is not None and self.stage in {Stage.ACCEPTED, Stage.REVIEWED}:
            return self.first_relief.amount
        return ZERO

    @property
    def rest(self) -> Money:
        """Granted and not yet paid; never negative."""
        return Money(max(0, self.granted.fen - self.paid.fen))

    @property
    def is_turned_away(self) -> bool:
        """Whether it was never examined because the person belongs to another channel."""
        return self.eligibility.route is not Route.HERE and self.review is None

    @property
    def waits_for(self) -> Seat | None:
        """Whose turn it is; None when nothing more is due at the counter."""
        if self.rest.fen > 0:
            return Seat.CASHIER
        if self.stage is Stage.ACCEPTED:
            return Seat.REVIEWER
        if self.stage is Stage.REVIEWED:
            return Seat.APPROVER
        makes_up = self.first_relief is not None and self.stage is Stage.APPROVED
        return Seat.REGISTRAR if makes_up and self.completed_on is None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHistory:
    """A person with all cases, newest first, over every entry judged to be the same person."""

    person: Person
    others: tuple[Person, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One line of a case list. `number` is masked."""

    case_id: CaseId
    case_no: str
    person_id: PersonId
    name: str
    number: str
    cause: Cause
    stage: Stage
    accepted_on: date
    requested: Money
    granted: Money
    paid: Money
    due_on: date | None
    waits_for: Seat | None
    recovery: RecoveryState | None = None

    @property
    def status(self) -> str:
        """The stage, how far it is paid, and whether money is or was claimed back."""
        return status_words(self.stage, self.recovery, granted=self.granted, paid=self.paid)


def paid_words(granted: Money, paid: Money) -> str:
    """`部分发放` or `已发放`, of what was paid already."""
    return "部分发放" if paid < granted else "已发放"


def status_words(
    stage: Stage, recovery: RecoveryState | None, *, granted: Money, paid: Money
) -> str:
    """`已审批`, paid `部分发放` or `已发放`, and `·追回中` where money is claimed back."""
    words = stage.label
    if stage is Stage.APPROVED and paid.fen > 0:
        words = paid_words(granted, paid)
    return words if recovery is None else f"{words}·{recovery.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases a list shows; None and empty text mean any. Days are acceptance days."""

    stage: Stage | None = None
    cause: Cause | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""
    waits_for: Seat | None = None
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """One thing that happened to a case: who, when, what, and the amount then named."""

    act: str
    operator: str
    at: datetime
    amount: Money | None
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOrder:
    """What every order about a case carries."""

    case_id: CaseId
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOrder(CaseOrder):
    """The reviewer's opinion and suggested amount; disagreement needs a remark."""

    opinion: Opinion
    amount: Money
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalOrder(CaseOrder):
    """Approve `amount`. `district_document` allows what exceeds the office's own power."""

    amount: Money
    remark: str = ""
    district_document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonOrder(CaseOrder):
    """Refuse, withdraw a review or withdraw a case: each with its written reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralOrder(CaseOrder):
    """Send the person on to the right channel."""

    to: Route
    receiver: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstReliefOrder(CaseOrder):
    """Pay before the decision: who said so, how and when (UTC instant)."""

    approver: OperatorId
    amount: Money
    means: ApprovalMeans
    approved_at: datetime
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationOrder(CaseOrder):
    """What investigators found on a visit."""

    visited_on: date
    place: str
    method: str
    investigators: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOrder(CaseOrder):
    """The emergency ended, or the papers were completed, on a day."""

    on: date
    remark: str = ""
