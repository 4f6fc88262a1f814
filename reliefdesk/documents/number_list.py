"""What became of every number ever allocated (号码去向表): none is missing, void ones count zero.

Names stand masked, as the list leaves the drawer (RULES.md §3.13). Gaps are looked for here too.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import Book
from reliefdesk.documents.book_pages import draw_pages
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.page import A4_LANDSCAPE, Align, Box, Ink, Paper, Type
from reliefdesk.documents.table import Band, Column, Table
from reliefdesk.domain.number_fates import NumberFate, NumberKind, missing_numbers, net_of

_PLACE = Box(18, 30, 267, 150)
_ROW = 6.0
_CELL = Type(size=7.5)
_COLUMNS = (
    Column("序号", 9, Align.CENTRE),
    Column("号码", 38),
    Column("种类", 15, Align.CENTRE),
    Column("去向", 16, Align.CENTRE),
    Column("开具日期", 19, Align.CENTRE),
    Column("案号", 38),
    Column("领（交）款人", 16),
    Column("开具金额", 19, Align.RIGHT),
    Column("有效金额", 19, Align.RIGHT),
    Column("出纳", 13),
    Column("打印次数", 9, Align.CENTRE),
    Column("原因", 30),
    Column("处理日期", 19, Align.CENTRE),
    Column("在场人", 13),
    Column("关联号", 38),
    Column("原件存放", 18),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberListFacts:
    """Every number of one office and year, in order."""

    head: FormHead
    year: int
    rows: Sequence[NumberFate]
    made_on: date
    made_by: str
    checked_by: str = ""
    chief: str = ""


def number_list_pdf(facts: NumberListFacts) -> bytes:
    """The list as a PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="号码去向表", size=A4_LANDSCAPE)
    table = Table(paper, _PLACE, _COLUMNS, _CELL, pad=0.8)
    book = _book(facts)
    bands = [_band(table, serial, row) for serial, row in enumerate(facts.rows, start=1)]
    draw_pages(paper, book, table, bands, closing=_closing(facts.rows))
    return paper.pdf()


def _band(table: Table, serial: int, row: NumberFate) -> Band:
    cells = [
        str(serial),
        row.number,
        row.kind.label,
        row.state,
        row.issued_on.isoformat(),
        row.case_no,
        row.name,
        row.amount.figures,
        row.net.figures,
        row.who,
        str(row.prints),
        row.reason,
        "" if row.ended_on is None else row.ended_on.isoformat(),
        row.second,
        row.link,
        row.file_place,
    ]
    return table.band(cells, ink=Ink.RED if row.is_undone else Ink.BLACK, least=_ROW)


def _book(facts: NumberListFacts) -> Book:
    return Book(
        size=A4_LANDSCAPE,
        place=_PLACE,
        form=facts.head,
        span=f"{facts.year}年",
        made_by=facts.made_by,
        made_on=facts.made_on,
        checked_by=facts.checked_by,
        chief=facts.chief,
    )


def _closing(rows: Sequence[NumberFate]) -> str:
    counts = Counter(row.state for row in rows)
    states = "　".join(f"{state} {count}" for state, count in counts.items())
    paid = net_of(rows, NumberKind.RECEIPT, NumberKind.PAD)
    back = net_of(rows, NumberKind.REPAYMENT)
    returned = f"　收回 ￥{back.figures}" if back.fen else ""
    gaps = "、".join(missing_numbers(rows)) or "无"
    return (
        f"合计 {len(rows)} 号　{states}　缺号：{gaps}"
        f"　　有效金额 ￥{paid.figures}（大写）{paid.words}{returned}"
    )
