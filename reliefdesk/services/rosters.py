"""Batch payout: a roster of granted cases of one emergency; each is paid by itself, by PIN."""

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.roster import RosterFacts, roster_pdf
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import CaseId, RosterId
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.rosters import (
    Roster,
    RosterEmptyError,
    RosterLine,
    RosterMade,
    RosterOrder,
    RosterTitleError,
    RosterUnknownError,
    RosterView,
)
from reliefdesk.services import cases, form_settings, operators, payments, persons
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import rosters as storage


def listed(context: Context) -> tuple[Roster, ...]:
    """All rosters, the newest first."""
    return storage.every(context.file)


def view(context: Context, roster_id: RosterId) -> RosterView:
    """A roster with every person as the case stands now; raises RosterUnknownError."""
    found = storage.roster(context.file, roster_id)
    if found is None:
        raise RosterUnknownError
    lines = [
        _line(context, place, case_id)
        for place, case_id in enumerate(found.details.case_ids, start=1)
    ]
    return RosterView(roster=found, lines=tuple(lines))


def make(context: Context, order: RosterOrder, *, officer: VerifiedOfficer) -> Recorded[RosterView]:
    """List everybody granted and unpaid for this emergency; `officer` is the cashier.

    Raises RosterTitleError, RosterEmptyError, SeatMissingError. A retry makes one.
    """
    with context.file.transaction():
        if storage.roster(context.file, order.roster_id) is None:
            require_seat(officer.operator, Seat.CASHIER)
            if not order.title.strip():
                raise RosterTitleError
            found = storage.approved_cases(context.file, order.cause.value, order.place.strip())
            due = tuple(each for each in found if cases.case(context, each).rest.fen > 0)
            if not due:
                raise RosterEmptyError(cause=order.cause, place=order.place)
            event = RosterMade(
                roster_id=order.roster_id,
                roster_no=_next_no(context),
                title=order.title.strip(),
                case_ids=due,
                made_by=officer.operator.operator_id,
                made_on=context.today,
            )
            record(context, event, confirmed_by=payments.ids_of(officer))
        made = view(context, order.roster_id)
    return recorded(made, "rosters")


def roster_paper(context: Context, roster_id: RosterId) -> Paper:
    """花名册 as a paper; raises RosterUnknownError and paper errors."""
    found = view(context, roster_id)
    details = found.roster.details
    facts = RosterFacts(
        head=form_settings.head_of(context, MoneyForm.ROSTER, on=details.made_on),
        roster=found,
        made_by=operators.names(context).get(details.made_by, ""),
    )
    return Paper(
        form="roster",
        title=f"发放花名册 {details.roster_no}",
        media=PaperMedia.A4,
        pdf=roster_pdf(facts),
    )


def _line(context: Context, place: int, case_id: CaseId) -> RosterLine:
    found = cases.case(context, case_id)
    person = persons.person(context, found.person_id).details
    standing = [each for each in payments.of_case(context, case_id) if each.undoing is None]
    last = standing[-1].details if standing else None
    proxy = None if last is None else last.proxy
    used = {use.key: use.value for use in found.eligibility.uses}
    return RosterLine(
        place=place,
        case_id=case_id,
        case_no=found.case_no,
        version=found.version,
        name=person.name,
        sex=person.sex.label,
        number=person.number,
        hukou_place=person.hukou_place,
        stay_address=found.request.stay_address,
        cause=found.request.emergency.cause.label,
        persons_relieved=found.request.persons_relieved,
        standard=used.get(PolicyKey.STANDARD, ""),
        multiplier=used.get(PolicyKey.CAP_MULTIPLIER, ""),
        granted=found.granted,
        rest=found.rest,
        receipt_no="、".join(each.receipt_no for each in standing),
        paid_on=None if last is None else last.paid_on,
        collector="" if proxy is None else f"{proxy.name}（{proxy.relation}）",
    )


def _next_no(context: Context) -> str:
    year = context.today.year
    letters = "YH" if context.desk.kind.is_training else "HM"
    place = storage.count_in_year(context.file, year) + 1
    return f"{letters}-{context.desk.office.code}-{year}-{place:04d}"
