"""The application and approval form (急难型临时救助申请审批表, RULES.md §3.1).

One sheet for facts, one for opinions and seals; members beyond the fifth stand on a sheet more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import (
    Option,
    amount_text,
    banner,
    choices,
    label,
    minute_text,
    on_new_page,
    opinion,
    pairs,
    row,
    table,
    terms,
    text_rows,
    value,
)
from reliefdesk.documents.form_page import Block, FormHead, form_pdf
from reliefdesk.documents.table import Column
from reliefdesk.domain.cases import CaseRequest, Cause, Member, PermitState
from reliefdesk.domain.money import Money
from reliefdesk.domain.persons import HukouKind, PersonDetails

MEMBERS_ON_FORM = 5
_HEAD = "负责人（签字）"
METHODS = ("现金", "银行账户", "实物")
_MEMBERS = (
    Column("姓名", 30),
    Column("关系", 16),
    Column("证件号码", 42),
    Column("健康、残疾", 26),
    Column("单位、年收入", 28),
    Column("联系电话", 26),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFacts:
    """All that stands on the form; '' leaves room to write.

    `granted` is the decided amount, before a decision the suggested one, None when neither is
    known. Opinions are whole sentences with officer and time. `hints` are the findings that an
    approver must see, `helped_list` what the district's list of people helped elsewhere said.
    `method` is one of METHODS, '' while nothing was given.
    """

    head: FormHead
    person: PersonDetails
    request: CaseRequest
    granted: Money | None
    method: str
    cash_reason: str
    last_relief: str
    year_relief: str
    helped_list: str
    first_relief: str
    investigated: str
    reviewed: str
    decided: str
    district: str
    hints: str
    registrar: str


def application_pdf(facts: ApplicationFacts) -> bytes:
    """The form as a PDF; raises MissingGlyphError, PaperFontsError."""
    blocks = [*_person(facts), *_household(facts.request), *_emergency(facts)]
    blocks += on_new_page(_opinions(facts))
    blocks += _more_members(facts.request.members[MEMBERS_ON_FORM:])
    return form_pdf(facts.head, blocks, foot=(f"制表：{facts.registrar}", "审核：", "负责人："))


def _person(facts: ApplicationFacts) -> list[Block]:
    person, request = facts.person, facts.request
    kinds = terms((HukouKind.URBAN, HukouKind.RURAL), person.hukou_kind)
    birth = day_text(person.birth_on)
    arrived = day_text(request.arrived_on)
    happened = minute_text(request.emergency.happened_at)
    return [
        pairs(("申请人姓名", person.name, 66), ("曾用名", person.former_name, 0)),
        pairs(
            ("性别", person.sex.label, 14), ("民族", person.ethnicity, 28), ("出生日期", birth, 0)
        ),
        pairs(("证件类型", person.kind.label, 52), ("证件号码", person.number, 0)),
        row(label("户籍所在地"), value(person.hukou_place, 82), label("户籍性质", 22), kinds),
        pairs(("现居住地", request.stay_address, 82), ("来乌海时间", arrived, 0)),
        row(label("居住证情况"), terms(PermitState, request.permit)),
        pairs(("急难发生地", request.emergency.place, 76), ("发生时间", happened, 0)),
        pairs(("联系电话", person.phone, 52), ("紧急联系人及电话", "", 0)),
    ]


def _household(request: CaseRequest) -> list[Block]:
    count, relieved = f"{1 + len(request.members)}人", f"{request.persons_relieved}人"
    rows = map(_member_row, request.members[:MEMBERS_ON_FORM])
    return [
        pairs(("家庭人口", count, 52), ("共同生活人数", relieved, 0)),
        *table(_MEMBERS, rows, least_rows=MEMBERS_ON_FORM),
    ]


def _emergency(facts: ApplicationFacts) -> list[Block]:
    request, emergency = facts.request, facts.request.emergency
    hints = text_rows("核查提示", facts.hints) if facts.hints else []
    return [
        row(label("困难类型"), terms(Cause, emergency.cause)),
        *text_rows("申请事由及急难情形", emergency.narrative, least=20),
        *text_rows("其他救助、保险、赔偿", request.other_aid, least=11),
        pairs(("上次救助", facts.last_relief, 66), ("本年度累计", facts.year_relief, 0)),
        *text_rows("他处救助核对", facts.helped_list),
        pairs(("申请金额", amount_text(request.requested), 0)),
        pairs(("拟救助金额", amount_text(facts.granted), 0)),
        row(label("发放方式"), choices(Option(way, way == facts.method) for way in METHODS)),
        pairs(("现金发放理由", facts.cash_reason, 0)),
        *hints,
    ]


def _opinions(facts: ApplicationFacts) -> list[Block]:
    optional = [column for column in facts.head.setting.columns if column == "community"]
    declared = "以上内容由本人提供，真实有效，申请急难型临时救助。"
    return [
        opinion("申请人（代理人）", declared, ("申请人（代理人）签字、指印",)),
        opinion("先行救助", facts.first_relief, ("批准人（签字）",), least=20),
        opinion("调查人意见", facts.investigated, ("调查人（签字）", "调查人（签字）"), least=34),
        *(opinion("社区（村）意见", "", (_HEAD,), seal="盖章") for _ in optional),
        opinion("民政办（社会事务办）审核意见", facts.reviewed, ("审核人（签字）",), least=30),
        opinion("街道办事处（镇政府）审批意见", facts.decided, (_HEAD,), seal="公章"),
        opinion("区民政局意见（超权限或备案）", facts.district, (_HEAD,), seal="盖章"),
    ]


def _more_members(rest: Sequence[Member]) -> list[Block]:
    if not rest:
        return []
    head = banner(f"家庭成员（续，第{MEMBERS_ON_FORM + 1}人起，共{len(rest)}人）")
    return on_new_page([head, *table(_MEMBERS, map(_member_row, rest))])


def _member_row(member: Member) -> Sequence[str]:
    return (member.name, member.relation, member.number, member.health, "", member.phone)
