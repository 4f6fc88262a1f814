"""The notice that a request was accepted (临时救助受理通知书, RULES.md §2.3 stage 2 and §3.12).

It names number and time, what happens next and until when, and whom to call.
"""

from dataclasses import dataclass
from datetime import date, datetime

from reliefdesk.documents.form_grid import minute_text
from reliefdesk.documents.form_letter import (
    addressed,
    closing,
    delivery_receipt,
    gap,
    numbered,
    paragraphs,
)
from reliefdesk.documents.form_page import FormHead, form_pdf
from reliefdesk.domain.cases import Emergency

_BLANK = "＿＿＿＿＿＿＿＿"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceFacts:
    """What was accepted: `accepted_at` aware UTC, `first_relief_hours` as the policy row says."""

    head: FormHead
    name: str
    case_no: str
    emergency: Emergency
    accepted_at: datetime
    first_relief_hours: int
    policy_basis: str
    registrar: str
    on: date


def acceptance_pdf(facts: AcceptanceFacts) -> bytes:
    """The notice as a PDF; raises MissingGlyphError, PaperFontsError."""
    blocks = [
        *addressed(facts.name),
        gap(2),
        *paragraphs(_texts(facts)),
        *paragraphs(numbered(_next_steps(facts))),
        gap(4),
        closing(facts.head, facts.on),
        *delivery_receipt(facts.case_no),
    ]
    return form_pdf(facts.head, blocks)


def _texts(facts: AcceptanceFacts) -> tuple[str, ...]:
    told = facts.emergency
    return (
        (
            f"您（家庭）于{minute_text(told.happened_at)}在{told.place}发生急难情况"
            f"（{told.cause.label}），申请急难型临时救助。经登记核对，我单位已于"
            f"{minute_text(facts.accepted_at)}受理，受理编号为{facts.case_no}。"
        ),
        f"受理依据：{facts.policy_basis}。",
        "后续办理：",
    )


def _next_steps(facts: AcceptanceFacts) -> tuple[str, ...]:
    contact = facts.head.setting.contact or _BLANK
    return (
        (
            f"情况紧急、需要立即救助的，经批准可以在{facts.first_relief_hours}小时内先行救助，急难缓解"
            "后补齐手续。"
        ),
        "我单位将派2名以上工作人员调查核实，请您保持电话畅通并如实说明情况。",
        "审批结果将及时告知您；不予救助的，书面告知并说明理由。办理救助不收取任何费用。",
        f"经办人：{facts.registrar}；查询电话：{contact}。",
    )
