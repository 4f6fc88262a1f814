"""The work ledger (工作台账) the notice asks for: A3 landscape, every column of RULES.md §3.7.

Each page carries its own total and the running total; the last one the total in words. Totals are
computed from the rows that are drawn, so that paper cannot disagree with itself.
"""

from collections.abc import Sequence
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
from reliefdesk.documents.ledger_columns import COLUMNS, WorkLedgerLine, ledger_cells
from reliefdesk.documents.page import A3_LANDSCAPE, Align, Box, Paper, Sheet, Type
from reliefdesk.documents.table import Table, pages_of
from reliefdesk.domain.money import ZERO, Money, total

_PLACE = Box(16, 30, 396, 242)
_HEAD = 11.0
_TOTAL = 5.2
_ROW_LEAST = 6.0
_CELL = Type(size=6.3)
_ORDER = tuple(COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLedgerFacts:
    """A ledger of one office and span; the lines stand in their order and are numbered here.

    `paid_cash` is how much of what was paid moved in cash; it equals the cash journal's payments.
    """

    head: FormHead
    since: date
    until: date
    lines: Sequence[WorkLedgerLine]
    made_on: date
    made_by: str
    checked_by: str = ""
    chief: str = ""
    paid_cash: Money | None = None


def work_ledger_pdf(facts: WorkLedgerFacts) -> bytes:
    """The ledger as a PDF; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="工作台账", size=A3_LANDSCAPE)
    table = Table(paper, _PLACE, tuple(COLUMNS.values()), _CELL)
    book = _book(facts)
    bands = [
        table.band(ledger_cells(serial, line), least=_ROW_LEAST)
        for serial, line in enumerate(facts.lines, start=1)
    ]
    pages = pages_of(bands, _PLACE.height - _HEAD - 2 * _TOTAL)
    so_far = _Sums()
    for number, page in enumerate(pages, start=1):
        sums = _sums(facts.lines[so_far.lines : so_far.lines + len(page)])
        so_far = so_far.plus(sums)
        with paper.sheet() as sheet:
            sheet.place(paper.part("frame", lambda part: _draw_frame(part, table, book)))
            bottom = table.draw(sheet, _PLACE.top + _HEAD, page)
            _draw_sums(sheet, table, _PLACE.bottom - 2 * _TOTAL, sums)
            _draw_sums(sheet, table, _PLACE.bottom - _TOTAL, so_far)
            draw_page_number(sheet, book, number, len(pages))
            if number == len(pages):
                draw_blank_rest(sheet, book, bottom, _PLACE.bottom - 2 * _TOTAL)
                draw_below(sheet, book, _closing(so_far, facts.paid_cash))
    return paper.pdf()


def _book(facts: WorkLedgerFacts) -> Book:
    return Book(
        size=A3_LANDSCAPE,
        place=_PLACE,
        form=facts.head,
        span=f"{day_text(facts.since)}至{day_text(facts.until)}",
        made_by=facts.made_by,
        made_on=facts.made_on,
        checked_by=facts.checked_by,
        chief=facts.chief,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """How many lines, and what they add up to."""

    lines: int = 0
    granted: Money = ZERO
    paid: Money = ZERO
    recovered: Money = ZERO

    def plus(self, other: "_Sums") -> "_Sums":
        return _Sums(
            lines=self.lines + other.lines,
            granted=self.granted + other.granted,
            paid=self.paid + other.paid,
            recovered=self.recovered + other.recovered,
        )


def _sums(lines: Sequence[WorkLedgerLine]) -> _Sums:
    return _Sums(
        lines=len(lines),
        granted=total([line.granted or ZERO for line in lines]),
        paid=total([line.paid or ZERO for line in lines]),
        recovered=total([line.recovered or ZERO for line in lines]),
    )


def _draw_frame(sheet: Sheet, table: Table, book: Book) -> None:
    draw_standing(sheet, book)
    table.draw_head(sheet, _HEAD)
    for rows, label in ((2, "本页合计"), (1, "累计")):
        top = _PLACE.bottom - rows * _TOTAL
        sheet.line((_PLACE.left, top), (_PLACE.right, top), 0.7)
        sheet.text(table.cell(_ORDER.index("case_no"), top, _TOTAL), label, _CELL)


def _draw_sums(sheet: Sheet, table: Table, top: float, sums: _Sums) -> None:
    cells = {"granted": sums.granted, "paid": sums.paid, "recovered": sums.recovered}
    for key, amount in cells.items():
        box = table.cell(_ORDER.index(key), top, _TOTAL)
        sheet.text(box, amount.figures, _CELL._replace(align=Align.RIGHT, whole=True, least=4))
    sheet.text(table.cell(_ORDER.index("name"), top, _TOTAL), f"{sums.lines}件", _CELL)


def _closing(sums: _Sums, paid_cash: Money | None) -> str:
    cash = "" if paid_cash is None else f"　　其中现金 ￥{paid_cash.figures}"
    return (
        f"总计　{sums.lines}件　　批准金额（大写）{sums.granted.words}　￥{sums.granted.figures}"
        f"　　发放金额（大写）{sums.paid.words}　￥{sums.paid.figures}{cash}"
    )
