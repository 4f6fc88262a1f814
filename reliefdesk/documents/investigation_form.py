"""The report of a visit (急难型临时救助入户（实地）调查表, RULES.md §3.4).

Filled from the recorded visit where there is one; everything else leaves room to write on the spot.
"""

from dataclasses import dataclass

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import (
    Option,
    choices,
    label,
    opinion,
    pairs,
    row,
    terms,
    text_rows,
    value,
)
from reliefdesk.documents.form_page import Block, FormHead, form_pdf
from reliefdesk.domain.cases import CaseRequest, Cause, InvestigationRecorded
from reliefdesk.domain.persons import PersonDetails

INVESTIGATORS_LEAST = 2
WAYS = ("入户", "医院", "现场", "电话")
_EVIDENCE = (
    "火灾证明",
    "交通事故认定书",
    "诊断证明",
    "医疗票据",
    "其他票据",
    "现场照片",
    "公安（救助站）证明",
    "其他：　　　　　　",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationFacts:
    """The case as told and the visit as recorded; `visit` None leaves the form to be written."""

    head: FormHead
    person: PersonDetails
    request: CaseRequest
    visit: InvestigationRecorded | None
    registrar: str


def investigation_pdf(facts: InvestigationFacts) -> bytes:
    """The form as a PDF; raises MissingGlyphError, PaperFontsError."""
    blocks = [*_visit(facts), *_told(facts), *_seen(facts)]
    return form_pdf(facts.head, blocks, foot=(f"制表：{facts.registrar}", "审核：", "负责人："))


def _visit(facts: InvestigationFacts) -> list[Block]:
    visit, person = facts.visit, facts.person
    on = "" if visit is None else day_text(visit.visited_on)
    place = facts.request.stay_address if visit is None else visit.place
    method = "" if visit is None else visit.method
    ways = [Option(way, way == method) for way in WAYS]
    other = method if method and not any(option.ticked for option in ways) else "　　　　　"
    ways.append(Option(f"其他：{other}", other == method))
    return [
        pairs(("申请人", person.name, 60), ("证件号码", person.number, 0)),
        pairs(("调查时间", on, 40), ("调查地点", place, 0)),
        row(label("调查方式"), choices(ways)),
        pairs(("被调查人", "", 60), ("与申请人关系", "", 0)),
    ]


def _told(facts: InvestigationFacts) -> list[Block]:
    request = facts.request
    household = "、".join(f"{one.name}（{one.relation}）" for one in request.members)
    members = f"共{1 + len(request.members)}人。{household}"
    return [
        *text_rows("家庭成员", members, least=12),
        pairs(("居住情况", request.stay_address, 60), ("居住证", request.permit.label, 0)),
        pairs(("收入", "", 60), ("支出", "", 0)),
        pairs(("财产", "", 0)),
        row(label("困难类型"), terms(Cause, request.emergency.cause)),
        *text_rows("申报情形", request.emergency.narrative, least=16),
    ]


def _seen(facts: InvestigationFacts) -> list[Block]:
    visit = facts.visit
    names = () if visit is None else visit.investigators
    signs = [f"调查人 {name}（签字）" for name in names]
    signs += ["调查人（签字）"] * (INVESTIGATORS_LEAST - len(names))
    found = "" if visit is None else visit.result
    levels = [Option(level) for level in ("一般", "较重", "严重")]
    return [
        row(label("证据材料"), choices(map(Option, _EVIDENCE))),
        *text_rows("核实情况", found, least=26),
        pairs(("证明人（邻里、单位）", "", 60), ("证明人电话", "", 0)),
        row(label("困难程度"), choices(levels, 60), label("建议金额"), value("")),
        opinion("被调查人", "以上记录本人看过（听过），属实。", ("签字、指印",), least=20),
        opinion("调查人", "调查人不少于2人，与申请人没有近亲属关系。", signs, least=30),
    ]
