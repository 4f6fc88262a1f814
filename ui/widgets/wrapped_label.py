"""A label for sentences: as high as its lines need at the width it has, so nothing is cut."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


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
        needed = self.heightForWidth(self.width()) if self.text() else 0
        # Exactly: a grid would otherwise give the height of Qt's own, narrower guess.
        self.setFixedHeight(max(0, needed))
