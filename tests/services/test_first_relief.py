"""First relief and what follows it: phone approvals, the make-up day, visits and papers."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.case_records import (
    Case,
    DayOrder,
    FirstReliefOrder,
    InvestigationOrder,
)
from reliefdesk.domain.cases import (
    AlreadyDoneError,
    ApprovalMeans,
    ApprovalTimeError,
    InvestigatorsError,
    Stage,
    StageError,
)
from reliefdesk.domain.decisions import (
    BelowPaidError,
    DayError,
    PaidAlreadyError,
    PhoneApproverError,
)
from reliefdesk.domain.money import AmountZeroError, Money
from reliefdesk.domain.operators import (
    Seat,
)
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.workdays import CalendarMissingError
from reliefdesk.services import cases, decisions, payments
from tests import builders
from tests.builders import (
    TestDesk,
    a_desk,
    a_pay_order,
    an_accepted_case,
    an_approved_case,
)
from tests.services.test_decisions import approve, reason_of, review_of


def first_relief_of(made: TestDesk, found: Case, yuan: str = "1000") -> FirstReliefOrder:
    return FirstReliefOrder(
        case_id=found.case_id,
        seen_version=found.version,
        approver=made.by_name["审批丙"],
        amount=Money.parse(yuan),
        means=ApprovalMeans.PHONE,
        approved_at=made.clock.now(),
        remark="电话请示同意",
    )


def test_first_relief_by_phone_is_paid_before_the_decision(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_accepted_case(made)
    order = first_relief_of(made, found)
    done = decisions.approve_first_relief(
        made.context(), order, officer=made.officer("经办甲")
    ).result
    assert done.waits_for is Seat.CASHIER
    assert done.granted == Money.parse("1000")
    payments.pay(
        made.context("出纳丁"),
        a_pay_order(made, done),
        seen_version=done.version,
        officer=made.officer("出纳丁"),
    )
    paid = cases.case(made.context(), found.case_id)
    assert paid.paid == Money.parse("1000")
    assert paid.stage is Stage.ACCEPTED
    with pytest.raises(PaidAlreadyError):
        decisions.withdraw(made.context(), reason_of(paid))
    reviewed = decisions.review(
        made.context(), review_of(paid), officer=made.officer("审核乙")
    ).result
    with pytest.raises(BelowPaidError):
        approve(made, reviewed, "999.99")
    assert approve(made, reviewed, "1800", remark="另有单位资助").rest == Money.parse("800")


def test_an_approval_in_person_needs_the_approvers_own_pin(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_accepted_case(made)
    present = replace(first_relief_of(made, found), means=ApprovalMeans.IN_PERSON)
    with pytest.raises(PhoneApproverError):
        decisions.approve_first_relief(made.context(), present, officer=made.officer("经办甲"))
    with pytest.raises(PhoneApproverError):
        decisions.approve_first_relief(
            made.context(), first_relief_of(made, found), officer=made.officer("审批丙")
        )
    done = decisions.approve_first_relief(
        made.context(), present, officer=made.officer("审批丙")
    ).result
    with pytest.raises(AlreadyDoneError):
        decisions.approve_first_relief(
            made.context(), first_relief_of(made, done), officer=made.officer("经办甲")
        )


def test_first_relief_is_approved_neither_tomorrow_nor_before_acceptance(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_accepted_case(made)
    for shift in (timedelta(hours=1), timedelta(hours=-1)):
        order = replace(first_relief_of(made, found), approved_at=made.clock.now() + shift)
        with pytest.raises(ApprovalTimeError):
            decisions.approve_first_relief(made.context(), order, officer=made.officer("经办甲"))
    with pytest.raises(AmountZeroError):
        decisions.approve_first_relief(
            made.context(), first_relief_of(made, found, "0"), officer=made.officer("经办甲")
        )


def test_the_make_up_day_counts_working_days_after_the_emergency_ended(tmp_path: Path) -> None:
    made = a_desk(tmp_path, at=builders.MORNING.replace(month=9, day=16))
    found = _first_relief(made)
    made.clock.advance(timedelta(days=1))
    order = DayOrder(case_id=found.case_id, seen_version=found.version, on=date(2021, 9, 17))
    done = decisions.end_emergency(made.context(), order).result
    assert done.due_on == date(2021, 10, 8)
    with pytest.raises(AlreadyDoneError):
        decisions.end_emergency(made.context(), replace(order, seen_version=done.version))


def _first_relief(made: TestDesk) -> Case:
    found = an_accepted_case(made)
    return decisions.approve_first_relief(
        made.context(), first_relief_of(made, found), officer=made.officer("经办甲")
    ).result


def test_the_make_up_day_counts_from_the_payment_where_the_city_says_so(tmp_path: Path) -> None:
    made = a_desk(tmp_path, at=builders.MORNING.replace(month=9, day=16))
    for key, value in ((PolicyKey.MAKEUP_FROM, "payment"), (PolicyKey.MAKEUP_WORKDAYS, "5")):
        builders.enter(
            made,
            PolicyRowDraft(
                key=key, value=value, valid_from=date(2021, 1, 1), document="虚构〔2021〕11号"
            ),
        )
    found = _first_relief(made)
    payments.pay(
        made.context("出纳丁"),
        a_pay_order(made, found),
        seen_version=found.version,
        officer=made.officer("出纳丁"),
    )
    paid = cases.case(made.context(), found.case_id)
    made.clock.advance(timedelta(days=4))
    order = DayOrder(case_id=found.case_id, seen_version=paid.version, on=date(2021, 9, 20))
    assert decisions.end_emergency(made.context(), order).result.due_on == date(2021, 9, 24)


def test_the_end_of_an_emergency_lies_neither_tomorrow_nor_before_it(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = _first_relief(made)
    for day in (date(2021, 3, 9), date(2021, 3, 11)):
        order = DayOrder(case_id=found.case_id, seen_version=found.version, on=day)
        with pytest.raises(DayError):
            decisions.end_emergency(made.context(), order)


def test_a_due_day_in_a_year_without_a_holiday_table_is_refused(tmp_path: Path) -> None:
    made = a_desk(tmp_path, at=builders.MORNING.replace(year=2026, month=12, day=29))
    found = _first_relief(made)
    order = DayOrder(case_id=found.case_id, seen_version=found.version, on=date(2026, 12, 29))
    with pytest.raises(CalendarMissingError):
        decisions.end_emergency(made.context(), order)
    assert cases.case(made.context(), found.case_id).ended_on is None


def test_papers_are_complete_only_after_the_decision(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = _first_relief(made)
    day = DayOrder(case_id=found.case_id, seen_version=found.version, on=date(2021, 3, 10))
    with pytest.raises(StageError):
        decisions.complete_papers(made.context(), day)
    reviewed = decisions.review(
        made.context(), review_of(found), officer=made.officer("审核乙")
    ).result
    decided = approve(made, reviewed)
    seen = replace(day, seen_version=decided.version)
    with pytest.raises(DayError):
        decisions.complete_papers(made.context(), replace(seen, on=date(2021, 3, 11)))
    done = decisions.complete_papers(made.context(), seen).result
    assert done.completed_on == date(2021, 3, 10)
    with pytest.raises(AlreadyDoneError):
        decisions.complete_papers(made.context(), replace(seen, seen_version=done.version))


def test_an_ordinary_case_has_no_papers_to_make_up(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_approved_case(made)
    order = DayOrder(case_id=found.case_id, seen_version=found.version, on=date(2021, 3, 10))
    with pytest.raises(StageError):
        decisions.end_emergency(made.context(), order)
    with pytest.raises(StageError):
        decisions.complete_papers(made.context(), order)


def test_two_different_investigators_at_least(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_accepted_case(made)
    order = InvestigationOrder(
        case_id=found.case_id,
        seen_version=found.version,
        visited_on=date(2021, 3, 10),
        place="市人民医院",
        method="医院核实",
        investigators=("调查甲", "调查甲 "),
        result="情况属实",
    )
    with pytest.raises(InvestigatorsError):
        decisions.investigate(made.context(), order)
    both = replace(order, investigators=("调查甲", "调查乙"))
    with pytest.raises(DayError):
        decisions.investigate(made.context(), replace(both, visited_on=date(2021, 3, 11)))
    done = decisions.investigate(made.context(), both).result
    steps = cases.steps(made.context(), found.case_id)
    assert steps[-1].remark == "医院核实：情况属实（调查甲、调查乙）"
    assert done.version > found.version
