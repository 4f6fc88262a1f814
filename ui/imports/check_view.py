"""What an import would do: sums, every finding with its address, choices, a second officer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.import_columns import ImportKind
from reliefdesk.domain.imports import ImportPlan, sum_of
from reliefdesk.domain.terms import Term
from ui import theme
from ui.imports.rows import FOUND, FoundLine, lines_of
from ui.widgets.choice_field import term_choice
from ui.widgets.confirm_panel import ConfirmPanel
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tables import RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel


class BadRows(Term):
    """What happens with rows that have problems."""

    MEND = "mend", "改好表格再导入"
    LEAVE = "leave", "有问题的行不导入"


class Doubles(Term):
    """What happens with rows that say what is known."""

    LEAVE = "leave", "重复的行不导入"
    TAKE = "take", "重复的行也导入"


class CheckView(QWidget):
    """`changed` tells that another choice was made; `confirmed` carries officer and PIN."""

    confirmed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.sums = WrappedLabel()
        self.sums.setAccessibleName("核对结果")
        self.rows: RowTable[FoundLine] = RowTable(FOUND)
        self.table = TableView("问题、重复和略过的行", self.rows)
        self.empty = WrappedLabel(wording.text("imports.no_findings"))
        self.whole = WrappedLabel()
        self.whole.setAccessibleName("选中一行的说明")
        self.table.row_changed.connect(self._tell)
        self.choices = FieldGrid(columns=2)
        self.bad = self.choices.add("bad", "有问题的行", term_choice(BadRows))
        self.doubles = self.choices.add("doubles", "重复的行", term_choice(Doubles))
        self.panel = ConfirmPanel("由另一人确认导入")
        self.panel.button.hide()
        self.panel.confirmed.connect(self.confirmed)
        self._plan: ImportPlan | None = None
        self.choices.changed.connect(self._say)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        self.sums.setFont(theme.strong_font())
        theme.quiet(self.empty)
        for part in (self.sums, self.empty, self.table, self.whole, self.choices, self.panel):
            column.addWidget(part, 1 if part is self.table else 0)

    @property
    def without_bad_rows(self) -> bool:
        """Whether rows with problems are to stay out."""
        return self.bad.chosen() is BadRows.LEAVE

    @property
    def doubles_too(self) -> bool:
        """Whether rows that say what is known are to come in."""
        return self.doubles.chosen() is Doubles.TAKE

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan; the choices stand where nothing is risked."""
        self._plan = plan
        lines = lines_of(plan)
        self.rows.set_rows(lines)
        self.whole.setText("")
        self.empty.setVisible(not lines)
        self.bad.choose(BadRows.MEND)
        self.doubles.choose(Doubles.LEAVE)
        self.bad.setEnabled(plan.reading.bad_rows > 0)
        self.doubles.setEnabled(bool(plan.doubles))
        self.panel.setVisible(plan.reading.kind is ImportKind.EARLIER)
        self.panel.pin.clear()
        self.panel.grid.clear_problems()
        self._say()
        self.table.choose_row(0)
        self.table.setFocus()

    def _tell(self, position: int) -> None:
        line = self.rows.row(position)
        self.whole.setText("" if line is None else f"{line.where}　{line.said}")

    def _say(self, _name: str = "") -> None:
        plan = self._plan
        if plan is None:
            return
        fresh = plan.fresh(doubles_too=self.doubles_too)
        self.sums.setText(
            wording.text(
                "imports.sums",
                fresh=len(fresh),
                amount=sum_of(fresh),
                bad=plan.reading.bad_rows,
                doubles=len(plan.doubles),
                done=len(plan.done),
                skipped=len(plan.reading.skipped),
            )
        )
