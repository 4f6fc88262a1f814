"""A relief case: the emergency as told, its stages, and the events that move it.

Stages and seats follow the notice 乌民发〔2021〕17号 §2 and RULES.md §2.3; 'paid' and 'approved'
are independent, since first relief may be paid before the decision.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.ids import CaseId, OperatorId, PersonId
from reliefdesk.domain.money import Money
from reliefdesk.domain.policies import AreaClass, PolicyUse
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class Cause(Term):
    """The notice's three cause groups in five codes (RULES.md S2.3)."""

    FIRE = "01", "火灾"
    TRAFFIC = "02", "交通事故"
    ACCIDENT = "03", "其他意外事件"
    ILLNESS = "04", "突发重大疾病"
    OTHER = "05", "其他特殊困难"


class PermitState(Term):
    """State of the local residence permit; a lapsed one counts as none, flagged (§2.2)."""

    NEVER = "never", "未办理"
    LAPSED = "lapsed", "已过期（使用功能中止）"
    VALID = "valid", "有效"
    UNKNOWN = "unknown", "不清楚"


class Source(Term):
    """How the emergency became known (§2.3 stage 1)."""

    SELF = "self", "本人求助"
    POLICE = "police", "公安110"
    URBAN = "urban_management", "城管"
    GRID = "grid", "社区网格员"
    HOTLINE = "hotline", "12345热线"
    HOSPITAL = "hospital", "医院"
    OTHER = "other", "其他"


class Situation(Term):
    """Circumstances that may send a person to another channel (§2.2)."""

    ORDINARY = "ordinary", "有临时住处"
    HOMELESS = "homeless", "流浪乞讨、无处居住"
    NEEDS_CARE = "needs_care", "身份不明且需急救"


class Stage(Term):
    """Where a case stands."""

    ACCEPTED = "accepted", "已受理"
    REVIEWED = "reviewed", "已审核"
    APPROVED = "approved", "已审批"
    REFUSED = "refused", "不予救助"
    REFERRED = "referred", "已转介"
    WITHDRAWN = "withdrawn", "已撤回"


class Route(Term):
    """Which channel a person belongs to (§2.2)."""

    HERE = "here", "急难型临时救助"
    ORDINARY = "ordinary", "普通临时救助"
    SHELTER = "shelter", "救助管理站"
    HOSPITAL = "hospital", "疾病应急救助"
    DISTRICT = "district", "报区民政局决定"


class ApprovalMeans(Term):
    """How an approver spoke when the paper came later."""

    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话"
    MESSAGE = "message", "短信"


