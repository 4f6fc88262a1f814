"""One form for every act of the place: its boxes are described, checked, and confirmed by PINs.

Nothing typed is lost by a refusal or by Esc; Enter moves on, F8, Ctrl+Enter or the button confirms.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Operator, Seat, VerifiedOfficer
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.terms import Term
from reliefdesk.services import operators
from reliefdesk.services.recording import Context, Recorded
from ui import keymap, theme
from ui.widgets.amount_field import AmountField
from ui.widgets.choice_field import ChoiceField
from ui.widgets.day_fields import DateField, InstantField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.level import Level
from ui.widgets.text_fields import NarrativeField, PinField, TextField
from ui.widgets.wrapped_label import WrappedLabel

Values = Mapping[str, Any]
Officers = tuple[VerifiedOfficer, ...]
Run = Callable[[Context, Values, Officers], Recorded[Any]]
Options = Sequence[tuple[Any, str]]


class Kind(Term):
    """What a box holds."""

    TEXT = "text", "文字"
    NARRATIVE = "narrative", "叙述"
    AMOUNT = "amount", "金额"
    DAY = "day", "日期"
    INSTANT = "instant", "日期和时间"
    CHOICE = "choice", "选择"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box: its name in the values, label, kind, whether it must be filled, what it begins with.

    An empty box that need not be filled gives '' for texts and None for everything else.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    needed: bool = True
    begin: Any = None
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An act: its title, what it does in one sentence, its boxes, who confirms, what it records.

    `seats` names each confirming officer and the seat that qualifies (None: anybody in office).
    `done` says what was recorded. `officer` is chosen already; `at_pin` puts the cursor there.
    `about` names the record it acts on: it stands in the heading, and what was typed about one
    record never comes up at another.
    """

    title: str
    says: str
    boxes: tuple[Box, ...]
    run: Run
    done: Callable[[Any], str]
    seats: tuple[tuple[str, Seat | None], ...] = ()
    follow: Callable[[Any], None] | None = None
    officer: object = None
    at_pin: bool = False
    about: str = ""

    @property
    def heading(self) -> str:
        """The title, and what it is about."""
        return f"{self.title}　{self.about}".rstrip()

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other task."""
        return self.heading, self.says


@dataclass(slots=True)
class _Signing:
    officer: ChoiceField[OperatorId]
    pin: PinField
    name: str = field(default="")


class OrderForm(Level):
    """Shows a task; `ordered` carries the call that records it."""

    ordered = Signal(object)

    def __init__(
        self,
        today: Callable[[], date],
        *,
        now: Callable[[], datetime],
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._today = today
        self._now = now
        self.task: Task | None = None
        self._left: dict[tuple[str, str], dict[str, str]] = {}
        """What stood typed when a task was left, by its key and the names of its boxes."""
        self._signing: list[_Signing] = []
        self.heading = theme.heading("")
        self.says = WrappedLabel()
        self.says.setAccessibleName("办理说明")
        theme.quiet(self.says)
        self.grid = FieldGrid(columns=self._columns)
        self.button = QPushButton("")
        self.button.setAutoDefault(False)
        theme.accent(self.button)
        self.button.clicked.connect(self.confirm)
        keymap.action("form.confirm", self, self.confirm)
        self.close_button = QPushButton("返回  Esc")
        self.close_button.setAccessibleName("返回")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close_level)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP, theme.GAP)
        self._column.setSpacing(theme.GAP_SMALL)
        buttons = QHBoxLayout()
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        for part in (self.heading, self.says, self.grid):
            self._column.addWidget(part)
        self._column.addLayout(buttons)
        theme.ground(self, theme.PAPER)
        # As high as its boxes: rows that drift apart look like two forms.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def open(self, task: Task, staff: Sequence[Operator]) -> None:
        """Begin a task; what was typed when it was left by Esc stands there again.

        The cursor stands in the first box.
        """
        self.task = task
        self.heading.setText(task.heading)
        self.says.setText(task.says)
        self.says.setVisible(bool(task.says))
        self.button.setText(f"确认{task.title}  F8")
        self.button.setAccessibleName(f"确认{task.title}")
        self._fresh_grid(task, staff)
        for name, typed in self._left.get(task.key, {}).items():
            _put(self.grid.field(name), typed)
        self.setEnabled(True)
        self.show()
        for each in self._signing[:1]:
            if task.officer is not None:
                each.officer.choose(OperatorId(str(task.officer)))
        first = f"{self._signing[0].name}_pin" if task.at_pin else self.grid.names()[0]
        self.grid.field(first).setFocus()

    def confirm(self) -> None:
        """Give the order if everything is there, else mark what lacks."""
        task = self.task
        if task is None or not self.isEnabled():
            return
        values, problems = self._read(task)
        problems += self._unsigned()
        self.grid.show_problems(problems)
        if problems:
            self.grid.focus_first_problem()
            return
        self.ordered.emit(_call(task, values, [self._proof(each) for each in self._signing]))

    def close_level(self) -> None:
        """Leave the task; what was typed waits for it."""
        if self.task is not None:
            typed = {box.name: _typed(self.grid.field(box.name)) for box in self.task.boxes}
            self._left[self.task.key] = {name: text for name, text in typed.items() if text}
        super().close_level()

    def forget(self) -> None:
        """Another operator signed in: what the one before typed is not theirs to confirm."""
        self._left.clear()
        if self.is_open:
            super().close_level()

    def finish(self) -> None:
        """The task is recorded: the next one of its kind begins afresh."""
        super().close_level()
        if self.task is not None:
            self._left.pop(self.task.key, None)

    def refuse(self) -> None:
        """After a refusal the PINs go, everything else stays."""
        self.setEnabled(True)
        for each in self._signing:
            each.pin.clear()
        if self._signing:
            self._signing[0].pin.setFocus()

    def _fresh_grid(self, task: Task, staff: Sequence[Operator]) -> None:
        old, self.grid = self.grid, FieldGrid(columns=self._columns)
        self._column.replaceWidget(old, self.grid)
        old.hide()
        old.deleteLater()
        for box in task.boxes:
            span = self._columns if box.kind is Kind.NARRATIVE else 1
            self.grid.add(box.name, box.label, self._widget(box), span=span)
        self._signing = []
        for place, (who, seat) in enumerate(task.seats):
            name = f"officer{place}"
            offered = [one for one in staff if one.active and (seat is None or seat in one.seats)]
            chooser: ChoiceField[OperatorId] = ChoiceField(
                [(one.operator_id, one.name) for one in offered]
            )
            if len(offered) == 1:
                chooser.choose(offered[0].operator_id)
            self.grid.add(name, who, chooser)
            pin = self.grid.add(f"{name}_pin", f"{who}确认码", PinField())
            self._signing.append(_Signing(officer=chooser, pin=pin, name=name))
        self.grid.submitted.connect(self.confirm)

    def _widget(self, box: Box) -> QWidget:
        match box.kind:
            case Kind.AMOUNT:
                amount = AmountField()
                amount.set_money(box.begin)
                return amount
            case Kind.DAY:
                day = DateField(today=self._today)
                day.set_day(box.begin)
                return day
            case Kind.INSTANT:
                instant = InstantField(now=self._now)
                instant.set_instant(box.begin)
                return instant
            case Kind.CHOICE:
                chooser: ChoiceField[Any] = ChoiceField(box.options)
                chooser.choose(box.begin)
                return chooser
            case Kind.NARRATIVE:
                told = NarrativeField()
                told.setPlainText(box.begin or "")
                return told
            case _:
                text = TextField()
                text.setText(box.begin or "")
                return text

    def _read(self, task: Task) -> tuple[dict[str, Any], list[Problem]]:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for box in task.boxes:
            value, typed = _value(self.grid.field(box.name))
            values[box.name] = value
            if value in (None, "") and (box.needed or typed):
                problems.append(Problem(field=box.name, code="vouchers.needed"))
        return values, problems

    def _unsigned(self) -> list[Problem]:
        found = []
        for each in self._signing:
            pin = each.pin.text()
            if each.officer.chosen() is None:
                found.append(Problem(field=each.name, code="ui.officer_missing"))
            if len(pin) != PinField.DIGITS or not (pin.isascii() and pin.isdigit()):
                found.append(Problem(field=f"{each.name}_pin", code="ui.pin_short"))
        return found

    def _proof(self, each: _Signing) -> tuple[OperatorId, str]:
        return each.officer.chosen() or OperatorId(""), each.pin.text()


def terms(kind: Iterable[Term]) -> Options:
    """The members of a closed list as options."""
    return [(each, each.label) for each in kind]


def _call(
    task: Task, values: Values, proofs: Sequence[tuple[OperatorId, str]]
) -> Callable[[Context], Recorded[Any]]:
    def call(context: Context) -> Recorded[Any]:
        officers = tuple(operators.check_pin(context, *proof) for proof in proofs)
        return task.run(context, values, officers)

    return call


def _value(widget: QWidget) -> tuple[Any, bool]:
    """What a box means, and whether something stands in it."""
    match widget:
        case ChoiceField():
            return widget.chosen(), False
        case NarrativeField():
            text = widget.toPlainText().strip()
            return text, bool(text)
        case TextField():
            return _meaning(widget), bool(widget.text().strip())
        case _:
            return None, False


def _typed(widget: QWidget) -> str:
    """The text of a box; what is only chosen is chosen anew."""
    match widget:
        case NarrativeField():
            return str(widget.toPlainText())
        case TextField():
            return str(widget.text())
        case _:
            return ""


def _put(widget: QWidget, text: str) -> None:
    match widget:
        case NarrativeField():
            widget.setPlainText(text)
        case TextField():
            widget.setText(text)


def _meaning(box: TextField) -> Any:  # noqa: ANN401 - what each kind of box holds
    match box:
        case AmountField():
            return box.money()
        case DateField():
            return box.day()
        case InstantField():
            return box.instant()
        case _:
            return box.text().strip()
