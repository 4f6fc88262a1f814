"""The forms of a case (手续与材料): which it needs now, and each as a PDF from what is recorded.

Nothing is allocated or recorded by printing one; a form that does not fit the stage is refused.
"""

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.form_settings import CaseForm
from reliefdesk.domain.ids import CaseId
from reliefdesk.errors import UserError
from reliefdesk.services import cases, publicity
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context

_OPEN = (Stage.ACCEPTED, Stage.REVIEWED)
_TO_SIGN = (
    CaseForm.PRIVACY_NOTICE,
    CaseForm.PLEDGE,
    CaseForm.ASSET_AUTHORISATION,
    CaseForm.INVESTIGATION,
)


class FormNotDueError(UserError):
    """The case does not stand where this form is made. Facts: form, stage."""

    code = "papers.not_due"


def available(context: Context, case_id: CaseId) -> tuple[CaseForm, ...]:
    """The forms the case may need where it stands, in the order of the work."""
    return forms_of(context, cases.case(context, case_id))


def form_pdf(context: Context, form: CaseForm, case_id: CaseId) -> bytes:
    """One form of a case as a PDF.

    Raises CaseUnknownError, FormNotDueError, MissingGlyphError, TextRoomError, PaperFontsError.
    """
    # A dozen forms are wanted after the window stands; its start should not pay for them.
    from reliefdesk.services import paper_facts  # noqa: PLC0415

    file = paper_facts.case_file(context, case_id)
    if form not in forms_of(context, file.case):
        raise FormNotDueError(form=form.label, stage=file.case.stage.label)
    return paper_facts.pdf_of(file, form)


def paper(context: Context, form: CaseForm, case_id: CaseId) -> Paper:
    """One form as a paper to be looked at, printed or saved; its title never names a person."""
    pdf = form_pdf(context, form, case_id)
    title = f"{form.label} {cases.case(context, case_id).case_no}"
    return Paper(form=f"papers.{form.value}", title=title, media=PaperMedia.A4, pdf=pdf)


def forms_of(context: Context, found: Case) -> tuple[CaseForm, ...]:
    """The forms a case needs by its stage, by whether cash is to be collected, and published."""
    forms: list[CaseForm] = [CaseForm.APPLICATION]
    if found.stage is Stage.WITHDRAWN:
        return (*forms, CaseForm.FOLDER_LIST)
    forms += [CaseForm.ACCEPTANCE_NOTICE, *_TO_SIGN]
    if found.stage in _OPEN or _makes_up(found):
        forms.append(CaseForm.SUPPLEMENT_NOTICE)
    if found.granted.fen > 0:
        forms.append(CaseForm.PROXY_LETTER)
    match found.stage:
        case Stage.APPROVED:
            shown = publicity.of_case(context, found)
            if shown is not None and shown.since is not None:
                forms.append(CaseForm.PUBLICITY)
        case Stage.REFERRED:
            forms.append(CaseForm.REFERRAL)
        case Stage.REFUSED:
            # Who belongs elsewhere and was never examined is turned away, not refused.
            away = found.is_turned_away
            forms.append(CaseForm.TURNED_AWAY if away else CaseForm.REFUSAL_NOTICE)
        case _:
            pass
    if found.stage not in _OPEN:
        forms.append(CaseForm.FOLDER_LIST)
    return tuple(forms)


def _makes_up(found: Case) -> bool:
    return found.first_relief is not None and found.completed_on is None
