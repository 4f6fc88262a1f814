"""花名册: people granted for one emergency, paid one after another from here; absent ones wait."""

from collections.abc import Callable
from typing import Any

from reliefdesk import wording
from reliefdesk.domain.approvals import CashApproval
from reliefdesk.domain.cases import Cause
from reliefdesk.domain.ids import PaymentId, RosterId
from reliefdesk.domain.masking import mask_number
from reliefdesk.domain.money import total
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.payments import PayOrder
from reliefdesk.domain.rosters import RosterLine, RosterOrder, RosterView
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import payments, print_jobs, rosters, voucher_sheets
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context, Recorded, recorded
from ui.counter.paper import paper_of
from ui.pages import Workplace
from ui.printing.sheet_saver import Make
from ui.vouchers.approval_boxes import approval_boxes, approval_of
from ui.vouchers.tab import VoucherTab
from ui.widgets.order_form import Box, Kind, Officers, Values, terms
from ui.widgets.tables import RIGHT, Column

_CASHIER = (("出纳", Seat.CASHIER),)
_REASON = "急需食宿，无银行账户"

COLUMNS: tuple[Column[RosterLine], ...] = (
    Column(title="序号", text=lambda row: str(row.place), align=RIGHT, characters=3),
    Column(title="姓名", text=lambda row: row.name, characters=6),
    Column(title="案号", text=lambda row: row.case_no, characters=13),
    Column(title="金额", text=lambda row: row.granted.figures, align=RIGHT, characters=6),
    Column(title="未领", text=lambda row: row.rest.figures, align=RIGHT, characters=6),
    Column(
        title="领款日期",
        text=lambda row: "" if row.paid_on is None else row.paid_on.isoformat(),
        characters=6,
    ),
    Column(title="领款单号", text=lambda row: row.receipt_no, characters=14),
    Column(title="代领人", text=lambda row: row.collector, characters=8),
)


