"""The work ledger on screen: filter, lines with the first columns fixed, and the totals of §3.7."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.ledger import Ledger, LedgerFilter, LedgerRow
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import ledger, printing, sheets
from reliefdesk.services.printing import Paper, PaperMedia
from reliefdesk.services.recording import Context
from reliefdesk.services.sheets import Sheet
from ui import theme
from ui.ledger.columns import FROZEN, LEDGER
from ui.ledger.filter_bar import FilterBar
from ui.ledger.frozen_table import FrozenTable
from ui.pages import Workplace
from ui.widgets.latest import Latest
from ui.widgets.tables import RowTable
from ui.widgets.wrapped_label import WrappedLabel


class LedgerTab(QWidget):
    """`case_chosen` carries the case of the line that was entered."""

    title = "工作台账"
    case_chosen = Signal(str)

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__()
        self.filter = FilterBar(workplace.today)
        self.rows: RowTable[LedgerRow] = RowTable(LEDGER)
        self.table = FrozenTable(self.title, self.rows, frozen=FROZEN)
        self.totals = QLabel("")
        self.totals.setAccessibleName("合计")
        self.empty = WrappedLabel(wording.text("ledger_page.empty"))
        self.note = QLabel(wording.text("ledger_page.masked"))
        self._latest: Latest[Ledger] = Latest(
            workplace.operations, parent=self, done=self._show, failed=failed
        )
        self.filter.changed.connect(self.load)
        self.table.row_chosen.connect(self._choose)
        self._lay_out()

    def load(self) -> None:
        """Read the lines of the filter; an unreadable filter leaves what is shown."""
        wanted = self.filter.wanted()
        if wanted is not None:
            self._latest.ask(lambda context: ledger.ledger(context, wanted))

    def paper(self) -> Callable[[Context], Paper] | None:
        """What makes the paper of the filter as it stands; None while it cannot be read."""
        wanted = self.filter.wanted()
        return None if wanted is None else lambda context: _paper(context, wanted)

    def sheet(self) -> tuple[str, Callable[[Context], Sheet]] | None:
        """File name and maker of the filter's sheet; None while the filter cannot be read."""
        wanted = self.filter.wanted()
        if wanted is None:
            return None
        return _title(wanted), lambda context: sheets.ledger_sheet(context, wanted)

    def _lay_out(self) -> None:
        self.totals.setFont(theme.strong_font())
        theme.quiet(self.empty)
        theme.quiet(self.note)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.filter)
        column.addWidget(self.totals)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.empty.hide()

    def _show(self, found: Ledger) -> None:
        self.rows.set_rows(found.rows)
        sums = found.totals
        self.totals.setText(
            wording.text(
                "ledger_page.totals",
                cases=sums.cases,
                persons=sums.persons,
                payments=sums.payments,
                approved=sums.approved,
                paid=sums.paid,
                cash=sums.paid_cash,
            )
        )
        self.empty.setVisible(not found.rows)
        if found.rows:
            self.table.choose_row(0)

    def _choose(self, position: int) -> None:
        row = self.rows.row(position)
        if row is not None:
            self.case_chosen.emit(row.case_id)


def _title(wanted: LedgerFilter) -> str:
    days = {"since": f"{wanted.since:%Y%m%d}", "until": f"{wanted.until:%Y%m%d}"}
    return wording.text("ledger_page.title", **days)


def _paper(context: Context, wanted: LedgerFilter) -> Paper:
    return printing.Paper(
        form="work_ledger",
        title=_title(wanted),
        media=PaperMedia.A3,
        pdf=ledger.ledger_pdf(context, wanted),
    )
