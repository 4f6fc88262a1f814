"""A refusal in writing with its reason and the right of appeal (不予受理、不予救助告知书, §3.12).

Sources: 社会救助暂行办法 Art 65; 行政复议法 Art 20 (60 days); 行政诉讼法 Art 46 (six months).
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_letter import (
    addressed,
    closing,
    delivery_receipt,
    gap,
    headline,
    paragraphs,
)
from reliefdesk.documents.form_page import FormHead, form_pdf
from reliefdesk.domain.terms import Term

_BLANK = "＿＿＿＿＿＿＿＿"


class Refusal(Term):
    """Whether the request was turned away at intake or refused after it was examined."""

    NOT_ACCEPTED = "not_accepted", "不予受理"
    NOT_RELIEVED = "not_relieved", "不予救助"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFacts:
    """Who is refused, why, and where to appeal: `government` decides on 复议."""

    head: FormHead
    name: str
    case_no: str
    asked_on: date
    kind: Refusal
    reason: str
    policy_basis: str
    government: str
    on: date


def refusal_pdf(facts: RefusalFacts) -> bytes:
    """The notice as a PDF; raises MissingGlyphError, PaperFontsError."""
    contact = facts.head.setting.contact or _BLANK
    blocks = [
        *addressed(facts.name),
        gap(2),
        *paragraphs(
            [
                (
                    f"您于{day_text(facts.asked_on)}提出的急难型临时救助申请（编号{facts.case_no}），"
                    f"经审查，决定{facts.kind.label}。"
                )
            ]
        ),
        *headline(f"一、{facts.kind.label}的理由"),
        *paragraphs([facts.reason]),
        *headline("二、依据"),
        *paragraphs([f"{facts.policy_basis}。"]),
        *headline("三、您的权利"),
        *paragraphs(_rights(facts)),
        *headline("四、其他帮助"),
        *paragraphs(
            [
                (
                    "您仍有困难的，可以向户籍地或者居住地的乡镇（街道）申请最低生活保障、特困供养、医疗救助"
                    f"等其他救助，也可以向救助管理站求助。我单位可以协助您转介，电话：{contact}。情况变化、"
                    "有新的材料的，可以重新申请。"
                )
            ]
        ),
        gap(3),
        closing(facts.head, facts.on),
        *delivery_receipt(facts.case_no),
    ]
    return form_pdf(facts.head, blocks)


def _rights(facts: RefusalFacts) -> tuple[str, ...]:
    return (
        (
            f"不服本决定的，可以自收到本告知书之日起60日内，向{facts.government}申请行政复议；或者自收到"
            "本告知书之日起6个月内，依法向有管辖权的人民法院提起行政诉讼。"
        ),
    )
