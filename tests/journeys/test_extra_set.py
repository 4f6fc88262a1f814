"""The extra nasty set of RULES.md §8, point by point, as a clerk meets it.

Point by point, the tests that prove it (those named here without a file stand in this file):

* 测试䶮 and a glyph that no font has: test_a_rare_name_is_printed_and_one_without_a_face_is_named,
  documents/test_fonts
* 巴特尔・测试 confirmed to U+00B7: test_a_wrong_dot_in_a_name_is_confirmed_to_the_right_one
* clock set back one day: test_a_clock_set_back_a_day_is_said_and_noted, services/test_cash
* disk full during payment: services/test_disk_full
* power cut between commit and print, two windows on one case: journeys/test_rules
* restored backup: sync/test_epochs
* 6.40181E+17 from Excel: test_a_number_that_excel_spoilt_is_a_refused_row, domain/test_import_cells
* stick pulled while writing: devices/test_sticks (pulled at any step)
* deletion request: test_a_wish_to_be_deleted_is_answered_by_the_manual_and_the_notice
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import CaseFilter
from reliefdesk.domain.desks import ClockWentBack
from reliefdesk.domain.events import Entry
from reliefdesk.domain.form_settings import CaseForm
from reliefdesk.domain.ids import PersonId
from reliefdesk.domain.persons import PersonDetails, PersonDraft
from reliefdesk.services import cases, imports, papers, persons
from reliefdesk.services.recording import Context
from reliefdesk.storage import journal
from tests.builders import P01, P03, a_desk
from tests.journeys.window import Journey, a_window, pdf_text

PRIVATE_USE = "\ue000"


def paid(window: Journey, name: str, *, person: PersonDraft = P01) -> None:
    window.begin(replace(person, name=name))
    window.tell(yuan="500")
    window.press("F8")
    window.decide()
    window.pay()


def the_person(window: Journey) -> PersonDetails:
    (row,) = window.ask(lambda context: cases.listed(context, CaseFilter()))
    person_id = PersonId(row.person_id)
    return window.ask(lambda context: persons.person(context, person_id)).details


def test_a_rare_name_is_printed_and_one_without_a_face_is_named(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        paid(window, "测试䶮")
        window.press("Ctrl+P")
        assert "测试䶮" in pdf_text(window.printed()[0])
        window.press("Esc")
        paid(window, f"测试{PRIVATE_USE}", person=P03)
        window.press("Ctrl+P")
        assert "U+E000" in window.message()
        assert len(window.printed()) == 1


def test_a_wrong_dot_in_a_name_is_confirmed_to_the_right_one(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        window.begin(replace(P01, name="巴特尔・测试"))
        assert "姓名中的间隔号已改为标准写法「·」" in window.screen()
        window.tell(yuan="500")
        window.press("F8")
        assert the_person(window).name == "巴特尔·测试"


def entries(context: Context) -> list[Entry]:
    return list(journal.entries(context.file))


def test_a_clock_set_back_a_day_is_said_and_noted(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    with a_window(qtbot, made) as window:
        window.begin(P01)
        window.tell(yuan="500")
        window.press("F8")
        made.clock.advance(-timedelta(days=1))
        window.press("Ctrl+1")
        assert any("请先校对电脑时间" in "".join(row) for row in window.table("今日待办"))
        window.press("Ctrl+2")
        window.decide()
        kinds = [type(entry.event) for entry in window.ask(entries)]
        assert ClockWentBack in kinds


def a_sheet(folder: Path, *rows: list[Any]) -> Path:
    path = folder / "登记.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(place, column, cell)
    book.close()
    return path


def test_a_number_that_excel_spoilt_is_a_refused_row(qtbot: QtBot, tmp_path: Path) -> None:
    file = a_sheet(
        tmp_path,
        ["姓名", "身份证号", "金额", "发放日期"],
        ["测试甲", P01.number, 500, "2021-01-15"],
        ["测试乙", "6.40181E+17", 500, "2021-01-15"],
    )
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        window.press("Ctrl+4", "Ctrl+Shift+I")
        window.answer_dialog(file, "Space")
        window.press("F8")
        found = " ".join(window.table("问题、重复和略过的行")[0])
        assert "6.40181E+17" in found
        assert "B3" in found
        assert window.ask(imports.imports) == ()


def test_a_wish_to_be_deleted_is_answered_by_the_manual_and_the_notice(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        paid(window, P01.name)
        window.press("F1")
        (manual,) = window.window.findChildren(QTextBrowser)
        assert "没有到期不能删除" in manual.toPlainText()
        (row,) = window.ask(lambda context: cases.listed(context, CaseFilter()))
        notice = window.ask(
            lambda context: papers.form_pdf(context, CaseForm.PRIVACY_NOTICE, row.case_id)
        )
        assert "法律规定的保存期没有到，不能删除" in pdf_text(notice)
        assert the_person(window).name == P01.name
