"""A level that opens on a page and that Esc leaves again (Esc: one level back).

Its commands win over those of the page under it: one key can only mean one thing.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget


class Level(QWidget):
    """Hidden at first; while it is open, Esc inside it closes it and `closed` tells the page."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silenced: list[QAction] = []
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it is shown on its page."""
        return not self.isHidden()

    def close_level(self) -> None:
        """Back to the page; what was typed stays in the boxes."""
        self.hide()
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Commands of the page that have the same key rest while this is open."""
        super().showEvent(event)
        own = {key for action in self.actions() for key in _keys(action)}
        above = self.parentWidget()
        while above is not None:
            for action in above.actions():
                if action.isEnabled() and own & set(_keys(action)):
                    action.setEnabled(False)
                    self._silenced.append(action)
            above = above.parentWidget()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """They work again."""
        super().hideEvent(event)
        for action in self._silenced:
            action.setEnabled(True)
        self._silenced.clear()

    def event(self, event: QEvent) -> bool:
        """Claim Esc, which elsewhere is the window's."""
        if event.type() is QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes."""
        if _is_escape(event):
            self.close_level()
        else:
            super().keyPressEvent(event)


def _keys(action: QAction) -> list[str]:
    return [keys.toString() for keys in action.shortcuts()]


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
