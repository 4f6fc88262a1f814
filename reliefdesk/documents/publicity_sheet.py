"""What is put up in public about relief (临时救助公示单): it hides by itself what must not be seen.

Names are masked here; numbers, phones, addresses, illnesses never get in, minors and protected
people are counted, not named. Source: 社会救助暂行办法 Art 61; RULES.md §6.1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import table
from reliefdesk.documents.form_letter import BODY, closing, gap, paragraphs
from reliefdesk.documents.form_page import FormHead, form_pdf
from reliefdesk.documents.page import Align
from reliefdesk.documents.table import Column
from reliefdesk.domain.cases import Cause
from reliefdesk.domain.masking import mask_name
from reliefdesk.domain.money import Money
from reliefdesk.domain.persons import is_minor

_TEXT = BODY._replace(size=12.5)
_BLANK = "＿＿＿＿＿＿＿＿"
_BLANK_DAY = "　　　年　　月　　日"
_COLUMNS = (
    Column("序号", 14, Align.CENTRE),
    Column("姓名", 36, Align.CENTRE),
    Column("所在街道（镇）", 56),
    Column("困难类型", 32, Align.CENTRE),
    Column("救助金额（元）", 34, Align.RIGHT),
)
"""The amount, last, is shown where the office's setting asks for it."""
_PUBLIC_CAUSES = {
    Cause.FIRE: "火灾",
    Cause.TRAFFIC: "交通事故",
    Cause.ACCIDENT: "意外事件",
    Cause.ILLNESS: "家庭突发困难",
    Cause.OTHER: "其他困难",
}
"""An illness is nobody's business, not even that there is one (个人信息保护法 Art 28)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRelief:
    """One relief as recorded. `protected` keeps a person off the sheet (domestic violence …)."""

    name: str
    birth_on: date | None
    area: str
    cause: Cause
    amount: Money
    protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityFacts:
    """What was decided; `since` to `until` is when the sheet hangs, None leaves it to write."""

    head: FormHead
    reliefs: tuple[PublicRelief, ...]
    since: date | None
    until: date | None
    on: date


def publicity_pdf(facts: PublicityFacts) -> bytes:
    """The sheet as a PDF; raises MissingGlyphError, PaperFontsError."""
    public = [one for one in facts.reliefs if _is_public(one, facts.on)]
    hidden = len(facts.reliefs) - len(public)
    count = len(_COLUMNS) - ("amount" not in facts.head.setting.columns)
    blocks = [
        gap(3),
        *paragraphs([_opening(facts)], _TEXT),
        gap(3),
        *table(_COLUMNS[:count], (cells[:count] for cells in _rows(public)), least_rows=1),
        gap(3),
        *paragraphs(_closing_texts(facts, hidden), _TEXT),
        gap(3),
        closing(facts.head, facts.on),
    ]
    return form_pdf(facts.head, blocks)


def _is_public(relief: PublicRelief, on: date) -> bool:
    return not relief.protected and not is_minor(relief.birth_on, on)


def _rows(public: Sequence[PublicRelief]) -> Iterator[tuple[str, ...]]:
    for number, one in enumerate(public, start=1):
        cause = _PUBLIC_CAUSES[one.cause]
        yield (str(number), mask_name(one.name), one.area, cause, one.amount.figures)


def _opening(facts: PublicityFacts) -> str:
    since, until = (day_text(day) or _BLANK_DAY for day in (facts.since, facts.until))
    return (
        "按照《社会救助暂行办法》和临时救助有关规定，经审核、审批，对下列人员给予临时救助，现予公示。"
        f"公示期：{since}至{until}。"
    )


def _closing_texts(facts: PublicityFacts, hidden: int) -> tuple[str, ...]:
    contact = facts.head.setting.contact or _BLANK
    kept = (f"另有{hidden}人依法不公开姓名，已单独备案。",) if hidden else ()
    return (
        *kept,
        (
            f"对公示内容有异议的，请在公示期内向本单位反映。监督电话：{contact}。反映问题请提供真实姓名和联系"
            "方式，我们为您保密。"
        ),
    )
