"""The import plan: every file with what would become of it; nothing is written before F8."""

from PySide6.QtCore import Signal

from reliefdesk import wording
from reliefdesk.domain.streams import PlanState
from reliefdesk.services.receiving import ImportPlan, KindCount, PlannedBundle
from ui.sync.rows import PLANNED
from ui.widgets.list_level import ListLevel


class PlanPanel(ListLevel[PlannedBundle]):
    """Emits `taken` with the plan once it is confirmed; Esc leaves everything as it was."""

    title = "导入计划"
    summary_name = "导入计划"
    detail_name = "选中文件的说明"
    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__(PLANNED)
        self._plan: ImportPlan | None = None
        self.take_action = self.add_command("receiving.take", self.confirm)

    def open(self, plan: ImportPlan) -> None:
        """Show a plan; the cursor stands on the first file."""
        self._plan = plan
        said = _summary(plan.rows)
        if not plan.is_useful:
            said += wording.text("sync_page.plan_nothing")
        self.take_action.setEnabled(bool(plan.rows))
        self.setEnabled(True)
        self.show_rows(said, plan.rows)

    def confirm(self) -> None:
        """Take the plan in."""
        if self._plan is not None and self.isEnabled():
            self.setEnabled(False)
            self.taken.emit(self._plan)

    def tell(self, row: PlannedBundle) -> str:
        """Why it waits or is refused, what it brings, what is to be looked at."""
        said = [each for each in (row.why, *row.aside, *row.warnings) if each]
        if row.kinds:
            kinds = "，".join(_kind(each) for each in row.kinds)
            said.insert(0, wording.text("sync_page.fresh", count=row.fresh, kinds=kinds))
        return "\n".join(said)


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
