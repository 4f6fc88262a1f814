"""A long ruled table: cells measured and wrapped before drawing, one text object a page.

Title, labels and upright rules are drawn once and placed on every page; only texts and level rules
differ. A cell of more lines than a row may have ends with （余见案卷）.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reliefdesk.documents.fonts import visible
from reliefdesk.documents.lines import LEADING, refer
from reliefdesk.documents.page import POINTS, Align, Box, Ink, Paper, Sheet, Type
from reliefdesk.documents.tags import PARAGRAPH

_PAD = 0.5
_CENTRE = 0.38
_FINE = 0.35
_HEAVY = 1.0
_LINES_MOST = 16
"""Room for a reason of three lines in a narrow column."""


class Column(NamedTuple):
    """One column: its label, its share of the width, and where its texts stand."""

    label: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One measured row: the lines of each cell, its height in millimetres, its colour."""

    cells: tuple[tuple[str, ...], ...]
    height: float
    ink: Ink


class Table:
    """A table standing in `place`, its head included; `kind` is the type of the cells."""

    def __init__(
        self,
        paper: Paper,
        place: Box,
        columns: Sequence[Column],
        kind: Type,
        *,
        pad: float = _PAD,
        lines_most: int = _LINES_MOST,
    ) -> None:
        """Share the width of `place` among the columns; `pad` is the room beside each text.

        A cell of more than `lines_most` lines refers to the file.
        """
        self.place = place
        self.columns = tuple(columns)
        self._paper = paper
        self._kind = kind
        self._pad = pad
        self._most = lines_most
        self._widths = paper.fonts.widths[kind.face]
        share = place.width / sum(column.width for column in columns)
        self._rooms = tuple(column.width * share for column in columns)
        self._lefts = tuple(
            place.left + sum(self._rooms[:index]) for index in range(len(self._rooms))
        )
        self._wrapped: tuple[dict[str, tuple[str, ...]], ...] = tuple({} for _ in columns)
        self._shown: dict[str, tuple[str, float]] = {}

    def band(self, cells: Iterable[str], *, ink: Ink = Ink.BLACK, least: float = 0) -> Band:
        """Measure one row; `least` is its least height in millimetres. Raises MissingGlyphError."""
        lines: list[tuple[str, ...]] = []
        most = 1
        for wrapped, room, text in zip(self._wrapped, self._rooms, cells, strict=True):
            found = wrapped.get(text)
            if found is None:
                found = wrapped[text] = self._lines(text, room)
            lines.append(found)
            most = max(most, len(found))
        height = most * self._kind.size * LEADING / POINTS + 2 * _PAD
        return Band(cells=tuple(lines), height=max(height, least), ink=ink)

    def cell(self, column: int, top: float, height: float) -> Box:
        """The room for text in one cell of a row that is drawn by hand."""
        return Box(self._lefts[column], top, self._rooms[column], height).inset(self._pad, 0)

    def draw_head(self, sheet: Sheet, height: float, *, bottom: float | None = None) -> None:
        """Frame, labels and upright rules down to `bottom`, or the lower edge of the table."""
        place = self.place
        if bottom is not None:
            place = place._replace(height=bottom - place.top)
        sheet.frame(place, _HEAVY)
        for column, left, room in zip(self.columns, self._lefts, self._rooms, strict=True):
            cell = Box(left, place.top, room, height)
            label = self._kind._replace(align=Align.CENTRE, bold=True)
            sheet.text(cell.inset(self._pad / 2, 0), column.label, label)
            if left > place.left:
                sheet.line((left, place.top), (left, place.bottom), _FINE)
        below = place.top + height
        sheet.line((place.left, below), (place.right, below), _HEAVY * 0.7)

    def draw(self, sheet: Sheet, top: float, bands: Sequence[Band]) -> float:
        """Rows from `top` on, each with a rule below it; the lower edge of the last."""
        texts: list[str] = []
        rules: list[str] = []
        for band in bands:
            self._set(sheet, band, top, texts)
            top += band.height
            start = sheet.point(self.place.left, top)
            rules.append(f"{start} m {sheet.point(self.place.right, top)} l")
        if bands:
            sheet.decoration(f"{_FINE} w {' '.join(rules)} S")
            with sheet.tagged(PARAGRAPH):
                sheet.operators.append(f"BT {chr(10).join(texts)} ET")
        return top

    def _set(self, sheet: Sheet, band: Band, top: float, texts: list[str]) -> None:
        size = self._kind.size
        step = size * LEADING
        middle = sheet.up(top + band.height / 2) - _CENTRE * size
        if band.ink is not Ink.BLACK:
            texts.append(band.ink.value[0])
        cells = zip(self.columns, self._lefts, self._rooms, band.cells, strict=True)
        for column, left, room, lines in cells:
            base = middle + step * (len(lines) - 1) / 2
            for line in lines:
                shown, width = self._showing(line)
                start = (left + self._pad) * POINTS
                if column.align is not Align.LEFT:
                    spare = (room - 2 * self._pad) * POINTS - width
                    start += spare if column.align is Align.RIGHT else spare / 2
                texts.append(f"1 0 0 1 {start:.2f} {base:.2f} Tm {shown}")
                base -= step
        if band.ink is not Ink.BLACK:
            texts.append(Ink.BLACK.value[0])

    def _showing(self, line: str) -> tuple[str, float]:
        found = self._shown.get(line)
        if found is None:
            size = self._kind.size
            width = sum(map(self._widths.__getitem__, line)) * size
            shown = self._paper.codes[self._kind.face].shown(line, size)
            found = self._shown[line] = (shown, width)
        return found

    def _lines(self, text: str, room: float) -> tuple[str, ...]:
        if not text:
            return ()
        width = (room - 2 * self._pad) * POINTS / self._kind.size
        return refer(visible(text), self._widths, width, self._most)


def pages_of(bands: Sequence[Band], room: float) -> list[list[Band]]:
    """Rows by page, as many as `room` millimetres hold; at least one page."""
    pages: list[list[Band]] = [[]]
    used = 0.0
    for band in bands:
        if pages[-1] and used + band.height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(band)
        used += band.height
    return pages
