"""抽查: the district draws a month, gives findings, asks for rectification and closes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from reliefdesk import wording
from reliefdesk.domain.check_records import ASKABLE, FINDABLE, CheckItem, CheckState, Defect
from reliefdesk.domain.checks import PERCENT_LEAST
from reliefdesk.domain.operators import Seat
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import check_list, check_papers, checks
from reliefdesk.services.check_list import DrawOrder, OpenMonth
from reliefdesk.services.checks import CloseOrder, DemandOrder, FindingOrder
from reliefdesk.services.recording import Context, Recorded
from ui.district.check_rows import COLUMNS_OF_OFFICES, story
from ui.pages import Workplace
from ui.vouchers.tab import VoucherTab
from ui.widgets.file_choice import in_documents
from ui.widgets.order_form import Box, Kind, Officers, Run, Task, Values, terms
from ui.widgets.wrapped_label import WrappedLabel

_APPROVER = (("审批人", Seat.APPROVER),)
_CHECKER = (("检查人", Seat.REVIEWER),)
_DUE_DAYS = 14
_OFFICES_SHOWN = 6
_RESULTS = ((True, CheckState.CONFORM.label), (False, "有问题"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Every drawn case, and the ended months with cases on no list."""

    items: tuple[CheckItem, ...]
    months: tuple[OpenMonth, ...]


