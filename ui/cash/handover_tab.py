"""交接: counted cash goes to another cashier; both give their PIN on the same page."""

from reliefdesk import wording
from reliefdesk.clock import IdSource
from reliefdesk.domain.handovers import Handover, HandoverDraft
from reliefdesk.domain.ids import HandoverId, OperatorId
from reliefdesk.domain.operators import Seat
from reliefdesk.services import drawer_papers, handovers, operators
from reliefdesk.services.printing import Paper, PaperMedia
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.cash.confirm_fields import ConfirmFields
from ui.cash.record_tab import Act, RecordTab, minute_of
from ui.cash.view import DrawerView, PaperCall
from ui.widgets.tables import RIGHT, Column
from ui.widgets.text_fields import TextField


class HandoverTab(RecordTab[Handover]):
    """Moves counted cash from one drawer to another."""

    title = "交接"

    def __init__(self, ids: IdSource) -> None:
        super().__init__(empty="cash_page.handovers_empty")
        self._ids = ids
        self._handover_id = HandoverId(ids.new())
        self.giver = ConfirmFields(self.grid, "giver", "移交人")
        self.receiver = ConfirmFields(self.grid, "receiver", "接收人")
        self.remark = self.grid.add("remark", "交接备注", TextField(), span=2)
        self.grid.changed.connect(self._changed)
        self.grid.submitted.connect(self.confirm)
        self._lay_out(self.says, self.grid)

    @property
    def first(self) -> ConfirmFields:
        """Who gives the cash away."""
        return self.giver

    def show_view(self, view: DrawerView) -> None:
        """Show who may hand over to whom and what was handed over."""
        self._view = view
        self.giver.offer(view.with_seat(Seat.CASHIER), view.signed_in)
        self._offer_receivers()
        self._show_rows(view.handovers)
        self._tell()

    def confirm(self) -> None:
        """Hand over, or mark what lacks."""
        problems = self.giver.problems() + self.receiver.problems()
        self.grid.show_problems(problems)
        if problems:
            self.grid.focus_first_problem()
            return
        draft = HandoverDraft(handover_id=self._handover_id, remark=self.remark.text())
        self.wanted.emit(_handing(draft, self.giver.proof(), self.receiver.proof()))

    def finished(self, _found: Handover) -> None:
        """The cash moved; the next handover has an identity of its own."""
        self._handover_id = HandoverId(self._ids.new())
        for box in (self.giver.pin, self.receiver.pin, self.remark):
            box.clear()

    def refuse(self) -> None:
        """After a refusal both PINs anew."""
        self.giver.refuse(self.receiver)

    def said(self, found: Handover) -> str:
        """What was done."""
        return wording.text("cash_page.handed", amount=found.details.amount)

    def paper_after(self, found: Handover) -> PaperCall | None:
        """What makes the sheet of a handover; it is signed at once."""
        return handover_paper(found)

    def _changed(self, name: str) -> None:
        if name == "giver":
            self._offer_receivers()
            self._tell()

    def _offer_receivers(self) -> None:
        if self._view is None:
            return
        giver = self.giver.officer.chosen()
        cashiers = self._view.with_seat(Seat.CASHIER)
        others = [one for one in cashiers if one.operator_id != giver]
        self.receiver.offer(others, self._view.signed_in)

    def _tell(self) -> None:
        drawer = None if self._view is None else self._view.drawer(self.giver.officer.chosen())
        locked = drawer is not None and drawer.is_closed
        counted = drawer is not None and drawer.count is not None and drawer.count.is_settled
        ready = counted and not locked
        said = "closed" if locked else "ready" if ready else "count"
        self.says.setText(wording.text(f"cash_page.handover_{said}"))
        theme.ink(self.says, theme.INK if ready else theme.WARNING)

    def _columns(self) -> tuple[Column[Handover], ...]:
        return (
            Column(title="时间", text=lambda row: minute_of(row.handed_at), characters=8),
            Column(title="移交人", text=lambda row: self._name(row.details.giver), characters=5),
            Column(title="接收人", text=lambda row: self._name(row.details.receiver), characters=5),
            Column(title="金额", text=lambda row: row.details.amount.figures, align=RIGHT),
            Column(title="备注", text=lambda row: row.details.remark, characters=16),
        )


def handover_paper(found: Handover) -> PaperCall:
    """What makes the sheet of a handover."""

    def make(context: Context) -> Paper:
        return Paper(
            form="handover_sheet",
            title=f"现金交接单{found.details.handed_on:%Y%m%d}-{found.seq}",
            media=PaperMedia.A4,
            pdf=drawer_papers.handover_sheet(context, found.details.handover_id),
        )

    return make


def _handing(
    draft: HandoverDraft, giver: tuple[OperatorId, str], receiver: tuple[OperatorId, str]
) -> Act[Handover]:
    def act(context: Context) -> Recorded[Handover]:
        gives = operators.check_pin(context, *giver)
        takes = operators.check_pin(context, *receiver)
        return handovers.hand_over(context, draft, giver=gives, receiver=takes)

    return act
