"""抽查整改 at an office: what the district drew of its cases, found, asks for; answered here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal

from reliefdesk import wording
from reliefdesk.domain.check_records import ANSWERABLE, CheckItem, CheckState
from reliefdesk.domain.operators import Seat
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import check_papers, checks
from reliefdesk.services.checks import AnswerOrder
from reliefdesk.services.recording import Context, Recorded
from ui.district.check_rows import COLUMNS_OF_OWN, story
from ui.operations import Operations
from ui.widgets.list_level import ListLevel
from ui.widgets.order_form import Box, Kind, Officers, Task, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The cases that were drawn, who drew them, and the draws that do not come out the same."""

    items: tuple[CheckItem, ...]
    bureau: str
    other: tuple[str, ...]


class CheckPanel(ListLevel[CheckItem]):
    """Hidden until `load`; Esc goes back. A form or a paper opens in its place."""

    title = "抽查案件"
    summary_name = "抽查合计"
    detail_name = "选中案件的抽查经过"
    task_wanted = Signal(object)
    paper_wanted = Signal(object)
    opened = Signal()

    def __init__(
        self, operations: Operations, *, failed: Callable[[ReliefDeskError], None]
    ) -> None:
        super().__init__(COLUMNS_OF_OWN)
        self._operations = operations
        self._failed = failed
        self.answer_action = self.add_command("checks.answer", self.answer)
        self.print_action = self.add_command("checks.print", self.print_sheet)
        self.table.row_chosen.connect(lambda _row: self.answer())

    def load(self) -> None:
        """Read what the district drew, and show it."""
        self._operations.run(_read, done=self._open, failed=self._failed)

    def _open(self, found: Drawn) -> None:
        """Show the drawn cases; the cursor stands on the first that waits for an answer."""
        self.opened.emit()
        states = [row.state for row in found.items]
        asked = CheckState.ASKED
        first = states.index(asked) if asked in states else 0
        self.show_rows(_summary(found), found.items, cursor=first)

    def answer(self) -> None:
        """F8: say what was done about the case under the cursor."""
        row = self.table.chosen_row()
        if row is not None and row.state in ANSWERABLE:
            self.close_level()
            self.task_wanted.emit(_answer(row))

    def print_sheet(self) -> None:
        """Ctrl+P: the sheet of its draw."""
        row = self.table.chosen_row()
        if row is not None:
            self.close_level()
            self.paper_wanted.emit(lambda context: check_papers.check_sheet(context, row.check_id))

    def tell(self, row: CheckItem) -> str:
        """What was found, asked, answered and closed."""
        return story(row)

    def arrange(self, row: CheckItem | None) -> None:
        """An answer is given where one is asked for."""
        self.answer_action.setEnabled(row is not None and row.state in ANSWERABLE)
        self.print_action.setEnabled(row is not None)


def _summary(found: Drawn) -> str:
    if not found.items:
        return wording.text("checks.list_empty")
    counts = [row.state for row in found.items]
    said = wording.text(
        "checks.list_summary",
        bureau=found.bureau,
        count=len(found.items),
        asked=counts.count(CheckState.ASKED),
        answered=counts.count(CheckState.ANSWERED),
    )
    if found.other:
        return said + wording.text("checks.list_other", numbers="、".join(found.other))
    return said + wording.text("checks.list_redone")


def _read(context: Context) -> Drawn:
    items = checks.listed(context)
    drawn = [checks.check(context, check_id) for check_id in {row.check_id for row in items}]
    bureaus = sorted({check_papers.bureau_of(context, each.origin) for each in drawn})
    other = tuple(sorted(each.check_no for each in drawn if not each.is_redone))
    return Drawn(items=items, bureau="、".join(bureaus), other=other)


def _answer(row: CheckItem) -> Task:
    def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
        order = AnswerOrder(check_id=row.check_id, case_no=row.line.case_no, **values)
        return checks.answer(context, order, officer=officers[0])

    before = row.rectification
    return Task(
        title=wording.text("checks.answer_title"),
        says=story(row),
        boxes=(
            Box(
                name="done_on",
                label="整改完成日期",
                kind=Kind.DAY,
                begin=None if before is None else before.done_on,
            ),
            Box(
                name="answer",
                label="整改情况",
                kind=Kind.NARRATIVE,
                begin="" if before is None else before.answer,
            ),
        ),
        run=run,
        done=lambda _result: wording.text("checks.answer_done"),
        seats=(("负责人", Seat.APPROVER),),
    )
