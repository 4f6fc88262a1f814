"""The authorisation to check the household's means (家庭经济状况核对授权书, RULES.md §3.2).

Applicant and every adult member sign for themselves; a guardian signs for who cannot. Source:
社会救助暂行办法 Art 58.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.form_grid import banner, opinion, pairs, table
from reliefdesk.documents.form_letter import BODY, gap, paragraphs
from reliefdesk.documents.form_page import FormHead, form_pdf
from reliefdesk.documents.table import Column
from reliefdesk.domain.cases import Member
from reliefdesk.domain.persons import PersonDetails, is_minor

ROWS_LEAST = 4
_COLUMNS = (
    Column("姓名", 42),
    Column("关系", 18),
    Column("证件号码", 44),
    Column("本人签字、日期", 36),
    Column("指印", 28),
)
_WARDS = (*_COLUMNS[:3], Column("监护人姓名、关系", 36), Column("监护人签字", 28))
_TEXT = BODY._replace(size=11.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationFacts:
    """Who authorises; `on` is the day ages are counted at, `bureau` who checks."""

    head: FormHead
    person: PersonDetails
    members: tuple[Member, ...]
    on: date
    bureau: str
    registrar: str


def authorisation_pdf(facts: AuthorisationFacts) -> bytes:
    """The form as a PDF; raises MissingGlyphError, PaperFontsError."""
    person = facts.person
    everybody = [(person.name, "申请人", person.number, person.birth_on)]
    everybody += [(one.name, one.relation, one.number, one.birth_on) for one in facts.members]
    adults = [who[:3] for who in everybody if not is_minor(who[3], facts.on)]
    wards = [who[:3] for who in everybody if is_minor(who[3], facts.on)]
    blocks = [
        gap(2),
        *paragraphs(_texts(facts), _TEXT),
        gap(3),
        banner("申请人及共同生活的成年家庭成员（逐人签字、按指印）"),
        *table(_COLUMNS, _with_room(adults), least_rows=ROWS_LEAST),
        banner("无民事行为能力、限制民事行为能力的家庭成员（由监护人代签）"),
        *table(_WARDS, _with_room(wards), least_rows=2),
        pairs(("被授权单位", facts.head.unit_name, 0)),
        opinion("经办人", "以上人员当面签字，授权事项已逐项说明。", ("经办人（签字）",), least=20),
    ]
    return form_pdf(facts.head, blocks, foot=(f"制表：{facts.registrar}",))


def _with_room(rows: Sequence[tuple[str, str, str]]) -> list[tuple[str, ...]]:
    return [(*row, "", "") for row in rows]


def _texts(facts: AuthorisationFacts) -> tuple[str, ...]:
    return (
        (
            f"因申请临时救助，本人及共同生活的家庭成员授权{facts.head.unit_name}、{facts.bureau}及其"
            "委托的居民家庭经济状况核对机构，依法向公安、民政、人力资源社会保障、住房公积金、自然资源、"
            "市场监督管理、税务、交通运输、银行、证券、保险等部门和机构，查询、核对本人及家庭成员的户籍、"
            "婚姻、车辆、社会保险、住房公积金、不动产、工商登记、纳税、银行存款、证券、商业保险等信息；"
            "同意上述部门和机构提供。"
        ),
        "查询、核对的结果只用于本次救助的审核、审批和事后核查，只保存核对结论，不向无关人员提供。",
        (
            "本授权自签字之日起生效，至本次救助审核、审批和事后核查办结之日止。本人知道可以书面撤回授权；"
            "撤回后不能核对的，救助申请可能无法继续办理。"
        ),
    )
