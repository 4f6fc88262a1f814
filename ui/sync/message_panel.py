"""区里下发: what the district sent beside its verdicts, each line with its day and its origin."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from reliefdesk import wording
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import message_list
from reliefdesk.services.message_list import MessageLine
from ui import theme
from ui.operations import Operations
from ui.widgets.level import Level
from ui.widgets.tables import Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

COLUMNS: tuple[Column[MessageLine], ...] = (
    Column(title="收到日期", text=lambda row: row.taken_on.isoformat(), characters=6),
    Column(title="来源", text=lambda row: row.origin, characters=9),
    Column(title="种类", text=lambda row: row.label, characters=8),
    Column(title="内容", text=lambda row: row.says, characters=28),
)


class MessagePanel(Level):
    """Hidden until `load`; Esc goes back."""

    opened = Signal()

    def __init__(
        self, operations: Operations, *, failed: Callable[[ReliefDeskError], None]
    ) -> None:
        super().__init__()
        self._operations = operations
        self._failed = failed
        self.summary = WrappedLabel()
        self.summary.setAccessibleName("区里下发合计")
        self.summary.setFont(theme.strong_font())
        self.detail = WrappedLabel()
        self.detail.setAccessibleName("选中内容")
        self.rows: RowTable[MessageLine] = RowTable(COLUMNS)
        self.table = TableView("区里下发", self.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        self.table.row_changed.connect(self._tell)

    def load(self) -> None:
        """Read what was sent, and show it."""
        self._operations.run(message_list.listed, done=self._open, failed=self._failed)

    def _open(self, found: tuple[MessageLine, ...]) -> None:
        self.opened.emit()
        self.rows.set_rows(found)
        key = "messages" if found else "messages_empty"
        self.summary.setText(wording.text(f"sync_page.{key}", count=len(found)))
        self.detail.setText("")
        self.show()
        self.table.setFocus()
        if found:
            self.table.choose_row(0)

    def _tell(self, position: int) -> None:
        row = self.rows.row(position)
        self.detail.setText("" if row is None else row.says)
