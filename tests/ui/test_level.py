"""A level over a page: its keys win while it is open, the page has them back afterwards."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import keymap
from ui.widgets.level import Level


def _page(qtbot: QtBot, told: Callable[[str], None]) -> tuple[QWidget, Level, QLineEdit]:
    page = QWidget()
    column = QVBoxLayout(page)
    level, box = Level(), QLineEdit()
    QVBoxLayout(level).addWidget(box)
    column.addWidget(level)
    keymap.action("cash.close", page, lambda: told("page"))
    keymap.action("paper.save", level, lambda: told("level"))
    qtbot.addWidget(page)
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page, level, box


def test_a_key_of_page_and_level_means_the_level_while_it_is_open(qtbot: QtBot) -> None:
    told: list[str] = []
    page, level, box = _page(qtbot, told.append)
    level.show()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_F6)
    level.close_level()
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert told == ["level", "page"]


def test_a_command_that_rested_anyway_is_not_woken(qtbot: QtBot) -> None:
    page, level, _ = _page(qtbot, lambda _told: None)
    (action,) = page.actions()
    action.setEnabled(False)
    level.show()
    level.close_level()
    assert not action.isEnabled()
