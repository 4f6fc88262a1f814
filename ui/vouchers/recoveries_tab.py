"""追回: claims with what came back, and every act on them; nothing of it touches the float."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from reliefdesk import wording
from reliefdesk.domain.duplicates import DuplicateAnswer
from reliefdesk.domain.ids import DepositId, RecoveryId, RepaymentId
from reliefdesk.domain.money import Money, total
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.recoveries import Recovery, RecoveryState, Repayment
from reliefdesk.domain.recovery_orders import (
    DepositOrder,
    ErrorCause,
    Ground,
    Means,
    RecoveryOrder,
    RepaymentOrder,
    ToleranceOrder,
)
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import duplicates, recoveries, recovery_papers
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.pages import Workplace
from ui.vouchers.tab import VoucherTab
from ui.widgets.order_form import Box, Kind, Officers, Values, terms
from ui.widgets.tables import RIGHT, Column

DUE_DAYS = 30
_CASHIER = (("出纳", Seat.CASHIER),)
_APPROVER = (("审批人", Seat.APPROVER),)
_TWO = (("出纳", Seat.CASHIER), ("第二人", None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """All claims, the repaid cash that lies apart from the float, what the district asks back."""

    rows: tuple[Recovery, ...]
    kept: Money
    asked: tuple[DuplicateAnswer, ...]


def _tolerance(row: Recovery) -> str:
    found = row.tolerance
    return "" if found is None else f"{found.cause.value} {found.cause.label}"


COLUMNS: tuple[Column[Recovery], ...] = (
    Column(title="追缴编号", text=lambda row: row.details.recovery_no, characters=12),
    Column(
        title="状态",
        text=lambda row: row.state.label,
        characters=4,
        ink=lambda row: theme.ERROR if row.state is RecoveryState.OPEN else None,
    ),
    Column(title="案号", text=lambda row: row.case_no, characters=13),
    Column(title="姓名", text=lambda row: row.details.debtor.name, characters=5),
    Column(title="类别", text=lambda row: row.details.ground.label, characters=6),
    Column(title="应缴", text=lambda row: row.details.amount.figures, align=RIGHT),
    Column(title="已缴", text=lambda row: row.repaid.figures, align=RIGHT),
    Column(title="尚欠", text=lambda row: row.balance.figures, align=RIGHT),
    Column(title="期限", text=lambda row: row.details.due_on.isoformat(), characters=6),
    Column(
        title="收据号",
        text=lambda row: "、".join(each.details.receipt_no for each in row.repayments),
        characters=14,
    ),
    Column(title="容错", text=_tolerance, characters=8),
)


class RecoveriesTab(VoucherTab[Recovery]):
    """The list of claims."""

    title = "追回"
    shows = frozenset({"recoveries", "payments", "cases", "sync"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        self.asked: tuple[DuplicateAnswer, ...] = ()
        self.open_action = self.add_act("recoveries.open", self.open_claim)
        self.receive_action = self.add_act("recoveries.receive", self.receive)
        self.deposit_action = self.add_act("recoveries.deposit", self.deposit)
        self.tolerance_action = self.add_act("recoveries.tolerance", self.note_tolerance)
        self.void_action = self.add_act("recoveries.void", self.void)
        self.withdraw_action = self.add_act("recoveries.withdraw", self.withdraw)
        self.letter_action = self.add_act("recoveries.letter", self.print_letter)
        self.sheet_action = self.add_act("recoveries.sheet", self.print_sheet)
        self.receipt_action = self.add_act("recoveries.receipt", self.print_receipt)
        self.table.row_chosen.connect(self._open_case)

    def read(self, context: Context) -> Claims:
        """All claims, open ones first."""
        return Claims(
            rows=recoveries.listed(context),
            kept=recoveries.kept(context),
            asked=duplicates.unclaimed(context),
        )

    def show_read(self, found: Claims) -> None:
        """Show them with what is owed and what is still to be deposited."""
        self.rows.set_rows(found.rows)
        self.asked = found.asked
        opened = [row for row in found.rows if row.state is RecoveryState.OPEN]
        said = wording.text(
            "vouchers.claims",
            count=len(opened),
            owed=total([row.balance for row in opened]),
            kept=found.kept,
        )
        self.totals.setText("\n".join((*map(_asked_words, found.asked), said)))
        self.deposit_action.setEnabled(found.kept.fen > 0)
        self.empty.setText(wording.text("vouchers.no_claims"))

    def arrange(self) -> None:
        """Acts follow the state of the claim."""
        row = self.chosen()
        is_open = row is not None and row.state is RecoveryState.OPEN
        self.receive_action.setEnabled(is_open)
        self.withdraw_action.setEnabled(is_open and row is not None and not row.repaid.fen)
        self.void_action.setEnabled(row is not None and bool(_voidable(row)))
        for action in (self.tolerance_action, self.letter_action, self.sheet_action):
            action.setEnabled(row is not None)
        self.receipt_action.setEnabled(row is not None and bool(row.repayments))

    def open_claim(self) -> None:
        """F5: claim money of a case back; what the district asks back is filled in already."""
        today, recovery_id = self.workplace.today(), RecoveryId(self.workplace.ids.new())

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            found = dict(values)
            case_id = recoveries.case_of_number(context, found.pop("case_no"))
            order = RecoveryOrder(recovery_id=recovery_id, case_id=case_id, **found)
            return recoveries.open_claim(context, order, officer=officers[0])

        asked = self.asked[0] if self.asked else None
        boxes = (
            Box(name="case_no", label="案号", begin="" if asked is None else asked.case_no),
            Box(
                name="amount",
                label="追回金额",
                kind=Kind.AMOUNT,
                begin=None if asked is None else asked.amount,
            ),
            Box(name="ground", label="类别", kind=Kind.CHOICE, options=terms(Ground)),
            Box(name="found_on", label="发现日期", kind=Kind.DAY, begin=today),
            Box(
                name="due_on",
                label="退款期限",
                kind=Kind.DAY,
                begin=today + timedelta(days=DUE_DAYS),
            ),
            Box(name="penalty", label="民政部门处理", needed=False),
            Box(
                name="reason",
                label="事由",
                kind=Kind.NARRATIVE,
                begin="" if asked is None else _asked_reason(asked),
            ),
        )
        self.ask_for("open", boxes, run, _APPROVER)

    def receive(self) -> None:
        """F6: money comes back."""
        row = self.chosen()
        if row is None or row.state is not RecoveryState.OPEN:
            return
        repayment_id = RepaymentId(self.workplace.ids.new())

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = RepaymentOrder(
                repayment_id=repayment_id, recovery_id=row.details.recovery_id, **values
            )
            return recoveries.receive(context, order, officer=officers[0])

        boxes = (
            Box(name="amount", label="退款金额", kind=Kind.AMOUNT, begin=row.balance),
            Box(
                name="means",
                label="方式",
                kind=Kind.CHOICE,
                options=terms(Means),
                begin=Means.CASH,
            ),
            Box(name="payer", label="交款人", begin=row.details.debtor.name),
            Box(name="reference", label="银行凭证号", needed=False),
            Box(name="remark", label="备注", needed=False),
        )
        about = row.details.recovery_no
        self.ask_for("receive", boxes, run, _CASHIER, follow=self._print_last, about=about)

    def deposit(self) -> None:
        """Ctrl+D: hand the repaid cash to finance."""
        deposit_id = DepositId(self.workplace.ids.new())

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = DepositOrder(deposit_id=deposit_id, **values)
            return recoveries.deposit(context, order, officer=officers[0])

        boxes = (Box(name="voucher", label="缴存凭证号"), Box(name="receiver", label="接收人"))
        self.ask_for("deposit", boxes, run, _CASHIER)

    def note_tolerance(self) -> None:
        """Ctrl+E: the evidence of diligence."""
        row = self.chosen()
        if row is None:
            return
        before = row.tolerance

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = ToleranceOrder(recovery_id=row.details.recovery_id, **values)
            return recoveries.note_tolerance(context, order, officer=officers[0])

        boxes = (
            Box(
                name="cause",
                label="差错原因",
                kind=Kind.CHOICE,
                options=[(each, f"{each.value} {each.label}") for each in ErrorCause],
                begin=before and before.cause,
            ),
            Box(name="source", label="数据来源", begin=before and before.source),
            Box(
                name="checked_on",
                label="核查日期",
                kind=Kind.DAY,
                begin=before and before.checked_on,
            ),
            Box(
                name="corrected_on",
                label="纠正日期",
                kind=Kind.DAY,
                needed=False,
                begin=before and before.corrected_on,
            ),
            Box(
                name="checked",
                label="核查内容",
                kind=Kind.NARRATIVE,
                begin=before and before.checked,
            ),
            Box(name="remark", label="说明", needed=False, begin=before and before.remark),
        )
        self.ask_for("tolerance", boxes, run, _APPROVER, about=row.details.recovery_no)

    def void(self) -> None:
        """Ctrl+R: take a wrongly entered repayment out."""
        row = self.chosen()
        offered = () if row is None else _voidable(row)
        if not offered:
            return

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            officer, second = officers
            return recoveries.void(
                context, values["repayment"], values["reason"], officer=officer, second=second
            )

        boxes = (
            Box(
                name="repayment",
                label="收据",
                kind=Kind.CHOICE,
                options=[(each.details.repayment_id, _named(each)) for each in offered],
            ),
            Box(name="reason", label="作废原因"),
        )
        about = "" if row is None else row.details.recovery_no
        self.ask_for("void", boxes, run, _TWO, about=about)

    def withdraw(self) -> None:
        """Ctrl+W: give up a claim made by mistake."""
        row = self.chosen()
        if row is None:
            return
        recovery_id = row.details.recovery_id

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            return recoveries.withdraw(context, recovery_id, values["reason"], officer=officers[0])

        boxes = (Box(name="reason", label="撤销原因"),)
        self.ask_for("withdraw", boxes, run, _APPROVER, about=row.details.recovery_no)

    def print_letter(self) -> None:
        """Ctrl+P: the letter."""
        row = self.chosen()
        if row is not None:
            self.print(lambda context: recovery_papers.demand_letter(context, _id(row)))

    def print_sheet(self) -> None:
        """The sheet for the department."""
        row = self.chosen()
        if row is not None:
            self.print(lambda context: recovery_papers.repayment_sheet(context, _id(row)))

    def print_receipt(self) -> None:
        """The receipt of a repayment: at once if it was never printed, else with a reason."""
        row = self.chosen()
        if row is None or not row.repayments:
            return
        last = row.repayments[-1]
        if len(row.repayments) == 1 and not last.prints:
            self._print_first(last)
            return

        def run(context: Context, values: Values, _: Officers) -> Recorded[Any]:
            return recovery_papers.print_receipt(context, values["number"], reason=values["reason"])

        boxes = (
            Box(
                name="number",
                label="收据",
                kind=Kind.CHOICE,
                options=[(each.details.receipt_no, _named(each)) for each in row.repayments],
                begin=last.details.receipt_no,
            ),
            Box(name="reason", label="补打原因", needed=False),
        )
        about = row.details.recovery_no
        self.ask_for("receipt", boxes, run, (), follow=self.show_paper, about=about)

    def _print_last(self, found: Recovery) -> None:
        self._print_first(found.repayments[-1])

    def _print_first(self, repayment: Repayment) -> None:
        number = repayment.details.receipt_no
        self.print_numbered(lambda context: recovery_papers.print_receipt(context, number))

    def _open_case(self, position: int) -> None:
        row = self.rows.row(position)
        if row is not None:
            self.case_wanted.emit(row.details.case_id)


def _asked_words(asked: DuplicateAnswer) -> str:
    return wording.text(
        "duplicates.asked",
        case_no=asked.case_no,
        amount=asked.amount,
        on=asked.decided_on,
        reason=asked.reason,
    )


def _asked_reason(asked: DuplicateAnswer) -> str:
    return wording.text("duplicates.asked_reason", on=asked.decided_on, reason=asked.reason)


def _id(row: Recovery) -> RecoveryId:
    return row.details.recovery_id


def _voidable(row: Recovery) -> tuple[Repayment, ...]:
    return tuple(each for each in row.repayments if not each.void and each.deposited_on is None)


def _named(each: Repayment) -> str:
    return f"{each.details.receipt_no}　{each.details.amount.figures}元"
