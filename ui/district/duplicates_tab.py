"""重复救助: pairs of cases of two offices, undecided first, side by side below the list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reliefdesk import wording
from reliefdesk.clock import shanghai_time
from reliefdesk.domain.duplicates import Duplicate, DuplicateDecision, DuplicateSide
from reliefdesk.domain.masking import mask_name, mask_number
from reliefdesk.domain.operators import Seat
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import duplicates
from reliefdesk.services.duplicates import DuplicateOrder
from reliefdesk.services.recording import Context, Recorded
from ui.pages import Workplace
from ui.vouchers.tab import VoucherTab
from ui.widgets.order_form import Box, Kind, Officers, Task, Values, terms
from ui.widgets.tables import RIGHT, Column, RowTable, TableView

_APPROVER = (("审批人", Seat.APPROVER),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the comparison."""

    label: str
    first: str
    second: str


def _money(side: DuplicateSide) -> str:
    return side.case.paid.figures


def _day(side: DuplicateSide) -> str:
    return "已收回" if side.paid_on is None else side.paid_on.isoformat()


def _state(pair: Duplicate) -> str:
    if pair.decided is not None:
        return pair.decided.decision.label
    return "待认定" if pair.is_open else "一方已收回"


def _grounds(pair: Duplicate) -> str:
    return "、".join(ground.label for ground in pair.grounds)


COLUMNS: tuple[Column[Duplicate], ...] = (
    Column(title="认定", text=_state, characters=9),
    Column(title="依据", text=_grounds, characters=13),
    Column(title="同一急难", text=lambda row: "是" if row.is_one_emergency else "否", characters=4),
    Column(title="甲方单位", text=lambda row: row.first.office, characters=8),
    Column(title="甲方发放", text=lambda row: _day(row.first), characters=6),
    Column(title="甲方金额", text=lambda row: _money(row.first), align=RIGHT, characters=6),
    Column(title="乙方单位", text=lambda row: row.second.office, characters=8),
    Column(title="乙方发放", text=lambda row: _day(row.second), characters=6),
    Column(title="乙方金额", text=lambda row: _money(row.second), align=RIGHT, characters=6),
)
SIDES: tuple[Column[Fact], ...] = (
    Column(title="项目", text=lambda row: row.label, characters=6),
    Column(title="甲方", text=lambda row: row.first, characters=34),
    Column(title="乙方", text=lambda row: row.second, characters=24),
)


