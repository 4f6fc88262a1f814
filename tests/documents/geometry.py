"""Where every character and every rule of a finished PDF stands, in millimetres from the top."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_MM = 25.4 / 72
_STAMP_SIZE = 40
"""Larger letters are watermarks and stamps, which lie under or over everything on purpose."""


class Edges(NamedTuple):
    """A rectangle by its edges; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Char:
    """One visible character and the room its ink takes."""

    text: str
    box: Edges


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGeometry:
    """One page: its size, its characters, its level and upright rules (frames give four)."""

    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Edges, ...]
    text: str


def geometry(pdf: bytes) -> list[PageGeometry]:
    """Every page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[index]) for index in range(len(document))]
    finally:
        document.close()


def crossings(page: PageGeometry, *, spare: float) -> Iterator[str]:
    """Characters that a rule runs through by more than `spare` on both of its sides."""
    for char in page.chars:
        box = char.box
        for rule in page.rules:
            level = rule.bottom - rule.top < rule.right - rule.left
            if level:
                at = (rule.top + rule.bottom) / 2
                inside = box.top + spare < at < box.bottom - spare
                beside = rule.right < box.left + spare or rule.left > box.right - spare
            else:
                at = (rule.left + rule.right) / 2
                inside = box.left + spare < at < box.right - spare
                beside = rule.bottom < box.top + spare or rule.top > box.bottom - spare
            if inside and not beside:
                yield f"{char.text} at {box.left:.0f},{box.top:.0f}"


def overlaps(page: PageGeometry, *, share: float) -> Iterator[str]:
    """Pairs of characters that cover more than `share` of the smaller one."""
    chars = sorted(page.chars, key=lambda char: char.box.left)
    for index, one in enumerate(chars):
        for other in chars[index + 1 :]:
            if other.box.left >= one.box.right:
                break
            if _common(one.box, other.box) > share * min(_area(one.box), _area(other.box)):
                yield f"{one.text} and {other.text} at {one.box.left:.0f},{one.box.top:.0f}"


def outside(page: PageGeometry, *, margin: float) -> Iterator[str]:
    """Characters nearer to the edge of the paper than a printer reaches."""
    for char in page.chars:
        left, top, right, bottom = char.box
        if min(left, top, page.width - right, page.height - bottom) < margin:
            yield f"{char.text} at {left:.0f},{top:.0f}"


def _page(page: "pypdfium2.PdfPage") -> PageGeometry:
    width, height = page.get_size()
    text = page.get_textpage()
    chars = tuple(_chars(text, height))
    rules = tuple(rule for part in page.get_objects(max_depth=3) for rule in _rules(part, height))
    whole = text.get_text_range()
    return PageGeometry(
        width=width * _MM, height=height * _MM, chars=chars, rules=rules, text=whole
    )


def _chars(text: "pypdfium2.PdfTextPage", height: float) -> Iterator[Char]:
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        size = pdfium.FPDFText_GetFontSize(text, index)
        char = chr(code)
        if char.isspace() or not char.isprintable() or size > _STAMP_SIZE:
            continue
        left, bottom, right, top = text.get_charbox(index)
        if right > left and top > bottom:
            box = Edges(left * _MM, (height - top) * _MM, right * _MM, (height - bottom) * _MM)
            yield Char(text=char, box=box)


def _rules(part: "pypdfium2.PdfObject", height: float) -> Iterator[Edges]:
    if part.type != pdfium.FPDF_PAGEOBJ_PATH:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(part, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value:
        return
    left, bottom, right, top = (edge * _MM for edge in part.get_bounds())
    upper, lower = height * _MM - top, height * _MM - bottom
    if right - left < 1 or lower - upper < 1:
        yield Edges(left, upper, right, lower)
        return
    if right - left < 4 and lower - upper < 4:
        return  # a box to tick, or its hook
    half = 0.1
    yield Edges(left, upper, right, upper + half)
    yield Edges(left, lower - half, right, lower)
    yield Edges(left, upper, left + half, lower)
    yield Edges(right - half, upper, right, lower)


def _common(one: Edges, other: Edges) -> float:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, across) * max(0.0, down)


def _area(box: Edges) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
