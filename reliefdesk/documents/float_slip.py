"""The claim or return of a float (备用金领用、归还单, RULES.md §3.9).

What was settled later (冲销记录) is filled from the journal where it is known, else by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import (
    Option,
    amount_text,
    banner,
    choices,
    label,
    opinion,
    pairs,
    row,
    table,
    text_rows,
)
from reliefdesk.documents.form_page import Block, FormHead, form_pdf
from reliefdesk.documents.page import Align
from reliefdesk.documents.table import Column
from reliefdesk.domain.cash import CashEntry, CashKind
from reliefdesk.domain.money import Money

_SETTLING = (
    Column("日期", 28, Align.CENTRE),
    Column("摘要", 50),
    Column("报账金额", 30, Align.RIGHT),
    Column("退回现金", 30, Align.RIGHT),
    Column("补领", 30, Align.RIGHT),
)
_SETTLING_ROWS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatSlipFacts:
    """One movement of the float; `before` is what the cashier's drawer held, `later` what followed.

    `cashier` is who claims or returns (领用人).
    """

    head: FormHead
    entry: CashEntry
    cashier: str
    department: str
    use: str
    return_by: date | None
    before: Money
    later: Sequence[CashEntry] = ()


def float_slip_pdf(facts: FloatSlipFacts) -> bytes:
    """The slip as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    blocks = [*_moved(facts), *_signed(facts), *_settled(facts)]
    foot = (f"制单：{facts.cashier}", "财务负责人：", "负责人：")
    return form_pdf(facts.head, blocks, foot=foot)


def _moved(facts: FloatSlipFacts) -> list[Block]:
    entry, came_in = facts.entry, facts.entry.kind is CashKind.FLOAT_IN
    amount = entry.income if came_in else entry.outgo
    after = facts.before + entry.income - entry.outgo
    first = came_in and "初次" in entry.summary
    kinds = (
        Option("初次领用", ticked=first),
        Option("补领", ticked=came_in and not first),
        Option("归还", ticked=not came_in),
    )
    return [
        row(label("办理事项"), choices(kinds)),
        pairs(("领用人", facts.cashier, 60), ("部门", facts.department, 0)),
        *text_rows("用途", facts.use or ("归还备用金" if not came_in else "")),
        pairs(("金额", amount_text(amount), 0)),
        pairs(("来源" if came_in else "交给", entry.account, 60), ("批准文号", entry.voucher, 0)),
        pairs(("办理前余额", facts.before.figures, 60), ("办理后余额", after.figures, 0)),
        pairs(("归还（报账）期限", day_text(facts.return_by), 0)),
    ]


def _signed(facts: FloatSlipFacts) -> list[Block]:
    came_in = facts.entry.kind is CashKind.FLOAT_IN
    words = "以上备用金已如数领到。" if came_in else "以上备用金已如数交回。"
    return [
        opinion("批准人", "", ("批准人（签字）",), least=18),
        opinion("财务", "", ("财务负责人（签字）", "出纳（财务）（签字）"), least=24),
        opinion("领用人" if came_in else "交回人", words, ("签字",), least=20),
    ]


def _settled(facts: FloatSlipFacts) -> list[Block]:
    rows = [
        (
            entry.on.isoformat(),
            f"{entry.summary} {entry.voucher}",
            "",
            entry.outgo.figures if entry.kind is CashKind.FLOAT_OUT else "",
            entry.income.figures if entry.kind is CashKind.FLOAT_IN else "",
        )
        for entry in facts.later
    ]
    return [banner("冲销记录"), *table(_SETTLING, rows, least_rows=_SETTLING_ROWS)]
