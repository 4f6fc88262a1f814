"""A case from request to decision: each order is one transaction and one event.

Rules stand in the domain; this file gathers the facts they need and records what they allow.
"""

from dataclasses import dataclass, replace
from datetime import date

from reliefdesk.clock import shanghai_day
from reliefdesk.documents.codes import receipt_in_code
from reliefdesk.domain.case_records import Case, CaseFilter, CaseRow, CaseStep
from reliefdesk.domain.cases import CaseAccepted, CaseRequest, CaseUnknownError
from reliefdesk.domain.eligibility import Eligibility, PastRelief, Question, assess
from reliefdesk.domain.identity import DocumentKind, temporary_number
from reliefdesk.domain.ids import CaseId, PersonId
from reliefdesk.domain.intake import (
    CaseDraft,
    CheckedRequest,
    DraftRefusedError,
    OverrideError,
    area_of,
    check_request,
)
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.persons import (
    CheckedPerson,
    DuplicateHint,
    PersonCorrected,
    PersonDetails,
    PersonRegistered,
)
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.tokens import TokenCheck
from reliefdesk.services import operators, persons, policies, token_checks
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import case_rows
from reliefdesk.storage import cases as stored
from reliefdesk.storage import imports as stored_imports
from reliefdesk.storage import persons as stored_persons

CASE_SERIES = "AJ"


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterCheck:
    """Everything the counter shows while a form is being filled.

    `eligibility` is None until person and request hold together.
    """

    person: CheckedPerson
    request: CheckedRequest
    eligibility: Eligibility | None
    hints: tuple[DuplicateHint, ...]


def case(context: Context, case_id: CaseId) -> Case:
    """Give a case as it stands; raises CaseUnknownError."""
    found = stored.case(context.file, case_id)
    if found is None:
        raise CaseUnknownError
    return found


def meant(context: Context, text: str) -> CaseId | None:
    """Give the case named by its number, by a receipt's, or by the scanned code of a form."""
    return stored.case_of_number(context.file, receipt_in_code(text).strip().upper())


def listed(context: Context, wanted: CaseFilter) -> tuple[CaseRow, ...]:
    """Give the rows of a case list, newest first, numbers masked."""
    return case_rows.listed(context.file, wanted)


def steps(context: Context, case_id: CaseId) -> tuple[CaseStep, ...]:
    """Give what happened to a case, oldest first: who, when, what."""
    return stored.steps_of(context.file, case_id)


def check(context: Context, draft: CaseDraft, person_id: PersonId | None = None) -> CounterCheck:
    """Say what is wrong, what the rules allow and who looks alike. Allocates and writes nothing."""
    person = persons.check(context, draft.person)
    request = _checked_request(context, draft)
    eligibility = None
    if person.details is not None and request.request is not None:
        question = Question(
            person=person.details,
            request=request.request,
            history=past_reliefs(context, person.details, request, person_id=person_id),
            rows=policies.in_force(context),
            office=context.desk.office.code,
            on=context.today,
            elsewhere=_elsewhere(context, person.details, request.request, person_id),
        )
        eligibility = assess(question)
    hints = persons.duplicates(context, draft.person, person_id)
    return CounterCheck(person=person, request=request, eligibility=eligibility, hints=hints)


def accept(
    context: Context,
    draft: CaseDraft,
    *,
    case_id: CaseId,
    person_id: PersonId | None = None,
    override: VerifiedOfficer | None = None,
) -> Recorded[Case]:
    """Accept a request under the next case number; the person is registered or brought up to date.

    `case_id` is made by the window, so that a retry after a lost answer accepts nothing twice.
    `override` is the reviewer or approver who let a number with a failed check digit pass.
    Raises DraftRefusedError with the problems while the form does not hold together.
    """
    require_seat(operators.signed_in(context), Seat.REGISTRAR)
    done = stored.case(context.file, case_id)
    if done is not None:
        return recorded(done)
    with context.file.transaction():
        found = check(context, draft, person_id)
        details, request, eligibility = found.person.details, found.request.request, None
        if found.eligibility is not None:
            eligibility = found.eligibility.record
        if details is None or request is None or eligibility is None:
            raise DraftRefusedError(problems=(*found.person.problems, *found.request.problems))
        _require_override(context, details, override, person_id=person_id)
        registered = _record_person(context, details, person_id)
        event = CaseAccepted(
            case_id=case_id,
            case_no=_next_case_no(context),
            person_id=registered,
            request=request,
            eligibility=eligibility,
            registrar=context.operator_id,
            accepted_at=context.now,
        )
        confirmed = () if override is None else (override.operator.operator_id,)
        record(context, event, confirmed_by=confirmed)
    return recorded(case(context, case_id), "cases", "persons", "today", "ledger")


