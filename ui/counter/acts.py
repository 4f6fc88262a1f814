"""The other acts on a case: refuse, refer, first relief, investigation, un-review, papers.

Each is named with its boxes and how they become a call; the domain says whether it may happen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reliefdesk.domain.archives import ArchiveOrder
from reliefdesk.domain.case_records import (
    Case,
    DayOrder,
    FirstReliefOrder,
    InvestigationOrder,
    ReasonOrder,
    ReferralOrder,
)
from reliefdesk.domain.cases import ApprovalMeans, Route, Stage
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.domain.terms import Term
from reliefdesk.services import archives, cases, decisions
from reliefdesk.services.recording import Context, Recorded
from ui.counter.case_view import CaseView


class Act(Term):
    """What may be done besides the next step; the label is its button."""

    REFUSE = "refuse", "不予救助"
    REFER = "refer", "转介"
    FIRST_RELIEF = "first_relief", "先行救助"
    INVESTIGATE = "investigate", "调查核实"
    UNREVIEW = "unreview", "取消审核"
    WITHDRAW = "withdraw", "撤回案件"
    END = "end", "急难缓解"
    COMPLETE = "complete", "手续补齐"
    IDENTIFY = "identify", "查明身份"
    GIVE_UP = "give_up", "身份无法查清"
    PUT_AWAY = "put_away", "案卷归档"


_OPEN = (Stage.ACCEPTED, Stage.REVIEWED)
OFFICERS: Mapping[Act, tuple[Seat, ...]] = {
    Act.REFUSE: (Seat.APPROVER,),
    Act.REFER: (Seat.APPROVER,),
    Act.FIRST_RELIEF: (Seat.APPROVER, Seat.REGISTRAR),
    Act.UNREVIEW: (Seat.REVIEWER,),
    Act.GIVE_UP: (Seat.APPROVER,),
}
"""Acts that an officer confirms by PIN; the others belong to the registrar who is signed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the boxes of an act hold; each act uses its own."""

    reason: str = ""
    to: Route = Route.ORDINARY
    receiver: str = ""
    method: str = ""
    amount: Money = ZERO
    means: ApprovalMeans = ApprovalMeans.IN_PERSON
    approver: OperatorId | None = None
    at: datetime | None = None
    day: date | None = None
    place: str = ""
    investigators: tuple[str, ...] = ()
    number: str = ""
    name: str = ""
    archive_no: str = ""


def fitting_acts(view: CaseView) -> tuple[Act, ...]:
    """The acts that the stage allows now."""
    case = view.case
    open_ = case.stage in _OPEN
    decidable = case.stage is Stage.REVIEWED or (view.two_seats and case.stage is Stage.ACCEPTED)
    first = case.first_relief is not None
    allowed = {
        Act.REFUSE: decidable,
        Act.REFER: decidable,
        Act.FIRST_RELIEF: open_ and not first,
        Act.INVESTIGATE: open_ or case.stage is Stage.APPROVED,
        Act.UNREVIEW: case.stage is Stage.REVIEWED,
        Act.WITHDRAW: open_ and case.paid == ZERO,
        Act.END: first and case.ended_on is None,
        Act.COMPLETE: first and case.completed_on is None and case.stage is Stage.APPROVED,
        Act.IDENTIFY: view.person.details.kind is DocumentKind.NO_DOCUMENT,
        Act.GIVE_UP: view.is_unknown and not open_,
        Act.PUT_AWAY: view.filed is None and not open_ and case.rest == ZERO,
    }
    return tuple(act for act in Act if allowed[act])


CaseCall = Callable[[Context, VerifiedOfficer | None], Recorded[Case]]


def call_of(act: Act, view: CaseView, typed: Typed) -> CaseCall:
    """The call that records an act with what was typed."""
    return _CALLS[act](view.case, typed)


def _refuse(case: Case, typed: Typed) -> CaseCall:
    order = ReasonOrder(case_id=case.case_id, seen_version=case.version, reason=typed.reason)
    return lambda context, officer: decisions.refuse(context, order, officer=_sure(officer))


def _refer(case: Case, typed: Typed) -> CaseCall:
    order = ReferralOrder(
        case_id=case.case_id,
        seen_version=case.version,
        to=typed.to,
        receiver=typed.receiver,
        reason=typed.reason,
    )
    return lambda context, officer: decisions.refer(context, order, officer=_sure(officer))


def _first_relief(case: Case, typed: Typed) -> CaseCall:
    def call(context: Context, officer: VerifiedOfficer | None) -> Recorded[Case]:
        order = FirstReliefOrder(
            case_id=case.case_id,
            seen_version=case.version,
            amount=typed.amount,
            means=typed.means,
            approver=typed.approver or _sure(officer).operator.operator_id,
            approved_at=typed.at or context.now,
            remark=typed.reason,
        )
        return decisions.approve_first_relief(context, order, officer=_sure(officer))

    return call


def _investigate(case: Case, typed: Typed) -> CaseCall:
    def call(context: Context, _officer: VerifiedOfficer | None) -> Recorded[Case]:
        order = InvestigationOrder(
            case_id=case.case_id,
            seen_version=case.version,
            visited_on=typed.day or context.today,
            place=typed.place,
            method=typed.method,
            investigators=typed.investigators,
            result=typed.reason,
        )
        return decisions.investigate(context, order)

    return call


def _unreview(case: Case, typed: Typed) -> CaseCall:
    order = ReasonOrder(case_id=case.case_id, seen_version=case.version, reason=typed.reason)
    return lambda context, officer: decisions.withdraw_review(
        context, order, officer=_sure(officer)
    )


def _withdraw(case: Case, typed: Typed) -> CaseCall:
    order = ReasonOrder(case_id=case.case_id, seen_version=case.version, reason=typed.reason)
    return lambda context, _officer: decisions.withdraw(context, order)


def _end(case: Case, typed: Typed) -> CaseCall:
    return lambda context, _officer: decisions.end_emergency(context, _day(context, case, typed))


def _complete(case: Case, typed: Typed) -> CaseCall:
    return lambda context, _officer: decisions.complete_papers(context, _day(context, case, typed))


def _identify(case: Case, typed: Typed) -> CaseCall:
    draft = PersonDraft(number=typed.number, name=typed.name)

    def call(context: Context, _officer: VerifiedOfficer | None) -> Recorded[Case]:
        done = archives.identify(context, case.case_id, draft, reason=typed.reason)
        return Recorded(result=cases.case(context, case.case_id), changes=done.changes)

    return call


def _give_up(case: Case, typed: Typed) -> CaseCall:
    order = ReasonOrder(case_id=case.case_id, seen_version=case.version, reason=typed.reason)
    return lambda context, officer: archives.give_up(context, order, officer=_sure(officer))


def _put_away(case: Case, typed: Typed) -> CaseCall:
    order = ArchiveOrder(
        case_id=case.case_id,
        seen_version=case.version,
        archive_no=typed.archive_no,
        remark=typed.reason,
    )
    return lambda context, _officer: archives.file_case(context, order)


def _day(context: Context, case: Case, typed: Typed) -> DayOrder:
    return DayOrder(
        case_id=case.case_id,
        seen_version=case.version,
        on=typed.day or context.today,
        remark=typed.reason,
    )


def _sure(officer: VerifiedOfficer | None) -> VerifiedOfficer:
    assert officer is not None  # noqa: S101 - OFFICERS says so
    return officer


_CALLS: Mapping[Act, Callable[[Case, Typed], CaseCall]] = {
    Act.REFUSE: _refuse,
    Act.REFER: _refer,
    Act.FIRST_RELIEF: _first_relief,
    Act.INVESTIGATE: _investigate,
    Act.UNREVIEW: _unreview,
    Act.WITHDRAW: _withdraw,
    Act.END: _end,
    Act.COMPLETE: _complete,
    Act.IDENTIFY: _identify,
    Act.GIVE_UP: _give_up,
    Act.PUT_AWAY: _put_away,
}
