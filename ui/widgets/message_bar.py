"""One alert, in place, at the top of a page: what, why, what to do. Never a box on top."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from reliefdesk.wording import Sentence
from ui import theme
from ui.widgets.wrapped_label import WrappedLabel

CLOSE = "收起"


class MessageBar(QFrame):
    """Shows the latest message only; hidden while there is none."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = WrappedLabel()
        self._close = QToolButton()
        self._close.setText(CLOSE)
        self._close.setAccessibleName(CLOSE)
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP_SMALL, theme.GAP_SMALL)
        row.addWidget(self._text)
        row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_failure(self, sentence: Sentence) -> None:
        """Say what failed, why, and what to do."""
        self._say(theme.ERROR_MARK + sentence.whole, theme.ERROR, theme.ERROR_SOFT)

    def show_warning(self, text: str) -> None:
        """Say what should be looked at and may stand."""
        self._say(theme.WARNING_MARK + text, theme.WARNING, theme.WARNING_SOFT)

    def show_success(self, text: str) -> None:
        """Say what was done."""
        self._say("✓ " + text, theme.SUCCESS, theme.SUCCESS_SOFT)

    def show_note(self, text: str) -> None:
        """Say something that is neither good nor bad."""
        self._say(text, theme.INK, theme.ACCENT_SOFT)

    def add_note(self, text: str) -> None:
        """Say it below what was just said, which stays."""
        said = self._text.text()
        if not said:
            self.show_note(text)
        elif text not in said:
            self._text.setText(f"{said}\n{text}")
            self.setAccessibleName(self._text.text())

    def text(self) -> str:
        """What the bar says; empty when it says nothing."""
        return self._text.text()

    def clear(self) -> None:
        """Say nothing any more."""
        self._text.setText("")
        self.hide()
        self.closed.emit()

    def _say(self, text: str, ink: QColor, ground: QColor) -> None:
        self._text.setText(text)
        theme.ground(self, ground)
        theme.ink(self._text, ink)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
