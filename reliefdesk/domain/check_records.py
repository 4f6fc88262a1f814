"""What becomes of a spot check (抽查): its list, findings, what is asked of offices, their answers.

A case is named by its number: the district, the office and the paper know it by nothing else.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain.checks import CheckLine, Draw, draw
from reliefdesk.domain.ids import CaseId, DeskId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class Defect(Term):
    """What a check found wrong."""

    IDENTITY = "identity", "身份、户籍信息不实"
    SCOPE = "scope", "不属于救助范围"
    AMOUNT = "amount", "金额超标或计算有误"
    PROCEDURE = "procedure", "审核审批程序不全"
    PAPERS = "papers", "手续材料不全"
    SIGNATURE = "signature", "签字、指印缺失"
    PAYMENT = "payment", "未及时足额发放"
    BOOKS = "books", "台账与单据不符"
    FRAUD = "fraud", "骗取、重复领取"
    OTHER = "other", "其他"


class CheckState(Term):
    """Where one drawn case stands."""

    DRAWN = "drawn", "待检查"
    CONFORM = "conform", "符合规定"
    DEFECTIVE = "defective", "有问题，未要求整改"
    ASKED = "asked", "待整改"
    ANSWERED = "answered", "已答复，待核"
    CLOSED = "closed", "整改完毕"


FINDABLE = (CheckState.DRAWN, CheckState.CONFORM, CheckState.DEFECTIVE)
"""Where a finding can be given, or given anew."""
ASKABLE = (CheckState.DEFECTIVE, CheckState.ANSWERED)
"""Where an office can be asked to put it right, or asked once more."""
ANSWERABLE = (CheckState.ASKED, CheckState.ANSWERED)
"""Where an office can answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A case that a month's list may name; `desk_id` recorded it, `on` is the day it counts by."""

    case_id: CaseId
    desk_id: DeskId
    line: CheckLine
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotCheckDrawn:
    """A district drew a month's cases. `round` is 0, then 1, 2 … for what came late.

    `seed` is the hash of the district's journal entry `seed_number`. `recipients` maps office codes
    to the desks that get the list.
    """

    version: ClassVar[int] = 1
    check_id: str
    check_no: str
    month: str
    round: int
    since: date
    until: date
    percent: int
    seed: str
    seed_number: int
    list_hash: str
    lines: tuple[CheckLine, ...]
    drawn: tuple[str, ...]
    recipients: dict[str, str]
    drawn_by: OperatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotCheckListIssued:
    """The district's draw as one office gets it: its own lines, from which it can redo the draw."""

    version: ClassVar[int] = 1
    check_id: str
    check_no: str
    month: str
    round: int
    since: date
    until: date
    percent: int
    seed: str
    seed_number: int
    list_hash: str
    lines: tuple[CheckLine, ...]
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGiven:
    """What the check of a drawn case found; a later finding holds instead."""

    version: ClassVar[int] = 1
    check_id: str
    case_no: str
    conform: bool
    defects: tuple[Defect, ...]
    remark: str
    checked_on: date
    checked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationAsked:
    """The district asks an office to put a case right until a day (整改)."""

    version: ClassVar[int] = 1
    check_id: str
    case_no: str
    demand: str
    due_on: date
    asked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationAnswered:
    """The office says what it did, and on which day; `answered_by` names its head."""

    version: ClassVar[int] = 1
    check_id: str
    case_no: str
    answer: str
    done_on: date
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationClosed:
    """The district looked at the answer and closed the matter."""

    version: ClassVar[int] = 1
    check_id: str
    case_no: str
    remark: str
    closed_by: str


MESSAGES: tuple[type, ...] = (
    SpotCheckListIssued,
    FindingGiven,
    RectificationAsked,
    RectificationClosed,
)
"""What of a spot check a district tells its offices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found, on which day, by whom."""

    conform: bool
    defects: tuple[Defect, ...]
    remark: str
    checked_on: date
    checked_by: str

    @property
    def words(self) -> str:
        """`符合规定`, or the defects one after the other."""
        if self.conform:
            return CheckState.CONFORM.label
        return "、".join(each.label for each in self.defects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectification:
    """What an office was asked and what it answered; None and '' until then."""

    demand: str
    due_on: date
    asked_on: date
    answer: str = ""
    done_on: date | None = None
    answered_by: str = ""
    closed_on: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """One drawn case. `case_id`, `name` and `amount` are known where the case itself is."""

    check_id: str
    check_no: str
    month: str
    line: CheckLine
    office_name: str
    recipient: str
    case_id: CaseId | None
    name: str
    cause: str
    amount: Money
    finding: Finding | None
    rectification: Rectification | None

    @property
    def state(self) -> CheckState:
        """Where it stands."""
        asked, found = self.rectification, self.finding
        if found is None:
            return CheckState.DRAWN
        if asked is None:
            return CheckState.CONFORM if found.conform else CheckState.DEFECTIVE
        if asked.closed_on is not None:
            return CheckState.CLOSED
        return CheckState.ANSWERED if asked.answer else CheckState.ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotCheck:
    """One draw as this desk holds it; an office holds its own lines only. Days are inclusive."""

    check_id: str
    check_no: str
    month: str
    round: int
    since: date
    until: date
    seed_number: int
    list_hash: str
    drawn_on: date
    origin: str
    draw: Draw

    @property
    def is_redone(self) -> bool:
        """Whether seed and list give what was drawn, and the list its hash where it is whole."""
        again = draw(self.draw.seed, self.draw.lines, self.draw.percent)
        whole = self.origin or self.draw.list_hash == self.list_hash
        return again.drawn == self.draw.drawn and bool(whole)


class MonthRunningError(UserError):
    """The month has not ended. Facts: month, until."""

    code = "checks.running"


class NothingToDrawError(UserError):
    """Every case of the month was on a list already. Facts: month."""

    code = "checks.nothing"


class CheckUnknownError(UserError):
    """No such check, or the case was not drawn in it."""

    code = "checks.unknown"


class CheckStateError(UserError):
    """The drawn case does not stand where this is done. Facts: state."""

    code = "checks.state"


class FindingIncompleteError(UserError):
    """Either it conforms, or at least one defect is named and described."""

    code = "checks.finding"


class DueDayError(UserError):
    """Rectification is due on a day to come, and done on a day that has come. Facts: on."""

    code = "checks.due"


class AnswerMissingError(UserError):
    """A demand, an answer and a closing need words."""

    code = "checks.words"
