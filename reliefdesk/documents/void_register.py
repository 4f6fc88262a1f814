"""The register of void numbers (作废登记簿, §3.12): which, why, who, before whom, what next.

The voided sheets are stamped 作废 and kept with the stub; each line leaves room to tick that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import Book
from reliefdesk.documents.book_pages import draw_pages
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.page import A4_LANDSCAPE, Align, Box, Paper, Type
from reliefdesk.documents.table import Band, Column, Table
from reliefdesk.domain.money import total
from reliefdesk.domain.number_fates import NumberFate

_PLACE = Box(18, 30, 267, 150)
_ROW = 8.0
_CELL = Type(size=8.5)
_COLUMNS = (
    Column("序号", 10, Align.CENTRE),
    Column("号码", 49),
    Column("种类", 22, Align.CENTRE),
    Column("处理", 18, Align.CENTRE),
    Column("开具日期", 21, Align.CENTRE),
    Column("处理日期", 21, Align.CENTRE),
    Column("原金额", 22, Align.RIGHT),
    Column("原因", 36),
    Column("经手人", 16),
    Column("在场人", 16),
    Column("替换号", 49),
    Column("各联收回（签章）", 24),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidRegisterFacts:
    """The void, reversed and spoilt numbers of one office and year, in order."""

    head: FormHead
    year: int
    rows: Sequence[NumberFate]
    made_on: date
    made_by: str


def void_register_pdf(facts: VoidRegisterFacts) -> bytes:
    """The register as a PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="作废登记簿", size=A4_LANDSCAPE)
    table = Table(paper, _PLACE, _COLUMNS, _CELL, pad=0.8)
    book = Book(
        size=A4_LANDSCAPE,
        place=_PLACE,
        form=facts.head,
        span=f"{facts.year}年",
        made_by=facts.made_by,
        made_on=facts.made_on,
    )
    bands = [_band(table, place, row) for place, row in enumerate(facts.rows, start=1)]
    draw_pages(paper, book, table, bands, closing=_closing(facts.rows))
    return paper.pdf()


def _band(table: Table, place: int, row: NumberFate) -> Band:
    cells = [
        str(place),
        row.number,
        row.kind.label,
        row.state,
        row.issued_on.isoformat(),
        "" if row.ended_on is None else row.ended_on.isoformat(),
        row.amount.figures,
        row.reason,
        row.who,
        row.second,
        row.link,
        "",
    ]
    return table.band(cells, least=_ROW)


def _closing(rows: Sequence[NumberFate]) -> str:
    amount = total([row.amount for row in rows])
    return f"合计 {len(rows)} 号　原金额 ￥{amount.figures}，均已冲回，有效金额为零"
