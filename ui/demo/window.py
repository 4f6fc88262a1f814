"""Drives the real window from outside: finds widgets by their Chinese names, presses real keys.

What it cannot find, or what does not come in time, is a NotOnScreenError that names it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from reliefdesk.errors import BugError
from ui.shell import Shell
from ui.widgets.choice_field import ChoiceField

PATIENCE_MS = 15_000
SIZE = (1366, 768)
_STEP_MS = 5
_LOOK_EVERY_MS = 50
_DIGITS = 9
_BOXES_AT_MOST = 12

WidgetT = TypeVar("WidgetT", bound=QWidget)


class NotOnScreenError(BugError):
    """What a person would look for is not on the screen. Facts: wanted, front, said."""

    code = "demo.not_on_screen"


class DrivenWindow:
    """A pair of hands and eyes at the window of a running shell."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.window = shell.window
        self.window.resize(*SIZE)

    def press(self, *keys: str) -> None:
        """Press keys one after another, as `F8` or `Ctrl+Enter`; each goes where a key goes."""
        for key in keys:
            stroke = QKeySequence(key)[0]  # type: ignore[index]  # the stub forgets it
            QTest.keyClick(self._receiver(), stroke.key(), stroke.keyboardModifiers())
            self.settle()

    def type_text(self, text: str) -> None:
        """Type into whatever has the cursor: Latin by keys, Chinese as an input method commits."""
        for latin, piece in _pieces(text):
            if latin:
                for char in piece:
                    QTest.keyClick(self._receiver(), char)  # type: ignore[call-overload]
            else:
                commit = QInputMethodEvent()
                commit.setCommitString(piece)
                QApplication.sendEvent(self._cursor(), commit)
        self.settle()

    def fill(self, name: str, text: str, *, within: QWidget | None = None) -> None:
        """Put the cursor into a box, as a click does, and type over what stands there."""
        box = self.go(name, within=within)
        self.press("Ctrl+A", "Delete")
        if isinstance(box, QLineEdit) and box.text():
            raise NotOnScreenError(wanted=f"an empty {name}", **self._front())
        self.type_text(text)

    def go(self, name: str, *, within: QWidget | None = None) -> QWidget:
        """Put the cursor into a box or table, as a click does."""
        box = self.named(name, QWidget, within=within)
        self._go(box)
        return box

    def choose(self, name: str, label: str, *, within: QWidget | None = None) -> None:
        """Choose from a list by keys: the digit of a near entry, else Down until it stands."""
        box = self.named(name, ChoiceField, within=within)
        self._go(box)
        place = box.findText(label)
        if place < 0:
            raise NotOnScreenError(wanted=f"{name}: {label}", **self._front())
        if 0 < place <= _DIGITS:
            self.press(str(place))
            return
        self.press("Home")
        for _ in range(place):
            self.press("Down")

    def select(self, name: str, text: str) -> None:
        """Walk down a table by keys to the row that begins with `text`."""
        starts = [row[0] for row in self.table(name)]
        if text not in starts:
            raise NotOnScreenError(wanted=f"{name}: {text}", **self._front())
        self.go(name)
        self.press("Ctrl+Home", *["Down"] * starts.index(text))

    def go_on_to(self, name: str, *, key: str = "Enter") -> None:
        """Press Enter until the cursor stands in the box of this name, as a clerk does."""
        for _ in range(_BOXES_AT_MOST):
            if self.standing_at() == name:
                return
            self.press(key)
        raise NotOnScreenError(wanted=name, **self._front())

    def standing_at(self) -> str:
        """The name of the box with the cursor."""
        found = self.window.focusWidget()
        return "" if found is None else found.accessibleName()

    def click(self, name: str, *, within: QWidget | None = None) -> None:
        """Press the button of this name."""
        button = self.named(name, QAbstractButton, within=within)
        if not button.isEnabled():
            raise NotOnScreenError(wanted=f"{name} enabled", **self._front())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def named(self, name: str, kind: type[WidgetT], *, within: QWidget | None = None) -> WidgetT:
        """The visible widget that a screen reader would call so; waits until there is one."""

        def seen() -> WidgetT | None:
            found = self.all_named(name, kind, within=within)
            return found[0] if found else None

        found: WidgetT = self.wait(seen, wanted=name)
        return found

    def all_named(
        self, name: str, kind: type[WidgetT], *, within: QWidget | None = None
    ) -> list[WidgetT]:
        """Every visible widget of this name."""
        root = within if within is not None else self.window
        return [
            each
            for each in root.findChildren(kind)
            if each.accessibleName() == name and each.isVisible()
        ]

    def says(self, name: str) -> str:
        """The text of the label of this name."""
        return self.named(name, QLabel).text()

    def reads(self, name: str, *, within: QWidget | None = None) -> str:
        """What stands in the box of this name."""
        box: Any = self.named(name, QWidget, within=within)
        return str(box.currentText() if isinstance(box, QComboBox) else box.text())

    def message(self) -> str:
        """What the one alert of the page in front says."""
        front = self.shell.window.front
        return "" if front is None else front.messages.text()

    def table(self, name: str) -> list[list[str]]:
        """Every cell of a table as text."""
        model = self.named(name, QTableView).model()
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def screen(self) -> str:
        """All text that stands on labels of the page in front, for looking for a phrase."""
        front = self.shell.window.front
        labels = [] if front is None else front.widget.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def settle(self) -> None:
        """Wait until the desk has answered everything and the window has shown it."""
        operations = self.shell.operations
        self._spin()
        self.wait(lambda: not operations.busy or None, wanted="an answer of the desk")
        self._spin()
        self.wait(lambda: not operations.busy or None, wanted="an answer of the desk")

    def wait(self, look: Callable[[], WidgetT | bool | None], *, wanted: str) -> Any:  # noqa: ANN401
        """Look until something is seen; raises NotOnScreenError."""
        patience = QElapsedTimer()
        patience.start()
        while (found := look()) is None:
            if patience.elapsed() > PATIENCE_MS:
                raise NotOnScreenError(wanted=wanted, **self._front())
            QTest.qWait(_STEP_MS)
        return found

    def picture(self, path: Path) -> None:
        """Save what the window looks like, without a blinking cursor."""
        self.settle()
        self.window.grab().save(str(path))

    def save_as(self, path: Path, *keys: str) -> None:
        """Press the keys that open the file dialog, then answer it with `path`."""
        self.answer_dialog(path, *keys)
        self.wait(lambda: path.is_file() or None, wanted=path.name)
        self.settle()

    def answer_dialog(self, path: Path, *keys: str) -> None:
        """Press the keys that open a dialog for a file or folder, then type `path` there."""
        answered: list[bool] = []
        timer = QTimer(self.window)

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            box = dialog.findChild(QLineEdit) if isinstance(dialog, QFileDialog) else None
            if not answered and box is not None and dialog is not None and dialog.isVisible():
                answered.append(True)
                box.setText(str(path))
                QTest.keyClick(box, Qt.Key.Key_Return)

        timer.timeout.connect(answer)
        timer.start(_LOOK_EVERY_MS)
        try:
            self.press(*keys)
        finally:
            timer.stop()
        # Where no window manager does it, nobody gives the keyboard back to the window.
        self.window.activateWindow()
        self.settle()

    def _go(self, box: QWidget) -> None:
        box.setFocus(Qt.FocusReason.MouseFocusReason)
        self._spin()

    def _cursor(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        found = QApplication.focusWidget() if popup is None else self.window.focusWidget()
        if found is None:
            raise NotOnScreenError(wanted="a cursor", **self._front())
        return found

    def _receiver(self) -> QWindow:
        handle = self.window.windowHandle()
        assert handle is not None  # noqa: S101 - the window is shown
        return handle

    def _front(self) -> dict[str, object]:
        front = self.window.front
        return {"front": "" if front is None else front.title, "said": self.message()}

    def _spin(self) -> None:
        QTest.qWait(0)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def _pieces(text: str) -> list[tuple[bool, str]]:
    """Runs of characters that have a key, and runs that need an input method."""
    runs: list[tuple[bool, str]] = []
    for char in text:
        latin = char.isascii()
        if runs and runs[-1][0] is latin:
            runs[-1] = (latin, runs[-1][1] + char)
        else:
            runs.append((latin, char))
    return runs
