"""What waits or is due (今日待办), as lines that are computed and never stored.

An urgent case has its hours (先行救助), a first relief its working days (补齐手续); RULES.md §2.3.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.terms import Term
from reliefdesk.domain.workdays import CalendarMissingError, Workdays

SOON_WORKDAYS = 3


class Urgency(Term):
    """How much a line presses, the most pressing first."""

    OVERDUE = "overdue", "逾期"
    NOW = "now", "今日"
    SOON = "soon", "将到期"
    WAITING = "waiting", "待办"
    NOTE = "note", "提醒"


class TodayKind(Term):
    """What a line is about; of equally pressing lines the earlier kind stands first."""

    DESK_STOPPED = "desk_stopped", "停止录入"
    CLOCK = "clock", "电脑时间不对"
    DAY_OPEN = "day_open", "前日未日结"
    SETUP = "setup", "建台未完成"
    STANDARD_MISSING = "standard_missing", "缺低保标准"
    URGENT = "urgent", "急难未发放"
    PAPERS = "papers", "手续待补齐"
    NOT_PRINTED = "not_printed", "未确认打印"
    NOT_SIGNED = "not_signed", "未登记签领"
    PAYMENT = "payment", "待发放"
    DECISION = "decision", "待审批"
    REVIEW = "review", "待审核"
    EMERGENCY_END = "emergency_end", "缓解日未登记"
    FLOAT_SHORT = "float_short", "备用金不够"
    DIFFERENCE = "difference", "长短款待处理"
    KEPT = "kept", "退款未缴存"
    FLOAT_DUE = "float_due", "备用金到期"
    STREAM_FROZEN = "stream_frozen", "上报已停用"
    CONTRADICTED = "contradicted", "与电话答复不符"
    REQUEST = "request", "待答复请示"
    ANSWERED = "answered", "请示已答复"
    PHONE_OPEN = "phone_open", "电话答复待文件"
    ANSWER_OVERDUE = "answer_overdue", "逾期未回执"
    UNSENT = "unsent", "久未报送"
    UNHANDED = "unhanded", "未登记移交"
    MERGER = "merger", "单位并入"
    SET_ASIDE = "set_aside", "单独存放待核对"
    BUNDLE_GAP = "bundle_gap", "数据包缺号"
    RECTIFY = "rectify", "抽查待整改"
    CHECK_ANSWERED = "check_answered", "整改待核"
    CHECK_DRAW = "check_draw", "待抽查"
    CHECK_LATE = "check_late", "待补抽"
    DUPLICATES = "duplicates", "重复救助待认定"
    RECOVERY_ASKED = "recovery_asked", "区局要求追回"
    NOT_FILED = "not_filed", "原件未归档"
    BLANK_PAD = "blank_pad", "空白应急单"
    DRAFT = "draft", "草稿未提交"
    CALENDAR = "calendar", "缺节假日表"
    POLICY_ENDS = "policy_ends", "参数到期"
    SILENT = "silent", "长期未报送"
    TOKEN_LIST = "token_list", "已救助名单"
    STANDARD_OLD = "standard_old", "标准待核对"
    VERIFICATION = "verification", "核对记录"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where Enter leads: the key of a page, and the record to show there (empty: the page)."""

    page: str
    record_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayLine:
    """One thing to do. `facts` fill its sentence, `who` is whose turn it is (empty: anybody).

    `left` counts working days to `due_on`, negative when overdue, None where it cannot be counted;
    `due_at` is an instant (UTC) for what is due within hours.
    """

    kind: TodayKind
    urgency: Urgency
    place: Place
    who: str = ""
    due_on: date | None = None
    left: int | None = None
    due_at: datetime | None = None
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTimes:
    """What the deadlines of a case are judged by: now, the hours of the rule, working days."""

    now: datetime
    today: date
    hours: int
    workdays: Workdays


