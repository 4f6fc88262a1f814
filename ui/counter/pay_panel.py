"""Handing out cash: the cursor waits in the cashier's PIN box, F8 pays; a lone Enter never does.

The payment's identity is made here once, so that a retry after a lost answer pays nothing twice.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.clock import IdSource
from reliefdesk.domain.budgets import BudgetState, FundSource
from reliefdesk.domain.ids import OperatorId, PaymentId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.payments import Payment, PayOrder
from reliefdesk.domain.problems import Problem
from reliefdesk.services import operators, payments
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.counter.approval_fields import ApprovalFields
from ui.counter.case_view import CaseView
from ui.counter.collector_fields import CollectorFields
from ui.counter.drafts import StepBoxes
from ui.counter.fields import text_of
from ui.counter.paper import require_printable
from ui.counter.suggestions import CASH_REASONS, officers_for
from ui.widgets.amount_field import AmountField
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.confirm_panel import ConfirmPanel
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel

PayCall = Callable[[Context], Recorded[Payment]]
_AMOUNT_MISSING = Problem(field="amount", code="amount.empty")


class PayPanel(QFrame):
    """Amount, why cash, who collects, PIN; emits `ordered` with the call that pays."""

    ordered = Signal(object)

    def __init__(
        self, ids: IdSource, *, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ids = ids
        self._view: CaseView | None = None
        self._payment_id = PaymentId(ids.new())
        self.heading = theme.heading("发放现金")
        self.drawer = WrappedLabel()
        self.drawer.setAccessibleName("备用金余额")
        self.grid = FieldGrid()
        self.amount = self.grid.add("amount", "发放金额", AmountField())
        self.grid.add("difference_reason", "少发原因", TextField())
        self.reason = self.grid.add("cash_reason", "现金理由", TextField())
        self.approval = ApprovalFields(now)
        self.collector = CollectorFields()
        self.supervising = FieldGrid()
        self.supervisor = self.supervising.add(
            "supervisor", "监发人", ChoiceField[OperatorId](prompt="没有")
        )
        self.fund = self.supervising.add("fund_source", "经费来源", term_choice(FundSource))
        self.fund.choose(FundSource.FUNDS)
        self.budget = WrappedLabel()
        self.budget.setAccessibleName("指标余额")
        self.confirm = ConfirmPanel("发放  F8")
        self.confirm.button.setAccessibleName("发放")
        self.boxes = StepBoxes(self.grid, self.approval.grid, self.collector.grid, self.supervising)
        self.nobody = QLabel("")
        self._offer_reasons()
        self.grid.changed.connect(self._arrange)
        self.supervising.changed.connect(self._tell_money)
        self.confirm.grid.changed.connect(self._tell_money)
        for grid in self.grids():
            grid.keep_room(len("现金批准人"))
        for grid in (self.grid, self.approval.grid, self.collector.grid, self.supervising):
            grid.submitted.connect(self.confirm.confirm)
        self.confirm.confirmed.connect(self._confirmed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (
            self.heading,
            self.drawer,
            self.grid,
            self.approval,
            self.collector,
            self.supervising,
            self.budget,
            self.nobody,
            self.confirm,
        ):
            column.addWidget(part)

    def show_view(self, view: CaseView) -> None:
        """Show what may be paid now; a payment already being typed stays as typed."""
        before = self._view
        fresh = (
            before is None
            or before.case.case_id != view.case.case_id
            or before.case.rest != view.case.rest
            # Paid and taken back meanwhile: the rest is as before, yet this is another payment.
            or before.payments != view.payments
        )
        self._view = view
        if fresh:
            self.boxes.rest()
            self._payment_id = PaymentId(self._ids.new())
            self.amount.set_money(view.case.rest)
            self.reason.setText(CASH_REASONS[0])
            self._box("difference_reason").setText("")
            self.approval.show_approval(None)
            self.collector.clear()
            self.confirm.pin.clear()
            self.grid.clear_problems()
            self.collector.grid.clear_problems()
        first = view.case.first_relief is not None and view.case.decision is None
        self.heading.setText("发放现金（先行救助）" if first else "发放现金")
        self._show_staff(view)
        if fresh:
            self.boxes.begin(f"pay.{len(view.payments)}.{view.case.rest.fen}")
        self._arrange("amount")

    def ask(self) -> None:
        """F8: with a PIN typed pay, else go where something lacks; already there, say so."""
        if not self.confirm.isVisible():
            return
        if self.confirm.pin.text():
            self.confirm.confirm()
            return
        before = self.window().focusWidget()
        self.await_pin()
        if before is not self.window().focusWidget():
            return
        if before is self.confirm.pin:
            self.confirm.confirm()
        else:
            self._ask_approval()

    def await_pin(self) -> None:
        """The cursor into the approval of a large amount if it is empty, else into the PIN."""
        if not self.approval.isHidden() and not self.approval.is_begun():
            self.approval.approver.setFocus()
        else:
            self.confirm.ask()

    def _ask_approval(self) -> None:
        """Say at the box why this much cash needs somebody's approval."""
        view = self._view
        facts = {"amount": self.amount.money(), "limit": None if view is None else view.cash_limit}
        lacking = Problem(field="cash_approver", code="payments.cash_approval", facts=facts)
        self.approval.grid.show_problems([lacking])
        self.confirm.pin.clear()
        self.approval.grid.focus_first_problem()

    def refuse(self, field: str) -> None:
        """After a refusal: the PIN goes, everything else stays."""
        self.confirm.pin.clear()
        if field in ("", "pin"):
            self.confirm.refuse()

    def grids(self) -> tuple[FieldGrid, ...]:
        """Where a refusal can be shown at its box."""
        return (
            self.grid,
            self.approval.grid,
            self.collector.grid,
            self.supervising,
            self.confirm.grid,
        )

    def _box(self, name: str) -> TextField:
        field = self.grid.field(name)
        assert isinstance(field, TextField)  # noqa: S101 - added above
        return field

    def _offer_reasons(self) -> None:
        completer = QCompleter(list(CASH_REASONS), self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.reason.setCompleter(completer)

    def _show_staff(self, view: CaseView) -> None:
        cashiers = officers_for(Seat.CASHIER, view.staff, view.case.acts)
        self.confirm.set_officers(cashiers)
        if cashiers and self.confirm.officer.chosen() is None:
            self.confirm.officer.choose(cashiers[0].operator_id)
        self.confirm.setVisible(bool(cashiers))
        self.nobody.setVisible(not cashiers)
        self.nobody.setText(wording.text("counter.no_officer", seat=Seat.CASHIER.label))
        self.supervisor.set_options(
            [(each.operator_id, each.name) for each in view.staff if _may_witness(each)]
        )

    def _arrange(self, name: str) -> None:
        view = self._view
        if view is None or name != "amount":
            return
        amount = self.amount.money() or ZERO
        large = amount > view.cash_limit
        less = ZERO < amount < view.case.rest
        self.approval.setVisible(large)
        (self.grid.show_field if less else self.grid.hide_field)("difference_reason")
        self._tell_money("")

    def _tell_money(self, _name: str) -> None:
        """What the chosen cashier's drawer and the chosen source have left after this payment."""
        view, amount = self._view, self.amount.money() or ZERO
        if view is None:
            return
        cashier = self.confirm.officer.chosen()
        held = view.balance if cashier is None else view.held.get(cashier, ZERO)
        self.drawer.setText(_drawer_words(held, amount))
        theme.ink(self.drawer, theme.INK_QUIET if amount <= held else theme.ERROR)
        budget = view.budgets[self.fund.chosen() or FundSource.FUNDS]
        self.budget.setVisible(budget.is_kept)
        self.budget.setText(budget_words(budget, amount))
        short = budget.falls_short(amount)
        theme.ink(self.budget, theme.WARNING if short else theme.INK_QUIET)

    def _confirmed(self, operator_id: str, pin: str) -> None:
        view, amount = self._view, self.amount.money()
        self.grid.show_problems([_AMOUNT_MISSING] if amount is None else [])
        if view is None or amount is None:
            self.grid.focus_first_problem()
            return
        if not self.approval.isHidden() and not self.approval.is_begun():
            self._ask_approval()
            return
        if not (self.approval.complete() and self.collector.complete()):
            return
        self.ordered.emit(self._call(view, self._order(view, amount), OperatorId(operator_id), pin))

    def _order(self, view: CaseView, amount: Money) -> PayOrder:
        return PayOrder(
            payment_id=self._payment_id,
            case_id=view.case.case_id,
            amount=amount,
            cash_reason=self.reason.text(),
            cash_approval=None if self.approval.isHidden() else self.approval.approval(),
            difference_reason=text_of(self.grid.field("difference_reason")),
            proxy=self.collector.proxy(),
            fingerprint=self.collector.fingerprint(),
            supervisor=self.supervisor.chosen(),
            fund_source=self.fund.chosen() or FundSource.FUNDS,
        )

    def _call(self, view: CaseView, order: PayOrder, officer: OperatorId, pin: str) -> PayCall:
        def call(context: Context) -> Recorded[Payment]:
            verified = operators.check_pin(context, officer, pin)
            require_printable(context, order)
            return payments.pay(context, order, seen_version=view.case.version, officer=verified)

        return call


def _may_witness(operator: Operator) -> bool:
    return operator.active and Seat.CASHIER not in operator.seats


def budget_words(budget: BudgetState, amount: Money) -> str:
    """What a source has left; a warning where paying so much exceeds it."""
    facts = {"source": budget.source, "year": budget.year, "rest": budget.rest}
    if budget.falls_short(amount):
        words = wording.text("budgets.short", excess=amount - budget.rest, **facts)
        return theme.WARNING_MARK + words
    return wording.text("budgets.rest", **facts)


def _drawer_words(held: Money, amount: Money) -> str:
    if amount > held:
        return theme.ERROR_MARK + wording.text(
            "counter.drawer_short", balance=held, short=amount - held
        )
    return wording.text("counter.drawer", balance=held, after=held - amount)
