"""请示: what offices ask of the district, and the answer that travels with its next bundle."""

from collections.abc import Callable
from typing import Any

from reliefdesk import wording
from reliefdesk.domain.money import ZERO
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.requests import RequestRow, RequestState
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import requests
from reliefdesk.services.recording import Context, Recorded
from reliefdesk.services.requests import DecideOrder
from ui.pages import Workplace
from ui.vouchers.tab import VoucherTab
from ui.widgets.order_form import Box, Kind, Officers, Task, Values
from ui.widgets.tables import RIGHT, Column


def _answer(row: RequestRow) -> str:
    if row.state is RequestState.BY_PHONE:
        return row.document
    given = row.allowed.figures if row.state is RequestState.GRANTED else ""
    return "　".join(filter(None, (row.document, given, row.remark)))


COLUMNS: tuple[Column[RequestRow], ...] = (
    Column(title="办理点", text=lambda row: row.office, characters=8),
    Column(title="案号", text=lambda row: row.case_no, characters=13),
    Column(title="请示事项", text=lambda row: row.kind.label, characters=8),
    Column(title="金额", text=lambda row: row.asked.figures, align=RIGHT, characters=5),
    Column(title="日期", text=lambda row: row.asked_on.isoformat(), characters=5),
    Column(title="状态", text=lambda row: row.state.label, characters=7),
    Column(title="理由", text=lambda row: row.reason, characters=14),
    Column(title="答复", text=_answer, characters=12),
)


class RequestsTab(VoucherTab[RequestRow]):
    """What waits stands above what was decided; Enter opens the case."""

    title = "请示"
    shows = frozenset({"requests", "cases"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        self.grant_action = self.add_act("requests.grant", self.grant)
        self.decline_action = self.add_act("requests.decline", self.decline)
        self.table.row_chosen.connect(self._open_case)

    def read(self, context: Context) -> tuple[RequestRow, ...]:
        """What waits, then what was answered, the newest first."""
        found = requests.listed(context)
        return tuple(sorted(found, key=lambda row: not row.state.is_open))

    def show_read(self, found: tuple[RequestRow, ...]) -> None:
        """Show them with how many wait."""
        self.rows.set_rows(found)
        count = sum(row.state.is_open for row in found)
        self.totals.setText(wording.text("requests.totals", count=count))
        self.empty.setText(wording.text("requests.empty"))

    def arrange(self) -> None:
        """An answer is given once."""
        row = self.chosen()
        waits = row is not None and row.state.is_open
        self.grant_action.setEnabled(waits)
        self.decline_action.setEnabled(waits)

    def grant(self) -> None:
        """F8: allow it up to an amount under a document."""
        row = self.chosen()
        if row is None:
            return
        request_id = row.request_id

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = DecideOrder(request_id=request_id, granted=True, **values)
            return requests.decide(context, order, officer=officers[0])

        begin = row.allowed if row.state is RequestState.BY_PHONE else row.asked
        boxes = (
            Box(name="amount", label="同意金额", kind=Kind.AMOUNT, begin=begin),
            Box(name="document", label="批复文号"),
            Box(name="remark", label="说明", kind=Kind.NARRATIVE, needed=False),
        )
        self._ask("grant", row, boxes, run)

    def decline(self) -> None:
        """Ctrl+D: decline it, with the reason."""
        row = self.chosen()
        if row is None:
            return
        request_id = row.request_id

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = DecideOrder(
                request_id=request_id,
                granted=False,
                amount=ZERO,
                document=values["document"],
                remark=values["remark"],
            )
            return requests.decide(context, order, officer=officers[0])

        boxes = (
            Box(name="remark", label="不同意的原因", kind=Kind.NARRATIVE),
            Box(name="document", label="批复文号", needed=False),
        )
        self._ask("decline", row, boxes, run)

    def _ask(
        self,
        name: str,
        row: RequestRow,
        boxes: tuple[Box, ...],
        run: Callable[[Context, Values, Officers], Recorded[Any]],
    ) -> None:
        told = wording.text(
            "requests.told",
            office=row.office,
            case_no=row.case_no,
            kind=row.kind,
            amount=row.asked,
            reason=row.reason,
        )
        if row.state is RequestState.BY_PHONE:
            told += wording.text("requests.told_phone", document=row.document)
        task = Task(
            title=wording.text(f"requests.{name}_title"),
            says=told,
            boxes=boxes,
            run=run,
            done=lambda _done: wording.text(f"requests.{name}_done"),
            seats=(("审批人", Seat.APPROVER),),
        )
        self.ask(task)

    def _open_case(self, position: int) -> None:
        row = self.rows.row(position)
        if row is not None:
            self.case_wanted.emit(row.case_id)
