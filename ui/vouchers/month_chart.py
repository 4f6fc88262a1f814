"""What each month of the year gave, as small bars: for people who would rather look."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reliefdesk.domain.money import Money
from reliefdesk.domain.statistics import Month
from ui import theme

_MONTHS = 12


class MonthChart(QWidget):
    """Twelve places; the chosen month is darker. Its accessible description says every figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._amounts: tuple[tuple[Month, Money], ...] = ()
        self._chosen: Month | None = None
        self.setAccessibleName("各月发放金额图")
        self.setFixedSize(13 * theme.line_height(self), 3 * theme.line_height(self))

    def show_year(self, amounts: Sequence[tuple[Month, Money]], chosen: Month) -> None:
        """Show the months of a year."""
        self._amounts, self._chosen = tuple(amounts), chosen
        said = "，".join(f"{month.number}月{amount.figures}元" for month, amount in amounts)
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Bars above one base line, the month below it."""
        painter = QPainter(self)
        line = theme.line_height(self)
        room, base = self.height() - line, self.height() - line
        most = max((amount.fen for _, amount in self._amounts), default=0)
        step = self.width() / _MONTHS
        painter.setPen(theme.LINE)
        painter.drawLine(0, base, self.width(), base)
        for month, amount in self._amounts:
            left = (month.number - 1) * step
            height = room * amount.fen / most if most > 0 and amount.fen > 0 else 0
            bar = QRectF(left + step * 0.2, base - height, step * 0.6, height)
            chosen = month == self._chosen
            painter.fillRect(bar, theme.ACCENT if chosen else theme.ACCENT_SOFT)
            painter.setPen(theme.INK if chosen else theme.INK_QUIET)
            place = QRectF(left, base, step, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{month.number}月")
        painter.end()