class ChecksTab(VoucherTab[CheckItem]):
    """The drawn cases, the newest month first."""

    title = "抽查"
    shows = frozenset({"checks", "cases", "payments", "sync", "partners"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS_OF_OFFICES, failed=failed)
        self._failed = failed
        self._months: tuple[OpenMonth, ...] = ()
        self.draw_action = self.add_act("checks.draw", self.draw)
        self.find_action = self.add_act("checks.find", self.give_finding)
        self.ask_action = self.add_act("checks.ask", self.ask_office)
        self.close_action = self.add_act("checks.close", self.close_matter)
        self.print_action = self.add_act("checks.print", self.print_sheet)
        self.list_action = self.add_act("checks.list", self.save_list)
        self.story = WrappedLabel()
        self.story.setAccessibleName("选中案件的抽查经过")
        self.column.addWidget(self.story)
        self.table.row_chosen.connect(self._open_case)

    def read(self, context: Context) -> Found:
        """Drawn cases and what is to be drawn."""
        return Found(items=checks.listed(context), months=check_list.open_months(context))

    def show_read(self, found: Found) -> None:
        """Show them with how many stand where."""
        self._months = found.months
        self.rows.set_rows(found.items)
        counts = dict.fromkeys(CheckState, 0)
        for row in found.items:
            counts[row.state] += 1
        waits = "；".join(_month_words(month) for month in found.months)
        said = wording.text(
            "checks.totals",
            drawn=counts[CheckState.DRAWN],
            asked=counts[CheckState.ASKED],
            answered=counts[CheckState.ANSWERED],
        )
        self.totals.setText(said + (wording.text("checks.waits", months=waits) if waits else ""))
        self.draw_action.setEnabled(bool(found.months))
        self.empty.setText(wording.text("checks.empty"))

    def arrange(self) -> None:
        """Acts follow the state of the case."""
        row = self.chosen()
        state = None if row is None else row.state
        self.find_action.setEnabled(state in FINDABLE)
        self.ask_action.setEnabled(state in ASKABLE)
        self.close_action.setEnabled(state is CheckState.ANSWERED)
        for action in (self.print_action, self.list_action):
            action.setEnabled(row is not None)
        self.story.setVisible(row is not None)
        self.story.setText("" if row is None else story(row))

    def draw(self) -> None:
        """F5: draw an ended month, or what came late for it."""
        if not self._months:
            return
        check_id = self.workplace.ids.new()

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            typed = str(values["percent"]).removesuffix("%")
            percent = int(typed) if typed.isdecimal() else 0
            order = DrawOrder(check_id=check_id, month=values["month"], percent=percent)
            return check_list.draw(context, order, officer=officers[0])

        boxes = (
            Box(
                name="month",
                label="月份",
                kind=Kind.CHOICE,
                options=[(one.month, _month_words(one)) for one in self._months],
                begin=self._months[0].month,
            ),
            Box(name="percent", label="比例（%）", begin=str(PERCENT_LEAST)),
        )
        self._ask("draw", boxes, run, _APPROVER, says=_missing_words(self._months))

    def give_finding(self) -> None:
        """F6: what the check of the chosen case found."""
        row = self.chosen()
        if row is None or row.state not in FINDABLE:
            return
        before = row.finding
        known = () if before is None else before.defects

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            chosen = (values[f"defect{place}"] for place in range(3))
            order = FindingOrder(
                check_id=row.check_id,
                case_no=row.line.case_no,
                conform=values["conform"],
                defects=() if values["conform"] else tuple(each for each in chosen if each),
                remark=values["remark"],
                checked_on=values["checked_on"],
            )
            return checks.give_finding(context, order, officer=officers[0])

        defects = tuple(
            Box(
                name=f"defect{place}",
                label=("主要问题", "问题二", "问题三")[place],
                kind=Kind.CHOICE,
                needed=False,
                options=terms(Defect),
                begin=known[place] if place < len(known) else None,
            )
            for place in range(3)
        )
        boxes = (
            Box(
                name="conform",
                label="检查结论",
                kind=Kind.CHOICE,
                options=_RESULTS,
                begin=None if before is None else before.conform,
            ),
            Box(
                name="checked_on",
                label="检查日期",
                kind=Kind.DAY,
                begin=self.workplace.today() if before is None else before.checked_on,
            ),
            *defects,
            Box(
                name="remark",
                label="说明",
                kind=Kind.NARRATIVE,
                needed=False,
                begin="" if before is None else before.remark,
            ),
        )
        self._ask("find", boxes, run, _CHECKER, says=_about(row))

    def ask_office(self) -> None:
        """Ctrl+E: the office has to put it right until a day."""
        row = self.chosen()
        if row is None or row.state not in ASKABLE:
            return

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = DemandOrder(check_id=row.check_id, case_no=row.line.case_no, **values)
            return checks.ask(context, order, officer=officers[0])

        due_on = self.workplace.today() + timedelta(days=_DUE_DAYS)
        boxes = (
            Box(name="due_on", label="整改期限", kind=Kind.DAY, begin=due_on),
            Box(name="demand", label="整改要求", kind=Kind.NARRATIVE),
        )
        self._ask("ask", boxes, run, _APPROVER, says=story(row))

    def close_matter(self) -> None:
        """Ctrl+D: the answer suffices."""
        row = self.chosen()
        if row is None or row.state is not CheckState.ANSWERED:
            return

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = CloseOrder(check_id=row.check_id, case_no=row.line.case_no, **values)
            return checks.close(context, order, officer=officers[0])

        boxes = (Box(name="remark", label="核对情况", kind=Kind.NARRATIVE),)
        self._ask("close", boxes, run, _APPROVER, says=story(row))

    def print_sheet(self) -> None:
        """Ctrl+P: the sheet of the chosen draw."""
        row = self.chosen()
        if row is not None:
            self.print(lambda context: check_papers.check_sheet(context, row.check_id))

    def save_list(self) -> None:
        """Save the list of the chosen draw, from which anybody can redo it."""
        row = self.chosen()
        if row is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, "保存抽查名单", in_documents(f"{row.check_no}.TXT"), "文本 (*.TXT)"
        )
        if chosen:
            self.write_list(row.check_id, Path(chosen))

    def write_list(self, check_id: str, path: Path) -> None:
        """Write the list of a draw to a file and say where it stands."""
        self.workplace.operations.run(
            lambda context: checks.save_list(context, check_id, path),
            done=lambda saved: self.story.setText(wording.text("checks.saved", place=str(saved))),
            failed=self._failed,
        )

    def _ask(
        self,
        name: str,
        boxes: tuple[Box, ...],
        run: Run,
        seats: tuple[tuple[str, Seat | None], ...],
        *,
        says: str,
    ) -> None:
        task = Task(
            title=wording.text(f"checks.{name}_title"),
            says=says,
            boxes=boxes,
            run=run,
            done=lambda _result: wording.text(f"checks.{name}_done"),
            seats=seats,
        )
        self.ask(task)

    def _open_case(self, position: int) -> None:
        row = self.rows.row(position)
        if row is not None and row.case_id is not None:
            self.case_wanted.emit(row.case_id)


def _about(row: CheckItem) -> str:
    return wording.text("checks.about", case_no=row.line.case_no, name=row.name, amount=row.amount)


def _month_words(one: OpenMonth) -> str:
    key = "checks.month_late" if one.round else "checks.month"
    return wording.text(key, month=one.month.label, count=len(one.matters))


def _missing_words(months: tuple[OpenMonth, ...]) -> str:
    said = wording.text("checks.draw_says")
    missing = tuple(dict.fromkeys(name for one in months for name in one.missing))
    if not missing:
        return said
    named = "、".join(missing[:_OFFICES_SHOWN])
    return said + wording.text("checks.missing", count=len(missing), offices=named)
