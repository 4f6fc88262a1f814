"""The handover of cash between two cashiers (现金交接单): pieces, book, sum, both signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reliefdesk.documents.count_sheet import pieces_table
from reliefdesk.documents.form_grid import (
    amount_text,
    banner,
    minute_text,
    opinion,
    pairs,
    text_rows,
)
from reliefdesk.documents.form_page import Block, FormHead, form_pdf
from reliefdesk.domain.counts import Pieces, kind_word
from reliefdesk.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSheetFacts:
    """One handover; `expected` is what the giver's book said just before it."""

    head: FormHead
    giver: str
    receiver: str
    handed_at: datetime
    pieces: Sequence[Pieces]
    counted: Money
    expected: Money
    amount: Money
    reason: str = ""
    remark: str = ""

    @property
    def left(self) -> Money:
        """What stays on the giver's book: a shortage that is not dealt with yet."""
        return self.expected - self.amount


def handover_sheet_pdf(facts: HandoverSheetFacts) -> bytes:
    """The sheet as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    blocks = [
        pairs(("移交人", facts.giver, 60), ("接收人", facts.receiver, 0)),
        pairs(("交接时间", minute_text(facts.handed_at), 0)),
        banner("当面点清的现金"),
        *pieces_table(facts.pieces, facts.counted),
        *_book(facts),
        *_signed(facts),
    ]
    return form_pdf(facts.head, blocks, foot=(f"制表：{facts.giver}", "审核：", "负责人："))


def _book(facts: HandoverSheetFacts) -> list[Block]:
    difference = facts.counted - facts.expected
    said = kind_word(difference)
    if difference.fen:
        said += f"　￥{Money(abs(difference.fen)).figures}"
    blocks = [
        banner("账款核对"),
        pairs(("账面余额", facts.expected.figures, 60), ("核对结果", said, 0)),
        pairs(("移交金额", amount_text(facts.amount), 0)),
    ]
    if facts.left.fen:
        blocks.append(pairs(("留移交人账上", amount_text(facts.left), 0)))
    if facts.reason:
        blocks += text_rows("差额原因", facts.reason)
    return [*blocks, *text_rows("备注", facts.remark)]


def _signed(facts: HandoverSheetFacts) -> list[Block]:
    words = "现金已当面点清，自签字时起由接收人保管。"
    signs = (
        f"移交人 {facts.giver}（签字）",
        f"接收人 {facts.receiver}（签字）",
        "监交人（签字）",
    )
    return [opinion("签字", words, signs, least=36)]
