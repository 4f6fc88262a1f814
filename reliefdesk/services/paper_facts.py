"""The facts of a case's forms from what is recorded; a form printed again says the same.

History is counted up to the day of acceptance, wording is that of the form's own day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from reliefdesk import reference, wording
from reliefdesk.clock import shanghai_day
from reliefdesk.documents.acceptance_notice import AcceptanceFacts, acceptance_pdf
from reliefdesk.documents.application_form import ApplicationFacts, application_pdf
from reliefdesk.documents.asset_authorisation import AuthorisationFacts, authorisation_pdf
from reliefdesk.documents.folder_list import FolderListFacts, folder_list_pdf
from reliefdesk.documents.form_grid import minute_text
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.honesty_pledge import PledgeFacts, pledge_pdf
from reliefdesk.documents.investigation_form import InvestigationFacts, investigation_pdf
from reliefdesk.documents.privacy_notice import PrivacyFacts, privacy_pdf
from reliefdesk.documents.proxy_letter import ProxyLetterFacts, proxy_letter_pdf
from reliefdesk.documents.publicity_sheet import PublicityFacts, PublicRelief, publicity_pdf
from reliefdesk.documents.referral_sheet import ReferralFacts, referral_pdf
from reliefdesk.documents.refusal_notice import Refusal, RefusalFacts, refusal_pdf
from reliefdesk.documents.supplement_notice import SupplementFacts, supplement_pdf
from reliefdesk.domain.archives import CaseFiled
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import CaseReferred, InvestigationRecorded, PermitState
from reliefdesk.domain.eligibility import NOTICE
from reliefdesk.domain.form_settings import CaseForm
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.payments import CashPaid, Payment
from reliefdesk.domain.persons import PersonDetails
from reliefdesk.domain.policies import count_of
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import (
    cases,
    folder_list,
    form_settings,
    operators,
    opinions,
    payments,
    persons,
    policies,
    publicity,
)
from reliefdesk.services.receipt_facts import approval_words
from reliefdesk.services.recording import Context
from reliefdesk.storage import papers as stored

_DISTRICT_DIGITS = 6
_CASE_SERIES, _AUTHORISATION_SERIES = "AJ-", "SQ-"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case with everything its forms are filled from. `paid` leaves undone payments out."""

    context: Context
    case: Case
    person: PersonDetails
    names: dict[str, str]
    visits: tuple[InvestigationRecorded, ...]
    paid: tuple[Payment, ...]

    @property
    def accepted_on(self) -> date:
        """The day of acceptance."""
        return shanghai_day(self.case.accepted_at)

    @property
    def decided_on(self) -> date | None:
        """The day of the decision, None before it."""
        decision = self.case.decision
        return None if decision is None else shanghai_day(decision.at)

    @property
    def registrar(self) -> str:
        """Who accepted the case."""
        return self.names.get(self.case.registrar, "")

    @property
    def office(self) -> str:
        """The full name of the office."""
        return self.context.desk.office.name

    def head(self, form: CaseForm, *, on: date, day: str = "", number: str = "") -> FormHead:
        """The head of a form as it was worded on a day."""
        named = f"编号：{number or self.case.case_no}"
        return form_settings.head_of(self.context, form, on=on, number=named, day=day)


def case_file(context: Context, case_id: CaseId) -> CaseFile:
    """Gather a case for its forms; raises CaseUnknownError."""
    found = cases.case(context, case_id)
    return CaseFile(
        context=context,
        case=found,
        person=persons.person(context, found.person_id).details,
        names=dict(operators.names(context)),
        visits=stored.events_of(context.file, case_id, InvestigationRecorded),
        paid=tuple(one for one in payments.of_case(context, case_id) if one.undoing is None),
    )


