"""Books as .xlsx files: text stays text, amounts and days are real, and the print is set up.

The same facts give the same bytes; a file of that name is replaced whole or not at all.
"""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import SurroundingsError, UserError
from reliefdesk.keys import durable

if TYPE_CHECKING:
    # The wheel carries no types; it loads when somebody saves a sheet.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Cell = str | int | date | Money | None
"""What stands in a cell: None is empty, an int is a count, an instant comes as China time."""

ROWS_MAX = 1_000_000
TEXT_CHARACTERS_MAX = 32_767
_A3, _A4 = 8, 9
_MARGINS_INCH = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.7}
_TITLE_HEIGHT, _LINE_HEIGHT = 30, 20
_DAY_ZERO = 693_594
"""The ordinal of 30 December 1899, from which sheets count their days."""
_DAY_SECONDS = 86_400


class SheetRowsError(UserError):
    """More rows than a sheet can hold. Facts: most."""

    code = "sheets.rows"


class SheetTextError(UserError):
    """A text is longer than a cell can hold; it is never cut. Facts: column, most."""

    code = "sheets.text_long"


class SheetNotSavedError(SurroundingsError):
    """The file could not be written; a file of that name is as it was. Facts: file."""

    code = "sheets.not_saved"


class CellKind(Term):
    """How a column reads its cells."""

    TEXT = "text", "文字"
    COUNT = "count", "数量"
    AMOUNT = "amount", "金额"
    DAY = "day", "日期"
    INSTANT = "instant", "日期和时间"


