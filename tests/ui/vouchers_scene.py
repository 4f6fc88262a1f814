"""What the tests of the place 票款 share: a real page, typing into a form, confirming by PINs."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.builders import PINS
from tests.ui.real_page import Stage
from ui.vouchers.page import VouchersPage
from ui.widgets.amount_field import AmountField
from ui.widgets.choice_field import ChoiceField
from ui.widgets.day_fields import DateField
from ui.widgets.text_fields import NarrativeField, PinField, TextField


def a_page(stage: Stage) -> VouchersPage:
    """Show the place."""
    page = VouchersPage(stage.workplace)
    stage.show(page)
    return page


def fill(page: VouchersPage, **texts: str) -> None:
    """Type into the boxes of the open form; a choice is made by its label."""
    for name, text in texts.items():
        put(page.form.grid.field(name), text)


def put(box: QWidget, text: str) -> None:
    """Write a text, or choose an option by its label."""
    match box:
        case ChoiceField():
            box.setCurrentIndex(box.findText(text))
            assert box.currentIndex() > 0, text
        case NarrativeField():
            box.setPlainText(text)
        case AmountField() | DateField() | PinField() | TextField():
            box.setText(text)


def text_in(page: VouchersPage, name: str) -> str:
    """What stands in a box of the open form."""
    box = page.form.grid.field(name)
    assert isinstance(box, TextField)
    return str(box.text())


def escape(stage: Stage, page: VouchersPage) -> None:
    """Leave the open form by Esc."""
    QTest.keyClick(page.form, Qt.Key.Key_Escape)
    stage.settle()


def confirm(stage: Stage, page: VouchersPage, *officers: str) -> None:
    """Choose the officers, type their PINs, confirm and wait."""
    for place, name in enumerate(officers):
        fill(page, **{f"officer{place}": name, f"officer{place}_pin": PINS[name]})
    page.form.confirm()
    stage.settle()
    stage.settle()


def trigger(stage: Stage, page: VouchersPage, command: str) -> None:
    """Give the command of the tab in front by its name."""
    (action,) = [each for each in page.front.actions_here if each.objectName() == command]
    assert action.isEnabled(), command
    action.trigger()
    stage.settle()


def leave(qtbot: QtBot, page: VouchersPage) -> None:
    """Close a paper that is shown."""
    page.printing.close_level()
    qtbot.wait(0)
