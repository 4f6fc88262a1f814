"""One case on screen: read left, act right; the next step is open, F8 does it, Ctrl+P prints.

The same panel stands on the counter and in the list of cases. A refusal is shown at its box where
it has one; boxes keep their text, and a case moved by another window is loaded anew.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.eligibility import Eligibility
from reliefdesk.domain.ids import CaseId, PersonId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.receipts import Receipt
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import persons
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.counter.act_buttons import ActButtons
from ui.counter.act_panel import ActPanel
from ui.counter.acts import Act, fitting_acts
from ui.counter.case_summary import CaseSummary
from ui.counter.case_view import CaseView, gather_case, judged
from ui.counter.correction_panel import CorrectionPanel
from ui.counter.decision_panel import DecisionPanel
from ui.counter.drafts import StepBoxes, StepDrafts
from ui.counter.intake_panel import scrolling, show_top
from ui.counter.papers_panel import PapersPanel
from ui.counter.pay_panel import PayPanel
from ui.counter.receipt_panel import ReceiptPanel
from ui.counter.receipt_work import ReceiptWork
from ui.counter.refusals import field_of
from ui.counter.requests_panel import RequestsPanel
from ui.pages import Workplace
from ui.widgets.field_grid import FieldGrid
from ui.widgets.latest import Latest
from ui.widgets.message_bar import MessageBar
from ui.widgets.wrapped_label import WrappedLabel

_RIGHT_WIDTH = 400


class CasePanel(QWidget):
    """Shows and moves one case."""

    moved = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        messages: MessageBar,
        print_action: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._operations = workplace.operations
        self.messages = messages
        self.view: CaseView | None = None
        self._opened: CaseId | None = None
        self._busy = False
        self.summary = CaseSummary()
        self.decision = DecisionPanel()
        self.pay = PayPanel(workplace.ids, now=workplace.now)
        page = print_action.parent()
        assert isinstance(page, QWidget)  # noqa: S101 - a command stands on its page
        self.receipt = ReceiptPanel(print_action, page)
        self.act = ActPanel(now=workplace.now, today=workplace.today)
        self.correction = CorrectionPanel(workplace.ids, now=workplace.now)
        self.acts = ActButtons(page, self.begin_act)
        self.requests = RequestsPanel(workplace, messages, page)
        self.papers = PapersPanel(workplace, messages, page)
        self._receipts = ReceiptWork(self.receipt, workplace, messages, parent=self)
        self._load: Latest[CaseView] = Latest(
            self._operations, parent=self, done=self._show, failed=self._failed
        )
        self._judging: Latest[tuple[CaseView, Money, Eligibility]] = Latest(
            self._operations, parent=self, done=self._judged, failed=self._failed
        )
        self.drafts = StepDrafts(self._operations, self, *(panel.boxes for panel in self._steps()))
        self.draft = WrappedLabel()
        self.draft.setAccessibleName("草稿状态")
        theme.quiet(self.draft)
        self._connect()
        self._lay_out()

    def open(self, case_id: CaseId) -> None:
        """Show a case; what was typed for another one goes with it."""
        if case_id != self._opened:
            self.close_act()
            if self._opened is not None:
                self.messages.clear()
        self._opened = case_id
        self.reload()

    def close_case(self) -> None:
        """Show none."""
        self.view, self._opened = None, None

    def reload(self) -> None:
        """Read the case anew; typed text stays."""
        case_id = self._opened
        if case_id is not None:
            self._load.ask(lambda context: gather_case(context, case_id))

    def step(self) -> None:
        """F8: whatever is open goes on: to its PIN, or with a PIN to the desk."""
        for panel in self._steps():
            if panel.isVisible():
                panel.ask()
                return

    def print_receipt(self) -> None:
        """Ctrl+P: print the paper that is looked at, else the receipt on screen."""
        if self.papers.printing.is_open:
            self.papers.printing.print_now()
        elif self.receipt.isVisible():
            self._receipts.print_now()

    def begin_act(self, act: Act) -> None:
        """Open one of the other acts, if the stage allows it."""
        view = self.view if self.isVisible() else None
        if view is not None and act in fitting_acts(view):
            self.correction.hide()
            self.act.begin(act, view)
            self._arrange()

    def close_act(self) -> bool:
        """Esc: close a paper or an open act; whether there was one."""
        if self.papers.printing.is_open:
            self.papers.printing.close_level()
            return True
        if self.requests.close_form():
            return True
        open_ = self.act.act is not None or self.correction.isVisibleTo(self)
        self.act.act = None
        self.correction.hide()
        if open_ and self.view is not None:
            self._arrange()
        return open_

    def _connect(self) -> None:
        for panel in self._steps():
            panel.ordered.connect(self._run)
        self.drafts.said.connect(self._say_draft)
        self.decision.grid.changed.connect(self._judge)
        self.act.closed.connect(self.close_act)
        self.correction.closed.connect(self.close_act)
        self.summary.reveal_wanted.connect(self._reveal)
        self.receipt.correct_wanted.connect(self._correct)
        self._receipts.changed.connect(self.reload)
        for told in (self.requests.opened, self.requests.left):
            told.connect(self._arrange)
        self.requests.changed.connect(self.reload)

    def _judge(self, name: str) -> None:
        """The amount typed by the officer is judged while it is typed."""
        view, amount = self.view, self.decision.amount.money()
        if view is None or name != "amount" or amount is None or amount <= ZERO:
            return
        if self.decision.isVisible():
            self._judging.ask(lambda context: (view, amount, judged(context, view.case, amount)))

    def _judged(self, answer: tuple[CaseView, Money, Eligibility]) -> None:
        view, amount, found = answer
        if view is self.view and amount == self.decision.amount.money():
            self.summary.show_judged(view, found, amount)

    def _run(self, call: Callable[[Context], Recorded[Any]]) -> None:
        """Give an order once: a second key stroke while it is under way gives none."""
        if self._busy:
            return
        self._busy = True
        boxes = next(panel.boxes for panel in self._steps() if panel is self.sender())
        self._operations.run(call, done=lambda _: self._done(boxes), failed=self._refused)

    def _done(self, boxes: StepBoxes) -> None:
        self._busy = False
        self.drafts.done(boxes)
        before = self.view
        self.act.act = None
        self.correction.hide()
        self.messages.clear()
        case_id = self._opened
        if case_id is not None and before is not None:
            self._operations.run(
                lambda context: gather_case(context, case_id),
                done=lambda view: self._went_on(before, view),
                failed=self._failed,
            )

    def _went_on(self, before: CaseView, view: CaseView) -> None:
        if view.case.case_id != self._opened:
            return
        self._show(view)
        self.messages.show_success(_told(before, view))
        self._focus_next()
        self.moved.emit(view.case)

    def _focus_next(self) -> None:
        if self.pay.isVisible():
            self.pay.await_pin()
        elif self.decision.isVisible() and self.decision.confirm.isVisible():
            self.decision.confirm.ask()
        elif self.receipt.isVisible():
            self.receipt.print_button.setFocus()
        # A box that went with the cursor may have scrolled: what comes next shows from its top.
        QTimer.singleShot(0, self, lambda: show_top(self._beside))

    def _refused(self, error: ReliefDeskError) -> None:
        self._busy = False
        reason = self.act.reason_field() if self.act.isVisible() else "remark"
        name = field_of(error, reason=reason)
        for panel, grids in self._open_grids():
            panel.refuse(name)
            for grid in grids:
                if name in grid.names():
                    grid.show_problems([Problem(field=name, code=error.code, facts=error.facts)])
                    grid.focus_first_problem()
                    return
        self._failed(error)
        if error.code == "cases.changed":
            self.reload()

    def _open_grids(self) -> list[tuple[Any, tuple[FieldGrid, ...]]]:
        return [(panel, panel.grids()) for panel in self._steps() if panel.isVisible()]

    def _steps(self) -> tuple[ActPanel, CorrectionPanel, DecisionPanel, PayPanel]:
        return (self.act, self.correction, self.decision, self.pay)

    def _say_draft(self, said: str) -> None:
        self.draft.setText(said)
        self.draft.setVisible(bool(said))

    def _failed(self, error: ReliefDeskError) -> None:
        self.messages.show_failure(wording.parts(error))

    def _show(self, view: CaseView) -> None:
        if view.case.case_id != self._opened:
            return
        fresh = self.view is None or self.view.case.case_id != view.case.case_id
        self.view = view
        if fresh:
            self.drafts.open(view.case.case_id, view.draft)
        self.summary.show_view(view)
        self.requests.show_view(view)
        self.papers.show_case(view.case, view.forms)
        if self.act.act is not None:
            if self.act.act in fitting_acts(view):
                self.act.show_view(view)
            else:
                self.act.act = None
        self._arrange()
        if fresh:
            shown = [each for each in (self.decision, self.pay) if not each.isHidden()]
            self.drafts.fit(*(each.boxes.mark for each in shown))
            self._judge("amount")
            self._focus_next()

    def _arrange(self) -> None:
        view = self.view
        if view is None:
            return
        seat = view.next_seat
        asking = self.requests.form.is_open
        other = self.act.act is not None or self.correction.isVisibleTo(self) or asking
        if seat in (Seat.REVIEWER, Seat.APPROVER):
            self.decision.show_view(view, seat)
        if seat is Seat.CASHIER:
            self.pay.show_view(view)
        self.decision.setVisible(seat in (Seat.REVIEWER, Seat.APPROVER) and not other)
        self.pay.setVisible(seat is Seat.CASHIER and not other)
        self.act.setVisible(self.act.act is not None and not asking)
        receipt = view.receipt
        self.receipt.setVisible(receipt is not None and not other)
        if receipt is not None:
            self._receipts.show(view, receipt)
        self.acts.setVisible(not other)
        self.acts.offer(fitting_acts(view))

    def _correct(self, receipt: Receipt) -> None:
        if self.view is not None:
            self.act.act = None
            self.correction.show()
            self._arrange()
            self.correction.begin(self.view, receipt)
            if self.receipt.correct_reason:
                self.correction.reason.setText(self.receipt.correct_reason)
                self.correction.pin.setFocus()

    def _reveal(self) -> None:
        view = self.view
        if view is not None:
            person_id: PersonId = view.person.person_id
            self._operations.run(
                lambda context: persons.reveal(context, person_id, "number"),
                done=self._revealed,
                failed=self._failed,
            )

    def _revealed(self, recorded: Recorded[str]) -> None:
        self.summary.number.reveal(recorded.result)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, theme.GAP, 0)
        left.addWidget(self.summary)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(theme.GAP_SMALL, 0, theme.GAP_SMALL, 0)
        right.setSpacing(theme.GAP)
        for part in (
            *self._steps(),
            self.draft,
            self.receipt,
            self.acts,
            self.requests,
            self.papers,
        ):
            right.addWidget(part)
        right.addStretch(1)
        for part in (*self._steps(), self.draft, self.receipt):
            part.hide()
        self.columns = QWidget()
        columns = QHBoxLayout(self.columns)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(theme.GAP)
        columns.addWidget(scrolling(left), 5)
        self._beside = scrolling(right)
        self._beside.setMinimumWidth(_RIGHT_WIDTH)
        columns.addWidget(self._beside, 4)
        over = QVBoxLayout(self)
        over.setContentsMargins(0, 0, 0, 0)
        for level in (self.columns, self.papers.printing):
            over.addWidget(level, 1)
        self.papers.looked_at.connect(self.columns.hide)
        self.papers.left.connect(self.columns.show)


def _told(before: CaseView, view: CaseView) -> str:
    """What was done, in words: the last step, and the number where cash was paid."""
    step = view.steps[-1] if view.steps else None
    known = {each.receipt_no for each in before.receipts}
    fresh = [each.receipt_no for each in view.receipts if each.receipt_no not in known]
    act = step.act if step is not None else ""
    if fresh:
        return wording.text("counter.paid", receipt_no=fresh[-1])
    return wording.text("counter.step_done", act=act)
