"""Lays fields out under their Chinese labels, in reading order, and shows problems at the field.

Enter goes to the next field, Ctrl+Enter submits; typed text is never changed here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.problems import Level, Problem
from ui import theme
from ui.widgets.text_fields import NarrativeField, new_line_wanted
from ui.widgets.wrapped_label import WrappedLabel

FieldT = TypeVar("FieldT", bound=QWidget)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(slots=True, kw_only=True)
class _Row:
    label: QLabel
    cell: QWidget
    field: QWidget
    problem: WrappedLabel
    level: Level | None = None


class FieldGrid(QWidget):
    """Rows of label and field, in one or more columns of pairs."""

    submitted = Signal()
    changed = Signal(str)

    def __init__(self, *, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: dict[str, _Row] = {}
        self._place = 0
        self._last: QWidget | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.GAP_SMALL)
        for column in range(columns):
            self._grid.setColumnStretch(2 * column + 1, 1)

    def add(self, name: str, label: str, field: FieldT, *, span: int = 1) -> FieldT:
        """Put a field into the next place; `span` counts label-field pairs. Returns the field."""
        row = self._row(label, field)
        self._rows[name] = row
        line, column = self._next_place(span)
        self._grid.addWidget(row.label, line, 2 * column, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(row.cell, line, 2 * column + 1, 1, 2 * span - 1)
        if self._last is not None:
            QWidget.setTabOrder(self._last, field)
        self._last = field
        field.installEventFilter(self)
        edited = getattr(field, "edited", None)
        if isinstance(edited, SignalInstance):
            edited.connect(self._telling(name))
        return field

    def keep_room(self, characters: int) -> None:
        """Keep the first labels that wide, so that grids under each other stand in line."""
        width = self.fontMetrics().horizontalAdvance("国") * characters
        self._grid.setColumnMinimumWidth(0, width)

    @property
    def columns(self) -> int:
        """How many pairs of label and field stand side by side."""
        return self._columns

    def field(self, name: str) -> QWidget:
        """The field of this name."""
        return self._rows[name].field

    def names(self) -> tuple[str, ...]:
        """The fields in reading order."""
        return tuple(self._rows)

    def show_field(self, name: str) -> None:
        """Show a row that was hidden."""
        self._rows[name].label.show()
        self._rows[name].cell.show()

    def hide_field(self, name: str) -> None:
        """Hide a row that does not apply now; its text stays."""
        self._rows[name].label.hide()
        self._rows[name].cell.hide()

    def show_problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Mark the fields concerned and clear the others; returns problems of unknown fields."""
        by_field: dict[str, list[Problem]] = {}
        for problem in problems:
            by_field.setdefault(problem.field, []).append(problem)
        for name, row in self._rows.items():
            _mark(row, by_field.pop(name, []))
        return tuple(problem for left in by_field.values() for problem in left)

    def clear_problems(self) -> None:
        """Unmark every field."""
        self.show_problems(())

    def focus_first_problem(self) -> bool:
        """Put the cursor into the first field with an error; False when there is none."""
        for row in self._rows.values():
            if row.level is Level.ERROR and row.field.isEnabled():
                row.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def problem_text(self, name: str) -> str:
        """What stands under a field just now; empty when nothing is wrong with it."""
        return self._rows[name].problem.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter moves on, Ctrl+Enter submits; Shift+Enter breaks a line in a narrative."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in _ENTER:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
            return True
        if isinstance(watched, NarrativeField) and new_line_wanted(event):
            return False
        settle = getattr(watched, "settle", None)
        if callable(settle):
            settle()
        self.focusNextChild()
        return True

    def _row(self, text: str, field: QWidget) -> _Row:
        label = QLabel(text)
        label.setBuddy(field)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setMinimumHeight(theme.field_height())
        field.setAccessibleName(text)
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(_with_reading(field))
        beneath = getattr(field, "beneath", None)
        if isinstance(beneath, QLabel):
            theme.quiet(beneath)
            column.addWidget(beneath)
        problem = WrappedLabel()
        problem.hide()
        column.addWidget(problem)
        column.addStretch(1)
        return _Row(label=label, cell=cell, field=field, problem=problem)

    def _next_place(self, span: int) -> tuple[int, int]:
        if self._place % self._columns + span > self._columns:
            self._place += self._columns - self._place % self._columns
        line, column = divmod(self._place, self._columns)
        self._place += span
        return line, column

    def _telling(self, name: str) -> Callable[[], None]:
        def tell() -> None:
            # What was wrong with the text before says nothing about the text now.
            if self._rows[name].level is not None:
                _mark(self._rows[name], ())
            self.changed.emit(name)

        return tell


def _mark(row: _Row, problems: Sequence[Problem]) -> None:
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    warnings = [problem for problem in problems if problem.level is Level.WARNING]
    lines = [theme.ERROR_MARK + wording.problem_sentence(problem) for problem in errors]
    lines += [theme.WARNING_MARK + wording.problem_sentence(problem) for problem in warnings]
    row.level = Level.ERROR if errors else Level.WARNING if warnings else None
    row.problem.setText("\n".join(lines))
    row.problem.setVisible(bool(lines))
    row.field.setAccessibleDescription("\n".join(lines))
    theme.tint(row.field, row.level)
    theme.colour_text(row.problem, row.level)


def _with_reading(field: QWidget) -> QHBoxLayout:
    """The field, and beside it how its text is understood, if it says so."""
    row = QHBoxLayout()
    row.setSpacing(theme.GAP_SMALL)
    row.addWidget(field)
    beside = getattr(field, "beside", None)
    if isinstance(beside, QLabel):
        theme.quiet(beside)
        beside.setMinimumWidth(beside.fontMetrics().horizontalAdvance("0000年00月00日 周日"))
        row.addWidget(beside)
    return row
