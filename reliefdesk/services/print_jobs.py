"""The way of one numbered paper's print from the desk to the printer, with an id before it leaves.

A print is recorded before it is handed over (R1), so a fault between the two leaves a job that is
open: drawn but not handed over goes out as it is; handed over without an answer is asked about.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.print_jobs import JobState, JobUnclearError, PrintJobRow
from reliefdesk.domain.receipts import require_receipt_state
from reliefdesk.services import receipts
from reliefdesk.services.receipts import ReceiptForm
from reliefdesk.services.recording import Context, Recorded, recorded
from reliefdesk.storage import print_jobs as stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A print of a numbered paper. Without `keeps` its earlier bytes are not true any more."""

    number: ReceiptNo
    form: str
    reason: str
    keeps: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A print that was recorded: its PDF, and `nth` 0 for the unmarked original."""

    pdf: bytes
    nth: int


def draw(
    context: Context, receipt_no: str, form: ReceiptForm, *, reason: str = ""
) -> Recorded[bytes]:
    """Record a print of a receipt and keep its PDF until it left the desk, as `once` does.

    Raises ReceiptStateError for a void one, ReprintReasonError, JobUnclearError, paper errors.
    """
    found = receipts.receipt(context, receipt_no)
    require_receipt_state(found.receipt_no, found.state, "打印")

    def record() -> Drawn:
        done = receipts.record_print(context, found.receipt_no, form, reason=reason)
        return Drawn(pdf=done.result, nth=found.prints)

    pdf = once(context, Asked(number=found.receipt_no, form=form.value, reason=reason), record)
    return recorded(pdf, *receipts.STEP_CHANGES)


def once(context: Context, asked: Asked, record: Callable[[], Drawn]) -> bytes:
    """Draw a numbered paper by `record` and keep it until it left the desk.

    A print that was recorded and never handed over is not counted again: the same bytes are given
    once more. With a `reason` a marked print follows in any case. Raises JobUnclearError where
    handing over was begun and nobody said yet whether paper came out.
    """
    left = last(context, asked.number)
    if left is not None and not asked.reason.strip():
        if left.state is JobState.HANDING:
            raise JobUnclearError(receipt_no=asked.number)
        if left.state is JobState.DRAWN and left.form == asked.form and asked.keeps:
            return stored.pdf(context.file, left.job_id)
    with context.file.transaction():
        done = record()
        stored.close(context.file, asked.number)
        stored.put(context.file, _job(context, asked, done.nth), done.pdf)
    return done.pdf


def last(context: Context, receipt_no: str) -> PrintJobRow | None:
    """The job of the latest print of a receipt; None where it was never printed."""
    return stored.last(context.file, ReceiptNo(receipt_no))


def usual_form(context: Context) -> ReceiptForm:
    """The paper on which receipts were last printed here; A5 at first."""
    found = stored.latest_form(context.file, [each.value for each in ReceiptForm])
    return ReceiptForm.A5 if found is None else ReceiptForm(found)


def move(context: Context, receipt_no: str, state: JobState, queue_name: str = "") -> None:
    """Note durably how far the latest print of a receipt came; other papers have no job."""
    found = last(context, receipt_no)
    if found is not None:
        with context.file.transaction():
            stored.move(context.file, found.job_id, state, queue_name)


def settle(context: Context, receipt_no: str) -> Recorded[PrintJobRow | None]:
    """Somebody looked whether paper came out; a further print is a marked one either way."""
    found = last(context, receipt_no)
    if found is not None and found.state is JobState.HANDING:
        move(context, receipt_no, JobState.SETTLED)
    return recorded(last(context, receipt_no), "receipts")


def _job(context: Context, asked: Asked, nth: int) -> PrintJobRow:
    return PrintJobRow(
        job_id=context.ids.new(),
        receipt_no=asked.number,
        nth=nth,
        form=asked.form,
        state=JobState.DRAWN,
        queue_name="",
        drawn_at=context.now,
    )
