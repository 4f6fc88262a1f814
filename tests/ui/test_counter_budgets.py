"""Budgets of the counter, counted through the real page on a real desk with keys and clicks."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.cases import Situation, Stage
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.services import cases, receipts
from tests.builders import PINS, TestDesk, a_draft, an_approved_case
from tests.ui.actions import Clerk
from tests.ui.real_page import Stage as Theatre
from tests.ui.real_page import on_stage
from ui.counter.emergency_panel import FREQUENT_CAUSES
from ui.counter.page import CounterPage
from ui.widgets.choice_field import ChoiceField


@pytest.fixture
def stage(qtbot: QtBot, made: TestDesk) -> Iterator[Theatre]:
    """Give the registrar's window."""
    with on_stage(qtbot, made) as opened:
        yield opened


def a_counter(stage: Theatre) -> tuple[CounterPage, Clerk]:
    page = CounterPage(stage.workplace)
    stage.show(page)
    page.activateWindow()
    page.search.ask()
    return page, Clerk(stage=stage)


def test_a_new_person_takes_at_most_eighteen_actions(stage: Theatre) -> None:
    page, clerk = a_counter(stage)
    clerk.press("F3")
    clerk.type("640181198506179976")
    clerk.press("Enter")
    for text in (
        "测试甲",
        "13800000001",
        "2",
        "1",
        "3-10 8:00",
        "",
        "新华街路口",
        "骑行被撞，无食宿。",
        "1",
        "",
    ):
        if text:
            clerk.type(text)
        clerk.press("Enter")
    assert clerk.standing_at() == "申请金额"
    clerk.type("2000")
    clerk.press("F8")
    assert page.on_case, page.form.person.grid.problem_text("number")
    assert clerk.count <= 18, clerk.actions
    assert page.case.view is not None
    assert page.case.view.person.details.hukou_place == "宁夏回族自治区银川市灵武市"


def test_the_cursor_walks_the_boxes_in_reading_order(stage: Theatre) -> None:
    _, clerk = a_counter(stage)
    clerk.type("640181198506179976")
    clerk.press("Enter")
    walked = [clerk.standing_at()]
    for _ in range(10):
        clerk.press("Enter")
        walked.append(clerk.standing_at())
    assert walked == [
        "姓名", "联系电话", "困难类型", "需立即救助", "发生时间",
        "发生街道", "发生地点", "急难情形", "居住证", "住宿状况",
        "申请金额",
    ]  # fmt: skip


def test_where_the_person_stays_is_seen_and_changed_by_a_digit(stage: Theatre) -> None:
    page, clerk = a_counter(stage)
    box = page.form.emergency.grid.field("situation")
    assert isinstance(box, ChoiceField)
    assert box.isVisible()
    assert box.chosen() is Situation.ORDINARY
    box.setFocus()
    clerk.type(str(list(Situation).index(Situation.HOMELESS) + 1))
    assert box.chosen() is Situation.HOMELESS
    assert page.intake.form.text("situation") == Situation.HOMELESS


def test_a_returning_person_with_a_known_cause_takes_at_most_twelve_actions(
    stage: Theatre, made: TestDesk
) -> None:
    known = stage.ask(lambda context: cases.accept(context, a_draft(), case_id=made.new_case_id()))
    page, clerk = a_counter(stage)
    clerk.press("F3")
    clerk.type("测试甲")
    clerk.press("Enter")
    assert clerk.standing_at() == "困难类型"
    clerk.press("F4")
    page.form.emergency.take_frequent(FREQUENT_CAUSES[1])
    clerk.actions.append("2")
    clerk.type("3-10 8:30")
    clerk.press("Enter")
    clerk.press("Enter")
    clerk.type("人民路口")
    clerk.press("Enter")
    clerk.press("Enter")
    clerk.type("1")
    clerk.press("Enter")
    assert clerk.standing_at() == "住宿状况"
    clerk.press("Enter")
    clerk.type("1500")
    clerk.press("F8")
    assert page.on_case
    assert page.case.view is not None
    assert page.case.view.case.person_id == known.result.person_id
    assert clerk.count <= 12, clerk.actions


def test_review_and_approval_take_two_keys_and_a_pin_each(stage: Theatre, made: TestDesk) -> None:
    found = stage.ask(lambda context: cases.accept(context, a_draft(), case_id=made.new_case_id()))
    page, clerk = a_counter(stage)
    page.open_case(found.result.case_id)
    stage.settle()
    for officer in ("审核乙", "审批丙"):
        before = clerk.count
        clerk.press("F8")
        clerk.type(PINS[officer])
        clerk.press("Ctrl+Enter")
        assert clerk.count - before == 2
    assert page.case.view is not None
    assert page.case.view.case.stage is Stage.APPROVED


@pytest.fixture
def approved(made: TestDesk) -> tuple[TestDesk, CaseId]:
    """Give a desk with a case approved for an amount that needs no cash approval."""
    return made, an_approved_case(made, a_draft(yuan="900")).case_id


def test_paying_and_printing_take_two_keys(qtbot: QtBot, approved: tuple[TestDesk, CaseId]) -> None:
    made, case_id = approved
    with on_stage(qtbot, made) as stage:
        page, clerk = a_counter(stage)
        page.open_case(case_id)
        stage.settle()
        assert clerk.standing_at() == "确认码"
        clerk.type(PINS["出纳丁"])
        clerk.press("F8")
        clerk.press("Ctrl+P")
        assert clerk.count == 2
        (receipt,) = stage.ask(lambda context: receipts.of_case(context, case_id))
        assert receipt.state is ReceiptState.PRINTED


def test_a_lone_enter_never_pays(qtbot: QtBot, approved: tuple[TestDesk, CaseId]) -> None:
    made, case_id = approved
    with on_stage(qtbot, made) as stage:
        page, clerk = a_counter(stage)
        page.open_case(case_id)
        stage.settle()
        clerk.type(PINS["出纳丁"])
        for _ in range(12):
            clerk.press("Enter")
        assert stage.ask(lambda context: receipts.of_case(context, case_id)) == ()


def test_void_and_re_issue_take_at_most_six_actions(
    qtbot: QtBot, approved: tuple[TestDesk, CaseId]
) -> None:
    made, case_id = approved
    with on_stage(qtbot, made) as stage:
        page, clerk = a_counter(stage)
        page.open_case(case_id)
        stage.settle()
        clerk.type(PINS["出纳丁"])
        clerk.press("F8")
        clerk.press("Ctrl+P")
        clerk.actions.clear()
        clerk.click(page.case.receipt.void_button)
        assert clerk.standing_at() == "原因"
        clerk.type("姓名写错，重开")
        clerk.press("F8")
        clerk.type(PINS["出纳丁"])
        clerk.press("F8")
        clerk.type(PINS["经办甲"])
        clerk.press("Ctrl+Enter")
        clerk.press("Ctrl+P")
        assert clerk.count <= 6, clerk.actions
        first, second = stage.ask(lambda context: receipts.of_case(context, case_id))
        assert (first.state, second.state) == (ReceiptState.VOID, ReceiptState.PRINTED)