class DuplicatesTab(VoucherTab[Duplicate]):
    """F8 decides the pair under the cursor; Enter on a side opens its case."""

    title = "重复救助"
    shows = frozenset({"duplicates", "sync", "payments", "partners"})

    def __init__(self, workplace: Workplace, *, failed: Callable[[ReliefDeskError], None]) -> None:
        super().__init__(workplace, COLUMNS, failed=failed)
        self.year = workplace.today().year
        self.found: tuple[Duplicate, ...] = ()
        self._only_open = True
        self.decide_action = self.add_act("duplicates.decide", self.decide)
        self.scope_action = self.add_act("duplicates.scope", self.change_scope)
        self.earlier_action = self.add_act("duplicates.earlier", lambda: self.turn(-1))
        self.later_action = self.add_act("duplicates.later", lambda: self.turn(1))
        self.first_action = self.add_act("duplicates.first", lambda: self._open(0))
        self.second_action = self.add_act("duplicates.second", lambda: self._open(1))
        self.sides: RowTable[Fact] = RowTable(SIDES)
        self.sides_table = TableView("两案对照", self.sides)
        # Twelve lines are compared; of the list a few are enough.
        self.column.addWidget(self.sides_table, 2)
        self.table.row_chosen.connect(lambda _row: self.decide())

    def read(self, context: Context) -> tuple[Duplicate, ...]:
        """Every pair of the year; none on an office's desk."""
        if not context.desk.kind.is_district:
            return ()
        return duplicates.listed(context, self.year)

    def show_read(self, found: tuple[Duplicate, ...]) -> None:
        """Show what is asked for; the totals always tell of all."""
        self.found = found
        waiting = sum(pair.is_open for pair in found)
        self.totals.setText(
            wording.text("duplicates.totals", year=self.year, count=len(found), open=waiting)
        )
        self.rows.set_rows([pair for pair in found if pair.is_open or not self._only_open])
        empty = "empty_open" if found else "empty"
        self.empty.setText(wording.text(f"duplicates.{empty}", year=self.year))

    def arrange(self) -> None:
        """The comparison follows the cursor."""
        row = self.chosen()
        for action in (self.decide_action, self.first_action, self.second_action):
            action.setEnabled(row is not None)
        self.later_action.setEnabled(self.year < self.workplace.today().year)
        self.sides.set_rows(() if row is None else _facts(row))

    def turn(self, years: int) -> None:
        """Another year."""
        self.year += years
        self.load()

    def change_scope(self) -> None:
        """F6: those that wait, or all."""
        self._only_open = not self._only_open
        self.show_read(self.found)
        if self.rows.rowCount():
            self.table.choose_row(0)
        self.arrange()

    def decide(self) -> None:
        """F8: right, wrong, or another emergency; with the reason and the approver's PIN."""
        row = self.chosen()
        if row is None:
            return
        first, second = row.first.case, row.second.case

        def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
            order = DuplicateOrder(first=first.case_id, second=second.case_id, **values)
            return duplicates.decide(context, order, officer=officers[0])

        gives_back = [
            (side.case.case_id, f"{name}　{side.office}　{_money(side)}元")
            for name, side in (("甲方", row.first), ("乙方", row.second))
            if side.case.paid.fen
        ]
        says = wording.text(
            "duplicates.says",
            first=first.case_no,
            first_office=row.first.office,
            second=second.case_no,
            second_office=row.second.office,
            grounds=_grounds(row),
        )
        self.ask(
            Task(
                title=wording.text("duplicates.title"),
                says=says,
                boxes=(
                    Box(
                        name="decision",
                        label="认定",
                        kind=Kind.CHOICE,
                        options=terms(DuplicateDecision),
                    ),
                    Box(
                        name="wrong",
                        label="追回哪一案",
                        kind=Kind.CHOICE,
                        options=gives_back,
                        needed=False,
                    ),
                    Box(name="reason", label="认定理由", kind=Kind.NARRATIVE),
                ),
                run=run,
                done=_done,
                seats=_APPROVER,
            )
        )

    def _open(self, place: int) -> None:
        row = self.chosen()
        if row is not None:
            self.case_wanted.emit((row.first, row.second)[place].case.case_id)


def _done(pair: Duplicate) -> str:
    decided = pair.decided
    assert decided is not None  # noqa: S101 - it was just decided
    return wording.text("duplicates.done", decision=decided.decision.label)


def _facts(pair: Duplicate) -> tuple[Fact, ...]:
    one, other = _told(pair.first), _told(pair.second)
    emergency = "one" if pair.is_one_emergency else "two"
    facts = [
        Fact(
            label="依据",
            first=_grounds(pair),
            second=wording.text(f"duplicates.emergency_{emergency}"),
        ),
        *(Fact(label=label, first=one[label], second=other[label]) for label in one),
    ]
    decided = pair.decided
    if decided is not None:
        back = {pair.first.case.case_id: "", pair.second.case.case_id: ""}
        if decided.wrong is not None:
            back[decided.wrong] = f"　追回 {decided.amount.figures}"
        said = f"{decided.decided_on}　{decided.decision.label}"
        marks = [f"{said}{mark}" for mark in back.values()]
        facts.append(Fact(label="认定", first=marks[0], second=marks[1]))
        facts.append(Fact(label="理由", first=decided.reason, second=decided.reason))
    return tuple(facts)


def _told(side: DuplicateSide) -> dict[str, str]:
    """What is compared, in its order; names and numbers are masked."""
    case, person = side.case, side.person
    emergency = case.request.emergency
    members = "、".join(mask_name(member.name) for member in case.request.members)
    return {
        "单位": side.office,
        "案号": case.case_no,
        "姓名": f"{mask_name(person.name)}　{person.sex.label}",
        "证件号": mask_number(person.number),
        "发放": f"{_day(side)}　{_money(side)} 元",
        "困难类型": emergency.cause.label,
        "发生": f"{shanghai_time(emergency.happened_at):%Y-%m-%d %H:%M}　{emergency.place}",
        "事由": emergency.narrative,
        "共同生活": members or "无",
        "受理": f"{shanghai_time(case.accepted_at):%Y-%m-%d %H:%M}",
        "领款单": "、".join(side.receipts) or "无",
    }
