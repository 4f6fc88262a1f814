"""已救助名单: each office's list, issued anew to one or all, and keys renewed after a theft.

Numbers are stretched a few at a time, so that the window stays alive and can stop.
"""

from collections.abc import Callable
from typing import Any

from reliefdesk import wording
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.tokens import ListState, OfficeList
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import tokens
from reliefdesk.services.recording import Context, Recorded
from ui.pages import Workplace
from ui.vouchers.tab import VoucherTab
from ui.widgets.order_form import Box, Kind, Officers, Task, Values
from ui.widgets.tables import RIGHT, Column


def _issued_on(row: OfficeList) -> str:
    return wording.text("tokens.never") if row.issued_on is None else row.issued_on.isoformat()


COLUMNS: tuple[Column[OfficeList], ...] = (
    Column(title="办理点", text=lambda row: row.office, characters=14),
    Column(title="名单日期", text=_issued_on, characters=7),
    Column(title="人次", text=lambda row: str(row.total), align=RIGHT, characters=4),
    Column(title="状态", text=lambda row: row.state.label, characters=16),
)


class TokensTab(VoucherTab[OfficeList]):
    """One line for each office that may have a list."""

    title = "已救助名单"
    shows = frozenset({"tokens", "partners", "settings"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        self._failed = failed
        self._is_counting = False
        self._said = ""
        self.issue_all_action = self.add_act("tokens.issue_all", self.issue_all)
        self.issue_action = self.add_act("tokens.issue", self.issue_chosen)
        self.renew_action = self.add_act("tokens.renew", self.renew)

    def read(self, context: Context) -> tuple[OfficeList, ...]:
        """Every office with its list."""
        return tokens.offices(context) if context.desk.kind.is_district else ()

    def show_read(self, found: tuple[OfficeList, ...]) -> None:
        """Show them with how many lists still count."""
        self.rows.set_rows(found)
        current = sum(row.state is ListState.CURRENT for row in found)
        if not self._is_counting:
            told = wording.text("tokens.totals", offices=len(found), current=current)
            self.totals.setText(f"{self._said}{told}")
        self.empty.setText(wording.text("tokens.empty"))

    def arrange(self) -> None:
        """Nothing to issue without offices."""
        self.issue_all_action.setEnabled(self.rows.rowCount() > 0)
        self.issue_action.setEnabled(self.chosen() is not None)
        self.renew_action.setEnabled(not self._is_counting)

    def issue_all(self) -> None:
        """F8: today's list for every office."""
        self._issue(None)

    def issue_chosen(self) -> None:
        """F5: today's list for the office under the cursor."""
        row = self.chosen()
        if row is not None:
            self._issue(row.desk_id)

    def renew(self) -> None:
        """Ctrl+K: keys and salt anew, before a second person."""

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            return tokens.renew(context, values["told"], officer=officers[0])

        told = Box(name="told", label="经过", kind=Kind.NARRATIVE)
        self._said = ""
        task = Task(
            title=wording.text("tokens.renew_title"),
            says=wording.text("tokens.renew_says"),
            boxes=(told,),
            run=run,
            done=lambda generation: wording.text("tokens.renewed", generation=generation),
            seats=(("核对人", None),),
        )
        self.ask(task)

    def _issue(self, desk_id: DeskId | None) -> None:
        if self._is_counting:  # the same key stops it
            self._is_counting = False
            return
        self._is_counting, self._said = True, ""
        self._go_on(desk_id)

    def _go_on(self, desk_id: DeskId | None) -> None:
        self.workplace.operations.run(
            tokens.stretch, done=lambda left: self._stretched(desk_id, left), failed=self._stop
        )

    def _stretched(self, desk_id: DeskId | None, left: int) -> None:
        if not self._is_counting:
            self._said = wording.text("tokens.stopped")
            self.load()
        elif left:
            self.totals.setText(wording.text("tokens.counting", left=left))
            self._go_on(desk_id)
        else:
            self.workplace.operations.run(
                lambda context: tokens.issue(context, desk_id),
                done=self._done,
                failed=self._stop,
            )

    def _done(self, done: Recorded[tuple[OfficeList, ...]]) -> None:
        self._is_counting = False
        self._said = wording.text("tokens.issued", count=len(done.result))
        self.load()

    def _stop(self, error: ReliefDeskError) -> None:
        self._is_counting = False
        self.load()
        self._failed(error)
