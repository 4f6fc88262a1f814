"""The sheet that goes with a person to the right channel (社会救助转介单, RULES.md §2.2 and S2.1).

The receiver signs the lower part and gives it back, so that nobody is lost on the way.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import (
    Option,
    banner,
    choices,
    label,
    minute_text,
    opinion,
    pairs,
    row,
    terms,
    text_rows,
)
from reliefdesk.documents.form_page import Block, FormHead, form_pdf
from reliefdesk.domain.cases import CaseRequest, Route
from reliefdesk.domain.persons import PersonDetails

_WAYS = (Route.ORDINARY, Route.SHELTER, Route.HOSPITAL, Route.DISTRICT)
_ANSWERS = ("已接收", "不属于本单位职责，已退回", "本人未到")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """Who is sent where and why. `to` None leaves the channel to tick by hand."""

    head: FormHead
    person: PersonDetails
    request: CaseRequest
    to: Route | None
    receiver: str
    reason: str
    officer: str
    on: date | None


def referral_pdf(facts: ReferralFacts) -> bytes:
    """The sheet as a PDF; raises MissingGlyphError, PaperFontsError."""
    blocks = [*_person(facts), *_sending(facts), *_answer()]
    return form_pdf(facts.head, blocks)


def _person(facts: ReferralFacts) -> list[Block]:
    person, emergency = facts.person, facts.request.emergency
    birth, number = day_text(person.birth_on), f"{person.kind.label}　{person.number}"
    count = f"{1 + len(facts.request.members)}人"
    return [
        banner("一、被转介人"),
        pairs(("姓名", person.name, 66), ("联系电话", person.phone, 0)),
        pairs(("性别", person.sex.label, 20), ("同行人数", count, 20), ("出生日期", birth, 0)),
        pairs(("证件", number, 0)),
        pairs(("户籍所在地", person.hukou_place, 0)),
        pairs(("现居住地", facts.request.stay_address, 0)),
        pairs(("急难发生地", emergency.place, 66), ("时间", minute_text(emergency.happened_at), 0)),
        *text_rows("急难情形", f"{emergency.cause.label}。{emergency.narrative}", least=14),
    ]


def _sending(facts: ReferralFacts) -> list[Block]:
    sent = f"转介人：{facts.officer}　{day_text(facts.on)}" if facts.officer else ""
    return [
        banner("二、转介"),
        row(label("转介渠道"), terms(_WAYS, facts.to)),
        pairs(("接收单位", facts.receiver, 0)),
        *text_rows("转介理由", facts.reason, least=11),
        opinion("转介单位", sent, ("经办人（签字）",), seal="公章"),
    ]


def _answer() -> list[Block]:
    return [
        banner("三、接收单位回执（请于接收后5个工作日内退回转介单位）"),
        row(label("办理情况"), choices(map(Option, _ANSWERS))),
        opinion("接收单位", "", ("接收人（签字）",), seal="公章"),
    ]
