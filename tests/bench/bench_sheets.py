"""Excel files of 100,000 rows, out and in, against the libraries alone with the same cells."""

import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import repeat
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from reliefdesk.domain.identity import check_character
from reliefdesk.domain.import_columns import ImportKind
from reliefdesk.domain.money import Money
from reliefdesk.services import imports
from reliefdesk.sheets.workbook import (
    Cell,
    CellKind,
    Sheet,
    SheetColumn,
    day_number,
    write_workbook,
    yuan,
)
from tests import builders
from tests.bench.lines import Line, medians_ms

ROWS = 100_000
_TITLES = {
    "序号": CellKind.COUNT,
    "姓名": CellKind.TEXT,
    "民族": CellKind.TEXT,
    "身份证号": CellKind.TEXT,
    "户籍地": CellKind.TEXT,
    "现住址": CellKind.TEXT,
    "困难类型": CellKind.TEXT,
    "救助事由": CellKind.TEXT,
    "金额": CellKind.AMOUNT,
    "发放日期": CellKind.DAY,
    "发放单位": CellKind.TEXT,
    "领款单号": CellKind.TEXT,
}
_COLUMNS = tuple(SheetColumn(title=title, kind=kind) for title, kind in _TITLES.items())
_LOOKS = {
    CellKind.COUNT: "0",
    CellKind.TEXT: "@",
    CellKind.AMOUNT: "#,##0.00",
    CellKind.DAY: "yyyy-mm-dd",
}


def measure() -> list[Line]:
    """The two figures of sheets that the fifth issue asks for."""
    rows = [_row(number) for number in range(1, ROWS + 1)]
    gc.disable()  # as in the window, where a timer collects
    try:
        with _folder() as folder:
            return [_out(folder, rows), _in(folder, rows)]
    finally:
        gc.enable()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _out(folder: Path, rows: list[list[Cell]]) -> Line:
    plain = [[_plain(cell) for cell in row] for row in rows]
    limit, ours = medians_ms(
        lambda: _write_alone(folder / "alone.xlsx", plain),
        lambda: write_workbook(folder / "ours.xlsx", [_sheet(rows)]),
    )
    return Line(
        figure=f"Excel out, {ROWS:,} rows",
        limit=limit,
        ours=ours,
        goal=1.3,
        limit_is="XlsxWriter alone, same cells, numbers made before",
    )


def _in(folder: Path, rows: list[list[Cell]]) -> Line:
    path = write_workbook(folder / "in.xlsx", [_sheet(rows)])
    made = builders.a_desk(folder / "desk")
    limit, ours = medians_ms(lambda: _read_alone(path), _planning(made, path))
    made.desk.close()
    return Line(
        figure=f"Excel in, {ROWS:,} rows → every row judged",
        limit=limit,
        ours=ours,
        goal=3,
        limit_is="calamine alone",
    )


def _planning(made: builders.TestDesk, path: Path) -> Callable[[], object]:
    context, kind = made.context(), ImportKind.EARLIER

    def plan() -> None:
        file = imports.read_file(path)
        sheet = imports.likely_sheet(file, kind)
        header = imports.header_of(sheet, kind)
        assert header is not None
        matching = imports.matching_of(context, header, kind)
        found = imports.plan(context, (file, sheet), header, matching, kind=kind)
        assert len(found.fresh(doubles_too=False)) == ROWS
        assert not found.reading.problems

    return plan


def _read_alone(path: Path) -> None:
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _write_alone(path: Path, rows: list[list[str | float]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    looks = [
        book.add_format({"border": 1, "valign": "vcenter", "num_format": _LOOKS[kind]})
        for kind in _TITLES.values()
    ]
    for column, title in enumerate(_TITLES):
        page.write_string(0, column, title)
    for place, row in enumerate(rows, start=1):
        for column, (cell, look) in enumerate(zip(row, looks, strict=True)):
            if isinstance(cell, str):
                page.write_string(place, column, cell, look)
            else:
                page.write_number(place, column, cell, look)
    book.close()


def _plain(cell: Cell) -> str | float:
    if isinstance(cell, Money):
        return float(yuan(cell))
    if isinstance(cell, date):
        return day_number(cell)
    return "" if cell is None else cell


def _sheet(rows: list[list[Cell]]) -> Sheet:
    return Sheet(
        name="发放登记",
        title="临时救助发放登记表",
        unit="新华街道办事处",
        period="2020年",
        columns=_COLUMNS,
        rows=rows,
        totals=[*repeat(None, 7), "合计", Money(ROWS), *repeat(None, 3)],
        footer=("制表：经办甲",),
        made_on=date(2021, 3, 10),
    )


def _row(number: int) -> list[Cell]:
    born = date(1950, 1, 1) + timedelta(days=number % 20_000)
    first = f"640181{born:%Y%m%d}{number % 1000:03d}"
    return [
        number,
        "测试" + chr(0x4E00 + number % 5000),
        ("汉族", "蒙古族", "回族")[number % 3],
        first + check_character(first),
        "宁夏回族自治区银川市兴庆区",
        f"新华街道海拉南路{number % 3000}号",
        ("火灾", "交通事故", "突发重大疾病")[number % 3],
        "租住房屋失火，衣物烧毁，暂无收入来源",
        Money(50_000 + number),
        date(2020, 1, 1) + timedelta(days=number % 366),
        "新华街道",
        f"XJ-150302003-2020-{number:06d}",
    ]
