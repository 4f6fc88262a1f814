"""The recovery sheet: a code for paper, printed or saved, and typed back before it counts."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from reliefdesk import wording
from reliefdesk.desk import Desk
from ui import theme
from ui.pages import Workplace
from ui.setup.steps import Step
from ui.widgets.message_bar import MessageBar
from ui.widgets.sheet_buttons import SheetButtons
from ui.widgets.text_fields import NumberField


class RecoveryStep(Step):
    """Make the code, take it away on paper, type it back."""

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages, key="recovery")
        self._code = ""
        self._office = ""
        self.shown_code = QLabel("")
        self.shown_code.setFont(theme.font(theme.POINTS + 2))
        self.shown_code.setMinimumHeight(theme.field_height())
        self.make_button = QPushButton("生成恢复码")
        self.make_button.setAccessibleName("生成恢复码")
        self.make_button.setAutoDefault(False)
        self.make_button.clicked.connect(self.make_code)
        self.sheet = SheetButtons("恢复凭单", self._sheet, self.messages)
        self.typed = self.grid.add("typed", "照凭单输入恢复码", NumberField())
        buttons = QHBoxLayout()
        buttons.addWidget(self.make_button)
        buttons.addWidget(self.sheet)
        buttons.addStretch(1)
        self.column.insertWidget(1, self.shown_code)
        self.column.insertLayout(1, buttons)
        self.column.addStretch(1)
        self._show_code()

    def begin(self) -> None:
        """Making the code comes first."""
        self.make_button.setFocus()

    def make_code(self) -> None:
        """Ask the desk for a new code; an earlier one opens nothing any more."""
        self.workplace.operations.ask_desk(_new_code, done=self._made, failed=self.refuse)

    def go(self) -> None:
        """Try the code that was typed back."""
        typed = self.typed.text()
        self.workplace.operations.ask_desk(
            lambda desk: desk.confirm_recovery_code(typed), done=self._confirmed, failed=self.refuse
        )

    def _made(self, made: tuple[str, str]) -> None:
        self._code, self._office = made
        self._show_code()
        self.messages.show_note(wording.text("ui.recovery_made"))
        self.typed.setFocus()

    def _show_code(self) -> None:
        self.shown_code.setText(self._code or "（还没有生成）")
        self.sheet.setEnabled(bool(self._code))

    def _confirmed(self, _result: object) -> None:
        self._code = ""
        self._show_code()
        self.typed.clear()
        self.messages.show_success(wording.text("ui.recovery_confirmed"))
        self.done.emit()

    def _sheet(self) -> str:
        lines = wording.text("ui.recovery_sheet").split("\n")
        paragraphs = "".join(f"<p>{line}</p>" for line in lines)
        return (
            f"<h2>恢复凭单</h2><p>{self._office}　{self.workplace.today().isoformat()}</p>"
            f"<p style='font-size:16pt'>{self._code}</p>{paragraphs}"
        )


def _new_code(desk: Desk) -> tuple[str, str]:
    return desk.new_recovery_code(), desk.genesis.office.name
