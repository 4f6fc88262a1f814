"""The import plan: every file with what would become of it; nothing is written before F8."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from reliefdesk import wording
from reliefdesk.domain.streams import PlanState
from reliefdesk.services.receiving import ImportPlan, KindCount, PlannedBundle
from ui import keymap, theme
from ui.sync.rows import PLANNED
from ui.widgets.level import Level
from ui.widgets.tables import RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel


class PlanPanel(Level):
    """Emits `taken` with the plan once it is confirmed; Esc leaves everything as it was."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        self.summary = WrappedLabel()
        self.summary.setAccessibleName("导入计划")
        self.summary.setFont(theme.strong_font())
        self.detail = WrappedLabel()
        self.detail.setAccessibleName("选中文件的说明")
        self.rows: RowTable[PlannedBundle] = RowTable(PLANNED)
        self.table = TableView("导入计划", self.rows)
        self.table.row_changed.connect(self._tell)
        self.take_action = keymap.action("receiving.take", self, self.confirm)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(keymap.button(self.take_action))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addLayout(row)

    def open(self, plan: ImportPlan) -> None:
        """Show a plan; the cursor stands on the first file."""
        self._plan = plan
        self.rows.set_rows(plan.rows)
        said = _summary(plan.rows)
        if not plan.is_useful:
            said += wording.text("sync_page.plan_nothing")
        self.summary.setText(said)
        self.detail.setText("")
        self.take_action.setEnabled(bool(plan.rows))
        self.setEnabled(True)
        self.show()
        self.table.setFocus()
        if plan.rows:
            self.table.choose_row(0)

    def confirm(self) -> None:
        """Take the plan in."""
        if self._plan is not None and self.isEnabled():
            self.setEnabled(False)
            self.taken.emit(self._plan)

    def _tell(self, position: int) -> None:
        row = self.rows.row(position)
        if row is None:
            return
        said = [each for each in (row.why, *row.aside, *row.warnings) if each]
        if row.kinds:
            kinds = "，".join(_kind(each) for each in row.kinds)
            said.insert(0, wording.text("sync_page.fresh", count=row.fresh, kinds=kinds))
        self.detail.setText("\n".join(said))


def _summary(rows: tuple[PlannedBundle, ...]) -> str:
    def count(*states: PlanState) -> int:
        return sum(row.state in states for row in rows)

    return wording.text(
        "sync_page.plan",
        count=len(rows),
        ready=count(PlanState.READY),
        seen=count(PlanState.SEEN),
        waiting=count(PlanState.WAITING),
        refused=count(PlanState.REFUSED, PlanState.ALARM),
    )


def _kind(each: KindCount) -> str:
    name = each.label
    if each.amount.fen:
        return wording.text("sync_page.kind_money", name=name, count=each.count, amount=each.amount)
    return wording.text("sync_page.kind", name=name, count=each.count)
