"""The list of a case's folder (卷内目录, RULES.md §3.12): who made each paper, title, day, page.

Page numbers are written by hand when the folder is sewn; empty lines take what people add.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import opinion, pairs, table
from reliefdesk.documents.form_page import Block, FormHead, form_pdf
from reliefdesk.documents.page import Align
from reliefdesk.documents.table import Column
from reliefdesk.domain.money import Money

_LEAST_ROWS = 14
_COLUMNS = (
    Column("序号", 11, Align.CENTRE),
    Column("责任者", 31),
    Column("文件编号", 34),
    Column("题名", 45),
    Column("日期", 22, Align.CENTRE),
    Column("页号", 11, Align.CENTRE),
    Column("备注", 27),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderEntry:
    """One paper of the folder; `number` and `remark` may be empty."""

    maker: str
    number: str
    title: str
    on: date | None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderListFacts:
    """One folder. `archive_no` and `filed_on` are empty until it was put away."""

    head: FormHead
    name: str
    case_no: str
    cause: str
    outcome: str
    amount: Money
    archive_no: str
    filed_on: date | None
    filed_by: str
    retention: str
    entries: Sequence[FolderEntry]


def folder_list_pdf(facts: FolderListFacts) -> bytes:
    """The list as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    blocks = [*_about(facts), *_papers(facts), *_closed(facts)]
    return form_pdf(facts.head, blocks, foot=("立卷人：", "检查人：", "档案接收人："))


def _about(facts: FolderListFacts) -> list[Block]:
    granted = f"￥{facts.amount.figures}" if facts.amount.fen else ""
    return [
        pairs(("救助对象", facts.name, 60), ("案号", facts.case_no, 0)),
        pairs(("事由", facts.cause, 60), ("办理结果", f"{facts.outcome}　{granted}".strip(), 0)),
        pairs(("档案号", facts.archive_no, 60), ("保管期限", facts.retention, 0)),
    ]


def _papers(facts: FolderListFacts) -> list[Block]:
    rows = [
        (
            str(place),
            entry.maker,
            entry.number,
            entry.title,
            "" if entry.on is None else entry.on.isoformat(),
            "",
            entry.remark,
        )
        for place, entry in enumerate(facts.entries, start=1)
    ]
    return table(_COLUMNS, rows, least_rows=max(_LEAST_ROWS, len(rows) + 2))


def _closed(facts: FolderListFacts) -> list[Block]:
    filed = f"{day_text(facts.filed_on)}归档，{facts.filed_by}。" if facts.filed_on else ""
    words = (
        f"{filed}以上{len(facts.entries)}件为程序有记录的文件，另加手写　　件，"
        "本卷共　　件　　页。没有归入本卷的，在备注栏写明存放处。"
    )
    return [opinion("卷内说明", words, ("立卷人（签字）", "检查人（签字）"), least=30)]
