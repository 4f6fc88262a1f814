"""Review and decide in place: opinion, amount, remark, and the officer's PIN; F8 leads to the PIN.

What is suggested fills empty boxes of a new step only; a refusal of the desk changes no box.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.case_records import ApprovalOrder, Case, ReviewOrder
from reliefdesk.domain.cases import Opinion, Stage
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.money import ZERO
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.problems import Problem
from reliefdesk.services import decisions, operators
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.counter.case_view import CaseView
from ui.counter.drafts import StepBoxes
from ui.counter.signs import minute
from ui.counter.suggestions import (
    amount_trail,
    changed_amount,
    officers_for,
    suggested_amount,
    suggested_remark,
)
from ui.widgets.amount_field import AmountField
from ui.widgets.choice_field import term_choice
from ui.widgets.confirm_panel import ConfirmPanel
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import NarrativeField, TextField
from ui.widgets.wrapped_label import WrappedLabel

CaseCall = Callable[[Context], Recorded[Case]]
_AMOUNT_MISSING = Problem(field="amount", code="cases.amount")
_OPINION_MISSING = Problem(field="opinion", code="counter.opinion_missing")


class DecisionPanel(QFrame):
    """One seat's step; emits `ordered` with the call that records it."""

    ordered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = theme.heading("")
        self.reviewed = WrappedLabel()
        self.reviewed.setAccessibleName("审核意见")
        self.changed_note = WrappedLabel()
        self.changed_note.setAccessibleName("金额改动提示")
        theme.ink(self.changed_note, theme.WARNING)
        self.grid = FieldGrid()
        self.opinion = self.grid.add("opinion", "意见", term_choice(Opinion))
        self.amount = self.grid.add("amount", "金额", AmountField())
        self.remark = self.grid.add("remark", "说明", NarrativeField(lines=2))
        self.document = self.grid.add("district_document", "区级批复文号", TextField())
        self.confirm = ConfirmPanel("确认")
        for grid in (self.grid, self.confirm.grid):
            grid.keep_room(len("区级批复文号"))
        self.confirm.confirmed.connect(self._confirmed)
        self.grid.changed.connect(self._arrange)
        self.grid.submitted.connect(self.confirm.confirm)
        self.boxes = StepBoxes(self.grid)
        self.nobody = QLabel("")
        self._view: CaseView | None = None
        self._seat: Seat | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (
            self.heading,
            self.reviewed,
            self.changed_note,
            self.grid,
            self.nobody,
            self.confirm,
        ):
            column.addWidget(part)

    @property
    def seat(self) -> Seat | None:
        """Which seat acts here now."""
        return self._seat

    def show_view(self, view: CaseView, seat: Seat) -> None:
        """Show a step; boxes of the same step keep what was typed into them."""
        before = self._view
        same = before is not None and before.case.case_id == view.case.case_id
        same_step = same and self._seat is seat and before is not None
        self._view, self._seat = view, seat
        reviewing = seat is Seat.REVIEWER
        self.heading.setText("审核" if reviewing else "审批")
        label = "确认审核" if reviewing else "批准救助"
        self.confirm.button.setText(f"{label}  Ctrl+Enter")
        self.confirm.button.setAccessibleName(label)
        (self.grid.show_field if reviewing else self.grid.hide_field)("opinion")
        district = not reviewing and _asks_district(view.case)
        (self.grid.show_field if district else self.grid.hide_field)("district_document")
        note = changed_amount(view.case)
        self.changed_note.setText(_changed_text(view) if note else "")
        self.changed_note.setVisible(note)
        self.reviewed.setText(_review_words(view))
        self.reviewed.setVisible(not reviewing and view.case.review is not None)
        if not same_step or before is None or before.case.stage is not view.case.stage:
            self._suggest(view)
            self.boxes.begin(f"decision.{view.case.stage}")
        self._show_officers(view, seat)

    def ask(self) -> None:
        """F8: to the PIN; with a PIN typed, confirm."""
        if self.confirm.pin.text() and self.confirm.isVisible():
            self.confirm.confirm()
        elif self.confirm.isVisible():
            self.confirm.ask()

    def refuse(self, field: str) -> None:
        """After a refusal: the PIN goes, everything else stays."""
        self.confirm.pin.clear()
        if field in ("", "pin"):
            self.confirm.refuse()

    def grids(self) -> tuple[FieldGrid, ...]:
        """Where a refusal can be shown at its box."""
        return (self.grid, self.confirm.grid)

    def _suggest(self, view: CaseView) -> None:
        self.boxes.rest()
        self.grid.clear_problems()
        self.opinion.choose(Opinion.AGREE)
        self.amount.set_money(suggested_amount(view.case))
        self.remark.setText(suggested_remark(view.case))
        self.document.setText("")
        self.confirm.pin.clear()

    def _arrange(self, name: str) -> None:
        """Another amount than suggested needs words of its own: the suggested ones go."""
        view = self._view
        if view is None or name != "amount":
            return
        stock, typed = suggested_remark(view.case), self.remark.text()
        changed = self.amount.money() not in (None, suggested_amount(view.case))
        if changed and typed == stock:
            self.remark.setText("")
        elif not changed and not typed:
            self.remark.setText(stock)

    def _show_officers(self, view: CaseView, seat: Seat) -> None:
        officers = officers_for(seat, view.staff, view.case.acts)
        chosen = self.confirm.officer.chosen()
        self.confirm.set_officers(officers)
        fitting = [each.operator_id for each in officers]
        if officers and chosen not in fitting:
            self.confirm.officer.choose(fitting[0])
        self.confirm.setVisible(bool(officers))
        self.nobody.setVisible(not officers)
        self.nobody.setText(wording.text("counter.no_officer", seat=seat.label))

    def _confirmed(self, operator_id: str, pin: str) -> None:
        view, seat = self._view, self._seat
        if view is None or seat is None:
            return
        reviewing = seat is Seat.REVIEWER
        problems = []
        opinion = self.opinion.chosen()
        if reviewing and opinion is None:
            problems.append(_OPINION_MISSING)
        agrees = not reviewing or opinion is Opinion.AGREE
        if agrees and self.amount.money() is None:
            problems.append(_AMOUNT_MISSING)
        self.grid.show_problems(problems)
        if problems:
            self.grid.focus_first_problem()
            return
        officer = OperatorId(operator_id)
        call = (
            self._review_call(view, officer, pin)
            if reviewing
            else self._approve_call(view, officer, pin)
        )
        self.ordered.emit(call)

    def _review_call(self, view: CaseView, officer: OperatorId, pin: str) -> CaseCall:
        order = ReviewOrder(
            case_id=view.case.case_id,
            seen_version=view.case.version,
            opinion=self.opinion.chosen() or Opinion.DISAGREE,
            amount=self.amount.money() or ZERO,
            remark=self.remark.text(),
        )

        def call(context: Context) -> Recorded[Case]:
            verified = operators.check_pin(context, officer, pin)
            return decisions.review(context, order, officer=verified)

        return call

    def _approve_call(self, view: CaseView, officer: OperatorId, pin: str) -> CaseCall:
        order = ApprovalOrder(
            case_id=view.case.case_id,
            seen_version=view.case.version,
            amount=self.amount.money() or ZERO,
            remark=self.remark.text(),
            district_document=self.document.text(),
        )

        def call(context: Context) -> Recorded[Case]:
            verified = operators.check_pin(context, officer, pin)
            return decisions.approve(context, order, officer=verified)

        return call


def _asks_district(case: Case) -> bool:
    """Whether an open point may need the district's word; the domain decides which."""
    return any(reason.is_open for reason in case.eligibility.reasons)


def _review_words(view: CaseView) -> str:
    review = view.case.review
    if review is None:
        return ""
    who = view.names.get(review.reviewer, "")
    return f"审核意见：{review.opinion.label}　{review.remark}（{who} {minute(review.at)}）"


def _changed_text(view: CaseView) -> str:
    trail = amount_trail(view.case, view.names)
    step = "审批" if view.case.stage is Stage.REVIEWED else "发放"
    return theme.WARNING_MARK + wording.text("counter.amount_changed", trail=trail, step=step)
