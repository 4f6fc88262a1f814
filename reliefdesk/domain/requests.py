"""What an office asks of the district in a bundle: cases beyond its delegation, and cash above.

A decision by phone holds until the file confirms it. Source: 乌民发〔2021〕17号 第八条.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class RequestKind(Term):
    """What the district is asked to allow."""

    DELEGATION = "delegation", "超出委托限额"
    FREQUENCY = "frequency", "本年度再次救助"
    ROUTE = "route", "人员范围由区定"
    FIRST_RELIEF = "first_relief", "先行救助备案确认"
    CASH = "cash", "大额现金发放"


class RequestState(Term):
    """Where a request stands at the office."""

    WAITING = "waiting", "待区民政局答复"
    BY_PHONE = "by_phone", "电话同意，待文件确认"
    GRANTED = "granted", "已同意"
    DECLINED = "declined", "未同意"

    @property
    def is_open(self) -> bool:
        """Whether the district's document is still to come."""
        return self in (RequestState.WAITING, RequestState.BY_PHONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionAsked:
    """An office asked the district about a case."""

    version: ClassVar[int] = 1
    request_id: str
    case_id: CaseId
    kind: RequestKind
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneDecisionNoted:
    """Somebody of the district allowed a request by phone: who, when, how much (UTC)."""

    version: ClassVar[int] = 1
    request_id: str
    name: str
    said_at: datetime
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request as a list shows it. `document` is what an approval cites, empty until decided.

    `answered_at` is the instant (UTC) of the call, or of the district's decision once it came.
    """

    request_id: str
    origin: str
    office: str
    case_id: CaseId
    case_no: str
    kind: RequestKind
    asked: Money
    reason: str
    asked_on: date
    state: RequestState
    allowed: Money
    document: str
    remark: str
    contradicted: bool
    phone_name: str
    answered_at: datetime | None


class RequestUnknownError(UserError):
    """No such request on this desk."""

    code = "requests.unknown"


class RequestOpenError(UserError):
    """The same question about the case waits for its answer already. Facts: kind."""

    code = "requests.open"


class RequestClosedError(UserError):
    """The request was decided already. Facts: state."""

    code = "requests.closed"


class RequestReasonError(UserError):
    """A request needs its reason, a decision its document number or its remark."""

    code = "requests.reason"


class RequestAmountError(UserError):
    """More than was asked for cannot be allowed. Facts: asked."""

    code = "requests.amount"


class CallTimeError(UserError):
    """A phone call cannot lie in the future, and it needs a name. Facts: at."""

    code = "requests.call_time"
