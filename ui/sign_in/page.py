"""Sign in, or unlock after an absence: choose the account, type the passphrase, Enter.

Wrong passphrases make the next try wait; what was typed stays, selected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reliefdesk import paths, wording
from reliefdesk.clock import Clock, IdSource
from reliefdesk.domain.operators import Operator
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import sign_in
from ui import failures, theme
from ui.pages import Workplace
from ui.sign_in.recovery import RecoveryPanel
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.message_bar import MessageBar
from ui.widgets.text_fields import PassphraseField

if TYPE_CHECKING:
    from reliefdesk.desk import Desk, Surroundings

FREE_TRIES = 3
FIRST_WAIT = timedelta(seconds=10)
_TICK_MS = 1_000
_WIDTH = 560


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginnings:
    """Clock and ids alone, until the first opening loads the rest."""

    clock: Clock
    ids: IdSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Which desk this page opens, and what it may say beforehand (training accounts, a note)."""

    folder: Path
    surroundings: "Surroundings | Beginnings"
    hints: Sequence[str] = ()
    note: str = ""

    def whole(self) -> "Surroundings":
        """The surroundings of a desk; loads cipher and database, so ask on the worker."""
        from reliefdesk.desk import Surroundings  # noqa: PLC0415

        around = self.surroundings
        if isinstance(around, Surroundings):
            return around
        return Surroundings(clock=around.clock, ids=around.ids, machine=paths.machine_mark())


class SignInPage(QWidget):
    """`signed_in` carries the Operator whose passphrase was right."""

    title = "登录"
    key = "sign_in"
    signed_in = Signal(object)

    def __init__(self, workplace: Workplace, door: Door) -> None:
        super().__init__()
        self._workplace = workplace
        self._door = door
        self._failures = 0
        self._asking = False
        self._not_before: datetime | None = None
        self.messages = MessageBar()
        self.heading = theme.title(self.title)
        self.grid = FieldGrid()
        self.account = self.grid.add("account", "操作人员", ChoiceField[str]())
        self.passphrase = self.grid.add("passphrase", "登录口令", PassphraseField())
        self.passphrase.installEventFilter(self)
        self.button = _button("登录")
        theme.accent(self.button)
        self.recover_button = _button("忘记口令，用恢复凭单")
        self.recovery = RecoveryPanel(workplace, self._recover)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.button.clicked.connect(self.try_it)
        self.grid.submitted.connect(self.try_it)
        self.recover_button.clicked.connect(self.recovery.open)
        self.recovery.opened.connect(self._opened)
        self.recovery.failed.connect(self._say)
        self._lay_out()

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def shown(self) -> None:
        """List the accounts and put the cursor where something is to be typed."""
        operator = self._workplace.session.operator
        locked = self._workplace.session.is_locked
        self.heading.setText("已锁定" if locked else self.title)
        self.recover_button.setVisible(operator is None)
        try:
            names = sign_in.account_names(self._door.folder)
        except ReliefDeskError as error:
            self._say(error)
            return
        self.account.set_options([(name, name) for name in names])
        if operator is not None:
            self.account.choose(operator.name)
        elif len(names) == 1:
            self.account.choose(names[0])
        if self._door.note:
            self.messages.show_warning(wording.text(self._door.note))
        (self.passphrase if self.account.chosen() else self.account).setFocus()

    def changed(self, kinds: frozenset[str]) -> None:
        """Other accounts may have appeared."""
        if "operators" in kinds:
            self.shown()

    def try_it(self) -> None:
        """Open the desk with the passphrase, or switch to this operator on the open desk."""
        name, passphrase = self.account.chosen(), self.passphrase.text()
        if self._asking or self._wait_left() > 0:
            return
        if name is None or not passphrase:
            (self.passphrase if name else self.account).setFocus()
            self.messages.show_note(wording.text("ui.sign_in_incomplete"))
            return
        self._asking = True
        self.button.setEnabled(False)
        self.messages.show_note(wording.text("ui.sign_in_working"))
        operations = self._workplace.operations
        if self._workplace.session.operator is not None:
            operations.ask_desk(
                lambda desk: _switch(desk, name, passphrase), done=self._come_in, failed=self._no
            )
            return
        door = self._door
        operations.open(
            lambda: _open(door, name, passphrase),
            done=self._opened,
            failed=self._no,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter in the passphrase box signs in: nothing is paid by it."""
        pressed = event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if watched is self.passphrase and pressed and _is_enter(event):
            self.try_it()
            return True
        return super().eventFilter(watched, event)

    def _recover(self, code: str) -> "Desk":
        from reliefdesk import desk as front_door  # noqa: PLC0415 - on the worker

        return front_door.recover(self._door.folder, code, self._door.whole())

    def _opened(self, _desk: object) -> None:
        self._workplace.operations.ask_desk(_who, done=self._come_in, failed=self._no)

    def _come_in(self, operator: Operator) -> None:
        self._failures = 0
        self._asking = False
        self.button.setEnabled(True)
        self.passphrase.clear()
        self.recovery.hide()
        self.messages.clear()
        self.signed_in.emit(operator)

    def _no(self, error: ReliefDeskError) -> None:
        self._asking = False
        self._failures += 1
        if self._failures >= FREE_TRIES:
            wait = FIRST_WAIT * 2 ** (self._failures - FREE_TRIES)
            self._not_before = self._workplace.now() + wait
            self._timer.start()
        self._say(error)
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _say(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)
        self._tick()

    def _wait_left(self) -> int:
        if self._not_before is None:
            return 0
        left = self._not_before - self._workplace.now()
        return max(0, -(-left // timedelta(seconds=1)))

    def _tick(self) -> None:
        left = self._wait_left()
        self.button.setEnabled(left == 0)
        self.button.setText(wording.text("ui.sign_in_wait", seconds=left) if left else "登录")
        self.button.setAccessibleName(self.button.text())
        if left == 0:
            self._timer.stop()

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        column = QVBoxLayout(middle)
        column.setSpacing(theme.GAP)
        column.addWidget(self.heading)
        column.addWidget(self.messages)
        column.addWidget(self.grid)
        buttons = QHBoxLayout()
        buttons.addWidget(self.recover_button)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        column.addLayout(buttons)
        column.addWidget(self.recovery)
        for hint in self._door.hints:
            label = QLabel(hint)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            theme.quiet(label)
            column.addWidget(label)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)


def _is_enter(event: QEvent) -> bool:
    enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return isinstance(event, QKeyEvent) and event.key() in enter


def _open(door: Door, name: str, passphrase: str) -> "Desk":
    from reliefdesk import desk as front_door  # noqa: PLC0415 - loads the cipher, on the worker

    return front_door.sign_in(door.folder, name, passphrase, door.whole())


def _switch(desk: "Desk", name: str, passphrase: str) -> Operator:
    desk.switch(name, passphrase)
    return _who(desk)


def _who(desk: "Desk") -> Operator:
    from reliefdesk.services import operators  # noqa: PLC0415 - loaded with the desk

    return operators.signed_in(desk.context())


def _button(text: str) -> QPushButton:
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    return made
