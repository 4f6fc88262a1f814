"""The counter form: a draft of a request, and the problems that stand between it and acceptance.

Nothing typed is changed here; a draft may always be saved, only accepting it needs the required
fields: place, time, cause, narrative, permit state, urgency and amount (notice §2).
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from reliefdesk.domain.cases import (
    CaseRequest,
    Cause,
    Emergency,
    Member,
    PermitState,
    Situation,
    Source,
)
from reliefdesk.domain.desks import Office
from reliefdesk.domain.identity import comparison_key, read_document
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.names import read_name
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.domain.policies import AreaClass
from reliefdesk.domain.problems import Level, Problem
from reliefdesk.errors import UserError

NARRATIVE_CHARACTERS_MAX = 2000
MEMBERS_MAX = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDraft:
    """One household row as typed."""

    name: str = ""
    relation: str = ""
    number: str = ""
    health: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDraft:
    """Everything on the counter form, as typed; autosaved at every field.

    `requested` is None while the amount box holds nothing valid. `happened_at` is an instant.
    """

    person: PersonDraft = field(default_factory=PersonDraft)
    cause: Cause | None = None
    place: str = ""
    place_code: str = ""
    happened_at: datetime | None = None
    narrative: str = ""
    source: Source = Source.SELF
    urgent: bool | None = None
    permit: PermitState | None = None
    situation: Situation = Situation.ORDINARY
    stay_address: str = ""
    arrived_on: date | None = None
    members: tuple[MemberDraft, ...] = ()
    persons_relieved: int = 1
    area: AreaClass | None = None
    other_aid: str = ""
    staff_relative: OperatorId | None = None
    requested: Money | None = None


class DraftRefusedError(UserError):
    """The form does not hold together yet. Facts: problems (those found, by field)."""

    code = "cases.draft_refused"


class OverrideError(UserError):
    """A failed check digit is let pass only by a reviewer or approver with the own PIN."""

    code = "cases.override"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRequest:
    """The request if it holds together, and every problem by field."""

    request: CaseRequest | None
    problems: tuple[Problem, ...]


def area_of(draft: CaseDraft, *, rule: str, office: Office) -> AreaClass | None:
    """Give the area class whose standard counts (std_area_rule); None while it must be chosen."""
    if rule == "urban" or (rule == "by_office" and not office.is_town):
        return AreaClass.URBAN
    return draft.area


def check_request(
    draft: CaseDraft, *, office: Office, area: AreaClass | None, now: datetime, today: date
) -> CheckedRequest:
    """Check the emergency part of a draft. `area` is what `area_of` yields."""
    problems = [*_missing(draft), *_implausible(draft, office, now)]
    if area is None:
        problems.append(Problem(field="area", code="cases.area_missing"))
    members, member_problems = _members(draft, today)
    problems += member_problems
    if area is None or any(problem.level is Level.ERROR for problem in problems):
        return CheckedRequest(request=None, problems=tuple(problems))
    return CheckedRequest(request=_request(draft, members, area), problems=tuple(problems))


def _missing(draft: CaseDraft) -> list[Problem]:
    wanted: dict[str, object] = {
        "cause": draft.cause,
        "place": draft.place.strip() or None,
        "happened_at": draft.happened_at,
        "narrative": draft.narrative.strip() or None,
        "urgent": draft.urgent,
        "permit": draft.permit,
        "requested": draft.requested,
    }
    return [
        Problem(field=name, code=f"cases.{name}_missing")
        for name, value in wanted.items()
        if value is None
    ]


def _implausible(draft: CaseDraft, office: Office, now: datetime) -> list[Problem]:
    found: list[Problem] = []
    if draft.happened_at is not None and draft.happened_at > now:
        found.append(Problem(field="happened_at", code="cases.happened_later"))
    if draft.place_code and draft.place_code != office.code:
        found.append(
            Problem(
                field="place",
                code="cases.place_elsewhere",
                facts={"office": office.name},
                level=Level.WARNING,
            )
        )
    if draft.arrived_on is not None and draft.arrived_on > now.date():
        found.append(Problem(field="arrived_on", code="cases.arrived_later"))
    if len(draft.narrative) > NARRATIVE_CHARACTERS_MAX:
        facts = {"most": NARRATIVE_CHARACTERS_MAX, "typed": len(draft.narrative)}
        found.append(Problem(field="narrative", code="cases.narrative_long", facts=facts))
    if draft.requested is not None and draft.requested.fen <= 0:
        found.append(Problem(field="requested", code="amount.zero"))
    if not 1 <= draft.persons_relieved <= 1 + len(draft.members):
        facts = {"most": 1 + len(draft.members)}
        found.append(Problem(field="persons_relieved", code="cases.persons_relieved", facts=facts))
    return found


def _members(draft: CaseDraft, today: date) -> tuple[tuple[Member, ...], list[Problem]]:
    members: list[Member] = []
    problems: list[Problem] = []
    if len(draft.members) > MEMBERS_MAX:
        problems.append(
            Problem(field="members", code="cases.members_many", facts={"most": MEMBERS_MAX})
        )
    for position, typed in enumerate(draft.members[:MEMBERS_MAX], start=1):
        name = read_name(typed.name)
        member = Member(
            name=name.name, relation=typed.relation, health=typed.health, phone=typed.phone
        )
        found = [*name.problems]
        if typed.number.strip():
            reading = read_document(typed.number, today=today)
            found += reading.problems
            member = Member(
                name=name.name,
                relation=typed.relation,
                number=reading.number,
                same_key=comparison_key(reading),
                birth_on=reading.birth_on,
                health=typed.health,
                phone=typed.phone,
            )
        members.append(member)
        problems += [
            Problem(
                field=f"members.{position}.{problem.field}",
                code=problem.code,
                facts=problem.facts,
                level=problem.level,
            )
            for problem in found
        ]
    return tuple(members), problems


def _request(draft: CaseDraft, members: tuple[Member, ...], area: AreaClass) -> CaseRequest:
    assert draft.cause is not None  # noqa: S101 - checked by _missing
    assert draft.happened_at is not None  # noqa: S101
    assert draft.permit is not None  # noqa: S101
    assert draft.requested is not None  # noqa: S101
    return CaseRequest(
        emergency=Emergency(
            cause=draft.cause,
            place=draft.place.strip(),
            place_code=draft.place_code,
            happened_at=draft.happened_at,
            narrative=draft.narrative.strip(),
            source=draft.source,
            urgent=bool(draft.urgent),
        ),
        permit=draft.permit,
        situation=draft.situation,
        stay_address=draft.stay_address.strip(),
        arrived_on=draft.arrived_on,
        members=members,
        persons_relieved=draft.persons_relieved,
        area=area,
        other_aid=draft.other_aid.strip(),
        staff_relative=draft.staff_relative,
        requested=draft.requested,
    )
