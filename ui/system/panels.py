"""What the parts of the 系统 page have in common."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.errors import ReliefDeskError
from ui import failures, theme
from ui.pages import Workplace
from ui.widgets.message_bar import MessageBar
from ui.widgets.wrapped_label import WrappedLabel


class Panel(QWidget):
    """One part: what it is for, its boxes, and what F8 (named by `command`) does in it."""

    title = ""
    key = ""
    command = "确认办理"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__()
        self.workplace = workplace
        self.messages = messages
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.GAP)
        explained = WrappedLabel(wording.text(f"ui.system_{self.key}"))
        theme.quiet(explained)
        self.column.addWidget(explained)

    def begin(self) -> None:
        """The part came to the front: load what it shows."""

    def go(self) -> None:
        """What F8 does here; a part without it does nothing."""

    def refuse(self, error: ReliefDeskError) -> None:
        """Say why something could not be done; nothing typed is lost."""
        failures.show(error, self.messages)

    def say(self, key: str, **facts: object) -> None:
        """Say a result."""
        self.messages.show_success(wording.text(key, **facts))


def plain_button(text: str) -> QPushButton:
    """A button that Enter does not press, named as it reads."""
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    return made
