"""Decisions: what the office may allow, what only the district can, and what nobody can."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reliefdesk.domain import cases, decisions
from reliefdesk.domain.case_records import (
    ApprovalOrder,
    Case,
    Decision,
    FirstReliefOrder,
    Review,
)
from reliefdesk.domain.cases import (
    ApprovalMeans,
    EligibilityRecord,
    FirstReliefApproved,
    Opinion,
    Stage,
)
from reliefdesk.domain.eligibility import assess
from reliefdesk.domain.ids import CaseId, OperatorId, PersonId
from reliefdesk.domain.money import ZERO, AmountZeroError, Money
from reliefdesk.domain.operators import Operator, RelativeError, Seat
from reliefdesk.errors import UserError
from tests.domain.requests import a_person, a_question, a_request, past, rows

NOW = datetime(2021, 3, 10, 2, 0, tzinfo=UTC)
REVIEWER = Review(
    reviewer=OperatorId("u3"), opinion=Opinion.AGREE, amount=Money(200000), remark="", at=NOW
)
DECISION = Decision(
    approver=OperatorId("u4"),
    amount=Money(200000),
    remark="",
    district_document="",
    receiver="",
    at=NOW,
)
FIRST = FirstReliefApproved(
    case_id=CaseId("c1"),
    approver=OperatorId("u4"),
    means=ApprovalMeans.PHONE,
    approved_at=NOW,
    amount=Money(100000),
    remark="",
    uses=(),
)


def a_case(**changed: Any) -> Case:  # noqa: ANN401 - any field may change
    facts: dict[str, Any] = {
        "case_id": CaseId("c1"),
        "case_no": "AJ-150302003-2021-000001",
        "person_id": PersonId("n1"),
        "person_name": "测试甲",
        "stage": Stage.REVIEWED,
        "request": a_request(),
        "eligibility": record(),
        "registrar": OperatorId("u1"),
        "accepted_at": NOW,
        "review": REVIEWER,
        "decision": None,
        "first_relief": None,
        "ended_on": None,
        "due_on": None,
        "completed_on": None,
        "paid": ZERO,
        "paid_on": None,
        "version": 3,
        "acts": (),
    }
    return Case(**(facts | changed))


def record(**changed: Any) -> EligibilityRecord:  # noqa: ANN401 - any fact may change
    return assess(a_question(**changed)).record


def approve(
    found: EligibilityRecord,
    case: Case | None = None,
    **order: Any,  # noqa: ANN401 - any field
) -> None:
    facts: dict[str, Any] = {"case_id": CaseId("c1"), "seen_version": 3, "amount": Money(200000)}
    decisions.require_approvable(case or a_case(), found, ApprovalOrder(**(facts | order)))


def test_what_meets_every_rule_is_approved_without_more_words() -> None:
    approve(record())


@pytest.mark.parametrize(
    ("changed", "paper"),
    [
        ({"history": (past(a_question().on),)}, {"district_document": "海区民〔2021〕1号"}),
        ({"person": a_person(hukou_code="150303")}, {"district_document": "海区民〔2021〕1号"}),
        ({"rows": rows(DELEGATION_LIMIT="")}, {"district_document": "海区民〔2021〕1号"}),
        ({"rows": rows(DELEGATION_LIMIT="100")}, {"district_document": "海区民〔2021〕1号"}),
    ],
)
def test_what_only_the_district_may_lift_needs_its_document(
    changed: dict[str, Any], paper: dict[str, Any]
) -> None:
    with pytest.raises(decisions.DistrictNeededError):
        approve(record(**changed), remark="已核")
    approve(record(**changed), **paper)


@pytest.mark.parametrize(
    "changed",
    [
        {"request": a_request(requested=Money(243001))},
        {"request": a_request(urgent=False)},
        {"rows": rows(STANDARD="")},
    ],
)
def test_what_nobody_here_may_lift_stays_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(decisions.NotAllowedError):
        approve(record(**changed), remark="已核", district_document="海区民〔2021〕1号")


def test_an_open_cap_unit_leaves_the_cap_to_the_district() -> None:
    over = record(request=a_request(requested=Money(243001)), rows=rows(CAP_UNIT=""))
    with pytest.raises(decisions.DistrictNeededError):
        approve(over)
    approve(over, district_document="海区民〔2021〕1号")


def test_an_open_point_or_a_disagreeing_review_needs_a_remark() -> None:
    open_point = record(person=a_person(hukou_code=""))
    against = a_case(
        review=Review(
            reviewer=OperatorId("u3"), opinion=Opinion.DISAGREE, amount=ZERO, remark="不符", at=NOW
        )
    )
    for found, case in ((open_point, a_case()), (record(), against)):
        with pytest.raises(decisions.RemarkNeededError):
            approve(found, case)
        approve(found, case, remark="已核")


def test_a_decision_is_above_zero_and_not_below_what_was_paid() -> None:
    with pytest.raises(AmountZeroError):
        approve(record(), amount=ZERO)
    with pytest.raises(decisions.BelowPaidError):
        approve(record(), a_case(paid=Money(300000)))


def test_an_order_of_a_window_that_saw_an_older_state_is_told() -> None:
    decisions.require_version(a_case(), 3)
    with pytest.raises(cases.CaseChangedError):
        decisions.require_version(a_case(), 2)


def test_a_near_relative_of_the_recipient_is_refused() -> None:
    operator = Operator(operator_id=OperatorId("u1"), name="测试", seats=(), active=True)
    decisions.require_no_relative(operator, a_case())
    with pytest.raises(RelativeError):
        decisions.require_no_relative(
            operator, a_case(request=a_request(staff_relative=OperatorId("u1")))
        )


def test_two_seats_may_skip_the_review_and_three_may_not() -> None:
    assert decisions.stages_to_decide("two") == (Stage.ACCEPTED, Stage.REVIEWED)
    assert decisions.stages_to_decide("three") == (Stage.REVIEWED,)


@pytest.mark.parametrize(("minutes", "refusal"), [(-1, cases.ApprovalTimeError), (61, UserError)])
def test_first_relief_was_approved_between_acceptance_and_now(
    minutes: int, refusal: type[UserError]
) -> None:
    def order(shift: int) -> FirstReliefOrder:
        return FirstReliefOrder(
            case_id=CaseId("c1"),
            seen_version=3,
            approver=OperatorId("u4"),
            amount=Money(100000),
            means=ApprovalMeans.PHONE,
            approved_at=NOW + timedelta(minutes=shift),
        )

    now = NOW + timedelta(hours=1)
    assert decisions.require_first_relief(a_case(), order(5), now=now) == Money(100000)
    with pytest.raises(refusal):
        decisions.require_first_relief(a_case(), order(minutes), now=now)


@pytest.mark.parametrize(
    ("facts", "granted", "waits"),
    [
        ({"stage": Stage.ACCEPTED}, ZERO, Seat.REVIEWER),
        ({}, ZERO, Seat.APPROVER),
        ({"stage": Stage.ACCEPTED, "first_relief": FIRST}, Money(100000), Seat.CASHIER),
        ({"stage": Stage.APPROVED, "decision": DECISION}, Money(200000), Seat.CASHIER),
        (
            {"stage": Stage.APPROVED, "decision": DECISION, "paid": Money(200000)},
            Money(200000),
            None,
        ),
        (
            {
                "stage": Stage.APPROVED,
                "decision": DECISION,
                "paid": Money(200000),
                "first_relief": FIRST,
            },
            Money(200000),
            Seat.REGISTRAR,
        ),
        (
            {
                "stage": Stage.APPROVED,
                "decision": DECISION,
                "paid": Money(200000),
                "first_relief": FIRST,
                "completed_on": NOW.date(),
            },
            Money(200000),
            None,
        ),
        ({"stage": Stage.REFUSED, "first_relief": FIRST, "paid": Money(100000)}, ZERO, None),
    ],
)
def test_a_case_waits_for_one_seat_at_a_time(
    facts: dict[str, Any], granted: Money, waits: Seat | None
) -> None:
    case = a_case(**facts)
    assert (case.granted, case.waits_for) == (granted, waits)
    assert case.rest.fen >= 0


def test_an_act_fits_its_stage_and_gives_its_reason() -> None:
    cases.require_stage(Stage.ACCEPTED, (Stage.ACCEPTED,), "审核")
    with pytest.raises(cases.StageError):
        cases.require_stage(Stage.REFUSED, (Stage.ACCEPTED,), "审核")
    assert cases.require_reason(" 不符合 ", "不予救助") == "不符合"
    with pytest.raises(cases.WrittenReasonError):
        cases.require_reason(" ", "不予救助")
