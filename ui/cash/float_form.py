"""Cash into the drawer or back to finance: amount, approval, counterparty, the cashier's PIN.

Nothing typed is lost by a refusal; asking again after a lost answer moves nothing twice.
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.cash import FloatDraft
from reliefdesk.domain.ids import EntryId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Operator
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError
from ui import theme
from ui.cash.view import preferred
from ui.widgets.amount_field import AmountField
from ui.widgets.confirm_panel import ConfirmPanel
from ui.widgets.day_fields import DateField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.level import Level
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel


class Direction(Term):
    """Which way the cash goes."""

    RECEIVE = "receive", "领回备用金"
    RETURN = "return", "交回备用金"


class FloatForm(Level):
    """`wanted` carries direction, draft, officer and PIN once everything is filled."""

    wanted = Signal(object, object, str, str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.direction = Direction.RECEIVE
        self._entry_id = EntryId("")
        self.says = WrappedLabel()
        self.grid = FieldGrid(columns=2)
        self.amount = self.grid.add("amount", "金额", AmountField())
        self.approval = self.grid.add("approval", "批准文号", TextField())
        self.source = self.grid.add("source", "来源或去向", TextField(), span=2)
        self.use = self.grid.add("use", "用途", TextField())
        self.return_by = self.grid.add("return_by", "归还期限", DateField(today=today))
        self.panel = ConfirmPanel("确认入账")
        self.grid.submitted.connect(self.confirm)
        self.panel.confirmed.connect(self._confirmed)
        self._lay_out()

    def open(self, direction: Direction, entry_id: EntryId, *, balance: Money) -> None:
        """Begin a movement of its own identity; what was typed before stays."""
        self.direction = direction
        self._entry_id = entry_id
        self.says.setText(wording.text(f"cash_page.{direction.value}", balance=balance))
        claims = direction is Direction.RECEIVE
        for name in ("use", "return_by"):
            (self.grid.show_field if claims else self.grid.hide_field)(name)
        self.grid.clear_problems()
        self.panel.grid.clear_problems()
        self.panel.pin.clear()
        self.show()
        self.amount.setFocus()

    def set_cashiers(self, cashiers: Sequence[Operator], signed_in: OperatorId) -> None:
        """Offer who may confirm; whoever is signed in stands there already."""
        self.panel.set_officers(cashiers)
        if self.panel.officer.chosen() is None:
            self.panel.officer.choose(preferred(cashiers, signed_in))

    def confirm(self) -> None:
        """Ask for the confirmation if everything is there, else mark what lacks."""
        if self._draft() is not None:
            self.panel.confirm()

    def finish(self) -> None:
        """The movement is recorded: empty the boxes and close."""
        for box in (self.amount, self.approval, self.source, self.use, self.return_by):
            box.clear()
        self.panel.pin.clear()
        self.close_level()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.says)
        column.addWidget(self.grid)
        column.addWidget(self.panel)
        theme.ground(self, theme.PAPER)

    def _draft(self) -> FloatDraft | None:
        problems = []
        try:
            amount = Money.parse(self.amount.text()).require_positive()
        except UserError as error:
            problems.append(Problem(field="amount", code=error.code, facts=error.facts))
        problems += [
            Problem(field=name, code="cash_page.needed")
            for name, box in (("approval", self.approval), ("source", self.source))
            if not box.text().strip()
        ]
        self.grid.show_problems(problems)
        if problems:
            self.grid.focus_first_problem()
            return None
        return FloatDraft(
            entry_id=self._entry_id,
            amount=amount,
            approval=self.approval.text(),
            source=self.source.text(),
            use=self.use.text(),
            return_by=self.return_by.day(),
        )

    def _confirmed(self, operator_id: str, pin: str) -> None:
        draft = self._draft()
        if draft is not None:
            self.wanted.emit(self.direction, draft, operator_id, pin)
