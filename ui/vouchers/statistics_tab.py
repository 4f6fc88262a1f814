"""统计月报: a month's figures and the year's, the rows behind each, its close and its paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reliefdesk import wording
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.statistics import Group, Month, MonthReport, ReportLine, StatRow
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import statistics, voucher_sheets
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.pages import Workplace
from ui.printing.sheet_saver import Make
from ui.vouchers.month_tab import MonthTab, figure_columns
from ui.widgets.order_form import Officers, Values
from ui.widgets.tables import RIGHT, Column

_BOOKKEEPER = (("记账", Seat.BOOKKEEPER),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One month with the year's amounts for the picture."""

    report: MonthReport
    months: tuple[tuple[Month, Money], ...]


COLUMNS: tuple[Column[ReportLine], ...] = (
    Column(title="指标", text=lambda line: line.group.label, characters=10),
    *figure_columns(lambda line: line),
)
BEHIND: tuple[Column[StatRow], ...] = (
    Column(title="日期", text=lambda row: row.on.isoformat(), characters=6),
    Column(title="号码", text=lambda row: row.number, characters=13),
    Column(title="案号", text=lambda row: row.case_no, characters=13),
    Column(
        title="金额",
        text=lambda row: row.moved.figures,
        align=RIGHT,
        characters=7,
        ink=lambda row: theme.ERROR if row.sign < 0 else None,
    ),
)


def _cash(report: MonthReport) -> Money:
    (line,) = [each for each in report.lines if each.group is Group.CASH]
    return line.month.amount


class StatisticsTab(MonthTab[ReportLine, StatRow]):
    """The lines of a month above, the rows behind the chosen line below."""

    title = "统计月报"
    commands = "statistics"
    behind_columns = BEHIND
    shows = frozenset({"payments", "statistics", "recoveries", "cases", "policies"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        self.report: MonthReport | None = None
        self.close_action = self.add_act("statistics.close", self.close_month)
        self.print_action = self.add_act("statistics.print", self.print_report)
        self.column.addWidget(self.behind_says)
        self.column.addWidget(self.behind_table, 1)

    def read(self, context: Context) -> Shown:
        """The chosen month and the year's picture."""
        return Shown(
            report=statistics.report(context, self.month),
            months=statistics.months_of(context, self.month.year),
        )

    def show_read(self, found: Shown) -> None:
        """Show the lines, the totals and the picture."""
        self.report = report = found.report
        self.rows.set_rows(report.lines)
        total = report.lines[0]
        state = "open" if report.closing is None else "closed"
        self.totals.setText(
            wording.text(
                "statistics.totals",
                month=report.month.label,
                since=report.since,
                until=report.until,
                times=total.month.times,
                households=total.month.households,
                persons=total.month.persons,
                amount=total.month.amount,
                cash=_cash(report),
                year=total.year.amount,
                state=wording.text(f"statistics.{state}"),
            )
        )
        self.chart.show_year(found.months, report.month)

    def arrange(self) -> None:
        """An ended, open month can be closed; the rows below follow the cursor."""
        report, line = self.report, self.chosen()
        if report is None:
            return
        today = self.workplace.today()
        self.close_action.setEnabled(report.closing is None and report.until < today)
        self.later_action.setEnabled(report.until < today)
        group = Group.TOTAL if line is None else line.group
        rows = report.behind(group, whole_year=self.whole_year)
        self.behind.set_rows(rows)
        scope = "本月" if self.whole_year else "累计"
        self.behind_says.setText(
            wording.text("statistics.behind", group=group.label, count=len(rows), scope=scope)
        )

    def close_month(self) -> None:
        """F8: keep the month's figures for good."""
        month = self.month

        def run(context: Context, _values: Values, officers: Officers) -> Recorded[Any]:
            return statistics.close_month(context, month, officer=officers[0])

        self.ask_for("month_close", (), run, _BOOKKEEPER, about=month.label)

    def print_report(self) -> None:
        """Ctrl+P: the report as a paper."""
        month = self.month
        self.print(lambda context: statistics.report_paper(context, month))

    def book(self) -> tuple[str, Make] | None:
        """The report and the rows behind it as two sheets."""
        month = self.month
        return f"统计月报 {month.label}", lambda context: voucher_sheets.month_sheets(
            context, month
        )

    def case_of(self, row: StatRow) -> str:
        """Whose money it is."""
        return row.case_id
