"""The count of a drawer (现金盘点表, RULES.md §3.10): pieces, book, difference and its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reliefdesk.documents.form_grid import (
    Option,
    amount_text,
    banner,
    choices,
    label,
    minute_text,
    opinion,
    pairs,
    row,
    table,
    text_rows,
)
from reliefdesk.documents.form_page import Block, FormHead, form_pdf
from reliefdesk.documents.page import Align
from reliefdesk.documents.table import Column
from reliefdesk.domain.counts import Denomination, Pieces, kind_word
from reliefdesk.domain.money import Money

_COLUMNS = (
    Column("面额", 40, Align.CENTRE),
    Column("张（枚）数", 50, Align.RIGHT),
    Column("金额（元）", 78, Align.RIGHT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheetFacts:
    """One count; `reason`, `second` and `posting` are empty where nothing differed.

    `unposted` is money outside the drawer's book that the count includes, told by hand: ''.
    """

    head: FormHead
    cashier: str
    counted_at: datetime
    pieces: Sequence[Pieces]
    counted: Money
    expected: Money
    reason: str = ""
    second: str = ""
    posting: str = ""
    unposted: str = ""


def count_sheet_pdf(facts: CountSheetFacts) -> bytes:
    """The sheet as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    blocks = [*_counted(facts), *_compared(facts), *_signed(facts)]
    return form_pdf(facts.head, blocks, foot=(f"制表：{facts.cashier}", "审核：", "负责人："))


def pieces_table(pieces: Sequence[Pieces], counted: Money) -> list[Block]:
    """Pieces by denomination, those that nobody had too, and their sum."""
    counts = {found.denomination: found for found in pieces}
    rows = []
    for each in Denomination:
        found = counts.get(each, Pieces(denomination=each, count=0))
        rows.append((each.label, str(found.count), found.amount.figures))
    return [
        *table(_COLUMNS, [*rows, ("合计", "", counted.figures)]),
        pairs(("大写", counted.words, 0)),
    ]


def _counted(facts: CountSheetFacts) -> list[Block]:
    return [
        pairs(("出纳", facts.cashier, 60), ("盘点时间", minute_text(facts.counted_at), 0)),
        banner("实盘现金"),
        *pieces_table(facts.pieces, facts.counted),
    ]


def _compared(facts: CountSheetFacts) -> list[Block]:
    difference = facts.counted - facts.expected
    word = kind_word(difference)
    kinds = (Option(each, ticked=each == word) for each in ("相符", "长款", "短款"))
    amount = amount_text(Money(abs(difference.fen))) if difference.fen else ""
    return [
        banner("账实核对"),
        pairs(("账面余额", amount_text(facts.expected), 0)),
        pairs(("实盘金额", amount_text(facts.counted), 0)),
        pairs(("未入账凭证", facts.unposted, 0)),
        row(label("核对结果"), choices(kinds)),
        pairs(("差额", amount, 0)),
        *text_rows("差额原因", facts.reason, least=14),
        *text_rows("处理情况", facts.posting),
    ]


def _signed(facts: CountSheetFacts) -> list[Block]:
    second = f"监盘人 {facts.second}（签字）" if facts.second else "监盘人（签字）"
    signs = (f"出纳 {facts.cashier}（签字）", second, "负责人（签字）")
    return [opinion("签字", "现金由出纳当面清点，账面余额在点清后才显示。", signs, least=34)]
