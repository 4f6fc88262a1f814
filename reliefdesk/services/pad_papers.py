"""The blank receipts of a pad on paper: each print is recorded, a second of a number marked."""

from reliefdesk.clock import shanghai_day
from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.blank_receipts import (
    BlankReceiptsFacts,
    BlankSheet,
    blank_receipts_pdf,
)
from reliefdesk.documents.book import day_text
from reliefdesk.documents.receipt_facts import PrintMark
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import PadId, ReceiptNo
from reliefdesk.domain.pads import (
    PadEmptyError,
    PadNumber,
    PadPrinted,
    blank,
    require_blank,
    span,
)
from reliefdesk.domain.receipts import ReprintReasonError
from reliefdesk.services import form_settings, operators, pads, print_jobs
from reliefdesk.services.print_jobs import Asked, Drawn
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import pads as stored

_FORM = "blank_receipts"


def print_blank(
    context: Context, pad_id: PadId, *, only: ReceiptNo | None = None, reason: str = ""
) -> Recorded[Paper]:
    """Record one print of what is left of a pad, or of `only` one number of it; give its paper.

    A number's first sheet is unmarked, every later one bears 补打 and needs a reason; settled
    numbers are never printed. What never left the desk comes again as it was. Raises
    PadEmptyError, PadNumberError, ReprintReasonError, JobUnclearError, paper errors; after these
    nothing is counted.
    """
    numbers = pads.of_pad(context, pad_id)
    left = blank(numbers)
    if only is not None:
        found = next((each for each in numbers if each.receipt_no == only), None)
        left = (require_blank(only, found),)
    if not left:
        raise PadEmptyError
    name = span(numbers)
    wanted = tuple(each.receipt_no for each in left)

    def draw() -> Drawn:
        if any(each.prints for each in left) and not reason.strip():
            raise ReprintReasonError(receipt_no=name)
        nth = stored.print_count(context.file, pad_id)
        pdf = blank_receipts_pdf(_facts(context, left))
        event = PadPrinted(pad_id=pad_id, receipt_nos=wanted, nth=nth, reason=reason.strip())
        record(context, event)
        return Drawn(pdf=pdf, nth=nth)

    asked = Asked(
        number=ReceiptNo(name),
        form=_FORM,
        reason=reason,
        # A number that was settled since must not come out again.
        keeps=stored.last_printed(context.file, pad_id) == wanted,
    )
    paper = Paper(
        form=_FORM,
        title=f"停电应急领款单 {name}",
        media=PaperMedia.A5,
        pdf=print_jobs.once(context, asked, draw),
        is_voucher=True,
        voucher_no=name,
    )
    return recorded(paper, *pads.CHANGES)


def _facts(context: Context, left: tuple[PadNumber, ...]) -> BlankReceiptsFacts:
    first, printer = left[0], operators.signed_in(context).name
    return BlankReceiptsFacts(
        head=form_settings.head_of(context, MoneyForm.RECEIPT, on=first.issued_on),
        sheets=[
            BlankSheet(
                number=each.receipt_no,
                printed=PrintMark(nth=each.prints, at=context.now, operator=printer),
            )
            for each in left
        ],
        holder=operators.names(context).get(first.holder, ""),
        issued=f"{day_text(shanghai_day(first.issued_at))}领取",
    )
