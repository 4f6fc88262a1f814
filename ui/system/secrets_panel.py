"""One's own sign-in passphrase and confirming PIN."""

from reliefdesk import wording
from reliefdesk.desk import Desk
from reliefdesk.domain.operators import Operator
from reliefdesk.services import operators
from ui.pages import Workplace
from ui.setup.account_form import SecretBoxes
from ui.system.panels import Panel
from ui.widgets.field_grid import FieldGrid
from ui.widgets.message_bar import MessageBar


class SecretsPanel(Panel):
    """Either or both may be changed; what stays empty stays as it is."""

    title = "我的口令"
    key = "secrets"
    command = "更换"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages)
        self.grid = FieldGrid()
        self.boxes = SecretBoxes(self.grid)
        self.grid.submitted.connect(self.go)
        self.column.addWidget(self.grid)
        self.column.addStretch(1)

    def begin(self) -> None:
        """The passphrase comes first."""
        self.boxes.passphrase.setFocus()

    def go(self) -> None:
        """Change what was typed."""
        passphrase, pin = self.boxes.passphrase.text(), self.boxes.pin.text()
        wanted = {"passphrase", "passphrase_again"} if passphrase else set()
        wanted |= {"pin", "pin_again"} if pin else set()
        problems = [each for each in self.boxes.problems() if each.field in wanted]
        self.grid.show_problems(problems)
        if problems:
            self.grid.focus_first_problem()
        elif not wanted:
            self.messages.show_note(wording.text("ui.nothing_to_change"))
        else:
            self.workplace.operations.ask_desk(
                lambda desk: _change(desk, passphrase, pin), done=self._done, failed=self.refuse
            )

    def _done(self, operator: Operator) -> None:
        self.boxes.clear()
        self.say("ui.secrets_changed", name=operator.name)


def _change(desk: Desk, passphrase: str, pin: str) -> Operator:
    context = desk.context()
    if passphrase:
        desk.set_passphrase(desk.operator_id, passphrase)
    if pin:
        operators.set_pin(context, desk.operator_id, pin, work=desk.pin_work)
    return operators.signed_in(context)
