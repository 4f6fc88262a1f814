"""A level that shows a list: its summary above, below it what the chosen line tells, commands."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui import keymap, theme
from ui.widgets.level import Level
from ui.widgets.tables import Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

RowT = TypeVar("RowT")


class ListLevel(Level, Generic[RowT]):
    """Subclasses name the parts for a screen reader, and say what a line tells and allows."""

    title = ""
    summary_name = ""
    detail_name = ""

    def __init__(self, columns: Sequence[Column[RowT]]) -> None:
        super().__init__()
        self.summary = WrappedLabel()
        self.summary.setAccessibleName(self.summary_name)
        self.summary.setFont(theme.strong_font())
        self.detail = WrappedLabel()
        self.detail.setAccessibleName(self.detail_name)
        self.rows: RowTable[RowT] = RowTable(columns)
        self.table = TableView(self.title, self.rows)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addLayout(self._buttons)
        self.table.row_changed.connect(self._follow)

    def tell(self, row: RowT) -> str:
        """What stands below the list while the cursor is on a line."""
        raise NotImplementedError

    def arrange(self, row: RowT | None) -> None:
        """Let the commands follow the chosen line; None while there is none."""

    def add_command(self, command_id: str, run: Callable[[], object]) -> QAction:
        """A command with its key, shown as a button below the list."""
        made = keymap.action(command_id, self, run)
        self._buttons.addWidget(keymap.button(made))
        return made

    def show_rows(self, said: str, rows: Sequence[RowT], *, cursor: int = 0) -> None:
        """Open with a list; the cursor stands on a line of it."""
        self.summary.setText(said)
        self.rows.set_rows(rows)
        self._follow(-1)
        self.show()
        self.table.setFocus()
        if rows:
            self.table.choose_row(cursor)

    def _follow(self, position: int) -> None:
        row = self.rows.row(position)
        self.detail.setText("" if row is None else self.tell(row))
        self.arrange(row)
