"""A wide table whose first columns stay in sight while the others scroll sideways."""

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from ui import theme
from ui.widgets.tables import CellPainter, RowTable, TableView


class FrozenTable(TableView):
    """The first `frozen` columns are drawn once more on top; keys belong to the whole table."""

    def __init__(
        self, name: str, model: RowTable[Any], *, frozen: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, model, parent)
        self._frozen = frozen
        self.fixed = QTableView(self)
        self.fixed.setAccessibleName(f"{name}固定列")
        self.fixed.setModel(model)
        self.fixed.setItemDelegate(CellPainter(self.fixed))
        self.fixed.setSelectionModel(self.selectionModel())
        self._dress(self.fixed)
        self._edge = QFrame(self)
        theme.ground(self._edge, theme.INK_DISABLED)
        for column in range(model.columnCount()):
            self.fixed.setColumnHidden(column, column >= frozen)
        self.horizontalHeader().sectionResized.connect(self._follow_width)
        self.verticalScrollBar().valueChanged.connect(self.fixed.verticalScrollBar().setValue)
        self.fixed.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.fixed.clicked.connect(self._take_cursor)
        self.fixed.doubleClicked.connect(self._choose)
        for column in range(frozen):
            self.fixed.setColumnWidth(column, self.columnWidth(column))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the fixed columns at their place."""
        super().resizeEvent(event)
        self._place()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The head of the table appears late; the fixed columns follow it."""
        if event.type() is QEvent.Type.Paint:
            self._place()
        return super().viewportEvent(event)

    def _dress(self, fixed: QTableView) -> None:
        fixed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fixed.setFrameShape(QFrame.Shape.NoFrame)
        fixed.setShowGrid(False)
        fixed.setWordWrap(False)
        fixed.setAlternatingRowColors(True)
        fixed.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        fixed.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        fixed.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        fixed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        fixed.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        fixed.setVerticalScrollMode(self.verticalScrollMode())
        rows = self.verticalHeader()
        fixed.verticalHeader().hide()
        fixed.verticalHeader().setSectionResizeMode(rows.sectionResizeMode(0))
        fixed.verticalHeader().setDefaultSectionSize(rows.defaultSectionSize())
        fixed.horizontalHeader().setHighlightSections(False)
        fixed.horizontalHeader().setFixedHeight(self.horizontalHeader().height())

    def _follow_width(self, column: int, _before: int, width: int) -> None:
        if column < self._frozen:
            self.fixed.setColumnWidth(column, width)
            self._place()

    def _take_cursor(self) -> None:
        self.setFocus()

    def _place(self) -> None:
        width = sum(self.columnWidth(column) for column in range(self._frozen))
        head = self.horizontalHeader()
        edge = self.frameWidth()
        height = self.viewport().height() + head.height()
        if self.fixed.horizontalHeader().height() != head.height():
            self.fixed.horizontalHeader().setFixedHeight(head.height())
        wanted = (edge, edge, width, height)
        if self.fixed.geometry().getRect() != wanted:
            self.fixed.setGeometry(*wanted)
            self._edge.setGeometry(edge + width - 1, edge, 1, height)
            self._edge.raise_()
