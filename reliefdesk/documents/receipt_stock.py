"""The stock that an overlay is printed on (套打底单): titles, lines and labels, no fact, no number.

An overlay on it looks like the whole form, so a print shop can make the office's stock from it.
"""

from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.page import Align, Paper, Type
from reliefdesk.documents.receipt import ReceiptForm
from reliefdesk.documents.receipt_copies import COPIES
from reliefdesk.documents.receipt_layout import (
    A5_LAYOUT,
    FANFOLD_LAYOUT,
    SIGNER,
    draw_frame,
    draw_titles,
)

_LAYOUTS = {ReceiptForm.A5_OVERLAY: A5_LAYOUT, ReceiptForm.OVERLAY_241: FANFOLD_LAYOUT}
_NUMBER = "XJ-150302003-2021-000001"
"""As wide as any number that will stand there."""


def receipt_stock_pdf(head: FormHead, form: ReceiptForm) -> bytes:
    """The three 联 of the stock for an overlay; raises MissingGlyphError, PaperFontsError."""
    layout = _LAYOUTS[form]
    paper = Paper(title="套打底单", size=layout.size)
    size = layout.value.size
    line, foot = Type(size=size, whole=True), Type(size=8)
    room = paper.width(_NUMBER, line)
    for page, copy in enumerate(COPIES, start=1):
        with paper.sheet() as sheet:
            draw_titles(sheet, layout, head.unit_name, head.setting.title)
            sheet.text(layout.day, "日期：", line)
            number = layout.number._replace(width=layout.number.width - room)
            sheet.text(number, "编号 No.　", line._replace(align=Align.RIGHT))
            draw_frame(sheet, layout, copy.side, SIGNER)
            sheet.text(layout.purpose, copy.purpose, foot)
            pages = f"第{page}页　共{len(COPIES)}页"
            sheet.text(layout.page, pages, foot._replace(align=Align.RIGHT))
    return paper.pdf()
