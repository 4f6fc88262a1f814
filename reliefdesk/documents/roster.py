"""The roster (发放花名册, domain.md §3.6): A4 landscape, ten people a page, each with room to sign.

Every page carries its own total and the running total, in figures and words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reliefdesk.documents.book import Book, day_text, draw_page_number, draw_standing
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.page import A4_LANDSCAPE, Align, Box, Paper, Sheet, Type
from reliefdesk.documents.table import Band, Column, Table
from reliefdesk.domain.money import total
from reliefdesk.domain.rosters import RosterLine, RosterView

ROWS_ON_A_PAGE = 10
_PLACE = Box(10, 30, 277, 148)
_HEAD = 10.0
_ROW = 12.4
_CELL = Type(size=7.5)
_COLUMNS = (
    Column("序号", 8, Align.CENTRE),
    Column("姓名", 19),
    Column("性别", 7, Align.CENTRE),
    Column("证件号", 32),
    Column("户籍地", 22),
    Column("现住址", 26),
    Column("救助事由", 15),
    Column("人数", 7, Align.CENTRE),
    Column("标准", 12, Align.RIGHT),
    Column("倍数", 7, Align.CENTRE),
    Column("金额", 18, Align.RIGHT),
    Column("领款方式", 10, Align.CENTRE),
    Column("领款人签字（指印）", 32),
    Column("代领人及关系", 17),
    Column("领款日期", 17, Align.CENTRE),
    Column("备注（领款单号）", 28),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFacts:
    """One roster of one office."""

    head: FormHead
    roster: RosterView
    made_by: str


def roster_pdf(facts: RosterFacts) -> bytes:
    """The roster as a PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="发放花名册", size=A4_LANDSCAPE)
    table = Table(paper, _PLACE, _COLUMNS, _CELL, pad=0.6)
    details = facts.roster.roster.details
    book = Book(
        size=A4_LANDSCAPE,
        place=_PLACE,
        form=facts.head,
        span=f"{details.roster_no}　{details.title}　{day_text(details.made_on)}",
        made_by=facts.made_by,
        made_on=details.made_on,
        signers=("制表（出纳）", "审核", "负责人"),
    )
    lines = facts.roster.lines
    pages = _pages([_band(table, line) for line in lines])
    last = 0
    for number, bands in enumerate(pages, start=1):
        first, last = last, last + len(bands)
        with paper.sheet() as sheet:
            draw_standing(sheet, book)
            bottom = _PLACE.top + _HEAD + sum(band.height for band in bands)
            table.draw_head(sheet, _HEAD, bottom=bottom)
            table.draw(sheet, _PLACE.top + _HEAD, bands)
            draw_page_number(sheet, book, number, len(pages))
            _draw_totals(sheet, book, lines[first:last], lines[:last])
    return paper.pdf()


def _pages(bands: Sequence[Band]) -> list[list[Band]]:
    """Ten people a page, fewer where long names need the room."""
    pages: list[list[Band]] = [[]]
    for band in bands:
        used = sum(each.height for each in pages[-1])
        full = len(pages[-1]) == ROWS_ON_A_PAGE or used + band.height > _PLACE.height - _HEAD
        if pages[-1] and full:
            pages.append([])
        pages[-1].append(band)
    return pages


def _band(table: Table, line: RosterLine) -> Band:
    remark = "未领" if line.is_open else line.receipt_no
    cells = (
        str(line.place),
        line.name,
        line.sex,
        line.number,
        line.hukou_place,
        line.stay_address,
        line.cause,
        str(line.persons_relieved),
        line.standard,
        line.multiplier,
        line.granted.figures,
        "现金",
        "",
        line.collector,
        "" if line.is_open or line.paid_on is None else line.paid_on.isoformat(),
        remark,
    )
    return table.band(cells, least=_ROW)


def _draw_totals(
    sheet: Sheet, book: Book, page: Sequence[RosterLine], so_far: Sequence[RosterLine]
) -> None:
    kind = Type(size=9.5)
    for index, (name, lines) in enumerate((("本页合计", page), ("累　　计", so_far))):
        amount = total([line.granted for line in lines])
        absent = sum(line.is_open for line in lines)
        said = f"{name}　{len(lines)}人　￥{amount.figures}　（大写）{amount.words}"
        if absent:
            left = total([line.rest for line in lines])
            said += f"　其中未领{absent}人　￥{left.figures}"
        room = Box(book.place.left, book.place.bottom + 0.6 + index * 5.6, book.place.width, 5.4)
        sheet.text(room, said, kind)
