"""The slip that goes with a bundle (报送移交单): what is inside, and both signatures.

It names no person helped; its fingerprint is that of the content, whichever stick carries it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import (
    amount_text,
    banner,
    minute_text,
    opinion,
    pairs,
    table,
    text_rows,
)
from reliefdesk.documents.form_page import Block, FormHead, form_pdf
from reliefdesk.documents.page import Align
from reliefdesk.documents.table import Column
from reliefdesk.domain.money import Money

_KINDS = (
    Column("记录种类", 84),
    Column("笔数", 28, Align.RIGHT),
    Column("金额（元）", 56, Align.RIGHT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """How many records of a kind are inside, and their amounts together."""

    name: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSlipFacts:
    """One bundle; `first` to `last` are its numbers, `events` those people recorded.

    `size` in bytes tells a file that was cut short from one that was altered; `stick` and
    `handed_on` are empty until it was written and handed over.
    """

    head: FormHead
    sender: str
    recipient: str
    number: int
    first: int
    last: int
    events: int
    paid: Money
    kinds: Sequence[KindLine]
    made_at: datetime
    file_name: str
    size: int
    fingerprint: str
    stick: str = ""
    handed_on: date | None = None
    receiver: str = ""


def transfer_slip_pdf(facts: TransferSlipFacts) -> bytes:
    """The slip as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    blocks = [*_said(facts), *_inside(facts), *_checked(facts), *_signed(facts)]
    return form_pdf(facts.head, blocks, foot=("制表：", "审核：", "负责人："))


def _said(facts: TransferSlipFacts) -> list[Block]:
    return [
        *text_rows("报送单位", facts.sender),
        *text_rows("收件单位", facts.recipient),
        pairs(("包号", f"第{facts.number}号", 60), ("生成时间", minute_text(facts.made_at), 0)),
        pairs(("记录编号", f"第{facts.first}号至第{facts.last}号", 0)),
        pairs(("业务记录", f"{facts.events:,}笔", 0)),
        pairs(("现金发放", amount_text(facts.paid), 0)),
    ]


def _inside(facts: TransferSlipFacts) -> list[Block]:
    rows = [
        (each.name, f"{each.count:,}", each.amount.figures if each.amount.fen else "")
        for each in facts.kinds
    ]
    return [banner("包内记录（含报送本身的记录）"), *table(_KINDS, rows)]


def _checked(facts: TransferSlipFacts) -> list[Block]:
    return [
        banner("核对"),
        pairs(("内容指纹", facts.fingerprint, 0)),
        *text_rows("文件名", facts.file_name),
        pairs(("文件大小", f"{facts.size:,} 字节", 60), ("U盘", facts.stick, 0)),
    ]


def _signed(facts: TransferSlipFacts) -> list[Block]:
    handed = "" if facts.handed_on is None else f"{day_text(facts.handed_on)}交{facts.receiver}。"
    words = (
        f"{handed}收件人当面核对包号、文件大小和内容指纹后签字。"
        "签字只表示收到U盘；以收件单位的回执为已签收，以回执中逐条的认定为已认可。"
    )
    return [opinion("移交", words, ("移交人（签字）", "收件人（签字）"), least=36)]
