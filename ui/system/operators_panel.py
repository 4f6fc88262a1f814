"""Accounts: who may sign in, in which seats; a forgotten PIN or passphrase is set anew here."""

from PySide6.QtWidgets import QHBoxLayout

from reliefdesk import wording
from reliefdesk.desk import Desk
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Operator
from reliefdesk.services import operators
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.pages import Workplace
from ui.setup.account_form import AccountBoxes
from ui.setup.operators_step import OPERATOR_COLUMNS
from ui.system.panels import Panel, plain_button
from ui.widgets.field_grid import FieldGrid
from ui.widgets.message_bar import MessageBar
from ui.widgets.tables import RowTable, TableView


class OperatorsPanel(Panel):
    """The list, and the boxes for a new account or for changes to the one that is chosen."""

    title = "操作人员"
    key = "operators"
    command = "添加为新人员"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages)
        self.table: RowTable[Operator] = RowTable(OPERATOR_COLUMNS)
        self.view = TableView("操作人员名单", self.table)
        self.view.row_changed.connect(self._take)
        self.grid = FieldGrid(columns=2)
        self.boxes = AccountBoxes(self.grid)
        self.grid.submitted.connect(self.go)
        self.seats_button = plain_button("改岗位")
        self.pin_button = plain_button("重设确认码")
        self.passphrase_button = plain_button("重设口令")
        self.leave_button = plain_button("停用")
        buttons = QHBoxLayout()
        for button, run in (
            (self.seats_button, self.change_seats),
            (self.pin_button, self.reset_pin),
            (self.passphrase_button, self.reset_passphrase),
            (self.leave_button, self.leave),
        ):
            button.clicked.connect(run)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.grid)
        self.column.addLayout(buttons)
        self.column.setSpacing(theme.GAP_SMALL)

    def begin(self) -> None:
        """List the accounts."""
        self.workplace.operations.run(
            operators.operators, done=self.table.set_rows, failed=self.refuse
        )

    def go(self) -> None:
        """Open a new account as typed."""
        account = self.boxes.account()
        if account is not None:
            self.workplace.operations.ask_desk(
                lambda desk: desk.add_operator(account), done=self._added, failed=self.refuse
            )

    def change_seats(self) -> None:
        """Give the chosen operator the ticked seats."""
        chosen, seats = self._chosen(), self.boxes.seats.seats()
        if chosen is not None:
            self.workplace.operations.run(
                lambda context: operators.change_seats(context, chosen.operator_id, seats),
                done=self._seats_changed,
                failed=self.refuse,
            )

    def reset_pin(self) -> None:
        """Set the chosen operator's PIN as typed."""
        chosen = self._chosen()
        if chosen is not None and self._secret_typed("pin"):
            pin = self.boxes.secrets.pin.text()
            self.workplace.operations.ask_desk(
                lambda desk: operators.set_pin(
                    desk.context(), chosen.operator_id, pin, work=desk.pin_work
                ),
                done=lambda _: self._secret_set(chosen),
                failed=self.refuse,
            )

    def reset_passphrase(self) -> None:
        """Set the chosen operator's passphrase as typed."""
        chosen = self._chosen()
        if chosen is not None and self._secret_typed("passphrase"):
            passphrase = self.boxes.secrets.passphrase.text()
            self.workplace.operations.ask_desk(
                lambda desk: desk.set_passphrase(chosen.operator_id, passphrase),
                done=lambda _: self._secret_set(chosen),
                failed=self.refuse,
            )

    def leave(self) -> None:
        """Close the chosen account."""
        chosen = self._chosen()
        if chosen is not None:
            self.workplace.operations.ask_desk(
                lambda desk: _leave(desk, chosen.operator_id), done=self._left, failed=self.refuse
            )

    def _chosen(self) -> Operator | None:
        chosen = self.view.chosen_row()
        if not isinstance(chosen, Operator):
            self.messages.show_note(wording.text("ui.choose_operator"))
            return None
        return chosen

    def _take(self, position: int) -> None:
        row = self.table.row(position)
        if row is not None:
            self.boxes.seats.set_seats(row.seats)

    def _secret_typed(self, name: str) -> bool:
        problems = [
            problem
            for problem in self.boxes.secrets.problems()
            if problem.field in (name, f"{name}_again")
        ]
        self.grid.show_problems(problems)
        self.grid.focus_first_problem()
        return not problems

    def _added(self, recorded: Recorded[Operator]) -> None:
        self.say("ui.operator_added", name=recorded.result.name)
        self.boxes.clear()
        self.begin()

    def _seats_changed(self, recorded: Recorded[Operator]) -> None:
        changed = recorded.result
        self.say("ui.seats_changed", name=changed.name, seats=changed.seats)
        self.begin()

    def _secret_set(self, chosen: Operator) -> None:
        self.boxes.secrets.clear()
        self.say("ui.secrets_changed", name=chosen.name)

    def _left(self, recorded: Recorded[Operator]) -> None:
        self.say("ui.operator_left", name=recorded.result.name)
        self.begin()


def _leave(desk: Desk, operator_id: OperatorId) -> Recorded[Operator]:
    return desk.remove_operator(operator_id)


def active(context: Context) -> tuple[Operator, ...]:
    """Operators who can confirm something, other than the one who is signed in."""
    return tuple(
        one
        for one in operators.operators(context)
        if one.active and one.operator_id != context.operator_id
    )
