"""The cash journal of a month or a year on screen: opening, entries, day, month and year totals.

A red entry is red and says 红字; the lines come from the computation that the paper uses.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.cash import CashJournal, JournalLine, LineKind
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Operator
from ui import theme
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tables import RIGHT, Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

Span = tuple[date, date]
_CHOICE_WIDTH = 440
_TOTALS = frozenset({LineKind.DAY, LineKind.MONTH, LineKind.YEAR})


def is_red(line: JournalLine) -> bool:
    """Whether a line takes something back."""
    return line.entry is not None and (line.sums.income.fen < 0 or line.sums.outgo.fen < 0)


def _ink(line: JournalLine) -> QColor | None:
    if is_red(line):
        return theme.ERROR
    return theme.ACCENT if line.entry is None else None


def _summary(line: JournalLine) -> str:
    if line.entry is None:
        return line.kind.label
    said = line.entry.summary
    return wording.text("cash_page.red", summary=said) if is_red(line) else said


def _moved(pick: Callable[[JournalLine], Money]) -> Callable[[JournalLine], str]:
    def text(line: JournalLine) -> str:
        amount = pick(line)
        return amount.figures if amount.fen or line.kind in _TOTALS else ""

    return text


COLUMNS: tuple[Column[JournalLine], ...] = (
    Column(title="日期", text=lambda line: line.on.isoformat(), characters=6, ink=_ink),
    Column(
        title="凭证号",
        text=lambda line: "" if line.entry is None else line.entry.voucher,
        characters=13,
        ink=_ink,
    ),
    Column(title="摘要", text=_summary, characters=18, ink=_ink),
    Column(
        title="对方科目",
        text=lambda line: "" if line.entry is None else line.entry.account,
        characters=10,
        ink=_ink,
    ),
    Column(
        title="收入",
        text=_moved(lambda line: line.sums.income),
        align=RIGHT,
        characters=5,
        ink=_ink,
    ),
    Column(
        title="支出",
        text=_moved(lambda line: line.sums.outgo),
        align=RIGHT,
        characters=5,
        ink=_ink,
    ),
    Column(
        title="余额",
        text=lambda line: line.balance.figures,
        align=RIGHT,
        characters=5,
        ink=_ink,
    ),
)


class JournalView(QWidget):
    """`span_changed` tells that other days are wanted."""

    span_changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.grid = FieldGrid(columns=2)
        self.span = self.grid.add("span", "账期", ChoiceField[Span](prompt="本月"))
        self.cashier = self.grid.add("cashier", "出纳", ChoiceField[OperatorId](prompt="全部"))
        self.grid.setFixedWidth(_CHOICE_WIDTH)
        self.sums = QLabel("")
        self.sums.setAccessibleName("本期合计")
        self.rows: RowTable[JournalLine] = RowTable(COLUMNS)
        self.table = TableView("现金日记账", self.rows)
        self.empty = WrappedLabel()
        self._today = today
        self.offer(None, today)
        self.span.choose(month_of(today))
        self.grid.changed.connect(self._tell)
        self._lay_out()

    def offer(self, days: Span | None, today: date) -> None:
        """Offer every month and year that may have a line, the newest first."""
        self._today = today
        first = today if days is None else min(days[0], today)
        self.span.set_options(spans(first, today))

    def offer_cashiers(self, cashiers: Sequence[Operator]) -> None:
        """Offer the drawers; none chosen shows the whole office."""
        self.cashier.set_options([(one.operator_id, one.name) for one in cashiers])

    def wanted(self) -> Span:
        """The days to show (inclusive)."""
        return self.span.chosen() or month_of(self._today)

    def turn(self, months: int) -> None:
        """The month so many months later; where none is offered nothing happens."""
        since, until = self.wanted()
        outside = until + timedelta(days=1) if months > 0 else since - timedelta(days=1)
        before = self.span.chosen()
        self.span.choose(month_of(outside))
        if self.span.chosen() is None:
            self.span.choose(before)

    def show_journal(self, journal: CashJournal, *, ever: bool) -> None:
        """Show the lines and sums of the days; `ever` says whether the drawer was ever filled."""
        self.rows.set_rows(journal.lines)
        entries = any(line.entry is not None for line in journal.lines)
        self.empty.setVisible(not entries)
        self.empty.setText(wording.text("cash_page.month_empty" if ever else "cash_page.empty"))
        self.sums.setText(
            wording.text(
                "cash_page.sums",
                opening=journal.opening,
                income=journal.sums.income,
                outgo=journal.sums.outgo,
                closing=journal.closing,
            )
        )
        self.table.choose_row(0)

    def _lay_out(self) -> None:
        self.sums.setFont(theme.strong_font())
        theme.quiet(self.empty)
        head = QHBoxLayout()
        head.addWidget(self.grid)
        head.addWidget(self.sums)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        self.empty.hide()

    def _tell(self, _name: str) -> None:
        self.span_changed.emit()


def month_of(day: date) -> Span:
    """First and last day of the month of a day."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day.replace(day=1), following - timedelta(days=1)


def spans(first: date, last: date) -> list[tuple[Span, str]]:
    """Every month and whole year from `first` to `last`, the newest first."""
    found: list[tuple[Span, str]] = []
    for year in range(last.year, first.year - 1, -1):
        for month in range(12, 0, -1):
            begin, end = month_of(date(year, month, 1))
            if end >= first and begin <= last:
                found.append(((begin, end), f"{year}年{month}月"))
        found.append(((date(year, 1, 1), date(year, 12, 31)), f"{year}年全年"))
    return found
