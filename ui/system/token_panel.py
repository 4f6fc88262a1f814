"""The list of people helped elsewhere that this desk holds, and after how many days it is old."""

from reliefdesk import wording
from reliefdesk.domain.tokens import ListState, TokenCheck
from reliefdesk.services import token_checks
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.pages import Workplace
from ui.system.panels import Panel
from ui.widgets.field_grid import FieldGrid
from ui.widgets.message_bar import MessageBar
from ui.widgets.text_fields import NumberField
from ui.widgets.wrapped_label import WrappedLabel


class TokenPanel(Panel):
    """Date, count and worth of the list; the days are set by the system seat."""

    title = "已救助名单"
    key = "tokens"
    command = "保存"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages)
        self.held = WrappedLabel()
        self.held.setAccessibleName("本机的已救助名单")
        self.held.setFont(theme.strong_font())
        self.grid = FieldGrid()
        self.days = self.grid.add("days", "超过几天就提醒", NumberField())
        self.grid.submitted.connect(self.go)
        for part in (self.held, self.grid):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def begin(self) -> None:
        """Show what is held and what is set."""
        self.days.setFocus()
        self.workplace.operations.run(_read, done=self._show, failed=self.refuse)

    def go(self) -> None:
        """Set what was typed."""
        typed = self.days.text().strip()
        plain = typed.isascii() and typed.isdecimal()
        if not plain or not 1 <= int(typed) <= token_checks.LIST_DAYS_MAX:
            self.messages.show_warning(wording.text("tokens.days_range"))
            return
        days = int(typed)
        self.workplace.operations.run(
            lambda context: token_checks.set_list_days(context, days),
            done=self._set,
            failed=self.refuse,
        )

    def _show(self, read: tuple[TokenCheck | None, int]) -> None:
        held, days = read
        self.held.setVisible(held is not None)
        if held is not None:
            self.held.setText(_said(held))
            fits = held.state is ListState.CURRENT
            theme.ink(self.held, theme.INK if fits else theme.WARNING)
        self.days.setText(str(days))

    def _set(self, done: Recorded[int]) -> None:
        self.say("tokens.days_changed", days=done.result)
        self.begin()


def _read(context: Context) -> tuple[TokenCheck | None, int]:
    """A district holds no list; there the days say when one is due again."""
    district = context.desk.kind.is_district
    held = None if district else token_checks.held_list(context)
    return held, token_checks.list_days(context)


def _said(held: TokenCheck) -> str:
    if held.issued_on is None:
        return wording.text("tokens.held_none")
    return wording.text("tokens.held", on=held.issued_on, count=held.total, state=held.state)
