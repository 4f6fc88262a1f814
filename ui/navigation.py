"""The rail at the left: one large flat button for each page, the page in front in the accent."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ui import theme

WIDTH = 108
_BUTTON = QSize(WIDTH, 44)
_MARK = 4


class RailButton(QToolButton):
    """Shows its action's text; what is in front is marked by ground, bar and ink."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground, mark, text and the frame of the keyboard's focus."""
        del event
        painter = QPainter(self)
        if self.isChecked():
            painter.fillRect(self.rect(), theme.PAGE)
            painter.fillRect(QRect(0, 0, _MARK, self.height()), theme.ACCENT)
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.LINE)
        painter.setPen(theme.ACCENT if self.isChecked() else theme.INK)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(theme.ACCENT)
            painter.drawRect(self.rect().adjusted(_MARK, 0, -1, -1))


class Rail(QWidget):
    """The column of buttons; empty until somebody has signed in."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.GAP, 0, theme.GAP)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        theme.ground(self, theme.RAIL)
        self.setFixedWidth(WIDTH)

    def add(self, action: QAction, hint: str) -> None:
        """Put a button for an action below the others."""
        button = RailButton()
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        button.setToolTip(hint)
        button.setAutoRaise(True)
        button.setFixedSize(_BUTTON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column.insertWidget(self._column.count() - 1, button)