def pdf_of(file: CaseFile, form: CaseForm) -> bytes:
    """A form of the case as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    return _MAKERS[form](file)


def _why_cash(paid: CashPaid) -> str:
    """Why cash was handed out, and who allowed it above the limit, how and when."""
    allowed = approval_words(paid.cash_approval)
    return f"{paid.cash_reason}（大额现金：{allowed}）" if allowed else paid.cash_reason


def _application(file: CaseFile) -> bytes:
    found = file.case
    received = f"受理时间：{minute_text(found.accepted_at)}"
    history = opinions.history(file.context, found, file.person, until=file.accepted_on)
    facts = ApplicationFacts(
        head=file.head(CaseForm.APPLICATION, on=file.accepted_on, day=received),
        person=file.person,
        request=found.request,
        granted=opinions.granted(found),
        method="现金" if file.paid else "",
        cash_reason=_why_cash(file.paid[0].details) if file.paid else "",
        last_relief=history.last,
        year_relief=history.year,
        helped_list=opinions.helped_list(found),
        first_relief=opinions.first_relief(found, file.names),
        investigated=opinions.investigated(file.visits),
        reviewed=opinions.reviewed(found, file.names),
        decided=opinions.decided(found, file.names),
        district=found.decision.district_document if found.decision is not None else "",
        hints=opinions.hints(found),
        registrar=file.registrar,
    )
    return application_pdf(facts)


def _authorisation(file: CaseFile) -> bytes:
    number = _AUTHORISATION_SERIES + file.case.case_no.removeprefix(_CASE_SERIES)
    facts = AuthorisationFacts(
        head=file.head(CaseForm.ASSET_AUTHORISATION, on=file.accepted_on, number=number),
        person=file.person,
        members=file.case.request.members,
        on=file.accepted_on,
        bureau=bureau_of(file.context),
        registrar=file.registrar,
    )
    return authorisation_pdf(facts)


def _pledge(file: CaseFile) -> bytes:
    head = file.head(CaseForm.PLEDGE, on=file.accepted_on)
    return pledge_pdf(PledgeFacts(head=head, person=file.person, registrar=file.registrar))


def _privacy(file: CaseFile) -> bytes:
    facts = PrivacyFacts(
        head=file.head(CaseForm.PRIVACY_NOTICE, on=file.accepted_on),
        name=file.person.name,
        bureau=bureau_of(file.context),
        retention=wording.text("papers.retention"),
    )
    return privacy_pdf(facts)


def _investigation(file: CaseFile) -> bytes:
    facts = InvestigationFacts(
        head=file.head(CaseForm.INVESTIGATION, on=file.accepted_on),
        person=file.person,
        request=file.case.request,
        visit=file.visits[-1] if file.visits else None,
        registrar=file.registrar,
    )
    return investigation_pdf(facts)


def _acceptance(file: CaseFile) -> bytes:
    rows = policies.in_force(file.context)
    office = file.context.desk.office.code
    hours = rows.get(PolicyKey.FIRST_RELIEF_HOURS, on=file.accepted_on, office=office)
    facts = AcceptanceFacts(
        head=file.head(CaseForm.ACCEPTANCE_NOTICE, on=file.accepted_on),
        name=file.person.name,
        case_no=file.case.case_no,
        emergency=file.case.request.emergency,
        accepted_at=file.case.accepted_at,
        first_relief_hours=count_of(hours),
        policy_basis=NOTICE,
        registrar=file.registrar,
        on=file.accepted_on,
    )
    return acceptance_pdf(facts)


def _supplement(file: CaseFile) -> bytes:
    found = file.case
    facts = SupplementFacts(
        head=file.head(CaseForm.SUPPLEMENT_NOTICE, on=file.context.today),
        name=file.person.name,
        case_no=found.case_no,
        cause=found.request.emergency.cause,
        identity_missing=file.person.kind is DocumentKind.NO_DOCUMENT,
        permit_unknown=found.request.permit is PermitState.UNKNOWN,
        first_relief_paid=found.first_relief is not None and bool(file.paid),
        due_on=found.due_on,
        on=file.context.today,
    )
    return supplement_pdf(facts)


def _refused(form: CaseForm, kind: Refusal) -> Callable[[CaseFile], bytes]:
    def made(file: CaseFile) -> bytes:
        on = file.decided_on or file.context.today
        decision = file.case.decision
        facts = RefusalFacts(
            head=file.head(form, on=on),
            name=file.person.name,
            case_no=file.case.case_no,
            asked_on=file.accepted_on,
            kind=kind,
            reason="" if decision is None else decision.remark,
            policy_basis=NOTICE,
            government=f"{district_of(file.context)}人民政府",
            on=on,
        )
        return refusal_pdf(facts)

    return made


def _referral(file: CaseFile) -> bytes:
    sent = stored.events_of(file.context.file, file.case.case_id, CaseReferred)
    on = file.decided_on or file.context.today
    facts = ReferralFacts(
        head=file.head(CaseForm.REFERRAL, on=on),
        person=file.person,
        request=file.case.request,
        to=sent[-1].to if sent else None,
        receiver=sent[-1].receiver if sent else "",
        reason=sent[-1].reason if sent else "",
        officer=file.names.get(sent[-1].approver, "") if sent else "",
        on=on,
    )
    return referral_pdf(facts)


def _publicity(file: CaseFile) -> bytes:
    on = file.decided_on or file.context.today
    shown = publicity.of_case(file.context, file.case)
    assert shown is not None  # noqa: S101 - the form is offered for these alone
    relief = PublicRelief(
        name=file.person.name,
        birth_on=file.person.birth_on,
        area=file.office,
        cause=file.case.request.emergency.cause,
        amount=file.case.granted,
    )
    facts = PublicityFacts(
        head=file.head(CaseForm.PUBLICITY, on=on),
        reliefs=(relief,),
        since=shown.since,
        until=shown.until,
        on=shown.since or on,
    )
    return publicity_pdf(facts)


def _proxy_letter(file: CaseFile) -> bytes:
    proxied = [one.details for one in file.paid if one.details.proxy is not None]
    # What is due; once the person itself was paid, the room stays free.
    due = file.case.rest if file.case.rest.fen else None
    facts = ProxyLetterFacts(
        head=file.head(CaseForm.PROXY_LETTER, on=file.decided_on or file.accepted_on),
        person=file.person,
        stay_address=file.case.request.stay_address,
        proxy=proxied[-1].proxy if proxied else None,
        amount=proxied[-1].amount if proxied else due,
    )
    return proxy_letter_pdf(facts)


def _folder(file: CaseFile) -> bytes:
    found = file.case
    put_away = stored.events_of(file.context.file, found.case_id, CaseFiled)
    filed = put_away[-1] if put_away else None
    on = file.context.today if filed is None else filed.filed_on
    facts = FolderListFacts(
        head=file.head(CaseForm.FOLDER_LIST, on=on),
        name=file.person.name,
        case_no=found.case_no,
        cause=found.request.emergency.cause.label,
        outcome=found.status,
        amount=found.granted,
        archive_no="" if filed is None else filed.archive_no,
        filed_on=None if filed is None else filed.filed_on,
        filed_by="" if filed is None else file.names.get(filed.filed_by, ""),
        retention=wording.text("papers.folder_retention"),
        entries=folder_list.entries(file.context, found, visits=file.visits),
    )
    return folder_list_pdf(facts)


def district_of(context: Context) -> str:
    """The full name of the desk's district, such as 乌海市海勃湾区."""
    place = reference.divisions().place_of(context.desk.office.code[:_DISTRICT_DIGITS])
    return "" if place is None else place.name.removeprefix("内蒙古自治区")


def bureau_of(context: Context) -> str:
    """The civil affairs bureau above the desk."""
    return f"{district_of(context)}民政局"


_MAKERS: dict[CaseForm, Callable[[CaseFile], bytes]] = {
    CaseForm.APPLICATION: _application,
    CaseForm.ASSET_AUTHORISATION: _authorisation,
    CaseForm.PLEDGE: _pledge,
    CaseForm.PRIVACY_NOTICE: _privacy,
    CaseForm.INVESTIGATION: _investigation,
    CaseForm.ACCEPTANCE_NOTICE: _acceptance,
    CaseForm.SUPPLEMENT_NOTICE: _supplement,
    CaseForm.TURNED_AWAY: _refused(CaseForm.TURNED_AWAY, Refusal.NOT_ACCEPTED),
    CaseForm.REFUSAL_NOTICE: _refused(CaseForm.REFUSAL_NOTICE, Refusal.NOT_RELIEVED),
    CaseForm.REFERRAL: _referral,
    CaseForm.PUBLICITY: _publicity,
    CaseForm.PROXY_LETTER: _proxy_letter,
    CaseForm.FOLDER_LIST: _folder,
}
