"""What the rules say while the form is being filled: 符合, 不符合 or 需人工核定, with every reason.

Each reason carries its source; the year meter stands beneath. Colour only repeats the mark.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.cases import EligibilityRecord, Finding, Reason, Route
from reliefdesk.domain.eligibility import YearMeter
from reliefdesk.domain.money import Money
from ui import theme
from ui.counter.signs import FINDING_MARKS
from ui.counter.year_meter import YearMeterBar
from ui.widgets.wrapped_label import WrappedLabel

_INKS = {
    Finding.MEETS: (theme.SUCCESS, theme.SUCCESS_SOFT),
    Finding.FAILS: (theme.ERROR, theme.ERROR_SOFT),
    Finding.MANUAL: (theme.WARNING, theme.WARNING_SOFT),
}


def reason_line(reason: Reason) -> str:
    """A reason with its mark and source: `× 本年度已救助……〔乌民发〔2021〕17号 第二条〕`."""
    mark = FINDING_MARKS[reason.finding]
    return f"{mark} {wording.reason_sentence(reason)}　依据：{reason.source}"


class EligibilityPanel(QWidget):
    """Finding, route, reasons and the year meter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = QLabel("")
        self.finding.setAccessibleName("资格核对结果")
        self.finding.setFont(theme.strong_font())
        self.finding.setMargin(theme.GAP_SMALL)
        self.reasons = WrappedLabel()
        self.reasons.setAccessibleName("资格核对理由")
        self.meter = YearMeterBar()
        self._meter_heading = theme.heading("年度限额条")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (
            theme.heading("资格核对"),
            self.finding,
            self.reasons,
            self._meter_heading,
            self.meter,
        ):
            column.addWidget(part)
        self.clear()

    def clear(self) -> None:
        """Nothing is known yet."""
        self.clear_finding()
        self.meter.clear()

    def clear_finding(self) -> None:
        """Say what is still needed."""
        self.finding.setText("待填")
        theme.ground(self.finding, theme.RAIL)
        theme.ink(self.finding, theme.INK_QUIET)
        self.reasons.setText(wording.text("counter.eligibility_waits"))

    def offer_meter(self, meter: YearMeter | None, *, asked: Money) -> None:
        """Show the meter of an open case; a closed one has none."""
        for part in (self._meter_heading, self.meter):
            part.setVisible(meter is not None)
        self.show_meter(meter, asked=asked)

    def show_early(self, reasons: Sequence[Reason]) -> None:
        """Show the reasons that stand already while the form is incomplete."""
        self.clear_finding()
        if reasons:
            self.reasons.setText("\n".join(reason_line(reason) for reason in reasons))

    def show_meter(self, meter: YearMeter | None, *, asked: Money) -> None:
        """Show the year meter; `asked` is the amount typed."""
        if meter is None:
            self.meter.clear()
        else:
            self.meter.show_meter(meter, asked=asked)

    def show_record(self, record: EligibilityRecord) -> None:
        """Show a recorded outcome."""
        ink, ground = _INKS[record.finding]
        route = "" if record.route is Route.HERE else f"　→ {record.route.label}"
        self.finding.setText(f"{FINDING_MARKS[record.finding]} {record.finding.label}{route}")
        theme.ground(self.finding, ground)
        theme.ink(self.finding, ink)
        self.reasons.setText("\n".join(reason_line(reason) for reason in record.reasons))
