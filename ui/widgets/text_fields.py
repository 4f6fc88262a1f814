"""Boxes for text: each keeps what was typed, whatever is typed, and says when it was edited."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

NARRATIVE_LINES = 3
SIDE = 4


class TextField(QLineEdit):
    """One line of Chinese text; the input method is on."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextMargins(SIDE, 0, SIDE, 0)
        self.textChanged.connect(self._tell)

    def _tell(self) -> None:
        self.edited.emit()


class NameField(TextField):
    """A person's name, in any script; the input method is on and nothing is normalised."""


class NumberField(TextField):
    """Numbers of identity papers, phones, receipts: typed in Latin, never through an input method.

    fcitx5 turns `123x` into `123下` in a plain field; refusing the input method is the only cure
    that works (hints are ignored by the common engines).
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)

    def inputMethodQuery(  # noqa: N802 - Qt's name
        self, query: Qt.InputMethodQuery, argument: object = None
    ) -> object:
        """Answer as a line edit does, but say that no input method is wanted."""
        if query is Qt.InputMethodQuery.ImEnabled:
            return False
        if argument is None:
            return super().inputMethodQuery(query)
        return super().inputMethodQuery(query, argument)


class PinField(NumberField):
    """The six digits that prove an officer's presence; never shown.

    They prove it here and now: out of sight (another page, the lock, another operator) they go.
    """

    DIGITS = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(self.DIGITS)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Forget the digits; a window that is only minimised keeps them."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.clear()


class PassphraseField(TextField):
    """The sign-in secret; never shown unless `reveal` is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)


class NarrativeField(QPlainTextEdit):
    """Several lines of text. Tab and Enter leave it; Shift+Enter begins a new line."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, lines: int = NARRATIVE_LINES) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        spacing = self.fontMetrics().lineSpacing()
        self.setFixedHeight(lines * spacing + 2 * int(self.document().documentMargin()) + 4)
        self.textChanged.connect(self._tell)

    def text(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def setText(self, text: str) -> None:  # noqa: N802 - as the one-line boxes have it
        """Replace the text, as when a draft is taken up again."""
        self.setPlainText(text)

    def _tell(self) -> None:
        self.edited.emit()


def new_line_wanted(event: QEvent) -> bool:
    """Whether a key stroke asks for a line break inside a narrative."""
    return (
        isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    )
