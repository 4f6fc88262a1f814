"""Blank receipts for a power cut (停电应急领款单): numbered, all values left to be written.

The layout is that of the printed receipt, so that a hand-written one is filed like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reliefdesk.documents.codes import code_text
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.page import Align, Box, Paper, Sheet, Type
from reliefdesk.documents.receipt_copies import COPIES
from reliefdesk.documents.receipt_facts import PrintMark
from reliefdesk.documents.receipt_layout import (
    A5_LAYOUT,
    SIGNER,
    Layout,
    draw_frame,
    draw_titles,
)
from reliefdesk.documents.receipt_marks import top_left, watermark
from reliefdesk.domain.ids import ReceiptNo

_RULE = (
    "只在停电或电脑故障时使用，按号码顺序填写，不得涂改；写坏的三联加盖作废保存；"
    "第三联证件号码只写前后各四位；恢复后当天补录，未用完的交回。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankSheet:
    """One number, and which print of its blank receipt this is."""

    number: ReceiptNo
    printed: PrintMark


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankReceiptsFacts:
    """The numbers of a pad that are printed, in order, with who keeps them."""

    head: FormHead
    sheets: Sequence[BlankSheet]
    holder: str
    issued: str


def blank_receipts_pdf(facts: BlankReceiptsFacts) -> bytes:
    """Three 联 for each number; a later print of a number is marked 补打.

    Raises MissingGlyphError, PaperFontsError.
    """
    layout = A5_LAYOUT
    paper = Paper(title="停电应急领款单", size=layout.size)
    for blank in facts.sheets:
        for page, copy in enumerate(COPIES, start=1):
            frame = _frame(paper, layout, copy.side)
            with paper.sheet() as sheet:
                if facts.head.training:
                    watermark(sheet, layout, "演练")
                _draw(sheet, layout, facts, blank)
                sheet.place(frame)
                _foot(sheet, layout, copy.purpose, page)
    return paper.pdf()


def _frame(paper: Paper, layout: Layout, side: str) -> str:
    return paper.part(side, lambda sheet: draw_frame(sheet, layout, side, SIGNER))


def _draw(sheet: Sheet, layout: Layout, facts: BlankReceiptsFacts, blank: BlankSheet) -> None:
    first, printed = "停电应急　手工填写", blank.printed
    second = f"{facts.issued}　保管：{facts.holder}"
    if printed.nth:
        first, second = f"停电应急　{printed.words}", f"{printed.when}　{printed.operator}"
    top_left(sheet, layout, first, second)
    draw_titles(sheet, layout, facts.head.unit_name, facts.head.setting.title)
    line = Type(size=layout.value.size, whole=True)
    sheet.text(layout.day, "日期：　　　　年　　月　　日", line)
    sheet.text(layout.number, f"编号 No.　{blank.number}", line._replace(align=Align.RIGHT))
    sheet.code(layout.code, code_text(receipt_no=blank.number, case_no=""))
    hints = {"words": "人民币", "figures": "￥", "method": "现金　"}
    for key, hint in hints.items():
        sheet.text(layout.cells[key].inset(1, 0.4), hint, layout.value)


def _foot(sheet: Sheet, layout: Layout, purpose: str, page: int) -> None:
    small = Type(size=8)
    sheet.text(layout.purpose, purpose, small)
    sheet.text(layout.page, f"第{page}页　共{len(COPIES)}页", small._replace(align=Align.RIGHT))
    grid = layout.grid
    room = Box(grid.left, layout.purpose.bottom - 1.3, grid.width, 2.6)
    sheet.text(room, _RULE, Type(size=6, least=5))
