"""转账与实物: relief that moves no cash, for a case that still has something to be paid.

The account is typed once and kept with its last four digits only.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.clock import IdSource
from reliefdesk.domain.budgets import FundSource
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.ids import CaseId, PaymentId
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.transfers import Transfer, TransferMethod, TransferOrder
from reliefdesk.services import operators, transfers
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.cash.confirm_fields import ConfirmFields
from ui.cash.return_form import ReturnForm
from ui.cash.view import DrawerView, PaperCall
from ui.widgets.amount_field import AmountField
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tables import RIGHT, Column, RowTable, TableView
from ui.widgets.text_fields import NumberField, TextField
from ui.widgets.wrapped_label import WrappedLabel

Act = Callable[[Context], Recorded[Transfer]]


class TransferTab(QWidget):
    """`wanted` carries the act that gives or takes back; the page runs it."""

    title = "转账与实物"
    wanted = Signal(object)

    def __init__(self, ids: IdSource) -> None:
        super().__init__()
        self._ids = ids
        self._payment_id = PaymentId(ids.new())
        self._cases: dict[CaseId, Case] = {}
        self.grid = FieldGrid(columns=2)
        self.case = self.grid.add("case", "案件", ChoiceField[CaseId](), span=2)
        self.method = self.grid.add("method", "发放方式", term_choice(TransferMethod))
        self.amount = self.grid.add("amount", "金额或价值", AmountField())
        self.account = self.grid.add("account", "收款账号", NumberField())
        self.goods = self.grid.add("goods", "品名和数量", TextField())
        self.voucher = self.grid.add("voucher", "凭证号", TextField())
        self.fund = self.grid.add("fund", "经费来源", term_choice(FundSource))
        self.cashier = ConfirmFields(self.grid, "cashier", "出纳")
        self.back = ReturnForm()
        self.rows: RowTable[Transfer] = RowTable(self._columns())
        self.table = TableView("转账与实物记录", self.rows)
        self.empty = WrappedLabel(wording.text("cash_page.transfers_empty"))
        self._lay_out()
        self.fund.choose(FundSource.FUNDS)
        self.method.choose(TransferMethod.BANK)
        self._arrange("method")
        self.grid.changed.connect(self._arrange)
        self.grid.submitted.connect(self.confirm)
        self.back.wanted.connect(self.wanted)
        self.back.closed.connect(self._closed)

    def begin(self) -> None:
        """The cursor where a record begins."""
        (self.back.reason if self.back.is_open else self.case).setFocus()

    def show_view(self, view: DrawerView) -> None:
        """Show what may be paid and what was given; what is typed stays."""
        self._cases = {found.case_id: found for found in view.payable}
        self.case.set_options([(found.case_id, _named(found)) for found in view.payable])
        self.cashier.offer(view.with_seat(Seat.CASHIER), view.signed_in)
        self.back.show_view(view)
        self.rows.set_rows(view.transfers)
        self.table.choose_row(0)
        self.empty.setVisible(not view.transfers)

    def take_back(self) -> None:
        """Open the return of the chosen record."""
        found = self.table.chosen_row()
        if found is not None and found.returned_on is None:
            self.grid.hide()
            self.back.open(found)

    def confirm(self) -> None:
        """Record what was given, or the return that is open; or mark what lacks."""
        if self.back.is_open:
            self.back.confirm()
            return
        case, method = self._cases.get(self.case.chosen() or CaseId("")), self.method.chosen()
        amount = self.amount.money()
        problems = [] if case else [Problem(field="case", code="cash_page.needed")]
        if amount is None:
            problems.append(Problem(field="amount", code="amount.empty"))
        problems += self.cashier.problems()
        self.grid.show_problems(problems)
        if problems or case is None or amount is None or method is None:
            self.grid.focus_first_problem()
            return
        order = TransferOrder(
            payment_id=self._payment_id,
            case_id=case.case_id,
            method=method,
            amount=amount,
            voucher=self.voucher.text(),
            account=self.account.text(),
            goods=self.goods.text(),
            fund_source=self.fund.chosen() or FundSource.FUNDS,
        )
        self.wanted.emit(_giving(order, case.version, self))

    def finished(self, _given: Transfer) -> None:
        """It stands; the next one has an identity of its own."""
        self._payment_id = PaymentId(self._ids.new())
        self.back.finish()
        self.grid.show()
        for box in (self.amount, self.account, self.goods, self.voucher, self.cashier.pin):
            box.clear()
        self.case.choose(None)
        self.begin()

    def said(self, given: Transfer) -> str:
        """What was done."""
        key = "transfer_given" if given.returned_on is None else "transfer_back"
        details = given.details
        return wording.text(f"cash_page.{key}", method=details.method, amount=details.amount)

    def paper_after(self, _given: Transfer) -> PaperCall | None:
        """The bank's or the store's own voucher is the paper."""
        return None

    def paper(self) -> PaperCall | None:
        """The bank's or the store's own voucher is the paper."""
        return None

    def refuse(self) -> None:
        """After a refusal: the PIN anew."""
        (self.back if self.back.is_open else self.cashier).refuse()

    def _closed(self) -> None:
        self.grid.show()
        self.begin()

    def _arrange(self, name: str) -> None:
        if name == "method":
            bank = self.method.chosen() is not TransferMethod.GOODS
            (self.grid.show_field if bank else self.grid.hide_field)("account")
            (self.grid.hide_field if bank else self.grid.show_field)("goods")
        found = self._cases.get(self.case.chosen() or CaseId(""))
        if name == "case" and found is not None:
            self.amount.set_money(found.rest)

    def _columns(self) -> tuple[Column[Transfer], ...]:
        return (
            Column(title="日期", text=lambda row: row.details.paid_on.isoformat(), characters=7),
            Column(title="方式", text=lambda row: row.details.method.label, characters=5),
            Column(title="金额", text=lambda row: row.details.amount.figures, align=RIGHT),
            Column(title="凭证号", text=lambda row: row.details.voucher, characters=9),
            Column(
                title="账号或品名",
                text=lambda row: row.details.goods or row.details.account,
                characters=12,
            ),
            Column(title="退回", text=_returned, characters=12),
        )

    def _lay_out(self) -> None:
        theme.quiet(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (self.grid, self.back, self.empty):
            column.addWidget(part)
        column.addWidget(self.table, 1)


def _named(found: Case) -> str:
    return f"{found.case_no}　{found.person_name}　待发{found.rest.figures}"


def _returned(row: Transfer) -> str:
    return "" if row.returned_on is None else f"{row.returned_on.isoformat()} {row.reason}"


def _giving(order: TransferOrder, version: int, tab: TransferTab) -> Act:
    proof = tab.cashier.proof()

    def act(context: Context) -> Recorded[Transfer]:
        officer = operators.check_pin(context, *proof)
        return transfers.give(context, order, seen_version=version, officer=officer)

    return act
