"""日结: which day is next to close, on which count, confirmed by the cashier; then its sheet.

What the drawer must hold is not told here: the count that a close stands on is blind.
"""

from reliefdesk import wording
from reliefdesk.clock import IdSource
from reliefdesk.domain.closings import CloseOrder, Closing
from reliefdesk.domain.ids import ClosingId
from reliefdesk.domain.operators import Seat
from reliefdesk.services import closings, drawer_papers, operators
from reliefdesk.services.closings import Drawer
from reliefdesk.services.printing import Paper, PaperMedia
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.cash.confirm_fields import ConfirmFields
from ui.cash.record_tab import Act, RecordTab, minute_of
from ui.cash.view import DrawerView, PaperCall
from ui.widgets.tables import RIGHT, Column


class CloseTab(RecordTab[Closing]):
    """Closes the next day of a cashier."""

    title = "日结"

    def __init__(self, ids: IdSource) -> None:
        super().__init__(empty="cash_page.closings_empty")
        self._ids = ids
        self._closing_id = ClosingId(ids.new())
        self.cashier = ConfirmFields(self.grid, "cashier", "出纳")
        self.grid.changed.connect(self._tell)
        self.grid.submitted.connect(self.confirm)
        self._lay_out(self.grid, self.says)

    @property
    def first(self) -> ConfirmFields:
        """The cashier whose day it is."""
        return self.cashier

    def show_view(self, view: DrawerView) -> None:
        """Show whose day is next and what was closed; what is typed stays."""
        self._view = view
        self.cashier.offer(view.with_seat(Seat.CASHIER), view.signed_in)
        self._show_rows(view.closings)
        self._tell("cashier")

    def confirm(self) -> None:
        """Close the next day of the chosen cashier."""
        problems = self.cashier.problems()
        self.grid.show_problems(problems)
        drawer = self._drawer()
        if problems or drawer is None:
            self.grid.focus_first_problem()
            return
        order = CloseOrder(closing_id=self._closing_id, closed_on=drawer.due_on)
        self.wanted.emit(_closing(order, self))

    def finished(self, _found: Closing) -> None:
        """The day is closed; the next one has an identity of its own."""
        self._closing_id = ClosingId(self._ids.new())
        self.cashier.pin.clear()

    def said(self, found: Closing) -> str:
        """What was done."""
        closed = found.details
        return wording.text("cash_page.closed", on=closed.closed_on, closing=closed.closing)

    def paper_after(self, found: Closing) -> PaperCall | None:
        """What makes the sheet of a closed day; it is signed at once."""
        return day_paper(found)

    def _drawer(self) -> Drawer | None:
        return None if self._view is None else self._view.drawer(self.cashier.officer.chosen())

    def _tell(self, name: str) -> None:
        if name != "cashier":
            return
        drawer = self._drawer()
        self.says.setText("" if drawer is None else _says(drawer))
        ready = drawer is None or drawer.is_closed or drawer.count is not None
        theme.ink(self.says, theme.INK if ready else theme.WARNING)

    def _columns(self) -> tuple[Column[Closing], ...]:
        return (
            Column(title="日期", text=lambda row: row.details.closed_on.isoformat(), characters=7),
            Column(title="出纳", text=lambda row: self._name(row.details.cashier), characters=5),
            Column(title="期初", text=lambda row: row.details.opening.figures, align=RIGHT),
            Column(title="收入", text=lambda row: row.details.income.figures, align=RIGHT),
            Column(title="支出", text=lambda row: row.details.outgo.figures, align=RIGHT),
            Column(title="期末", text=lambda row: row.details.closing.figures, align=RIGHT),
            Column(title="日结时间", text=lambda row: minute_of(row.closed_at), characters=8),
        )


def day_paper(found: Closing) -> PaperCall:
    """What makes the sheet of a closed day."""

    def make(context: Context) -> Paper:
        return Paper(
            form="day_sheet",
            title=f"现金日结单{found.details.closed_on:%Y%m%d}-{found.seq}",
            media=PaperMedia.A4,
            pdf=drawer_papers.day_sheet(context, found.details.closing_id),
        )

    return make


def _closing(order: CloseOrder, tab: CloseTab) -> Act[Closing]:
    proof = tab.cashier.proof()

    def act(context: Context) -> Recorded[Closing]:
        officer = operators.check_pin(context, *proof)
        return closings.close(context, order, officer=officer)

    return act


def _says(drawer: Drawer) -> str:
    if drawer.is_closed:
        return wording.text("cash_page.closed_already", on=drawer.due_on)
    if drawer.count is None:
        return wording.text("cash_page.count_first", on=drawer.due_on)
    key = "cash_page.close_ready" if drawer.count.is_settled else "cash_page.explain_first"
    return wording.text(key, on=drawer.due_on, at=drawer.count.counted_at)
