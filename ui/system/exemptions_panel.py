"""Recorded exemptions from soft separation rules: who, which two seats, under what, how long."""

from collections.abc import Callable
from datetime import date

from reliefdesk import wording
from reliefdesk.domain.operators import SOFT_PAIRS, Exemption, Seat
from reliefdesk.domain.problems import Problem
from reliefdesk.services import operators
from reliefdesk.services.operators import ExemptionDraft
from reliefdesk.services.recording import Context, Recorded
from ui.pages import Workplace
from ui.system.panels import Panel
from ui.widgets.choice_field import ChoiceField
from ui.widgets.day_fields import DateField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.message_bar import MessageBar
from ui.widgets.tables import Column, RowTable, TableView
from ui.widgets.text_fields import TextField

Names = dict[str, str]
Pair = tuple[Seat, Seat]


def _soft_pairs() -> list[tuple[Pair, str]]:
    order = list(Seat)
    pairs = [tuple(sorted(pair, key=order.index)) for pair in SOFT_PAIRS]
    pairs.sort(key=lambda pair: [order.index(seat) for seat in pair])
    return [((first, second), f"{first.label} 与 {second.label}") for first, second in pairs]


class ExemptionsPanel(Panel):
    """The list, and the boxes for a new one."""

    title = "岗位例外"
    key = "exemptions"
    command = "登记例外"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages)
        self._names: Names = {}
        self.table: RowTable[Exemption] = RowTable(self._columns())
        self.view = TableView("岗位例外名单", self.table)
        self.grid = FieldGrid(columns=2)
        self.officer = self.grid.add("officer", "人员", ChoiceField[str]())
        self.pair = self.grid.add("pair", "兼任岗位", ChoiceField[Pair](_soft_pairs()))
        self.document = self.grid.add("document", "批准文号", TextField())
        self.until = self.grid.add("until", "有效期至", DateField(today=workplace.today))
        self.reason = self.grid.add("reason", "理由", TextField(), span=2)
        self.grid.submitted.connect(self.go)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.grid)

    def begin(self) -> None:
        """List what is recorded and who is there."""
        self.workplace.operations.run(_standing, done=self._list, failed=self.refuse)

    def go(self) -> None:
        """Record the exemption as typed."""
        officer, pair, until = self.officer.chosen(), self.pair.chosen(), self.until.day()
        given = {
            "officer": officer,
            "pair": pair,
            "document": self.document.text().strip(),
            "until": until,
            "reason": self.reason.text().strip(),
        }
        self.grid.show_problems(
            Problem(field=name, code="ui.needed") for name, value in given.items() if not value
        )
        if self.grid.focus_first_problem() or officer is None or pair is None or until is None:
            return
        self.workplace.operations.run(
            self._recording(officer, pair, until), done=self._recorded, failed=self.refuse
        )

    def _recording(
        self, officer: str, pair: Pair, until: date
    ) -> Callable[[Context], Recorded[Exemption]]:
        document, reason = self.document.text(), self.reason.text()

        def record(context: Context) -> Recorded[Exemption]:
            operator_id = next(
                one.operator_id
                for one in operators.operators(context)
                if one.operator_id == officer
            )
            draft = ExemptionDraft(
                operator_id=operator_id,
                seats=pair,
                document=document,
                reason=reason,
                valid_until=until,
            )
            return operators.exempt(context, draft)

        return record

    def _recorded(self, recorded: Recorded[Exemption]) -> None:
        self.say("ui.exemption_recorded", until=recorded.result.valid_until)
        self.document.clear()
        self.reason.clear()
        self.begin()

    def _list(self, standing: tuple[Names, tuple[Exemption, ...]]) -> None:
        self._names, exemptions = standing
        self.officer.set_options(list(self._names.items()))
        self.table.set_rows(exemptions)

    def _columns(self) -> tuple[Column[Exemption], ...]:
        return (
            Column(
                title="人员",
                text=lambda row: self._names.get(row.operator_id, ""),
                characters=6,
            ),
            Column(
                title="兼任岗位",
                text=lambda row: "、".join(seat.label for seat in row.seats),
                characters=8,
            ),
            Column(title="批准文号", text=lambda row: row.document, characters=12),
            Column(
                title="有效期至",
                text=lambda row: wording.shown(row.valid_until),
                characters=9,
            ),
            Column(title="理由", text=lambda row: row.reason),
        )


def _standing(context: Context) -> tuple[Names, tuple[Exemption, ...]]:
    return operators.names(context), operators.exemptions(context)