class SheetPaper(Term):
    """The paper a sheet is set up for, in landscape."""

    A4 = "a4", "A4"
    A3 = "a3", "A3"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One column: its title, how cells are read, and its width in characters."""

    title: str
    kind: CellKind = CellKind.TEXT
    width: float = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One book as a sheet: head lines, rows in order, totals under their columns, closing lines.

    `rows` is read once and may be a generator. `totals` has a cell for each column. `frozen`
    columns stay in sight.
    """

    name: str
    title: str
    unit: str
    period: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Cell]]
    totals: Sequence[Cell] = ()
    footer: Sequence[str] = ()
    made_on: date
    frozen: int = 0
    paper: SheetPaper = SheetPaper.A4


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Write sheets as one .xlsx file; gives its place. A missing ending is added.

    Raises SheetNotSavedError, SheetRowsError, SheetTextError.
    """
    target = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
    try:
        # Beside the target: what passes through lies nowhere else, and the name comes at the end.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sheet-") as folder:
            part = Path(folder) / "new.xlsx"
            _write(part, sheets, folder)
            durable.rename(part, target)
    except OSError as failure:
        raise SheetNotSavedError(file=target) from failure
    return target


def yuan(amount: Money) -> Decimal:
    """The exact number of 元. A float would be written with sixteen digits: 72.34999999999999."""
    return Decimal(amount.fen).scaleb(-2)


def day_number(day: date) -> float:
    """The day, with its time if it has one, as sheets count."""
    count: float = day.toordinal() - _DAY_ZERO
    if isinstance(day, datetime):
        at = day.time()
        count += (at.hour * 3600 + at.minute * 60 + at.second) / _DAY_SECONDS
    return count


def _write(part: Path, sheets: Sequence[Sheet], folder: str) -> None:
    # Loaded when somebody saves a sheet: the window starts faster without it.
    import xlsxwriter  # noqa: PLC0415

    book = xlsxwriter.Workbook(
        str(part), {"constant_memory": True, "tmpdir": folder, "default_date_format": "yyyy-mm-dd"}
    )
    first = sheets[0]
    made_at = datetime.combine(first.made_on, time())
    book.set_properties({"title": first.title, "company": first.unit, "created": made_at})
    styles = _Styles(book)
    try:
        try:
            for sheet in sheets:
                _write_sheet(book.add_worksheet(sheet.name), sheet, styles)
        finally:
            # Closed in any case: an open book keeps its passing files open.
            book.close()
    except xlsxwriter.exceptions.FileCreateError as failure:  # pragma: no cover - a full disk
        raise OSError from failure


class _Styles:
    """The few formats of a book."""

    def __init__(self, book: "Workbook") -> None:
        cell = {"border": 1, "valign": "vcenter", "font_name": "宋体", "font_size": 10}
        number = {**cell, "align": "right"}
        self.title = book.add_format(
            {"bold": True, "font_size": 16, "font_name": "宋体", "align": "center"}
        )
        self.line = book.add_format({"font_name": "宋体", "font_size": 10})
        self.head = book.add_format(
            {**cell, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#EDEDED"}
        )
        looks: dict[CellKind, dict[str, Any]] = {
            CellKind.TEXT: {**cell, "num_format": "@", "text_wrap": True},
            CellKind.COUNT: {**number, "num_format": "0"},
            CellKind.AMOUNT: {**number, "num_format": "#,##0.00;[Red]-#,##0.00"},
            CellKind.DAY: {**cell, "align": "center", "num_format": "yyyy-mm-dd"},
            CellKind.INSTANT: {**cell, "align": "center", "num_format": "yyyy-mm-dd hh:mm"},
        }
        self.cells = {kind: book.add_format(look) for kind, look in looks.items()}
        self.sums = {
            kind: book.add_format({**look, "bold": True, "top": 2}) for kind, look in looks.items()
        }


def _write_sheet(page: "Worksheet", sheet: Sheet, styles: _Styles) -> None:
    last = len(sheet.columns) - 1
    for position, column in enumerate(sheet.columns):
        page.set_column(position, position, column.width)
    _set_up_print(page, sheet)
    page.set_row(0, _TITLE_HEIGHT)
    page.merge_range(0, 0, 0, last, sheet.title, styles.title)
    page.write_string(1, 0, f"{sheet.unit}　　{sheet.period}　　金额单位：元", styles.line)
    page.set_row(2, 2 * _LINE_HEIGHT)
    for position, column in enumerate(sheet.columns):
        page.write_string(2, position, column.title, styles.head)
    row = _write_rows(page, sheet, styles)
    if sheet.totals:
        for write, cell in zip(_writers(page, sheet, styles.sums), sheet.totals, strict=True):
            write(row, cell)
        row += 1
    for line in sheet.footer:
        page.write_string(row, 0, line, styles.line)
        row += 1
    page.print_area(0, 0, row - 1, last)


def _set_up_print(page: "Worksheet", sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(_A3 if sheet.paper is SheetPaper.A3 else _A4)
    page.set_margins(**_MARGINS_INCH)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    page.set_footer("&L&A&C第 &P 页，共 &N 页&R" + f"{sheet.made_on:%Y-%m-%d}")
    page.freeze_panes(3, sheet.frozen)


def _write_rows(page: "Worksheet", sheet: Sheet, styles: _Styles) -> int:
    writers = _writers(page, sheet, styles.cells)
    row = 3
    for cells in sheet.rows:
        if row >= ROWS_MAX:
            raise SheetRowsError(most=ROWS_MAX)
        for write, cell in zip(writers, cells, strict=True):
            write(row, cell)
        row += 1
    return row


_Writer = Callable[[int, Cell], None]


def _writers(page: "Worksheet", sheet: Sheet, looks: "dict[CellKind, Format]") -> list[_Writer]:
    return [_writer(page, position, column, looks) for position, column in enumerate(sheet.columns)]


def _writer(
    page: "Worksheet", position: int, column: SheetColumn, looks: "dict[CellKind, Format]"
) -> _Writer:
    # Never `write`: it would turn 18 digits into a number, = into a formula and http into a link.
    look, text_look = looks[column.kind], looks[CellKind.TEXT]
    put_text, put_number, put_blank = page.write_string, page.write_number, page.write_blank

    def write(row: int, cell: Cell) -> None:
        if cell is None or cell == "":
            put_blank(row, position, None, look)
        elif type(cell) is str:
            if len(cell) > TEXT_CHARACTERS_MAX:
                raise SheetTextError(column=column.title, most=TEXT_CHARACTERS_MAX)
            put_text(row, position, cell, text_look)
        elif isinstance(cell, Money):
            put_number(row, position, yuan(cell), look)
        elif isinstance(cell, date):
            put_number(row, position, day_number(cell), look)
        else:
            put_number(row, position, cell, look)

    return write
