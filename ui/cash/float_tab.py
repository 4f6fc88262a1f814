"""备用金: what each cashier's drawer must hold, and every claim and return with its slip."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.cash import CashEntry, CashKind
from reliefdesk.domain.ids import EntryId
from reliefdesk.services import drawer_papers
from reliefdesk.services.closings import Drawer
from reliefdesk.services.printing import Paper, PaperMedia
from reliefdesk.services.recording import Context
from ui import theme
from ui.cash.view import DrawerView, PaperCall
from ui.widgets.tables import RIGHT, Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

_MOST_DRAWERS = 3


class FloatTab(QWidget):
    """Two lists; the slip of the chosen movement is printed."""

    title = "备用金"

    def __init__(self) -> None:
        super().__init__()
        self._view: DrawerView | None = None
        self.drawers: RowTable[Drawer] = RowTable(self._drawer_columns())
        self.drawer_table = TableView("各出纳余额", self.drawers)
        self.rows: RowTable[CashEntry] = RowTable(self._columns())
        self.table = TableView("领用和归还", self.rows)
        self.empty = WrappedLabel(wording.text("cash_page.floats_empty"))
        self._lay_out()

    def begin(self) -> None:
        """The cursor on the newest movement."""
        self.table.setFocus()

    def show_view(self, view: DrawerView) -> None:
        """Show balances and movements."""
        self._view = view
        self.drawers.set_rows(view.drawers)
        self.rows.set_rows(view.floats)
        self.table.choose_row(0)
        self.empty.setVisible(not view.floats)

    def confirm(self) -> None:
        """Nothing is confirmed here: F5 claims, Shift+F5 returns."""

    def paper(self) -> PaperCall | None:
        """What makes the slip of the chosen movement."""
        found = self.table.chosen_row()
        return None if found is None else _paper(found)

    def _held(self, row: Drawer) -> str:
        held = None if self._view is None else self._view.held.get(row.cashier.operator_id)
        return "0.00" if held is None else held.figures

    def _who(self, row: CashEntry) -> str:
        return "" if self._view is None else self._view.name(row.cashier)

    def _drawer_columns(self) -> tuple[Column[Drawer], ...]:
        return (
            Column(title="出纳", text=lambda row: row.cashier.name, characters=6),
            Column(title="余额", text=self._held, align=RIGHT),
            Column(title="上次日结", text=_closed, characters=7),
            Column(title="待日结", text=_due, characters=7),
        )

    def _columns(self) -> tuple[Column[CashEntry], ...]:
        return (
            Column(title="日期", text=lambda row: row.on.isoformat(), characters=7),
            Column(title="出纳", text=self._who, characters=5),
            Column(title="事项", text=lambda row: row.summary, characters=7),
            Column(title="领用", text=lambda row: _figures(row, CashKind.FLOAT_IN), align=RIGHT),
            Column(title="归还", text=lambda row: _figures(row, CashKind.FLOAT_OUT), align=RIGHT),
            Column(title="批准文号", text=lambda row: row.voucher, characters=10),
            Column(title="来源或去向", text=lambda row: row.account, characters=8),
        )

    def _lay_out(self) -> None:
        theme.quiet(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.drawer_table)
        self.drawer_table.setFixedHeight((_MOST_DRAWERS + 1) * theme.line_height(self))
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)


def _figures(row: CashEntry, kind: CashKind) -> str:
    if row.kind is not kind:
        return ""
    return (row.income if kind is CashKind.FLOAT_IN else row.outgo).figures


def _closed(row: Drawer) -> str:
    return "" if row.closed_on is None else row.closed_on.isoformat()


def _due(row: Drawer) -> str:
    return "" if row.is_closed else row.due_on.isoformat()


def _paper(found: CashEntry) -> PaperCall:
    def make(context: Context) -> Paper:
        return Paper(
            form="float_slip",
            title=f"备用金单{found.on:%Y%m%d}-{found.seq}",
            media=PaperMedia.A4,
            pdf=drawer_papers.float_slip(context, EntryId(found.entry_id)),
        )

    return make
