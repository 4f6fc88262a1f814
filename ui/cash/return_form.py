"""A transfer or goods that came back: why, the cashier, and a second person, both by PIN."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.transfers import Transfer
from reliefdesk.services import operators, transfers
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.cash.confirm_fields import ConfirmFields
from ui.cash.view import DrawerView
from ui.widgets.field_grid import FieldGrid
from ui.widgets.level import Level
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel

Act = Callable[[Context], Recorded[Transfer]]


class ReturnForm(Level):
    """Emits `wanted` with the act that records the return."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Transfer | None = None
        self.says = WrappedLabel()
        self.grid = FieldGrid(columns=2)
        self.reason = self.grid.add("reason", "退回原因", TextField(), span=2)
        self.officer = ConfirmFields(self.grid, "officer", "经手出纳")
        self.second = ConfirmFields(self.grid, "second", "在场人")
        self.grid.submitted.connect(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP, theme.GAP_SMALL)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.says)
        column.addWidget(self.grid)
        theme.ground(self, theme.PAPER)

    def show_view(self, view: DrawerView) -> None:
        """Know who may take back and who may stand by."""
        self.officer.offer(view.with_seat(Seat.CASHIER), view.signed_in)
        self.second.offer(view.besides(view.signed_in), OperatorId(""))

    def open(self, found: Transfer) -> None:
        """Ask about a record; the cursor stands in the reason."""
        self._found = found
        details = found.details
        self.says.setText(
            wording.text("cash_page.take_back", method=details.method, amount=details.amount)
        )
        self.grid.clear_problems()
        self.show()
        self.reason.setFocus()

    def confirm(self) -> None:
        """Ask for the record, or mark what lacks."""
        found = self._found
        problems = self.officer.problems() + self.second.problems()
        if not self.reason.text().strip():
            problems.insert(0, Problem(field="reason", code="cash_page.needed"))
        self.grid.show_problems(problems)
        if problems or found is None:
            self.grid.focus_first_problem()
            return
        self.wanted.emit(
            _taking(found, self.reason.text(), (self.officer.proof(), self.second.proof()))
        )

    def refuse(self) -> None:
        """After a refusal: the PINs anew."""
        self.officer.refuse(self.second)

    def finish(self) -> None:
        """Nothing is asked any more."""
        for box in (self.reason, self.officer.pin, self.second.pin):
            box.clear()
        self.hide()


def _taking(
    found: Transfer, reason: str, proofs: tuple[tuple[OperatorId, str], tuple[OperatorId, str]]
) -> Act:
    def act(context: Context) -> Recorded[Transfer]:
        officer = operators.check_pin(context, *proofs[0])
        second = operators.check_pin(context, *proofs[1])
        return transfers.give_back(
            context, found.details.payment_id, reason, officer=officer, second=second
        )

    return act