class RostersTab(VoucherTab[RosterLine]):
    """The lines of the newest roster; F8 pays the chosen person, then the next one is asked for."""

    title = "花名册"
    shows = frozenset({"rosters", "payments", "receipts", "cases"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        self.view: RosterView | None = None
        self._back = 0
        self._left_at: int | None = None
        """The place of the person whose form was open last."""
        self.make_action = self.add_act("rosters.make", self.make)
        self.pay_action = self.add_act("rosters.pay", self.pay)
        self.receipt_action = self.add_act("rosters.receipt", self.print_receipt)
        self.earlier_action = self.add_act("rosters.earlier", self.earlier)
        self.print_action = self.add_act("rosters.print", self.print_roster)
        self.table.row_chosen.connect(self._open_case)

    def read(self, context: Context) -> RosterView | None:
        """The newest roster, or an earlier one that was asked for."""
        found = rosters.listed(context)
        if not found:
            return None
        wanted = found[self._back % len(found)]
        return rosters.view(context, wanted.details.roster_id)

    def show_read(self, found: RosterView | None) -> None:
        """Show its people and how many are still to come."""
        self.view = found
        self.rows.set_rows(() if found is None else found.lines)
        self.empty.setText(wording.text("vouchers.no_rosters"))
        if found is None:
            self.totals.setText("")
            return
        details, waiting = found.roster.details, found.waiting
        self.totals.setText(
            wording.text(
                "vouchers.roster_totals",
                number=details.roster_no,
                title=details.title,
                count=len(found.lines),
                granted=found.granted,
                waiting=len(waiting),
                rest=total([line.rest for line in waiting]),
            )
        )

    def take_cursor(self) -> None:
        """Back from a person who did not come, or was paid: the next one who waits is chosen."""
        place, self._left_at = self._left_at, None
        if place is not None:
            waiting = [(at, row) for at, row in enumerate(self.rows.rows()) if row.is_open]
            later = [at for at, row in waiting if row.place > place]
            for at in (later or [at for at, _ in waiting])[:1]:
                self.table.choose_row(at)
        super().take_cursor()

    def arrange(self) -> None:
        """Only who has not come can be paid."""
        row = self.chosen()
        self.pay_action.setEnabled(row is not None and row.is_open)
        self.receipt_action.setEnabled(row is not None and bool(row.receipt_no))
        for action in (self.print_action, self.earlier_action):
            action.setEnabled(self.view is not None)

    def make(self) -> None:
        """F5: list who is granted and unpaid."""
        roster_id = RosterId(self.workplace.ids.new())

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = RosterOrder(roster_id=roster_id, **values)
            return rosters.make(context, order, officer=officers[0])

        boxes = (
            Box(name="title", label="急难事件"),
            Box(name="cause", label="困难类型", kind=Kind.CHOICE, options=terms(Cause)),
            Box(name="place", label="发生地含有", needed=False),
        )
        self._back = 0
        self.ask_for("roster_make", boxes, run, _CASHIER)

    def pay(self) -> None:
        """F8: pay the chosen person; everything is filled in, the cursor waits in the PIN."""
        row = self.chosen()
        if row is not None and row.is_open:
            self._pay(row, approval=None, officer=None)

    def print_receipt(self) -> None:
        """F6: the receipt of the chosen person; later prints are made at the case."""
        row = self.chosen()
        if row is None or not row.receipt_no:
            return
        number = row.receipt_no.split("、")[-1]
        self.print_numbered(lambda context: _printed(context, number))

    def earlier(self) -> None:
        """The roster before this one, at last the newest again."""
        self._back += 1
        self.load()

    def print_roster(self) -> None:
        """Ctrl+P: the roster as a paper."""
        view = self.view
        if view is not None:
            roster_id = view.roster.details.roster_id
            self.print(lambda context: rosters.roster_paper(context, roster_id))

    def book(self) -> tuple[str, Make] | None:
        """The roster as a sheet."""
        view = self.view
        if view is None:
            return None
        details = view.roster.details
        return f"发放花名册 {details.roster_no}", lambda context: voucher_sheets.roster_sheet(
            context, details.roster_id
        )

    def _pay(self, row: RosterLine, *, approval: CashApproval | None, officer: object) -> None:
        payment_id = PaymentId(self.workplace.ids.new())
        given: dict[str, Any] = {}

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            allowed = approval_of(values)
            given.update(approval=allowed, officer=officers[0].operator.operator_id)
            order = PayOrder(
                payment_id=payment_id,
                case_id=row.case_id,
                amount=values["amount"],
                cash_reason=values["cash_reason"],
                cash_approval=allowed,
                difference_reason=values["difference_reason"],
            )
            return payments.pay(context, order, seen_version=row.version, officer=officers[0])

        def following(_paid: object) -> None:
            left = (
                []
                if self.view is None
                else [line for line in self.view.waiting if line.case_id != row.case_id]
            )
            later = [line for line in left if line.place > row.place]
            if later:
                self._pay(later[0], approval=given["approval"], officer=given["officer"])

        boxes = (
            Box(name="amount", label=f"发给{row.name}", kind=Kind.AMOUNT, begin=row.rest),
            Box(name="cash_reason", label="现金理由", begin=_REASON),
            Box(name="difference_reason", label="少发原因", needed=False),
            *approval_boxes(approval, now=self.workplace.now()),
        )
        self._left_at = row.place
        self.ask_for(
            "roster_pay",
            boxes,
            run,
            _CASHIER,
            follow=following,
            officer=officer,
            at_pin=True,
            about=f"{row.place}　{row.name}　{mask_number(row.number)}",
        )

    def _open_case(self, position: int) -> None:
        row = self.rows.row(position)
        if row is not None:
            self.case_wanted.emit(row.case_id)


def _printed(context: Context, number: str) -> Recorded[Paper]:
    form = print_jobs.usual_form(context)
    done = print_jobs.draw(context, number, form)
    paper = paper_of(done.result, title=number, form=form)
    return recorded(paper, *done.changes)
