"""Review, decision, refusal, referral, first relief: each by an officer whose PIN was checked."""

from collections.abc import Callable
from dataclasses import replace

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.case_records import (
    ApprovalOrder,
    Case,
    CaseOrder,
    DayOrder,
    FirstReliefOrder,
    InvestigationOrder,
    ReasonOrder,
    ReferralOrder,
    ReviewOrder,
)
from reliefdesk.domain.cases import (
    AlreadyDoneError,
    AmountNeededError,
    ApprovalMeans,
    CaseReferred,
    CaseReviewed,
    CaseWithdrawn,
    EligibilityRecord,
    EmergencyEnded,
    FirstReliefApproved,
    InvestigationRecorded,
    InvestigatorsError,
    Opinion,
    PapersCompleted,
    ReliefApproved,
    ReliefRefused,
    ReviewWithdrawn,
    Stage,
    require_reason,
    require_stage,
)
from reliefdesk.domain.decisions import (
    DayError,
    OnlyReviewerError,
    PaidAlreadyError,
    PhoneApproverError,
    require_approvable,
    require_first_relief,
    require_no_relative,
    require_version,
    stages_to_decide,
)
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import (
    Operator,
    Seat,
    VerifiedOfficer,
    require_seat,
    require_separation,
)
from reliefdesk.domain.policies import PolicyUse, count_of
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.requests import RequestKind
from reliefdesk.services import calendars, cases, operators, policies, requests
from reliefdesk.services.recording import Context, Recorded, record, recorded

_LIFTING = frozenset({RequestKind.DELEGATION, RequestKind.FREQUENCY, RequestKind.ROUTE})
_LIFTING_EARLY = _LIFTING | {RequestKind.FIRST_RELIEF}
_OPEN = (Stage.ACCEPTED, Stage.REVIEWED)
_CHANGED = ("cases", "today", "ledger")
_CHANGE = "改变金额"


def investigate(context: Context, order: InvestigationOrder) -> Recorded[Case]:
    """Record a visit by enough different investigators (min_investigators)."""
    require_seat(operators.signed_in(context), Seat.REGISTRAR)
    names = tuple(dict.fromkeys(name.strip() for name in order.investigators if name.strip()))
    least = count_of(_use(context, PolicyKey.INVESTIGATORS))
    if len(names) < least:
        raise InvestigatorsError(least=least)

    def event_of(found: Case) -> object:
        require_stage(found.stage, (*_OPEN, Stage.APPROVED), "调查核实")
        if order.visited_on > context.today:
            raise DayError(on=order.visited_on)
        return InvestigationRecorded(
            case_id=order.case_id,
            visited_on=order.visited_on,
            place=order.place.strip(),
            method=order.method.strip(),
            investigators=names,
            result=require_reason(order.result, "调查核实"),
        )

    return _recorded(context, order, event_of)


def review(context: Context, order: ReviewOrder, *, officer: VerifiedOfficer) -> Recorded[Case]:
    """Record the reviewer's opinion and suggested amount (审核)."""

    def event_of(found: Case) -> object:
        require_stage(found.stage, (Stage.ACCEPTED,), "审核")
        _require_officer(context, found, officer.operator, Seat.REVIEWER)
        remark = order.remark.strip()
        if order.opinion is Opinion.DISAGREE:
            remark = require_reason(remark, "不同意")
        elif order.amount.fen <= 0:
            raise AmountNeededError
        elif order.amount != found.request.requested:
            remark = require_reason(remark, _CHANGE)
        return CaseReviewed(
            case_id=order.case_id,
            reviewer=officer.operator.operator_id,
            opinion=order.opinion,
            remark=remark,
            amount=order.amount,
        )

    return _recorded(context, order, event_of, officer)


