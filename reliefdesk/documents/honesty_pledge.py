"""The pledge of honesty (社会救助诚信承诺书, RULES.md §3.3).

Truth, reporting changes, returning money that was not due. Source: 社会救助暂行办法 Art 68.
"""

from dataclasses import dataclass

from reliefdesk.documents.form_grid import pairs
from reliefdesk.documents.form_letter import BODY, gap, headline, numbered, paragraphs, signed_by
from reliefdesk.documents.form_page import FormHead, form_pdf
from reliefdesk.domain.persons import PersonDetails

_TEXT = BODY._replace(size=14)
_PLEDGES = (
    "本人及家庭成员的身份、户籍、居住、收入、财产和急难情况，如实申报，不隐瞒，不编造。",
    "提交的证明、票据、照片等材料真实、有效；暂时不能提交的，在急难情况缓解后按告知的期限补齐。",
    "配合街道（镇）和民政部门的调查、核对和抽查；家庭情况有变化的，及时报告。",
    "没有就同一急难事由在其他街道（镇）重复申请临时救助；已得到的其他救助、保险和赔偿，已经如实填写。",
    "救助金用于解决眼前的急难。",
    (
        "采取虚报、隐瞒、伪造等手段骗取救助的，愿意退回全部救助金，并承担法律责任：依照《社会救助"
        "暂行办法》第六十八条，可处非法获取款额一倍以上三倍以下罚款；构成违反治安管理行为的，依法"
        "给予治安管理处罚。"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeFacts:
    """Who pledges."""

    head: FormHead
    person: PersonDetails
    registrar: str


def pledge_pdf(facts: PledgeFacts) -> bytes:
    """The pledge as a PDF; raises MissingGlyphError, PaperFontsError."""
    person = facts.person
    blocks = [
        pairs(("承诺人", person.name, 58), ("联系电话", person.phone, 0)),
        pairs(("证件类型", person.kind.label, 58), ("证件号码", person.number, 0)),
        gap(5),
        *headline("本人申请急难型临时救助，郑重承诺：", _TEXT),
        *paragraphs(numbered(_PLEDGES), _TEXT),
        gap(4),
        *paragraphs(["以上内容本人已经看过（听过），全部明白。"], _TEXT),
        gap(8),
        *signed_by("承诺人（签字、指印）", "监护人（代理人）签字", "经办人（签字）"),
    ]
    return form_pdf(facts.head, blocks, foot=(f"制表：{facts.registrar}",))
