"""Persons at the counter: what was typed, what holds, and the facts recorded about them.

A person without papers gets a temporary number and may be identified later; two entries that look
alike are shown side by side and judged by an operator, never merged by itself (RULES.md §2.6).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain.contacts import read_bank_card, read_phone
from reliefdesk.domain.identity import (
    DocumentKind,
    DocumentReading,
    KnownAreas,
    Sex,
    comparison_key,
    read_document,
)
from reliefdesk.domain.ids import OperatorId, PersonId
from reliefdesk.domain.names import read_name, search_form
from reliefdesk.domain.problems import Level, Problem
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

ADULT_AGE = 18
"""From this age a person signs for itself (民法典 Art 17)."""


class HukouKind(Term):
    """Urban or rural registration, as the hukou book says."""

    URBAN = "urban", "城镇"
    RURAL = "rural", "农村"
    UNKNOWN = "unknown", "不清楚"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft:
    """The person part of the counter form, as typed. Empty text means not told."""

    kind: DocumentKind | None = None
    number: str = ""
    name: str = ""
    former_name: str = ""
    sex: Sex | None = None
    ethnicity: str = ""
    birth_on: date | None = None
    hukou_place: str = ""
    hukou_code: str = ""
    hukou_kind: HukouKind = HukouKind.UNKNOWN
    phone: str = ""
    bank_card: str = ""
    identity_note: str = ""
    override_reason: str = ""
    override_by: OperatorId | None = None
    name_confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """A person as recorded: `number_typed` as told, `number` normalised, `same_key` comparable.

    `same_key` is the 18-digit form of a 15-digit number; equal keys mean the same document.
    `number` of a person without papers is the temporary number WZ-….
    """

    kind: DocumentKind
    number_typed: str
    number: str
    same_key: str
    name: str
    former_name: str
    sex: Sex
    ethnicity: str
    birth_on: date | None
    hukou_place: str
    hukou_code: str
    hukou_kind: HukouKind
    phone: str
    bank_card: str
    identity_note: str
    override_reason: str
    override_by: OperatorId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A recorded person with identity and the number of facts known (for conflict checks)."""

    person_id: PersonId
    details: PersonDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered:
    """A person was registered at this desk."""

    version: ClassVar[int] = 1
    person_id: PersonId
    details: PersonDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCorrected:
    """What was recorded about a person was corrected; the earlier record stays in the journal."""

    version: ClassVar[int] = 1
    person_id: PersonId
    details: PersonDetails
    reason: str


class Likeness(Term):
    """Why two entries look like one person (RULES.md §2.6)."""

    NUMBER = "number", "证件号码相同"
    UPGRADED_NUMBER = "upgraded_number", "15位与18位号码对应同一人"
    NAME_AND_BIRTH = "name_and_birth", "姓名和出生日期相同"
    PHONE = "phone", "联系电话相同"
    BANK_CARD = "bank_card", "银行卡号相同"


