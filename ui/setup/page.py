"""The first start as plain steps; each can be left and is found again at the next sign-in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from reliefdesk import desk as front_door
from reliefdesk import wording
from reliefdesk.desk import Account, Desk, DeskPlan
from reliefdesk.domain.operators import Operator
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import operators
from reliefdesk.services.setup import SetupStep
from ui import failures, keymap, theme
from ui.pages import Workplace
from ui.setup.money_steps import FloatStep, PoliciesStep
from ui.setup.office_steps import AdministratorStep, OfficeStep
from ui.setup.operators_step import OperatorsStep
from ui.setup.recovery_step import RecoveryStep
from ui.setup.steps import Step
from ui.sign_in.page import Door
from ui.widgets.message_bar import MessageBar

_LIST_WIDTH = 190
_OFFICE, _ADMINISTRATOR = "office", "administrator"


class SetupPage(QWidget):
    """`signed_in` carries the first administrator; `finished` ends the steps."""

    title = "建立办理点"
    key = "setup"
    signed_in = Signal(object)
    finished = Signal()

    def __init__(self, workplace: Workplace, door: Door) -> None:
        super().__init__()
        self._workplace = workplace
        self._door = door
        self._remaining: tuple[str, ...] = tuple(SetupStep)
        self.messages = MessageBar()
        self.office_step = OfficeStep(workplace, self.messages)
        self.administrator_step = AdministratorStep(workplace, self.messages)
        self._steps: dict[str, Step] = {
            _OFFICE: self.office_step,
            _ADMINISTRATOR: self.administrator_step,
            SetupStep.OPERATORS: OperatorsStep(workplace, self.messages),
            SetupStep.POLICIES: PoliciesStep(workplace, self.messages),
            SetupStep.FLOAT: FloatStep(workplace, self.messages),
            SetupStep.RECOVERY: RecoveryStep(workplace, self.messages),
        }
        self._titles = {_OFFICE: "单位与用途", _ADMINISTRATOR: "首位系统管理员"}
        self._titles |= {step: step.label for step in SetupStep}
        self._labels = {key: QLabel("") for key in self._steps}
        self._heading = theme.title("")
        self._stack = QStackedWidget()
        self._current = _OFFICE
        self.next_action = keymap.action("setup.next", self, self.go)
        self.next_button = keymap.button(self.next_action)
        theme.accent(self.next_button)
        self.back_action = keymap.action("setup.back", self, self.go_back)
        self.back_button = keymap.button(self.back_action)
        self.later_button = QPushButton("以后再做")
        self.later_button.setAccessibleName("以后再做")
        self.later_button.setAutoDefault(False)
        self.later_button.clicked.connect(self._skip)
        self.administrator_step.account_given.connect(self._create)
        for step in self._steps.values():
            self._stack.addWidget(step)
            step.done.connect(self._go_on)
        self._lay_out()

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def current(self) -> str:
        """The key of the step in front."""
        return self._current

    def step(self, key: str) -> Step:
        """One step by its key."""
        return self._steps[key]

    def shown(self) -> None:
        """Take up where it was left: with a desk at the first step that remains."""
        if self._workplace.session.operator is None:
            self._show(_OFFICE)
        else:
            self._workplace.operations.ask_desk(_remaining, done=self._take_up)

    def changed(self, kinds: frozenset[str]) -> None:
        """What the steps recorded is asked for when a step ends."""

    def go(self) -> None:
        """Do the step in front."""
        self._steps[self._current].go()

    def go_back(self) -> None:
        """To the step before; nothing that was recorded is undone, nothing typed is lost."""
        earlier = self._earlier()
        if earlier and self.next_action.isEnabled():
            self.messages.clear()
            self._show(earlier)

    def _earlier(self) -> str:
        """The step before that may still be done; empty at the first one."""
        if not self._has_desk():
            return _OFFICE if self._current == _ADMINISTRATOR else ""
        order = list(SetupStep)
        before = order[: order.index(SetupStep(self._current))]
        # Operators may be added for ever; what else is recorded is not asked for twice.
        open_steps = [key for key in before if key in self._remaining or key is order[0]]
        return open_steps[-1] if open_steps else ""

    def _has_desk(self) -> bool:
        return self._workplace.session.operator is not None

    def _take_up(self, remaining: tuple[SetupStep, ...]) -> None:
        self._remaining = remaining
        if remaining:
            self._show(remaining[0])
        else:
            self._end()

    def _go_on(self) -> None:
        if self._current == _OFFICE:
            self._show(_ADMINISTRATOR)
        elif self._current == SetupStep.OPERATORS:
            # Operators may be added for ever; going on is the operator's word.
            self._skip()
        else:
            self._workplace.operations.ask_desk(_remaining, done=self._after)

    def _after(self, remaining: tuple[SetupStep, ...]) -> None:
        self._remaining = remaining
        self._skip()

    def _skip(self) -> None:
        """To the next step that remains after this one; none: the end."""
        order = list(self._steps)
        later = order[order.index(self._current) + 1 :]
        following = next((key for key in later if key in self._remaining), None)
        if following is None:
            self._end()
        else:
            self._show(following)

    def _end(self) -> None:
        self.finished.emit()

    def _show(self, key: str) -> None:
        self._current = key
        self._stack.setCurrentWidget(self._steps[key])
        self._heading.setText(self._titles[key])
        self.later_button.setVisible(key not in (_OFFICE, _ADMINISTRATOR))
        self.back_button.setVisible(bool(self._earlier()))
        self._tick_off()
        self._steps[key].begin()

    def _tick_off(self) -> None:
        has_desk = self._has_desk()
        for key, label in self._labels.items():
            early = key in (_OFFICE, _ADMINISTRATOR)
            done = has_desk if early else has_desk and key not in self._remaining
            mark = "✓ " if done else "● " if key == self._current else "○ "
            label.setText(mark + self._titles[key])
            label.setFont(theme.strong_font() if key == self._current else theme.font())
            theme.ink(label, theme.ACCENT if key == self._current else theme.INK_QUIET)

    def _create(self, account: Account) -> None:
        office, kind = self.office_step.office(), self.office_step.kind.chosen()
        if office is None or kind is None:
            self._show(_OFFICE)
            return
        plan = DeskPlan(office=office, kind=kind, administrator=account)
        self.messages.show_note(wording.text("ui.desk_in_making"))
        self.next_action.setEnabled(False)
        door = self._door
        self._workplace.operations.open(
            lambda: front_door.create(door.folder, plan, door.whole()),
            done=self._created,
            failed=self._not_created,
        )

    def _created(self, _desk: Desk) -> None:
        self._workplace.operations.ask_desk(
            lambda desk: operators.signed_in(desk.context()), done=self._sign_in
        )

    def _sign_in(self, operator: Operator) -> None:
        self.next_action.setEnabled(True)
        self.administrator_step.boxes.secrets.clear()
        self.messages.show_success(wording.text("ui.desk_made"))
        self.signed_in.emit(operator)

    def _not_created(self, error: ReliefDeskError) -> None:
        self.next_action.setEnabled(True)
        failures.show(error, self.messages)

    def _lay_out(self) -> None:
        steps = QVBoxLayout()
        steps.setSpacing(theme.GAP_SMALL)
        for label in self._labels.values():
            label.setMinimumHeight(theme.field_height())
            label.setFixedWidth(_LIST_WIDTH)
            steps.addWidget(label)
        steps.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.later_button)
        buttons.addWidget(self.next_button)
        right = QVBoxLayout()
        right.setSpacing(theme.GAP)
        right.addWidget(self._heading)
        right.addWidget(self.messages)
        right.addWidget(self._stack, 1)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        row.setSpacing(theme.GAP_WIDE)
        row.addLayout(steps)
        row.addLayout(right, 1)


def _remaining(desk: Desk) -> tuple[SetupStep, ...]:
    return desk.remaining_steps()
