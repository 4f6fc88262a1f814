"""The recovery sheet (恢复单): the code that opens a desk whose passphrases are lost, to be sealed.

It says what the code is for and where to keep it; a secret stands on it, so it is never filed
among the papers of the office.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.fonts import Face
from reliefdesk.documents.page import A4, Align, Box, Paper, Sheet, Type

_LEFT, _WIDTH = 25.0, 160.0
_ACROSS = 3
_TEXT = Type(size=12)
_SMALL = Type(size=10.5, align=Align.CENTRE)
_USE = (
    "用途：登录口令全部遗忘，或电脑损坏而要打开备份时，用下面的恢复码打开工作台文件。",
    "持有本恢复码的人可以看到全部救助对象的信息，请像保险柜钥匙一样保管。",
)
_KEEPING = (
    "一、本单打印两份，分别装入信封，当场密封，封口处盖章并由两人签字。",
    "二、两个信封由负责人和另一名人员分开保管，放在上锁的柜子里，不与电脑放在一起。",
    "三、不拍照，不复印，不存入电脑、手机或优盘，不在网上传送。",
    "四、启封须两人在场，登记日期和原因；用过之后立即制作新的恢复码，重新密封。",
)
_SEAL_LABELS = (("信封", 20.0), ("保管人签字", 45.0), ("封存日期", 35.0), ("启封日期和原因", 60.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheetFacts:
    """The code as it is typed back, groups joined by dashes, and the desk it opens."""

    office: str
    desk_name: str
    code: str
    made_on: date
    training: bool = False


def recovery_sheet_pdf(facts: RecoverySheetFacts) -> bytes:
    """The sheet as a PDF of one page; raises MissingGlyphError, PaperFontsError."""
    paper = Paper(title="恢复单", size=A4)
    with paper.sheet() as sheet:
        mark = "（演练）" if facts.training else ""
        title = Type(size=24, align=Align.CENTRE, bold=True)
        sheet.text(Box(_LEFT, 22, _WIDTH, 14), f"工作台恢复单{mark}", title)
        sheet.text(Box(_LEFT, 36, _WIDTH, 7), "机密　两份　密封保管", _SMALL)
        desk = f"单位：{facts.office}　　工作台：{facts.desk_name}"
        sheet.text(Box(_LEFT, 50, _WIDTH, 7), desk, _TEXT)
        sheet.text(Box(_LEFT, 58, _WIDTH, 7), f"制作日期：{day_text(facts.made_on)}", _TEXT)
        _paragraphs(sheet, 70, _USE)
        bottom = _draw_code(sheet, 96, facts.code.split("-"))
        _paragraphs(sheet, bottom + 8, _KEEPING)
        _draw_seals(sheet, bottom + 62)
    return paper.pdf()


def _paragraphs(sheet: Sheet, top: float, texts: Sequence[str]) -> None:
    for index, text in enumerate(texts):
        sheet.text(Box(_LEFT, top + index * 12.5, _WIDTH, 12), text, _TEXT)


def _draw_code(sheet: Sheet, top: float, groups: Sequence[str]) -> float:
    rows = -(-len(groups) // _ACROSS)
    frame = Box(_LEFT, top, _WIDTH, 10 + rows * 16)
    sheet.frame(frame, 1.4)
    large = Type(size=27, least=9, face=Face.HEI, align=Align.CENTRE, whole=True)
    width = _WIDTH / _ACROSS
    for index, group in enumerate(groups):
        row, place = divmod(index, _ACROSS)
        sheet.text(Box(_LEFT + place * width, top + 5 + row * 16, width, 16), group, large)
    return frame.bottom


def _draw_seals(sheet: Sheet, top: float) -> None:
    left = _LEFT
    for label, width in _SEAL_LABELS:
        sheet.frame(Box(left, top, width, 9))
        sheet.text(Box(left, top, width, 9), label, _SMALL)
        for row, name in enumerate(("第一份", "第二份")):
            cell = Box(left, top + 9 + row * 16, width, 16)
            sheet.frame(cell)
            if label == _SEAL_LABELS[0][0]:
                sheet.text(cell, name, _SMALL)
        left += width