class Verdict(Term):
    """What an operator decided about two entries that look alike."""

    SAME = "same", "同一人"
    DIFFERENT = "different", "不是同一人"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsJudged:
    """Two entries were judged the same person or not; both stay, overlap checks follow it."""

    version: ClassVar[int] = 1
    first_id: PersonId
    second_id: PersonId
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailRevealed:
    """A masked detail was looked at in full (个人信息保护法 Art 51); `detail` names the field."""

    version: ClassVar[int] = 1
    person_id: PersonId
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One line of a search answer; number and phone are masked."""

    person_id: PersonId
    name: str
    number: str
    sex: Sex
    birth_on: date | None
    phone: str
    hukou_place: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateHint:
    """One recorded person who may be the one at the counter, and why."""

    person: Person
    likenesses: tuple[Likeness, ...]


class ReasonMissingError(UserError):
    """A correction or a judgement needs a written reason. Facts: act."""

    code = "persons.reason_missing"


class PersonFaultError(UserError):
    """What was typed about a person does not hold. Facts: fault (the first problem's sentence)."""

    code = "persons.fault"


class PersonUnknownError(UserError):
    """No such person on this desk."""

    code = "persons.unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPerson:
    """The outcome of reading a draft: what can be derived, and what is wrong where.

    `details` is None while an error (not a warning) remains.
    """

    reading: DocumentReading | None
    details: PersonDetails | None
    problems: tuple[Problem, ...]


def check_person(
    draft: PersonDraft, *, today: date, known_areas: KnownAreas | None = None
) -> CheckedPerson:
    """Read what was typed about a person; problems name the field, code and facts.

    Sex and birth day come from the number where it carries them; a form that says otherwise is
    warned about (§4.1). A failed check digit blocks unless an authorised override is recorded.
    """
    problems: list[Problem] = []
    reading = None
    if draft.kind is not DocumentKind.NO_DOCUMENT:
        reading = read_document(draft.number, today=today, kind=draft.kind, known_areas=known_areas)
        problems += _after_override(reading.problems, draft)
    elif not draft.identity_note.strip():
        problems.append(Problem(field="identity_note", code="persons.note_missing"))
    name = read_name(draft.name)
    problems += [
        problem
        for problem in name.problems
        if not (draft.name_confirmed and problem.code == "names.interpunct")
    ]
    problems += _mismatches(draft, reading)
    problems += read_phone(draft.phone).problems
    problems += read_bank_card(draft.bank_card).problems
    blocked = any(problem.level is Level.ERROR for problem in problems)
    details = None if blocked else _details(draft, reading, name.name)
    return CheckedPerson(reading=reading, details=details, problems=tuple(problems))


def age_on(birth_on: date, day: date) -> int:
    """Full years of life on a day; a birthday adds one on its own day."""
    before = (day.month, day.day) < (birth_on.month, birth_on.day)
    return day.year - birth_on.year - before


def is_minor(birth_on: date | None, on: date) -> bool:
    """Under 18 on that day; an unknown birth day counts as grown up, who must sign."""
    return birth_on is not None and age_on(birth_on, on) < ADULT_AGE


def likenesses(one: PersonDetails, other: PersonDetails) -> tuple[Likeness, ...]:
    """Every reason why two records may be one person; empty when none."""
    found: list[Likeness] = []
    if one.kind is not DocumentKind.NO_DOCUMENT and one.same_key == other.same_key:
        same = one.number == other.number
        found.append(Likeness.NUMBER if same else Likeness.UPGRADED_NUMBER)
    if (
        one.birth_on is not None
        and one.birth_on == other.birth_on
        and search_form(one.name) == search_form(other.name)
    ):
        found.append(Likeness.NAME_AND_BIRTH)
    if one.phone and one.phone == other.phone:
        found.append(Likeness.PHONE)
    if one.bank_card and one.bank_card == other.bank_card:
        found.append(Likeness.BANK_CARD)
    return tuple(found)


def _after_override(problems: Iterable[Problem], draft: PersonDraft) -> list[Problem]:
    overridden = bool(draft.override_reason.strip()) and draft.override_by is not None
    return [problem for problem in problems if not (problem.overridable and overridden)]


def _mismatches(draft: PersonDraft, reading: DocumentReading | None) -> list[Problem]:
    found: list[Problem] = []
    if reading is None:
        return found
    if None not in (reading.sex, draft.sex) and reading.sex is not draft.sex:
        found.append(_differs("sex", "persons.sex_differs", {"number_says": reading.sex}))
    if None not in (reading.birth_on, draft.birth_on) and reading.birth_on != draft.birth_on:
        says = {"number_says": reading.birth_on}
        found.append(_differs("birth_on", "persons.birth_differs", says))
    return found


def _differs(field: str, code: str, facts: Mapping[str, object]) -> Problem:
    return Problem(field=field, code=code, facts=facts, level=Level.WARNING)


def _details(draft: PersonDraft, reading: DocumentReading | None, name: str) -> PersonDetails:
    derived_sex = reading.sex if reading else None
    derived_birth = reading.birth_on if reading else None
    return PersonDetails(
        kind=reading.kind if reading else DocumentKind.NO_DOCUMENT,
        number_typed=draft.number,
        number=reading.number if reading else "",
        same_key=comparison_key(reading) if reading else "",
        name=name,
        former_name=draft.former_name.strip(),
        sex=draft.sex or derived_sex or Sex.UNKNOWN,
        ethnicity=draft.ethnicity,
        birth_on=draft.birth_on or derived_birth,
        hukou_place=draft.hukou_place.strip(),
        hukou_code=draft.hukou_code,
        hukou_kind=draft.hukou_kind,
        phone=read_phone(draft.phone).number,
        bank_card=read_bank_card(draft.bank_card).number,
        identity_note=draft.identity_note.strip(),
        override_reason=draft.override_reason.strip(),
        override_by=draft.override_by,
    )
