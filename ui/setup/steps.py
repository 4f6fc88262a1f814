"""What the steps of the first start have in common: a title, a first box, and a way to be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.errors import ReliefDeskError
from ui import failures, theme
from ui.pages import Workplace
from ui.widgets.field_grid import FieldGrid
from ui.widgets.message_bar import MessageBar
from ui.widgets.wrapped_label import WrappedLabel


class Step(QWidget):
    """One plain step. `done` says that the next may follow; `said` speaks on the page."""

    done = Signal()

    def __init__(
        self, workplace: Workplace, messages: MessageBar, *, key: str, columns: int = 1
    ) -> None:
        super().__init__()
        self.workplace = workplace
        self.messages = messages
        self.grid = FieldGrid(columns=columns)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.GAP)
        explained = WrappedLabel(wording.text(f"ui.setup_{key}"))
        theme.quiet(explained)
        self.column.addWidget(explained)
        self.column.addWidget(self.grid)
        self.grid.submitted.connect(self.go)

    def begin(self) -> None:
        """The step came to the front."""
        names = self.grid.names()
        if names:
            self.grid.field(names[0]).setFocus()

    def go(self) -> None:
        """Do what the step does, then say `done`; the steps fill this in."""
        self.done.emit()

    def refuse(self, error: ReliefDeskError) -> None:
        """Say why it could not be done; nothing typed is lost."""
        failures.show(error, self.messages)