def withdraw_review(
    context: Context, order: ReasonOrder, *, officer: VerifiedOfficer
) -> Recorded[Case]:
    """Take a review back before the decision; only who reviewed may (谁审核谁取消)."""

    def event_of(found: Case) -> object:
        require_stage(found.stage, (Stage.REVIEWED,), "取消审核")
        reviewer = None if found.review is None else found.review.reviewer
        if reviewer != officer.operator.operator_id:
            raise OnlyReviewerError(name=operators.names(context).get(reviewer or "", ""))
        return ReviewWithdrawn(
            case_id=order.case_id,
            reviewer=officer.operator.operator_id,
            reason=require_reason(order.reason, "取消审核"),
        )

    return _recorded(context, order, event_of, officer)


def _proposed(found: Case) -> Money:
    """What the approver finds: the reviewer's amount, else what was asked for."""
    review = found.review
    agreed = review is not None and review.opinion is Opinion.AGREE
    return review.amount if agreed and review is not None else found.request.requested


def approve(context: Context, order: ApprovalOrder, *, officer: VerifiedOfficer) -> Recorded[Case]:
    """Approve an amount; the rules are asked again on the day that counts (审批).

    The quota of the year is reserved from here on. Raises NotAllowedError, DistrictNeededError
    or RemarkNeededError where the findings do not carry the approval.
    """

    def event_of(found: Case) -> object:
        _require_decidable(context, found, officer.operator)
        eligibility = _judged(context, found, order.amount)
        document = order.district_document.strip() or requests.document_for(
            context, order.case_id, order.amount, _LIFTING
        )
        require_approvable(found, eligibility, replace(order, district_document=document))
        if order.amount != _proposed(found):
            require_reason(order.remark, _CHANGE)
        return ReliefApproved(
            case_id=order.case_id,
            approver=officer.operator.operator_id,
            remark=order.remark.strip(),
            amount=order.amount,
            eligibility=eligibility,
            district_document=document,
        )

    return _recorded(context, order, event_of, officer)


def refuse(context: Context, order: ReasonOrder, *, officer: VerifiedOfficer) -> Recorded[Case]:
    """Refuse with a written reason: a decision like any other (不予救助)."""

    def event_of(found: Case) -> object:
        _require_decidable(context, found, officer.operator)
        return ReliefRefused(
            case_id=order.case_id,
            approver=officer.operator.operator_id,
            reason=require_reason(order.reason, "不予救助"),
        )

    return _recorded(context, order, event_of, officer)


def refer(context: Context, order: ReferralOrder, *, officer: VerifiedOfficer) -> Recorded[Case]:
    """Send the person on to the right channel with a written reason (转介)."""

    def event_of(found: Case) -> object:
        _require_decidable(context, found, officer.operator)
        return CaseReferred(
            case_id=order.case_id,
            approver=officer.operator.operator_id,
            to=order.to,
            receiver=order.receiver.strip(),
            reason=require_reason(order.reason, "转介"),
        )

    return _recorded(context, order, event_of, officer)


def withdraw(context: Context, order: ReasonOrder) -> Recorded[Case]:
    """Withdraw an unpaid case: the applicant wishes it, or it was accepted by mistake (撤回)."""
    require_seat(operators.signed_in(context), Seat.REGISTRAR)

    def event_of(found: Case) -> object:
        require_stage(found.stage, _OPEN, "撤回")
        if found.paid.fen > 0:
            raise PaidAlreadyError(paid=found.paid)
        return CaseWithdrawn(case_id=order.case_id, reason=require_reason(order.reason, "撤回"))

    return _recorded(context, order, event_of)


def approve_first_relief(
    context: Context, order: FirstReliefOrder, *, officer: VerifiedOfficer
) -> Recorded[Case]:
    """Record the approval to pay before the decision (先行救助).

    In person the approver's own PIN stands for it; by phone or message `officer` is the registrar
    who took the call, and the approver signs when the papers are made up. What only the district
    may allow needs its answer, by phone at least; the remark then says so.
    """

    def event_of(found: Case) -> object:
        require_stage(found.stage, _OPEN, "先行救助")
        if found.first_relief is not None:
            raise AlreadyDoneError(act="先行救助批准")
        approver = operators.operator(context, order.approver)
        _require_officer(context, found, approver, Seat.APPROVER)
        present = officer.operator.operator_id == order.approver
        if present is not (order.means is ApprovalMeans.IN_PERSON):
            raise PhoneApproverError
        amount = require_first_relief(found, order, now=context.now)
        eligibility = _judged(context, found, amount)
        document = requests.document_for(context, order.case_id, amount, _LIFTING_EARLY)
        asked = ApprovalOrder(
            case_id=order.case_id,
            seen_version=order.seen_version,
            amount=amount,
            remark=order.remark,
            district_document=document,
        )
        require_approvable(replace(found, review=None), eligibility, asked)
        return FirstReliefApproved(
            case_id=order.case_id,
            approver=order.approver,
            means=order.means,
            approved_at=order.approved_at,
            amount=amount,
            remark="；".join(filter(None, (order.remark.strip(), document))),
            uses=eligibility.uses,
        )

    return _recorded(context, order, event_of, officer)


