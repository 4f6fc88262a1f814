"""A tab whose boxes are confirmed by PIN, above the list of what was recorded, with its papers."""

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.clock import shanghai_time
from reliefdesk.domain.ids import OperatorId
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.cash.confirm_fields import ConfirmFields
from ui.cash.view import DrawerView, PaperCall
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tables import Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

FoundT = TypeVar("FoundT")
Act = Callable[[Context], Recorded[FoundT]]


class RecordTab(QWidget, Generic[FoundT]):
    """`wanted` carries the act that records; the page runs it. Subclasses fill `grid`."""

    title = ""
    wanted = Signal(object)

    def __init__(self, *, empty: str) -> None:
        """`empty` is the wording of a list without a row."""
        super().__init__()
        self._view: DrawerView | None = None
        self.says = WrappedLabel()
        self.says.setAccessibleName(f"{self.title}情况")
        self.says.setFont(theme.strong_font())
        self.grid = FieldGrid(columns=2)
        self.rows: RowTable[FoundT] = RowTable(self._columns())
        self.table = TableView(f"{self.title}记录", self.rows)
        self.empty = WrappedLabel(wording.text(empty))
        theme.quiet(self.empty)

    @property
    def first(self) -> ConfirmFields:
        """The officer who confirms first."""
        raise NotImplementedError

    def paper_after(self, found: FoundT) -> PaperCall | None:
        """What makes the sheet of a record; it is signed at once."""
        raise NotImplementedError

    def begin(self) -> None:
        """The cursor where something is still to be given."""
        chosen = self.first.officer.chosen()
        (self.first.officer if chosen is None else self.first.pin).setFocus()

    def refuse(self) -> None:
        """After a refusal: the PIN anew."""
        self.first.refuse()

    def paper(self) -> PaperCall | None:
        """What makes the sheet of the chosen record."""
        found = self.table.chosen_row()
        return None if found is None else self.paper_after(found)

    def _columns(self) -> tuple[Column[FoundT], ...]:
        raise NotImplementedError

    def _show_rows(self, found: tuple[FoundT, ...]) -> None:
        self.rows.set_rows(found)
        self.table.choose_row(0)
        self.empty.setVisible(not found)

    def _name(self, operator_id: OperatorId) -> str:
        return "" if self._view is None else self._view.name(operator_id)

    def _lay_out(self, *above: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (*above, self.empty):
            column.addWidget(part)
        column.addWidget(self.table, 1)


def minute_of(at: datetime) -> str:
    """An instant in a list, to the minute."""
    return f"{shanghai_time(at):%Y-%m-%d %H:%M}"
