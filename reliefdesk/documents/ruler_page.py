"""The ruler page (标尺页): two lines to measure from the edges, two rulers to measure along.

Drawn on the very paper of a form, in true millimetres; what a printer makes of it is typed back.
"""

from reliefdesk.documents.page import Align, Box, Paper, PaperSize, Sheet, Type
from reliefdesk.domain.calibrations import TRUE_READING

_LINE = 0.4
_TICK = 0.25
_ASIDE = 26
_LEFT, _TOP = TRUE_READING.left / 10, TRUE_READING.top / 10
_ACROSS, _DOWN = TRUE_READING.across // 10, TRUE_READING.down // 10


def ruler_page_pdf(size: PaperSize, *, printer: str, form: str) -> bytes:
    """The page for a paper; `printer` and `form` stand on it, so that no reading is mixed up."""
    paper = Paper(title="标尺页", size=size)
    with paper.sheet() as sheet:
        _draw(sheet, size, f"打印机 {printer}　单据 {form}")
    return paper.pdf()


def _draw(sheet: Sheet, size: PaperSize, says: str) -> None:
    sheet.line((_LEFT, 4), (_LEFT, size.height - 4), _LINE)
    sheet.line((4, _TOP), (size.width - 4, _TOP), _LINE)
    small, large = Type(size=8), Type(size=11, align=Align.CENTRE)
    sheet.text(Box(_LEFT + 3, 6, size.width - _LEFT - 10, 5), says, Type(size=9))
    sheet.text(
        Box(_LEFT + 3, 12, size.width - _LEFT - 10, 5),
        "请用毫米尺量四处，读到十分之一毫米，填回窗口",
        Type(size=9),
    )
    _draw_across(sheet)
    _draw_down(sheet)
    notes = (
        f"① 纸的左边到竖线：应为 {_LEFT:g} 毫米",
        f"② 纸的上边到横线：应为 {_TOP:g} 毫米",
        f"③ 横尺从 0 到 {_ACROSS}：应为 {_ACROSS} 毫米",
        f"④ 竖尺从 0 到 {_DOWN}：应为 {_DOWN} 毫米",
    )
    for index, note in enumerate(notes):
        sheet.text(Box(_LEFT + _ASIDE, _TOP + 22 + 7 * index, 90, 6), note, small._replace(size=10))
    sheet.text(Box(2, _TOP + 2, _LEFT - 3, 6), "①", large)
    sheet.text(Box(_LEFT + 130, _TOP - 7, 8, 6), "②", large)


def _draw_across(sheet: Sheet) -> None:
    top, start = _TOP + 8, _LEFT + _ASIDE
    sheet.line((start, top), (start + _ACROSS, top), _LINE)
    for step in range(_ACROSS + 1):
        left = start + step
        sheet.line((left, top), (left, top + _tick(step)), _TICK)
        if step % 10 == 0:
            box = Box(left - 5, top + 5, 10, 4)
            sheet.text(box, str(step), Type(size=7, align=Align.CENTRE))
    sheet.text(Box(start + _ACROSS + 3, top - 2, 8, 6), "③", Type(size=11))


def _draw_down(sheet: Sheet) -> None:
    left = _LEFT + 8
    sheet.line((left, _TOP), (left, _TOP + _DOWN), _LINE)
    for step in range(_DOWN + 1):
        top = _TOP + step
        sheet.line((left, top), (left + _tick(step), top), _TICK)
        # Zero lies on the line that is measured from the edge.
        if step and step % 10 == 0:
            sheet.text(Box(left + 5, top - 2, 8, 4), str(step), Type(size=7))
    sheet.text(Box(left + 12, _TOP + _DOWN - 3, 8, 6), "④", Type(size=11))


def _tick(step: int) -> float:
    """A millimetre is short, five are longer, ten are longest."""
    if step % 10 == 0:
        return 4.5
    return 3 if step % 5 == 0 else 2
