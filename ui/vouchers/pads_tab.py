"""应急单: blank receipts set aside for a power cut, and the fate of each of their numbers."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from reliefdesk import wording
from reliefdesk.domain.ids import PadId, PaymentId, ReceiptNo
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.pads import (
    PadEntryOrder,
    PadNumber,
    PadNumberSpoilt,
    PadOrder,
    PadReceiptEntered,
    PadReturned,
    PadState,
)
from reliefdesk.domain.payments import PayOrder, Proxy
from reliefdesk.domain.print_jobs import JobUnclearError
from reliefdesk.domain.receipts import ReprintReasonError, SignedBy
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import pad_papers, pads, recoveries
from reliefdesk.services.pads import Entered
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.pages import Workplace
from ui.vouchers.approval_boxes import approval_boxes, approval_of
from ui.vouchers.tab import VoucherTab
from ui.widgets.order_form import Box, Kind, Officers, Values, terms
from ui.widgets.tables import Column

_CASHIER = (("出纳", Seat.CASHIER),)
_TWO = (("出纳", Seat.CASHIER), ("第二人", None))
_SIZES = (5, 10, 20, 50)
_HAND_REASON = "停电，手工付款"


def _what(row: PadNumber) -> str:
    match row.fate:
        case PadReceiptEntered():
            warned = "；".join(each.label for each in row.fate.warnings)
            return "　".join(filter(None, (row.fate.reason, warned and f"注意：{warned}")))
        case PadNumberSpoilt():
            return row.fate.reason
        case _:
            return f"补打：{row.print_reason}" if row.print_reason else ""


def _when(row: PadNumber) -> str:
    match row.fate:
        case PadReceiptEntered():
            return row.fate.paid_by_hand_on.isoformat()
        case PadNumberSpoilt():
            return row.fate.spoilt_on.isoformat()
        case PadReturned():
            return row.fate.returned_on.isoformat()
        case _:
            return ""


COLUMNS: tuple[Column[PadNumber], ...] = (
    Column(title="号码", text=lambda row: row.receipt_no, characters=13),
    Column(
        title="去向",
        text=lambda row: row.state.label,
        characters=6,
        ink=lambda row: theme.WARNING if row.state is PadState.BLANK else None,
    ),
    Column(
        title="打印",
        text=lambda row: f"{row.prints}次" if row.prints else "未打印",
        characters=4,
        ink=lambda row: theme.WARNING if row.prints > 1 else None,
    ),
    Column(title="领取日期", text=lambda row: row.issued_on.isoformat(), characters=6),
    Column(title="付款、处理日期", text=_when, characters=7),
    Column(title="原因和注意事项", text=_what, characters=30),
)


class PadsTab(VoucherTab[PadNumber]):
    """Every number that was set aside, the blank ones to be settled."""

    title = "应急单"
    shows = frozenset({"pads", "receipts", "payments"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        self._failed = failed
        self.issue_action = self.add_act("pads.issue", self.issue)
        self.enter_action = self.add_act("pads.enter", self.enter)
        self.spoil_action = self.add_act("pads.spoil", self.spoil)
        self.return_action = self.add_act("pads.return", self.give_back)
        self.print_action = self.add_act("pads.print", self.print_blank)

    def read(self, context: Context) -> tuple[PadNumber, ...]:
        """All numbers that were set aside, blank ones first."""
        found = pads.numbers(context)
        return tuple(sorted(found, key=lambda each: each.state is not PadState.BLANK))

    def show_read(self, found: tuple[PadNumber, ...]) -> None:
        """Show them with how many stand where."""
        self.rows.set_rows(found)
        counts = Counter(each.state for each in found)
        facts: dict[str, object] = {state.value: counts[state] for state in PadState}
        self.totals.setText(wording.text("vouchers.pads_totals", **facts) if found else "")
        self.empty.setText(wording.text("vouchers.no_pads"))

    def arrange(self) -> None:
        """Only a blank number can be settled."""
        row = self.chosen()
        is_blank = row is not None and row.state is PadState.BLANK
        for action in (
            self.enter_action,
            self.spoil_action,
            self.return_action,
            self.print_action,
        ):
            action.setEnabled(is_blank)

    def facts(self, result: object) -> dict[str, object]:
        """The warnings of an entry, as sentences."""
        if not isinstance(result, Entered) or not result.warnings:
            return {"warnings": ""}
        said = (wording.text(f"pads.{each.value}") for each in result.warnings)
        return {"warnings": f"请注意：{'；'.join(said)}。"}

    def issue(self) -> None:
        """F5: set numbers aside."""
        pad_id = PadId(self.workplace.ids.new())

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = PadOrder(pad_id=pad_id, count=values["count"])
            return pads.issue(context, order, officer=officers[0])

        sizes = [(size, f"{size}张") for size in _SIZES]
        box = Box(name="count", label="张数", kind=Kind.CHOICE, options=sizes, begin=_SIZES[1])
        self.ask_for("pad_issue", (box,), run, _CASHIER, follow=self._print_pad)

    def enter(self) -> None:
        """F6: enter what was written by hand."""
        row = self.chosen()
        if row is None or row.state is not PadState.BLANK:
            return
        payment_id = PaymentId(self.workplace.ids.new())

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            pay = PayOrder(
                payment_id=payment_id,
                case_id=recoveries.case_of_number(context, values["case_no"]),
                amount=values["amount"],
                cash_reason=values["cash_reason"],
                cash_approval=approval_of(values),
                difference_reason=values["difference_reason"],
                proxy=_proxy(values),
            )
            order = PadEntryOrder(
                receipt_no=row.receipt_no,
                pay=pay,
                paid_on=values["paid_on"],
                reason=values["reason"],
                signed_by=values["signed_by"],
            )
            return pads.enter(context, order, officer=officers[0])

        self.ask_for("pad_enter", self._entry_boxes(), run, _CASHIER, about=row.receipt_no)

    def spoil(self) -> None:
        """Ctrl+D: a sheet was spoilt."""
        row = self.chosen()
        if row is None:
            return
        number = row.receipt_no

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            officer, second = officers
            return pads.spoil(context, number, values["reason"], officer=officer, second=second)

        self.ask_for("pad_spoil", (Box(name="reason", label="原因"),), run, _TWO, about=number)

    def give_back(self) -> None:
        """Ctrl+R: the rest of the chosen pad comes back."""
        row = self.chosen()
        if row is None:
            return
        pad_id = row.pad_id

        def run(context: Context, _values: Values, officers: Officers) -> Recorded[Any]:
            return pads.give_back(context, pad_id, officer=officers[0], second=officers[1])

        blank = [each.serial for each in self.rows.rows() if _is_rest(each, pad_id)]
        about = wording.text("vouchers.pad_rest", count=len(blank), number=row.receipt_no)
        self.ask_for("pad_return", (), run, _TWO, about=about)

    def print_blank(self) -> None:
        """Ctrl+P: the blank receipts of the chosen pad; once printed, which ones and why."""
        row = self.chosen()
        if row is not None:
            self._print_pad((row,))

    def _print_pad(self, numbers: tuple[PadNumber, ...]) -> None:
        row = numbers[0]
        self.print_numbered(
            lambda context: pad_papers.print_blank(context, row.pad_id),
            failed=lambda error: self._print_again(row, error),
        )

    def _print_again(self, row: PadNumber, error: ReliefDeskError) -> None:
        if not isinstance(error, ReprintReasonError | JobUnclearError):
            self._failed(error)
            return

        def run(context: Context, values: Values, _: Officers) -> Recorded[Any]:
            only: ReceiptNo | None = values["only"] or None
            return pad_papers.print_blank(context, row.pad_id, only=only, reason=values["reason"])

        offered = [(row.receipt_no, f"只打{row.receipt_no}"), ("", "这一本还空白的全部号码")]
        boxes = (
            Box(
                name="only",
                label="打哪些",
                kind=Kind.CHOICE,
                options=offered,
                begin=row.receipt_no,
            ),
            Box(name="reason", label="补打理由"),
        )
        self.ask_for("pad_print", boxes, run, (), follow=self.show_paper, about=row.receipt_no)

    def _entry_boxes(self) -> tuple[Box, ...]:
        today = self.workplace.today()
        return (
            Box(name="case_no", label="案号"),
            Box(name="amount", label="金额", kind=Kind.AMOUNT),
            Box(name="paid_on", label="实际付款日期", kind=Kind.DAY, begin=today),
            Box(
                name="signed_by",
                label="签领方式",
                kind=Kind.CHOICE,
                options=terms(SignedBy),
                begin=SignedBy.SIGNATURE,
            ),
            Box(name="reason", label="手工原因", begin=_HAND_REASON),
            Box(name="cash_reason", label="现金理由", begin="急需食宿，无银行账户"),
            Box(name="difference_reason", label="少发原因", needed=False),
            *approval_boxes(),
            Box(name="proxy_name", label="代领人", needed=False),
            Box(name="proxy_number", label="代领人证件号", needed=False),
            Box(name="proxy_relation", label="关系", needed=False),
            Box(name="proxy_paper", label="委托书", needed=False),
        )


def _is_rest(row: PadNumber, pad_id: PadId) -> bool:
    return row.pad_id == pad_id and row.state is PadState.BLANK


def _proxy(values: Values) -> Proxy | None:
    if not values["proxy_name"]:
        return None
    return Proxy(
        name=values["proxy_name"],
        number=values["proxy_number"],
        relation=values["proxy_relation"],
        authorisation=values["proxy_paper"],
    )
