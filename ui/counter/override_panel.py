"""Letting a number with a failed check digit pass: a reviewer or approver, a reason, a PIN (§4.1).

Shown only while the number in the box has a fault that an officer may lift.
"""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.problems import Problem
from ui import theme
from ui.counter.fields import fill, text_of
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import PinField, TextField

_SEATS = frozenset({Seat.REVIEWER, Seat.APPROVER})


class OverridePanel(QWidget):
    """Reason, officer and PIN. The PIN is never part of the form or its draft."""

    edited = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = FieldGrid(columns=2)
        self.grid.add("override_reason", "放行理由", TextField(), span=2)
        self.officer = self.grid.add(
            "override_by", "放行人", ChoiceField[OperatorId](prompt="不放行")
        )
        self.pin = self.grid.add("override_pin", "放行确认码", PinField())
        self.grid.changed.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(theme.heading("号码核对不符，仍按此号码登记"))
        column.addWidget(self.grid)
        self.hide()

    def set_officers(self, staff: Iterable[Operator]) -> None:
        """Offer the reviewers and approvers."""
        fitting = [each for each in staff if _SEATS & set(each.seats)]
        self.officer.set_options([(each.operator_id, each.name) for each in fitting])

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Fill reason and officer of a draft; the PIN begins empty."""
        fill(self.grid, texts)
        self.setVisible(bool(self.officer.chosen()))

    def offer(self, problems: Iterable[Problem], texts: Mapping[str, str]) -> None:
        """Show while a liftable fault stands or was lifted by what is typed here."""
        liftable = any(problem.overridable for problem in problems)
        self.setVisible(liftable or bool(texts.get("override_by")))

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Mark the boxes."""
        self.grid.show_problems(problems)

    def _tell(self, name: str) -> None:
        if name != "override_pin":
            self.edited.emit(name, text_of(self.grid.field(name)))
