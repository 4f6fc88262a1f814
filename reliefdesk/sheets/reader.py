"""Reads a spreadsheet in a process of its own: a file that breaks the reader breaks nothing else.

One stray cell at the far corner of a sheet makes the library ask for 500 GB and end its process;
here that process is not the desk. Bytes come by stdin, cells go out by stdout as msgpack.
"""

import gc
import io
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from reliefdesk.sheets.packing import BROKEN, DAY_CODE, FAR, INSTANT_CODE, READ, TEXT_CODE

MEMORY_MAX_BYTES = 3 * 1024**3
CELLS_MAX = 6_000_000
_PLAIN = frozenset({str, float, int, bool})


def main(
    receive: Callable[[], bytes] | None = None,
    send: Callable[[bytes], object] | None = None,
    *,
    limit: Callable[[], object] | None = None,
) -> None:
    """Answer with `[outcome, sheets]`; a sheet is `[name, rows, merged cells]`.

    Without arguments: from stdin to stdout, within a limit of memory.
    """
    (limit or limit_memory)()
    try:
        answer = sheets_of((receive or sys.stdin.buffer.read)())
    except MemoryError:
        answer = [FAR, []]
    except (CalamineError, ValueError, OverflowError):
        answer = [BROKEN, []]
    (send or sys.stdout.buffer.write)(msgspec.msgpack.encode(answer))


def sheets_of(content: bytes, *, cells_max: int = CELLS_MAX) -> list[Any]:
    """The visible sheets with every cell at its place; raises CalamineError."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = []
    count = 0
    for about in book.sheets_metadata:
        if (
            about.visible is not SheetVisibleEnum.Visible
            or about.typ is not SheetTypeEnum.WorkSheet
        ):
            continue
        sheet = book.get_sheet_by_name(about.name)
        end = sheet.end or (0, 0)
        count += (end[0] + 1) * (end[1] + 1)
        if count > cells_max:
            return [FAR, []]
        rows = [_packed(row) for row in sheet.to_python(skip_empty_area=False)]
        sheets.append([about.name, rows, sheet.merged_cell_ranges or []])
    return [READ, sheets]


def _packed(row: list[Any]) -> list[Any]:
    return [cell if type(cell) in _PLAIN else _tagged(cell) for cell in row]


def _tagged(cell: date | datetime | time | timedelta) -> msgspec.msgpack.Ext:
    if isinstance(cell, datetime):
        return msgspec.msgpack.Ext(INSTANT_CODE, cell.isoformat().encode())
    if isinstance(cell, date):
        return msgspec.msgpack.Ext(DAY_CODE, cell.isoformat().encode())
    return msgspec.msgpack.Ext(TEXT_CODE, str(cell).encode())


def limit_memory() -> None:
    """Let this process have no more than a spreadsheet can need; Windows knows no such limit."""
    if sys.platform != "win32":  # pragma: no branch - measured on Linux
        import resource  # noqa: PLC0415 - exists only there

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX_BYTES, MEMORY_MAX_BYTES))


if __name__ == "__main__":  # pragma: no cover - runs in its own process
    gc.disable()  # it answers once and ends
    main()
