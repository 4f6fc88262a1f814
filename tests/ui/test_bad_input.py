"""Whatever is typed into a box is marked or accepted: nothing breaks, and no other box changes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import CaseFilter
from reliefdesk.services import cases
from tests.builders import TestDesk, a_desk, an_approved_case
from tests.ui.real_page import Stage, on_stage
from ui.cases.page import CasesPage
from ui.cash.page import CashPage
from ui.counter.page import CounterPage
from ui.ledger.page import LedgerPage
from ui.pages import Page, Workplace
from ui.policies.page import PoliciesPage
from ui.system.page import SystemPage

NASTY = {
    "control characters": "测\x00试\x07\x1b[31m\r\n\t\x7f",
    "ten thousand characters": "长" * 10_000,
    "emoji": "👨‍👩‍👧‍👦🦀🇨🇳",
    "right to left": "\u202e640181\u202d\u200f\u2066",
    "sql": "'; DROP TABLE persons; --\" OR 1=1",
    "full width": "６４０１８１１９８５０６１７９９７６　ＡＢｃ",
    "lone surrogate": "甲\ud800乙",
    "formula": "=cmd|' /C calc'!A0",
    "percent and braces": "%s%n{name}{0}%(x)s",
    "not a number": "NaN 1e309 -0 ٣٤٥",
}


@pytest.fixture
def made(tmp_path: Path) -> TestDesk:
    desk = a_desk(tmp_path / "desk")
    an_approved_case(desk)
    return desk


@pytest.fixture
def stage(qtbot: QtBot, made: TestDesk) -> Iterator[Stage]:
    with on_stage(qtbot, made) as opened:
        yield opened


Box = QLineEdit | QPlainTextEdit


def boxes(page: QWidget) -> list[Box]:
    """Every box of a page that takes text now, whether it is in sight or not."""
    found: list[Box] = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    return [box for box in found if box.isEnabled() and not box.isReadOnly()]


def text_of(box: Box) -> str:
    return box.toPlainText() if isinstance(box, QPlainTextEdit) else box.text()


def type_over(box: Box, text: str) -> None:
    """Put text in as a paste does, so that every signal of typing follows."""
    if isinstance(box, QPlainTextEdit):
        box.selectAll()
        box.insertPlainText(text)
    else:
        box.selectAll()
        box.insert(text)


@pytest.mark.parametrize("kind", NASTY)
def test_the_counter_takes_any_text_in_any_box_and_changes_no_other(
    stage: Stage, kind: str
) -> None:
    page = CounterPage(stage.workplace)
    stage.show(page)
    for box in boxes(page):
        others = {id(other): text_of(other) for other in boxes(page) if other is not box}
        type_over(box, NASTY[kind])
        stage.settle()
        changed = [
            other.accessibleName()
            for other in boxes(page)
            if id(other) in others and text_of(other) != others[id(other)]
        ]
        assert changed == [], box.accessibleName()
    stage.settle()


@pytest.mark.parametrize("made_by", [CasesPage, LedgerPage, CashPage, PoliciesPage, SystemPage])
@pytest.mark.parametrize("kind", NASTY)
def test_every_other_page_takes_any_text(
    stage: Stage, made_by: Callable[[Workplace], Page], kind: str
) -> None:
    page = made_by(stage.workplace)
    stage.show(page)
    for box in boxes(page.widget):
        type_over(box, NASTY[kind])
        stage.settle()
    assert len(stage.ask(lambda context: cases.listed(context, CaseFilter()))) == 1
