"""Read-only tables of row dataclasses: columns are named getters, a row is chosen with Enter.

Column widths come from the column's own character count, never from measuring every row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import theme

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_GAP = "\u00a0\u00a0"
"""Keeps a figure apart from the text of the next column; painted only, never part of the text."""


# No slots: `Column[Row](...)` notes its type on the instance, which frozen slots break.
@dataclass(frozen=True, kw_only=True)
class Column(Generic[RowT]):
    """One column: its Chinese title, how a row fills it, alignment, width in characters.

    `order` gives what the column sorts by when a click on its title asks for it; None: by text.
    `ink` colours a cell, None leaves the usual ink.
    """

    title: str
    text: Callable[[RowT], str]
    align: Qt.AlignmentFlag = LEFT
    characters: int = 8
    order: Callable[[RowT], Any] | None = None
    ink: Callable[[RowT], QColor | None] | None = None


class RowTable(QAbstractTableModel, Generic[RowT]):
    """A table model over a sequence of rows."""

    def __init__(self, columns: Sequence[Column[RowT]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._rows: list[RowT] = []

    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, position: int) -> RowT | None:
        """The row at a position, or None."""
        return self._rows[position] if 0 <= position < len(self._rows) else None

    def rows(self) -> tuple[RowT, ...]:
        """All rows as shown."""
        return tuple(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, alignment and ink of a cell."""
        row = self.row(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align
        if role == Qt.ItemDataRole.ForegroundRole and column.ink is not None:
            return column.ink(row)
        return None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            # A title at the right edge would run into the next one.
            align = self.columns[section].align
            crowded = align == RIGHT and section < len(self.columns) - 1
            return CENTRE if crowded else align
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column."""
        if not 0 <= column < len(self.columns):
            return
        spec = self.columns[column]
        self.layoutAboutToBeChanged.emit()
        backwards = order is Qt.SortOrder.DescendingOrder
        self._rows.sort(key=spec.order or spec.text, reverse=backwards)
        self.layoutChanged.emit()


class CellPainter(QStyledItemDelegate):
    """Paints figures with a gap at their right."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """As Qt has it, and the gap."""
        super().initStyleOption(option, index)
        if option.displayAlignment & Qt.AlignmentFlag.AlignRight:  # type: ignore[attr-defined]
            option.text += _GAP  # type: ignore[attr-defined]


class TableView(QTableView):
    """A calm table: whole rows, no row numbers, Enter or a double click chooses a row."""

    row_chosen = Signal(int)
    row_changed = Signal(int)

    def __init__(self, name: str, model: RowTable[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.line_height(self))
        self._set_widths()
        self.doubleClicked.connect(self._choose)
        self.selectionModel().currentRowChanged.connect(self._changed)
        model.modelReset.connect(self.clearSelection)

    def chosen_row(self) -> Any:  # noqa: ANN401 - the page knows the type of its rows
        """The row under the cursor, or None."""
        return self._model.row(self.currentIndex().row())

    def choose_row(self, position: int) -> None:
        """Put the cursor on a row."""
        self.setCurrentIndex(self._model.index(position, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter chooses the row under the cursor."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _set_widths(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setFixedHeight(theme.line_height(self))
        width = self.fontMetrics().horizontalAdvance("国")
        gap = self.fontMetrics().horizontalAdvance(_GAP)
        for position, column in enumerate(self._model.columns):
            beside = gap if column.align == RIGHT else 0
            wanted = column.characters * width + 2 * theme.GAP_SMALL + beside
            self.setColumnWidth(position, wanted)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_chosen.emit(index.row())

    def _changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.row_changed.emit(index.row())
