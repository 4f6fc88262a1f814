"""The counter form as plain texts: exactly what was typed, to and from a `CaseDraft` and JSON.

Every box keeps its text, readable or not, so that a draft brings back each character; what cannot
be read yet becomes a `Problem` at its box, never a lost text.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from reliefdesk.clock import shanghai_day, shanghai_time
from reliefdesk.domain.cases import Cause, PermitState, Situation, Source
from reliefdesk.domain.identity import DocumentKind, Sex
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.intake import CaseDraft, MemberDraft
from reliefdesk.domain.money import AmountEmptyError, Money
from reliefdesk.domain.persons import HukouKind, PersonDetails, PersonDraft
from reliefdesk.domain.policies import AreaClass
from reliefdesk.domain.problems import Problem
from reliefdesk.errors import BugError, UserError
from ui.widgets.day_text import read_day, read_instant

FORMAT = 1
PERSON_FIELDS = (
    "kind",
    "number",
    "name",
    "former_name",
    "sex",
    "ethnicity",
    "birth_on",
    "hukou_place",
    "hukou_code",
    "hukou_kind",
    "phone",
    "bank_card",
    "identity_note",
    "override_reason",
    "override_by",
    "name_confirmed",
)
REQUEST_FIELDS = (
    "cause",
    "place",
    "place_code",
    "happened_at",
    "narrative",
    "source",
    "urgent",
    "permit",
    "situation",
    "stay_address",
    "arrived_on",
    "persons_relieved",
    "area",
    "other_aid",
    "staff_relative",
    "requested",
)
KEPT_FOR_NEXT = ("cause", "place", "place_code", "happened_at", "source", "urgent")
"""What stays for the next person of the same fire or accident (保存并继续)."""
YES, NO = "yes", "no"
_COUNT_DIGITS = 3
_STANDING = frozenset({"place_code", "source", "situation", "persons_relieved"})
_DAYS = ("birth_on", "arrived_on")
_Choice = TypeVar("_Choice", bound=StrEnum)


class DraftUnreadableError(BugError):
    """A saved draft is not what this program writes."""

    code = "counter.draft_unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterForm:
    """All texts of the counter by field name; `case_id` makes a retried submit the same case.

    `person_id` is set where a recorded person was taken from the search.
    """

    case_id: str
    person_id: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    members: tuple[MemberDraft, ...] = ()

    def text(self, name: str) -> str:
        """What stands in the box `name`; empty where nothing was typed."""
        return self.texts.get(name, "")

    def typed(self, name: str, text: str) -> "CounterForm":
        """The form with one box changed."""
        if name not in PERSON_FIELDS and name not in REQUEST_FIELDS:
            raise BugError(field=name)
        return replace(self, texts={**self.texts, name: text})

    @property
    def blank(self) -> bool:
        """Whether nothing was typed beyond what stands there from the start."""
        typed = any(t.strip() for name, t in self.texts.items() if name not in _STANDING)
        return not (typed or self.members or self.person_id)

    def for_next_person(self, case_id: str) -> "CounterForm":
        """A new form that keeps cause, place and time for a mass event."""
        kept = {name: self.text(name) for name in KEPT_FOR_NEXT if self.text(name)}
        return CounterForm(case_id=case_id, texts=kept)

    def draft(self, *, now: datetime) -> CaseDraft:
        """The typed values; what cannot be read yet is absent and named by `problems`."""
        text, today = self.text, shanghai_day(now)
        return CaseDraft(
            person=self._person(today),
            cause=_term(Cause, text("cause")),
            place=text("place"),
            place_code=text("place_code"),
            happened_at=self._happened_at(now),
            narrative=text("narrative"),
            source=_term(Source, text("source")) or Source.SELF,
            urgent={YES: True, NO: False}.get(text("urgent")),
            permit=_term(PermitState, text("permit")),
            situation=_term(Situation, text("situation")) or Situation.ORDINARY,
            stay_address=text("stay_address"),
            arrived_on=read_day(text("arrived_on"), today),
            members=self.members,
            persons_relieved=_count(text("persons_relieved")),
            area=_term(AreaClass, text("area")),
            other_aid=text("other_aid"),
            staff_relative=OperatorId(text("staff_relative")) if text("staff_relative") else None,
            requested=self._requested(),
        )

    def problems(self, *, now: datetime) -> tuple[Problem, ...]:
        """Boxes whose text cannot be read: days, the instant, the amount."""
        today = shanghai_day(now)
        found = [
            Problem(field=name, code="counter.day_unreadable", facts={"text": self.text(name)[:20]})
            for name in _DAYS
            if self.text(name).strip() and read_day(self.text(name), today) is None
        ]
        typed = self.text("happened_at")
        if typed.strip() and read_instant(typed, now) is None:
            facts: dict[str, object] = {"text": typed[:20]}
            found.append(
                Problem(field="happened_at", code="counter.instant_unreadable", facts=facts)
            )
        try:
            Money.parse(self.text("requested"))
        except AmountEmptyError:
            pass
        except UserError as error:
            found.append(Problem(field="requested", code=error.code, facts=error.facts))
        return tuple(found)

    def to_json(self) -> str:
        """The draft text kept beside the journal."""
        members = [
            {part.name: getattr(member, part.name) for part in fields(MemberDraft)}
            for member in self.members
        ]
        content = {
            "format": FORMAT,
            "case_id": self.case_id,
            "person_id": self.person_id,
            "texts": dict(self.texts),
            "members": members,
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True)

    def _person(self, today: date) -> PersonDraft:
        text = self.text
        return PersonDraft(
            kind=_term(DocumentKind, text("kind")),
            number=text("number"),
            name=text("name"),
            former_name=text("former_name"),
            sex=_term(Sex, text("sex")),
            ethnicity=text("ethnicity"),
            birth_on=read_day(text("birth_on"), today),
            hukou_place=text("hukou_place"),
            hukou_code=text("hukou_code"),
            hukou_kind=_term(HukouKind, text("hukou_kind")) or HukouKind.UNKNOWN,
            phone=text("phone"),
            bank_card=text("bank_card"),
            identity_note=text("identity_note"),
            override_reason=text("override_reason"),
            override_by=OperatorId(text("override_by")) if text("override_by") else None,
            name_confirmed=text("name_confirmed") == YES,
        )

    def _happened_at(self, now: datetime) -> datetime | None:
        found = read_instant(self.text("happened_at"), now)
        return found.astimezone(UTC) if found is not None else None

    def _requested(self) -> Money | None:
        try:
            return Money.parse(self.text("requested"))
        except UserError:
            return None


def form_of(draft: CaseDraft, *, case_id: str, person_id: str = "") -> CounterForm:
    """The form that shows a draft; `form_of(draft).draft()` is the draft again, to the minute."""
    person = draft.person
    texts = {name: _shown(getattr(person, name)) for name in PERSON_FIELDS}
    texts |= {name: _shown(getattr(draft, name)) for name in REQUEST_FIELDS}
    kept = {name: text for name, text in texts.items() if text}
    return CounterForm(case_id=case_id, person_id=person_id, texts=kept, members=draft.members)


def form_of_person(details: PersonDetails) -> CounterForm:
    """The form that shows a recorded person and nothing else."""
    person = PersonDraft(
        kind=details.kind,
        number=details.number_typed,
        name=details.name,
        former_name=details.former_name,
        sex=details.sex,
        ethnicity=details.ethnicity,
        birth_on=details.birth_on,
        hukou_place=details.hukou_place,
        hukou_code=details.hukou_code,
        hukou_kind=details.hukou_kind,
        phone=details.phone,
        bank_card=details.bank_card,
        identity_note=details.identity_note,
        override_reason=details.override_reason,
        override_by=details.override_by,
        name_confirmed=True,
    )
    return form_of(CaseDraft(person=person), case_id="")


def form_from_json(text: str) -> CounterForm:
    """The form of a saved draft; raises DraftUnreadableError for a text of another make."""
    try:
        content = json.loads(text)
        members = tuple(MemberDraft(**member) for member in content["members"])
        texts = {str(name): str(value) for name, value in content["texts"].items()}
        case_id, person_id = str(content["case_id"]), str(content["person_id"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DraftUnreadableError from error
    return CounterForm(case_id=case_id, person_id=person_id, texts=texts, members=members)


def _term(kind: type[_Choice], text: str) -> _Choice | None:
    try:
        return kind(text)
    except ValueError:
        return None


def _count(text: str) -> int:
    # An unreadable head count becomes 0, which the domain refuses at its box.
    bare = text.strip()
    if not bare:
        return 1
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) <= _COUNT_DIGITS else 0


def _shown(value: object) -> str:
    match value:
        case None:
            shown = ""
        case bool():
            shown = YES if value else NO
        case StrEnum():
            shown = str(value.value)
        case Money():
            shown = value.figures
        case datetime():
            shown = f"{shanghai_time(value):%Y-%m-%d %H:%M}"
        case date():
            shown = value.isoformat()
        case _:
            shown = str(value)
    return shown
