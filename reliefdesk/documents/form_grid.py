"""Parts of official forms: cells of label and value, boxes to tick, tables, opinions to be signed.

A row is as high as its longest cell needs at full size, so nothing shrinks, wraps out of its cell
or is cut. Boxes (□ ☑) are drawn, never glyphs: a missing glyph looks like a ticked box.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from reliefdesk.clock import shanghai_time
from reliefdesk.documents.book import day_text
from reliefdesk.documents.fonts import Face, paper_fonts, visible
from reliefdesk.documents.form_page import LEFT, WIDTH, Block
from reliefdesk.documents.lines import LEADING, wrap
from reliefdesk.documents.page import POINTS, Align, Box, Sheet, Type
from reliefdesk.documents.table import Column
from reliefdesk.documents.tags import CELL, HEAD_CELL
from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term

ROW = 8.0
"""The least height of a row in millimetres, room enough to write by hand."""
SEAL = 45.0
"""The clear square for a round seal of 42 mm."""
_FINE = 0.5
_PAD_ACROSS, _PAD_DOWN = 1.2, 0.9
_TICK = 3.1
_TICK_GAP, _OPTION_GAP = 1.0, 4.0
_LINES_MOST = 24
_HAND = 22.0
"""The least room for a signature in millimetres."""
_LABEL_WIDTH = 24.0
_VALUE = Type(size=10.5)
_LABEL = Type(size=10.5, align=Align.CENTRE)
_HEAD = Type(size=10, face=Face.HEI, align=Align.CENTRE)
_SMALL = Type(size=9.5)
_SENTENCE = re.compile(r"(?<=[。；！？])")


class Option(NamedTuple):
    """A box to tick and its words."""

    text: str
    ticked: bool = False


class Cell(NamedTuple):
    """A cell of a row: words or options; `width` 0 shares what the others leave."""

    text: str = ""
    width: float = 0
    kind: Type = _VALUE
    options: tuple[Option, ...] = ()


def label(text: str, width: float = _LABEL_WIDTH) -> Cell:
    """What the next cell is about."""
    return Cell(text, width, _LABEL)


def value(text: str, width: float = 0) -> Cell:
    """What is known; '' leaves room to write."""
    return Cell(text, width)


def choices(options: Iterable[Option], width: float = 0) -> Cell:
    """Boxes to tick, one after the other."""
    return Cell("", width, _VALUE, tuple(options))


def terms(every: Iterable[Term], chosen: Term | None, width: float = 0) -> Cell:
    """A closed list as boxes, the chosen one ticked; None leaves all open."""
    return choices((Option(term.label, term is chosen) for term in every), width)


def pairs(*parts: tuple[str, str, float]) -> Block:
    """A row of label, value and the value's width in millimetres (0 takes the rest)."""
    return row(*(cell for name, text, width in parts for cell in (label(name), value(text, width))))


def minute_text(at: datetime | None) -> str:
    """`2021年3月10日 09:05` in local time, or '' for none."""
    if at is None:
        return ""
    local = shanghai_time(at)
    return f"{day_text(local.date())} {local:%H:%M}"


def amount_text(amount: Money | None) -> str:
    """Figures and capital words of one amount, or '' for none."""
    return "" if amount is None else f"￥{amount.figures}　{amount.words}"


def row(*cells: Cell, least: float = ROW) -> Block:
    """One row of cells, as high as the longest needs."""
    widths = _widths(cells)
    heights = (_height(cell, width) for cell, width in zip(cells, widths, strict=True))
    height = max(least, *heights)

    def draw(sheet: Sheet, top: float) -> None:
        left = LEFT
        for cell, width in zip(cells, widths, strict=True):
            box = Box(left, top, width, height)
            sheet.frame(box, _FINE)
            _fill(sheet, box, cell)
            left += width

    return Block(height=height, draw=draw, framed=True)


