"""Earlier imports, each with who brought it in; a mistaken one is taken back whole."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.problems import Problem
from ui import theme
from ui.imports.rows import PAST, PastLine
from ui.widgets.confirm_panel import ConfirmPanel
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tables import RowTable, TableView
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel


class PastView(QWidget):
    """`withdrawn` carries import, reason, officer and PIN."""

    withdrawn = Signal(str, str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.says = WrappedLabel()
        self.rows: RowTable[PastLine] = RowTable(PAST)
        self.table = TableView("以前的导入", self.rows)
        self.grid = FieldGrid()
        self.reason = self.grid.add("reason", "撤销理由", TextField())
        self.panel = ConfirmPanel("由另一人确认撤销")
        self.panel.button.hide()
        self.panel.confirmed.connect(self._confirmed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        theme.quiet(self.says)
        for part in (self.says, self.table, self.grid, self.panel):
            column.addWidget(part, 1 if part is self.table else 0)

    def show_lines(self, lines: Sequence[PastLine]) -> None:
        """Show the imports, the newest first."""
        self.rows.set_rows(lines)
        self.says.setText(wording.text("imports.past" if lines else "imports.past_empty"))
        if lines:
            self.table.choose_row(0)
        self.table.setFocus()

    def confirm(self) -> None:
        """Ask for the confirmation once a standing import and a reason are there."""
        chosen = self.table.chosen_row()
        missing = [] if self.reason.text().strip() else [Problem(field="reason", code="ui.needed")]
        self.grid.show_problems(missing)
        if chosen is not None and not self.grid.focus_first_problem():
            self.panel.confirm()

    def finish(self) -> None:
        """It is recorded: empty the boxes."""
        self.reason.clear()
        self.panel.pin.clear()

    def _confirmed(self, operator_id: str, pin: str) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None:
            import_id = chosen.past.import_id
            self.withdrawn.emit(import_id, self.reason.text(), operator_id, pin)
