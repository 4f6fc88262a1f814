"""Claims about the case panel: three seats, changed amounts, refusals in place."""

from pathlib import Path

from reliefdesk.domain.case_records import Case, ReviewOrder
from reliefdesk.domain.cases import ApprovalMeans, Opinion, Route, Stage
from reliefdesk.domain.money import Money
from reliefdesk.services import decisions, operators
from reliefdesk.services.recording import Context
from tests.builders import (
    PINS,
    TestDesk,
    a_desk,
    a_draft,
    a_reviewed_case,
    an_accepted_case,
    an_approved_case,
)
from tests.ui.case_window import Opener, decide, do, pay, standing
from ui.counter.acts import Act
from ui.counter.case_summary import fact_lines, stage_words
from ui.counter.fields import put_text


def test_a_changed_amount_is_marked_for_the_next_seat(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.decision.amount.setText("1800")
    assert page.case.decision.remark.text() == ""
    decide(page, stage, "审核乙")
    assert page.case.decision.grid.problem_text("remark")
    page.case.decision.remark.setText("食宿已有着落")
    decide(page, stage, "审核乙")
    note = page.case.decision.changed_note
    assert note.isVisible()
    assert "申请 2,000.00 → 审核 1,800.00（审核乙 核减 200.00）" in note.text()
    assert page.case.decision.amount.text() == "1,800.00"


def test_what_is_cut_to_the_cap_says_so(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_accepted_case(made, a_draft(yuan="3000")))
    decision = page.case.decision
    assert (decision.amount.text(), "最高限额" in decision.remark.text()) == ("2,430.00", True)
    decision.amount.setText("2000")
    assert decision.remark.text() == ""
    decision.amount.setText("2430")
    assert "最高限额" in decision.remark.text()
    decide(page, stage, "审核乙")
    assert standing(page).stage is Stage.REVIEWED


def test_who_did_what_and_when_stands_on_the_record(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    pay(page, stage)
    told = [(row.act, row.operator) for row in page.case.summary.rows.rows()]
    names = [operator for _, operator in told]
    assert names[:4] == ["经办甲", "审核乙", "审批丙", "出纳丁"]


def test_the_approver_sees_the_year_meter(theatre: Opener, made: TestDesk) -> None:
    page, _ = theatre.open(made, a_reviewed_case(made))
    lines = page.case.summary.eligibility.meter.text()
    assert "已救助 0 次，限 1 次" in lines
    assert "2,430.00" in lines


def test_the_amount_in_the_approval_box_is_judged_while_it_is_typed(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = theatre.open(made, an_accepted_case(made, a_draft(yuan="2430.01")))
    shown = page.case.summary.eligibility
    page.case.decision.amount.setText("2430.01")
    stage.settle()
    assert "超过最高限额" in shown.reasons.text()
    page.case.decision.amount.setText("1800")
    stage.settle()
    assert "超过最高限额" not in shown.reasons.text()
    assert "本次申请 1,800.00 元" in shown.meter.text()
    page.case.decision.remark.setText("食宿已有着落")
    decide(page, stage, "审核乙")
    assert standing(page).stage is Stage.REVIEWED
    assert "超过最高限额" not in shown.reasons.text(), "the amount of the review is judged"
    decide(page, stage, "审批丙")
    assert standing(page).stage is Stage.APPROVED
    assert shown.meter.isVisible()
    assert "本次申请 1,800.00 元" in shown.meter.text()


def test_a_wrong_pin_is_told_at_its_box_and_keeps_the_opinion(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.decision.remark.setText("已电话核实")
    page.case.decision.confirm.pin.setText("000111")
    page.case.step()
    stage.settle()
    assert page.case.decision.confirm.grid.problem_text("pin")
    assert page.case.decision.remark.text() == "已电话核实"
    assert standing(page).stage is Stage.ACCEPTED


def test_a_disagreeing_review_needs_its_reason_at_the_remark(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.decision.opinion.choose(Opinion.DISAGREE)
    page.case.decision.remark.setText("")
    decide(page, stage, "审核乙")
    assert page.case.decision.grid.problem_text("remark")
    assert standing(page).stage is Stage.ACCEPTED


def test_a_refusal_is_a_decision_with_a_written_reason(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, a_reviewed_case(made))
    page.case.begin_act(Act.REFUSE)
    do(page, stage, "审批丙")
    assert page.case.act.grid.problem_text("reason")
    page.case.act.reason.setText("已由保险全额赔付")
    do(page, stage, "审批丙")
    assert standing(page).stage is Stage.REFUSED


def test_a_referral_names_channel_and_receiver(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, a_reviewed_case(made))
    page.case.begin_act(Act.REFER)
    page.case.act.to.choose(Route.SHELTER)
    put_text(page.case.act.grid.field("receiver"), "市救助管理站")
    page.case.act.reason.setText("流浪乞讨，无处居住")
    do(page, stage, "审批丙")
    assert standing(page).stage is Stage.REFERRED
    assert page.case.view is not None
    assert "市救助管理站" in dict(fact_lines(page.case.view))["转介至"]


def test_only_who_reviewed_can_take_the_review_back(tmp_path: Path, theatre: Opener) -> None:
    made = a_desk(tmp_path / "desk")
    page, stage = theatre.open(made, a_reviewed_case(made))
    page.case.begin_act(Act.UNREVIEW)
    page.case.act.reason.setText("金额要重算")
    do(page, stage, "审核乙")
    assert standing(page).stage is Stage.ACCEPTED


def test_first_relief_by_phone_is_paid_before_the_decision(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.begin_act(Act.FIRST_RELIEF)
    page.case.act.means.choose(ApprovalMeans.PHONE)
    page.case.act.amount.setText("1000")
    page.case.act.approver.choose(made.by_name["审批丙"])
    page.case.act.at.setText("3-10 9:00")
    do(page, stage, "经办甲")
    assert page.case.pay.isVisible(), page.messages.text()
    assert "先行救助" in page.case.pay.heading.text()
    pay(page, stage)
    assert standing(page).paid == Money.parse("1000")
    assert standing(page).stage is Stage.ACCEPTED
    assert "手续未齐" in page.case.summary.stage.text()


def test_the_end_of_the_emergency_gives_the_make_up_day(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.begin_act(Act.FIRST_RELIEF)
    page.case.act.amount.setText("1000")
    do(page, stage, "审批丙")
    page.case.begin_act(Act.END)
    page.case.act.day.setText("2021-3-10")
    do(page, stage)
    assert standing(page).due_on is not None, page.messages.text()
    assert "2021-03-24 前" in page.case.summary.stage.text()


def test_too_few_investigators_are_told_at_their_box(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.begin_act(Act.INVESTIGATE)
    page.case.act.day.setText("2021-3-10")
    page.case.act.result.setText("情况属实")
    put_text(page.case.act.grid.field("investigators"), "李一")
    do(page, stage)
    assert page.case.act.grid.problem_text("investigators")
    put_text(page.case.act.grid.field("investigators"), "李一、王二")
    do(page, stage)
    assert any("调查" in row.act for row in page.case.summary.rows.rows())


def test_a_second_window_is_told_and_shows_the_new_state(theatre: Opener, made: TestDesk) -> None:
    case = an_accepted_case(made)
    page, stage = theatre.open(made, case)
    order = ReviewOrder(
        case_id=case.case_id,
        seen_version=case.version,
        opinion=Opinion.AGREE,
        amount=case.request.requested,
    )

    def meanwhile(context: Context) -> Case:
        officer = operators.check_pin(context, made.by_name["审核乙"], PINS["审核乙"])
        return decisions.review(context, order, officer=officer).result

    stage.ask(meanwhile)
    page.case.decision.remark.setText("我也审核了")
    decide(page, stage, "审核乙")
    assert "别的窗口" in page.messages.text()
    assert standing(page).stage is Stage.REVIEWED


def test_escape_closes_an_act_then_the_case_and_erases_nothing(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.begin_act(Act.WITHDRAW)
    page.case.act.reason.setText("申请人回家了")
    assert page.case.close_act()
    assert page.case.decision.isVisible()
    page.case.begin_act(Act.WITHDRAW)
    assert page.case.act.reason.text() == "申请人回家了"
    do(page, stage)
    assert standing(page).stage is Stage.WITHDRAWN


def test_the_head_of_a_case_says_once_how_far_it_is_paid(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    assert stage_words(standing(page)) == "已审批"
    pay(page, stage)
    assert stage_words(standing(page)) == "已发放"
