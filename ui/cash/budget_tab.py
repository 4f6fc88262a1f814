"""经费: what each source gave this year, what was paid from it, what is left; lines by document."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.clock import IdSource
from reliefdesk.domain.budgets import BudgetDraft, BudgetLine, BudgetState, FundSource
from reliefdesk.domain.ids import BudgetLineId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.problems import Problem
from reliefdesk.errors import UserError
from reliefdesk.services import budgets, operators
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.cash.confirm_fields import ConfirmFields
from ui.cash.view import DrawerView, PaperCall
from ui.widgets.amount_field import AmountField
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tables import RIGHT, Column, RowTable, TableView
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel

Act = Callable[[Context], Recorded[BudgetLine]]
_STATE_ROWS = 4


class BudgetTab(QWidget):
    """`wanted` carries the act that enters a line; the page runs it."""

    title = "经费"
    wanted = Signal(object)

    def __init__(self, ids: IdSource) -> None:
        super().__init__()
        self._ids = ids
        self._line_id = BudgetLineId(ids.new())
        self.grid = FieldGrid(columns=2)
        self.year = self.grid.add("year", "年度", ChoiceField[int]())
        self.source = self.grid.add("source", "经费来源", term_choice(FundSource))
        self.document = self.grid.add("document", "下达文号", TextField())
        self.amount = self.grid.add("amount", "下达金额", AmountField())
        self.keeper = ConfirmFields(self.grid, "keeper", "记账人")
        self.states: RowTable[BudgetState] = RowTable(_STATES)
        self.state_table = TableView("各来源余额", self.states)
        self.rows: RowTable[BudgetLine] = RowTable(_LINES)
        self.table = TableView("指标登记", self.rows)
        self.empty = WrappedLabel(wording.text("cash_page.budgets_empty"))
        self.grid.submitted.connect(self.confirm)
        self._lay_out()

    def begin(self) -> None:
        """The cursor where a line begins."""
        (self.source if self.source.chosen() is None else self.document).setFocus()

    def show_view(self, view: DrawerView) -> None:
        """Show sources and lines of this year; what is typed stays."""
        years = (view.today.year, view.today.year + 1)
        self.year.set_options([(year, f"{year}年") for year in years])
        if self.year.chosen() is None:
            self.year.choose(view.today.year)
        self.keeper.offer(view.with_seat(Seat.BOOKKEEPER), view.signed_in)
        self.states.set_rows(view.budgets)
        self.rows.set_rows(view.budget_lines)
        self.empty.setVisible(not view.budget_lines)

    def confirm(self) -> None:
        """Enter the line, or mark what lacks."""
        problems, amount = [], None
        try:
            amount = Money.parse(self.amount.text())
        except UserError as error:
            problems.append(Problem(field="amount", code=error.code, facts=error.facts))
        if not self.document.text().strip():
            problems.append(Problem(field="document", code="cash_page.needed"))
        year, source = self.year.chosen(), self.source.chosen()
        if source is None:
            problems.append(Problem(field="source", code="cash_page.needed"))
        problems += self.keeper.problems()
        self.grid.show_problems(problems)
        if problems or amount is None or year is None or source is None:
            self.grid.focus_first_problem()
            return
        draft = BudgetDraft(
            line_id=self._line_id,
            year=year,
            source=source,
            document=self.document.text(),
            amount=amount,
        )
        self.wanted.emit(_entering(draft, self))

    def finished(self, _line: BudgetLine) -> None:
        """The line stands; the next one has an identity of its own."""
        self._line_id = BudgetLineId(self._ids.new())
        for box in (self.document, self.amount, self.keeper.pin):
            box.clear()
        self.begin()

    def said(self, line: BudgetLine) -> str:
        """What was done."""
        details = line.details
        return wording.text(
            "cash_page.budget_entered", source=details.source, amount=details.amount
        )

    def paper_after(self, _line: BudgetLine) -> PaperCall | None:
        """Nothing is printed."""
        return None

    def paper(self) -> PaperCall | None:
        """Nothing is printed."""
        return None

    def refuse(self) -> None:
        """After a refusal: the PIN anew."""
        self.keeper.refuse()

    def _lay_out(self) -> None:
        theme.quiet(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.grid)
        column.addWidget(self.state_table)
        self.state_table.setFixedHeight(_STATE_ROWS * theme.line_height(self))
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)


def _entering(draft: BudgetDraft, tab: BudgetTab) -> Act:
    proof = tab.keeper.proof()

    def act(context: Context) -> Recorded[BudgetLine]:
        officer = operators.check_pin(context, *proof)
        return budgets.enter(context, draft, officer=officer)

    return act


def _ink(row: BudgetState) -> QColor | None:
    return theme.ERROR if row.is_kept and row.rest.fen < 0 else None


_STATES: tuple[Column[BudgetState], ...] = (
    Column(title="经费来源", text=lambda row: row.source.label, characters=11),
    Column(title="年度", text=lambda row: f"{row.year}", characters=4),
    Column(title="指标", text=lambda row: row.granted.figures, align=RIGHT),
    Column(title="已发放", text=lambda row: row.paid.figures, align=RIGHT),
    Column(
        title="余额",
        text=lambda row: row.rest.figures if row.is_kept else "未登记指标",
        align=RIGHT,
        ink=_ink,
    ),
)

_LINES: tuple[Column[BudgetLine], ...] = (
    Column(title="登记日期", text=lambda row: row.details.entered_on.isoformat(), characters=7),
    Column(title="年度", text=lambda row: f"{row.details.year}", characters=4),
    Column(title="经费来源", text=lambda row: row.details.source.label, characters=11),
    Column(title="下达金额", text=lambda row: row.details.amount.figures, align=RIGHT),
    Column(title="文号", text=lambda row: row.details.document, characters=12),
)
