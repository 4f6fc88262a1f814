"""Claims about the page 今日待办: it says what waits, Enter leads there, empty says what next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reliefdesk.domain.today import TodayKind
from reliefdesk.services import cases, today, verification
from tests.builders import (
    TestDesk,
    a_desk,
    a_draft,
    a_reviewed_case,
    an_accepted_case,
    an_empty_desk,
)
from tests.ui.real_page import Stage, on_stage
from tests.ui.real_shell import a_shell
from ui.today.page import TodayPage


@pytest.fixture
def made(tmp_path: Path) -> TestDesk:
    """Give a desk whose set-up is complete and whose records were checked."""
    desk = a_desk(tmp_path / "desk")
    desk.desk.confirm_recovery_code(desk.desk.new_recovery_code())
    verification.verify(desk.context())
    return desk


@pytest.fixture
def stage(qtbot: QtBot, made: TestDesk) -> Iterator[Stage]:
    """Give the quiet desk behind a worker."""
    with on_stage(qtbot, made) as opened:
        yield opened


def test_an_empty_list_says_what_to_do_next(stage: Stage) -> None:
    page = TodayPage(stage.workplace)
    stage.show(page)
    assert page.empty.isVisible()
    assert "受理新的求助" in page.empty.text()
    assert not page.table.isVisible()
    assert not page.open_action.isEnabled()


def test_the_list_is_that_of_the_service(qtbot: QtBot, made: TestDesk) -> None:
    an_accepted_case(made)
    with on_stage(qtbot, made) as stage:
        page = TodayPage(stage.workplace)
        stage.show(page)
        assert page.rows.rows() == stage.ask(today.todo)
        assert page.count.text().startswith("1项，其中逾期0项、今日1项")


def test_enter_leads_to_the_case(qtbot: QtBot, made: TestDesk) -> None:
    found = a_reviewed_case(made)
    with on_stage(qtbot, made) as stage:
        page = TodayPage(stage.workplace)
        stage.show(page)
        with qtbot.waitSignal(page.record_wanted) as wanted:
            QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert wanted.args == ["cases", found.case_id]


def test_a_fact_recorded_elsewhere_appears_without_asking(stage: Stage) -> None:
    page = TodayPage(stage.workplace)
    stage.show(page)
    stage.ask(lambda context: cases.accept(context, a_draft(), case_id=stage.made.new_case_id()))
    stage.settle()
    assert [line.kind for line in page.rows.rows()] == [TodayKind.URGENT]
    assert page.detail.text().startswith("测试甲")


def test_an_unfinished_setup_leads_to_its_step(qtbot: QtBot, tmp_path: Path) -> None:
    made = an_empty_desk(tmp_path / "new")
    with on_stage(qtbot, made, name="系统己") as stage:
        page = TodayPage(stage.workplace)
        stage.show(page)
        with qtbot.waitSignal(page.record_wanted) as wanted:
            page.open_action.trigger()
        assert wanted.args == ["setup", "operators"]


def test_setup_is_left_to_the_system_seat(qtbot: QtBot, tmp_path: Path) -> None:
    with on_stage(qtbot, a_desk(tmp_path / "new")) as stage:
        page = TodayPage(stage.workplace)
        stage.show(page)
        assert page.rows.rows()[0].kind is TodayKind.SETUP
        page.open_action.trigger()
        assert page.messages.text() == "这一步由系统岗位的人员登录后办理。"


def test_enter_opens_the_case_in_the_whole_window(qtbot: QtBot, made: TestDesk) -> None:
    found = an_accepted_case(made)
    folder = made.desk.folder
    made.desk.close()
    with a_shell(qtbot, folder) as real:
        real.sign_in("经办甲")
        page = real.shell.window.page("today")
        assert isinstance(page, TodayPage)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        real.settle()
        assert real.front == "cases"
        cases_page = real.shell.window.page("cases")
        assert any(
            found.case_no in label.text() for label in cases_page.widget.findChildren(QLabel)
        )
