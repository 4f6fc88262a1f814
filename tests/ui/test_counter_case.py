"""Claims about the case panel: three seats, changed amounts, refusals in place, and the cash."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import Case, ReviewOrder
from reliefdesk.domain.cases import ApprovalMeans, Opinion, Route, Stage
from reliefdesk.domain.money import Money
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.services import cash, decisions, operators, payments, receipts
from reliefdesk.services.recording import Context
from tests.builders import (
    PINS,
    TestDesk,
    a_desk,
    a_reviewed_case,
    an_accepted_case,
    an_approved_case,
)
from tests.ui.real_page import Stage as Theatre
from tests.ui.real_page import on_stage
from ui.counter.acts import Act
from ui.counter.case_summary import fact_lines
from ui.counter.collector_fields import Collects
from ui.counter.fields import put_text
from ui.counter.page import CounterPage


@pytest.fixture
def made(tmp_path: Path) -> TestDesk:
    """Give a desk with six operators and a float of 10,000."""
    return a_desk(tmp_path / "desk")


@pytest.fixture
def theatre(qtbot: QtBot) -> Iterator["Opener"]:
    """Open the registrar's window on a prepared desk, and close it at the end."""
    opener = Opener(qtbot)
    yield opener
    opener.close()


class Opener:
    """Opens one window in a test."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._held: list[object] = []

    def open(
        self, made: TestDesk, case: Case, *, name: str = "经办甲"
    ) -> tuple[CounterPage, Theatre]:
        """Show a case in the window of an operator."""
        manager = on_stage(self._qtbot, made, name=name)
        stage = manager.__enter__()
        self._held.append(manager)
        page = CounterPage(stage.workplace)
        stage.show(page)
        page.open_case(case.case_id)
        stage.settle()
        return page, stage

    def close(self) -> None:
        """Close what was opened."""
        for manager in self._held:
            manager.__exit__(None, None, None)  # type: ignore[attr-defined]


def standing(page: CounterPage) -> Case:
    assert page.case.view is not None
    return page.case.view.case


def decide(page: CounterPage, stage: Theatre, officer: str) -> None:
    page.case.decision.confirm.officer.choose(stage.made.by_name[officer])
    page.case.decision.confirm.pin.setText(PINS[officer])
    page.case.step()
    stage.settle()


def pay(page: CounterPage, stage: Theatre) -> None:
    put_text(page.case.pay.grid.field("cash_approval"), "主任电话同意")
    page.case.pay.confirm.pin.setText(PINS["出纳丁"])
    page.case.step()
    stage.settle()


def do(page: CounterPage, stage: Theatre, officer: str = "") -> None:
    """Confirm the open act, by PIN where an officer is named."""
    if officer:
        page.case.act.confirm.officer.choose(stage.made.by_name[officer])
        page.case.act.confirm.pin.setText(PINS[officer])
    page.case.step()
    stage.settle()


def state_of(stage: Theatre, case: Case) -> list[ReceiptState]:
    return [each.state for each in stage.ask(lambda c: receipts.of_case(c, case.case_id))]


def drawer(stage: Theatre) -> Money:
    return stage.ask(cash.balance)


def test_a_changed_amount_is_marked_for_the_next_seat(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.decision.amount.setText("1800")
    decide(page, stage, "审核乙")
    note = page.case.decision.changed_note
    assert note.isVisible()
    assert "申请 2,000.00 → 审核 1,800.00（审核乙 核减 200.00）" in note.text()
    assert page.case.decision.amount.text() == "1,800.00"


def test_who_did_what_and_when_stands_on_the_record(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    pay(page, stage)
    told = [(row.act, row.operator) for row in page.case.summary.rows.rows()]
    names = [operator for _, operator in told]
    assert names[:4] == ["经办甲", "审核乙", "审批丙", "出纳丁"]


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
    page.case.act.at.setText("")
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


def test_a_large_cash_payment_asks_for_its_approval_at_the_box(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    page.case.pay.confirm.pin.setText(PINS["出纳丁"])
    page.case.step()
    stage.settle()
    assert page.case.pay.grid.problem_text("cash_approval")
    assert state_of(stage, standing(page)) == []
    assert drawer(stage) == Money.parse("10000")


def test_a_short_drawer_pays_nothing_and_takes_no_number(tmp_path: Path, theatre: Opener) -> None:
    made = a_desk(tmp_path / "desk", float_yuan="1200")
    page, stage = theatre.open(made, an_approved_case(made))
    assert "还差 800.00" in page.case.pay.drawer.text()
    pay(page, stage)
    assert state_of(stage, standing(page)) == []
    assert drawer(stage) == Money.parse("1200")
    assert page.messages.text()


def test_a_proxy_is_recorded_and_staff_may_not_be_one(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    fields = page.case.pay.collector
    fields.collects.choose(Collects.PROXY)
    for name, text in (
        ("proxy_name", "经办甲"),
        ("proxy_number", "411525199203049967"),
        ("proxy_relation", "女儿"),
        ("proxy_authorisation", "委托书1号"),
    ):
        put_text(fields.grid.field(name), text)
    pay(page, stage)
    assert fields.grid.problem_text("proxy_name")
    put_text(fields.grid.field("proxy_name"), "测试乙")
    pay(page, stage)
    (paid,) = stage.ask(lambda c: payments.of_case(c, standing(page).case_id))
    assert paid.details.proxy is not None
    assert paid.details.proxy.name == "测试乙"


def test_a_fingerprint_needs_a_witness(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    fields = page.case.pay.collector
    fields.collects.choose(Collects.FINGERPRINT)
    pay(page, stage)
    assert fields.grid.problem_text("witness")
    put_text(fields.grid.field("witness"), "网格员赵六")
    pay(page, stage)
    (paid,) = stage.ask(lambda c: payments.of_case(c, standing(page).case_id))
    assert paid.details.fingerprint is not None


def test_two_quick_key_strokes_pay_once(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    put_text(page.case.pay.grid.field("cash_approval"), "主任电话同意")
    page.case.pay.confirm.pin.setText(PINS["出纳丁"])
    page.case.step()
    page.case.step()
    stage.settle()
    assert state_of(stage, standing(page)) == [ReceiptState.ISSUED]
    assert drawer(stage) == Money.parse("8000")


def paid_and_printed(theatre: Opener, made: TestDesk) -> tuple[CounterPage, Theatre]:
    page, stage = theatre.open(made, an_approved_case(made))
    pay(page, stage)
    page.case.print_receipt()
    stage.settle()
    return page, stage


def test_without_a_printer_the_print_lies_in_a_file_and_the_picture_on_screen(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = paid_and_printed(theatre, made)
    assert page.case.receipt.picture.pixmap().width() > 300
    (file,) = (made.desk.folder / "打印输出").glob("*.pdf")
    assert file.name.startswith("XJ-150302003-2021-000001")
    assert file.read_bytes().startswith(b"%PDF")
    assert "PDF" in page.messages.text()
    assert state_of(stage, standing(page)) == [ReceiptState.PRINTED]


def test_a_second_print_needs_a_reason_at_its_box(theatre: Opener, made: TestDesk) -> None:
    page, stage = paid_and_printed(theatre, made)
    page.case.print_receipt()
    stage.settle()
    assert page.case.receipt.grid.problem_text("reprint_reason")
    page.case.receipt.reason.setText("卡纸")
    page.case.print_receipt()
    stage.settle()
    assert len(list((made.desk.folder / "打印输出").glob("*.pdf"))) == 2


def correct(page: CounterPage, stage: Theatre, amount: str) -> None:
    page.case.receipt.correct_button.click()
    correction = page.case.correction
    correction.reason.setText("金额写错")
    correction.amount.setText(amount)
    put_text(correction.grid.field("difference_reason"), "先发部分")
    correction.officer.choose(stage.made.by_name["出纳丁"])
    correction.pin.setText(PINS["出纳丁"])
    correction.second.choose(stage.made.by_name["记账戊"])
    correction.second_pin.setText(PINS["记账戊"])
    page.case.step()
    stage.settle()


def test_an_unsigned_receipt_is_voided_and_a_new_number_follows(
    theatre: Opener, made: TestDesk
) -> None:
    page, stage = paid_and_printed(theatre, made)
    assert page.case.receipt.correct_button.text() == "作废重开"
    correct(page, stage, "1500")
    case = standing(page)
    assert state_of(stage, case) == [ReceiptState.VOID, ReceiptState.ISSUED], page.messages.text()
    assert drawer(stage) == Money.parse("8500")
    assert case.paid == Money.parse("1500")


def test_a_signed_receipt_is_reversed_by_a_red_entry(theatre: Opener, made: TestDesk) -> None:
    page, stage = paid_and_printed(theatre, made)
    page.case.receipt.sign_button.click()
    stage.settle()
    assert page.case.receipt.correct_button.text() == "红字冲销"
    correct(page, stage, "2000")
    case = standing(page)
    states = state_of(stage, case)
    assert states == [ReceiptState.REVERSED, ReceiptState.ISSUED], page.messages.text()
    assert drawer(stage) == Money.parse("8000")


def test_an_original_is_archived_with_its_place(theatre: Opener, made: TestDesk) -> None:
    page, stage = paid_and_printed(theatre, made)
    page.case.receipt.sign_button.click()
    stage.settle()
    page.case.receipt.file_button.click()
    stage.settle()
    assert page.case.receipt.grid.problem_text("file_place")
    page.case.receipt.place.setText("2021-01 柜 3 号盒")
    page.case.receipt.file_button.click()
    stage.settle()
    assert state_of(stage, standing(page)) == [ReceiptState.FILED]


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
