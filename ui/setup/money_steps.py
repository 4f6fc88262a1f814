"""The first standards under their document, and the opening float under its approval.

No figure is proposed: the dibao standard is what the office's document says.
"""

from dataclasses import dataclass

from reliefdesk import wording
from reliefdesk.domain.cash import CashEntry, FloatDraft
from reliefdesk.domain.ids import EntryId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.policies import AreaClass, PolicyRowDraft, StandardUnit
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.problems import Problem
from reliefdesk.services import cash, operators, policies
from reliefdesk.services.recording import Context, Recorded
from ui.pages import Workplace
from ui.setup.steps import Step
from ui.widgets.amount_field import AmountField
from ui.widgets.choice_field import term_choice
from ui.widgets.confirm_panel import ConfirmPanel
from ui.widgets.day_fields import DateField
from ui.widgets.message_bar import MessageBar
from ui.widgets.text_fields import TextField


@dataclass(frozen=True, slots=True, kw_only=True)
class _Confirmation:
    operator_id: OperatorId
    pin: str


class ConfirmedStep(Step):
    """A step that an officer confirms by PIN; subclasses say whom they offer and what they record.

    `nobody` is the wording where nobody can be offered.
    """

    nobody = ""

    def __init__(
        self, workplace: Workplace, messages: MessageBar, *, key: str, button: str
    ) -> None:
        super().__init__(workplace, messages, key=key)
        self.panel = ConfirmPanel(button)
        self.panel.button.hide()
        self.panel.confirmed.connect(self._confirmed)

    def _offered(self, context: Context) -> tuple[Operator, ...]:
        """Who may confirm; runs on the desk's thread."""
        raise NotImplementedError

    def _ready(self) -> bool:
        """Whether everything is typed; what lacks is marked."""
        raise NotImplementedError

    def _confirmed(self, operator_id: str, pin: str) -> None:
        raise NotImplementedError

    def begin(self) -> None:
        """Offer the officers who may confirm."""
        super().begin()
        self.workplace.operations.run(self._offered, done=self._offer, failed=self.refuse)

    def go(self) -> None:
        """Ask for the confirmation once everything is typed."""
        if self._ready():
            self.panel.confirm()

    def _place_panel(self) -> None:
        for grid in (self.grid, self.panel.grid):
            grid.keep_room(len("城市低保标准"))
        self.column.addWidget(self.panel)
        self.column.addStretch(1)

    def _offer(self, officers: tuple[Operator, ...]) -> None:
        self.panel.set_officers(officers)
        if not officers:
            self.messages.show_warning(wording.text(self.nobody))

    def _told(self, words: str) -> None:
        self.messages.show_success(words)
        self.panel.pin.clear()
        self.done.emit()

    def _not_recorded(self, error: Exception) -> None:
        self.panel.refuse()
        self.refuse(error)  # type: ignore[arg-type]  # operations hand over named refusals only