def reassess(context: Context, found: Case, *, on: date, asked: Case) -> Eligibility:
    """Judge a recorded case again on the policies of `on`, `asked` carrying the amount."""
    person = persons.person(context, found.person_id).details
    request = CheckedRequest(request=asked.request, problems=())
    question = Question(
        person=person,
        request=asked.request,
        history=past_reliefs(
            context, person, request, person_id=found.person_id, besides=found.case_id
        ),
        rows=policies.in_force(context),
        office=context.desk.office.code,
        on=on,
        elsewhere=_elsewhere(context, person, asked.request, found.person_id),
    )
    return assess(question)


def policy_day(context: Context, found: Case) -> date:
    """Give the day whose standard counts for a decision or payment now (std_date_rule)."""
    rule = policies.in_force(context).get(
        PolicyKey.STANDARD_DAY, on=context.today, office=context.desk.office.code
    )
    if rule.value == "acceptance":
        return shanghai_day(found.accepted_at)
    return context.today


def past_reliefs(
    context: Context,
    person: PersonDetails,
    request: CheckedRequest,
    *,
    person_id: PersonId | None,
    besides: CaseId | None = None,
) -> tuple[PastRelief, ...]:
    """Give relief paid or promised here, or imported, of the person or anybody of the household."""
    same = frozenset() if person_id is None else stored_persons.judged_same(context.file, person_id)
    members = request.request.members if request.request else ()
    keys = frozenset(filter(None, (person.same_key, *_keys_of(context, same))))
    member_keys = frozenset(filter(None, (member.same_key for member in members)))
    found = stored.past_reliefs(
        context.file, person_ids=same, keys=keys, member_keys=member_keys, besides=besides
    )
    office = context.desk.office.name
    here = tuple(replace(relief, place=office) for relief in found)
    return here + stored_imports.past_reliefs(context.file, keys=keys, member_keys=member_keys)


def _elsewhere(
    context: Context, person: PersonDetails, request: CaseRequest, person_id: PersonId | None
) -> TokenCheck:
    """Look the person up in the district's list, and the household where the rule counts it."""
    same = frozenset() if person_id is None else stored_persons.judged_same(context.file, person_id)
    rule = policies.in_force(context).get(
        PolicyKey.FREQUENCY_SUBJECT, on=context.today, office=context.desk.office.code
    )
    members = request.members if rule.value == "household" else ()
    return token_checks.check(
        context,
        own=(person.same_key, *_keys_of(context, same)),
        household=[member.same_key for member in members],
    )


def _keys_of(context: Context, same: frozenset[PersonId]) -> tuple[str, ...]:
    return tuple(persons.person(context, entry).details.same_key for entry in same)


def _checked_request(context: Context, draft: CaseDraft) -> CheckedRequest:
    rule = policies.in_force(context).get(
        PolicyKey.STANDARD_AREA, on=context.today, office=context.desk.office.code
    )
    area = area_of(draft, rule=rule.value, office=context.desk.office)
    return check_request(
        draft, office=context.desk.office, area=area, now=context.now, today=context.today
    )


def _require_override(
    context: Context,
    details: PersonDetails,
    override: VerifiedOfficer | None,
    *,
    person_id: PersonId | None,
) -> None:
    if details.override_by is None:
        return
    if person_id is not None:
        before = persons.person(context, person_id).details
        if (before.number, before.override_by) == (details.number, details.override_by):
            return  # let pass when the person was first here
    if override is None or override.operator.operator_id != details.override_by:
        raise OverrideError
    if not {Seat.REVIEWER, Seat.APPROVER} & set(override.operator.seats):
        raise OverrideError


def _record_person(
    context: Context, details: PersonDetails, person_id: PersonId | None
) -> PersonId:
    if person_id is None:
        numbered = _numbered(context, details)
        fresh = PersonId(context.ids.new())
        record(context, PersonRegistered(person_id=fresh, details=numbered))
        return fresh
    before = persons.person(context, person_id).details
    details = persons.with_kept_number(details, before)
    if before != details:
        reason = "受理登记时更新"
        record(context, PersonCorrected(person_id=person_id, details=details, reason=reason))
    return person_id


def _numbered(context: Context, details: PersonDetails) -> PersonDetails:
    if details.kind is not DocumentKind.NO_DOCUMENT:
        return details
    office, year = context.desk.office.code, context.today.year
    prefix = temporary_number(office, year, 0)[:-4]
    serial = stored_persons.last_temporary_serial(context.file, prefix) + 1
    number = temporary_number(office, year, serial)
    return replace(details, number=number, same_key=number)


def _next_case_no(context: Context) -> str:
    prefix = f"{CASE_SERIES}-{context.desk.office.code}-{context.today.year}-"
    return f"{prefix}{stored.last_serial(context.file, prefix) + 1:06d}"
