"""现金: what the drawers must hold, floats, the journal, blind counts, day closes and handovers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.cash import CashEntry, CashJournal, FloatDraft
from reliefdesk.domain.ids import EntryId, OperatorId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import cash, drawers, operators, sheets
from reliefdesk.services.printing import Paper, PaperMedia
from reliefdesk.services.recording import Context, Recorded
from reliefdesk.services.sheets import Sheet
from ui import failures, keymap, theme
from ui.cash import view as views
from ui.cash.float_form import Direction, FloatForm
from ui.cash.journal_view import JournalView, Span
from ui.cash.tabs import DrawerTabs
from ui.cash.view import DrawerView, PaperCall
from ui.pages import Workplace
from ui.printing.panel import PrintPanel
from ui.printing.sheet_saver import SheetSaver
from ui.widgets.latest import Latest
from ui.widgets.message_bar import MessageBar

_RELOADS = frozenset(
    {"cash", "payments", "operators", "counts", "closings", "handovers", "budgets", "cases"}
)
_TAB_COMMANDS = (
    "cash.journal",
    "cash.count",
    "cash.close",
    "cash.handover",
    "cash.float",
    "cash.transfer",
    "cash.budget",
)
_RECORDS = {"count": 1, "close": 2, "handover": 3, "float": 4, "transfer": 5, "budget": 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """Everything the page shows, read in one go so that the figures belong together."""

    balance: Money
    days: Span | None
    journal: CashJournal
    cashiers: tuple[Operator, ...]
    view: DrawerView


class CashPage(QWidget):
    """Balance on top, the tabs below; a float movement opens between them."""

    title = "现金"
    key = "cash"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._balance = ZERO
        self._has_cashier = True
        self.messages = MessageBar()
        self.balance = QLabel("")
        self.balance.setAccessibleName("备用金余额")
        self.form = FloatForm(workplace.today)
        self.journal = JournalView(workplace.today())
        self.tabs = DrawerTabs(workplace.ids, self.journal)
        self.printing = PrintPanel(workplace, self.messages)
        self.receive_action = keymap.action("cash.receive", self, self.receive)
        self.return_action = keymap.action("cash.return", self, self.give_back)
        self.confirm_action = keymap.action("cash.confirm", self, self.confirm)
        self.print_action = keymap.action("cash.print", self, self.print_front)
        self.post_action = keymap.action("cash.post", self, self.tabs.counting.post)
        self.back_action = keymap.action("cash.back", self, self.tabs.transfers.take_back)
        self.earlier_action = keymap.action("cash.earlier", self, lambda: self.journal.turn(-1))
        self.later_action = keymap.action("cash.later", self, lambda: self.journal.turn(1))
        self.excel_action = keymap.action("cash.excel", self, self.save_journal)
        self.saver = SheetSaver(workplace, self.messages, self)
        self.tabs.add_turning(self.excel_action, self.earlier_action, self.later_action)
        self._latest: Latest[Drawer] = Latest(
            workplace.operations, parent=self, done=self._show, failed=self._failed
        )
        for place, command in enumerate(_TAB_COMMANDS):
            keymap.action(command, self, self._turner(place))
        self._connect()
        self._lay_out()
        self._arrange()

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def shown(self) -> None:
        """Read everything; the cursor stands where work on the tab in front begins."""
        self.load()
        if not self.form.is_open and not self.printing.is_open:
            self.tabs.begin()

    def changed(self, kinds: frozenset[str]) -> None:
        """Money moved or cashiers came and went; what is typed stays."""
        if kinds & _RELOADS:
            self.load()

    def open_record(self, record_id: str) -> None:
        """Bring a tab to the front: `count`, `close`, `handover`, `float` and so on."""
        self.tabs.setCurrentIndex(_RECORDS.get(record_id, 0))

    def load(self) -> None:
        """Read balance, journal of the chosen days, drawers, and who is cashier."""
        since, until = self.journal.wanted()
        of = self.journal.cashier.chosen()
        self._latest.ask(lambda context: _drawer(context, (since, until), of))

    def receive(self) -> None:
        """Begin to take cash into the drawer."""
        self._open_form(Direction.RECEIVE)

    def give_back(self) -> None:
        """Begin to give cash back to finance."""
        self._open_form(Direction.RETURN)

    def confirm(self) -> None:
        """F8: the float movement that is open, else what the tab in front asks for."""
        acting = self.tabs.acting()
        if self.form.is_open:
            self.form.confirm()
        elif acting is not None and not self.printing.is_open:
            acting.confirm()

    def print_front(self) -> None:
        """Show the paper of the tab in front; once it is shown, print it."""
        if self.printing.is_open:
            self.printing.print_now()
            return
        if self.tabs.front() is None:
            since, until = self.journal.wanted()
            of = self.journal.cashier.chosen()
            self._open_paper(lambda context: _journal_paper(context, since, until, of))
            return
        make = self.tabs.paper()
        if make is None:
            self.messages.show_note(wording.text("cash_page.nothing_to_print"))
        else:
            self._open_paper(make)

    def save_journal(self) -> None:
        """Save the journal of the days and the drawer on screen as a sheet."""
        title, make = self.sheet()
        self.saver.ask_where(title, make)

    def sheet(self) -> tuple[str, Callable[[Context], Sheet]]:
        """The file's name, and what makes the sheet of the journal as it is shown."""
        since, until = self.journal.wanted()
        of = self.journal.cashier.chosen()
        days = {"since": f"{since:%Y%m%d}", "until": f"{until:%Y%m%d}"}
        title = wording.text("cash_page.title", **days)
        return title, lambda context: sheets.journal_sheet(context, since, until, cashier=of)

    def _open_paper(self, make: PaperCall) -> None:
        self.messages.clear()
        self.form.hide()
        self._show_books(shown=False)
        self.printing.open(make)

    def _open_form(self, direction: Direction) -> None:
        if self.printing.is_open:
            return
        if self.tabs.is_blind:
            # The form tells the balance, which would spoil a count.
            self.tabs.setCurrentIndex(0)
        self.messages.clear()
        fresh = EntryId(self._workplace.ids.new())
        self.form.open(direction, fresh, balance=self._balance)
        self._arrange()
        if not self._has_cashier:
            self.messages.show_warning(wording.text("cash_page.no_cashier"))

    def _turner(self, place: int) -> Callable[[], None]:
        def turn() -> None:
            if not self.printing.is_open:
                self.tabs.setCurrentIndex(place)
                self.tabs.begin()

        return turn

    def _turned(self, _place: int) -> None:
        self.form.hide()
        self.messages.clear()
        self._arrange()
        self.tabs.begin()

    def _arrange(self) -> None:
        """What a count must not know is hidden, and keys work only where they mean something."""
        blind = self.tabs.is_blind
        self.balance.setVisible(not blind and not self.printing.is_open)
        self.confirm_action.setEnabled(self.form.is_open or self.tabs.acting() is not None)
        self.post_action.setEnabled(self.tabs.front() is self.tabs.counting)
        self.back_action.setEnabled(self.tabs.front() is self.tabs.transfers)
        front = self.tabs.front()
        named = wording.text("cash_page.print_journal" if front is None else "cash_page.print_form")
        self.print_action.setText(named)

    def _connect(self) -> None:
        self.journal.span_changed.connect(self.load)
        self.form.wanted.connect(self._move)
        self.form.closed.connect(self._form_closed)
        self.printing.closed.connect(self._back_from_paper)
        self.tabs.currentChanged.connect(self._turned)
        self.tabs.wanted.connect(self._run)

    def _lay_out(self) -> None:
        self.balance.setFont(theme.title_font())
        self._print_button = keymap.button(self.print_action)
        head = QHBoxLayout()
        head.addWidget(theme.title(self.title))
        head.addSpacing(theme.GAP_WIDE)
        head.addWidget(self.balance)
        head.addStretch(1)
        for action in (self.receive_action, self.return_action, self.confirm_action):
            head.addWidget(keymap.button(action))
        head.addWidget(self._print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self.form)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.printing, 1)

    def _show(self, drawer: Drawer) -> None:
        self._balance = drawer.balance
        self.balance.setText(wording.text("cash_page.balance", balance=drawer.balance))
        self.journal.grid.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.journal.offer(drawer.days, self._workplace.today())
        self.journal.offer_cashiers(
            [each.cashier for each in drawer.view.drawers if each.cashier.name]
        )
        self.journal.grid.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.journal.show_journal(drawer.journal, ever=drawer.days is not None)
        self.form.set_cashiers(drawer.cashiers, drawer.view.signed_in)
        self._has_cashier = bool(drawer.cashiers)
        self.tabs.show_view(drawer.view)

    def _run(self, act: Callable[[Context], Recorded[Any]]) -> None:
        self.messages.clear()
        self.tabs.setEnabled(False)
        self._workplace.operations.run(act, done=self._acted, failed=self._act_refused)

    def _acted(self, done: Recorded[Any]) -> None:
        self.tabs.setEnabled(True)
        acting = self.tabs.acting()
        if acting is None:
            return
        acting.finished(done.result)
        paper = acting.paper_after(done.result)
        if paper is not None:
            self._open_paper(paper)
        said = acting.said(done.result)
        if said:
            self.messages.show_success(said)

    def _act_refused(self, error: ReliefDeskError) -> None:
        self.tabs.setEnabled(True)
        failures.show(error, self.messages)
        acting = self.tabs.acting()
        if acting is not None:
            acting.refuse()

    def _move(self, direction: Direction, draft: FloatDraft, officer: str, pin: str) -> None:
        self.form.setEnabled(False)
        self._workplace.operations.run(
            lambda context: _moved(context, direction, draft, (OperatorId(officer), pin)),
            done=self._moved,
            failed=self._refused,
        )

    def _moved(self, done: Recorded[tuple[CashEntry, Money, Money]]) -> None:
        entry, balance, excess = done.result
        self.form.setEnabled(True)
        came_in = self.form.direction is Direction.RECEIVE
        self.form.finish()
        amount = entry.income if came_in else entry.outgo
        said = "cash_page.received" if came_in else "cash_page.returned"
        words = wording.text(said, amount=amount, balance=balance)
        if came_in and excess.fen:
            self.messages.show_warning(words + wording.text("cash_page.excess", excess=excess))
        else:
            self.messages.show_success(words)

    def _refused(self, error: ReliefDeskError) -> None:
        self.form.setEnabled(True)
        failures.show(error, self.messages)
        self.form.panel.refuse()

    def _form_closed(self) -> None:
        self._arrange()
        self.tabs.begin()

    def _back_from_paper(self) -> None:
        self._show_books(shown=True)
        self.tabs.begin()

    def _show_books(self, *, shown: bool) -> None:
        self.tabs.setVisible(shown)
        self._print_button.setVisible(shown)
        for action in (self.receive_action, self.return_action, self.confirm_action):
            action.setVisible(shown)
        self._arrange()
        self.balance.setVisible(shown and not self.tabs.is_blind)

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)


def _drawer(context: Context, span: Span, of: OperatorId | None) -> Drawer:
    return Drawer(
        balance=cash.balance(context),
        days=cash.days(context),
        journal=cash.journal(context, *span, cashier=of),
        cashiers=operators.with_seat(context, Seat.CASHIER),
        view=views.read(context),
    )


def _moved(
    context: Context, direction: Direction, draft: FloatDraft, proof: tuple[OperatorId, str]
) -> Recorded[tuple[CashEntry, Money, Money]]:
    officer = operators.check_pin(context, *proof)
    move = cash.receive_float if direction is Direction.RECEIVE else cash.return_float
    done = move(context, draft, officer=officer)
    figures = (done.result, cash.balance(context), drawers.excess(context))
    return Recorded(result=figures, changes=done.changes)


def _journal_paper(context: Context, since: date, until: date, of: OperatorId | None) -> Paper:
    days = {"since": f"{since:%Y%m%d}", "until": f"{until:%Y%m%d}"}
    return Paper(
        form="cash_journal",
        title=wording.text("cash_page.title", **days),
        media=PaperMedia.A4,
        pdf=cash.journal_pdf(context, since, until, cashier=of),
    )
