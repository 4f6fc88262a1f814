"""What a difference asks for: reason and second person, then, on approval, its entry (长短款)."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.clock import IdSource
from reliefdesk.domain.counts import Count, DifferenceOrder, kind_word
from reliefdesk.domain.ids import EntryId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.problems import Problem
from reliefdesk.services import counts, operators
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.cash.confirm_fields import ConfirmFields
from ui.cash.view import DrawerView
from ui.widgets.field_grid import FieldGrid
from ui.widgets.level import Level
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel

Act = Callable[[Context], Recorded[Count]]


class ExplainForm(Level):
    """Reason and 监盘人; emits `wanted` with the act that records them."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count: Count | None = None
        self._view: DrawerView | None = None
        self.says = WrappedLabel()
        self.grid = FieldGrid(columns=2)
        self.reason = self.grid.add("reason", "差额原因", TextField(), span=2)
        self.second = ConfirmFields(self.grid, "second", "监盘人")
        self.grid.submitted.connect(self.confirm)
        _lay_out(self, (self.says, self.grid, _button("确认原因", self.confirm)))

    def show_view(self, view: DrawerView) -> None:
        """Know who may be second person."""
        self._view = view
        self._offer()

    def open(self, count: Count) -> None:
        """Ask about a count's difference; the cursor stands in the reason."""
        self._count = count
        self.says.setText(wording.text("cash_page.explain", **_facts(count)))
        self._offer()
        self.show()
        self.reason.setFocus()

    def confirm(self) -> None:
        """Ask for the record, or mark what lacks."""
        count = self._count
        problems = _needed(self.reason, "reason") + self.second.problems()
        self.grid.show_problems(problems)
        if problems or count is None:
            self.grid.focus_first_problem()
            return
        self.wanted.emit(_explaining(count, self.reason.text(), self.second.proof()))

    def refuse(self) -> None:
        """After a refusal: the PIN anew."""
        self.second.refuse()

    def finish(self) -> None:
        """Nothing is asked any more."""
        self.reason.clear()
        self.second.pin.clear()
        self.hide()

    def _offer(self) -> None:
        if self._view is None:
            return
        cashier = None if self._count is None else self._count.details.cashier
        self.second.offer(self._view.besides(cashier), self._view.signed_in)


class PostForm(Level):
    """Approval, cashier and approver; emits `wanted` with the act that enters the difference."""

    wanted = Signal(object)

    def __init__(self, ids: IdSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = ids
        self._entry_id = EntryId(ids.new())
        self._count: Count | None = None
        self._view: DrawerView | None = None
        self.says = WrappedLabel()
        self.grid = FieldGrid(columns=2)
        self.approval = self.grid.add("approval", "批准文号", TextField(), span=2)
        self.cashier = ConfirmFields(self.grid, "cashier", "出纳")
        self.approver = ConfirmFields(self.grid, "approver", "批准人")
        self.grid.submitted.connect(self.confirm)
        _lay_out(self, (self.says, self.grid, _button("批准入账", self.confirm)))

    def show_view(self, view: DrawerView) -> None:
        """Know who approves."""
        self._view = view

    def open(self, count: Count) -> None:
        """Begin to enter a difference, under an identity of its own."""
        self._count, view = count, self._view
        self._entry_id = EntryId(self._ids.new())
        self.says.setText(wording.text("cash_page.post", **_facts(count)))
        if view is not None:
            who = count.details.cashier
            self.cashier.offer(_only(view.staff, who), who)
            self.approver.offer(view.with_seat(Seat.APPROVER), view.signed_in)
        self.grid.clear_problems()
        self.show()
        self.approval.setFocus()

    def confirm(self) -> None:
        """Ask for the entry, or mark what lacks."""
        count = self._count
        problems = _needed(self.approval, "approval")
        problems += self.cashier.problems() + self.approver.problems()
        self.grid.show_problems(problems)
        if problems or count is None:
            self.grid.focus_first_problem()
            return
        order = DifferenceOrder(
            entry_id=self._entry_id, count_id=count.count_id, approval=self.approval.text()
        )
        self.wanted.emit(_posting(order, self.cashier.proof(), self.approver.proof()))

    def refuse(self) -> None:
        """After a refusal: the PINs anew."""
        self.cashier.refuse(self.approver)

    def finish(self) -> None:
        """Nothing is asked any more."""
        self.approval.clear()
        self.cashier.pin.clear()
        self.approver.pin.clear()
        self.hide()


def _facts(count: Count) -> dict[str, object]:
    return {"kind": kind_word(count.difference), "amount": Money(abs(count.difference.fen))}


def _needed(box: TextField, name: str) -> list[Problem]:
    return [] if box.text().strip() else [Problem(field=name, code="cash_page.needed")]


def _only(staff: tuple[Operator, ...], who: OperatorId) -> tuple[Operator, ...]:
    return tuple(one for one in staff if one.operator_id == who)


def _explaining(count: Count, reason: str, proof: tuple[OperatorId, str]) -> Act:
    def act(context: Context) -> Recorded[Count]:
        second = operators.check_pin(context, *proof)
        return counts.explain(context, count.count_id, reason, second=second)

    return act


def _posting(
    order: DifferenceOrder, cashier: tuple[OperatorId, str], approver: tuple[OperatorId, str]
) -> Act:
    def act(context: Context) -> Recorded[Count]:
        officer = operators.check_pin(context, *cashier)
        approving = operators.check_pin(context, *approver)
        return counts.post_difference(context, order, officer=officer, approver=approving)

    return act


def _button(name: str, run: Callable[[], None]) -> QPushButton:
    made = QPushButton(name)
    made.setAccessibleName(name)
    made.setAutoDefault(False)
    made.clicked.connect(run)
    return made


def _lay_out(form: Level, parts: tuple[QWidget, ...]) -> None:
    column = QVBoxLayout(form)
    column.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP, theme.GAP_SMALL)
    column.setSpacing(theme.GAP_SMALL)
    for part in parts:
        column.addWidget(part)
    theme.ground(form, theme.PAPER)
