"""A place of tabs: lists with their acts; a form or a paper opens over them.

Subclasses say which tabs there are; what one records is told on the page.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.operators import Operator
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import operators
from reliefdesk.services.recording import Context, Recorded
from ui import failures, keymap, theme
from ui.pages import Workplace
from ui.printing.panel import PrintPanel
from ui.printing.sheet_saver import SheetSaver
from ui.vouchers.tab import PaperCall, VoucherTab
from ui.widgets.message_bar import MessageBar
from ui.widgets.order_form import OrderForm, Task


class TabPage(QWidget):
    """`front` is the tab in front; `record_wanted` asks for a record of another page."""

    title = ""
    key = ""
    record_wanted = Signal(str, str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.messages = MessageBar()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(f"{self.title}事项")
        self.tabs.setDocumentMode(True)
        self.form = OrderForm(workplace.today, now=workplace.now)
        workplace.session.signed_in.connect(self.form.forget)
        self.printing = PrintPanel(workplace, self.messages)
        self.saver = SheetSaver(workplace, self.messages, self)
        self._all: tuple[VoucherTab[Any], ...] = ()
        self.excel_action = keymap.action(f"{self.key}.excel", self, self.save_book)
        self.turn_action = keymap.action(f"{self.key}.turn", self, self.turn)
        self.form.ordered.connect(self._order)
        self.form.closed.connect(self._back)
        self.printing.closed.connect(self._back)
        self._lay_out()

    def add_tabs(self, *tabs: VoucherTab[Any]) -> None:
        """Put the tabs in their order; called once, at the end of a subclass's `__init__`."""
        self._all = tabs
        for tab in tabs:
            self.tabs.addTab(tab, tab.title)
            tab.task_wanted.connect(self._begin)
            tab.paper_wanted.connect(self._show_paper)
            tab.case_wanted.connect(self._open_case)
        self.tabs.currentChanged.connect(lambda _place: self._turned())

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def front(self) -> VoucherTab[Any]:
        """The tab in front."""
        return self._all[self.tabs.currentIndex()]

    def shown(self) -> None:
        """Read the tab in front; the cursor stands in its list."""
        self.front.load()
        if not self.form.is_open and not self.printing.is_open:
            self.front.take_cursor()

    def changed(self, kinds: frozenset[str]) -> None:
        """Read the tab in front again; a form keeps what is typed."""
        if kinds & self.front.shows:
            self.front.load()

    def open_record(self, record_id: str) -> None:
        """Bring a tab to the front by the name of its noun."""
        found = getattr(self, record_id, None)
        if found in self._all:
            self.tabs.setCurrentWidget(found)

    def turn(self) -> None:
        """The next tab."""
        if not self.form.is_open and not self.printing.is_open:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def save_book(self) -> None:
        """Save the list in front as a workbook, as it is shown."""
        book = self.front.book()
        if book is None:
            self.messages.show_note(wording.text("vouchers.no_book"))
        else:
            self.saver.ask_where(*book)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(theme.title(self.title))
        head.addStretch(1)
        head.addWidget(keymap.button(self.excel_action))
        head.addWidget(keymap.button(self.turn_action))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self.form)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.printing, 1)
        # Under a form alone nothing else stretches; the form must not.
        column.addStretch(0)

    def _turned(self) -> None:
        self.messages.clear()
        self.front.load()
        self.front.take_cursor()

    def _begin(self, task: Task) -> None:
        self.messages.clear()
        self._workplace.operations.run(
            operators.operators, done=lambda staff: self._open(task, staff), failed=self.say
        )

    def _open(self, task: Task, staff: tuple[Operator, ...]) -> None:
        self.tabs.hide()
        self.form.open(task, staff)

    def _order(self, call: Callable[[Context], Recorded[Any]]) -> None:
        self.form.setEnabled(False)
        self._workplace.operations.run(call, done=self._recorded, failed=self._refused)

    def _recorded(self, done: Recorded[Any]) -> None:
        task = self.form.task
        self.form.finish()
        if task is None:
            return
        if task.follow is not None:
            task.follow(done.result)
        # After what follows, which clears the line: who is paid next must not hide who was paid.
        self.messages.show_success(task.done(done.result))

    def _refused(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)
        self.form.refuse()

    def _show_paper(self, make: PaperCall) -> None:
        self.form.hide()
        self.tabs.hide()
        self.printing.open(make)

    def _back(self) -> None:
        self.tabs.show()
        self.front.take_cursor()

    def _open_case(self, case_id: str) -> None:
        self.record_wanted.emit("cases", case_id)

    def say(self, error: ReliefDeskError) -> None:
        """Say a refusal on the page."""
        failures.show(error, self.messages)
