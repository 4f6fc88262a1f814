"""The pages of an official form: unit, title, number and day above, copies and page number below.

A form is a list of blocks, measured before they are drawn; pages break between blocks only, so
nothing is cut. Conventions: RULES.md §3 (title centred, seal of 45 mm, 制表/审核/负责人).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reliefdesk.documents.fonts import Face, visible
from reliefdesk.documents.page import A4, Align, Box, Ink, Paper, Sheet, Type
from reliefdesk.documents.tags import FIGURE, HEADING, PARAGRAPH, ROW, TABLE, Tags
from reliefdesk.domain.form_settings import PICTURE_BYTES_MAX, FormSetting, SettingPictureError

LEFT, WIDTH = 22.0, 168.0
"""The text area of an A4 form; the left margin is wider, for binding."""
_TOP = 14.0
_PICTURE = 14.0
_AGAIN_TOP = 25.0
_BOTTOM = 274.0
_OUTER = 1.1
_NUMBER = 66.0
_TURN = 32
_LINE = Type(size=10.5, least=6)
_FOOT = Type(size=9, least=5.5)

Draw = Callable[[Sheet, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHead:
    """What every form carries besides its own facts; '' leaves `number` or `day` out.

    `unit` is the office's name where the setting names none. `number` and `day` are whole lines
    such as `编号：AJ-…` and `受理时间：…`.
    """

    setting: FormSetting
    unit: str
    number: str = ""
    day: str = ""
    training: bool = False

    @property
    def unit_name(self) -> str:
        """The unit as printed: the setting's words, else the office's name."""
        return self.setting.unit or self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a form with its height in millimetres, drawn from a given top on.

    `framed` blocks that follow each other share one heavy outline. `again` is drawn first where a
    page begins with this block. `fresh` begins a page; `goes_on` is a further line of a paragraph.
    """

    height: float
    draw: Draw
    framed: bool = False
    again: "Block | None" = None
    fresh: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    block: Block
    top: float


def form_pdf(head: FormHead, blocks: Sequence[Block], *, foot: Sequence[str] = ()) -> bytes:
    """The form as a PDF; `foot` are the words of 制表, 审核, 负责人 below the table.

    Raises MissingGlyphError, TextRoomError, PaperFontsError.
    """
    paper = Paper(title=head.setting.title, size=A4)
    pages = list(_pages(head, blocks))
    for number, placed in enumerate(pages, start=1):
        with paper.sheet() as sheet:
            if head.training:
                _watermark(sheet)
            _draw_head(sheet, head, number)
            _draw_blocks(sheet, paper.tags, placed)
            _draw_foot(sheet, head, foot)
            page = f"第{number}页　共{len(pages)}页"
            sheet.text(_foot_box(1), page, _FOOT._replace(align=Align.RIGHT))
    return paper.pdf()


def _draw_blocks(sheet: Sheet, tags: Tags, placed: Sequence[_Placed]) -> None:
    in_table = 0
    for each in placed:
        if each.block.framed:
            tags.within(TABLE, ROW, keep=in_table)
        else:
            tags.within(PARAGRAPH, keep=int(each.block.goes_on))
        in_table = int(each.block.framed)
        each.block.draw(sheet, each.top)
    tags.within()
    for box in _outlines(placed):
        sheet.frame(box, _OUTER)


def require_printable(head: FormHead) -> None:
    """Refuse a setting that could not be printed, also as training and on a second page.

    Raises MissingGlyphError, TextRoomError, SettingPictureError.
    """
    nothing = Block(height=1, draw=lambda _sheet, _top: None)
    try:
        form_pdf(replace(head, training=True), (nothing, replace(nothing, fresh=True)))
    except OSError as error:
        raise SettingPictureError(most=PICTURE_BYTES_MAX) from error


def _pages(head: FormHead, blocks: Sequence[Block]) -> Iterator[list[_Placed]]:
    page: list[_Placed] = []
    top = _first_top(head)
    for block in blocks:
        if page and (block.fresh or top + block.height > _BOTTOM):
            yield page
            page, top = [], _AGAIN_TOP
            if block.again is not None:
                page.append(_Placed(block=block.again, top=top))
                top += block.again.height
        page.append(_Placed(block=block, top=top))
        top += block.height
    yield page


def _outlines(placed: Sequence[_Placed]) -> Iterator[Box]:
    start: float | None = None
    end = 0.0
    for each in placed:
        if each.block.framed:
            start = each.top if start is None else start
            end = each.top + each.block.height
        elif start is not None:
            yield Box(LEFT, start, WIDTH, end - start)
            start = None
    if start is not None:
        yield Box(LEFT, start, WIDTH, end - start)


def _first_top(head: FormHead) -> float:
    return _TOP + (_PICTURE if head.setting.picture else 0) + 26.5


def _draw_head(sheet: Sheet, head: FormHead, page: int) -> None:
    mark = "（演练，不作凭证）" if head.training else ""
    title = f"{visible(head.setting.title)}{mark}"
    if page > 1:
        box = Box(LEFT, 16, WIDTH - _NUMBER, 7)
        sheet.text(box, f"{title}（续）", _LINE._replace(face=Face.HEI))
        right = Box(box.right + 2, 16, _NUMBER - 2, 7)
        sheet.text(right, head.number, _LINE._replace(align=Align.RIGHT, whole=True))
        return
    top = _TOP
    if head.setting.picture is not None:
        with sheet.tagged(FIGURE, head.unit_name):
            sheet.picture(Box(LEFT, top, WIDTH, _PICTURE - 1), head.setting.picture)
        top += _PICTURE
    centred = Type(size=12, least=7, align=Align.CENTRE, whole=True)
    sheet.text(Box(LEFT, top, WIDTH, 7), head.unit_name, centred)
    kind = centred._replace(size=20, least=9, bold=True)
    with sheet.tagged(HEADING):
        sheet.text(Box(LEFT, top + 7.5, WIDTH, 11), title, kind)
    line = Box(LEFT, top + 20, WIDTH / 2, 5.5)
    sheet.text(line, head.number, _LINE._replace(whole=True))
    right = line._replace(left=LEFT + WIDTH / 2)
    sheet.text(right, head.day, _LINE._replace(align=Align.RIGHT, whole=True))


def _draw_foot(sheet: Sheet, head: FormHead, foot: Sequence[str]) -> None:
    for index, words in enumerate(foot):
        share = WIDTH / len(foot)
        sheet.text(_foot_box(0)._replace(left=LEFT + share * index, width=share - 2), words, _LINE)
    below = _foot_box(1)._replace(width=WIDTH - 34)
    sheet.text(below, copies_text(head.setting.copies), _FOOT)
    if head.setting.footer:
        sheet.text(_foot_box(2), head.setting.footer, _FOOT)


def copies_text(copies: Sequence[str]) -> str:
    """How many copies there are and where each goes; '' where the setting names none."""
    count = len(copies)
    if not count:
        return ""
    return f"本表一式{count}份：{'、'.join(copies)}{'各一份' if count > 1 else ''}。"


def _foot_box(line: int) -> Box:
    return Box(LEFT, 275.5 + line * 5.2, WIDTH, 5)


def _watermark(sheet: Sheet) -> None:
    kind = Type(size=100, face=Face.HEI, ink=Ink.FAINT)
    for across, down in ((0.3, 0.2), (0.5, 0.5), (0.7, 0.8)):
        sheet.stamp((A4.width * across, A4.height * down), "演练", kind, angle=_TURN)
