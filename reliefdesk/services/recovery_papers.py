"""The papers of a claim from what is recorded: 追缴通知书, 追缴资金办理单, 收款收据."""

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.book import day_text
from reliefdesk.documents.demand_letter import DemandFacts, demand_letter_pdf
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.receipt_facts import PrintMark
from reliefdesk.documents.repayment_receipt import RepaymentReceiptFacts, repayment_receipt_pdf
from reliefdesk.documents.repayment_sheet import RepaymentSheetFacts, repayment_sheet_pdf
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import RecoveryId
from reliefdesk.domain.money import total
from reliefdesk.domain.recoveries import Recovery, Repayment
from reliefdesk.services import (
    cases,
    form_settings,
    operators,
    payments,
    print_jobs,
    recoveries,
)
from reliefdesk.services.print_jobs import Asked, Drawn
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context, Recorded, recorded

_RECEIPT_FORM = "repayment_receipt"


def demand_letter(context: Context, recovery_id: RecoveryId) -> Paper:
    """The letter that claims the money back; raises RecoveryUnknownError and paper errors."""
    found = recoveries.recovery(context, recovery_id)
    details = found.details
    facts = DemandFacts(
        head=_head(context, MoneyForm.DEMAND_LETTER, found, number=details.recovery_no),
        recovery_no=details.recovery_no,
        name=details.debtor.name,
        case_no=found.case_no,
        paid=cases.case(context, details.case_id).paid,
        ground=details.ground.label,
        reason=details.reason,
        basis=details.basis,
        amount=details.amount,
        repaid=found.repaid,
        due_on=details.due_on,
        penalty=details.penalty,
        on=details.opened_on,
    )
    return _paper(MoneyForm.DEMAND_LETTER, details.recovery_no, demand_letter_pdf(facts))


def repayment_sheet(context: Context, recovery_id: RecoveryId) -> Paper:
    """The sheet for the department; raises RecoveryUnknownError and paper errors."""
    found = recoveries.recovery(context, recovery_id)
    details = found.details
    case = cases.case(context, details.case_id)
    standing = [each for each in payments.of_case(context, case.case_id) if each.undoing is None]
    paid_on = [each.details.paid_on for each in standing] + [case.paid_on or details.opened_on]
    facts = RepaymentSheetFacts(
        head=_head(context, MoneyForm.REPAYMENT_SHEET, found, number=found.sheet_no),
        name=details.debtor.name,
        document=f"{details.debtor.kind.label}　{details.debtor.number}",
        case_no=found.case_no,
        ground=details.ground,
        reason=details.reason,
        paid=case.paid,
        amount=details.amount,
        repaid=found.repaid,
        years="、".join(sorted({f"{day.year}年" for day in paid_on})),
        due_on=details.due_on,
        penalty=details.penalty,
        repayments=[each for each in found.repayments if each.void is None],
        tolerance=found.tolerance,
        made_by=operators.signed_in(context).name,
    )
    return _paper(MoneyForm.REPAYMENT_SHEET, found.sheet_no, repayment_sheet_pdf(facts))


def receipt(context: Context, receipt_no: str) -> Paper:
    """The receipt SK to look at; records nothing. Raises RecoveryUnknownError, paper errors."""
    found = recoveries.repayment(context, receipt_no)
    return _receipt_paper(found, _facts(context, found, None))


def print_receipt(context: Context, receipt_no: str, *, reason: str = "") -> Recorded[Paper]:
    """Record one print and give its paper: the first unmarked, later ones 补打 with a reason.

    One that never left the desk comes again as it was. Raises ReprintReasonError, JobUnclearError,
    RecoveryUnknownError, paper errors; after these nothing is counted.
    """
    found = recoveries.repayment(context, receipt_no)

    def record() -> Drawn:
        name = operators.signed_in(context).name
        mark = PrintMark(nth=found.prints, at=context.now, operator=name)
        paper = _receipt_paper(found, _facts(context, found, mark))
        recoveries.record_print(context, found, reason)
        return Drawn(pdf=paper.pdf, nth=found.prints)

    asked = Asked(
        number=found.details.receipt_no,
        form=_RECEIPT_FORM,
        reason=reason,
        # One that was voided since must show it.
        keeps=found.void is None,
    )
    pdf = print_jobs.once(context, asked, record)
    return recorded(_paper_of_receipt(found, pdf), "recoveries", "receipts")


def _facts(context: Context, found: Repayment, mark: PrintMark | None) -> RepaymentReceiptFacts:
    details = found.details
    claim = recoveries.recovery(context, details.recovery_id)
    before = total([each.net for each in claim.repayments if each.seq <= found.seq])
    void = ""
    if found.void is not None:
        void = f"{day_text(found.void.voided_on)}作废：{found.void.reason}"
    return RepaymentReceiptFacts(
        head=form_settings.head_of(context, MoneyForm.REPAYMENT_RECEIPT, on=details.received_on),
        receipt_no=details.receipt_no,
        recovery_no=claim.details.recovery_no,
        case_no=claim.case_no,
        debtor=claim.details.debtor.name,
        payer=details.payer,
        ground=claim.details.ground.label,
        amount=details.amount,
        balance=claim.details.amount - before,
        means=details.means.label,
        reference=details.reference,
        remark=details.remark,
        cashier=operators.names(context).get(details.cashier, ""),
        received_on=details.received_on,
        printed=mark,
        void=void,
    )


def _receipt_paper(found: Repayment, facts: RepaymentReceiptFacts) -> Paper:
    return _paper_of_receipt(found, repayment_receipt_pdf(facts))


def _paper_of_receipt(found: Repayment, pdf: bytes) -> Paper:
    return Paper(
        form=_RECEIPT_FORM,
        title=f"收款收据 {found.details.receipt_no}",
        media=PaperMedia.A5,
        pdf=pdf,
        is_voucher=True,
        voucher_no=found.details.receipt_no,
    )


def _head(context: Context, form: MoneyForm, found: Recovery, *, number: str) -> FormHead:
    on = found.details.opened_on
    day = f"日期：{day_text(on)}"
    return form_settings.head_of(context, form, on=on, number=f"编号：{number}", day=day)


def _paper(form: MoneyForm, number: str, pdf: bytes) -> Paper:
    return Paper(
        form=f"papers.{form.value}",
        title=f"{form.label} {number}",
        media=PaperMedia.A4,
        pdf=pdf,
    )
