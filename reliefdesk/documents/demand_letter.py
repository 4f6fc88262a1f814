"""The letter that claims money back (追缴通知书, RULES.md §3.12): why, how much, until when, how.

A penalty is the department's own act and only mentioned; the right of appeal is always told.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_letter import (
    BODY,
    addressed,
    closing,
    delivery_receipt,
    gap,
    numbered,
    paragraphs,
)
from reliefdesk.documents.form_page import FormHead, form_pdf
from reliefdesk.domain.money import Money

_TEXT = BODY._replace(size=12.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandFacts:
    """One claim. `repaid` is what came back before the letter was printed; `penalty` or ''."""

    head: FormHead
    recovery_no: str
    name: str
    case_no: str
    paid: Money
    ground: str
    reason: str
    basis: str
    amount: Money
    repaid: Money
    due_on: date
    penalty: str
    on: date


def demand_letter_pdf(facts: DemandFacts) -> bytes:
    """The letter as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    blocks = [
        *addressed(facts.name),
        *paragraphs(_body(facts), _TEXT),
        gap(1),
        *paragraphs(numbered(_ways(facts)), _TEXT),
        gap(1),
        *paragraphs(_rights(facts), _TEXT),
        closing(facts.head, facts.on),
        *delivery_receipt(facts.recovery_no),
    ]
    return form_pdf(facts.head, blocks)


def _body(facts: DemandFacts) -> list[str]:
    owed = facts.amount - facts.repaid
    back = f"已退回￥{facts.repaid.figures}，" if facts.repaid.fen else ""
    found = (
        f"经查，你领取的急难型临时救助金（案号{facts.case_no}，已发放￥{facts.paid.figures}）存在"
        f"{facts.ground}的情形：{facts.reason}"
    )
    decided = (
        f"依据{facts.basis}，现决定追回救助金￥{facts.amount.figures}"
        f"（大写：{facts.amount.words}）。{back}请于{day_text(facts.due_on)}前退回"
        f"￥{owed.figures}（大写：{owed.words}）。"
    )
    return [found, decided]


def _ways(facts: DemandFacts) -> list[str]:
    office = facts.head.unit_name
    return [
        f"到{office}交现金，当场领取收款收据；没有收款收据的不要交款。",
        "转账退回的，在附言中写明本通知书编号，并保留银行回单；收款账户请向上述单位询问。",
        "一次退回有困难的，可以在期限内书面说明，商定分次退回。",
    ]


def _rights(facts: DemandFacts) -> list[str]:
    found = []
    if facts.penalty:
        found.append(f"民政部门的处理：{facts.penalty}")
    contact = facts.head.setting.contact
    asked = f"有疑问的，可拨打{contact}。" if contact else "有疑问的，可到上述单位询问。"
    found.append(
        "逾期不退回的，将依法处理。如不服本决定，可以自收到本通知书之日起六十日内依法申请行政复议，"
        f"或者在六个月内依法提起行政诉讼。{asked}"
    )
    return found
