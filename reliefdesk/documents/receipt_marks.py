"""Marks over a receipt that say what it is not: 演练, 预览, 作废, 红字, 补打.

Every mark is a word, so that it survives a black-and-white printer (RULES.md §3.13).
"""

from reliefdesk.documents.fonts import Face
from reliefdesk.documents.page import Align, Box, Ink, Sheet, Type
from reliefdesk.documents.receipt_facts import PrintMark, ReceiptFacts
from reliefdesk.documents.receipt_layout import Layout

_TURN = 24


def print_line(mark: PrintMark | None) -> str:
    """Say at the foot of a paper which print it is; None is a look on screen."""
    if mark is None:
        return "屏幕预览，未打印"
    words = f"补打 第{mark.nth}次" if mark.nth else "首次打印"
    return f"{words}　{mark.when}　操作员 {mark.operator}"


def watermark(sheet: Sheet, layout: Layout, word: str) -> None:
    """A faint word three times across the sheet, drawn first so that everything stands over it."""
    width, height = layout.size
    kind = Type(size=height * 0.5, face=Face.HEI, ink=Ink.FAINT)
    for share in (0.2, 0.5, 0.8):
        sheet.stamp((width * share, height * 0.55), word, kind, angle=_TURN)


def void_stamp(sheet: Sheet, layout: Layout) -> None:
    """作废 across the amounts, pale enough that the original stays readable."""
    width, height = layout.size
    kind = Type(size=height * 0.7, face=Face.HEI, ink=Ink.PALE_RED)
    sheet.stamp((width * 0.45, height * 0.55), "作废", kind, angle=_TURN / 2)


def top_left(sheet: Sheet, layout: Layout, first: str, second: str) -> None:
    """A framed mark in the top left corner: what it is, and below when and by whom."""
    box = layout.reprint
    ink = Ink.RED if first.startswith("红字") else Ink.BLACK
    sheet.frame(box, 1, ink)
    half = box.height / 2
    head = Box(box.left, box.top, box.width, half if second else box.height)
    kind = Type(size=half * 1.9, least=6, align=Align.CENTRE, bold=True, ink=ink, whole=True)
    sheet.text(head.inset(1, 0.3), first, kind)
    if second:
        foot = Box(box.left, box.top + half, box.width, half).inset(1, 0.3)
        sheet.text(foot, second, Type(size=7.5, least=4.5, align=Align.CENTRE))


def draw_marks(sheet: Sheet, layout: Layout, facts: ReceiptFacts) -> None:
    """All that a receipt says against itself; nothing on an original."""
    if facts.head.training:
        watermark(sheet, layout, "演练")
    elif facts.receipt_no is None:
        watermark(sheet, layout, "预览")
    if facts.void is not None:
        void_stamp(sheet, layout)
    words = [
        word
        for word, holds in (
            ("作废", facts.void is not None),
            ("红字", facts.reversal is not None),
            ("演练", facts.head.training),
            ("预览", facts.receipt_no is None),
        )
        if holds
    ]
    printed = facts.printed
    if printed is not None and printed.nth > 0:
        words.append(printed.words)
        top_left(sheet, layout, "　".join(words), f"{printed.when}　{printed.operator}")
    elif words:
        nothing = facts.head.training or facts.receipt_no is None
        top_left(sheet, layout, "　".join(words), "不作凭证" if nothing else "")
