"""Parts of letters an office hands out: addressee, paragraphs, unit and day to be sealed, receipt.

Paragraphs break between lines, so a letter of any length goes on on the next page.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.fonts import Face, paper_fonts, visible
from reliefdesk.documents.form_grid import SEAL, Option, signature, tick_box
from reliefdesk.documents.form_page import LEFT, WIDTH, Block, FormHead
from reliefdesk.documents.lines import wrap
from reliefdesk.documents.page import POINTS, Align, Box, Sheet, Type
from reliefdesk.documents.tags import PARAGRAPH

INDENT = "　　"
"""A paragraph begins two characters in."""
BODY = Type(size=13)
"""The size of a letter; a notice for many readers is set larger."""
_SPACING = 1.62
_SIGN_HEIGHT = 10.0


def addressed(name: str, kind: Type = BODY) -> list[Block]:
    """The first line: who is spoken to."""
    return [gap(3), *_paragraph(f"{name}：", kind)]


def paragraphs(texts: Iterable[str], kind: Type = BODY) -> list[Block]:
    """Paragraphs with indented first lines."""
    return [block for text in texts for block in _paragraph(f"{INDENT}{visible(text)}", kind)]


def headline(text: str, kind: Type = BODY) -> list[Block]:
    """A line that names what follows."""
    return _paragraph(text, kind._replace(face=Face.HEI))


def ticked(options: Iterable[Option], kind: Type = BODY) -> list[Block]:
    """Boxes to tick, one below the other."""
    return [_ticked(option, kind) for option in options]


def gap(height: float) -> Block:
    """Empty room."""
    return Block(height=height, draw=lambda _sheet, _top: None)


def closing(head: FormHead, on: date | None) -> Block:
    """Unit and day at the lower right, with the room of a seal over them; no day leaves blanks."""
    height = SEAL + 3

    def draw(sheet: Sheet, top: float) -> None:
        width = 96.0
        line = Box(LEFT + WIDTH - width, top + height / 2 - 9, width, 8)
        kind = BODY._replace(align=Align.CENTRE, least=8, whole=True)
        sheet.text(line, head.unit_name, kind)
        said = day_text(on) if on is not None else "　　　　年　　月　　日"
        sheet.text(line._replace(top=line.top + 9), said, kind)
        note = Type(size=9, align=Align.CENTRE)
        sheet.text(line._replace(top=line.top + 17, height=5), "（盖章）", note)

    return Block(height=height, draw=draw)


def signed_by(*words: str) -> list[Block]:
    """Lines to sign, each with its day."""
    return [_signed(each) for each in words]


def cut_line(text: str) -> Block:
    """A dashed rule above the part that stays with the office."""

    def draw(sheet: Sheet, top: float) -> None:
        middle = top + 4
        dashes = 60
        step = WIDTH / dashes
        for index in range(dashes):
            start = LEFT + index * step
            sheet.line((start, middle), (start + step * 0.55, middle), 0.4)
        kind = BODY._replace(face=Face.HEI, align=Align.CENTRE)
        sheet.text(Box(LEFT, top + 6, WIDTH, 8), text, kind)

    return Block(height=16, draw=draw)


def delivery_receipt(number: str) -> list[Block]:
    """送达回执: that the letter was received, when, and by whom it was handed over."""
    return [
        cut_line("送　达　回　执"),
        *paragraphs(
            [f"上述告知书（{number}）本人已收到，内容已向本人说明。"], BODY._replace(size=12)
        ),
        *signed_by("收件人（签字、指印）", "送达人（签字）"),
    ]


def _paragraph(text: str, kind: Type) -> list[Block]:
    room = WIDTH * POINTS / kind.size
    lines = wrap(text, paper_fonts().widths[kind.face], room)
    return [_line(line, kind, goes_on=index > 0) for index, line in enumerate(lines)]


def _line(text: str, kind: Type, *, goes_on: bool) -> Block:
    height = kind.size * _SPACING / POINTS

    def draw(sheet: Sheet, top: float) -> None:
        sheet.text(Box(LEFT, top, WIDTH + 0.1, height), text, kind)

    return Block(height=height, draw=draw, goes_on=goes_on)


def _ticked(option: Option, kind: Type) -> Block:
    room = WIDTH - 16
    lines = wrap(visible(option.text), paper_fonts().widths[kind.face], room * POINTS / kind.size)
    height = (1.22 * len(lines) + 0.4) * kind.size / POINTS

    def draw(sheet: Sheet, top: float) -> None:
        said = f"{'☑' if option.ticked else '□'}{option.text}"
        with sheet.tagged(PARAGRAPH, said):
            tick_box(sheet, Box(LEFT + 9, top, room + 4.15, height), option, kind)

    return Block(height=height, draw=draw)


def _signed(words: str) -> Block:
    def draw(sheet: Sheet, top: float) -> None:
        signature(sheet, Box(LEFT + 10, top + 1.5, WIDTH - 20, _SIGN_HEIGHT - 2), words)

    return Block(height=_SIGN_HEIGHT, draw=draw)


def numbered(texts: Sequence[str]) -> list[str]:
    """`一、…` up to ten."""
    return [f"{mark}、{text}" for mark, text in zip("一二三四五六七八九十", texts, strict=False)]
