"""A choice from a closed list: F2 or F7 opens it, first letters of 汉字 jump to an entry."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from reliefdesk.domain.terms import Term
from ui.widgets.initials import first_letters

T = TypeVar("T")
TermT = TypeVar("TermT", bound=Term)
PROMPT = "请选择"


class ChoiceField(QComboBox, Generic[T]):
    """Options are pairs of value and Chinese label; nothing is chosen at first."""

    edited = Signal()

    def __init__(
        self,
        options: Iterable[tuple[T, str]] = (),
        *,
        prompt: str = PROMPT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._prompt = prompt
        self._values: list[T] = []
        self._letters: list[str] = []
        self.setMaxVisibleItems(12)
        self.set_options(options)
        self.currentIndexChanged.connect(self._tell)

    def set_options(self, options: Iterable[tuple[T, str]]) -> None:
        """Offer other options; what was chosen stays chosen if it is still offered."""
        before = self.chosen() if self._values else None
        pairs = list(options)
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.clear()
        self._values = [value for value, _ in pairs]
        self._letters = [first_letters(label) for _, label in pairs]
        self.addItems([self._prompt, *(label for _, label in pairs)])
        self.choose(before)
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def chosen(self) -> T | None:
        """The chosen value, or None."""
        index = self.currentIndex() - 1
        return self._values[index] if 0 <= index < len(self._values) else None

    def choose(self, value: T | None) -> None:
        """Choose a value; one that is not offered, or None, chooses nothing."""
        found = self._values.index(value) if value in self._values else -1
        self.setCurrentIndex(found + 1)

    def text(self) -> str:
        """The label of the chosen value; empty while nothing is chosen."""
        return self.currentText() if self.currentIndex() > 0 else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """F2 and F7 open the list; a letter or digit jumps to the next fitting entry."""
        typed = event.text().lower()
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_F7):
            self.showPopup()
        elif typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(self._values):
            self.setCurrentIndex(int(typed))
        elif typed.isalpha() and typed.isascii():
            self._jump(typed)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Ignore the wheel: scrolling a page must not change an answer."""
        event.ignore()

    def _jump(self, letter: str) -> None:
        count = len(self._letters)
        start = self.currentIndex()
        for step in range(count):
            index = (start + step) % count
            if self._letters[index].startswith(letter):
                self.setCurrentIndex(index + 1)
                return

    def _tell(self) -> None:
        self.edited.emit()


def term_choice(
    terms: type[TermT] | Sequence[TermT], *, prompt: str = PROMPT
) -> "ChoiceField[TermT]":
    """A choice among the members of a closed list, by their Chinese labels."""
    return ChoiceField([(term, term.label) for term in terms], prompt=prompt)
