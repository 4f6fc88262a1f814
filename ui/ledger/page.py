"""工作台账: every case with all columns of §3.7, and what became of every receipt number.

Both come from the services that make the paper, so that screen and PDF show the same sums.
"""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import cash
from ui import failures, keymap, theme
from ui.ledger.ledger_tab import LedgerTab
from ui.ledger.numbers_tab import NumbersTab
from ui.pages import Workplace
from ui.printing.panel import PrintPanel
from ui.printing.sheet_saver import SheetSaver
from ui.widgets.message_bar import MessageBar

_SHOWS = frozenset({"cases", "payments", "receipts", "ledger", "persons"})


class LedgerPage(QWidget):
    """`record_wanted` names a page and the record to show there."""

    title = "工作台账"
    key = "ledger"
    record_wanted = Signal(str, str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.messages = MessageBar()
        self.ledger = LedgerTab(workplace, failed=self._failed)
        self.numbers = NumbersTab(workplace, failed=self._failed)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("台账和号码去向")
        self.tabs.setDocumentMode(True)
        for tab in (self.ledger, self.numbers):
            self.tabs.addTab(tab, tab.title)
            tab.case_chosen.connect(self._open_case)
        self.tabs.currentChanged.connect(self._turned)
        self.printing = PrintPanel(workplace, self.messages)
        self.printing.closed.connect(self._back_from_paper)
        self.print_action = keymap.action("ledger.print", self, self.print_book)
        self.all_action = keymap.action("ledger.all", self, self.ledger.filter.clear)
        self.turn_action = keymap.action("ledger.numbers", self, self.turn)
        self.excel_action = keymap.action("ledger.excel", self, self.save_book)
        self.import_action = keymap.action("ledger.import", self, self._open_import)
        self.saver = SheetSaver(workplace, self.messages, self)
        self.voids_action = keymap.action("ledger.voids", self, self.print_voids)
        self.numbers.add_button(keymap.button(self.voids_action))
        self._lay_out()

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def shown(self) -> None:
        """Read the book in front and put the cursor on its first line."""
        self._workplace.operations.run(cash.days, done=self._offer_years, failed=self._failed)
        if not self.printing.is_open:
            self._turned()

    def changed(self, kinds: frozenset[str]) -> None:
        """Read again; the filter stays as typed."""
        if kinds & _SHOWS:
            self._load()

    def open_record(self, record_id: str) -> None:
        """`numbers` shows what became of the numbers, anything else the ledger."""
        wanted = self.numbers if record_id == "numbers" else self.ledger
        self.tabs.setCurrentWidget(wanted)

    def turn(self) -> None:
        """From the ledger to the numbers and back."""
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())

    def print_book(self) -> None:
        """Show the paper of the book in front; once it is shown, print it."""
        if self.printing.is_open:
            self.printing.print_now()
            return
        on_numbers = self.tabs.currentWidget() is self.numbers
        make = self.numbers.paper() if on_numbers else self.ledger.paper()
        if make is None:
            self.ledger.filter.grid.focus_first_problem()
            return
        self.messages.clear()
        self._show_tabs(shown=False)
        self.printing.open(make)

    def save_book(self) -> None:
        """Save the book in front as a sheet, filtered as it is shown."""
        book = self._tab().sheet()
        if book is None:
            self.ledger.filter.grid.focus_first_problem()
        else:
            self.saver.ask_where(*book)

    def _open_import(self) -> None:
        self.record_wanted.emit("system", "imports")

    def print_voids(self) -> None:
        """Show the register of void numbers of the chosen year."""
        if not self.printing.is_open:
            self.messages.clear()
            self._show_tabs(shown=False)
            self.printing.open(self.numbers.void_register())

    def _lay_out(self) -> None:
        self._print_button = keymap.button(self.print_action)
        head = QHBoxLayout()
        head.addWidget(theme.title(self.title))
        head.addStretch(1)
        for action in self._actions():
            head.addWidget(keymap.button(action))
        head.addWidget(self._print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.printing, 1)

    def _show_tabs(self, *, shown: bool) -> None:
        self.tabs.setVisible(shown)
        self._print_button.setVisible(shown)
        for action in self._actions():
            action.setVisible(shown)

    def _actions(self) -> tuple[QAction, ...]:
        return (
            self.import_action,
            self.all_action,
            self.turn_action,
            self.excel_action,
        )

    def _back_from_paper(self) -> None:
        self._show_tabs(shown=True)
        self._tab().table.setFocus()

    def _turned(self) -> None:
        self._load()
        self.print_action.setText(f"打印{self._tab().title}")
        self._tab().table.setFocus()
        self.all_action.setEnabled(self.tabs.currentWidget() is self.ledger)

    def _tab(self) -> LedgerTab | NumbersTab:
        return self.numbers if self.tabs.currentWidget() is self.numbers else self.ledger

    def _load(self) -> None:
        self._tab().load()

    def _offer_years(self, days: tuple[date, date] | None) -> None:
        this_year = self._workplace.today().year
        first = this_year if days is None else min(days[0].year, this_year)
        years = tuple(range(first, this_year + 1))
        self.ledger.filter.set_years(years)
        self.numbers.set_years(years)

    def _open_case(self, case_id: str) -> None:
        self.record_wanted.emit("cases", case_id)

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)
