"""The list a spot check was drawn from (抽查名单): every case, the drawn ones marked.

With the seed it lets whoever holds the paper redo the draw (RULES.md §3.12).
"""

from collections.abc import Iterator

from reliefdesk.documents.book import Book, draw_below, draw_page_number, draw_standing
from reliefdesk.documents.page import Align, Box, Paper, Type
from reliefdesk.documents.table import Band, Column, Table, pages_of
from reliefdesk.domain.checks import AmountClass, CheckLine, Draw

CHECK_LIST = Box(10, 30, 277, 155)
"""The place of the list on its page."""
ANYBODY = "凭种子和名单，任何人都能重抽核对。"
_HEAD, _ROW = 7.0, 5.0
_ABREAST = 2
_CELL = Type(size=8.5)
_COLUMNS = (
    Column("案号", 50),
    Column("单位代码", 24, Align.CENTRE),
    Column("类别", 22, Align.CENTRE),
    Column("抽中", 14, Align.CENTRE),
) * _ABREAST


class CheckList:
    """The pages of the list, to be drawn once it is known where they stand in the paper."""

    def __init__(self, paper: Paper, drawn: Draw) -> None:
        """Raises MissingGlyphError."""
        self._paper = paper
        self._table = Table(paper, CHECK_LIST, _COLUMNS, _CELL, pad=0.7)
        self.pages = pages_of(list(_bands(self._table, drawn)), CHECK_LIST.height - _HEAD)

    def draw(self, book: Book, *, first: int, count: int) -> None:
        """Draw the pages, numbered from `first` of `count` on."""
        top = CHECK_LIST.top + _HEAD
        for number, page in enumerate(self.pages, start=first):
            with self._paper.sheet() as sheet:
                draw_standing(sheet, book)
                bottom = top + sum(band.height for band in page)
                self._table.draw_head(sheet, _HEAD, bottom=bottom)
                self._table.draw(sheet, top, page)
                draw_page_number(sheet, book, number, count)
                draw_below(sheet, book, f"类别：发放方式或结果、金额档（{_sizes()}）。{ANYBODY}")


def _bands(table: Table, drawn: Draw) -> Iterator[Band]:
    chosen = frozenset(drawn.drawn)
    for start in range(0, len(drawn.lines), _ABREAST):
        lines = drawn.lines[start : start + _ABREAST]
        cells = [text for line in lines for text in _cells(line, line.case_no in chosen)]
        yield table.band(cells + [""] * (len(_COLUMNS) - len(cells)), least=_ROW)


def _cells(line: CheckLine, is_drawn: object) -> tuple[str, ...]:
    return line.case_no, line.office, line.stratum, "抽中" if is_drawn else ""


def _sizes() -> str:
    return "；".join(f"{each.value}为{each.label}" for each in AmountClass)
