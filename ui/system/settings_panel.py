"""How long the window waits before it locks itself."""

from reliefdesk import wording
from reliefdesk.services import settings
from reliefdesk.services.recording import Recorded
from ui.pages import Workplace
from ui.system.panels import Panel
from ui.widgets.field_grid import FieldGrid
from ui.widgets.message_bar import MessageBar
from ui.widgets.text_fields import NumberField


class SettingsPanel(Panel):
    """The idle lock, in whole minutes."""

    title = "自动锁定"
    key = "settings"
    command = "保存"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages)
        self.grid = FieldGrid()
        self.minutes = self.grid.add("minutes", "几分钟后锁定", NumberField())
        self.grid.submitted.connect(self.go)
        self.column.addWidget(self.grid)
        self.column.addStretch(1)

    def begin(self) -> None:
        """Show what is set."""
        self.minutes.setFocus()
        self.workplace.operations.run(
            settings.idle_minutes,
            done=lambda minutes: self.minutes.setText(str(minutes)),
            failed=self.refuse,
        )

    def go(self) -> None:
        """Set what was typed."""
        typed = self.minutes.text().strip()
        plain = typed.isascii() and typed.isdecimal()
        if not plain or not 1 <= int(typed) <= settings.IDLE_MINUTES_MAX:
            self.messages.show_warning(wording.text("ui.idle_range"))
            return
        minutes = int(typed)
        self.workplace.operations.run(
            lambda context: settings.set_idle_minutes(context, minutes),
            done=self._set,
            failed=self.refuse,
        )

    def _set(self, recorded: Recorded[int]) -> None:
        self.workplace.session.set_idle_minutes(recorded.result)
        self.say("ui.idle_changed", minutes=recorded.result)
