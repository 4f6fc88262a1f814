"""A book of one list: its frame on every page, its rows, and the closing line on the last."""

from collections.abc import Sequence

from reliefdesk.documents.book import (
    Book,
    draw_below,
    draw_blank_rest,
    draw_page_number,
    draw_standing,
)
from reliefdesk.documents.page import Paper, Sheet
from reliefdesk.documents.table import Band, Table, pages_of

HEAD = 9.0
"""The height of the labels above the rows, in millimetres."""


def draw_pages(
    paper: Paper, book: Book, table: Table, bands: Sequence[Band], *, closing: str
) -> None:
    """Draw all rows; the table stands in `book.place`, the rest of the last page is closed."""
    place = book.place
    pages = pages_of(bands, place.height - HEAD)
    for number, page in enumerate(pages, start=1):
        with paper.sheet() as sheet:
            sheet.place(paper.part("frame", lambda part: _draw_frame(part, table, book)))
            bottom = table.draw(sheet, place.top + HEAD, page)
            draw_page_number(sheet, book, number, len(pages))
            if number == len(pages):
                draw_blank_rest(sheet, book, bottom, place.bottom)
                draw_below(sheet, book, closing)


def _draw_frame(sheet: Sheet, table: Table, book: Book) -> None:
    draw_standing(sheet, book)
    table.draw_head(sheet, HEAD)
