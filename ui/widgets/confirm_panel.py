"""A second or third officer confirms in place with a PIN, without signing the first one out."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Operator
from reliefdesk.domain.problems import Problem
from ui import theme
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import PinField

PIN_SHORT = Problem(field="pin", code="ui.pin_short")
OFFICER_MISSING = Problem(field="officer", code="ui.officer_missing")


class ConfirmPanel(QFrame):
    """Officer and PIN. Enter in the PIN box only moves on: F8, Ctrl+Enter or the button confirm.

    Emits `confirmed(operator_id, pin)`; the page has the service check them. A page whose own
    command confirms may hide `button`.
    """

    confirmed = Signal(str, str)

    def __init__(self, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = FieldGrid(columns=2)
        self.officer = self.grid.add("officer", "确认人", ChoiceField[OperatorId]())
        self.pin = self.grid.add("pin", "确认码", PinField())
        self.pin.setPlaceholderText("六位数字")
        self.button = QPushButton(action)
        self.button.setAccessibleName(action)
        self.button.setAutoDefault(False)
        theme.accent(self.button)
        self.button.clicked.connect(self.confirm)
        self.grid.submitted.connect(self.confirm)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.grid)
        column.addLayout(buttons)

    def set_officers(self, officers: Iterable[Operator]) -> None:
        """Offer the officers who have the seat; the only one is chosen already."""
        offered = [officer for officer in officers if officer.active]
        self.officer.set_options([(officer.operator_id, officer.name) for officer in offered])
        if len(offered) == 1:
            self.officer.choose(offered[0].operator_id)

    def ask(self) -> None:
        """Empty the PIN and put the cursor where something is still to be given."""
        self.pin.clear()
        self.grid.clear_problems()
        (self.pin if self.officer.chosen() else self.officer).setFocus()

    def confirm(self) -> None:
        """Ask for the confirmation if officer and six digits are there, else mark what lacks."""
        chosen, pin = self.officer.chosen(), self.pin.text()
        problems = [] if chosen else [OFFICER_MISSING]
        if len(pin) != PinField.DIGITS or not (pin.isascii() and pin.isdigit()):
            problems.append(PIN_SHORT)
        self.grid.show_problems(problems)
        if problems or chosen is None:
            self.grid.focus_first_problem()
            return
        self.confirmed.emit(chosen, pin)

    def refuse(self) -> None:
        """After a refusal the PIN goes and is typed anew, everything else stays."""
        self.pin.clear()
        self.pin.setFocus()
