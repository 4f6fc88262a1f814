"""Where everything stands on a receipt, per paper; only millimetres and labels, no facts.

A5 landscape has one 联 a page; the 241 mm form uses three thirds of one fanfold sheet, one 联 each,
instead of carbon: a strike through carbon is equal on all three, and the third 联 must not carry
the full identity number. The seal needs 45 mm clear.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reliefdesk.documents.page import (
    A5_LANDSCAPE,
    FANFOLD_241,
    Align,
    Box,
    PaperSize,
    Sheet,
    Type,
)

SIGNER = "领款人（代领人）签字　金额核对无误"
_HEAVY = 1.1
_FINE = 0.5
_PAD = 1.0

_Row = tuple[float, Sequence[tuple[str, float, str, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One paper form. `cells` by the key of the value; `code` is the corner of the square code."""

    size: PaperSize
    unit: Box
    title: Box
    day: Box
    number: Box
    code: tuple[float, float]
    reprint: Box
    grid: Box
    cells: Mapping[str, Box]
    labels: Sequence[tuple[Box, str]]
    recipient: Box
    fingerprint: Box
    officers: Sequence[Box]
    seal: Box
    side: Box
    purpose: Box
    printed: Box
    page: Box
    label: Type
    value: Type
    title_size: float
    is_preprinted: bool = False
    """Whether lines and labels stand on the stock already: then only facts are drawn (套打)."""


def _grid(
    corner: tuple[float, float], rows: Sequence[_Row]
) -> tuple[dict[str, Box], list[tuple[Box, str]], float]:
    cells: dict[str, Box] = {}
    labels: list[tuple[Box, str]] = []
    top = corner[1]
    for height, parts in rows:
        left = corner[0]
        for label, label_width, key, width in parts:
            labels.append((Box(left, top, label_width, height), label))
            cells[key] = Box(left + label_width, top, width, height)
            left += label_width + width
        top += height
    return cells, labels, top


