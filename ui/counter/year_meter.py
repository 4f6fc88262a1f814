"""The year meter (年度限额条): how often and how much already, by which standard, what is left.

The bar shows given, asked and free parts of the cap; the lines below say the same in words, so that
nothing depends on colour.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.eligibility import PastRelief, YearMeter
from reliefdesk.domain.money import ZERO, Money
from ui import theme

_BAR_HEIGHT = 18
_RADIUS = 3
# Two tints of one colour: what was given already is the darker one.
_GIVEN, _ASKED, _OVER = theme.ACCENT, QColor("#8db4da"), theme.ERROR


def headline(meter: YearMeter) -> str:
    """How many times already, of how many, and in which year."""
    window = f"{meter.since:%Y-%m-%d} 至 {meter.until:%Y-%m-%d}"
    return f"已救助 {meter.times_used} 次，限 {meter.times_limit} 次（{window}）"


def sums(meter: YearMeter, asked: Money = ZERO) -> str:
    """What was given, what the cap is and what is left, in 元; what is asked for now beside it."""
    now = f"；本次申请 {asked.figures} 元" if asked > ZERO else ""
    if meter.cap is None or meter.left is None:
        return f"已救助 {meter.used.figures} 元；未录入低保标准，限额无法计算{now}"
    told = f"已用 {meter.used.figures} ／ 限额 {meter.cap.figures}，剩余 {meter.left.figures} 元"
    return told + now


def basis(meter: YearMeter) -> str:
    """The formula of the cap with the document of its standard."""
    if meter.standard is None:
        return "请先在「政策」中录入低保标准及其文号。"
    persons = f" × {meter.persons} 人" if meter.persons > 1 else ""
    rule = f"低保标准 {meter.standard.value} 元/月 × {meter.multiplier.value} 倍{persons}"
    return f"{rule}（{meter.standard.document}）"


def entry_line(entry: PastRelief) -> str:
    """One earlier relief: whose, when, where, why and how much."""
    who = f"{entry.tie.label} {entry.name}"
    state = "已发放" if entry.paid else "已批准未发放"
    if entry.imported:
        state = "已发放（导入）"
    cause = next((term.label for term in Cause if term.value == entry.cause), entry.cause)
    where = f" {entry.place}" if entry.place else ""
    return f"{who}　{entry.counted_on:%Y-%m-%d}{where}　{cause}　{entry.amount.figures} 元　{state}"


class CapBar(QWidget):
    """Given, asked and free parts of the cap as one bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("年度限额条")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cap, self._used, self._asked = ZERO, ZERO, ZERO

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A slim bar."""
        return QSize(200, _BAR_HEIGHT)

    def show_amounts(self, *, cap: Money | None, used: Money, asked: Money) -> None:
        """Set the parts; `cap` None draws an empty frame."""
        self._cap, self._used, self._asked = cap or ZERO, used, asked
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the parts from left to right; what exceeds the cap is red."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        whole = max(self._cap.fen, self._used.fen + self._asked.fen)
        if whole <= 0 or self._cap == ZERO:
            return
        used, both = self._used.fen, self._used.fen + self._asked.fen
        cap = self._cap.fen
        parts = ((0, min(used, cap), _GIVEN), (min(used, cap), min(both, cap), _ASKED))
        for start, end, colour in (*parts, (cap, max(cap, both), _OVER)):
            left, right = (1 + (self.width() - 2) * fen / whole for fen in (start, end))
            painter.fillRect(QRectF(left, 1, right - left, self.height() - 2), colour)
        if both > cap:
            edge = 1 + (self.width() - 2) * cap / whole
            painter.fillRect(QRectF(edge - 1, 0, 2, self.height()), QColor("black"))


class YearMeterBar(QWidget):
    """The bar with its lines."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = CapBar()
        self._headline, self._sums, self._basis, self._entries = (QLabel() for _ in range(4))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        named = (
            (self._headline, "救助次数"),
            (self._sums, "限额与剩余"),
            (self._basis, "限额依据"),
            (self._entries, "计入的救助"),
        )
        layout.addWidget(self.bar)
        for label, name in named:
            label.setWordWrap(True)
            label.setAccessibleName(name)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        bold = self._headline.font()
        bold.setBold(True)
        self._headline.setFont(bold)
        self.clear()

    def clear(self) -> None:
        """Say what will stand here."""
        self.bar.show_amounts(cap=None, used=ZERO, asked=ZERO)
        self._headline.setText("填写人员后，这里显示本年度的次数和限额")
        for label in (self._sums, self._basis, self._entries):
            label.clear()
            label.hide()

    def text(self) -> str:
        """Everything the lines say."""
        labels = (self._headline, self._sums, self._basis, self._entries)
        return "\n".join(label.text() for label in labels if label.text())

    def show_meter(self, meter: YearMeter, *, asked: Money) -> None:
        """Show one meter; `asked` is the amount now requested or suggested."""
        self.bar.show_amounts(cap=meter.cap, used=meter.used, asked=asked)
        self._headline.setText(headline(meter))
        entries = "\n".join(entry_line(entry) for entry in meter.entries)
        texts = (
            (self._sums, sums(meter, asked)),
            (self._basis, basis(meter)),
            (self._entries, entries),
        )
        for label, text in texts:
            label.setText(text)
            label.setVisible(bool(text))
