"""The boxes of one other act, and the officer's PIN where the act needs one; Esc closes it.

What was typed stays while the case is on screen, whichever act is opened in between.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import ApprovalMeans, Route
from reliefdesk.domain.ids import CaseId, OperatorId
from reliefdesk.domain.money import ZERO
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.problems import Problem
from reliefdesk.services import operators
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.counter.acts import OFFICERS, Act, Typed, call_of
from ui.counter.case_view import CaseView
from ui.counter.drafts import StepBoxes
from ui.counter.fields import put_text, text_of
from ui.counter.suggestions import suggested_amount
from ui.widgets.amount_field import AmountField
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.confirm_panel import ConfirmPanel
from ui.widgets.day_fields import DateField, InstantField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import NameField, NarrativeField, NumberField, TextField
from ui.widgets.wrapped_label import WrappedLabel

_BOXES: Mapping[Act, tuple[str, ...]] = {
    Act.REFUSE: ("reason",),
    Act.REFER: ("to", "receiver", "reason"),
    Act.FIRST_RELIEF: ("amount", "means", "approver", "approved_at", "remark"),
    Act.INVESTIGATE: ("on", "place", "method", "investigators", "result"),
    Act.UNREVIEW: ("reason",),
    Act.WITHDRAW: ("reason",),
    Act.END: ("on",),
    Act.COMPLETE: ("on", "remark"),
    Act.IDENTIFY: ("number", "name", "reason"),
    Act.GIVE_UP: ("reason",),
    Act.PUT_AWAY: ("archive_no", "remark"),
}
_FIELD_OF_REASON = {Act.INVESTIGATE: "result"}
_SPLIT = re.compile(r"[\s,，、;；]+")
_PLAIN = ("receiver", "place", "method", "investigators", "number", "name", "archive_no")
_OUTWARD = (Route.ORDINARY, Route.SHELTER, Route.HOSPITAL, Route.DISTRICT)


class ActPanel(QFrame):
    """One panel for all acts; emits `ordered` with the call that records."""

    ordered = Signal(object)
    closed = Signal()

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._view: CaseView | None = None
        self._case_id: CaseId | None = None
        self.act: Act | None = None
        self.heading = theme.heading("")
        self.says = WrappedLabel()
        self.says.setAccessibleName("办理说明")
        theme.quiet(self.says)
        self.grid = FieldGrid()
        self._add_boxes(now, today)
        self.boxes = StepBoxes(self.grid)
        self.confirm = ConfirmPanel("")
        self.confirm.confirmed.connect(self._confirmed)
        self.button = QPushButton("")
        self.button.setAutoDefault(False)
        theme.accent(self.button)
        self.button.clicked.connect(self.submit)
        self.close_button = QPushButton("返回  Esc")
        self.close_button.setAccessibleName("返回")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.closed)
        self.grid.submitted.connect(self.submit)
        self.grid.changed.connect(self._changed)
        self._lay_out()

    def begin(self, act: Act, view: CaseView) -> None:
        """Open an act; the cursor goes to its first box."""
        fresh = view.case.case_id != self._case_id
        self.boxes.rest()
        if fresh:
            self._empty()
        self.act = act
        self.show_view(view)
        self.grid.clear_problems()
        for name in self.grid.names():
            shown = name in _BOXES[act]
            (self.grid.show_field if shown else self.grid.hide_field)(name)
        label = f"确认{act.label}"
        for button in (self.button, self.confirm.button):
            button.setText(f"{label}  Ctrl+Enter")
            button.setAccessibleName(label)
        self.heading.setText(act.label)
        self.says.setText(wording.text(f"counter.act_{act.value}"))
        if act is Act.FIRST_RELIEF and not self.amount.text():
            self.amount.set_money(suggested_amount(view.case))
        (self.boxes.begin if fresh else self.boxes.go_on)("acts")
        self.confirm.setVisible(act in OFFICERS)
        self.button.setVisible(act not in OFFICERS)
        self.grid.field(_BOXES[act][0]).setFocus()

    def show_view(self, view: CaseView) -> None:
        """Take the case as it is now; typed text stays."""
        self._view, self._case_id = view, view.case.case_id
        approvers = [each for each in view.staff if each.active and Seat.APPROVER in each.seats]
        self.approver.set_options([(each.operator_id, each.name) for each in approvers])
        if len(approvers) == 1:
            self.approver.choose(approvers[0].operator_id)
        if self.act in OFFICERS:
            self._offer_officers(view)

    def ask(self) -> None:
        """F8: to the PIN, or with a PIN (or none needed) confirm."""
        if self.act in OFFICERS and not self.confirm.pin.text():
            self.confirm.ask()
        else:
            self.submit()

    def submit(self) -> None:
        """Give the order, by PIN where the act needs one."""
        if self.act in OFFICERS:
            self.confirm.confirm()
        elif self._complete():
            self._order(None, "")

    def refuse(self, field: str) -> None:
        """After a refusal the PIN goes, everything else stays."""
        self.confirm.pin.clear()
        if self.act in OFFICERS and field in ("", "pin"):
            self.confirm.refuse()

    def grids(self) -> tuple[FieldGrid, ...]:
        """Where a refusal can be shown at its box."""
        return (self.grid, self.confirm.grid)

    def reason_field(self) -> str:
        """The box that a missing written reason belongs to."""
        return _FIELD_OF_REASON.get(self.act or Act.REFUSE, "reason")

    def _offer_officers(self, view: CaseView) -> None:
        seats = set(OFFICERS[self.act or Act.REFUSE])
        if self.act is Act.FIRST_RELIEF:
            in_person = self.means.chosen() is ApprovalMeans.IN_PERSON
            seats = {Seat.APPROVER} if in_person else {Seat.REGISTRAR}
        fitting = [each for each in view.staff if each.active and seats & set(each.seats)]
        self.confirm.set_officers(fitting)
        preferred = self._preferred(view, fitting)
        if preferred is not None:
            self.confirm.officer.choose(preferred)

    def _preferred(self, view: CaseView, fitting: list[Operator]) -> OperatorId | None:
        ids = [each.operator_id for each in fitting]
        if self.act is Act.UNREVIEW and view.case.review is not None:
            return view.case.review.reviewer
        if view.operator_id in ids:
            return view.operator_id
        return ids[0] if ids else None

    def _changed(self, name: str) -> None:
        if name == "means" and self._view is not None and self.act in OFFICERS:
            self._offer_officers(self._view)

    def _confirmed(self, operator_id: str, pin: str) -> None:
        if self._complete():
            self._order(OperatorId(operator_id), pin)

    def _complete(self) -> bool:
        problems = []
        boxes = _BOXES[self.act or Act.REFUSE]
        if "on" in boxes and self.day.day() is None:
            facts: dict[str, object] = {"text": self.day.text()[:20]}
            code = "counter.day_unreadable" if self.day.text().strip() else "counter.day_missing"
            problems.append(Problem(field="on", code=code, facts=facts))
        typed_at = self.at.text().strip()
        if "approved_at" in boxes and typed_at and self.at.instant() is None:
            facts = {"text": typed_at[:20]}
            problems.append(
                Problem(field="approved_at", code="counter.instant_unreadable", facts=facts)
            )
        if "amount" in boxes and self.amount.money() is None:
            problems.append(Problem(field="amount", code="cases.amount"))
        self.grid.show_problems(problems)
        if problems:
            self.grid.focus_first_problem()
        return not problems

    def _order(self, officer: OperatorId | None, pin: str) -> None:
        view, act = self._view, self.act
        if view is None or act is None:
            return
        act_call = call_of(act, view, self._typed())

        def call(context: Context) -> Recorded[Case]:
            verified = operators.check_pin(context, officer, pin) if officer else None
            return act_call(context, verified)

        self.ordered.emit(call)

    def _typed(self) -> Typed:
        boxes = _BOXES[self.act or Act.REFUSE]
        words = next((name for name in ("reason", "result", "remark") if name in boxes), "")
        in_person = self.means.chosen() is ApprovalMeans.IN_PERSON
        return Typed(
            reason=self._text(words) if words else "",
            to=self.to.chosen() or Route.ORDINARY,
            receiver=self._text("receiver"),
            method=self._text("method"),
            amount=self.amount.money() or ZERO,
            means=self.means.chosen() or ApprovalMeans.PHONE,
            approver=self.confirm.officer.chosen() if in_person else self.approver.chosen(),
            at=self.at.instant(),
            day=self.day.day(),
            place=self._text("place"),
            investigators=tuple(filter(None, _SPLIT.split(self._text("investigators")))),
            number=self._text("number"),
            name=self._text("name"),
            archive_no=self._text("archive_no"),
        )

    def _text(self, name: str) -> str:
        return text_of(self.grid.field(name))

    def _empty(self) -> None:
        for field in (self.reason, self.remark, self.result, self.amount, self.at):
            field.setText("")
        for name in _PLAIN:
            put_text(self.grid.field(name), "")
        self.means.choose(ApprovalMeans.IN_PERSON)
        self.to.choose(None)
        self.day.setText("")
        self.confirm.pin.clear()

    def _add_boxes(self, now: Callable[[], datetime], today: Callable[[], date]) -> None:
        add = self.grid.add
        self.to: ChoiceField[Route] = add("to", "转介渠道", term_choice(_OUTWARD))
        add("receiver", "接收单位", TextField())
        self.amount = add("amount", "先行金额", AmountField())
        self.means: ChoiceField[ApprovalMeans] = add(
            "means", "批准方式", term_choice(ApprovalMeans)
        )
        self.approver = add("approver", "批准人", ChoiceField[OperatorId]())
        self.at = add("approved_at", "批准时间", InstantField(now=now))
        self.at.setPlaceholderText("空着就是现在")
        self.day = add("on", "日期", DateField(today=today))
        add("number", "证件号码", NumberField())
        add("name", "姓名", NameField())
        add("archive_no", "档案号", TextField())
        add("place", "调查地点", TextField())
        add("method", "调查方式", TextField())
        add("investigators", "调查人", TextField())
        self.result = add("result", "核实情况", NarrativeField())
        self.reason = add("reason", "书面理由", NarrativeField())
        self.remark = add("remark", "备注", NarrativeField(lines=2))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (self.heading, self.says, self.grid, self.confirm):
            column.addWidget(part)
        column.addLayout(buttons)
