"""The grid names fields as labelled, moves on with Enter, and shows problems where they are."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.problems import Level, Problem
from tests.ui.walk import misnamed
from ui.widgets.choice_field import term_choice
from ui.widgets.confirm_panel import ConfirmPanel
from ui.widgets.field_grid import FieldGrid
from ui.widgets.masked_label import MaskedLabel
from ui.widgets.text_fields import NameField, NarrativeField, NumberField

WRONG = Problem(field="number", code="ui.needed")
DOUBT = Problem(field="name", code="ui.again_differs", level=Level.WARNING)


def a_grid(qtbot: QtBot) -> FieldGrid:
    grid = FieldGrid(columns=2)
    grid.add("name", "姓名", NameField())
    grid.add("number", "证件号码", NumberField())
    grid.add("kind", "用途", term_choice(DeskKind))
    grid.add("story", "急难情况", NarrativeField(), span=2)
    qtbot.addWidget(grid)
    grid.show()
    grid.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is grid)
    return grid


def press_enter() -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)


def test_every_field_is_named_as_its_label(qtbot: QtBot) -> None:
    grid = a_grid(qtbot)
    assert misnamed(grid) == []
    assert grid.field("kind").accessibleName() == "用途"


def test_enter_goes_through_the_fields_in_reading_order(qtbot: QtBot) -> None:
    grid = a_grid(qtbot)
    grid.field("name").setFocus()
    for name in ("number", "kind", "story"):
        press_enter()
        assert QApplication.focusWidget() is grid.field(name)


def test_enter_leaves_a_story_and_shift_enter_breaks_a_line(qtbot: QtBot) -> None:
    grid = a_grid(qtbot)
    story = grid.field("story")
    assert isinstance(story, NarrativeField)
    story.setFocus()
    QTest.keyClick(story, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert story.text() == "\n"
    QTest.keyClick(story, Qt.Key.Key_Return)
    assert story.text() == "\n"
    assert QApplication.focusWidget() is not story


def test_control_enter_submits_from_any_field(qtbot: QtBot) -> None:
    grid = a_grid(qtbot)
    for name in grid.names():
        with qtbot.waitSignal(grid.submitted):
            QTest.keyClick(grid.field(name), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_problem_stands_at_its_field_and_the_text_stays(qtbot: QtBot) -> None:
    grid = a_grid(qtbot)
    number = grid.field("number")
    assert isinstance(number, NumberField)
    number.setText("15030219900101123x")
    unknown = Problem(field="elsewhere", code="ui.needed")
    assert grid.show_problems([DOUBT, WRONG, unknown]) == (unknown,)
    assert number.text() == "15030219900101123x"
    assert grid.problem_text("number").startswith("× ")
    assert grid.problem_text("name").startswith("▲ ")
    assert number.accessibleDescription() == grid.problem_text("number")
    assert grid.focus_first_problem()
    assert QApplication.focusWidget() is number


def test_a_warning_does_not_take_the_cursor(qtbot: QtBot) -> None:
    grid = a_grid(qtbot)
    grid.show_problems([DOUBT])
    assert not grid.focus_first_problem()
    grid.clear_problems()
    assert grid.problem_text("name") == ""


def test_a_long_problem_is_not_cut(qtbot: QtBot) -> None:
    grid = a_grid(qtbot)
    grid.resize(500, 200)
    long = Problem(field="number", code="identity.check_digit")
    grid.show_problems([long, long])
    QApplication.processEvents()
    shown = [label for label in grid.findChildren(QWidget) if label.isVisible() and _cut(label)]
    assert shown == []


def _cut(widget: QWidget) -> bool:
    return widget.hasHeightForWidth() and widget.height() < widget.heightForWidth(widget.width())


def test_edits_are_told_by_name(qtbot: QtBot) -> None:
    grid = a_grid(qtbot)
    told: list[str] = []
    grid.changed.connect(told.append)
    QTest.keyClicks(grid.field("number"), "1")
    QTest.keyClicks(grid.field("kind"), "1")
    assert told == ["number", "kind"]


def test_a_masked_number_copies_masked_and_is_revealed_only_while_held(qtbot: QtBot) -> None:
    label = MaskedLabel()
    qtbot.addWidget(label)
    label.show_number("640181198506179976")
    label.reveal_wanted.connect(lambda: label.reveal("640181198506179976"))
    button = label.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    QTest.keyPress(button, Qt.Key.Key_Space)
    assert label.visible_text() == "640181198506179976"
    label.copy()
    assert QGuiApplication.clipboard().text() == "6401**********9976"
    QTest.keyRelease(button, Qt.Key.Key_Space)
    assert label.visible_text() == "6401**********9976"
    label.reveal("640181198506179976")
    assert label.visible_text() == "6401**********9976"


OFFICER = Operator(operator_id=OperatorId("o1"), name="审批丙", seats=(Seat.APPROVER,), active=True)


def test_enter_in_the_pin_box_confirms_nothing(qtbot: QtBot) -> None:
    panel = ConfirmPanel("确认审批")
    qtbot.addWidget(panel)
    panel.set_officers([OFFICER])
    panel.show()
    confirmed: list[tuple[str, str]] = []
    panel.confirmed.connect(lambda who, pin: confirmed.append((who, pin)))
    QTest.keyClicks(panel.pin, "624716")
    QTest.keyClick(panel.pin, Qt.Key.Key_Return)
    QTest.keyClick(panel.button, Qt.Key.Key_Return)
    assert confirmed == []
    panel.confirm()
    assert confirmed == [("o1", "624716")]


def test_an_incomplete_pin_is_marked_and_kept(qtbot: QtBot) -> None:
    panel = ConfirmPanel("确认审批")
    qtbot.addWidget(panel)
    panel.set_officers([OFFICER])
    panel.pin.setText("624")
    panel.confirm()
    assert panel.pin.text() == "624"
    assert panel.grid.problem_text("pin")
    assert misnamed(panel) == []
