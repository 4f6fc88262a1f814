"""区级统计: the offices and their sum; below it the groups of one of them, and the rows behind."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout

from reliefdesk import wording
from reliefdesk.domain.district_statistics import DistrictReport, OfficeReport
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.statistics import Figures, Group, Month, ReportLine, StatRow
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import district_statistics
from reliefdesk.services.recording import Context
from ui import theme
from ui.pages import Workplace
from ui.printing.sheet_saver import Make
from ui.vouchers.month_tab import MonthTab, figure_columns
from ui.widgets.tables import RIGHT, Column, RowTable, TableView


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLine:
    """A line of the upper list; `desk_id` None is all offices."""

    desk_id: DeskId | None
    name: str
    state: str
    total: ReportLine


Behind = tuple[OfficeReport, StatRow]


COLUMNS: tuple[Column[OfficeLine], ...] = (
    Column(title="单位", text=lambda row: row.name, characters=10),
    Column(title="数据", text=lambda row: row.state, characters=9),
    *figure_columns(lambda row: row.total),
)
BEHIND: tuple[Column[Behind], ...] = (
    Column(title="单位", text=lambda row: row[0].office.name, characters=7),
    Column(title="日期", text=lambda row: row[1].on.isoformat(), characters=5),
    Column(title="号码", text=lambda row: row[1].number, characters=13),
    Column(
        title="金额",
        text=lambda row: row[1].moved.figures,
        align=RIGHT,
        characters=5,
        ink=lambda row: theme.ERROR if row[1].sign < 0 else None,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A line of the lower list, of the month or of the year so far."""

    group: Group
    figures: Figures


GROUPS: tuple[Column[GroupLine], ...] = (
    Column(title="指标", text=lambda line: line.group.label, characters=8),
    Column(title="人次", text=lambda line: str(line.figures.times), align=RIGHT, characters=3),
    Column(title="户次", text=lambda line: str(line.figures.households), align=RIGHT, characters=3),
    Column(title="人数", text=lambda line: str(line.figures.persons), align=RIGHT, characters=3),
    Column(title="金额", text=lambda line: line.figures.amount.figures, align=RIGHT, characters=7),
)


class FiguresTab(MonthTab[OfficeLine, Behind]):
    """Each figure opens its rows: an office above, a group on the left, the rows on the right."""

    title = "统计"
    commands = "figures"
    behind_columns = BEHIND
    shows = frozenset({"sync", "payments", "statistics", "partners"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        self.report: DistrictReport | None = None
        self.print_action = self.add_act("figures.print", self.print_report)
        self.groups: RowTable[GroupLine] = RowTable(GROUPS)
        self.groups_table = TableView("统计指标", self.groups)
        below = QHBoxLayout()
        below.addWidget(self.groups_table, 1)
        below.addWidget(self.behind_table, 1)
        self.column.addWidget(self.behind_says)
        self.column.addLayout(below, 2)
        self.groups_table.row_changed.connect(lambda _row: self._show_behind())

    def read(self, context: Context) -> DistrictReport | None:
        """The chosen month; nothing on an office's desk."""
        if not context.desk.kind.is_district:
            return None
        return district_statistics.report(context, self.month)

    def show_read(self, found: DistrictReport | None) -> None:
        """Show the offices with their sum on top."""
        self.report = found
        self.chart.setVisible(found is not None and bool(found.offices))
        self.empty.setText(wording.text("district.no_offices"))
        if found is None or not found.offices:
            self.rows.set_rows(())
            self.totals.setText("")
            return
        lines = [
            OfficeLine(
                desk_id=each.desk_id,
                name=each.office.name,
                state=_state(each),
                total=each.total,
            )
            for each in found.offices
        ]
        whole = OfficeLine(desk_id=None, name="合计", state="", total=found.total)
        self.rows.set_rows((whole, *lines))
        self.chart.show_year(found.months, found.month)
        self.totals.setText(
            wording.text(
                "district.totals",
                month=found.month.label,
                offices=len(found.offices),
                closed=found.closed,
                amount=found.total.month.amount,
                year=found.total.year.amount,
            )
        )

    def arrange(self) -> None:
        """The groups follow the office under the cursor."""
        report, row = self.report, self.chosen()
        today = self.workplace.today()
        self.later_action.setEnabled(self.month < Month(today.year, today.month))
        self.print_action.setEnabled(report is not None)
        if report is None or row is None:
            self.groups.set_rows(())
            self._show_behind()
            return
        place = max(self.groups_table.currentIndex().row(), 0)
        self.groups.set_rows(
            [
                GroupLine(group=line.group, figures=line.year if self.whole_year else line.month)
                for line in report.lines_of(row.desk_id)
            ]
        )
        self.groups_table.choose_row(place)
        self._show_behind()

    def print_report(self) -> None:
        """Ctrl+P: the report as a paper."""
        month = self.month
        self.print(lambda context: district_statistics.report_paper(context, month))

    def book(self) -> tuple[str, Make] | None:
        """The report as three sheets."""
        month = self.month
        if self.report is None:
            return None
        return f"区级统计月报 {month.label}", lambda context: district_statistics.report_sheets(
            context, month
        )

    def _show_behind(self) -> None:
        report, row, line = self.report, self.chosen(), self.groups_table.chosen_row()
        if report is None or row is None:
            self.behind.set_rows(())
            self.behind_says.setText("")
            return
        group = Group.TOTAL if line is None else line.group
        rows = report.behind(group, desk_id=row.desk_id, whole_year=self.whole_year)
        self.behind.set_rows(rows)
        self.behind_says.setText(
            wording.text(
                "district.behind",
                office=row.name,
                group=group.label,
                span="累计" if self.whole_year else "本月",
                count=len(rows),
            )
        )

    def case_of(self, row: Behind) -> str:
        """Whose money it is."""
        return row[1].case_id


def _state(one: OfficeReport) -> str:
    """Whether the figures are final, or how far the office's records have come."""
    if one.report.closing is not None:
        return wording.text("district.closed")
    if one.held_on is None:
        return wording.text("district.silent")
    return wording.text("district.held", on=one.held_on.isoformat())
