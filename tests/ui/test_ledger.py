"""Claims about the page 工作台账: totals as in service and paper, masked numbers, filters."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.cases import Cause, Stage
from reliefdesk.domain.ledger import year_filter
from reliefdesk.services import ledger, number_fates
from tests.builders import P02, TestDesk, a_desk, a_draft, a_pay_order, an_approved_case
from tests.services.money import approved, pay, reverse, sign
from tests.ui.real_page import Stage as Scene
from tests.ui.real_page import on_stage
from ui.ledger.page import LedgerPage


@pytest.fixture
def made(tmp_path: Path) -> TestDesk:
    """Give a desk with one payment that stands and one that was reversed."""
    desk = a_desk(tmp_path / "desk")
    pay(desk, a_pay_order(desk, an_approved_case(desk)))
    other = approved(desk, replace(a_draft(P02, yuan="700.50"), cause=Cause.FIRE))
    paid = pay(desk, a_pay_order(desk, other))
    sign(desk, paid.receipt_no)
    reverse(desk, paid.receipt_no)
    return desk


@pytest.fixture
def stage(qtbot: QtBot, made: TestDesk) -> Iterator[Scene]:
    """Give the desk behind a worker."""
    with on_stage(qtbot, made) as opened:
        yield opened


@pytest.fixture
def page(stage: Scene) -> LedgerPage:
    """Give the page with its lines."""
    shown = LedgerPage(stage.workplace)
    stage.show(shown)
    return shown


def paper_text(page: LedgerPage) -> str:
    assert page.printing.paper is not None
    pages = PdfReader(io.BytesIO(page.printing.paper.pdf)).pages
    return "".join("".join(each.extract_text().split()) for each in pages)


def test_lines_and_totals_are_those_of_the_service(stage: Scene, page: LedgerPage) -> None:
    found = stage.ask(lambda context: ledger.ledger(context, year_filter(2021)))
    assert page.ledger.rows.rows() == found.rows
    assert page.ledger.totals.text() == (
        # a reversal takes its money back
        "2件　2人　1人次　批准2,700.50元　发放2,000.00元　其中现金2,000.00元"
    )


def test_the_paper_shows_the_totals_of_the_screen(stage: Scene, page: LedgerPage) -> None:
    page.print_action.trigger()
    stage.settle()
    stage.settle()
    text = paper_text(page)
    assert "2,700.50" in text
    assert "2,000.00" in text
    assert not page.printing.sheet.pixmap().isNull()


def test_numbers_on_screen_are_masked(page: LedgerPage) -> None:
    shown = [
        str(page.ledger.rows.index(row, column).data())
        for row in range(page.ledger.rows.rowCount())
        for column in range(page.ledger.rows.columnCount())
    ]
    assert "6401**********9976" in shown
    assert not any("640181198506179976" in text for text in shown)


def test_a_cause_leaves_its_lines_only_and_f5_brings_all_back(
    stage: Scene, page: LedgerPage
) -> None:
    page.ledger.filter.cause.choose(Cause.FIRE)
    stage.settle()
    assert [row.cause for row in page.ledger.rows.rows()] == [Cause.FIRE]
    QTest.keyClick(page.ledger.table, Qt.Key.Key_F5)
    stage.settle()
    assert len(page.ledger.rows.rows()) == 2


def test_a_filter_without_lines_says_what_to_do(stage: Scene, page: LedgerPage) -> None:
    page.ledger.filter.stage.choose(Stage.REFUSED)
    stage.settle()
    assert page.ledger.empty.isVisible()
    assert "清除筛选" in page.ledger.empty.text()


def test_an_unreadable_day_is_marked_and_kept_and_the_lines_stay(
    stage: Scene, page: LedgerPage
) -> None:
    page.ledger.filter.until.setText("2021-13-1")
    stage.settle()
    assert page.ledger.filter.until.text() == "2021-13-1"
    assert "2021-13-1" in page.ledger.filter.grid.problem_text("until")
    assert len(page.ledger.rows.rows()) == 2


def test_an_end_before_the_start_is_named(page: LedgerPage) -> None:
    page.ledger.filter.until.setText("2020-1-1")
    assert page.ledger.filter.grid.problem_text("until").startswith("× 截止日早于起始日")
    page.print_action.trigger()
    assert not page.printing.is_open


def test_every_number_has_its_fate_on_screen_as_in_the_service(
    stage: Scene, page: LedgerPage
) -> None:
    page.turn_action.trigger()
    stage.settle()
    assert page.numbers.rows.rows() == stage.ask(lambda context: number_fates.fates(context, 2021))
    assert page.numbers.totals.text().endswith("作废、红冲1个　有效金额2,000.00元")


def test_enter_on_a_line_leads_to_the_case(stage: Scene, page: LedgerPage) -> None:
    with stage.qtbot.waitSignal(page.record_wanted) as wanted:
        QTest.keyClick(page.ledger.table, Qt.Key.Key_Return)
    row = page.ledger.rows.row(0)
    assert row is not None
    assert wanted.args == ["cases", row.case_id]


def test_the_paper_is_saved_as_shown_and_esc_leads_back(
    stage: Scene, page: LedgerPage, tmp_path: Path
) -> None:
    page.print_action.trigger()
    stage.settle()
    stage.settle()
    paper = page.printing.paper
    assert paper is not None
    page.printing.save(tmp_path / "台账")
    stage.settle()
    assert (tmp_path / "台账.pdf").read_bytes() == paper.pdf
    assert "已保存" in page.messages.text()
    QTest.keyClick(page.printing.area, Qt.Key.Key_Escape)
    assert page.tabs.isVisible()
    assert not page.printing.is_open


def test_a_place_that_cannot_be_written_is_said_and_the_paper_stays(
    stage: Scene, page: LedgerPage, tmp_path: Path
) -> None:
    page.print_action.trigger()
    stage.settle()
    stage.settle()
    page.printing.save(tmp_path / "nowhere" / "台账.pdf")
    stage.settle()
    assert page.messages.text().startswith("× 文件没有保存")
    assert page.printing.is_open


def test_the_first_columns_stay_when_the_rest_scrolls(page: LedgerPage) -> None:
    table = page.ledger.table
    before = table.fixed.geometry()
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.fixed.geometry() == before
    assert not table.fixed.isColumnHidden(2)
    assert table.fixed.isColumnHidden(3)
