"""The cash journal (现金日记账): A4 landscape, carried from page to page, pages numbered on.

Lines and totals come computed, so that screen and paper agree; only 承前页 and 过次页, which depend
on the paper, are made here. Sources: RULES.md §3.8; 会计基础工作规范 on red entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, pairwise

from reliefdesk.documents.book import (
    Book,
    day_text,
    draw_below,
    draw_blank_rest,
    draw_page_number,
    draw_standing,
)
from reliefdesk.documents.page import A4_LANDSCAPE, Align, Box, Ink, Paper, Sheet, Type
from reliefdesk.documents.table import Band, Column, Table
from reliefdesk.domain.cash import (
    CashEntry,
    CashJournal,
    CashKind,
    CashSums,
    JournalLine,
    LineKind,
)
from reliefdesk.domain.money import Money

_PLACE = Box(18, 30, 267, 150)
_HEAD = 9.0
_ROOM = _PLACE.height - _HEAD
_ROW = _ROOM / 21
_CELL = Type(size=9)
_FINE = 1e-6
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
_RECEIVED = frozenset({CashKind.FLOAT_IN, CashKind.OVER, CashKind.HANDOVER_IN})
_CARRIED = frozenset({LineKind.OPENING, LineKind.CARRIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CashJournalFacts:
    """The journal of some days; `first_page` continues the numbering of an earlier print.

    `drawer_of` names the cashier whose drawer it is; empty for the whole office.
    """

    office: str
    journal: CashJournal
    made_on: date
    cashier: str
    drawer_of: str = ""
    checked_by: str = ""
    head: str = ""
    first_page: int = 1
    training: bool = False


def cash_journal_pdf(facts: CashJournalFacts) -> bytes:
    """The journal as a PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="现金日记账", size=A4_LANDSCAPE)
    table = Table(paper, _PLACE, _COLUMNS, _CELL, pad=1.2)
    book = _book(facts)
    pages = _pages(table, facts.journal.lines)
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


def _pages(table: Table, lines: Sequence[JournalLine]) -> list[list[Band]]:
    """The rows of each page, with what is carried over its upper and lower edge."""
    bands = [_band(table, line) for line in lines]
    pages = _split(bands)
    ends = list(accumulate(len(page) for page in pages))
    sums = CashSums()
    for index, (start, end) in enumerate(pairwise([0, *ends[:-1]])):
        for line in lines[start:end]:
            sums = sums if line.entry is None else sums.plus(line.entry)
        balance = lines[end - 1].balance
        out = _carry(table, "过次页", sums, balance)
        # What is carried out closes the page: no row stays free in which to write.
        left = _ROOM - sum(band.height for band in pages[index])
        pages[index].append(replace(out, height=left))
        pages[index + 1].insert(0, _carry(table, "承前页", sums, balance))
    return pages


def _split(bands: Sequence[Band]) -> list[list[Band]]:
    """Rows by page, with a row left for what is carried in and, but on the last, one for out."""
    pages: list[list[Band]] = [[]]
    room = _ROOM
    rest = sum(band.height for band in bands)
    for band in bands:
        least = 0 if rest <= room + _FINE else _ROW
        if pages[-1] and band.height > room - least + _FINE:
            pages.append([])
            room = _ROOM - _ROW
        pages[-1].append(band)
        room -= band.height
        rest -= band.height
    return pages


def _carry(table: Table, label: str, sums: CashSums, balance: Money) -> Band:
    cells = ["", "", "", "", "", label, "", sums.income.figures, sums.outgo.figures]
    return table.band([*cells, balance.figures], least=_ROW)


def _band(table: Table, line: JournalLine) -> Band:
    on = [str(line.on.year), str(line.on.month), str(line.on.day)]
    sums, entry = line.sums, line.entry
    is_red = sums.income.fen < 0 or sums.outgo.fen < 0
    if entry is None:
        text = ["", "", line.kind.label, ""]
        moved = ["", ""] if line.kind in _CARRIED else _figures(sums)
    else:
        text = _entry_cells(entry)
        # The word stays when a printer knows no red.
        text[2] = f"（红字）{entry.summary}" if is_red else entry.summary
        moved = ["" if figures == "0.00" else figures for figures in _figures(sums)]
    ink = Ink.RED if is_red else Ink.BLACK
    return table.band([*on, *text, *moved, line.balance.figures], ink=ink, least=_ROW)


def _entry_cells(entry: CashEntry) -> list[str]:
    kind = "现收" if entry.kind in _RECEIVED else "现付"
    return [kind, entry.voucher, entry.summary, entry.account]


def _figures(sums: CashSums) -> list[str]:
    return [sums.income.figures, sums.outgo.figures]


def _book(facts: CashJournalFacts) -> Book:
    journal = facts.journal
    of = f"出纳：{facts.drawer_of}　　" if facts.drawer_of else ""
    return Book(
        size=A4_LANDSCAPE,
        place=_PLACE,
        title="现金日记账",
        office=facts.office,
        span=f"{of}{day_text(journal.since)}至{day_text(journal.until)}",
        made_by=facts.cashier,
        made_on=facts.made_on,
        checked_by=facts.checked_by,
        head=facts.head,
        training=facts.training,
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
