"""The filters of the case list: text, stage, cause, and whose turn it is; each applies at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reliefdesk.domain.case_records import CaseFilter
from reliefdesk.domain.cases import Cause, Stage
from reliefdesk.domain.operators import Seat
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import TextField

_ANY = "全部"
_SEATS = (Seat.REVIEWER, Seat.APPROVER, Seat.CASHIER, Seat.REGISTRAR)


class FilterBar(QWidget):
    """Four boxes in one line."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = FieldGrid(columns=4)
        self.text = self.grid.add("text", "查找", TextField())
        self.text.setPlaceholderText("姓名或案号")
        self.stage: ChoiceField[Stage] = self.grid.add(
            "stage", "状态", term_choice(Stage, prompt=_ANY)
        )
        self.cause: ChoiceField[Cause] = self.grid.add(
            "cause", "类型", term_choice(Cause, prompt=_ANY)
        )
        self.seat: ChoiceField[Seat] = self.grid.add(
            "waits_for", "待谁办理", term_choice(_SEATS, prompt=_ANY)
        )
        self.grid.changed.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.grid)

    @property
    def blank(self) -> bool:
        """Whether every case is wanted."""
        return self.wanted() == CaseFilter()

    def wanted(self) -> CaseFilter:
        """The filter that the boxes mean."""
        return CaseFilter(
            stage=self.stage.chosen(),
            cause=self.cause.chosen(),
            text=self.text.text().strip(),
            waits_for=self.seat.chosen(),
        )

    def _tell(self, _name: str) -> None:
        self.changed.emit()
