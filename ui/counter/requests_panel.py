"""What a case asks of the district, and what came back: asked here, a word by phone noted here.

The kind of question is suggested by what the rules say against the case.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.requests import RequestKind, RequestRow, RequestState
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import requests
from reliefdesk.services.recording import Context, Recorded
from reliefdesk.services.requests import AskOrder, PhoneOrder
from ui import failures, keymap, theme
from ui.counter.case_view import CaseView
from ui.pages import Workplace
from ui.widgets.latest import Latest
from ui.widgets.message_bar import MessageBar
from ui.widgets.order_form import Box, Kind, Officers, OrderForm, Task, Values, terms
from ui.widgets.wrapped_label import WrappedLabel

_KINDS = {
    "eligibility.over_delegation": RequestKind.DELEGATION,
    "eligibility.no_delegation": RequestKind.DELEGATION,
    "eligibility.helped_elsewhere": RequestKind.FREQUENCY,
    "eligibility.frequency_paid": RequestKind.FREQUENCY,
    "eligibility.frequency_promised": RequestKind.FREQUENCY,
    "eligibility.local_hukou": RequestKind.ROUTE,
    "eligibility.permit_valid": RequestKind.ROUTE,
    "eligibility.not_citizen": RequestKind.ROUTE,
}
_ENDED = (Stage.REFUSED, Stage.REFERRED, Stage.WITHDRAWN)


class RequestsPanel(QWidget):
    """Lines of a case's requests and two acts; `form` is the level in which one is given.

    `opened` and `left` tell the case to make way and to come back, `changed` to read again.
    """

    opened = Signal()
    left = Signal()
    changed = Signal()

    def __init__(self, workplace: Workplace, messages: MessageBar, page: QWidget) -> None:
        super().__init__()
        self._workplace = workplace
        self._messages = messages
        self._view: CaseView | None = None
        self._rows: tuple[RequestRow, ...] = ()
        self.lines = WrappedLabel()
        self.lines.setAccessibleName(wording.text("requests.title"))
        self.ask_action = keymap.action("case.ask", page, self.ask)
        self.phone_action = keymap.action("case.phone", page, self.note_phone)
        self.form = OrderForm(workplace.today, now=workplace.now, columns=1)
        workplace.session.signed_in.connect(self.form.forget)
        self.form.ordered.connect(self._order)
        self.form.closed.connect(self._closed)
        self._latest: Latest[tuple[RequestRow, ...]] = Latest(
            workplace.operations, parent=self, done=self._show, failed=self._failed
        )
        self._lay_out()

    def show_view(self, view: CaseView) -> None:
        """Show what this case asked; an open question of another case is closed."""
        if self._view is None or self._view.case.case_id != view.case.case_id:
            self.form.hide()
            self._rows = ()
        self._view, case_id = view, view.case.case_id
        self._arrange()
        self._latest.ask(lambda context: requests.listed(context, case_id=case_id))

    def ask(self) -> None:
        """Ask the district about the case."""
        view = self._view
        if view is None or not self.isVisible() or not self.ask_action.isEnabled():
            return
        case_id, request_id = view.case.case_id, self._workplace.ids.new()

        def run(context: Context, values: Values, _officers: Officers) -> Recorded[Any]:
            order = AskOrder(request_id=request_id, case_id=case_id, **values)
            return requests.ask(context, order)

        boxes = (
            Box(
                name="kind",
                label="请示事项",
                kind=Kind.CHOICE,
                options=terms(RequestKind),
                begin=_fitting(view),
            ),
            Box(name="amount", label="金额", kind=Kind.AMOUNT, begin=view.amount),
            Box(name="reason", label="理由", kind=Kind.NARRATIVE),
        )
        self._open("ask", boxes, run, seats=())

    def note_phone(self) -> None:
        """Note who of the district said yes by phone, when, and up to how much."""
        waiting = [row for row in self._rows if row.state is RequestState.WAITING]
        view = self._view
        if view is None or not self.isVisible() or not waiting:
            return

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            return requests.note_phone(context, PhoneOrder(**values), officer=officers[0])

        boxes = (
            Box(
                name="request_id",
                label="请示事项",
                kind=Kind.CHOICE,
                options=[(row.request_id, row.kind.label) for row in waiting],
                begin=waiting[0].request_id,
            ),
            Box(name="name", label="区里答复人"),
            Box(
                name="said_at",
                label="通话时间",
                kind=Kind.INSTANT,
                begin=self._workplace.now(),
            ),
            Box(name="amount", label="同意金额", kind=Kind.AMOUNT, begin=waiting[0].asked),
        )
        self._open("phone", boxes, run, seats=(("接电话人", None),))

    def close_form(self) -> bool:
        """Esc: close the open question; whether there was one."""
        was_open = self.form.is_open
        if was_open:
            self.form.close_level()
        return was_open

    def _open(
        self,
        name: str,
        boxes: tuple[Box, ...],
        run: Callable[[Context, Values, Officers], Recorded[Any]],
        *,
        seats: tuple[tuple[str, None], ...],
    ) -> None:
        view = self._view
        if view is None:
            return
        task = Task(
            title=wording.text(f"requests.{name}_title"),
            about=view.case.case_no,
            says=wording.text(f"requests.{name}_says"),
            boxes=boxes,
            run=run,
            done=lambda _done: wording.text(f"requests.{name}_done"),
            seats=seats,
        )
        self._messages.clear()
        self.form.open(task, view.staff)
        self._arrange()
        self.opened.emit()

    def _order(self, call: Callable[[Context], Recorded[Any]]) -> None:
        self.form.setEnabled(False)
        self._workplace.operations.run(call, done=self._ordered, failed=self._refused)

    def _ordered(self, done: Recorded[Any]) -> None:
        task = self.form.task
        self.form.finish()
        if task is not None:
            self._messages.show_success(task.done(done.result))
        self.changed.emit()

    def _refused(self, error: ReliefDeskError) -> None:
        self.form.refuse()
        self._failed(error)

    def _closed(self) -> None:
        self._arrange()
        self.left.emit()

    def _show(self, rows: tuple[RequestRow, ...]) -> None:
        view = self._view
        if view is not None and all(row.case_id == view.case.case_id for row in rows):
            self._rows = rows
            self._arrange()

    def _arrange(self) -> None:
        view = self._view
        if view is None:
            return
        going_on = view.case.stage not in _ENDED and not view.is_district
        self.setVisible(going_on or bool(self._rows))
        at_rest = going_on and not self.form.is_open
        self.ask_action.setVisible(at_rest)
        waits = any(row.state is RequestState.WAITING for row in self._rows)
        self.phone_action.setVisible(at_rest and waits)
        keys = keymap.command("case.ask").keys[0]
        told = "\n".join(map(_line, self._rows))
        self.lines.setText(told or wording.text("requests.none", keys=keys))
        theme.ink(self.lines, theme.INK if self._rows else theme.INK_QUIET)

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self._messages)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (theme.heading(wording.text("requests.title")), self.lines):
            column.addWidget(part)
        for action in (self.ask_action, self.phone_action):
            column.addWidget(keymap.button(action), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.form)


def _fitting(view: CaseView) -> RequestKind:
    """What the case most likely needs: cash once it is decided, else what the rules say."""
    if view.case.stage is Stage.APPROVED and view.case.rest > view.cash_limit:
        return RequestKind.CASH
    found = view.judged.record if view.judged is not None else view.case.eligibility
    kinds = [_KINDS[reason.code] for reason in found.reasons if reason.code in _KINDS]
    if kinds:
        return kinds[0]
    first = view.case.first_relief is not None
    return RequestKind.FIRST_RELIEF if first else RequestKind.DELEGATION


def _line(row: RequestRow) -> str:
    said = wording.text(
        "requests.line", kind=row.kind, amount=row.asked, on=row.asked_on, state=row.state
    )
    if row.contradicted:
        said += wording.text("requests.contradicted")
    return "，".join(filter(None, (said, *_answer(row))))


def _answer(row: RequestRow) -> tuple[str, ...]:
    if row.state is not RequestState.GRANTED:
        return (row.document, row.remark)
    return (wording.text("requests.allowed", amount=row.allowed), row.document, row.remark)
