"""统计月报: a month's figures and the year's, the rows behind each, its close and its paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLayout, QVBoxLayout

from reliefdesk import wording
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.statistics import Figures, Group, Month, MonthReport, ReportLine, StatRow
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import statistics, voucher_sheets
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.pages import Workplace
from ui.printing.sheet_saver import Make
from ui.vouchers.month_chart import MonthChart
from ui.vouchers.tab import VoucherTab
from ui.widgets.order_form import Officers, Values
from ui.widgets.tables import RIGHT, Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

_BOOKKEEPER = (("记账", Seat.BOOKKEEPER),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One month with the year's amounts for the picture."""

    report: MonthReport
    months: tuple[tuple[Month, Money], ...]


def _number(title: str, get: Callable[[ReportLine], object]) -> Column[ReportLine]:
    return Column(title=title, text=lambda line: str(get(line)), align=RIGHT, characters=5)


def _amount(title: str, get: Callable[[ReportLine], Figures]) -> Column[ReportLine]:
    return Column(
        title=title, text=lambda line: get(line).amount.figures, align=RIGHT, characters=7
    )


COLUMNS: tuple[Column[ReportLine], ...] = (
    Column(title="指标", text=lambda line: line.group.label, characters=10),
    _number("本月人次", lambda line: line.month.times),
    _number("本月户次", lambda line: line.month.households),
    _number("本月人数", lambda line: line.month.persons),
    _amount("本月金额", lambda line: line.month),
    _number("累计人次", lambda line: line.year.times),
    _number("累计户次", lambda line: line.year.households),
    _number("累计人数", lambda line: line.year.persons),
    _amount("累计金额", lambda line: line.year),
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


class StatisticsTab(VoucherTab[ReportLine]):
    """The lines of a month above, the rows behind the chosen line below."""

    title = "统计月报"
    shows = frozenset({"payments", "statistics", "recoveries", "cases", "policies"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        today = workplace.today()
        self.month = Month(today.year, today.month)
        self.report: MonthReport | None = None
        self._whole_year = False
        self.earlier_action = self.add_act("statistics.earlier", lambda: self.turn(-1))
        self.later_action = self.add_act("statistics.later", lambda: self.turn(1))
        self.scope_action = self.add_act("statistics.scope", self.change_scope)
        self.close_action = self.add_act("statistics.close", self.close_month)
        self.print_action = self.add_act("statistics.print", self.print_report)
        self.chart = MonthChart()
        self.behind_says = WrappedLabel()
        self.behind_says.setAccessibleName("数字说明")
        theme.quiet(self.behind_says)
        self.behind: RowTable[StatRow] = RowTable(BEHIND)
        self.behind_table = TableView("数字由来", self.behind)
        column: QLayout | None = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - made by the tab
        column.insertWidget(1, self.chart)
        column.addWidget(self.behind_says)
        column.addWidget(self.behind_table, 1)
        self.behind_table.row_chosen.connect(self._open_case)

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
        rows = report.behind(group, whole_year=self._whole_year)
        self.behind.set_rows(rows)
        scope = "本月" if self._whole_year else "累计"
        self.behind_says.setText(
            wording.text("statistics.behind", group=group.label, count=len(rows), scope=scope)
        )

    def turn(self, months: int) -> None:
        """Another month."""
        self.month = self.month.following if months > 0 else self.month.before
        self.load()

    def change_scope(self) -> None:
        """The rows of the month, or of the year up to it."""
        self._whole_year = not self._whole_year
        self.arrange()

    def close_month(self) -> None:
        """F8: keep the month's figures for good."""
        month = self.month

        def run(context: Context, _values: Values, officers: Officers) -> Recorded[Any]:
            return statistics.close_month(context, month, officer=officers[0])

        self.ask_for("month_close", (), run, _BOOKKEEPER)

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

    def _open_case(self, position: int) -> None:
        row = self.behind.row(position)
        if row is not None:
            self.case_wanted.emit(row.case_id)