def _a5() -> Layout:
    left, top, width = 12.0, 28.0, 184.0
    rows: list[_Row] = [
        (7.5, [("领款人姓名", 24, "recipient", 58), ("证件及号码", 24, "document", 78)]),
        (7.5, [("户籍地", 24, "hukou", 58), ("案号及审批", 24, "case", 78)]),
        (8.0, [("救助事由", 24, "cause", 160)]),
        (7.5, [("政策依据", 24, "basis", 160)]),
        (9.5, [("金额（大写）", 24, "words", 98), ("（小写）", 18, "figures", 44)]),
        (7.5, [("发放方式", 24, "method", 58), ("经费来源", 24, "fund", 78)]),
        (
            7.5,
            [
                ("代领人", 24, "proxy_name", 34),
                ("证件号", 14, "proxy_number", 38),
                ("关系", 10, "proxy_relation", 16),
                ("委托书", 14, "proxy_paper", 34),
            ],
        ),
        (7.5, [("备注", 24, "remark", 160)]),
    ]
    cells, labels, bottom = _grid((left, top), rows)
    height = 46.0
    return Layout(
        size=A5_LANDSCAPE,
        unit=Box(60, 5, 90, 6),
        title=Box(52, 11, 106, 9),
        day=Box(left, 21.5, 60, 5.5),
        number=Box(84, 21.5, 90, 5.5),
        code=(left + width - 17.4, 5.5),
        reprint=Box(left, 5.5, 44, 12),
        grid=Box(left, top, width, bottom - top + height),
        cells=cells,
        labels=labels,
        recipient=Box(left, bottom, 46, height),
        fingerprint=Box(left + 46, bottom, 27, height),
        officers=[
            Box(left + 73 + 31.5 * (index % 2), bottom + 23 * (index // 2), 31.5, 23)
            for index in range(4)
        ],
        seal=Box(left + 136, bottom, 48, height),
        side=Box(198, top, 6, bottom - top + height),
        purpose=Box(left, 137.5, 84, 5),
        printed=Box(left + 84, 137.5, 78, 5),
        page=Box(left + 162, 137.5, 22, 5),
        label=Type(size=9.5, align=Align.CENTRE, whole=True),
        value=Type(size=10.5),
        title_size=18,
    )


def _fanfold() -> Layout:
    left, top, width = 16.0, 19.0, 156.0
    rows: list[_Row] = [
        (5.6, [("领款人姓名", 20, "recipient", 46), ("证件及号码", 20, "document", 70)]),
        (5.6, [("户籍地", 20, "hukou", 46), ("案号及审批", 20, "case", 70)]),
        (6.0, [("救助事由", 20, "cause", 136)]),
        (5.6, [("政策依据", 20, "basis", 136)]),
        (7.0, [("金额（大写）", 20, "words", 82), ("（小写）", 15, "figures", 39)]),
        (5.6, [("发放方式", 20, "method", 46), ("经费来源", 20, "fund", 70)]),
        (
            5.6,
            [
                ("代领人", 20, "proxy_name", 30),
                ("证件号", 11, "proxy_number", 34),
                ("关系", 8, "proxy_relation", 13),
                ("委托书", 11, "proxy_paper", 29),
            ],
        ),
        (5.6, [("备注", 20, "remark", 136)]),
    ]
    cells, labels, bottom = _grid((left, top), rows)
    height = 19.4
    return Layout(
        size=FANFOLD_241,
        unit=Box(60, 3.6, 68, 5),
        title=Box(50, 8.2, 88, 6.4),
        day=Box(left, 14.6, 50, 4.2),
        number=Box(92, 14.6, 80, 4.2),
        code=(left + width + 15.3, 4.4),
        reprint=Box(left, 4, 40, 10),
        grid=Box(left, top, width, bottom - top + height),
        cells=cells,
        labels=labels,
        recipient=Box(left, bottom, 46, height),
        fingerprint=Box(left + 46, bottom, 20, height),
        officers=[Box(left + 66 + 22.5 * index, bottom, 22.5, height) for index in range(4)],
        seal=Box(left + width, 25, 48, bottom + height - 25),
        side=Box(221, 25, 5, bottom + height - 25),
        purpose=Box(left, 85.4, 76, 4),
        printed=Box(left + 76, 85.4, 104, 4),
        page=Box(left + 180, 85.4, 24, 4),
        label=Type(size=8.5, align=Align.CENTRE, whole=True),
        value=Type(size=9),
        title_size=14,
    )


A5_LAYOUT = _a5()
FANFOLD_LAYOUT = _fanfold()
A5_OVERLAY = replace(A5_LAYOUT, is_preprinted=True)
FANFOLD_OVERLAY = replace(FANFOLD_LAYOUT, is_preprinted=True)

OFFICERS = ("出纳（付款人）", "经办人", "监发人（证明人）", "审批人")


def draw_titles(sheet: Sheet, layout: Layout, unit: str, title: str) -> None:
    """The unit above the title, with a gap between them however small they must be set."""
    kind = Type(size=layout.title_size * 0.62, least=4, align=Align.CENTRE, whole=True)
    sheet.text(layout.unit.inset(0, 0.5), unit, kind)
    heavy = kind._replace(size=layout.title_size, bold=True)
    sheet.text(layout.title.inset(0, 0.4), title, heavy)


def draw_frame(sheet: Sheet, layout: Layout, side: str, signer: str) -> None:
    """Lines and labels that are the same on every receipt of one 联: `side` is its name."""
    sheet.frame(layout.grid, _HEAVY)
    for box, label in layout.labels:
        sheet.frame(box, _FINE)
        sheet.text(box.inset(_PAD, 0), label, layout.label)
    for box in layout.cells.values():
        sheet.frame(box, _FINE)
    for box in (layout.recipient, layout.fingerprint, *layout.officers):
        sheet.frame(box, _FINE)
    sheet.frame(layout.seal, _FINE if layout.seal.right <= layout.grid.right else _HEAVY)
    small = layout.label._replace(size=layout.label.size - 1.5, align=Align.LEFT)
    for box, label in zip(layout.officers, OFFICERS, strict=True):
        sheet.text(_strip(box, 0, layout), label, small)
    _draw_recipient(sheet, layout, signer, small)
    note = small._replace(align=Align.CENTRE)
    place = layout.seal
    sheet.text(Box(place.left, place.bottom - 6, place.width, 5), "（单位公章　财务专用章）", note)
    sheet.column(layout.side, side, layout.label)


def _draw_recipient(sheet: Sheet, layout: Layout, signer: str, small: Type) -> None:
    sheet.text(_strip(layout.recipient, 0, layout), signer, small)
    sheet.text(
        _strip(layout.fingerprint, 0, layout),
        "指印（右手食指）",
        small._replace(align=Align.CENTRE),
    )
    box = layout.recipient
    foot = Box(box.left + _PAD, box.bottom - 5, box.width - 2 * _PAD, 4.6)
    sheet.text(foot, "签领日期　　　　年　　月　　日", small)


def _strip(box: Box, index: int, layout: Layout) -> Box:
    height = layout.label.size * 0.47
    return Box(box.left + _PAD, box.top + 0.6 + index * height, box.width - 2 * _PAD, height)


def officer_name(layout: Layout, index: int) -> Box:
    """Where the officer's name stands, above the room to sign."""
    return _strip(layout.officers[index], 1, layout)


def signer_note(layout: Layout) -> Box:
    """Where reason and witness of a fingerprint stand, above the day of signing."""
    box = layout.recipient
    height = layout.label.size * 0.9
    return Box(box.left + _PAD, box.bottom - 5 - height, box.width - 2 * _PAD, height)
