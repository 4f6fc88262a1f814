"""The foot of the counter form: the amount with its live 大写, the state of the draft, the keys."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.problems import Problem
from ui import keymap, theme
from ui.counter.fields import fill
from ui.widgets.amount_field import AmountField
from ui.widgets.field_grid import FieldGrid

_AMOUNT_WIDTH = 330


class AmountBar(QFrame):
    """Amount left, commands right; always in sight while the form scrolls."""

    edited = Signal(str, str)
    aside_wanted = Signal()

    def __init__(self, actions: tuple[QAction, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = FieldGrid()
        self.amount = self.grid.add("requested", "申请金额", AmountField())
        self.grid.changed.connect(self._tell)
        self.grid.setMinimumWidth(_AMOUNT_WIDTH)
        self.draft = QLabel("")
        self.draft.setAccessibleName("草稿状态")
        theme.quiet(self.draft)
        self.aside = keymap.action("counter.aside", self, self.aside_wanted.emit)
        self.aside_button = keymap.button(self.aside)
        self.buttons: list[QPushButton] = []
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for position, each in enumerate(actions):
            button = keymap.button(each)
            if position == len(actions) - 1:
                theme.accent(button)
            buttons.addWidget(button)
            self.buttons.append(button)
        beneath = QHBoxLayout()
        beneath.addStretch(1)
        beneath.addWidget(self.aside_button)
        self.aside.setVisible(False)
        beneath.addWidget(self.draft)
        right = QVBoxLayout()
        right.setSpacing(theme.GAP_SMALL)
        right.addLayout(buttons)
        right.addLayout(beneath)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        row.setSpacing(theme.GAP_WIDE)
        row.addWidget(self.grid, 2)
        row.addLayout(right, 3)

    def asked(self) -> Money:
        """The amount typed; zero while it cannot be read."""
        return self.amount.money() or ZERO

    def show_text(self, text: str) -> None:
        """Show the amount of a draft."""
        fill(self.grid, {"requested": text})

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark the amount."""
        self.grid.show_problems(problem for problem in problems if problem.field == "requested")

    def _tell(self, name: str) -> None:
        self.edited.emit(name, self.amount.text())