def text_rows(head: str, text: str, *, least: float = ROW) -> list[Block]:
    """A label and free text of any length: long text goes on in further rows, never cut."""
    width = WIDTH - _LABEL_WIDTH - 2 * _PAD_ACROSS
    parts = list(_parts(visible(text), width))
    labels = [head, *[f"{head}（续）"] * (len(parts) - 1)]
    return [
        row(label(name), value(part), least=least) for name, part in zip(labels, parts, strict=True)
    ]


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], *, least_rows: int = 0
) -> list[Block]:
    """A small table whose head is repeated on a new page; empty rows fill it up to `least_rows`."""
    share = WIDTH / sum(column.width for column in columns)
    head = row(*(Cell(column.label, column.width * share, _HEAD) for column in columns), least=7)
    texts = [tuple(texts) for texts in rows]
    texts += [("",) * len(columns)] * (least_rows - len(texts))
    body = [
        row(
            *(
                Cell(text, column.width * share, _VALUE._replace(size=10, align=column.align))
                for column, text in zip(columns, cells, strict=True)
            )
        )
        for cells in texts
    ]
    return [
        head,
        *(replace(each, again=head) for each in body),
    ]


def banner(text: str) -> Block:
    """A row that names the part below it."""
    return row(Cell(text, WIDTH, _HEAD), least=7)


def opinion(
    head: str, text: str, signs: Sequence[str], *, seal: str = "", least: float = 24
) -> Block:
    """What an officer or the applicant says, lines to sign below it, and room for a seal.

    `seal` names the stamp; its square of 45 mm stays clear of everything.
    """
    body = WIDTH - _LABEL_WIDTH
    room = body - (SEAL + 7 if seal else 0)
    words = Cell(text, room, _VALUE)
    signing = len(signs) * 8.0
    height = max(least, _height(words, room) + signing + 1, SEAL + 8 if seal else 0)

    def draw(sheet: Sheet, top: float) -> None:
        name = Box(LEFT, top, _LABEL_WIDTH, height)
        sheet.frame(name, _FINE)
        _fill(sheet, name, label(head))
        place = Box(LEFT + _LABEL_WIDTH, top, body, height)
        sheet.frame(place, _FINE)
        above = place._replace(width=room, height=_height(words, room))
        with sheet.tagged(CELL):
            _draw_cell(sheet, above, words)
            for index, sign in enumerate(signs):
                line = Box(place.left + 1.5, place.bottom - signing + index * 8, room - 3, 7)
                signature(sheet, line, sign)
            if seal:
                below = Box(place.right - SEAL - 4, place.bottom - 6.5, SEAL, 5.5)
                sheet.text(below, f"（{seal}）", _SMALL._replace(align=Align.CENTRE))

    return Block(height=height, draw=draw, framed=True)


