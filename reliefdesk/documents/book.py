"""What every page of a book of account carries: title, unit, span, page number, who answers for it.

Sources: 会计基础工作规范 on books with continuous page numbers and signatures.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.fonts import visible
from reliefdesk.documents.form_page import FormHead, copies_text
from reliefdesk.documents.page import Align, Box, PaperSize, Sheet, Type
from reliefdesk.documents.tags import FIGURE

_LINE = Type(size=9.5)
_FOOT = Type(size=8, least=5)
_EDGE = 0.19
_PICTURE = 70.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The standing text of a book; `place` is its table, '' leaves room to sign."""

    form: FormHead
    size: PaperSize
    place: Box
    span: str
    made_by: str
    made_on: date
    checked_by: str = ""
    chief: str = ""
    title: str = ""
    """In place of the form's own."""
    part: str = ""
    """What follows the title, such as the month."""
    signers: tuple[str, str, str] = ("制表", "审核", "负责人")


def draw_standing(sheet: Sheet, book: Book) -> None:
    """Everything outside the table that is the same on each page."""
    place = book.place
    form = book.form
    mark = "（演练，不作凭证）" if form.training else ""
    kind = Type(size=20, align=Align.CENTRE, bold=True)
    title = f"{book.title or visible(form.setting.title)}{book.part}{mark}"
    picture = form.setting.picture
    if picture is None:
        sheet.text(Box(place.left, place.top - 20, place.width, 10), title, kind)
    else:
        # To the left, where the title never reaches; the title stays in the middle of the rest.
        with sheet.tagged(FIGURE, form.unit_name):
            sheet.picture(Box(place.left, place.top - 21, _PICTURE - 4, 13), picture)
        room = Box(place.left + _PICTURE, place.top - 20, place.width - 2 * _PICTURE, 10)
        sheet.text(room, title, kind)
    third = place.width / 3
    sheet.text(_above(book, 0), f"单位：{form.unit_name}", _LINE)
    span = f"{book.span}　　金额单位：元"
    sheet.text(_above(book, 1), span, _LINE._replace(align=Align.CENTRE))
    names = (
        f"{book.signers[0]}：{book.made_by}　　{day_text(book.made_on)}",
        f"{book.signers[1]}：{book.checked_by}",
        f"{book.signers[2]}：{book.chief}",
    )
    foot = book.size.height - 17
    for index, name in enumerate(names):
        sheet.text(Box(place.left + third * index, foot, third - 4, 6), name, _LINE)
    below = "　".join(filter(None, (copies_text(form.setting.copies), form.setting.footer)))
    sheet.text(Box(place.left, foot + 6, place.width, 4.5), below, _FOOT)


def draw_page_number(sheet: Sheet, book: Book, number: int, count: int) -> None:
    """`第x页　共y页` above the right end of the table."""
    mark = f"第{number}页　共{count}页"
    sheet.text(_above(book, 2), mark, _LINE._replace(align=Align.RIGHT))


def draw_blank_rest(sheet: Sheet, book: Book, top: float, bottom: float) -> None:
    """以下空白, so that nothing can be written into the rest of the page later."""
    height = 5.0
    if bottom - top > height + 1:
        place = book.place
        rest = Box(place.left, top, place.width, bottom - top)
        sheet.clear(rest.inset(_EDGE))
        room = Box(place.left + place.width * 0.3, top + 0.5, place.width * 0.4, height)
        sheet.text(room, "（以下空白）", _LINE._replace(align=Align.CENTRE))


def draw_below(sheet: Sheet, book: Book, text: str) -> None:
    """The closing line between the table and the signatures: totals in words."""
    place = book.place
    sheet.text(Box(place.left, place.bottom + 1.2, place.width, 6), text, _LINE)


def day_text(day: date | None) -> str:
    """`2021年7月5日`, or '' for no day."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def _above(book: Book, third: int) -> Box:
    width = book.place.width / 3
    return Box(book.place.left + width * third, book.place.top - 7, width, 5)
