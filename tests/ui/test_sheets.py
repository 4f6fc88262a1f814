"""Claims about 另存为 Excel: the file has the totals of the screen, the page says where it is."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from reliefdesk import wording
from tests.builders import a_desk, a_pay_order, an_approved_case
from tests.services.money import pay
from tests.ui.real_page import Stage, on_stage
from ui.cash.page import CashPage
from ui.ledger.page import LedgerPage
from ui.vouchers.page import VouchersPage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = a_desk(tmp_path / "desk")
    pay(made, a_pay_order(made, an_approved_case(made)))
    with on_stage(qtbot, made) as opened:
        yield opened


def cells(path: Path) -> list[str]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [str(cell) for row in rows for cell in row]


def test_the_ledger_is_saved_as_filtered(stage: Stage, tmp_path: Path) -> None:
    page = LedgerPage(stage.workplace)
    stage.show(page)
    book = page.ledger.sheet()
    assert book is not None
    title, make = book
    assert title == "工作台账20210101至20211231"
    page.saver.save(tmp_path / title, make)
    stage.settle()
    assert page.messages.text().startswith("✓ 已保存")
    assert "640181198506179976" in cells(tmp_path / f"{title}.xlsx")
    assert "2000.0" in cells(tmp_path / f"{title}.xlsx")


def test_a_filter_that_cannot_be_read_saves_nothing(stage: Stage) -> None:
    page = LedgerPage(stage.workplace)
    stage.show(page)
    page.ledger.filter.until.setText("2021-13-1")
    assert page.ledger.sheet() is None
    page.excel_action.trigger()
    assert page.ledger.filter.until.hasFocus()


def test_the_numbers_are_saved_with_their_year(stage: Stage, tmp_path: Path) -> None:
    page = LedgerPage(stage.workplace)
    stage.show(page)
    page.turn()
    title, make = page.numbers.sheet()
    page.saver.save(tmp_path / title, make)
    stage.settle()
    assert "XJ-150302003-2021-000001" in cells(tmp_path / f"{title}.xlsx")


def test_the_journal_is_saved_with_the_days_on_screen(stage: Stage, tmp_path: Path) -> None:
    page = CashPage(stage.workplace)
    stage.show(page)
    title, make = page.sheet()
    assert title.endswith("20210301至20210331")
    page.saver.save(tmp_path / title, make)
    stage.settle()
    assert "8000.0" in cells(tmp_path / f"{title}.xlsx")
    assert date(2021, 3, 31) == page.journal.wanted()[1]


def test_the_month_is_saved_with_the_sum_on_screen(stage: Stage, tmp_path: Path) -> None:
    page = VouchersPage(stage.workplace)
    stage.show(page)
    page.open_record("statistics")
    stage.settle()
    book = page.front.book()
    assert book is not None
    title, make = book
    page.saver.save(tmp_path / title, make)
    stage.settle()
    assert "2,000.00元" in page.front.totals.text()
    assert "2000.0" in cells(tmp_path / f"{title}.xlsx")


def test_a_list_without_a_workbook_says_so(stage: Stage) -> None:
    page = VouchersPage(stage.workplace)
    stage.show(page)
    page.open_record("pads")
    stage.settle()
    page.excel_action.trigger()
    assert page.messages.text().endswith(wording.text("vouchers.no_book"))


def test_a_place_that_cannot_be_written_is_said(stage: Stage, tmp_path: Path) -> None:
    page = LedgerPage(stage.workplace)
    stage.show(page)
    _, make = page.numbers.sheet()
    page.saver.save(tmp_path / "nowhere" / "a", make)
    stage.settle()
    assert page.messages.text().startswith("× 文件没有保存")


def test_the_import_is_one_command_away(stage: Stage) -> None:
    page = LedgerPage(stage.workplace)
    stage.show(page)
    with stage.qtbot.waitSignal(page.record_wanted) as wanted:
        page.import_action.trigger()
    assert wanted.args == ["system", "imports"]
