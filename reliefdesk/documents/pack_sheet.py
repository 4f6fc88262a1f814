"""The reimbursement pack (报账单): list, totals in figures and words, copies of each 第二联.

The copies are marked as such: only the signed original 第二联 attached to the list is a voucher.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import Book, day_text
from reliefdesk.documents.book_pages import draw_pages
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.page import A4_LANDSCAPE, Align, Box, Ink, Paper, Type
from reliefdesk.documents.receipt import draw_second_copies
from reliefdesk.documents.receipt_facts import ReceiptFacts
from reliefdesk.documents.table import Band, Column, Table
from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.money import Money, total

_PLACE = Box(18, 30, 261, 150)
_ROW = 7.0
_CELL = Type(size=9)
_COLUMNS = (
    Column("序号", 10, Align.CENTRE),
    Column("领款单号", 44),
    Column("日期", 22, Align.CENTRE),
    Column("领款人", 26),
    Column("证件号", 38),
    Column("案号", 44),
    Column("事由", 22),
    Column("经费来源", 26),
    Column("金额（元）", 26, Align.RIGHT),
    Column("答复", 18, Align.CENTRE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSheetLine:
    """One receipt; a red entry is negative. `fate` is '' until finance answers."""

    place: int
    receipt_no: ReceiptNo
    on: date
    name: str
    document_number: str
    case_no: str
    cause: str
    fund: str
    amount: Money
    fate: str
    receipt: ReceiptFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSheetFacts:
    """One pack of one office."""

    head: FormHead
    pack_no: str
    since: date
    until: date
    lines: Sequence[PackSheetLine]
    made_on: date
    made_by: str


def pack_sheet_pdf(facts: PackSheetFacts) -> bytes:
    """List and copies in one PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="报账单", size=A4_LANDSCAPE)
    table = Table(paper, _PLACE, _COLUMNS, _CELL, pad=0.8)
    book = Book(
        size=A4_LANDSCAPE,
        place=_PLACE,
        form=facts.head,
        span=f"{facts.pack_no}　{day_text(facts.since)}至{day_text(facts.until)}",
        made_by=facts.made_by,
        made_on=facts.made_on,
        signers=("出纳", "财务审核", "负责人"),
    )
    bands = [_band(table, line) for line in facts.lines]
    draw_pages(paper, book, table, bands, closing=_closing(facts.lines))
    draw_second_copies(paper, [line.receipt for line in facts.lines])
    return paper.pdf()


def _band(table: Table, line: PackSheetLine) -> Band:
    cells = (
        str(line.place),
        line.receipt_no,
        line.on.isoformat(),
        line.name,
        line.document_number,
        line.case_no,
        line.cause,
        line.fund,
        line.amount.figures,
        line.fate,
    )
    return table.band(cells, ink=Ink.RED if line.amount.fen < 0 else Ink.BLACK, least=_ROW)


def _closing(lines: Sequence[PackSheetLine]) -> str:
    amount = total([line.amount for line in lines])
    return f"附单据第二联 {len(lines)} 张　合计 ￥{amount.figures}（大写）{amount.words}"