def in_order(lines: Iterable[TodayLine]) -> tuple[TodayLine, ...]:
    """The most pressing line first; of equals the one due earlier, then by kind."""
    urgencies, kinds = list(Urgency), list(TodayKind)

    def place(line: TodayLine) -> tuple[int, int, date]:
        return (
            urgencies.index(line.urgency),
            kinds.index(line.kind),
            line.due_on or date.max,
        )

    return tuple(sorted(lines, key=place))


def case_lines(case: Case, times: CaseTimes) -> tuple[TodayLine, ...]:
    """What one case waits for: the next seat, and the papers of a first relief."""
    lines, seat = [], case.waits_for
    if _unrelieved(case):
        lines.append(_urgent_line(case, times))
    elif seat is not None and seat in _WAITS:
        line = TodayLine(
            kind=_WAITS[seat],
            urgency=Urgency.WAITING,
            place=_place(case),
            who=seat.label,
            facts=_facts(case),
        )
        lines.append(line)
    if case.first_relief is not None and case.paid.fen > 0 and case.completed_on is None:
        lines.append(_papers_line(case, times))
    return tuple(lines)


def workdays_left(workdays: Workdays, today: date, due_on: date) -> int | None:
    """Working days after `today` up to `due_on`; negative when it is past; None without a table."""
    first, last = min(today, due_on), max(today, due_on)
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    try:
        count = sum(workdays.is_workday(day) for day in days)
    except CalendarMissingError:
        return None
    return count if due_on >= today else -count


def urgency_of(today: date, due_on: date, left: int | None) -> Urgency:
    """How much a day presses; without a table it is judged by calendar days."""
    if due_on < today:
        return Urgency.OVERDUE
    if due_on == today:
        return Urgency.NOW
    days = (due_on - today).days if left is None else left
    return Urgency.SOON if days <= SOON_WORKDAYS else Urgency.WAITING


_WAITS: dict[Seat, TodayKind] = {
    Seat.REVIEWER: TodayKind.REVIEW,
    Seat.APPROVER: TodayKind.DECISION,
    Seat.CASHIER: TodayKind.PAYMENT,
}


def _unrelieved(case: Case) -> bool:
    # A lapsed 24 hours matters only while money may still flow.
    alive = case.stage in {Stage.ACCEPTED, Stage.REVIEWED} or case.rest.fen > 0
    return case.request.emergency.urgent and case.paid.fen == 0 and alive


def _urgent_line(case: Case, times: CaseTimes) -> TodayLine:
    due_at = case.accepted_at + timedelta(hours=times.hours)
    who = "" if case.waits_for is None else case.waits_for.label
    passed = (times.now - case.accepted_at) // timedelta(hours=1)
    return TodayLine(
        kind=TodayKind.URGENT,
        urgency=Urgency.OVERDUE if times.now > due_at else Urgency.NOW,
        place=_place(case),
        who=who,
        due_at=due_at,
        facts={**_facts(case), "passed": max(0, passed), "stage": case.stage},
    )


def _papers_line(case: Case, times: CaseTimes) -> TodayLine:
    if case.due_on is None:
        return TodayLine(
            kind=TodayKind.EMERGENCY_END,
            urgency=Urgency.WAITING,
            place=_place(case),
            who=Seat.REGISTRAR.label,
            facts={**_facts(case), "paid_on": case.paid_on},
        )
    left = workdays_left(times.workdays, times.today, case.due_on)
    return TodayLine(
        kind=TodayKind.PAPERS,
        urgency=urgency_of(times.today, case.due_on, left),
        place=_place(case),
        who=Seat.REGISTRAR.label,
        due_on=case.due_on,
        left=left,
        facts=_facts(case),
    )


def _place(case: Case) -> Place:
    return Place(page="cases", record_id=case.case_id)


def _facts(case: Case) -> dict[str, object]:
    return {
        "case_no": case.case_no,
        "name": case.person_name,
        "cause": case.request.emergency.cause,
        "requested": case.request.requested,
        "rest": case.rest,
    }
