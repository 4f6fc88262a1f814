"""The close of a cashier's day (现金日结单): what moved by kind, the count, the numbers, the head.

The journal's head stands there in short and as a square code, so that a record cut or written anew
later is found out against this paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reliefdesk.documents.form_grid import (
    amount_text,
    banner,
    minute_text,
    opinion,
    pairs,
    table,
    text_rows,
)
from reliefdesk.documents.form_page import LEFT, WIDTH, Block, FormHead, form_pdf
from reliefdesk.documents.page import Align, Box, Sheet, Type
from reliefdesk.documents.table import Column
from reliefdesk.domain.closings import DayClosed, KindSum
from reliefdesk.domain.counts import kind_word
from reliefdesk.domain.money import Money

_COLUMNS = (
    Column("类别", 60),
    Column("笔数", 30, Align.RIGHT),
    Column("收入（元）", 39, Align.RIGHT),
    Column("支出（元）", 39, Align.RIGHT),
)
_CODE_ROOM = 40.0
_GROUP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheetFacts:
    """One closed day. `head_seq` and `head_hash` are the journal's end once it was closed.

    `numbers`, `void` and `red` are the serials taken, voided and reversed on that day; `pads` what
    became of blank receipts (应急单), by words such as 写坏作废.
    """

    head: FormHead
    closed: DayClosed
    closed_at: datetime
    cashier: str
    sums: Sequence[KindSum]
    counted: Money
    expected: Money
    head_seq: int
    head_hash: str
    counted_at: datetime
    reason: str = ""
    numbers: Sequence[str] = ()
    void: Sequence[str] = ()
    red: Sequence[str] = ()
    pads: Sequence[tuple[str, Sequence[str]]] = ()
    limit: Money | None = None


def day_sheet_pdf(facts: DaySheetFacts) -> bytes:
    """The sheet as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    blocks = [*_moved(facts), *_counted(facts), *_numbers(facts), *_signed(facts)]
    return form_pdf(facts.head, blocks, foot=(f"出纳：{facts.cashier}", "复核：", "负责人："))


def head_text(seq: int, digest: str) -> str:
    """`12:ab…`, as the program reads a head back from paper."""
    return f"{seq}:{digest}"


def short_head(seq: int, digest: str) -> str:
    """Number and the first 16 characters in two groups, to compare by eye."""
    return f"第{seq}条　{digest[:_GROUP]} {digest[_GROUP : 2 * _GROUP]}"


def _moved(facts: DaySheetFacts) -> list[Block]:
    closed = facts.closed
    rows = [
        (
            each.kind.label,
            str(each.count),
            each.income.figures if each.income.fen else "",
            each.outgo.figures if each.outgo.fen else "",
        )
        for each in facts.sums
    ]
    count = sum(each.count for each in facts.sums)
    total = ("本日合计", str(count), closed.income.figures, closed.outgo.figures)
    return [
        pairs(("出纳", facts.cashier, 60), ("日结时间", minute_text(facts.closed_at), 0)),
        pairs(("期初余额", closed.opening.figures, 60), ("期末余额", closed.closing.figures, 0)),
        banner("本日收支"),
        *table(_COLUMNS, [*rows, total]),
        pairs(("期末大写", closed.closing.words, 0)),
    ]


def _counted(facts: DaySheetFacts) -> list[Block]:
    difference = facts.counted - facts.expected
    said = kind_word(difference)
    if difference.fen:
        said += f"　￥{Money(abs(difference.fen)).figures}"
    blocks = [
        banner("现金盘点"),
        pairs(("盘点时间", minute_text(facts.counted_at), 60), ("核对结果", said, 0)),
        pairs(("实盘金额", facts.counted.figures, 60), ("盘点时账面", facts.expected.figures, 0)),
    ]
    if facts.reason:
        blocks += text_rows("差额原因", facts.reason)
    if facts.limit is not None and facts.closed.closing > facts.limit:
        excess = amount_text(facts.closed.closing - facts.limit)
        blocks.append(pairs(("超库存限额", f"{excess}，应送存", 0)))
    return blocks


def _numbers(facts: DaySheetFacts) -> list[Block]:
    fates = (("使用", facts.numbers), ("作废", facts.void), ("红冲", facts.red), *facts.pads)
    rows = [
        text_rows(f"{word}{len(numbers)}号", "、".join(numbers) or "无") for word, numbers in fates
    ]
    return [banner("领款单号码"), *(block for blocks in rows for block in blocks)]


def _signed(facts: DaySheetFacts) -> list[Block]:
    signs = (f"出纳 {facts.cashier}（签字）", "复核（签字）", "负责人（签字）")
    return [opinion("签字", "日结后当天的账不再变动。", signs, least=30), _head(facts)]


def _head(facts: DaySheetFacts) -> Block:
    text = head_text(facts.head_seq, facts.head_hash)
    lines = (
        "记录校验码（核对办理点记录时使用，请与本单一并保存）",
        short_head(facts.head_seq, facts.head_hash),
        f"全码：{facts.head_hash}",
    )

    def draw(sheet: Sheet, top: float) -> None:
        sheet.code((LEFT + 3, top + 4), text)
        for place, line in enumerate(lines):
            box = Box(LEFT + _CODE_ROOM, top + 5 + place * 8, WIDTH - _CODE_ROOM, 7)
            sheet.text(box, line, Type(size=10.5 if place else 9.5, least=6))

    return Block(height=_CODE_ROOM, draw=draw)
