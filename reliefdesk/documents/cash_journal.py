"""The cash journal (现金日记账): A4 landscape, carried from page to page, pages numbered on.

Lines and totals come computed, so that screen and paper agree; only 承前页 and 过次页, which depend
on the paper, are made in `journal_pages`. Sources: RULES.md §3.8; 会计基础工作规范 on red entries.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import (
    Book,
    day_text,
    draw_below,
    draw_blank_rest,
    draw_page_number,
    draw_standing,
)
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.journal_pages import ROOM, journal_pages
from reliefdesk.documents.page import A4_LANDSCAPE, Align, Box, Paper, Sheet, Type
from reliefdesk.documents.table import Column, Table
from reliefdesk.domain.cash import CashJournal

_PLACE = Box(18, 30, 267, 150)
_HEAD = _PLACE.height - ROOM
_CELL = Type(size=9)
_COLUMNS = (
    Column("年", 11, Align.CENTRE),
    Column("月", 8, Align.CENTRE),
    Column("日", 8, Align.CENTRE),
    Column("凭证种类", 18, Align.CENTRE),
    Column("凭证号", 50),
    Column("摘要", 66),
    Column("对方科目", 32),
    Column("收入（借方）", 26, Align.RIGHT),
    Column("支出（贷方）", 26, Align.RIGHT),
    Column("余额", 27, Align.RIGHT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashJournalFacts:
    """The journal of some days; `first_page` continues the numbering of an earlier print.

    `drawer_of` names the cashier whose drawer it is; empty for the whole office.
    """

    head: FormHead
    journal: CashJournal
    made_on: date
    cashier: str
    drawer_of: str = ""
    checked_by: str = ""
    chief: str = ""
    first_page: int = 1


def cash_journal_pdf(facts: CashJournalFacts) -> bytes:
    """The journal as a PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="现金日记账", size=A4_LANDSCAPE)
    table = Table(paper, _PLACE, _COLUMNS, _CELL, pad=1.2)
    book = _book(facts)
    pages = journal_pages(table, facts.journal.lines)
    count = facts.first_page + len(pages) - 1
    for number, page in enumerate(pages, start=facts.first_page):
        with paper.sheet() as sheet:
            sheet.place(paper.part("frame", lambda part: _draw_frame(part, table, book)))
            bottom = table.draw(sheet, _PLACE.top + _HEAD, page)
            draw_page_number(sheet, book, number, count)
            if number == count:
                draw_blank_rest(sheet, book, bottom, _PLACE.bottom)
                draw_below(sheet, book, _closing(facts.journal))
    return paper.pdf()


def _book(facts: CashJournalFacts) -> Book:
    journal = facts.journal
    of = f"出纳：{facts.drawer_of}　　" if facts.drawer_of else ""
    return Book(
        size=A4_LANDSCAPE,
        place=_PLACE,
        form=facts.head,
        span=f"{of}{day_text(journal.since)}至{day_text(journal.until)}",
        made_by=facts.cashier,
        made_on=facts.made_on,
        checked_by=facts.checked_by,
        chief=facts.chief,
        signers=("出纳", "复核", "负责人"),
    )


def _draw_frame(sheet: Sheet, table: Table, book: Book) -> None:
    draw_standing(sheet, book)
    table.draw_head(sheet, _HEAD)


def _closing(journal: CashJournal) -> str:
    return (
        f"期初余额 ￥{journal.opening.figures}　　本期收入 ￥{journal.sums.income.figures}"
        f"　　本期支出 ￥{journal.sums.outgo.figures}　　期末余额 ￥{journal.closing.figures}"
        f"　（大写）{journal.closing.words}"
    )