def on_new_page(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, the first of them at the top of a page."""
    return [replace(block, fresh=index == 0) for index, block in enumerate(blocks)]


def signature(sheet: Sheet, box: Box, words: str) -> None:
    """`审核人（签字）：____　　年　　月　　日` in one line, the rule as long as the box allows."""
    named = f"{words}："
    size = _VALUE.size
    day = "　　年　　月　　日"
    sheet.text(box, day, _VALUE._replace(align=Align.RIGHT))
    end = box.right - _across(day, size) + 2
    room = min(_across(named, size) + 0.05, end - box.left - _HAND)
    sheet.text(box._replace(width=room), named, _VALUE._replace(whole=True))
    start = box.left + room + 0.5
    sheet.line((start, box.bottom - 1.2), (end, box.bottom - 1.2), _FINE)


def tick_box(sheet: Sheet, box: Box, option: Option, kind: Type = _VALUE) -> None:
    """One box to tick, drawn, and its words to the right of it."""
    side = Box(box.left, box.top + (box.height - _TICK) / 2, _TICK, _TICK)
    sheet.frame(side, 0.7)
    if option.ticked:
        low = (side.left + _TICK * 0.42, side.bottom - _TICK * 0.18)
        sheet.line((side.left + _TICK * 0.16, side.top + _TICK * 0.5), low, 1.2)
        sheet.line(low, (side.right - _TICK * 0.1, side.top + _TICK * 0.16), 1.2)
    words = Box(side.right + _TICK_GAP, box.top, box.width - _TICK - _TICK_GAP, box.height)
    sheet.text(words, option.text, kind)


def _widths(cells: Sequence[Cell]) -> tuple[float, ...]:
    open_cells = sum(1 for cell in cells if not cell.width)
    rest = WIDTH - sum(cell.width for cell in cells)
    return tuple(cell.width or rest / open_cells for cell in cells)


def _height(cell: Cell, width: float) -> float:
    room = width - 2 * _pad(cell)
    if cell.options:
        lines = _option_lines(cell.options, room)
        return sum(each[0][1].height for each in lines) + 2 * _PAD_DOWN
    return _lines(cell.text, room, cell.kind) * _step(cell.kind) + 2 * _PAD_DOWN


def _pad(cell: Cell) -> float:
    # Six characters of a label stand in one line of its usual cell.
    return _PAD_ACROSS / 2 if cell.kind is _LABEL else _PAD_ACROSS


def _fill(sheet: Sheet, box: Box, cell: Cell) -> None:
    head = cell.kind in {_LABEL, _HEAD}
    said = "　".join(f"{'☑' if one.ticked else '□'}{one.text}" for one in cell.options)
    with sheet.tagged(HEAD_CELL if head else CELL, said):
        _draw_cell(sheet, box, cell)


def _draw_cell(sheet: Sheet, box: Box, cell: Cell) -> None:
    inner = box.inset(_pad(cell), _PAD_DOWN)
    if not cell.options:
        sheet.text(inner, cell.text, cell.kind)
        return
    lines = _option_lines(cell.options, inner.width)
    top = inner.top + (inner.height - sum(each[0][1].height for each in lines)) / 2
    for line in lines:
        for option, place in line:
            tick_box(sheet, place._replace(left=inner.left + place.left, top=top), option)
        top += line[0][1].height


def _option_lines(options: Sequence[Option], room: float) -> list[list[tuple[Option, Box]]]:
    """Options line by line, each with its place from the left edge; a long one wraps."""
    lines: list[list[tuple[Option, Box]]] = []
    left = room + 1
    step = _step(_VALUE)
    for option in options:
        full = _TICK + _TICK_GAP + _across(option.text, _VALUE.size) + 0.05
        if left + full > room:
            lines.append([])
            left = 0.0
        width = min(full, room)
        rows_needed = _lines(option.text, width - _TICK - _TICK_GAP, _VALUE)
        height = max(step * rows_needed, step * 1.1)
        lines[-1].append((option, Box(left, 0, width, height)))
        left += full + _OPTION_GAP
    return lines


def _lines(text: str, room: float, kind: Type) -> int:
    return len(wrap(visible(text), paper_fonts().widths[kind.face], room * POINTS / kind.size))


def _step(kind: Type) -> float:
    return kind.size * LEADING / POINTS


def _across(text: str, size: float) -> float:
    return paper_fonts().width(Face.SONG, visible(text)) * size / POINTS


def _parts(text: str, room: float) -> Iterator[str]:
    part = ""
    for piece in _pieces(text, room):
        if part and _lines(part + piece, room, _VALUE) > _LINES_MOST:
            yield part
            part = ""
        part += piece
    yield part


def _pieces(text: str, room: float) -> Iterator[str]:
    """Sentences, and of a sentence that is too long for one row, as much as a row holds."""
    most = int(room * POINTS / _VALUE.size) * _LINES_MOST // 2
    for sentence in _SENTENCE.split(text):
        for start in range(0, max(1, len(sentence)), most):
            yield sentence[start : start + most]
