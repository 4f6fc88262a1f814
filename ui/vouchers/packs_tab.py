"""报账: packs of signed receipts on their way to finance and back."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from reliefdesk import wording
from reliefdesk.domain.ids import PackId, ReceiptNo
from reliefdesk.domain.money import total
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.reimbursements import Pack, PackOrder, PackState
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import reimbursements, voucher_sheets
from reliefdesk.services.recording import Context, Recorded
from reliefdesk.services.reimbursements import Answer
from ui.pages import Workplace
from ui.printing.sheet_saver import Make
from ui.vouchers.tab import VoucherTab
from ui.widgets.order_form import Box, Kind, Officers, Values
from ui.widgets.tables import RIGHT, Column

_CASHIER = (("出纳", Seat.CASHIER),)
_NAMED_MOST = 6
_SPLIT = re.compile(r"[\s,，、;；]+")


class MadePack(NamedTuple):
    """A pack just made, and the receipts of its days that wait for a signature."""

    pack: Pack
    unsigned: tuple[ReceiptNo, ...]


def _answered(row: Pack) -> str:
    said = row.answer
    if said is None:
        return "" if row.handed is None else f"{row.handed.handed_on} 交{row.handed.receiver}"
    back = f"，退回{row.returned}张：{said.reason}" if row.returned else ""
    return f"{said.answered_on} {said.document}{back}"


COLUMNS: tuple[Column[Pack], ...] = (
    Column(title="报账单号", text=lambda row: row.details.pack_no, characters=12),
    Column(title="状态", text=lambda row: row.state.label, characters=4),
    Column(title="起", text=lambda row: row.details.since.isoformat(), characters=6),
    Column(title="止", text=lambda row: row.details.until.isoformat(), characters=6),
    Column(title="张数", text=lambda row: str(len(row.details.lines)), align=RIGHT, characters=3),
    Column(title="金额", text=lambda row: row.details.total.figures, align=RIGHT),
    Column(title="已报销", text=lambda row: row.accepted.figures, align=RIGHT),
    Column(title="送交和答复", text=_answered, characters=24),
)


class PacksTab(VoucherTab[Pack]):
    """The list of packs."""

    title = "报账"
    shows = frozenset({"reimbursements"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        self.make_action = self.add_act("packs.make", self.make)
        self.hand_action = self.add_act("packs.hand", self.hand_in)
        self.answer_action = self.add_act("packs.answer", self.answer)
        self.dissolve_action = self.add_act("packs.dissolve", self.dissolve)
        self.print_action = self.add_act("packs.print", self.print_pack)

    def read(self, context: Context) -> tuple[Pack, ...]:
        """All packs."""
        return reimbursements.listed(context)

    def show_read(self, found: tuple[Pack, ...]) -> None:
        """Show them with what is under way and what was reimbursed."""
        self.rows.set_rows(found)
        opened = [row for row in found if row.state in (PackState.MADE, PackState.HANDED)]
        self.totals.setText(
            wording.text(
                "vouchers.packs_totals",
                count=len(opened),
                open=total([row.details.total for row in opened]),
                accepted=total([row.accepted for row in found]),
            )
        )
        self.empty.setText(wording.text("vouchers.no_packs"))

    def arrange(self) -> None:
        """Acts follow the state of the pack."""
        row = self.chosen()
        state = None if row is None else row.state
        self.hand_action.setEnabled(state is PackState.MADE)
        self.dissolve_action.setEnabled(state is PackState.MADE)
        self.answer_action.setEnabled(state is PackState.HANDED)
        self.print_action.setEnabled(row is not None)

    def book(self) -> tuple[str, Make] | None:
        """The chosen pack as a sheet."""
        row = self.chosen()
        if row is None:
            return None
        details = row.details
        return f"报账单 {details.pack_no}", lambda context: voucher_sheets.pack_sheet(
            context, details.pack_id
        )

    def facts(self, result: object) -> dict[str, object]:
        """What a new pack left out, in a sentence."""
        if not isinstance(result, MadePack) or not result.unsigned:
            return {"left": ""}
        numbers = "、".join(each.rpartition("-")[2] for each in result.unsigned[:_NAMED_MOST])
        count = len(result.unsigned)
        return {"left": wording.text("vouchers.pack_left", count=count, numbers=numbers)}

    def make(self) -> None:
        """F5: put together what is due."""
        today, pack_id = self.workplace.today(), PackId(self.workplace.ids.new())

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = PackOrder(pack_id=pack_id, **values)
            done = reimbursements.make(context, order, officer=officers[0])
            left = reimbursements.unsigned(context, order)
            return Recorded(result=MadePack(done.result, left), changes=done.changes)

        boxes = (
            Box(name="since", label="起始日期", kind=Kind.DAY, begin=today.replace(day=1)),
            Box(name="until", label="截止日期", kind=Kind.DAY, begin=today),
        )
        self.ask_for("pack_make", boxes, run, _CASHIER, follow=lambda made: self._print(made.pack))

    def hand_in(self) -> None:
        """F6: it goes to finance."""
        row = self.chosen()
        if row is None:
            return
        pack_id = row.details.pack_id

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            return reimbursements.hand_in(context, pack_id, values["receiver"], officer=officers[0])

        boxes = (Box(name="receiver", label="接收人"),)
        self.ask_for("pack_hand", boxes, run, _CASHIER, about=row.details.pack_no)

    def answer(self) -> None:
        """Ctrl+E: what came back."""
        row = self.chosen()
        if row is None:
            return
        pack_id = row.details.pack_id

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            numbers = tuple(part for part in _SPLIT.split(values["returned"]) if part)
            said = Answer(document=values["document"], returned=numbers, reason=values["reason"])
            return reimbursements.answer(context, pack_id, said, officer=officers[0])

        boxes = (
            Box(name="document", label="答复凭证号"),
            Box(name="returned", label="退回的号码", needed=False),
            Box(name="reason", label="退回原因", needed=False),
        )
        self.ask_for("pack_answer", boxes, run, _CASHIER, about=row.details.pack_no)

    def dissolve(self) -> None:
        """Ctrl+R: take it apart."""
        row = self.chosen()
        if row is None:
            return
        pack_id = row.details.pack_id

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            return reimbursements.dissolve(context, pack_id, values["reason"], officer=officers[0])

        boxes = (Box(name="reason", label="撤销原因"),)
        self.ask_for("pack_dissolve", boxes, run, _CASHIER, about=row.details.pack_no)

    def print_pack(self) -> None:
        """Ctrl+P: list and copies."""
        row = self.chosen()
        if row is not None:
            self._print(row)

    def _print(self, row: Pack) -> None:
        pack_id = row.details.pack_id
        self.print(lambda context: reimbursements.pack_paper(context, pack_id))
