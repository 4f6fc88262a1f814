"""The key card (按键卡): which key does what and where, to lie beside the keyboard.

It prints the list that the window itself obeys, so that card and window cannot differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reliefdesk.documents.page import A4, Align, Box, Paper, Type
from reliefdesk.documents.table import Column, Table, pages_of

_PLACE = Box(20, 34, 170, 240)
_HEAD = 10.0
_ROW = 8.2
_COLUMNS = (
    Column("按键", 45, Align.CENTRE),
    Column("作用", 75),
    Column("在哪里用", 50),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """One key, the command as its button says it, and the page where it holds."""

    key: str
    command: str
    place: str


def key_card_pdf(lines: Sequence[KeyLine]) -> bytes:
    """The card as a PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="按键卡", size=A4)
    table = Table(paper, _PLACE, _COLUMNS, Type(size=12), pad=2)
    bands = [table.band((line.key, line.command, line.place), least=_ROW) for line in lines]
    pages = pages_of(bands, _PLACE.height - _HEAD)
    for number, page in enumerate(pages, start=1):
        with paper.sheet() as sheet:
            title = Type(size=22, align=Align.CENTRE, bold=True)
            sheet.text(Box(20, 16, 170, 12), "键盘按键卡", title)
            mark = Type(size=9.5, align=Align.RIGHT)
            sheet.text(Box(140, 27, 50, 5), f"第{number}页　共{len(pages)}页", mark)
            bottom = table.draw(sheet, _PLACE.top + _HEAD, page)
            table.draw_head(sheet, _HEAD, bottom=bottom)
    return paper.pdf()
