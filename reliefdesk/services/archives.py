"""Putting a complete case file away, and finding out or giving up who an unknown person is."""

from dataclasses import replace

from reliefdesk import wording
from reliefdesk.domain.archives import (
    ArchiveNoError,
    ArchiveNoTakenError,
    ArchiveOrder,
    CaseFiled,
    FiledCase,
    IdentityGivenUp,
    IdentityKnownError,
    IdentityOpenError,
    require_complete,
)
from reliefdesk.domain.case_records import Case, ReasonOrder
from reliefdesk.domain.cases import AlreadyDoneError, require_reason
from reliefdesk.domain.decisions import require_no_relative, require_version
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.persons import Person, PersonDraft, PersonFaultError
from reliefdesk.domain.problems import Level
from reliefdesk.services import cases, operators, persons, receipts
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import archives as storage

_CHANGED = ("cases", "today", "ledger")


def filed(context: Context, case_id: CaseId) -> FiledCase | None:
    """Where a case file lies; None while it is open."""
    return storage.filed(context.file, case_id)


def file_case(context: Context, order: ArchiveOrder) -> Recorded[Case]:
    """Put a case file away; the registrar does it once nothing is missing.

    Raises the refusals of `domain.archives`, AlreadyDoneError and CaseChangedError.
    """
    require_seat(operators.signed_in(context), Seat.REGISTRAR)
    number = order.archive_no.strip()
    if not number:
        raise ArchiveNoError
    with context.file.transaction():
        found = cases.case(context, order.case_id)
        require_version(found, order.seen_version)
        if storage.filed(context.file, found.case_id) is not None:
            raise AlreadyDoneError(act="案卷归档")
        require_complete(found, receipts.of_case(context, found.case_id))
        if is_unknown(context, found):
            raise IdentityOpenError(number=persons.person(context, found.person_id).details.number)
        holder = storage.holder_of(context.file, number)
        if holder:
            raise ArchiveNoTakenError(archive_no=number, case_no=holder)
        event = CaseFiled(
            case_id=found.case_id,
            archive_no=number,
            filed_by=context.operator_id,
            filed_on=context.today,
            remark=order.remark.strip(),
        )
        record(context, event)
    return recorded(cases.case(context, order.case_id), *_CHANGED)


def is_unknown(context: Context, found: Case) -> bool:
    """Whether nobody knows who the person of a case is, and nobody decided that it stays so."""
    details = persons.person(context, found.person_id).details
    return details.kind is DocumentKind.NO_DOCUMENT and not storage.is_given_up(
        context.file, found.case_id
    )


def identify(
    context: Context, case_id: CaseId, draft: PersonDraft, *, reason: str
) -> Recorded[Person]:
    """Record who an unknown person turned out to be (查明身份); the temporary entry is kept.

    What `draft` leaves out stays as recorded. Raises PersonFaultError naming the first problem,
    ReasonMissingError, IdentityKnownError.
    """
    found = cases.case(context, case_id)
    before = persons.person(context, found.person_id).details
    if before.kind is not DocumentKind.NO_DOCUMENT:
        raise IdentityKnownError(case_no=found.case_no)
    whole = replace(
        draft,
        name=draft.name.strip() or before.name,
        hukou_place=draft.hukou_place or before.hukou_place,
        hukou_code=draft.hukou_code or before.hukou_code,
        phone=draft.phone or before.phone,
        identity_note=before.identity_note,
    )
    checked = persons.check(context, whole)
    if checked.details is None:
        first = next(one for one in checked.problems if one.level is Level.ERROR)
        raise PersonFaultError(fault=wording.problem_sentence(first))
    if checked.details.kind is DocumentKind.NO_DOCUMENT:
        raise IdentityOpenError(number=before.number)
    return persons.correct(context, found.person_id, whole, reason=reason)


def give_up(context: Context, order: ReasonOrder, *, officer: VerifiedOfficer) -> Recorded[Case]:
    """Record the approver's decision that the person cannot be identified, with its reason."""
    with context.file.transaction():
        found = cases.case(context, order.case_id)
        require_version(found, order.seen_version)
        require_seat(officer.operator, Seat.APPROVER)
        require_no_relative(officer.operator, found)
        if not is_unknown(context, found):
            raise IdentityKnownError(case_no=found.case_no)
        event = IdentityGivenUp(
            case_id=found.case_id,
            person_id=found.person_id,
            approver=officer.operator.operator_id,
            reason=require_reason(order.reason, "身份无法查清"),
        )
        record(context, event, confirmed_by=(officer.operator.operator_id,))
    return recorded(cases.case(context, order.case_id), *_CHANGED)
