"""Review, decision and first relief: three seats, one case, every refusal by the domain."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reliefdesk.domain.case_records import (
    ApprovalOrder,
    Case,
    ReasonOrder,
    ReferralOrder,
    ReviewOrder,
)
from reliefdesk.domain.cases import (
    AmountNeededError,
    CaseChangedError,
    Opinion,
    PermitState,
    Route,
    Stage,
    StageError,
    WrittenReasonError,
)
from reliefdesk.domain.decisions import (
    DistrictNeededError,
    NotAllowedError,
    OnlyReviewerError,
    RemarkNeededError,
)
from reliefdesk.domain.ids import PolicyRowId
from reliefdesk.domain.intake import MemberDraft
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import (
    ExemptionNeededError,
    RelativeError,
    Seat,
    SeatMissingError,
    SeatsConflictError,
)
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import cases, decisions, operators, policies
from reliefdesk.services.operators import ExemptionDraft
from tests import builders
from tests.builders import (
    TestDesk,
    a_desk,
    a_draft,
    a_reviewed_case,
    an_accepted_case,
    an_approved_case,
)


def review_of(found: Case, yuan: str = "2000", opinion: Opinion = Opinion.AGREE) -> ReviewOrder:
    return ReviewOrder(
        case_id=found.case_id,
        seen_version=found.version,
        opinion=opinion,
        amount=Money.parse(yuan),
    )


def approval_of(found: Case, yuan: str = "2000", **more: str) -> ApprovalOrder:
    return ApprovalOrder(
        case_id=found.case_id, seen_version=found.version, amount=Money.parse(yuan), **more
    )


def reason_of(found: Case, reason: str = "核实后不属实") -> ReasonOrder:
    return ReasonOrder(case_id=found.case_id, seen_version=found.version, reason=reason)


def approve(made: TestDesk, found: Case, yuan: str = "2000", **more: str) -> Case:
    order = approval_of(found, yuan, **more)
    return decisions.approve(made.context(), order, officer=made.officer("审批丙")).result


def test_a_changed_amount_stands_in_the_review_and_the_decision(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_accepted_case(made)
    order, officer = review_of(found, "1800"), made.officer("审核乙")
    with pytest.raises(WrittenReasonError):
        decisions.review(made.context(), order, officer=officer)
    order = replace(order, remark="食宿已有着落")
    reviewed = decisions.review(made.context(), order, officer=officer).result
    assert reviewed.review is not None
    assert reviewed.request.requested == Money.parse("2000")
    assert reviewed.review.amount == Money.parse("1800")
    with pytest.raises(WrittenReasonError):
        approve(made, reviewed, "1500", remark=" ")
    decided = approve(made, reviewed, "1500", remark="另有单位资助")
    assert decided.granted == Money.parse("1500")
    acts = [(step.act, step.operator) for step in cases.steps(made.context(), found.case_id)]
    assert acts == [("受理", "经办甲"), ("审核（同意）", "审核乙"), ("已审批", "审批丙")]


def test_the_second_window_on_a_case_is_told(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    seen = an_accepted_case(made)
    decisions.review(made.context(), review_of(seen), officer=made.officer("审核乙"))
    with pytest.raises(CaseChangedError):
        decisions.review(made.context(), review_of(seen), officer=made.officer("审核乙"))


def test_an_officer_without_the_seat_decides_nothing(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_accepted_case(made)
    with pytest.raises(SeatMissingError):
        decisions.review(made.context(), review_of(found), officer=made.officer("出纳丁"))
    reviewed = decisions.review(
        made.context(), review_of(found), officer=made.officer("审核乙")
    ).result
    with pytest.raises(SeatMissingError):
        decisions.approve(made.context(), approval_of(reviewed), officer=made.officer("审核乙"))


def test_who_registered_never_approves_whatever_seats_they_hold(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    both = (Seat.REGISTRAR, Seat.APPROVER)
    operators.change_seats(made.context("系统己"), made.by_name["经办甲"], both)
    found = a_reviewed_case(made)
    with pytest.raises(SeatsConflictError):
        decisions.approve(made.context(), approval_of(found), officer=made.officer("经办甲"))


def test_a_soft_pair_needs_a_recorded_exemption_in_force(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    both = (Seat.REGISTRAR, Seat.REVIEWER)
    operators.change_seats(made.context("系统己"), made.by_name["经办甲"], both)
    found = an_accepted_case(made)
    with pytest.raises(ExemptionNeededError):
        decisions.review(made.context(), review_of(found), officer=made.officer("经办甲"))
    operators.exempt(
        made.context("系统己"),
        ExemptionDraft(
            operator_id=made.by_name["经办甲"],
            seats=both,
            document="街办纪要〔2021〕3号",
            reason="科室仅二人",
            valid_until=date(2021, 12, 31),
        ),
    )
    done = decisions.review(made.context(), review_of(found), officer=made.officer("经办甲"))
    assert done.result.stage is Stage.REVIEWED


def test_a_near_relative_of_the_recipient_decides_nothing(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    draft = replace(a_draft(), staff_relative=made.by_name["审核乙"])
    found = an_accepted_case(made, draft)
    with pytest.raises(RelativeError):
        decisions.review(made.context(), review_of(found), officer=made.officer("审核乙"))


def test_disagreement_needs_a_reason_and_agreement_an_amount(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_accepted_case(made)
    with pytest.raises(WrittenReasonError):
        decisions.review(
            made.context(),
            review_of(found, opinion=Opinion.DISAGREE),
            officer=made.officer("审核乙"),
        )
    with pytest.raises(AmountNeededError):
        decisions.review(made.context(), review_of(found, "0"), officer=made.officer("审核乙"))


def test_only_who_reviewed_takes_the_review_back_before_the_decision(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = a_reviewed_case(made)
    with pytest.raises(OnlyReviewerError) as refused:
        decisions.withdraw_review(made.context(), reason_of(found), officer=made.officer("审批丙"))
    assert refused.value.facts["name"] == "审核乙"
    done = decisions.withdraw_review(
        made.context(), reason_of(found), officer=made.officer("审核乙")
    )
    assert done.result.stage is Stage.ACCEPTED
    assert done.result.review is None
    with pytest.raises(StageError):
        decisions.withdraw_review(
            made.context(), reason_of(done.result), officer=made.officer("审核乙")
        )


def test_the_cap_is_allowed_to_the_fen_and_not_one_more(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = a_reviewed_case(made, a_draft(yuan="2430"))
    with pytest.raises(NotAllowedError) as refused:
        approve(made, found, "2430.01")
    assert refused.value.facts["rule"] == "eligibility.over_cap"
    with pytest.raises(NotAllowedError):
        approve(made, found, "2430.01", district_document="海民〔2021〕5号")
    assert approve(made, found, "2430.00").granted == Money.parse("2430")


def test_the_district_may_lift_the_cap_while_its_unit_is_not_settled(tmp_path: Path) -> None:
    made = builders.a_desk(tmp_path)
    builders.enter(
        made,
        PolicyRowDraft(
            key=PolicyKey.CAP_UNIT,
            value="per_case",
            valid_from=date(2022, 1, 1),
            document="虚构〔2021〕7号",
            corrects=_row_id(made, PolicyKey.CAP_UNIT),
        ),
    )
    found = a_reviewed_case(made, a_draft(yuan="2500"))
    with pytest.raises(DistrictNeededError):
        approve(made, found, "2500")
    assert approve(made, found, "2500", district_document="海民〔2021〕5号").granted.fen == 250000


def _row_id(made: TestDesk, key: PolicyKey) -> PolicyRowId:
    rows = policies.listed(made.context())
    return next(line.row.row_id for line in rows if line.row.key is key)


def test_beyond_the_delegation_only_the_district_decides(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    _per_person(made)
    draft = replace(
        a_draft(yuan="9720"),
        persons_relieved=4,
        members=tuple(MemberDraft(name=f"测试{name}", relation="子女") for name in "戊己庚"),
    )
    found = a_reviewed_case(made, draft)
    with pytest.raises(DistrictNeededError) as refused:
        approve(made, found, "9720")
    assert refused.value.facts["rule"] == "eligibility.over_delegation"
    done = approve(made, found, "9720", district_document="海民〔2021〕6号")
    assert done.granted == Money.parse("9720")
    assert done.eligibility.cap == Money.parse("9720")


def _per_person(made: TestDesk) -> None:
    builders.enter(
        made,
        PolicyRowDraft(
            key=PolicyKey.CAP_UNIT,
            value="per_person",
            valid_from=date(2021, 2, 1),
            document="虚构〔2021〕8号",
        ),
    )


def test_a_second_relief_in_the_year_needs_the_district(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    first = an_approved_case(made)
    again = an_accepted_case(made, person_id=first.person_id)
    reviewed = decisions.review(
        made.context(), review_of(again), officer=made.officer("审核乙")
    ).result
    with pytest.raises(DistrictNeededError):
        approve(made, reviewed)
    assert approve(made, reviewed, district_document="海民〔2021〕7号").stage is Stage.APPROVED


def test_what_is_not_urgent_is_never_approved_in_this_channel(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = a_reviewed_case(made, replace(a_draft(), urgent=False))
    with pytest.raises(NotAllowedError):
        approve(made, found, district_document="海民〔2021〕8号")


def test_a_point_for_judgement_needs_the_approvers_remark(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = a_reviewed_case(made, replace(a_draft(), permit=PermitState.LAPSED))
    with pytest.raises(RemarkNeededError):
        approve(made, found)
    assert approve(made, found, remark="居住证确已中止").stage is Stage.APPROVED


def test_a_decision_against_the_review_needs_a_remark(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_accepted_case(made)
    order = replace(review_of(found, opinion=Opinion.DISAGREE), remark="理由不足")
    reviewed = decisions.review(made.context(), order, officer=made.officer("审核乙")).result
    with pytest.raises(RemarkNeededError):
        approve(made, reviewed)
    assert approve(made, reviewed, remark="现场复核属实").stage is Stage.APPROVED


def test_two_seats_suffice_where_the_city_says_so(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_accepted_case(made)
    with pytest.raises(StageError):
        approve(made, found)
    builders.enter(
        made,
        PolicyRowDraft(
            key=PolicyKey.DECISION_SEATS,
            value="two",
            valid_from=date(2021, 1, 1),
            document="虚构〔2021〕10号",
        ),
    )
    assert approve(made, found).stage is Stage.APPROVED


def test_refusal_and_referral_are_decisions_with_a_written_reason(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = a_reviewed_case(made)
    with pytest.raises(WrittenReasonError):
        decisions.refuse(made.context(), reason_of(found, " "), officer=made.officer("审批丙"))
    refused = decisions.refuse(made.context(), reason_of(found), officer=made.officer("审批丙"))
    assert refused.result.stage is Stage.REFUSED
    assert refused.result.granted == Money(0)
    other = a_reviewed_case(made, a_draft(builders.P02))
    order = ReferralOrder(
        case_id=other.case_id,
        seen_version=other.version,
        to=Route.SHELTER,
        receiver="乌海市救助管理站",
        reason="无处居住",
    )
    referred = decisions.refer(made.context(), order, officer=made.officer("审批丙")).result
    assert referred.stage is Stage.REFERRED
    assert referred.decision is not None
    assert referred.decision.receiver == "救助管理站 乌海市救助管理站"


def test_an_unpaid_case_can_be_withdrawn_and_then_counts_for_nothing(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_accepted_case(made)
    done = decisions.withdraw(made.context(), reason_of(found, "申请人自愿撤回")).result
    assert done.stage is Stage.WITHDRAWN
    assert done.waits_for is None
    with pytest.raises(StageError):
        decisions.withdraw(made.context(), reason_of(done))
