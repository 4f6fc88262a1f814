"""现金: what the drawer must hold, the float in and out, and the cash journal with its paper."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.cash import CashEntry, CashJournal, FloatDraft
from reliefdesk.domain.ids import EntryId, OperatorId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import cash, operators
from reliefdesk.services.printing import Paper, PaperMedia
from reliefdesk.services.recording import Context, Recorded
from ui import failures, keymap, theme
from ui.cash.float_form import Direction, FloatForm
from ui.cash.journal_view import JournalView, Span
from ui.counter.latest import Latest
from ui.pages import Workplace
from ui.printing.panel import PrintPanel
from ui.widgets.message_bar import MessageBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """Everything the page shows, read in one go so that the figures belong together."""

    balance: Money
    days: Span | None
    journal: CashJournal
    cashiers: tuple[Operator, ...]


class CashPage(QWidget):
    """Balance on top, the journal below; a float movement opens between them."""

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
        self.form = FloatForm()
        self.journal = JournalView(workplace.today())
        self.printing = PrintPanel(workplace, self.messages)
        self.receive_action = keymap.action("cash.receive", self, self.receive)
        self.return_action = keymap.action("cash.return", self, self.give_back)
        self.confirm_action = keymap.action("cash.confirm", self, self.form.confirm)
        self.print_action = keymap.action("cash.print", self, self.print_journal)
        self.earlier_action = keymap.action("cash.earlier", self, lambda: self.journal.turn(-1))
        self.later_action = keymap.action("cash.later", self, lambda: self.journal.turn(1))
        self._latest: Latest[Drawer] = Latest(
            workplace.operations, parent=self, done=self._show, failed=self._failed
        )
        self.journal.span_changed.connect(self.load)
        self.form.wanted.connect(self._move)
        self.form.closed.connect(self._form_closed)
        self.printing.closed.connect(self._back_from_paper)
        self.confirm_action.setEnabled(False)
        self._lay_out()

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def shown(self) -> None:
        """Read balance and journal; the cursor stands in the journal."""
        self.load()
        if not self.form.is_open and not self.printing.is_open:
            self.journal.table.setFocus()

    def changed(self, kinds: frozenset[str]) -> None:
        """Money moved or cashiers came and went; what is typed stays."""
        if kinds & {"cash", "payments", "operators"}:
            self.load()

    def load(self) -> None:
        """Read balance, journal of the chosen days, and who is cashier."""
        since, until = self.journal.wanted()
        self._latest.ask(lambda context: _drawer(context, since, until))

    def receive(self) -> None:
        """Begin to take cash into the drawer."""
        self._open_form(Direction.RECEIVE)

    def give_back(self) -> None:
        """Begin to give cash back to finance."""
        self._open_form(Direction.RETURN)

    def print_journal(self) -> None:
        """Show the paper of the days on screen; once it is shown, print it."""
        if self.printing.is_open:
            self.printing.print_now()
            return
        since, until = self.journal.wanted()
        self.messages.clear()
        self.form.hide()
        self._show_books(shown=False)
        self.printing.open(lambda context: _paper(context, since, until))

    def _open_form(self, direction: Direction) -> None:
        if self.printing.is_open:
            return
        self.messages.clear()
        self.confirm_action.setEnabled(True)
        fresh = EntryId(self._workplace.ids.new())
        self.form.open(direction, fresh, balance=self._balance)
        if not self._has_cashier:
            self.messages.show_warning(wording.text("cash_page.no_cashier"))

    def _lay_out(self) -> None:
        self.balance.setFont(theme.title_font())
        self._print_button = keymap.button(self.print_action)
        head = QHBoxLayout()
        head.addWidget(theme.title(self.title))
        head.addSpacing(theme.GAP_WIDE)
        head.addWidget(self.balance)
        head.addStretch(1)
        for action in (self.receive_action, self.return_action):
            head.addWidget(keymap.button(action))
        head.addWidget(self._print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self.form)
        column.addWidget(self.journal, 1)
        column.addWidget(self.printing, 1)
        turning = QHBoxLayout()
        turning.addStretch(1)
        for action in (self.earlier_action, self.later_action):
            turning.addWidget(keymap.button(action))
        column.addLayout(turning)

    def _show(self, drawer: Drawer) -> None:
        self._balance = drawer.balance
        self.balance.setText(wording.text("cash_page.balance", balance=drawer.balance))
        self.journal.grid.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.journal.offer(drawer.days, self._workplace.today())
        self.journal.grid.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.journal.show_journal(drawer.journal, ever=drawer.days is not None)
        self.form.set_cashiers(drawer.cashiers)
        self._has_cashier = bool(drawer.cashiers)

    def _move(self, direction: Direction, draft: FloatDraft, officer: str, pin: str) -> None:
        self.form.setEnabled(False)
        self._workplace.operations.run(
            lambda context: _moved(context, direction, draft, (OperatorId(officer), pin)),
            done=self._moved,
            failed=self._refused,
        )

    def _moved(self, done: Recorded[tuple[CashEntry, Money]]) -> None:
        entry, balance = done.result
        self.form.setEnabled(True)
        came_in = self.form.direction is Direction.RECEIVE
        self.form.finish()
        amount = entry.income if came_in else entry.outgo
        said = "cash_page.received" if came_in else "cash_page.returned"
        self.messages.show_success(wording.text(said, amount=amount, balance=balance))

    def _refused(self, error: ReliefDeskError) -> None:
        self.form.setEnabled(True)
        failures.show(error, self.messages)
        self.form.panel.refuse()

    def _form_closed(self) -> None:
        self.confirm_action.setEnabled(False)
        self.journal.table.setFocus()

    def _back_from_paper(self) -> None:
        self._show_books(shown=True)
        self.journal.table.setFocus()

    def _show_books(self, *, shown: bool) -> None:
        self.journal.setVisible(shown)
        self._print_button.setVisible(shown)
        for action in (
            self.receive_action,
            self.return_action,
            self.earlier_action,
            self.later_action,
        ):
            action.setVisible(shown)

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)


def _drawer(context: Context, since: date, until: date) -> Drawer:
    return Drawer(
        balance=cash.balance(context),
        days=cash.days(context),
        journal=cash.journal(context, since, until),
        cashiers=operators.with_seat(context, Seat.CASHIER),
    )


def _moved(
    context: Context, direction: Direction, draft: FloatDraft, proof: tuple[OperatorId, str]
) -> Recorded[tuple[CashEntry, Money]]:
    officer = operators.check_pin(context, *proof)
    move = cash.receive_float if direction is Direction.RECEIVE else cash.return_float
    done = move(context, draft, officer=officer)
    return Recorded(result=(done.result, cash.balance(context)), changes=done.changes)


def _paper(context: Context, since: date, until: date) -> Paper:
    days = {"since": f"{since:%Y%m%d}", "until": f"{until:%Y%m%d}"}
    return Paper(
        form="cash_journal",
        title=wording.text("cash_page.title", **days),
        media=PaperMedia.A4,
        pdf=cash.journal_pdf(context, since, until),
    )
