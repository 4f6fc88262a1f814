"""区里下发: what the district sent beside its verdicts, each line with its day and its origin."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from reliefdesk import wording
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import message_list
from reliefdesk.services.message_list import MessageLine
from ui.operations import Operations
from ui.widgets.list_level import ListLevel
from ui.widgets.tables import Column

COLUMNS: tuple[Column[MessageLine], ...] = (
    Column(title="收到日期", text=lambda row: row.taken_on.isoformat(), characters=6),
    Column(title="来源", text=lambda row: row.origin, characters=9),
    Column(title="种类", text=lambda row: row.label, characters=8),
    Column(title="内容", text=lambda row: row.says, characters=28),
)


class MessagePanel(ListLevel[MessageLine]):
    """Hidden until `load`; Esc goes back."""

    title = "区里下发"
    summary_name = "区里下发合计"
    detail_name = "选中内容"
    opened = Signal()

    def __init__(
        self, operations: Operations, *, failed: Callable[[ReliefDeskError], None]
    ) -> None:
        super().__init__(COLUMNS)
        self._operations = operations
        self._failed = failed

    def tell(self, row: MessageLine) -> str:
        """The whole of what was sent."""
        return row.says

    def load(self) -> None:
        """Read what was sent, and show it."""
        self._operations.run(message_list.listed, done=self._open, failed=self._failed)

    def _open(self, found: tuple[MessageLine, ...]) -> None:
        self.opened.emit()
        key = "messages" if found else "messages_empty"
        self.show_rows(wording.text(f"sync_page.{key}", count=len(found)), found)
