"""What was typed into a step of a case comes back after the window went, until the step is done."""

from reliefdesk.domain.case_records import Case, ReviewOrder
from reliefdesk.domain.cases import Opinion
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.domain.today import TodayKind
from reliefdesk.services import decisions, drafts, operators, today
from reliefdesk.services.recording import Context
from tests.builders import PINS, TestDesk, an_accepted_case, an_approved_case
from tests.ui.case_window import Opener, decide, do, state_of
from tests.ui.real_page import Stage
from ui.counter.acts import Act
from ui.counter.collector_fields import Collects
from ui.counter.drafts import step_slot
from ui.counter.fields import put_text, text_of
from ui.counter.page import CounterPage


def kept(stage: Stage, found: Case) -> bool:
    slot = step_slot(found.case_id)
    return stage.ask(lambda context: drafts.load(context, slot)) is not None


def anew(stage: Stage, found: Case) -> CounterPage:
    """Another page that knows only what the desk kept."""
    page = CounterPage(stage.workplace)
    stage.show(page)
    page.open_case(found.case_id)
    stage.settle()
    return page


def test_nothing_typed_into_a_payment_is_lost_with_the_window(
    theatre: Opener, made: TestDesk
) -> None:
    found = an_approved_case(made)
    page, stage = theatre.open(made, found)
    pay = page.case.pay
    put_text(pay.grid.field("cash_reason"), "银行卡在火灾中烧毁")
    put_text(pay.approval.approver, "街道主任王")
    put_text(pay.approval.at, "3-10 8:15")
    pay.collector.collects.choose(Collects.PROXY)
    put_text(pay.collector.grid.field("proxy_name"), "测试乙")
    stage.settle()
    assert "草稿已保存" in page.case.draft.text()
    other = anew(stage, found)
    again = other.case.pay
    assert "已取回" in other.case.draft.text()
    assert text_of(again.grid.field("cash_reason")) == "银行卡在火灾中烧毁"
    assert (again.approval.approver.text(), again.approval.at.text()) == (
        "街道主任王",
        "3-10 8:15",
    )
    assert text_of(again.collector.grid.field("proxy_name")) == "测试乙"
    assert again.collector.grid.field("proxy_name").isVisible()


def test_a_step_that_is_recorded_leaves_no_draft(theatre: Opener, made: TestDesk) -> None:
    found = an_accepted_case(made)
    page, stage = theatre.open(made, found)
    page.case.decision.remark.setText("已电话核实")
    stage.settle()
    assert kept(stage, found)
    decide(page, stage, "审核乙")
    assert not kept(stage, found)
    assert page.case.decision.remark.text() != "已电话核实"
    put_text(page.case.decision.grid.field("remark"), "同意，从速")
    stage.settle()
    decide(page, stage, "审批丙")
    assert not kept(stage, found)


def test_looking_at_a_case_and_paying_as_suggested_writes_no_draft(
    theatre: Opener, made: TestDesk
) -> None:
    found = an_approved_case(made)
    page, stage = theatre.open(made, found)
    page.case.begin_act(Act.INVESTIGATE)
    page.case.close_act()
    stage.settle()
    assert not kept(stage, found)
    put_text(page.case.pay.approval.approver, "街道主任")
    page.case.pay.confirm.pin.setText(PINS["出纳丁"])
    page.case.step()
    stage.settle()
    assert state_of(stage, found) == [ReceiptState.ISSUED]
    assert not kept(stage, found)


def test_another_act_begun_comes_back_and_stands_in_the_list_of_today(
    theatre: Opener, made: TestDesk
) -> None:
    found = an_accepted_case(made)
    page, stage = theatre.open(made, found)
    page.case.begin_act(Act.WITHDRAW)
    page.case.act.reason.setText("申请人自行返乡")
    stage.settle()
    (line,) = [each for each in stage.ask(today.todo) if each.kind is TodayKind.DRAFT]
    assert (line.place.page, line.place.record_id) == ("cases", found.case_id)
    assert found.case_no in today.line_text(line)
    other = anew(stage, found)
    other.case.begin_act(Act.WITHDRAW)
    assert other.case.act.reason.text() == "申请人自行返乡"
    do(other, stage)
    assert not kept(stage, found)


def test_a_step_that_went_by_elsewhere_takes_its_draft_with_it(
    theatre: Opener, made: TestDesk
) -> None:
    found = an_accepted_case(made)
    page, stage = theatre.open(made, found)
    page.case.decision.remark.setText("已电话核实")
    stage.settle()

    def review(context: Context) -> None:
        order = ReviewOrder(
            case_id=found.case_id,
            seen_version=found.version,
            opinion=Opinion.AGREE,
            amount=found.request.requested,
        )
        officer = operators.check_pin(context, made.by_name["审核乙"], PINS["审核乙"])
        decisions.review(context, order, officer=officer)

    stage.ask(review)
    assert kept(stage, found)
    other = anew(stage, found)
    assert other.case.decision.remark.text() != "已电话核实"
    assert "取回" not in other.case.draft.text()
    stage.settle()
    assert not kept(stage, found)


def test_a_correction_begun_comes_back_with_its_receipt(theatre: Opener, made: TestDesk) -> None:
    found = an_approved_case(made)
    page, stage = theatre.open(made, found)
    put_text(page.case.pay.approval.approver, "街道主任")
    page.case.pay.confirm.pin.setText(PINS["出纳丁"])
    page.case.step()
    stage.settle()
    page.case.receipt.void_button.click()
    page.case.correction.reason.setText("金额写错")
    page.case.correction.amount.setText("1500")
    stage.settle()
    other = anew(stage, found)
    other.case.receipt.void_button.click()
    assert other.case.correction.reason.text() == "金额写错"
    assert other.case.correction.amount.text() == "1500"
