"""Taking a payment back: void while unsigned, red entry once signed; with reason and second person.

A new payment under its own number follows in the same transaction, unless only the undoing is
wanted (RULES.md §3.13).
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.clock import IdSource
from reliefdesk.domain.ids import OperatorId, PaymentId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.payments import Corrected, Payment, PayOrder, ReverseOrder
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.receipts import Receipt, ReceiptState, VoidOrder
from reliefdesk.domain.terms import Term
from reliefdesk.services import operators, payments, receipts
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.counter.approval_fields import ApprovalFields
from ui.counter.case_view import CaseView
from ui.counter.drafts import StepBoxes
from ui.counter.suggestions import officers_for
from ui.widgets.amount_field import AmountField
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import PinField, TextField
from ui.widgets.wrapped_label import WrappedLabel

CorrectionCall = Callable[[Context], Recorded[Corrected]]
_UNSIGNED = (ReceiptState.ISSUED, ReceiptState.PRINTED)


class Follow(Term):
    """What follows the undoing."""

    AGAIN = "again", "重开一张"
    ONLY = "only", "不重开，现金收回"


class CorrectionPanel(QFrame):
    """Reason, new amount, two officers and their PINs; emits `ordered` with the call."""

    ordered = Signal(object)
    closed = Signal()

    def __init__(
        self, ids: IdSource, *, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ids = ids
        self._view: CaseView | None = None
        self._receipt: Receipt | None = None
        self._new_id = PaymentId(ids.new())
        self._reversal_id = PaymentId(ids.new())
        self.heading = theme.heading("")
        self.effect = WrappedLabel()
        self.effect.setAccessibleName("更正效果")
        self.grid = FieldGrid()
        self.reason = self.grid.add("reason", "原因", TextField())
        self.follow = self.grid.add("follow", "办法", term_choice(Follow))
        self.amount = self.grid.add("amount", "新的金额", AmountField())
        self.grid.add("difference_reason", "少发原因", TextField())
        self.approval = ApprovalFields(now)
        self.officers = FieldGrid(columns=2)
        self.officer = self.officers.add("officer", "出纳", ChoiceField[OperatorId]())
        self.pin = self.officers.add("pin", "出纳确认码", PinField())
        self.second = self.officers.add("second", "第二人", ChoiceField[OperatorId]())
        self.second_pin = self.officers.add("second_pin", "第二人确认码", PinField())
        for grid in self.grids():
            grid.keep_room(len("第二人确认码"))
        self.boxes = StepBoxes(self.grid, self.approval.grid)
        self.button = QPushButton("")
        self.button.setAutoDefault(False)
        theme.accent(self.button)
        self.button.clicked.connect(self.order)
        self.close_button = QPushButton("返回  Esc")
        self.close_button.setAccessibleName("返回")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.closed)
        for grid in self.grids():
            grid.submitted.connect(self.order)
        self.grid.changed.connect(self._arrange)
        buttons = QHBoxLayout()
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (self.heading, self.effect, self.grid, self.approval, self.officers):
            column.addWidget(part)
        column.addLayout(buttons)

    def begin(self, view: CaseView, receipt: Receipt) -> None:
        """Begin the undoing of one number; the cursor goes to the reason."""
        self.boxes.rest()
        self._view, self._receipt = view, receipt
        self._new_id = PaymentId(self._ids.new())
        self._reversal_id = PaymentId(self._ids.new())
        act = self._act
        self.heading.setText(f"{act} {receipt.receipt_no}")
        self.button.setText(f"确认{act}  Ctrl+Enter")
        self.button.setAccessibleName(f"确认{act}")
        for grid in self.grids():
            grid.clear_problems()
        paid = view.payment_of(receipt)
        for field in (self.reason, self.pin, self.second_pin):
            field.setText("")
        self.approval.show_approval(paid.details.cash_approval)
        self._box("difference_reason").setText(paid.details.difference_reason)
        self.follow.choose(Follow.AGAIN)
        self.amount.set_money(self._most(paid))
        self._offer(view, paid)
        self.boxes.begin(f"correction.{receipt.receipt_no}")
        self._arrange("amount")
        self.reason.setFocus()

    def ask(self) -> None:
        """F8: to the next PIN that is empty; with both typed, give the order."""
        for pin in (self.pin, self.second_pin):
            if self.reason.text().strip() and not pin.text():
                pin.setFocus()
                return
        self.order()

    def order(self) -> None:
        """Give the order if reason, amount, both officers and PINs are there."""
        problems = self._missing()
        self.officers.show_problems(self.grid.show_problems(problems))
        if problems:
            any(grid.focus_first_problem() for grid in self.grids())
            return
        if not self.approval.complete():
            return
        self.ordered.emit(self._call())

    def refuse(self, _field: str) -> None:
        """After a refusal the PINs go, everything else stays."""
        self.pin.clear()
        self.second_pin.clear()
        self.pin.setFocus()

    def grids(self) -> tuple[FieldGrid, ...]:
        """Where a refusal can be shown at its box."""
        return (self.grid, self.approval.grid, self.officers)

    @property
    def _act(self) -> str:
        unsigned = self._receipt is not None and self._receipt.state in _UNSIGNED
        return "作废" if unsigned else "红冲"

    def _most(self, paid: Payment) -> Money:
        view = self._view
        rest = view.case.rest if view is not None else ZERO
        return paid.amount + rest

    def _box(self, name: str) -> TextField:
        field = self.grid.field(name)
        assert isinstance(field, TextField)  # noqa: S101 - added above
        return field

    def _offer(self, view: CaseView, paid: Payment) -> None:
        cashiers = officers_for(Seat.CASHIER, view.staff, view.case.acts)
        self.officer.set_options(_options(cashiers))
        if cashiers:
            ids = [each.operator_id for each in cashiers]
            usual = paid.details.cashier if paid.details.cashier in ids else ids[0]
            self.officer.choose(usual)
        others = [
            each for each in view.staff if each.active and each.operator_id != paid.details.cashier
        ]
        self.second.set_options(_options(others))
        signed_in = [each for each in others if each.operator_id == view.operator_id]
        preferred = signed_in or others
        if preferred:
            self.second.choose(preferred[0].operator_id)

    def _arrange(self, name: str) -> None:
        view, receipt = self._view, self._receipt
        if view is None or receipt is None or name not in ("amount", "follow"):
            return
        again = self.follow.chosen() is Follow.AGAIN
        paid = view.payment_of(receipt)
        amount = self.amount.money() or ZERO
        wanted = {
            "amount": again,
            "difference_reason": again and ZERO < amount < self._most(paid),
        }
        for field, shown in wanted.items():
            (self.grid.show_field if shown else self.grid.hide_field)(field)
        self.approval.setVisible(again and amount > view.cash_limit)
        drawer = paid.amount - amount if again else paid.amount
        key = "correction_again" if again else "correction_only"
        self.effect.setText(
            wording.text(
                f"counter.{key}",
                act=self._act,
                old=paid.amount,
                new=amount,
                drawer=view.balance + drawer,
            )
        )

    def _missing(self) -> list[Problem]:
        again = self.follow.chosen() is Follow.AGAIN
        found = []
        if not self.reason.text().strip():
            found.append(
                Problem(field="reason", code="receipts.void_reason", facts={"act": self._act})
            )
        if again and self.amount.money() is None:
            found.append(Problem(field="amount", code="amount.empty"))
        for choice, pin, name in (
            (self.officer, self.pin, ""),
            (self.second, self.second_pin, "second_"),
        ):
            if choice.chosen() is None:
                field = "second" if name else "officer"
                found.append(Problem(field=field, code="ui.officer_missing"))
            if len(pin.text()) != PinField.DIGITS:
                found.append(Problem(field=f"{name}pin", code="ui.pin_short"))
        return found

    def _replacement(self, paid: Payment) -> PayOrder | None:
        amount = self.amount.money()
        if self.follow.chosen() is not Follow.AGAIN or amount is None:
            return None
        details = paid.details
        return PayOrder(
            payment_id=self._new_id,
            case_id=details.case_id,
            amount=amount,
            cash_reason=details.cash_reason,
            cash_approval=None if self.approval.isHidden() else self.approval.approval(),
            difference_reason=self._box("difference_reason").text(),
            proxy=details.proxy,
            fingerprint=details.fingerprint,
            supervisor=details.supervisor,
            fund_source=details.fund_source,
            remark=details.remark,
        )

    def _call(self) -> CorrectionCall:
        view, receipt = self._view, self._receipt
        assert view is not None  # noqa: S101 - begun
        assert receipt is not None  # noqa: S101 - begun
        replacement = self._replacement(view.payment_of(receipt))
        reason, voids = self.reason.text(), self._act == "作废"
        first = (self.officer.chosen() or OperatorId(""), self.pin.text())
        other = (self.second.chosen() or OperatorId(""), self.second_pin.text())
        reversal_id = self._reversal_id

        def call(context: Context) -> Recorded[Corrected]:
            officer = operators.check_pin(context, *first)
            second = operators.check_pin(context, *other)
            if voids:
                order = VoidOrder(
                    receipt_no=receipt.receipt_no, reason=reason, replacement=replacement
                )
                return receipts.void(context, order, officer=officer, second=second)
            red = ReverseOrder(
                reversal_id=reversal_id,
                receipt_no=receipt.receipt_no,
                reason=reason,
                replacement=replacement,
            )
            return payments.reverse(context, red, officer=officer, second=second)

        return call


def _options(staff: tuple[Operator, ...] | list[Operator]) -> list[tuple[OperatorId, str]]:
    return [(each.operator_id, each.name) for each in staff]
