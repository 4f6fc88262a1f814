"""Counts what a clerk does: an action is a click or a command key; typed text is not counted.

Every key goes to the widget that has the focus, as in life, so a budget holds only if the cursor
really stands where the next text belongs.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.ui.real_page import Stage
from ui.widgets.choice_field import ChoiceField

_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


@dataclass
class Clerk:
    """One pair of hands at the window of a stage."""

    stage: Stage
    actions: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many actions so far."""
        return len(self.actions)

    def press(self, keys: str) -> None:
        """Press a command key such as `F8`, `Enter` or `Ctrl+Enter`: one action."""
        self.actions.append(keys)
        *held, name = keys.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for each in held:
            modifiers |= _MODIFIERS[each]
        code = Qt.Key.Key_Return if name == "Enter" else getattr(Qt.Key, f"Key_{name}")
        QTest.keyClick(self.focus(), code, modifiers)
        self.stage.settle()

    def click(self, button: QAbstractButton) -> None:
        """Click a button: one action."""
        self.actions.append(f"click {button.accessibleName()}")
        assert button.isVisible(), button.accessibleName()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.stage.settle()

    def type(self, text: str) -> None:
        """Type into the box that has the cursor: no action. Han text is inserted whole."""
        box = self.focus()
        if isinstance(box, ChoiceField):
            QTest.keyClicks(box, text)
        elif text.isascii() and hasattr(box, "selectAll"):
            box.selectAll()
            QTest.keyClicks(box, text)
        else:
            _insert(box, text)
        self.stage.settle()

    def focus(self) -> QWidget:
        """The widget with the cursor."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def standing_at(self) -> str:
        """The name of the box with the cursor."""
        return self.focus().accessibleName()


def _insert(box: QWidget, text: str) -> None:
    for method in ("insert", "insertPlainText"):
        if hasattr(box, method):
            getattr(box, method)(text)
            return
    raise AssertionError(box.accessibleName())
