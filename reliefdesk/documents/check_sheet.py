"""The sheet of a spot check (抽查表, RULES.md §3.12): drawn cases, their findings, and the draw.

Seed, method and the whole list stand on it, so that whoever holds the paper can redo the draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from reliefdesk.documents.book import (
    Book,
    day_text,
    draw_blank_rest,
    draw_page_number,
    draw_standing,
)
from reliefdesk.documents.check_list import ANYBODY, CHECK_LIST, CheckList
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.page import A4_LANDSCAPE, Align, Box, Paper, Sheet, Type
from reliefdesk.documents.table import Band, Column, Table, pages_of
from reliefdesk.domain.checks import Draw
from reliefdesk.domain.money import Money

_PLACE = Box(10, 30, 277, 136)
_HEAD, _ROW = 8.0, 12.0
_LINES_MOST = 26
_CELL = Type(size=8)
_BELOW = Type(size=8.5)
_BELOW_STEP = 4.6
_COLUMNS = (
    Column("序号", 8, Align.CENTRE),
    Column("单位", 22),
    Column("案号", 24),
    Column("姓名", 18),
    Column("事由", 15),
    Column("类别", 21),
    Column("金额（元）", 19, Align.RIGHT),
    Column("检查结论", 22),
    Column("问题及说明", 44),
    Column("检查日期、检查人", 18),
    Column("整改要求及期限", 34),
    Column("整改情况及核销", 34),
)
_LIST_WORDS = "名单（UTF-8编码）按案号排列，每行依次为案号、制表符、单位代码、制表符、类别、换行。"
_ORDER = "按 SHA-256（种子紧接案号）从小到大排列"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSheetLine:
    """One drawn case; '' where nothing was recorded yet leaves room to write."""

    office: str
    case_no: str
    name: str
    cause: str
    stratum: str
    amount: Money
    finding: str = ""
    remark: str = ""
    checked: str = ""
    demand: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSheetFacts:
    """One draw as its district or one of its offices prints it.

    `list_hash` is that of the district's whole list, of which an office holds its own lines only.
    """

    head: FormHead
    bureau: str
    check_no: str
    month: str
    since: date
    until: date
    seed_number: int
    list_hash: str
    draw: Draw
    lines: Sequence[CheckSheetLine]
    made_on: date
    made_by: str


def check_sheet_pdf(facts: CheckSheetFacts) -> bytes:
    """Sheet and list in one PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="抽查表", size=A4_LANDSCAPE)
    table = Table(paper, _PLACE, _COLUMNS, _CELL, pad=0.7, lines_most=_LINES_MOST)
    rows = [_band(table, place, line) for place, line in enumerate(facts.lines, start=1)]
    pages = pages_of(rows, _PLACE.height - _HEAD)
    names = CheckList(paper, facts.draw)
    count = len(pages) + len(names.pages)
    book = _book(facts, _PLACE)
    for number, page in enumerate(pages, start=1):
        with paper.sheet() as sheet:
            draw_standing(sheet, book)
            table.draw_head(sheet, _HEAD)
            bottom = table.draw(sheet, _PLACE.top + _HEAD, page)
            draw_page_number(sheet, book, number, count)
            _draw_method(sheet, facts)
            if number == len(pages):
                draw_blank_rest(sheet, book, bottom, _PLACE.bottom)
    book = replace(_book(facts, CHECK_LIST), title="抽查名单（全部件数）")
    names.draw(book, first=len(pages) + 1, count=count)
    return paper.pdf()


def _book(facts: CheckSheetFacts, place: Box) -> Book:
    return Book(
        size=A4_LANDSCAPE,
        place=place,
        form=facts.head,
        span=f"{facts.check_no}　{day_text(facts.since)}至{day_text(facts.until)}",
        made_by=facts.made_by,
        made_on=facts.made_on,
        signers=("制表", "检查人（二人签字）", "区民政局负责人"),
    )


def _band(table: Table, place: int, line: CheckSheetLine) -> Band:
    values = (getattr(line, each.name) for each in fields(line))
    cells = [each.figures if isinstance(each, Money) else each for each in values]
    return table.band([str(place), *cells], least=_ROW)


def _draw_method(sheet: Sheet, facts: CheckSheetFacts) -> None:
    for place, words in enumerate(_method(facts)):
        top = _PLACE.bottom + 1.2 + place * _BELOW_STEP
        sheet.text(Box(_PLACE.left, top, _PLACE.width, _BELOW_STEP), words, _BELOW)


def _method(facts: CheckSheetFacts) -> tuple[str, ...]:
    drawn = facts.draw
    count, of = len(drawn.drawn), len(drawn.lines)
    share = f"，占{count * 100 / of:.1f}%" if of else ""
    return (
        f"抽取方法：{_LIST_WORDS}各单位分别抽取，{_ORDER}，",
        f"先取每一类别的第一件，其余依次取，直到本单位件数的{drawn.percent}%（有小数的进一）。{ANYBODY}",
        f"种子（{facts.bureau}第{facts.seed_number}号记录的校验值）：{drawn.seed}",
        f"{facts.bureau}全部名单的 SHA-256：{facts.list_hash}",
        f"本表名单{of}件，抽中{count}件{share}。依据：乌民发〔2021〕17号第八条（不低于30%）。",
    )
