"""The letter by which somebody else may collect the cash (代领救助金委托书, RULES.md §3.13).

Both sign, both papers are copied; staff of the office may not collect for anybody.
"""

from dataclasses import dataclass

from reliefdesk.documents.form_grid import amount_text, banner, label, opinion, pairs, row, value
from reliefdesk.documents.form_letter import BODY, gap, numbered, paragraphs
from reliefdesk.documents.form_page import Block, FormHead, form_pdf
from reliefdesk.domain.money import Money
from reliefdesk.domain.payments import Proxy
from reliefdesk.domain.persons import PersonDetails

_TEXT = BODY._replace(size=12)
_TERMS = (
    (
        "委托人因＿＿＿＿＿＿＿＿＿＿（住院、行动不便、年老体弱等）不能到场，委托受托人代为领取下列临时"
        "救助金，并在领款单上签字。受托人签字领款后，视为委托人本人已领取。"
    ),
    "受托人领款后应当及时、足额交给委托人，不得截留、挪用。",
    "本委托只对本次领款有效，自签字之日起至领款完毕之日止，不得转委托。",
    "民政、街道（镇）经办人员不得代领。未成年人、无民事行为能力人由监护人领取，附监护关系证明。",
    "本委托书后附双方身份证件复印件；受托人领款时出示证件原件，签本人姓名并注明“代”。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyLetterFacts:
    """Who lets whom collect how much; `proxy` None and `amount` None leave room to write."""

    head: FormHead
    person: PersonDetails
    stay_address: str
    proxy: Proxy | None
    amount: Money | None


def proxy_letter_pdf(facts: ProxyLetterFacts) -> bytes:
    """The letter as a PDF; raises MissingGlyphError, PaperFontsError."""
    blocks = [
        *_parties(facts),
        gap(3),
        *paragraphs(numbered(_TERMS), _TEXT),
        gap(3),
        opinion("委托人", "以上内容是本人真实意思。", ("签字、指印",), least=28),
        opinion("受托人", "本人接受委托，保证如数转交。", ("签字、指印",), least=28),
        opinion("见证人", "委托人不能书写的，由见证人代书并签字。", ("签字",), least=24),
    ]
    return form_pdf(facts.head, blocks)


def _parties(facts: ProxyLetterFacts) -> list[Block]:
    person, proxy = facts.person, facts.proxy
    name, number, relation = ("", "", "") if proxy is None else (
        proxy.name, proxy.number, proxy.relation
    )  # fmt: skip
    return [
        banner("委托人（救助对象）"),
        pairs(("姓名", person.name, 66), ("联系电话", person.phone, 0)),
        pairs(("证件类型", person.kind.label, 52), ("证件号码", person.number, 0)),
        pairs(("现居住地", facts.stay_address, 0)),
        banner("受托人（代领人）"),
        pairs(("姓名", name, 66), ("联系电话", "", 0)),
        pairs(("与委托人关系", relation, 40), ("证件号码", number, 0)),
        row(label("代领金额"), value(amount_text(facts.amount))),
    ]
