"""Which file, which sheet, which row is the header, and what each column means."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.import_cells import address, read_text
from reliefdesk.domain.import_columns import (
    FIELDS,
    HEADER_ROWS_MAX,
    Header,
    ImportField,
    ImportKind,
    Matching,
)
from reliefdesk.domain.problems import Problem
from reliefdesk.services.imports import SheetCells, SheetFile
from ui import theme
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tables import Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

_SAMPLE_ROWS = 6
_SAMPLE_COLUMNS = 12
_TITLE_SHOWN = 12
Line = Sequence[str]


class SourceView(QWidget):
    """`changed` carries kind, sheet or header: which of them means something else now."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.grid = FieldGrid(columns=3)
        self.kind = self.grid.add("kind", "表的内容", term_choice(ImportKind))
        self.sheet = self.grid.add("sheet", "工作表", ChoiceField[int]())
        self.header = self.grid.add("header", "表头在", ChoiceField[int](prompt="没有找到表头"))
        self._grids = {kind: FieldGrid(columns=3) for kind in ImportKind}
        self._fields = {kind: _choices(kind, grid) for kind, grid in self._grids.items()}
        self.says = WrappedLabel()
        self.sample: RowTable[Line] = RowTable(_sample_columns(0))
        self.view = TableView("表格前几行", self.sample)
        self.kind.choose(ImportKind.EARLIER)
        self.grid.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.grid)
        column.addWidget(self.says)
        for grid in self._grids.values():
            column.addWidget(grid)
            grid.setVisible(grid is self.columns)
        row = QHBoxLayout()
        row.addWidget(self.view, 1)
        column.addLayout(row, 1)
        theme.quiet(self.says)

    def chosen_kind(self) -> ImportKind:
        """What the sheet is said to hold."""
        return self.kind.chosen() or ImportKind.EARLIER

    @property
    def columns(self) -> FieldGrid:
        """The grid in which the columns of this kind are matched."""
        return self._grids[self.chosen_kind()]

    @property
    def fields(self) -> dict[ImportField, ChoiceField[int]]:
        """The choice of a column for each field of this kind."""
        return self._fields[self.chosen_kind()]

    def show_file(self, file: SheetFile, sheet: SheetCells) -> None:
        """Offer the sheets of a file and choose one."""
        self.grid.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.sheet.set_options([(place, each.name) for place, each in enumerate(file.sheets)])
        self.sheet.choose(file.sheets.index(sheet))
        self.grid.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def show_header(self, sheet: SheetCells, header: Header | None, matching: Matching) -> None:
        """Show the header with its matching, and the first rows below it."""
        rows = min(HEADER_ROWS_MAX, len(sheet.rows))
        self.grid.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.header.set_options([(row, f"第{row + 1}行") for row in range(rows)])
        self.header.choose(None if header is None else header.row)
        self.grid.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._offer_columns(header, matching)
        self._show_sample(sheet, header)
        self.columns.clear_problems()
        found = 0 if header is None else len(sheet.rows) - header.last_row - 1
        key = "imports.no_header" if header is None else "imports.below_header"
        self.says.setText(wording.text(key, rows=found))

    def matching(self) -> Matching:
        """Which column was chosen for each field of this kind."""
        chosen = {field: choice.chosen() for field, choice in self.fields.items()}
        return {field: place for field, place in chosen.items() if place is not None}

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the fields whose column is missing or wrong."""
        self.columns.show_problems(problems)
        self.columns.focus_first_problem()

    def _offer_columns(self, header: Header | None, matching: Matching) -> None:
        columns = () if header is None else header.columns
        options = [
            (each.place, f"{address(0, each.place)[:-1]} {each.title[:_TITLE_SHOWN]}")
            for each in columns
        ]
        for field, choice in self.fields.items():
            choice.set_options(options)
            choice.choose(matching.get(field))
        for grid in self._grids.values():
            grid.setVisible(grid is self.columns)

    def _show_sample(self, sheet: SheetCells, header: Header | None) -> None:
        start = 0 if header is None else header.row
        lines = [
            [str(place + 1), *(read_text(cell) for cell in sheet.rows[place][:_SAMPLE_COLUMNS])]
            for place in range(start, min(start + _SAMPLE_ROWS, len(sheet.rows)))
        ]
        width = max((len(line) - 1 for line in lines), default=0)
        self.sample.beginResetModel()
        self.sample.columns = _sample_columns(width)
        self.sample.endResetModel()
        self.sample.set_rows(lines)


def _choices(kind: ImportKind, grid: FieldGrid) -> dict[ImportField, ChoiceField[int]]:
    return {
        field: grid.add(field.value, field.label, ChoiceField[int](prompt="没有这一栏"))
        for field in FIELDS[kind]
    }


def _sample_columns(width: int) -> tuple[Column[Line], ...]:
    def text(place: int) -> Column[Line]:
        return Column(
            title=address(0, place - 1)[:-1] if place else "行",
            text=lambda line: line[place] if place < len(line) else "",
            characters=6 if place else 2,
        )

    return tuple(text(place) for place in range(width + 1))
