"""The district's monthly report (区级统计月报): a page by group, then the offices line by line."""

from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import Book, draw_below, draw_page_number, draw_standing
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.monthly_report import COLUMNS, closing_of, figures_cells
from reliefdesk.documents.page import A4_LANDSCAPE, Box, Ink, Paper, Type
from reliefdesk.documents.table import Band, Column, Table, pages_of
from reliefdesk.domain.district_statistics import DistrictReport
from reliefdesk.domain.statistics import Group, ReportLine

_PLACE = Box(18, 30, 261, 146)
_HEAD = 9.0
_ROW = 7.6
_CELL = Type(size=10)
_NAMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictReportFacts:
    """One month of a district."""

    head: FormHead
    report: DistrictReport
    made_on: date
    made_by: str


def district_report_pdf(facts: DistrictReportFacts) -> bytes:
    """The report as a PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="区级统计月报", size=A4_LANDSCAPE)
    groups = Table(paper, _PLACE, COLUMNS, _CELL, pad=1.2)
    offices = Table(paper, _PLACE, (Column("单位", COLUMNS[0].width), *COLUMNS[1:]), _CELL, pad=1.2)
    found = facts.report
    by_group = [_band(groups, _name(line.group), line) for line in found.lines]
    by_office = [_band(offices, each.office.name, each.total) for each in found.offices]
    by_office.append(_band(offices, "合计", found.lines[0]))
    pages = [(groups, "", by_group)]
    pages += [(offices, "（分单位）", page) for page in pages_of(by_office, _PLACE.height - _HEAD)]
    for number, (table, part, bands) in enumerate(pages, start=1):
        book = _book(facts, part)
        with paper.sheet() as sheet:
            draw_standing(sheet, book)
            bottom = _PLACE.top + _HEAD + sum(band.height for band in bands)
            table.draw_head(sheet, _HEAD, bottom=bottom)
            table.draw(sheet, _PLACE.top + _HEAD, bands)
            draw_page_number(sheet, book, number, len(pages))
            note = Box(_PLACE.left, bottom + 1, _PLACE.width, 5)
            sheet.text(note, _note(found), Type(size=9))
            draw_below(sheet, book, closing_of(found.lines))
    return paper.pdf()


def _name(group: Group) -> str:
    return group.label if group in (Group.TOTAL, Group.RECOVERED) else f"　{group.label}"


def _band(table: Table, name: str, line: ReportLine) -> Band:
    negative = line.month.amount.fen < 0 or line.year.amount.fen < 0
    cells = (name, *figures_cells(line.month), *figures_cells(line.year))
    return table.band(cells, ink=Ink.RED if negative else Ink.BLACK, least=_ROW)


def _note(found: DistrictReport) -> str:
    count = len(found.offices)
    silent = f"尚无数据：{'、'.join(found.silent[:_NAMED])}" if found.silent else ""
    if len(found.silent) > _NAMED:
        silent += f"等{len(found.silent)}个单位"
    return (
        f"说明：各单位月报之和，{count}个单位中{found.closed}个已结账。"
        f"同一人在两个单位领取的，人数各计一次，另见重复救助。{silent}"
    )


def _book(facts: DistrictReportFacts, part: str) -> Book:
    month = facts.report.month
    return Book(
        size=A4_LANDSCAPE,
        place=_PLACE,
        part=f"（{month.label}）{part}",
        form=facts.head,
        span=month.label,
        made_by=facts.made_by,
        made_on=facts.made_on,
        signers=("填表人", "统计负责人", "单位负责人"),
    )
