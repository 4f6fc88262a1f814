"""单位并入: the bureau orders that an office goes into another, and sees how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reliefdesk import wording
from reliefdesk.domain.mergers import Merger
from reliefdesk.domain.partners import PartnerRow, PartnerState
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import mergers, partners
from reliefdesk.services.mergers import MergeOrder
from reliefdesk.services.recording import Context, Recorded
from ui.pages import Workplace
from ui.vouchers.tab import VoucherTab
from ui.widgets.order_form import Box, Kind, Officers, Task, Values
from ui.widgets.tables import RIGHT, Column


def _open_cases(row: Merger) -> str:
    return "" if row.closed is None else str(row.closed.open_cases)


def _taken(row: Merger) -> str:
    missing = [each for each in row.cash if each.taken_on is None]
    return f"{row.given.figures}{'（未收完）' if missing else ''}" if row.cash else ""


COLUMNS: tuple[Column[Merger], ...] = (
    Column(title="停办单位", text=lambda row: row.told.closing.office.name, characters=7),
    Column(title="接收单位", text=lambda row: row.told.heir.office.name, characters=7),
    Column(title="并入日期", text=lambda row: row.told.merged_on.isoformat(), characters=6),
    Column(title="文号", text=lambda row: row.told.document, characters=8),
    Column(title="状态", text=lambda row: row.state.label, characters=7),
    Column(title="未结案件", text=_open_cases, align=RIGHT, characters=4),
    Column(title="移交现金", text=_taken, align=RIGHT, characters=9),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mergers:
    """What the tab shows, and which offices can be chosen."""

    rows: tuple[Merger, ...]
    offices: tuple[PartnerRow, ...]


class MergersTab(VoucherTab[Merger]):
    """One line for each merger, the earliest day first."""

    title = "单位并入"
    shows = frozenset({"mergers", "partners"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        self._offices: tuple[PartnerRow, ...] = ()
        self.order_action = self.add_act("mergers.order", self.order)

    def read(self, context: Context) -> Mergers:
        """Every merger, and the offices that may speak."""
        known = partners.listed(context)
        offices = tuple(row for row in known if row.state is PartnerState.ACTIVE)
        return Mergers(rows=mergers.listed(context), offices=offices)

    def show_read(self, found: Mergers) -> None:
        """Show them with how many are under way."""
        self._offices = found.offices
        self.rows.set_rows(found.rows)
        waits = sum(row.taken is None for row in found.rows)
        self.totals.setText(wording.text("mergers.totals", count=len(found.rows), waits=waits))
        self.empty.setText(wording.text("mergers.empty_district"))

    def arrange(self) -> None:
        """Two offices are needed."""
        self.order_action.setEnabled(len(self._offices) > 1)

    def order(self) -> None:
        """F8: which office goes into which, from which day, under which document."""
        options = [(row.desk_id, row.office.name) for row in self._offices]

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            return mergers.order(context, MergeOrder(**values), officer=officers[0])

        task = Task(
            title=wording.text("mergers.order_title"),
            says=wording.text("mergers.order_says"),
            boxes=(
                Box(name="closing", label="停办单位", kind=Kind.CHOICE, options=options),
                Box(name="heir", label="接收单位", kind=Kind.CHOICE, options=options),
                Box(name="merged_on", label="并入日期", kind=Kind.DAY),
                Box(name="document", label="文号"),
            ),
            run=run,
            done=lambda done: wording.text(
                "mergers.ordered",
                closing=done.told.closing.office.name,
                heir=done.told.heir.office.name,
                on=done.told.merged_on,
            ),
            seats=(("核对人", None),),
        )
        self.ask(task)
