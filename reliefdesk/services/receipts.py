"""Receipts on their way: looked at, printed, signed, archived or voided; every number has a fate.

A look allocates nothing; a print leaves the program only after it was recorded (R1, R2, R4).
"""

import dataclasses

from reliefdesk.documents.receipt import ReceiptForm, receipt_pdf
from reliefdesk.documents.receipt_facts import PrintMark
from reliefdesk.documents.receipt_stock import receipt_stock_pdf
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import CaseId, ReceiptNo
from reliefdesk.domain.operators import (
    Operator,
    Seat,
    SeatMissingError,
    VerifiedOfficer,
    require_separation,
)
from reliefdesk.domain.payments import Corrected, Payment, PayOrder
from reliefdesk.domain.receipts import (
    FilePlaceError,
    NumberRow,
    OriginalFiled,
    PrintRow,
    Receipt,
    ReceiptPrinted,
    ReceiptSigned,
    ReceiptUnknownError,
    ReceiptVoided,
    ReprintReasonError,
    SeriesFault,
    SignedBy,
    VoidOrder,
    require_receipt_state,
)
from reliefdesk.services import form_settings, operators, payments
from reliefdesk.services.payments import CHANGES, NUMBER_SHOWN_MAX, Undoing
from reliefdesk.services.receipt_facts import facts_of, facts_of_order
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cases
from reliefdesk.storage import operators as stored_operators
from reliefdesk.storage import payments as stored_payments
from reliefdesk.storage import receipts as storage

# The window names a form, but never touches the paper itself.
__all__ = ["ReceiptForm"]

STEP_CHANGES = ("receipts", "ledger", "today")


def receipt(context: Context, receipt_no: str) -> Receipt:
    """One number and where it stands; raises ReceiptUnknownError."""
    found = storage.receipt(context.file, receipt_no.strip())
    if found is None:
        raise ReceiptUnknownError(receipt_no=receipt_no[:NUMBER_SHOWN_MAX])
    return found


def of_case(context: Context, case_id: CaseId) -> tuple[Receipt, ...]:
    """The numbers of a case in the order they were taken."""
    return storage.of_case(context.file, case_id)


def prints(context: Context, receipt_no: ReceiptNo) -> tuple[PrintRow, ...]:
    """Every print of a number, the unmarked first one included."""
    return storage.prints(context.file, receipt_no)


def numbers(context: Context, year: int) -> tuple[NumberRow, ...]:
    """What became of every number of a year (§3.13); names are masked, void ones count zero."""
    return storage.numbers(context.file, year)


def waiting(context: Context) -> tuple[NumberRow, ...]:
    """Numbers not printed, not signed or not archived yet, oldest first."""
    return storage.waiting(context.file)


def faults(context: Context) -> tuple[SeriesFault, ...]:
    """Gaps and doubles in the series; empty on every sound desk (R3)."""
    return storage.faults(context.file)


def preview(context: Context, receipt_no: str, form: ReceiptForm) -> bytes:
    """The receipt as a PDF to look at; nothing is recorded, no number taken (R2, R18).

    A void number shows its stamp, a reversed one its red form.
    """
    found, paid = _both(context, receipt_no)
    return receipt_pdf(facts_of(context, found, paid), form=form)


def stock(context: Context, form: ReceiptForm) -> bytes:
    """The stock for an overlay as worded today, without any fact; nothing is recorded."""
    head = form_settings.head_of(context, MoneyForm.RECEIPT, on=context.today)
    return receipt_stock_pdf(head, form)


def preview_order(context: Context, order: PayOrder, form: ReceiptForm) -> bytes:
    """The receipt of a payment that is not made yet, without a number; allocates nothing (R2)."""
    kind = payments.payable(context, order.case_id).kind
    return receipt_pdf(facts_of_order(context, order, kind), form=form)


def print_receipt(
    context: Context, receipt_no: str, form: ReceiptForm, *, reason: str = ""
) -> Recorded[bytes]:
    """Record one print and hand out its PDF: the first unmarked, every later one 补打 第n次 (R4).

    The PDF is drawn first, so that a name without a glyph is refused uncounted, but it is handed
    out only once the print is durably recorded (R1). Later prints need a reason.
    """
    with context.file.transaction():
        return record_print(context, receipt_no, form, reason=reason)