class PoliciesStep(ConfirmedStep):
    """The dibao standard, urban and rural, confirmed by a second person."""

    nobody = "ui.setup_no_second"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages, key="policies", button="由另一人确认")
        self.urban = self.grid.add("urban", "城市低保标准", AmountField())
        self.rural = self.grid.add("rural", "农村低保标准", AmountField())
        self.unit = self.grid.add("unit", "标准单位", term_choice(StandardUnit))
        self.unit.choose(StandardUnit.MONTH)
        self.document = self.grid.add("document", "文件文号", TextField())
        self.since = self.grid.add("since", "执行日期", DateField(today=workplace.today))
        self._place_panel()

    def _offered(self, context: Context) -> tuple[Operator, ...]:
        """Give everybody but the one who enters."""
        everybody = operators.operators(context)
        return tuple(one for one in everybody if one.operator_id != context.operator_id)

    def _ready(self) -> bool:
        return self._drafts() is not None

    def _drafts(self) -> tuple[PolicyRowDraft, ...] | None:
        problems = [
            Problem(field=name, code="ui.needed")
            for name, missing in (
                ("urban", not (self.urban.text().strip() or self.rural.text().strip())),
                ("unit", self.unit.chosen() is None),
                ("document", not self.document.text().strip()),
                ("since", self.since.day() is None),
            )
            if missing
        ]
        problems += [
            Problem(field=name, code="amount.not_a_number", facts={"text": box.text()})
            for name, box in (("urban", self.urban), ("rural", self.rural))
            if box.text().strip() and box.money() is None
        ]
        self.grid.show_problems(problems)
        since, unit = self.since.day(), self.unit.chosen()
        if problems or since is None or unit is None:
            self.grid.focus_first_problem()
            return None
        amounts = ((AreaClass.URBAN, self.urban.money()), (AreaClass.RURAL, self.rural.money()))
        return tuple(
            PolicyRowDraft(
                key=PolicyKey.STANDARD,
                area=area,
                value=amount.figures.replace(",", ""),
                unit=unit,
                valid_from=since,
                document=self.document.text().strip(),
            )
            for area, amount in amounts
            if amount is not None
        )

    def _confirmed(self, operator_id: str, pin: str) -> None:
        drafts = self._drafts()
        if drafts is None:
            return
        confirmation = _Confirmation(operator_id=OperatorId(operator_id), pin=pin)
        self.workplace.operations.run(
            lambda context: _enter(context, drafts, confirmation),
            done=self._entered,
            failed=self._not_recorded,
        )

    def _entered(self, recorded: Recorded[int]) -> None:
        self._told(wording.text("ui.policies_entered", count=recorded.result))


class FloatStep(ConfirmedStep):
    """The opening float, received by the cashier under an approval."""

    nobody = "ui.setup_no_cashier"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages, key="float", button="出纳确认收到")
        self._entry_id = EntryId(workplace.ids.new())
        self.amount = self.grid.add("amount", "领用金额", AmountField())
        self.approval = self.grid.add("approval", "批准文件", TextField())
        self.source = self.grid.add("source", "资金来源", TextField())
        self._place_panel()

    def _offered(self, context: Context) -> tuple[Operator, ...]:
        """Give the cashiers."""
        return operators.with_seat(context, Seat.CASHIER)

    def _ready(self) -> bool:
        return self._amount() is not None

    def _amount(self) -> Money | None:
        problems = []
        amount = self.amount.money()
        if amount is None:
            problems.append(Problem(field="amount", code="ui.needed"))
        problems += [
            Problem(field=name, code="ui.needed")
            for name, box in (("approval", self.approval), ("source", self.source))
            if not box.text().strip()
        ]
        self.grid.show_problems(problems)
        if problems:
            self.grid.focus_first_problem()
            return None
        return amount

    def _confirmed(self, operator_id: str, pin: str) -> None:
        amount = self._amount()
        if amount is None:
            return
        draft = FloatDraft(
            entry_id=self._entry_id,
            amount=amount,
            approval=self.approval.text().strip(),
            source=self.source.text().strip(),
        )
        confirmation = _Confirmation(operator_id=OperatorId(operator_id), pin=pin)
        self.workplace.operations.run(
            lambda context: _receive(context, draft, confirmation),
            done=self._received,
            failed=self._not_recorded,
        )

    def _received(self, recorded: Recorded[CashEntry]) -> None:
        self._entry_id = EntryId(self.workplace.ids.new())
        self._told(
            wording.text("ui.float_received", amount=self.amount.money(), changes=recorded.changes)
        )


def _enter(
    context: Context, drafts: tuple[PolicyRowDraft, ...], confirmation: _Confirmation
) -> Recorded[int]:
    officer = operators.check_pin(context, confirmation.operator_id, confirmation.pin)
    changes: frozenset[str] = frozenset()
    for draft in drafts:
        changes |= policies.enter(context, draft, officer=officer).changes
    return Recorded(result=len(drafts), changes=changes)


def _receive(
    context: Context, draft: FloatDraft, confirmation: _Confirmation
) -> Recorded[CashEntry]:
    officer = operators.check_pin(context, confirmation.operator_id, confirmation.pin)
    return cash.receive_float(context, draft, officer=officer)
