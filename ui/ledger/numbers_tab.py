"""号码去向: what became of every receipt number of a year (§3.13), void and reversed ones too."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.number_fates import NumberFate, NumberKind, net_of
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import number_fates, sheets
from reliefdesk.services.printing import Paper, PaperMedia
from reliefdesk.services.recording import Context
from reliefdesk.services.sheets import Sheet
from ui import theme
from ui.ledger.columns import NUMBERS
from ui.ledger.frozen_table import FrozenTable
from ui.pages import Workplace
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.latest import Latest
from ui.widgets.tables import RowTable
from ui.widgets.wrapped_label import WrappedLabel

_YEAR_WIDTH = 260


class NumbersTab(QWidget):
    """`case_chosen` carries the case of the number that was entered."""

    title = "号码去向"
    case_chosen = Signal(str)

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__()
        self._this_year = workplace.today().year
        self.grid = FieldGrid()
        self.year = self.grid.add("year", "年度", ChoiceField[int]())
        self.grid.setFixedWidth(_YEAR_WIDTH)
        self.set_years((self._this_year,))
        self.year.choose(self._this_year)
        self.rows: RowTable[NumberFate] = RowTable(NUMBERS)
        self.table = FrozenTable(self.title, self.rows, frozen=1)
        self.totals = QLabel("")
        self.totals.setAccessibleName("号码合计")
        self.empty = WrappedLabel()
        self.note = QLabel(wording.text("ledger_page.numbers_note"))
        self._latest: Latest[tuple[NumberFate, ...]] = Latest(
            workplace.operations, parent=self, done=self._show, failed=failed
        )
        self.grid.changed.connect(self.load)
        self.table.row_chosen.connect(self._choose)
        self._lay_out()

    def add_button(self, button: QPushButton) -> None:
        """Put a command of the page beside the year."""
        self._head.addWidget(button)

    def set_years(self, years: tuple[int, ...]) -> None:
        """Offer these years, the newest first."""
        self.year.set_options([(year, f"{year}年") for year in sorted(years, reverse=True)])

    def load(self) -> None:
        """Read the numbers of the chosen year."""
        year = self._chosen()
        self._latest.ask(lambda context: number_fates.fates(context, year))

    def paper(self) -> Callable[[Context], Paper]:
        """What makes the paper of the chosen year."""
        year = self._chosen()

        def make(context: Context) -> Paper:
            return Paper(
                form="number_list",
                title=wording.text("ledger_page.numbers_title", year=year),
                media=PaperMedia.A4,
                pdf=number_fates.numbers_pdf(context, year),
            )

        return make

    def sheet(self) -> tuple[str, Callable[[Context], Sheet]]:
        """File name and maker of the chosen year's sheet."""
        year = self._chosen()
        title = wording.text("ledger_page.numbers_title", year=year)
        return title, lambda context: sheets.numbers_sheet(context, year)

    def void_register(self) -> Callable[[Context], Paper]:
        """What makes the register of void numbers of the chosen year."""
        year = self._chosen()
        return lambda context: number_fates.void_register(context, year)

    def _chosen(self) -> int:
        return self.year.chosen() or self._this_year

    def _lay_out(self) -> None:
        self.totals.setFont(theme.strong_font())
        theme.quiet(self.empty)
        theme.quiet(self.note)
        self._head = QHBoxLayout()
        self._head.addWidget(self.grid)
        self._head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(self._head)
        column.addWidget(self.totals)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        self.empty.hide()

    def _show(self, found: tuple[NumberFate, ...]) -> None:
        self.rows.set_rows(found)
        undone = sum(row.is_undone for row in found)
        self.totals.setText(
            wording.text(
                "ledger_page.number_totals",
                count=len(found),
                undone=undone,
                net=net_of(found, NumberKind.RECEIPT, NumberKind.PAD),
                back=net_of(found, NumberKind.REPAYMENT),
            )
        )
        self.empty.setText(wording.text("ledger_page.numbers_empty", year=self._chosen()))
        self.empty.setVisible(not found)
        if found:
            self.table.choose_row(0)

    def _choose(self, position: int) -> None:
        row = self.rows.row(position)
        if row is not None and row.case_id is not None:
            self.case_chosen.emit(row.case_id)
