"""One notice of everything that is still missing (补正材料一次性告知书, RULES.md §3.12).

The list follows the cause; what the record proves to be missing is ticked, the rest by hand.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import Option
from reliefdesk.documents.form_letter import (
    BODY,
    addressed,
    closing,
    delivery_receipt,
    gap,
    paragraphs,
    ticked,
)
from reliefdesk.documents.form_page import FormHead, form_pdf
from reliefdesk.domain.cases import Cause

_TEXT = BODY._replace(size=12.5)
_BLANK_DAY = "　　　　年　　月　　日"
_EVIDENCE = {
    Cause.FIRE: "消防救援机构出具的火灾证明（火灾事故认定书）",
    Cause.TRAFFIC: "公安机关交通管理部门出具的交通事故认定书（证明）",
    Cause.ACCIDENT: "意外事件的证明（公安、单位、社区或者医疗机构出具）",
    Cause.ILLNESS: "医疗机构的诊断证明和医疗票据",
    Cause.OTHER: "遭遇其他特殊困难的证明（说明情况）",
}
_IDENTITY = "申请人及共同生活家庭成员的身份证件、户口簿"
_PERMIT = "居住证或者未办理居住证的说明"
_HOUSEHOLD = "家庭经济状况核对授权书（成年家庭成员逐人签字）"
_REST = (
    "社会救助诚信承诺书",
    "已获其他救助、保险理赔、赔偿的材料",
    "银行账户（社会保障卡）复印件",
    "代办、代领的，委托书及双方身份证件复印件",
    "监护关系证明（未成年人、无民事行为能力人）",
    "其他：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementFacts:
    """Who must bring what. `due_on` None leaves the day to write; `after_relief`: paid already."""

    head: FormHead
    name: str
    case_no: str
    cause: Cause
    identity_missing: bool
    permit_unknown: bool
    first_relief_paid: bool
    due_on: date | None
    on: date


def supplement_pdf(facts: SupplementFacts) -> bytes:
    """The notice as a PDF; raises MissingGlyphError, PaperFontsError."""
    options = [
        Option(_IDENTITY, facts.identity_missing),
        Option(_PERMIT, facts.permit_unknown),
        Option(_EVIDENCE[facts.cause]),
        Option(_HOUSEHOLD),
        *map(Option, _REST),
    ]
    blocks = [
        *addressed(facts.name),
        *paragraphs([_reason(facts)], _TEXT),
        gap(1.5),
        *ticked(options, _TEXT),
        gap(1.5),
        *paragraphs([_until(facts)], _TEXT),
        closing(facts.head, facts.on),
        *delivery_receipt(facts.case_no),
    ]
    return form_pdf(facts.head, blocks)


def _reason(facts: SupplementFacts) -> str:
    relief = "因情况紧急已先行救助，现" if facts.first_relief_paid else ""
    return (
        f"您的临时救助申请（编号{facts.case_no}）{relief}还需要补交下列打“√”的材料。我单位一次性告知"
        "如下："
    )


def _until(facts: SupplementFacts) -> str:
    due = day_text(facts.due_on) or _BLANK_DAY
    contact = facts.head.setting.contact
    asking = f"有疑问请拨打{contact}。" if contact else ""
    return (
        f"请于{due}前交到我单位。自己不能取得的材料，请告诉我们，我们协助查询；能够通过部门信息核对的，"
        f"不用提交。{asking}"
    )
