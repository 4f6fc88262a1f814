"""A tab of a month or the year up to it: a small chart, its list, the rows behind a figure."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout

from reliefdesk.domain.statistics import Figures, Month, ReportLine
from reliefdesk.errors import ReliefDeskError
from ui import theme
from ui.pages import Workplace
from ui.vouchers.month_chart import MonthChart
from ui.vouchers.tab import VoucherTab
from ui.widgets.tables import RIGHT, Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

RowT = TypeVar("RowT")
BehindT = TypeVar("BehindT")
LineOf = Callable[[RowT], ReportLine]


def figure_columns(line_of: LineOf[RowT]) -> tuple[Column[RowT], ...]:
    """The eight figures of a line of a report, of the month and of the year up to it."""

    def number(title: str, get: Callable[[ReportLine], int]) -> Column[RowT]:
        return Column(
            title=title, text=lambda row: str(get(line_of(row))), align=RIGHT, characters=5
        )

    def amount(title: str, get: Callable[[ReportLine], Figures]) -> Column[RowT]:
        return Column(
            title=title,
            text=lambda row: get(line_of(row)).amount.figures,
            align=RIGHT,
            characters=7,
        )

    return (
        number("本月人次", lambda line: line.month.times),
        number("本月户次", lambda line: line.month.households),
        number("本月人数", lambda line: line.month.persons),
        amount("本月金额", lambda line: line.month),
        number("累计人次", lambda line: line.year.times),
        number("累计户次", lambda line: line.year.households),
        number("累计人数", lambda line: line.year.persons),
        amount("累计金额", lambda line: line.year),
    )


class MonthTab(VoucherTab[RowT], Generic[RowT, BehindT]):
    """Earlier, later, month or year: the keys of `commands`.

    Subclasses fill the chart and place what is behind.
    """

    commands = ""
    behind_columns: tuple[Column[BehindT], ...] = ()

    def __init__(
        self,
        workplace: Workplace,
        columns: tuple[Column[RowT], ...],
        *,
        failed: Callable[[ReliefDeskError], None],
    ) -> None:
        super().__init__(workplace, columns, failed=failed)
        today = workplace.today()
        self.month = Month(today.year, today.month)
        self.whole_year = False
        self.earlier_action = self.add_act(f"{self.commands}.earlier", lambda: self.turn(-1))
        self.later_action = self.add_act(f"{self.commands}.later", lambda: self.turn(1))
        self.scope_action = self.add_act(f"{self.commands}.scope", self.change_scope)
        self.chart = MonthChart()
        beside = QHBoxLayout()
        beside.addWidget(self.totals, 1)
        beside.addWidget(self.chart)
        self.column.insertLayout(1, beside)
        self.behind_says = WrappedLabel()
        self.behind_says.setAccessibleName("数字说明")
        theme.quiet(self.behind_says)
        self.behind: RowTable[BehindT] = RowTable(self.behind_columns)
        self.behind_table = TableView("数字由来", self.behind)
        self.behind_table.row_chosen.connect(self._open_case)

    def turn(self, months: int) -> None:
        """Another month."""
        self.month = self.month.following if months > 0 else self.month.before
        self.load()

    def change_scope(self) -> None:
        """Figures and rows of the month, or of the year up to it."""
        self.whole_year = not self.whole_year
        self.arrange()

    def case_of(self, row: BehindT) -> str:
        """The case of a row behind a figure."""
        raise NotImplementedError

    def _open_case(self, position: int) -> None:
        row = self.behind.row(position)
        if row is not None:
            self.case_wanted.emit(self.case_of(row))
