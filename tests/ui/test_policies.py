"""Claims about the page 政策: rows enter before a second person, corrections keep what was."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.policies import AreaClass
from reliefdesk.domain.policy_keys import POLICY_SPECS, PolicyKey
from reliefdesk.services import calendars, policies
from tests.builders import PINS, TestDesk, an_approved_case, an_empty_desk, enter
from tests.sync.parties import Trio, a_trio, send, take
from tests.sync.test_requests import LIMIT
from tests.ui.real_page import Stage, on_stage
from ui.policies.page import PoliciesPage
from ui.policies.rows import ParameterRow, RowState, source_text


@pytest.fixture
def stage(qtbot: QtBot, made: TestDesk) -> Iterator[Stage]:
    """Give the desk behind a worker, the administrator signed in."""
    with on_stage(qtbot, made, name="系统己") as opened:
        yield opened


@pytest.fixture
def page(stage: Stage) -> PoliciesPage:
    """Give the page with its list."""
    return opened(stage)


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """Two offices and a district; whoever a test puts behind a worker is closed by it."""
    made = a_trio(tmp_path)
    yield made
    made.b.desk.close()


def opened(stage: Stage) -> PoliciesPage:
    page = PoliciesPage(stage.workplace)
    stage.show(page)
    return page


def row_of(page: PoliciesPage, key: PolicyKey, state: RowState) -> ParameterRow:
    return next(row for row in page.rows.rows() if row.key is key and row.state is state)


def confirm(stage: Stage, page: PoliciesPage, name: str = "审批丙", pin: str = "") -> None:
    page.form.panel.officer.choose(stage.made.by_name[name])
    page.form.panel.pin.setText(pin or PINS[name])
    QTest.keyClick(page.form.panel.pin, Qt.Key.Key_F8)
    stage.settle()


def fill_hours(page: PoliciesPage, hours: str = "48") -> None:
    page.form.policy.choose(PolicyKey.FIRST_RELIEF_HOURS)
    page.form.number.setText(hours)
    page.form.since.setText("20210101")
    page.form.document.setText("虚构〔2021〕9号")


def test_every_parameter_stands_in_the_list(page: PoliciesPage) -> None:
    assert {row.key for row in page.rows.rows()} == set(POLICY_SPECS)
    standard = row_of(page, PolicyKey.STANDARD, RowState.RUNNING)
    assert (standard.value, standard.entered_by, standard.confirmed_by) == (
        "810.00 元/月",
        "系统己",
        "审批丙",
    )
    assert row_of(page, PolicyKey.FREQUENCY_LIMIT, RowState.DEFAULT).value == "1"


def test_a_standard_nobody_entered_is_unset_and_no_figure_is_shown(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with on_stage(qtbot, an_empty_desk(tmp_path / "new"), name="系统己") as stage:
        found = [row for row in opened(stage).rows.rows() if row.key is PolicyKey.STANDARD]
        assert [(row.value, row.state) for row in found] == [("", RowState.UNSET)] * 2


def test_a_new_row_enters_before_a_second_person(stage: Stage, page: PoliciesPage) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_F5)
    fill_hours(page)
    confirm(stage, page)
    assert page.messages.text().startswith("✓ 已登记先行救助时限")
    assert row_of(page, PolicyKey.FIRST_RELIEF_HOURS, RowState.RUNNING).value == "48"
    assert not page.form.is_open


def test_nobody_confirms_the_own_row(page: PoliciesPage) -> None:
    offered = [
        page.form.panel.officer.itemText(place) for place in range(page.form.panel.officer.count())
    ]
    assert "审批丙" in offered
    assert "系统己" not in offered


def test_a_wrong_pin_records_nothing_and_keeps_what_was_typed(
    stage: Stage, page: PoliciesPage
) -> None:
    page.new_action.trigger()
    fill_hours(page)
    confirm(stage, page, pin="000000")
    assert page.messages.text().startswith("×")
    assert page.form.document.text() == "虚构〔2021〕9号"
    assert page.form.is_open
    lines = stage.ask(policies.listed)
    assert not any(line.row.key is PolicyKey.FIRST_RELIEF_HOURS for line in lines)


def test_what_lacks_is_marked_at_its_box(page: PoliciesPage) -> None:
    page.new_action.trigger()
    page.form.policy.choose(PolicyKey.STANDARD)
    page.form.amount.setText("八百")
    page.form.since.setText("二月三十")
    page.confirm_action.trigger()
    grid = page.form.grid
    assert grid.problem_text("area") == "× 这一栏还没有填写。"
    assert grid.problem_text("amount").startswith("× 「八百」不是金额")
    assert grid.problem_text("since").startswith("× 「二月三十」不是日期")
    assert page.form.amount.text() == "八百"


def test_a_rule_of_the_domain_is_said_in_place(stage: Stage, page: PoliciesPage) -> None:
    page.new_action.trigger()
    fill_hours(page, "0")
    confirm(stage, page)
    assert page.messages.text().startswith("× 「先行救助时限（小时）」不能是「0」")
    assert page.form.number.text() == "0"


def test_a_correction_keeps_the_wrong_row_in_the_list(stage: Stage, page: PoliciesPage) -> None:
    wrong = row_of(page, PolicyKey.DELEGATION_LIMIT, RowState.RUNNING)
    page.table.choose_row(page.rows.rows().index(wrong))
    QTest.keyClick(page.table, Qt.Key.Key_F6)
    assert page.form.amount.text() == "3000.00"
    assert not page.form.policy.isEnabled()
    page.form.amount.setText("2,500")
    confirm(stage, page)
    assert row_of(page, PolicyKey.DELEGATION_LIMIT, RowState.RUNNING).value == "2500.00元"
    assert row_of(page, PolicyKey.DELEGATION_LIMIT, RowState.CORRECTED).value == "3000.00元"


def test_a_back_dated_row_lists_the_decided_cases_it_concerns(qtbot: QtBot, made: TestDesk) -> None:
    found = an_approved_case(made)
    with on_stage(qtbot, made, name="系统己") as stage:
        page = opened(stage)
        page.new_action.trigger()
        page.form.policy.choose(PolicyKey.STANDARD)
        page.form.area.choose(AreaClass.URBAN)
        page.form.amount.setText("830")
        page.form.since.set_day(date(2021, 3, 1))
        page.form.document.setText("虚构〔2021〕5号")
        confirm(stage, page)
        assert "有1件案件" in page.messages.text()
        assert found.case_no in page.messages.text()


def test_only_the_system_seat_enters_rows(qtbot: QtBot, made: TestDesk) -> None:
    with on_stage(qtbot, made, name="经办甲") as stage:
        page = opened(stage)
        page.new_action.trigger()
        assert not page.form.is_open
        assert "只有系统岗位" in page.messages.text()
        assert "Ctrl+Shift+L" in page.messages.text()


def test_a_holiday_table_is_loaded_with_its_document(
    stage: Stage, page: PoliciesPage, tmp_path: Path
) -> None:
    table = tmp_path / "2099.csv"
    table.write_text("2099-01-01,假日,元旦\n2099-01-03,调休上班,元旦\n", "utf-8")
    page.turn_action.trigger()
    stage.settle()
    loading = page.holidays.loading
    loading.read(table)
    loading.document.setText("国办发明电〔2098〕1号（虚构）")
    loading.panel.officer.choose(stage.made.by_name["审批丙"])
    loading.panel.pin.setText(PINS["审批丙"])
    page.confirm_action.trigger()
    stage.settle()
    assert 2099 in stage.ask(lambda context: calendars.workdays(context).years)
    assert "2099" in page.holidays.years.text()


def test_wrong_lines_of_a_holiday_table_are_named_and_nothing_is_loaded(
    stage: Stage, page: PoliciesPage, tmp_path: Path
) -> None:
    table = tmp_path / "2099.csv"
    table.write_text("2099-01-01,假日,元旦\n2099-02-30,假日,春节\n", "utf-8")
    page.turn_action.trigger()
    stage.settle()
    page.holidays.loading.read(table)
    assert "第2行" in page.messages.text()
    page.confirm_action.trigger()
    stage.settle()
    assert stage.ask(policies.calendar_years) == ()


def test_a_published_row_names_its_source_and_cannot_be_corrected_here(
    qtbot: QtBot, trio: Trio
) -> None:
    enter(trio.district, LIMIT)
    take(trio.a, send(trio, trio.district, trio.a))
    with on_stage(qtbot, trio.a, name="系统己") as stage:
        page = opened(stage)
        rows = [row for row in page.rows.rows() if row.key is PolicyKey.DELEGATION_LIMIT]
        assert {source_text(row) for row in rows} == {"系统己", "区民政局"}
        assert {row.state for row in rows if not row.published} == {RowState.OVERRULED}
        assert RowState.RUNNING in {row.state for row in rows if row.published}
        place = next(at for at, row in enumerate(page.rows.rows()) if row.published)
        page.table.choose_row(place)
        assert not page.correct_action.isEnabled()


def test_a_district_says_to_how_many_offices_a_row_goes_and_can_choose_one(
    qtbot: QtBot, trio: Trio
) -> None:
    with on_stage(qtbot, trio.district, name="系统己") as stage:
        page = opened(stage)
        QTest.keyClick(page.table, Qt.Key.Key_F5)
        fill_hours(page)
        page.form.scope.choose("150302007")
        confirm(stage, page)
        assert "已向2个办理点发布" in page.messages.text()
        row = row_of(page, PolicyKey.FIRST_RELIEF_HOURS, RowState.RUNNING)
        assert (row.scope, row.value) == ("滨河街道办事处", "48")