class Opinion(Term):
    """What a reviewing officer says."""

    AGREE = "agree", "同意"
    DISAGREE = "disagree", "不同意"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One household member or companion. `same_key` compares as in `PersonDetails`."""

    name: str
    relation: str
    number: str = ""
    same_key: str = ""
    birth_on: date | None = None
    health: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """What happened, where and when. `place_code` is the 9-digit street or town code."""

    cause: Cause
    place: str
    place_code: str
    happened_at: datetime
    narrative: str
    source: Source
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRequest:
    """A request that holds together: the valid form of a `CaseDraft`.

    `persons_relieved` is N of the cap formula; `area` says which standard applies.
    """

    emergency: Emergency
    permit: PermitState
    situation: Situation
    stay_address: str
    arrived_on: date | None
    members: tuple[Member, ...]
    persons_relieved: int
    area: AreaClass
    other_aid: str
    staff_relative: OperatorId | None
    requested: Money


class Finding(Term):
    """The three values of an eligibility check; a reason may be a note that decides nothing."""

    MEETS = "meets", "符合"
    FAILS = "fails", "不符合"
    MANUAL = "manual", "需人工核定"
    NOTE = "note", "提示"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a finding is what it is: a wording code, its facts as text, and the rule's source."""

    finding: Finding
    code: str
    facts: dict[str, str]
    source: str

    @property
    def is_open(self) -> bool:
        """Whether it stands against a decision, or needs a person's."""
        return self.finding in (Finding.FAILS, Finding.MANUAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityRecord:
    """What the rules said when the case was accepted or decided, with the rows they used."""

    finding: Finding
    route: Route
    reasons: tuple[Reason, ...]
    uses: tuple[PolicyUse, ...]
    cap: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccepted:
    """A request was accepted under its case number; the 24-hour clock starts (§2.3 stage 2)."""

    version: ClassVar[int] = 1
    case_id: CaseId
    case_no: str
    person_id: PersonId
    request: CaseRequest
    eligibility: EligibilityRecord
    registrar: OperatorId
    accepted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationRecorded:
    """Two or more investigators verified the emergency (§2.3 stage 5)."""

    version: ClassVar[int] = 1
    case_id: CaseId
    visited_on: date
    place: str
    method: str
    investigators: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReviewed:
    """The reviewer's opinion and suggested amount (§2.3 stage 7)."""

    version: ClassVar[int] = 1
    case_id: CaseId
    reviewer: OperatorId
    opinion: Opinion
    remark: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWithdrawn:
    """Who reviewed took the review back before the next step (谁审核谁取消)."""

    version: ClassVar[int] = 1
    case_id: CaseId
    reviewer: OperatorId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefApproved:
    """The decision (§2.3 stage 8): amount, the rows used, and a district document where needed."""

    version: ClassVar[int] = 1
    case_id: CaseId
    approver: OperatorId
    remark: str
    amount: Money
    eligibility: EligibilityRecord
    district_document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefRefused:
    """A refusal is a decision too, with its written reason (§2.3)."""

    version: ClassVar[int] = 1
    case_id: CaseId
    approver: OperatorId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReferred:
    """The person was sent on to the right channel with a written reason (S2.1)."""

    version: ClassVar[int] = 1
    case_id: CaseId
    approver: OperatorId
    to: Route
    receiver: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn:
    """The applicant withdrew, or the case was accepted by mistake."""

    version: ClassVar[int] = 1
    case_id: CaseId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstReliefApproved:
    """Paying before the decision was approved: by whom, how and when (§2.3 stage 4)."""

    version: ClassVar[int] = 1
    case_id: CaseId
    approver: OperatorId
    means: ApprovalMeans
    approved_at: datetime
    amount: Money
    remark: str
    uses: tuple[PolicyUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyEnded:
    """The emergency eased on a day; the make-up deadline counts from it (§2.3 stage 11)."""

    version: ClassVar[int] = 1
    case_id: CaseId
    ended_on: date
    due_on: date
    uses: tuple[PolicyUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersCompleted:
    """All missing papers and signatures of a first relief were completed."""

    version: ClassVar[int] = 1
    case_id: CaseId
    completed_on: date
    remark: str


class CaseUnknownError(UserError):
    """No such case on this desk."""

    code = "cases.unknown"


class CaseChangedError(UserError):
    """Another window moved the case meanwhile. Facts: case_no, stage."""

    code = "cases.changed"


class StageError(UserError):
    """The act does not fit where the case stands. Facts: act, stage."""

    code = "cases.stage"


class WrittenReasonError(UserError):
    """Refusal, referral, withdrawal and disagreement need a written reason. Facts: act."""

    code = "cases.reason"


class AmountNeededError(UserError):
    """An agreed opinion or approval needs an amount above zero."""

    code = "cases.amount"


class ApprovalTimeError(UserError):
    """An approval recorded later cannot lie in the future or before acceptance. Facts: at."""

    code = "cases.approval_time"


class AlreadyDoneError(UserError):
    """This was already recorded for the case. Facts: act."""

    code = "cases.already_done"


class InvestigatorsError(UserError):
    """Too few different investigators. Facts: least."""

    code = "cases.investigators"


def require_stage(stage: Stage, allowed: tuple[Stage, ...], act: str) -> None:
    """Refuse an act that does not fit the stage (StageError)."""
    if stage not in allowed:
        raise StageError(act=act, stage=stage.label)


def require_reason(text: str, act: str) -> str:
    """The trimmed reason; empty raises WrittenReasonError."""
    reason = text.strip()
    if not reason:
        raise WrittenReasonError(act=act)
    return reason
