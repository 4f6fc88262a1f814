"""The cash receipt (领款单): every fact it shows is decided before; equal facts give equal bytes.

Three 联 with their purpose; the third, which leaves the office, masks the identity number.
Sources: RULES.md §3.5 and §3.13; 会计基础工作规范 on vouchers in several 联.
"""

from collections.abc import Sequence
from datetime import date

from reliefdesk.documents.codes import code_text
from reliefdesk.documents.page import Align, Paper, Sheet, Type
from reliefdesk.documents.receipt_cells import receipt_cells
from reliefdesk.documents.receipt_copies import COPIES, Copy
from reliefdesk.documents.receipt_facts import ReceiptFacts
from reliefdesk.documents.receipt_layout import (
    A5_LAYOUT,
    A5_OVERLAY,
    FANFOLD_LAYOUT,
    FANFOLD_OVERLAY,
    SIGNER,
    Layout,
    draw_frame,
    draw_titles,
    officer_name,
    signer_note,
)
from reliefdesk.documents.receipt_marks import draw_marks, print_line, watermark
from reliefdesk.domain.terms import Term

_PAD = (1.0, 0.4)


class ReceiptForm(Term):
    """The paper a receipt is printed on; overlay (套打) puts only the facts on printed stock."""

    A5 = "a5", "A5 横向"
    CONTINUOUS_241 = "241", "241 毫米三等分连续纸"
    A5_OVERLAY = "a5_overlay", "A5 横向，套打在印好的单据上"
    OVERLAY_241 = "241_overlay", "241 毫米，套打在印好的单据上"

    @property
    def is_overlay(self) -> bool:
        """Whether it needs stock with lines and labels."""
        return self in (ReceiptForm.A5_OVERLAY, ReceiptForm.OVERLAY_241)


_LAYOUTS = {
    ReceiptForm.A5: A5_LAYOUT,
    ReceiptForm.CONTINUOUS_241: FANFOLD_LAYOUT,
    ReceiptForm.A5_OVERLAY: A5_OVERLAY,
    ReceiptForm.OVERLAY_241: FANFOLD_OVERLAY,
}
_RETURNER = "退款人签字　原款已全额退回"


def receipt_pdf(facts: ReceiptFacts, *, form: ReceiptForm) -> bytes:
    """The three 联 of one receipt as a PDF; raises MissingGlyphError, PaperFontsError."""
    return receipts_pdf([facts], form=form)


def receipts_pdf(receipts: Sequence[ReceiptFacts], *, form: ReceiptForm) -> bytes:
    """Many receipts in one PDF, three pages each, in the order given."""
    return _drawn(receipts, form).pdf()


def require_printable(facts: ReceiptFacts) -> None:
    """Refuse, before money moves, what could not be printed afterwards on either form.

    Raises MissingGlyphError naming the characters, TextRoomError for a name or number too long.
    """
    # Overlays have the places of these two.
    for form in (ReceiptForm.A5, ReceiptForm.CONTINUOUS_241):
        _drawn([facts], form)


def _drawn(receipts: Sequence[ReceiptFacts], form: ReceiptForm) -> Paper:
    layout = _LAYOUTS[form]
    paper = Paper(title="领款单", size=layout.size)
    for facts in receipts:
        for page, copy in enumerate(COPIES, start=1):
            with paper.sheet() as sheet:
                _draw(sheet, layout, facts, copy)
                if not layout.is_preprinted:
                    sheet.place(_frame(paper, layout, facts, copy))
                    sheet.text(layout.page, f"第{page}页　共{len(COPIES)}页", _foot(Align.RIGHT))
    return paper


def draw_second_copies(paper: Paper, receipts: Sequence[ReceiptFacts]) -> None:
    """The second 联 of each receipt on A5 pages, marked 副本: never a second original."""
    layout, copy = A5_LAYOUT, COPIES[1]
    paper.turn_to(layout.size)
    for facts in receipts:
        frame = _frame(paper, layout, facts, copy)
        with paper.sheet() as sheet:
            watermark(sheet, layout, "副本")
            _draw(sheet, layout, facts, copy)
            sheet.place(frame)
            sheet.text(layout.page, "副本，原件另附", _foot(Align.RIGHT))


def _frame(paper: Paper, layout: Layout, facts: ReceiptFacts, copy: Copy) -> str:
    signer = _RETURNER if facts.reversal else SIGNER
    return paper.part(
        f"{copy.side}{signer}", lambda sheet: draw_frame(sheet, layout, copy.side, signer)
    )


def _draw(sheet: Sheet, layout: Layout, facts: ReceiptFacts, copy: Copy) -> None:
    draw_marks(sheet, layout, facts)
    _draw_head(sheet, layout, facts)
    for key, (text, kind) in receipt_cells(facts, layout, masked=copy.masked).items():
        sheet.text(layout.cells[key].inset(*_PAD), text, kind)
    officers = (facts.cashier, facts.registrar, facts.supervisor, facts.approver)
    for index, name in enumerate(officers):
        sheet.text(officer_name(layout, index), name, layout.value._replace(whole=True))
    if facts.fingerprint is not None:
        note = f"{facts.fingerprint.reason.label}，按指印；见证人：{facts.fingerprint.witness}"
        sheet.text(signer_note(layout), note, Type(size=8))
    if not layout.is_preprinted:
        sheet.text(layout.purpose, copy.purpose, _foot(Align.LEFT))
    sheet.text(layout.printed, print_line(facts.printed), _foot(Align.CENTRE))


def _draw_head(sheet: Sheet, layout: Layout, facts: ReceiptFacts) -> None:
    line = Type(size=layout.value.size, whole=True)
    number = facts.receipt_no or "（预览，付款后编号）"
    day = _spaced(facts.paid_on)
    if layout.is_preprinted:
        sheet.text(layout.day, f"　　　{day}", line)
    else:
        draw_titles(sheet, layout, facts.head.unit_name, facts.head.setting.title)
        sheet.text(layout.day, f"日期：{day}", line)
        number = f"编号 No.　{number}"
    sheet.text(layout.number, number, line._replace(align=Align.RIGHT))
    if facts.receipt_no is not None:
        text = code_text(receipt_no=facts.receipt_no, case_no=facts.case_no)
        sheet.code(layout.code, text)


def _spaced(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _foot(align: Align) -> Type:
    return Type(size=8, align=align)
