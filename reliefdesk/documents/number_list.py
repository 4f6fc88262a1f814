"""What became of every receipt number (领款单号码去向表): none is missing, void ones count zero.

Names stand masked, as the list leaves the drawer (domain.md §3.13). Gaps are looked for here too.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import (
    Book,
    draw_below,
    draw_blank_rest,
    draw_page_number,
    draw_standing,
)
from reliefdesk.documents.page import A4_LANDSCAPE, Align, Box, Ink, Paper, Sheet, Type
from reliefdesk.documents.table import Band, Column, Table, pages_of
from reliefdesk.domain.money import total
from reliefdesk.domain.receipts import NumberRow, ReceiptState

_PLACE = Box(18, 30, 267, 150)
_HEAD = 9.0
_ROW = 6.0
_CELL = Type(size=7.5)
_UNDONE = frozenset({ReceiptState.VOID, ReceiptState.REVERSED})
_COLUMNS = (
    Column("序号", 9, Align.CENTRE),
    Column("领款单号", 38),
    Column("去向", 20, Align.CENTRE),
    Column("开具日期", 20, Align.CENTRE),
    Column("案号", 38),
    Column("领款人", 18),
    Column("开具金额", 19, Align.RIGHT),
    Column("有效金额", 19, Align.RIGHT),
    Column("出纳", 14),
    Column("打印次数", 10, Align.CENTRE),
    Column("作废、红冲原因", 32),
    Column("作废、红冲日期", 20, Align.CENTRE),
    Column("在场人", 14),
    Column("替换号", 38),
    Column("原件存放", 20),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberListFacts:
    """Every number of one office and year, in order."""

    office: str
    year: int
    rows: Sequence[NumberRow]
    made_on: date
    made_by: str
    checked_by: str = ""
    head: str = ""
    training: bool = False


def number_list_pdf(facts: NumberListFacts) -> bytes:
    """The list as a PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="领款单号码去向表", size=A4_LANDSCAPE)
    table = Table(paper, _PLACE, _COLUMNS, _CELL, pad=0.8)
    book = _book(facts)
    bands = [_band(table, serial, row) for serial, row in enumerate(facts.rows, start=1)]
    pages = pages_of(bands, _PLACE.height - _HEAD)
    for number, page in enumerate(pages, start=1):
        with paper.sheet() as sheet:
            sheet.place(paper.part("frame", lambda part: _draw_frame(part, table, book)))
            bottom = table.draw(sheet, _PLACE.top + _HEAD, page)
            draw_page_number(sheet, book, number, len(pages))
            if number == len(pages):
                draw_blank_rest(sheet, book, bottom, _PLACE.bottom)
                draw_below(sheet, book, _closing(facts.rows))
    return paper.pdf()


def missing_serials(rows: Sequence[NumberRow]) -> tuple[int, ...]:
    """Serials between 1 and the highest that no row has; empty for a sound series."""
    found = {row.receipt.serial for row in rows}
    return tuple(sorted(set(range(1, max(found, default=0) + 1)) - found))


def _band(table: Table, serial: int, row: NumberRow) -> Band:
    receipt = row.receipt
    cells = [
        str(serial),
        receipt.receipt_no,
        receipt.state.label,
        receipt.issued_on.isoformat(),
        row.case_no,
        row.name,
        row.amount.figures,
        row.net.figures,
        row.cashier,
        str(receipt.prints),
        row.reason,
        "" if row.undone_on is None else row.undone_on.isoformat(),
        row.second,
        receipt.replaced_by or "",
        receipt.file_place,
    ]
    ink = Ink.RED if receipt.state in _UNDONE else Ink.BLACK
    return table.band(cells, ink=ink, least=_ROW)


def _book(facts: NumberListFacts) -> Book:
    return Book(
        size=A4_LANDSCAPE,
        place=_PLACE,
        title="领款单号码去向表",
        office=facts.office,
        span=f"{facts.year}年",
        made_by=facts.made_by,
        made_on=facts.made_on,
        checked_by=facts.checked_by,
        head=facts.head,
        training=facts.training,
    )


def _draw_frame(sheet: Sheet, table: Table, book: Book) -> None:
    draw_standing(sheet, book)
    table.draw_head(sheet, _HEAD)


def _closing(rows: Sequence[NumberRow]) -> str:
    counts = Counter(row.receipt.state for row in rows)
    states = "　".join(f"{state.label} {counts[state]}" for state in ReceiptState)
    net = total([row.net for row in rows])
    gaps = "、".join(map(str, missing_serials(rows))) or "无"
    return (
        f"合计 {len(rows)} 号　{states}　缺号：{gaps}"
        f"　　有效金额 ￥{net.figures}（大写）{net.words}"
    )