def end_emergency(context: Context, order: DayOrder) -> Recorded[Case]:
    """Record that the emergency eased; gives the make-up day in working days (补齐手续期限)."""
    require_seat(operators.signed_in(context), Seat.REGISTRAR)

    def event_of(found: Case) -> object:
        if found.first_relief is None:
            require_stage(found.stage, (), "急难缓解登记")
        if found.ended_on is not None:
            raise AlreadyDoneError(act="急难缓解登记")
        if not shanghai_day(found.request.emergency.happened_at) <= order.on <= context.today:
            raise DayError(on=order.on)
        days = _use(context, PolicyKey.MAKEUP_WORKDAYS)
        counted_from = _use(context, PolicyKey.MAKEUP_FROM)
        start = order.on
        if counted_from.value == "payment" and found.paid_on is not None:
            start = found.paid_on
        due = calendars.workdays(context).add(start, count_of(days))
        return EmergencyEnded(
            case_id=order.case_id, ended_on=order.on, due_on=due, uses=(days, counted_from)
        )

    return _recorded(context, order, event_of)


def complete_papers(context: Context, order: DayOrder) -> Recorded[Case]:
    """Record that all papers and signatures of a first relief are complete (手续补齐)."""
    require_seat(operators.signed_in(context), Seat.REGISTRAR)

    def event_of(found: Case) -> object:
        if found.first_relief is None:
            require_stage(found.stage, (), "补齐手续")
        require_stage(found.stage, (Stage.APPROVED,), "补齐手续")
        if found.completed_on is not None:
            raise AlreadyDoneError(act="补齐手续")
        if not shanghai_day(found.accepted_at) <= order.on <= context.today:
            raise DayError(on=order.on)
        return PapersCompleted(
            case_id=order.case_id, completed_on=order.on, remark=order.remark.strip()
        )

    return _recorded(context, order, event_of)


def _recorded(
    context: Context,
    order: CaseOrder,
    event_of: Callable[[Case], object],
    officer: VerifiedOfficer | None = None,
) -> Recorded[Case]:
    with context.file.transaction():
        found = cases.case(context, order.case_id)
        require_version(found, order.seen_version)
        confirmed = () if officer is None else (officer.operator.operator_id,)
        record(context, event_of(found), confirmed_by=confirmed)
    return recorded(cases.case(context, order.case_id), *_CHANGED)


def _require_officer(context: Context, found: Case, operator: Operator, seat: Seat) -> None:
    require_seat(operator, seat)
    require_no_relative(operator, found)
    exemptions = operators.exemptions(context)
    require_separation(operator, seat, found.acts, exemptions, on=context.today)


def _require_decidable(context: Context, found: Case, operator: Operator) -> None:
    seats = _use(context, PolicyKey.DECISION_SEATS)
    require_stage(found.stage, stages_to_decide(seats.value), "审批")
    _require_officer(context, found, operator, Seat.APPROVER)


def _judged(context: Context, found: Case, amount: Money) -> EligibilityRecord:
    asked = replace(found, request=replace(found.request, requested=amount))
    day = cases.policy_day(context, found)
    return cases.reassess(context, found, on=day, asked=asked).record


def _use(context: Context, key: PolicyKey) -> PolicyUse:
    rows = policies.in_force(context)
    return rows.get(key, on=context.today, office=context.desk.office.code)