def record_print(
    context: Context, receipt_no: str, form: ReceiptForm, *, reason: str = ""
) -> Recorded[bytes]:
    """As `print_receipt`, inside the caller's transaction."""
    found, paid = _both(context, receipt_no)
    require_receipt_state(found.receipt_no, found.state, "打印")
    if found.prints and not reason.strip():
        raise ReprintReasonError(receipt_no=found.receipt_no)
    facts = facts_of(context, found, paid)
    mark = PrintMark(nth=found.prints, at=context.now, operator=operators.signed_in(context).name)
    pdf = receipt_pdf(dataclasses.replace(facts, printed=mark), form=form)
    event = ReceiptPrinted(
        receipt_no=found.receipt_no,
        form=form.value,
        nth=found.prints,
        reason=reason.strip(),
    )
    record(context, event)
    return recorded(pdf, *STEP_CHANGES)


def sign(
    context: Context, receipt_no: str, *, signed_by: SignedBy | None = None
) -> Recorded[Receipt]:
    """Record that the signed original lies here; None takes who collects from the payment."""
    with context.file.transaction():
        found, paid = _both(context, receipt_no)
        require_receipt_state(found.receipt_no, found.state, "登记签领")
        _require_any_seat(operators.signed_in(context), (Seat.CASHIER, Seat.REGISTRAR))
        event = ReceiptSigned(
            receipt_no=found.receipt_no,
            signed_on=context.today,
            signed_by=signed_by or _signer(paid),
        )
        record(context, event)
        after = receipt(context, receipt_no)
    return recorded(after, *STEP_CHANGES)


def file_original(context: Context, receipt_no: str, place: str) -> Recorded[Receipt]:
    """Record where the signed original is archived; never by its cashier (会计法 Art 35)."""
    with context.file.transaction():
        found, paid = _both(context, receipt_no)
        require_receipt_state(found.receipt_no, found.state, "归档")
        if not place.strip():
            raise FilePlaceError(receipt_no=found.receipt_no)
        _require_no_cashier(context, paid)
        event = OriginalFiled(
            receipt_no=found.receipt_no, filed_on=context.today, file_place=place.strip()
        )
        record(context, event)
        after = receipt(context, receipt_no)
    return recorded(after, *STEP_CHANGES)


def void(
    context: Context, order: VoidOrder, *, officer: VerifiedOfficer, second: VerifiedOfficer
) -> Recorded[Corrected]:
    """Void an unsigned receipt with its payment, and pay its replacement if ordered (§3.13).

    `officer` holds the drawer, `second` is another person than who paid and who voids. Asking
    again with the same replacement changes nothing.
    """
    with context.file.transaction():
        found = payments.of_receipt(context, order.receipt_no)
        if _is_repeated(context, order):
            again = payments.corrected(context, order.receipt_no, order.replacement)
            return recorded(again)
        wish = Undoing(act="作废", reason=order.reason)
        payments.require_undoing(context, found, wish, by=officer, second=second)
        event = ReceiptVoided(
            receipt_no=found.receipt_no,
            payment_id=found.payment_id,
            reason=order.reason.strip(),
            cashier=officer.operator.operator_id,
            second=second.operator.operator_id,
        )
        record(context, event, confirmed_by=payments.ids_of(officer, second))
        payments.replace_within(context, found, order.replacement, officer=officer)
        result = payments.corrected(context, order.receipt_no, order.replacement)
    return recorded(result, *CHANGES)


def _is_repeated(context: Context, order: VoidOrder) -> bool:
    if order.replacement is None:
        return False
    known = stored_payments.payment(context.file, order.replacement.payment_id)
    return known is not None and known.details.replaces == order.receipt_no


def _both(context: Context, receipt_no: str) -> tuple[Receipt, Payment]:
    return receipt(context, receipt_no), payments.of_receipt(context, receipt_no)


def _require_any_seat(operator: Operator, seats: tuple[Seat, ...]) -> None:
    if not operator.active or not set(seats) & set(operator.seats):
        raise SeatMissingError(name=operator.name, seat="或".join(seat.label for seat in seats))


def _require_no_cashier(context: Context, paid: Payment) -> None:
    case = cases.case(context.file, paid.details.case_id)
    assert case is not None  # noqa: S101 - every payment has its case
    operator = operators.signed_in(context)
    exemptions = stored_operators.exemptions(context.file, operator.operator_id)
    require_separation(operator, Seat.BOOKKEEPER, case.acts, exemptions, on=context.today)


def _signer(paid: Payment) -> SignedBy:
    if paid.details.proxy is not None:
        return SignedBy.PROXY
    if paid.details.fingerprint is not None:
        return SignedBy.FINGERPRINT
    return SignedBy.SIGNATURE
