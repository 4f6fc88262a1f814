"""The household at the counter (共同生活成员): one typed row per member, an empty one to go on.

Each cell keeps its text; an unreadable number is told under the table with its row.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reliefdesk import wording
from reliefdesk.domain.intake import MEMBERS_MAX, MemberDraft
from reliefdesk.domain.problems import Level, Problem
from ui import theme
from ui.widgets.wrapped_label import WrappedLabel

_COLUMNS = (
    ("name", "姓名", 5),
    ("relation", "关系", 4),
    ("number", "证件号码", 9),
    ("health", "健康状况", 5),
    ("phone", "联系电话", 6),
)
_ROWS_SHOWN = 4


class MembersTable(QWidget):
    """The editable rows and their problems."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(1, len(_COLUMNS))
        self.table.setAccessibleName("共同生活成员")
        self.table.setHorizontalHeaderLabels([title for _, title, _ in _COLUMNS])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.line_height(self))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setFixedHeight(theme.line_height(self))
        width = self.fontMetrics().horizontalAdvance("国")
        for position, (_, _, characters) in enumerate(_COLUMNS):
            self.table.setColumnWidth(position, characters * width + 2 * theme.GAP_SMALL)
        self.table.itemChanged.connect(self._changed)
        self.says = WrappedLabel()
        self.says.setAccessibleName("成员提示")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.table)
        column.addWidget(self.says)
        self._size()

    def members(self) -> tuple[MemberDraft, ...]:
        """Every row that holds something, as typed."""
        rows = [self._row(position) for position in range(self.table.rowCount())]
        return tuple(member for member in rows if member != MemberDraft())

    def show_members(self, members: Sequence[MemberDraft]) -> None:
        """Show these rows and an empty one. Tells of no edit."""
        self.table.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.table.clearContents()
        self.table.setRowCount(min(len(members), MEMBERS_MAX) + 1)
        for row, member in enumerate(members[:MEMBERS_MAX]):
            for column, (name, _, _) in enumerate(_COLUMNS):
                self.table.setItem(row, column, QTableWidgetItem(str(getattr(member, name))))
        self.table.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.says.setText("")
        self._size()

    def put(self, row: int, **cells: str) -> None:
        """Type into cells of a row by field name."""
        for column, (name, _, _) in enumerate(_COLUMNS):
            if name in cells:
                self.table.setItem(row, column, QTableWidgetItem(cells[name]))

    def show_problems(self, problems: Iterable[Problem]) -> bool:
        """Say what is wrong in which row; whether any of it blocks."""
        lines, blocks = [], False
        for problem in problems:
            if not problem.field.startswith("members"):
                continue
            place = problem.field.split(".")
            row = f"第{place[1]}行：" if len(place) > 1 else ""
            blocks = blocks or problem.level is Level.ERROR
            mark = theme.ERROR_MARK if problem.level is Level.ERROR else theme.WARNING_MARK
            lines.append(f"{mark}{row}{wording.problem_sentence(problem)}")
        self.says.setText("\n".join(lines))
        self.says.setVisible(bool(lines))
        theme.colour_text(self.says, Level.ERROR if blocks else Level.WARNING)
        return blocks

    def _row(self, position: int) -> MemberDraft:
        cells = {}
        for column, (name, _, _) in enumerate(_COLUMNS):
            item = self.table.item(position, column)
            cells[name] = item.data(Qt.ItemDataRole.DisplayRole) or "" if item else ""
        return MemberDraft(**cells)

    def _changed(self, _item: QTableWidgetItem) -> None:
        last = self.table.rowCount() - 1
        if self._row(last) != MemberDraft() and last + 1 < MEMBERS_MAX:
            self.table.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self.table.setRowCount(last + 2)
            self.table.blockSignals(False)  # noqa: FBT003 - Qt's signature
            self._size()
        self.edited.emit()

    def _size(self) -> None:
        rows = min(self.table.rowCount(), _ROWS_SHOWN)
        self.table.setFixedHeight((rows + 1) * theme.line_height(self) + 4)
