"""What belongs into the folder of a case by what is recorded, in the order of the work."""

from collections.abc import Iterator
from datetime import date

from reliefdesk.clock import shanghai_day
from reliefdesk.documents.folder_list import FolderEntry
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import InvestigationRecorded, Stage
from reliefdesk.domain.form_settings import CaseForm, MoneyForm
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.services import (
    checks,
    form_settings,
    payments,
    receipts,
    recoveries,
    requests,
    transfers,
)
from reliefdesk.services.recording import Context

_BY_APPLICANT = (CaseForm.PLEDGE, CaseForm.ASSET_AUTHORISATION)
_AT_ACCEPTANCE = (
    CaseForm.APPLICATION,
    CaseForm.ACCEPTANCE_NOTICE,
    CaseForm.PRIVACY_NOTICE,
    *_BY_APPLICANT,
)
_UNDONE = (ReceiptState.VOID, ReceiptState.REVERSED)
_BUREAU = "区民政局"


def entries(
    context: Context,
    found: Case,
    *,
    visits: tuple[InvestigationRecorded, ...],
) -> tuple[FolderEntry, ...]:
    """Give every paper that the records say is there."""
    return (
        *_taken_in(context, found),
        *_visited(context, visits),
        *_decided(context, found),
        *_given(context, found.case_id),
        *_came_back(context, found.case_id),
        *_checked(context, found.case_no),
    )


def _taken_in(context: Context, found: Case) -> Iterator[FolderEntry]:
    on = shanghai_day(found.accepted_at)
    withdrawn = found.stage is Stage.WITHDRAWN
    for form in _AT_ACCEPTANCE[:1] if withdrawn else _AT_ACCEPTANCE:
        maker = found.person_name if form in _BY_APPLICANT else context.desk.office.name
        yield _form(context, form, on=on, maker=maker)


def _visited(context: Context, visits: tuple[InvestigationRecorded, ...]) -> Iterator[FolderEntry]:
    for visit in visits:
        yield _form(
            context,
            CaseForm.INVESTIGATION,
            on=visit.visited_on,
            maker="、".join(visit.investigators),
        )


def _decided(context: Context, found: Case) -> Iterator[FolderEntry]:
    decision, office = found.decision, context.desk.office.name
    for row in reversed(requests.listed(context, case_id=found.case_id)):
        if not row.state.is_open:
            on = None if row.answered_at is None else shanghai_day(row.answered_at)
            title = f"对请示（{row.kind.label}）的答复：{row.state.label}"
            yield FolderEntry(maker=_BUREAU, number=row.document, title=title, on=on)
    if decision is None:
        return
    on = shanghai_day(decision.at)
    if found.stage is Stage.REFUSED:
        form = CaseForm.TURNED_AWAY if found.is_turned_away else CaseForm.REFUSAL_NOTICE
        yield _form(context, form, on=on, maker=office)
    if found.stage is Stage.REFERRED:
        yield _form(
            context,
            CaseForm.REFERRAL,
            on=on,
            maker=office,
            remark=decision.receiver,
        )


def _given(context: Context, case_id: CaseId) -> Iterator[FolderEntry]:
    paid = {one.details.payment_id: one.details for one in payments.of_case(context, case_id)}
    for receipt in receipts.of_case(context, case_id):
        details = paid[receipt.payment_id]
        if details.proxy is not None and receipt.state not in _UNDONE:
            yield _form(
                context,
                CaseForm.PROXY_LETTER,
                on=details.paid_on,
                maker=details.recipient.name,
                number=details.proxy.authorisation,
            )
        place = f"，存{receipt.file_place}" if receipt.file_place else ""
        yield FolderEntry(
            maker=context.desk.office.name,
            number=receipt.receipt_no,
            title=f"领款单　￥{details.amount.figures}",
            on=receipt.issued_on,
            remark=f"{receipt.state.label}{place}",
        )
    for given in transfers.of_case(context, case_id):
        yield FolderEntry(
            maker=context.desk.office.name,
            number=given.details.voucher,
            title=f"{given.details.method.label}凭证　￥{given.details.amount.figures}",
            on=given.details.paid_on,
            remark="" if given.returned_on is None else f"{given.returned_on.isoformat()}退回",
        )


def _came_back(context: Context, case_id: CaseId) -> Iterator[FolderEntry]:
    for claim in recoveries.of_case(context, case_id):
        number, on = claim.details.recovery_no, claim.details.opened_on
        gone = "" if claim.withdrawn is None else "已撤销"
        for form in (MoneyForm.DEMAND_LETTER, MoneyForm.REPAYMENT_SHEET):
            maker = context.desk.office.name
            yield _form(context, form, on=on, maker=maker, number=number, remark=gone)
        for back in claim.repayments:
            yield FolderEntry(
                maker=back.details.payer,
                number=back.details.receipt_no,
                title=f"收款收据　￥{back.details.amount.figures}",
                on=back.details.received_on,
                remark="" if back.void is None else "作废",
            )


def _checked(context: Context, case_no: str) -> Iterator[FolderEntry]:
    for one in checks.of_case(context, case_no):
        finding, asked = one.finding, one.rectification
        if finding is None:
            continue
        yield FolderEntry(
            maker=_BUREAU,
            number=one.check_no,
            title="审核确认事项抽查表",
            on=finding.checked_on,
            remark=finding.words,
        )
        if asked is not None and asked.done_on is not None:
            yield FolderEntry(
                maker=context.desk.office.name,
                number=one.check_no,
                title="抽查整改情况",
                on=asked.done_on,
                remark=one.state.label,
            )


def _form(
    context: Context,
    form: CaseForm | MoneyForm,
    *,
    on: date,
    maker: str,
    number: str = "",
    remark: str = "",
) -> FolderEntry:
    title = form_settings.in_force(context, form, on=on).title
    return FolderEntry(maker=maker, number=number, title=title, on=on, remark=remark)
