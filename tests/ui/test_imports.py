"""Claims about 导入表格 on a real desk: match, see findings, confirm before a second officer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.import_columns import ImportField, ImportKind
from reliefdesk.services import imports
from tests.builders import P01, P02, PINS, a_desk
from tests.ui.real_page import Stage, on_stage
from tests.ui.walk import misnamed
from ui.imports.check_view import BadRows, Doubles
from ui.system.imports_panel import ImportPanel
from ui.system.page import SystemPage

TITLES = ["姓名", "身份证号", "金额", "发放日期"]
JIA: list[Any] = ["测试甲", P01.number, 500, "2021-01-15"]
YI: list[Any] = ["测试乙", P02.number, 72.35, "2021.2.1"]
BAD: list[Any] = ["测试丙", 6.4e17, "约两千", 44256]


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with on_stage(qtbot, a_desk(tmp_path / "desk")) as opened:
        yield opened


@pytest.fixture
def page(stage: Stage) -> SystemPage:
    shown = SystemPage(stage.workplace)
    stage.show(shown)
    shown.open_part("imports")
    stage.settle()
    return shown


def a_file(folder: Path, *rows: list[Any], titles: list[str] | None = None) -> Path:
    path = folder / "登记.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["临时救助登记表"])
    for place, row in enumerate([titles or TITLES, *rows], start=1):
        for column, cell in enumerate(row):
            (sheet.write_string if isinstance(cell, str) else sheet.write_number)(
                place, column, cell
            )
    book.close()
    return path


def read(stage: Stage, page: SystemPage, path: Path) -> ImportPanel:
    page.imports.read(path)
    stage.settle()
    return page.imports


def press_f8(stage: Stage, page: SystemPage) -> None:
    page.confirm_action.trigger()
    stage.settle()


def confirm(stage: Stage, page: SystemPage, *, pin: str = PINS["记账戊"]) -> None:
    panel = page.imports.check.panel
    panel.officer.choose(stage.made.by_name["记账戊"])
    panel.pin.setText(pin)
    press_f8(stage, page)


def test_the_main_way_file_matching_check_second_officer(
    stage: Stage, page: SystemPage, tmp_path: Path
) -> None:
    panel = read(stage, page, a_file(tmp_path, JIA, YI))
    assert panel.source.header.text() == "第2行"
    assert panel.source.fields[ImportField.AMOUNT].text() == "C 金额"
    assert panel.source.sample.row(1) == ["3", "测试甲", P01.number, "500", "2021-01-15"]
    press_f8(stage, page)
    assert panel.check.sums.text().startswith("可导入2行，合计572.35元")
    assert panel.check.empty.isVisible()
    confirm(stage, page)
    assert "已导入2行，合计572.35元" in page.messages.text()
    assert [each.rows for each in stage.ask(imports.imports)] == [2]


def test_all_findings_stand_with_their_addresses_and_nothing_comes_in(
    stage: Stage, page: SystemPage, tmp_path: Path
) -> None:
    panel = read(stage, page, a_file(tmp_path, BAD, JIA, ["合计", "", 500, ""]))
    press_f8(stage, page)
    rows = panel.check.rows.rows()
    assert [(line.where, line.blocks) for line in rows] == [
        ("B3", True),
        ("C3", True),
        ("D3", True),
        ("第5行", False),
    ]
    assert "末尾几位已经变成 0" in rows[0].said
    confirm(stage, page)
    assert page.messages.text().startswith("× 有1行不能导入")
    assert stage.ask(imports.imports) == ()
    panel.check.bad.choose(BadRows.LEAVE)
    confirm(stage, page)
    assert [each.rows for each in stage.ask(imports.imports)] == [1]


def test_a_wrong_pin_brings_nothing_in_and_keeps_everything(
    stage: Stage, page: SystemPage, tmp_path: Path
) -> None:
    panel = read(stage, page, a_file(tmp_path, JIA))
    press_f8(stage, page)
    confirm(stage, page, pin="000000")
    assert page.messages.text().startswith("×")
    assert panel.stack.currentWidget() is panel.check
    assert stage.ask(imports.imports) == ()


def test_a_column_that_is_not_matched_is_marked_and_then_remembered(
    stage: Stage, page: SystemPage, tmp_path: Path
) -> None:
    path = a_file(tmp_path, JIA, titles=["姓名", "身份证号", "钱数", "发放日期"])
    panel = read(stage, page, path)
    press_f8(stage, page)
    assert "还没有指定哪一列是金额" in panel.source.columns.problem_text("amount")
    panel.source.fields[ImportField.AMOUNT].choose(2)
    press_f8(stage, page)
    assert panel.stack.currentWidget() is panel.check
    read(stage, page, path)
    assert panel.source.fields[ImportField.AMOUNT].text() == "C 钱数"


def test_the_clerk_names_the_header_where_none_is_found(
    stage: Stage, page: SystemPage, tmp_path: Path
) -> None:
    panel = read(stage, page, a_file(tmp_path, JIA, titles=["甲", "乙", "丙", "丁"]))
    assert panel.source.says.text().startswith("没有找到表头")
    press_f8(stage, page)
    assert page.messages.text().startswith("没有找到表头")
    panel.source.header.choose(1)
    stage.settle()
    assert panel.source.says.text().startswith("表头下面有1行")
    assert panel.source.fields[ImportField.NAME].count() == 5


def test_doubles_are_shown_and_come_in_by_choice_only(
    stage: Stage, page: SystemPage, tmp_path: Path
) -> None:
    panel = read(stage, page, a_file(tmp_path, JIA, JIA))
    press_f8(stage, page)
    assert [line.said for line in panel.check.rows.rows()] == ["表里重复：第3行"]
    assert panel.check.sums.text().startswith("可导入1行")
    panel.check.doubles.choose(Doubles.TAKE)
    assert panel.check.sums.text().startswith("可导入2行")


def test_the_same_file_again_changes_nothing_and_says_so(
    stage: Stage, page: SystemPage, tmp_path: Path
) -> None:
    path = a_file(tmp_path, JIA)
    for _ in range(2):
        read(stage, page, path)
        press_f8(stage, page)
        confirm(stage, page)
    assert "表里的1行以前都已导入" in page.messages.text()
    assert len(stage.ask(imports.imports)) == 1


def test_a_roster_needs_no_second_officer_and_becomes_applicants(
    stage: Stage, page: SystemPage, tmp_path: Path
) -> None:
    page.imports.source.kind.choose(ImportKind.ROSTER)
    panel = read(stage, page, a_file(tmp_path, ["测试甲", P01.number], titles=["姓名", "身份证号"]))
    press_f8(stage, page)
    assert not panel.check.panel.isVisible()
    press_f8(stage, page)
    assert [each.applicant.name for each in stage.ask(imports.applicants)] == ["测试甲"]
    panel.waiting_button.click()
    stage.settle()
    assert panel.waiting.says.text().startswith("名单上有1人")
    assert str(panel.waiting.rows.index(0, 1).data()) == "6401**********9976"
    press_f8(stage, page)
    assert page.messages.text() == "✓ 测试甲已从名单删除。"
    assert panel.waiting.says.text().startswith("名单上没有人")
    press_f8(stage, page)


def test_an_import_is_withdrawn_with_a_reason_before_a_second_officer(
    stage: Stage, page: SystemPage, tmp_path: Path
) -> None:
    panel = read(stage, page, a_file(tmp_path, JIA))
    press_f8(stage, page)
    confirm(stage, page)
    panel.past_button.click()
    stage.settle()
    press_f8(stage, page)
    assert panel.past.grid.problem_text("reason")
    panel.past.reason.setText("选错文件")
    for pin in ("000000", PINS["记账戊"]):
        panel.past.panel.officer.choose(stage.made.by_name["记账戊"])
        panel.past.panel.pin.setText(pin)
        press_f8(stage, page)
    assert "已经撤销" in page.messages.text()
    line = panel.past.rows.row(0)
    assert line is not None
    assert (line.past.withdrawn, line.by) == ("选错文件", "经办甲、记账戊")
    panel.back_button.click()
    assert panel.stack.currentWidget() is panel.source


def test_without_a_file_f8_says_what_comes_first(stage: Stage, page: SystemPage) -> None:
    press_f8(stage, page)
    assert page.messages.text() == "请先选择表格文件。"
    page.imports.past_button.click()
    stage.settle()
    assert page.imports.past.says.text() == "还没有导入过以前的发放登记。"
    press_f8(stage, page)


def test_a_file_that_is_none_is_said_in_a_sentence(
    stage: Stage, page: SystemPage, tmp_path: Path
) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"<html><table></table></html>")
    read(stage, page, path)
    assert page.messages.text().startswith("× 文件不是电子表格：a.xls")


def test_everything_is_called_as_it_reads(stage: Stage, page: SystemPage, tmp_path: Path) -> None:
    panel = read(stage, page, a_file(tmp_path, JIA, BAD))
    assert misnamed(panel) == []
    press_f8(stage, page)
    assert misnamed(panel) == []
    QTest.keyClick(panel.check.table, Qt.Key.Key_Down)


def test_who_may_not_import_is_told_before_a_file_is_read(qtbot: QtBot, tmp_path: Path) -> None:
    with on_stage(qtbot, a_desk(tmp_path / "desk"), name="出纳丁") as stage:
        page = SystemPage(stage.workplace)
        stage.show(page)
        page.open_part("imports")
        stage.settle()
        read(stage, page, tmp_path / "没有这个文件.xlsx")
        assert "经办" in page.messages.text()
        assert "文件" not in page.messages.text()
