"""The paper of a spot check, printed by the district and by each office from what it holds."""

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.check_sheet import CheckSheetFacts, CheckSheetLine, check_sheet_pdf
from reliefdesk.domain.check_records import CheckItem, Finding, Rectification
from reliefdesk.domain.checks import stratum_words
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.statistics import Month
from reliefdesk.services import checks, form_settings, operators
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context
from reliefdesk.storage import partners as stored_partners


def check_sheet(context: Context, check_id: str) -> Paper:
    """抽查表 of one draw; raises CheckUnknownError, MissingGlyphError, PaperFontsError."""
    found = checks.check(context, check_id)
    facts = CheckSheetFacts(
        head=form_settings.head_of(context, MoneyForm.CHECK_SHEET, on=found.until),
        bureau=bureau_of(context, found.origin),
        check_no=found.check_no,
        month=Month(*(int(part) for part in found.month.split("-"))).label,
        since=found.since,
        until=found.until,
        seed_number=found.seed_number,
        list_hash=found.list_hash,
        draw=found.draw,
        lines=[_line(one) for one in checks.items_of(context, check_id)],
        made_on=context.today,
        made_by=operators.signed_in(context).name,
    )
    return Paper(
        form="check_sheet",
        title=f"抽查表 {found.check_no}",
        media=PaperMedia.A4,
        pdf=check_sheet_pdf(facts),
    )


def bureau_of(context: Context, origin: str) -> str:
    """Name the bureau that drew: this desk where `origin` is empty."""
    partner = stored_partners.partner(context.file, DeskId(origin)) if origin else None
    return context.desk.office.name if partner is None else partner.office.name


def _line(found: CheckItem) -> CheckSheetLine:
    finding, asked = found.finding, found.rectification
    return CheckSheetLine(
        office=found.office_name,
        case_no=found.line.case_no,
        name=found.name,
        cause=found.cause,
        stratum=stratum_words(found.line.stratum),
        amount=found.amount,
        finding="" if finding is None else finding.words,
        remark="" if finding is None else finding.remark,
        checked="" if finding is None else _checked(finding),
        demand="" if asked is None else f"{asked.demand}（{asked.due_on.isoformat()}前）",
        answer="" if asked is None else _answer(asked),
    )


def _checked(finding: Finding) -> str:
    return f"{finding.checked_on.isoformat()} {finding.checked_by}"


def _answer(asked: Rectification) -> str:
    said = ""
    if asked.done_on is not None:
        said = f"{asked.done_on.isoformat()} {asked.answered_by}：{asked.answer}"
    if asked.closed_on is not None:
        said += f"　{asked.closed_on.isoformat()}核销：{asked.remark}"
    return said
