"""The monthly report (统计月报, RULES.md §3.11): the month and the year so far, line by line.

人次, 户次 and 人数 are counted apart; a negative figure took back what an earlier month gave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import Book, day_text, draw_below, draw_page_number, draw_standing
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.page import A4_LANDSCAPE, Align, Box, Ink, Paper, Sheet, Type
from reliefdesk.documents.table import Band, Column, Table
from reliefdesk.domain.statistics import Figures, Group, MonthReport, ReportLine

_PLACE = Box(18, 30, 261, 146)
_HEAD = 9.0
_ROW = 7.6
_CELL = Type(size=10)
COLUMNS = (
    Column("指标", 62),
    Column("本月人次", 21, Align.RIGHT),
    Column("本月户次", 21, Align.RIGHT),
    Column("本月人数", 21, Align.RIGHT),
    Column("本月金额（元）", 36, Align.RIGHT),
    Column("累计人次", 21, Align.RIGHT),
    Column("累计户次", 21, Align.RIGHT),
    Column("累计人数", 21, Align.RIGHT),
    Column("累计金额（元）", 37, Align.RIGHT),
)
_INDENTED = frozenset(Group) - {Group.TOTAL, Group.RECOVERED}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReportFacts:
    """One month of one office."""

    head: FormHead
    report: MonthReport
    made_on: date
    made_by: str


def monthly_report_pdf(facts: MonthlyReportFacts) -> bytes:
    """The report as a PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="统计月报", size=A4_LANDSCAPE)
    table = Table(paper, _PLACE, COLUMNS, _CELL, pad=1.2)
    found = facts.report
    book = Book(
        size=A4_LANDSCAPE,
        place=_PLACE,
        part=f"（{found.month.label}）",
        form=facts.head,
        span=f"{day_text(found.since)}至{day_text(found.until)}",
        made_by=facts.made_by,
        made_on=facts.made_on,
        signers=("填表人", "统计负责人", "单位负责人"),
    )
    with paper.sheet() as sheet:
        draw_standing(sheet, book)
        bands = [_band(table, line) for line in found.lines]
        bottom = _PLACE.top + _HEAD + sum(band.height for band in bands)
        table.draw_head(sheet, _HEAD, bottom=bottom)
        table.draw(sheet, _PLACE.top + _HEAD, bands)
        draw_page_number(sheet, book, 1, 1)
        _draw_notes(sheet, book, facts, bottom)
    return paper.pdf()


def _band(table: Table, line: ReportLine) -> Band:
    name = f"　{line.group.label}" if line.group in _INDENTED else line.group.label
    negative = line.month.amount.fen < 0 or line.year.amount.fen < 0
    cells = (name, *figures_cells(line.month), *figures_cells(line.year))
    return table.band(cells, ink=Ink.RED if negative else Ink.BLACK, least=_ROW)


def figures_cells(figures: Figures) -> tuple[str, str, str, str]:
    """人次, 户次, 人数 and amount as they stand in a line."""
    return (
        str(figures.times),
        str(figures.households),
        str(figures.persons),
        figures.amount.figures,
    )


def _draw_notes(sheet: Sheet, book: Book, facts: MonthlyReportFacts, bottom: float) -> None:
    found = facts.report
    back = [row for row in found.rows if row.sign < 0 and Group.TOTAL in row.groups]
    amount = sum(row.amount.fen for row in back)
    said = f"本月冲回{len(back)}笔，{amount // 100:,}.{amount % 100:02d}元；" if back else ""
    closed = "未结账，数字还会变动"
    if found.closing is not None:
        closed = f"已结账（日志第{found.closing.seq}号），数字不再变动"
    note = f"说明：红字、作废和退回计入登记的月份。{said}{closed}。"
    room = Box(book.place.left, bottom + 1, book.place.width, 5)
    sheet.text(room, note, Type(size=9))
    draw_below(sheet, book, closing_of(found.lines))


def closing_of(lines: Sequence[ReportLine]) -> str:
    """What the month gave, in words and figures, and how much of it in cash."""
    total = lines[0].month.amount
    cash = next(line.month.amount for line in lines if line.group is Group.CASH)
    return f"本月合计（大写）{total.words}　￥{total.figures}　　其中现金 ￥{cash.figures}"
