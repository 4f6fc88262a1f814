"""A label for sentences: as high as its lines need at the width it has, so nothing is cut."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_ROOM = 1 << 20
_WRAP = Qt.TextFlag.TextWordWrap.value


class WrappedLabel(QLabel):
    """Layouts give a wrapped label too little height when space is short; this one insists."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show a text and take the height it needs."""
        super().setText(text)
        self._insist()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take the height that the lines need at the new width."""
        super().resizeEvent(event)
        self._insist()

    def _insist(self) -> None:
        # Measured from the text: Qt's heightForWidth never goes below the height fixed before.
        room = QRect(0, 0, max(1, self.width()), _ROOM)
        needed = self.fontMetrics().boundingRect(room, _WRAP, self.text()).height()
        # Exactly: a grid would otherwise give the height of Qt's own, narrower guess.
        self.setFixedHeight(needed if self.text() else 0)
