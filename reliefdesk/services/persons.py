"""Finding, correcting and judging persons; looking at a masked detail in full is recorded."""

from dataclasses import replace

from reliefdesk import reference
from reliefdesk.documents.codes import receipt_in_code
from reliefdesk.domain.case_records import PersonHistory
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.ids import PersonId
from reliefdesk.domain.names import search_form
from reliefdesk.domain.operators import Seat, require_seat
from reliefdesk.domain.persons import (
    CheckedPerson,
    DetailRevealed,
    DuplicateHint,
    Person,
    PersonCorrected,
    PersonDetails,
    PersonDraft,
    PersonRow,
    PersonsJudged,
    PersonUnknownError,
    ReasonMissingError,
    Verdict,
    check_person,
    likenesses,
)
from reliefdesk.errors import BugError
from reliefdesk.services import operators
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cases as stored_cases
from reliefdesk.storage import persons as stored
from reliefdesk.storage import search

ANSWERS_MAX = 20
_REVEALABLE = frozenset({"number", "phone", "bank_card"})


def find(context: Context, text: str, *, limit: int = ANSWERS_MAX) -> tuple[PersonRow, ...]:
    """Find by number or its tail, name, initials, phone, receipt number or a form's scanned code.

    The rows are masked.
    """
    wanted = receipt_in_code(text)
    if not search_form(wanted):
        return ()
    return stored.listed(context.file, search.find(context.file, wanted, limit))


def person(context: Context, person_id: PersonId) -> Person:
    """Give one person; raises PersonUnknownError."""
    found = stored.person(context.file, person_id)
    if found is None:
        raise PersonUnknownError
    return found


def history(context: Context, person_id: PersonId) -> PersonHistory:
    """Give the person with every case, over all entries judged to be the same person."""
    own = person(context, person_id)
    same = stored.judged_same(context.file, person_id)
    return PersonHistory(
        person=own,
        others=tuple(person(context, other) for other in sorted(same - {person_id})),
        cases=stored_cases.cases_of_person(context.file, same),
    )


def duplicates(
    context: Context, draft: PersonDraft, person_id: PersonId | None = None
) -> tuple[DuplicateHint, ...]:
    """Give recorded persons who may be the one at the counter; never merges (RULES.md §2.6).

    Entries already judged beside `person_id` are left out.
    """
    details = check_person(draft, today=context.today).details
    if details is None:
        return ()
    judged = set() if person_id is None else set(stored.judged_pairs(context.file, person_id))
    hints = []
    for candidate in stored.alike(context.file, details):
        found = likenesses(details, candidate.details)
        if found and candidate.person_id != person_id and candidate.person_id not in judged:
            hints.append(DuplicateHint(person=candidate, likenesses=found))
    return tuple(hints)


def check(context: Context, draft: PersonDraft) -> CheckedPerson:
    """Read what was typed about a person, with every problem by field."""
    return check_person(draft, today=context.today, known_areas=reference.known_areas())


def correct(
    context: Context, person_id: PersonId, draft: PersonDraft, *, reason: str
) -> Recorded[Person]:
    """Correct what is recorded; the earlier record stays in the journal.

    Raises ReasonMissingError without a reason and BugError for a draft that does not hold.
    """
    require_seat(operators.signed_in(context), Seat.REGISTRAR)
    if not reason.strip():
        raise ReasonMissingError(act="更正")
    before = person(context, person_id)
    details = check_person(draft, today=context.today).details
    if details is None:
        raise BugError(rule="a correction holds together before it is sent")
    details = with_kept_number(details, before.details)
    if before.details != details:
        event = PersonCorrected(person_id=person_id, details=details, reason=reason.strip())
        with context.file.transaction():
            record(context, event)
    return recorded(Person(person_id=person_id, details=details), "persons", "cases")


def with_kept_number(details: PersonDetails, before: PersonDetails) -> PersonDetails:
    """Give details with the temporary number of before, where there is still no document."""
    no_document = DocumentKind.NO_DOCUMENT
    if before.kind is no_document and details.kind is no_document:
        return replace(details, number=before.number, same_key=before.same_key)
    return details


def judge(
    context: Context, first_id: PersonId, second_id: PersonId, *, verdict: Verdict, reason: str
) -> Recorded[None]:
    """Record whether two entries are one person; both stay, the overlap checks follow it."""
    require_seat(operators.signed_in(context), Seat.REGISTRAR)
    if not reason.strip():
        raise ReasonMissingError(act="判定")
    event = PersonsJudged(
        first_id=person(context, first_id).person_id,
        second_id=person(context, second_id).person_id,
        verdict=verdict,
        reason=reason.strip(),
    )
    with context.file.transaction():
        record(context, event)
    return recorded(None, "persons", "cases")


def reveal(context: Context, person_id: PersonId, detail: str) -> Recorded[str]:
    """Give `number`, `phone` or `bank_card` in full, after recording who looked."""
    if detail not in _REVEALABLE:
        raise BugError(rule="not a masked detail", detail=detail)
    found = person(context, person_id)
    with context.file.transaction():
        record(context, DetailRevealed(person_id=person_id, detail=detail))
    text: str = getattr(found.details, detail)
    return recorded(text, "persons")
