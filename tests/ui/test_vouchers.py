"""Claims about the place 票款 as an officer uses it: scenario 18 by keys, names, refusals."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reliefdesk.domain.print_jobs import JobState
from reliefdesk.domain.recoveries import RecoveryState
from reliefdesk.services import cash, payments, print_jobs, printing, recoveries
from tests.builders import P02, PINS, TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.counter import somebody
from tests.services.money import pay
from tests.services.recovering import a_paid_case, an_open_claim
from tests.ui import walk
from tests.ui.real_page import Stage, on_stage
from tests.ui.vouchers_scene import a_page, confirm, escape, fill, leave, text_in, trigger
from ui.vouchers.page import VouchersPage


@pytest.fixture
def stage(qtbot: QtBot, made: TestDesk) -> Iterator[Stage]:
    """Give a desk with one paid case behind a worker."""
    a_paid_case(made)
    with on_stage(qtbot, made, name="出纳丁") as opened:
        yield opened


def claim(stage: Stage, page: VouchersPage) -> None:
    trigger(stage, page, "recoveries.open")
    fill(
        page,
        case_no="aj-150302003-2021-000001",
        amount="2430",
        ground="骗取救助金",
        reason="隐瞒有效居住证和两辆小汽车",
    )
    confirm(stage, page, "审批丙")


def test_money_is_claimed_and_comes_back_by_keys_alone(qtbot: QtBot, stage: Stage) -> None:
    page, before = a_page(stage), stage.ask(cash.balance)
    claim(stage, page)
    for yuan in ("1000", "1430"):
        trigger(stage, page, "recoveries.receive")
        fill(page, amount=yuan)
        confirm(stage, page, "出纳丁")
        assert page.printing.paper is not None
        assert page.printing.paper.title.startswith("收款收据 SK-")
        leave(qtbot, page)
    (row,) = page.recoveries.rows.rows()
    assert row.state is RecoveryState.DONE
    trigger(stage, page, "recoveries.deposit")
    fill(page, voucher="缴1号", receiver="财务室")
    confirm(stage, page, "出纳丁")
    assert stage.ask(recoveries.kept).fen == 0
    assert stage.ask(cash.balance) == before


def test_a_refusal_keeps_what_was_typed_and_takes_the_pin(stage: Stage) -> None:
    page = a_page(stage)
    trigger(stage, page, "recoveries.open")
    fill(page, case_no="AJ-150302003-2021-000001", amount="99999", ground="发放错误", reason="错")
    fill(page, officer0="审批丙", officer0_pin=PINS["审批丙"])
    page.form.confirm()
    stage.settle()
    assert "超过可追回的2,430.00元" in page.messages.text()
    assert page.form.grid.field("amount").text() == "99999"  # type: ignore[attr-defined]
    assert page.form.grid.field("officer0_pin").text() == ""  # type: ignore[attr-defined]


def test_what_was_typed_waits_behind_esc_for_the_same_record_and_goes_once_recorded(
    qtbot: QtBot, made: TestDesk
) -> None:
    with on_stage(qtbot, made, name="出纳丁") as stage:
        page = a_page(stage)
        page.open_record("pads")
        stage.settle()
        trigger(stage, page, "pads.issue")
        fill(page, count="5张")
        confirm(stage, page, "出纳丁")
        leave(qtbot, page)
        first, second = (page.pads.rows.rows()[at].receipt_no for at in (0, 1))
        trigger(stage, page, "pads.spoil")
        assert first in page.form.heading.text()
        fill(page, reason="写错金额")
        escape(stage, page)
        page.pads.table.choose_row(1)
        trigger(stage, page, "pads.spoil")
        assert second in page.form.heading.text()
        assert text_in(page, "reason") == ""
        escape(stage, page)
        page.pads.table.choose_row(0)
        trigger(stage, page, "pads.spoil")
        assert text_in(page, "reason") == "写错金额"
        assert text_in(page, "officer0_pin") == ""
        confirm(stage, page, "出纳丁", "记账戊")
        assert first in page.messages.text()


def test_f8_confirms_a_form_and_nothing_under_it(stage: Stage) -> None:
    page = a_page(stage)
    trigger(stage, page, "recoveries.open")
    QTest.keyClick(page.form.grid.field("case_no"), Qt.Key.Key_F8)
    assert page.form.is_open
    assert page.form.grid.problem_text("case_no")


def test_an_empty_box_is_named_before_anybody_is_asked(stage: Stage) -> None:
    page = a_page(stage)
    trigger(stage, page, "recoveries.open")
    page.form.confirm()
    assert "要填" in page.form.grid.problem_text("case_no")
    assert page.form.grid.problem_text("officer0_pin")


def test_a_settled_claim_offers_no_more_repayment(qtbot: QtBot, made: TestDesk) -> None:
    an_open_claim(made)
    with on_stage(qtbot, made, name="出纳丁") as stage:
        page = a_page(stage)
        assert page.recoveries.receive_action.isEnabled()
        assert page.recoveries.withdraw_action.isEnabled()
        assert not page.recoveries.receipt_action.isEnabled()


def test_the_buttons_of_an_empty_list_stay_at_the_top(stage: Stage) -> None:
    page = a_page(stage)
    page.open_record("pads")
    stage.settle()
    assert not page.pads.table.isVisible()
    buttons = [each for each in page.pads.findChildren(QPushButton) if each.isVisible()]
    assert buttons
    assert max(each.geometry().bottom() for each in buttons) < page.pads.height() / 4
    assert page.pads.empty.geometry().top() < page.pads.height() / 3


def test_every_box_and_button_of_the_place_is_named_and_keyed(stage: Stage) -> None:
    page = a_page(stage)
    trigger(stage, page, "recoveries.open")
    assert walk.misnamed(page) == []
    assert walk.keyless(page) == []


def test_a_receipt_written_in_the_dark_is_entered_and_warned_about(
    qtbot: QtBot, made: TestDesk
) -> None:
    an_approved_case(made)
    with on_stage(qtbot, made, name="出纳丁") as stage:
        page = a_page(stage)
        page.turn()
        stage.settle()
        trigger(stage, page, "pads.issue")
        fill(page, count="5张")
        confirm(stage, page, "出纳丁")
        assert page.printing.paper is not None
        leave(qtbot, page)
        assert page.pads.rows.rowCount() == 5
        trigger(stage, page, "pads.print")
        assert page.printing.paper is not None  # it never left: the same sheets once more
        assert page.printing.paper.is_voucher
        number = page.printing.paper.number
        leave(qtbot, page)
        stage.ask(lambda context: print_jobs.move(context, number, JobState.HANDED))
        trigger(stage, page, "pads.print")
        fill(page, reason="卡纸")
        confirm(stage, page)
        assert page.printing.paper is not None
        assert printing.page_count(page.printing.paper) == 3
        leave(qtbot, page)
        assert [row.prints for row in page.pads.rows.rows()] == [2, 1, 1, 1, 1]
        trigger(stage, page, "pads.enter")
        fill(page, case_no="AJ-150302003-2021-000001", amount="2000")
        confirm(stage, page, "出纳丁")
        assert "没有批准记录" in page.messages.text()
        trigger(stage, page, "pads.return")
        confirm(stage, page, "出纳丁", "记账戊")
        assert "未用交回4张" in page.pads.totals.text()
        assert walk.misnamed(page) == []


def test_each_figure_of_the_month_opens_its_rows(stage: Stage) -> None:
    page = a_page(stage)
    page.open_record("statistics")
    stage.settle()
    assert "1人次" in page.statistics.totals.text()
    assert page.statistics.behind.rowCount() == 1
    page.statistics.table.choose_row(page.statistics.rows.rowCount() - 1)  # 追回
    assert page.statistics.behind.rowCount() == 0
    opened: list[str] = []
    page.record_wanted.connect(lambda _page, case_id: opened.append(case_id))
    page.statistics.table.choose_row(0)
    page.statistics.behind_table.row_chosen.emit(0)
    assert len(opened) == 1
    assert "2,430.00元" in page.statistics.chart.accessibleDescription()


def test_a_month_is_closed_from_the_page_once_it_ended(stage: Stage, made: TestDesk) -> None:
    page = a_page(stage)
    page.open_record("statistics")
    stage.settle()
    assert not page.statistics.close_action.isEnabled()
    made.clock.advance(timedelta(days=30))
    page.statistics.load()
    stage.settle()
    trigger(stage, page, "statistics.close")
    confirm(stage, page, "记账戊")
    assert "已结账" in page.statistics.totals.text()
    assert walk.misnamed(page) == []


def test_a_pack_goes_to_finance_and_comes_back_by_keys(qtbot: QtBot, stage: Stage) -> None:
    page = a_page(stage)
    page.open_record("packs")
    stage.settle()
    trigger(stage, page, "packs.make")
    confirm(stage, page, "出纳丁")
    assert page.printing.paper is not None
    leave(qtbot, page)
    trigger(stage, page, "packs.hand")
    fill(page, receiver="财务庚")
    confirm(stage, page, "出纳丁")
    trigger(stage, page, "packs.answer")
    fill(page, document="付1号")
    confirm(stage, page, "出纳丁")
    assert "已报销2,430.00元" in page.packs.totals.text()
    assert walk.misnamed(page) == []


def test_a_pack_tells_which_receipts_it_leaves_out(qtbot: QtBot, made: TestDesk) -> None:
    a_paid_case(made)
    pay(made, a_pay_order(made, an_approved_case(made, a_draft(P02))))
    with on_stage(qtbot, made, name="出纳丁") as stage:
        page = a_page(stage)
        page.open_record("packs")
        stage.settle()
        trigger(stage, page, "packs.make")
        confirm(stage, page, "出纳丁")
        assert "另有1张还没有签领，没有列入：000002。" in page.messages.text()


def test_a_roster_is_paid_one_after_another_with_one_pin_each(qtbot: QtBot, made: TestDesk) -> None:
    for number in range(3):
        an_approved_case(made, a_draft(somebody(number), yuan="100"))
    with on_stage(qtbot, made, name="出纳丁") as stage:
        page = a_page(stage)
        page.open_record("rosters")
        stage.settle()
        trigger(stage, page, "rosters.make")
        fill(page, title="货车事故", cause="交通事故")
        confirm(stage, page, "出纳丁")
        trigger(stage, page, "rosters.pay")
        assert "测试" in page.form.heading.text()
        escape(stage, page)
        assert page.rosters.chosen() is page.rosters.rows.rows()[1]  # who did not come is skipped
        page.rosters.table.choose_row(0)
        trigger(stage, page, "rosters.pay")
        for place in range(3):
            assert page.form.isVisible()
            if place:
                assert f"✓ {place}　" in page.messages.text()
            assert page.form.grid.field("officer0_pin").hasFocus()
            fill(page, officer0="出纳丁", officer0_pin=PINS["出纳丁"])
            page.form.confirm()
            stage.settle()
            stage.settle()
        assert not page.form.is_open
        assert "未领0人" in page.rosters.totals.text()
        assert walk.misnamed(page) == []


def test_one_approval_of_large_cash_stands_for_the_next_person_of_the_roster_too(
    qtbot: QtBot, made: TestDesk
) -> None:
    for number in range(2):
        an_approved_case(made, a_draft(somebody(number), yuan="1500"))
    with on_stage(qtbot, made, name="出纳丁") as stage:
        page = a_page(stage)
        page.open_record("rosters")
        stage.settle()
        trigger(stage, page, "rosters.make")
        fill(page, title="货车事故", cause="交通事故")
        confirm(stage, page, "出纳丁")
        trigger(stage, page, "rosters.pay")
        confirm(stage, page, "出纳丁")
        assert "超过单笔限额" in page.messages.text()
        fill(page, cash_approver="街道主任", cash_approved_at="3-10 8:30")
        for _ in range(2):
            confirm(stage, page, "出纳丁")
        assert page.rosters.view is not None
        for line in page.rosters.view.lines:
            (paid,) = stage.ask(partial(payments.of_case, case_id=line.case_id))
            allowed = paid.details.cash_approval
            assert allowed is not None
            assert (allowed.approver, allowed.at.minute) == ("街道主任", 30)
