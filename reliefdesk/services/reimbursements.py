"""报账: packs of signed receipts, handed in, accepted or returned; one PDF with list and copies."""

from dataclasses import dataclass, replace
from datetime import date

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.pack_sheet import PackSheetFacts, PackSheetLine, pack_sheet_pdf
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import PackId, ReceiptNo
from reliefdesk.domain.money import total
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.domain.reimbursements import (
    LineState,
    Pack,
    PackAnswered,
    PackDissolved,
    PackEmptyError,
    PackHandedIn,
    PackLine,
    PackMade,
    PackOrder,
    PackState,
    PackUnknownError,
    require_pack_state,
    require_text,
    returned_numbers,
)
from reliefdesk.services import form_settings, operators, payments, receipts
from reliefdesk.services.printing import Paper
from reliefdesk.services.receipt_facts import facts_of
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import reimbursements as storage

CHANGES = ("reimbursements",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What finance said: its document, the numbers (or their ends) it returned, and why."""

    document: str
    returned: tuple[str, ...] = ()
    reason: str = ""


def listed(context: Context) -> tuple[Pack, ...]:
    """All packs, the newest first."""
    return storage.every(context.file)


def pack(context: Context, pack_id: PackId) -> Pack:
    """One pack; raises PackUnknownError."""
    found = storage.pack(context.file, pack_id)
    if found is None:
        raise PackUnknownError
    return found


def due(context: Context, since: date, until: date) -> tuple[PackLine, ...]:
    """The signed receipts of these days (inclusive) that are in no open or accepted pack."""
    return storage.due(context.file, since, until)


def make(context: Context, order: PackOrder, *, officer: VerifiedOfficer) -> Recorded[Pack]:
    """Put everything due together; `officer` is the cashier. A retry makes one.

    Raises PackEmptyError, SeatMissingError.
    """
    with context.file.transaction():
        known = storage.pack(context.file, order.pack_id)
        if known is not None:
            return recorded(known)
        require_seat(officer.operator, Seat.CASHIER)
        lines = due(context, order.since, order.until)
        if not lines:
            raise PackEmptyError(since=order.since, until=order.until)
        event = PackMade(
            pack_id=order.pack_id,
            pack_no=_next_no(context),
            since=order.since,
            until=order.until,
            lines=lines,
            total=total([line.amount for line in lines]),
            made_by=officer.operator.operator_id,
            made_on=context.today,
        )
        record(context, event, confirmed_by=payments.ids_of(officer))
        made = pack(context, order.pack_id)
    return recorded(made, *CHANGES)


def unsigned(context: Context, order: PackOrder) -> tuple[ReceiptNo, ...]:
    """The receipts of the days that are paid and not signed yet: they are in no pack."""
    return tuple(
        row.receipt.receipt_no
        for row in receipts.waiting(context)
        if row.receipt.state is not ReceiptState.SIGNED
        and order.since <= row.receipt.issued_on <= order.until
    )


def hand_in(
    context: Context, pack_id: PackId, receiver: str, *, officer: VerifiedOfficer
) -> Recorded[Pack]:
    """Mark a pack as handed to finance; raises PackStateError, PackTextError."""
    with context.file.transaction():
        require_seat(officer.operator, Seat.CASHIER)
        require_pack_state(pack(context, pack_id), PackState.MADE, "送交")
        event = PackHandedIn(
            pack_id=pack_id,
            receiver=require_text("接收人", receiver),
            by=officer.operator.operator_id,
            handed_on=context.today,
        )
        record(context, event, confirmed_by=payments.ids_of(officer))
        after = pack(context, pack_id)
    return recorded(after, *CHANGES)


def answer(
    context: Context, pack_id: PackId, said: Answer, *, officer: VerifiedOfficer
) -> Recorded[Pack]:
    """Note what came back: returned receipts are free for the next pack, the rest is settled.

    Raises PackStateError, PackTextError, NotInPackError, SeatMissingError.
    """
    with context.file.transaction():
        require_seat(officer.operator, Seat.CASHIER)
        found = pack(context, pack_id)
        require_pack_state(found, PackState.HANDED, "登记答复")
        back = returned_numbers(found, said.returned)
        if back:
            require_text("退回原因", said.reason)
        lines = [line.amount for line in found.details.lines if line.receipt_no not in back]
        event = PackAnswered(
            pack_id=pack_id,
            document=require_text("答复凭证号", said.document),
            returned=back,
            reason=said.reason.strip(),
            accepted=total(lines),
            by=officer.operator.operator_id,
            answered_on=context.today,
        )
        record(context, event, confirmed_by=payments.ids_of(officer))
        after = pack(context, pack_id)
    return recorded(after, *CHANGES)


def dissolve(
    context: Context, pack_id: PackId, reason: str, *, officer: VerifiedOfficer
) -> Recorded[Pack]:
    """Take a pack apart before it leaves; raises PackStateError, PackTextError."""
    with context.file.transaction():
        require_seat(officer.operator, Seat.CASHIER)
        require_pack_state(pack(context, pack_id), PackState.MADE, "撤销")
        event = PackDissolved(
            pack_id=pack_id,
            reason=require_text("撤销原因", reason),
            by=officer.operator.operator_id,
        )
        record(context, event, confirmed_by=payments.ids_of(officer))
        after = pack(context, pack_id)
    return recorded(after, *CHANGES)


def lines_of(context: Context, pack_id: PackId) -> tuple[PackSheetLine, ...]:
    """The lines of a pack with everything that list and workbook show."""
    found = pack(context, pack_id)
    lines = []
    pairs = zip(found.details.lines, found.states, strict=True)
    for place, (line, state) in enumerate(pairs, start=1):
        paid = payments.of_receipt(context, line.receipt_no)
        # A line stays what it was in this pack, whatever became of the payment afterwards.
        shown = paid if line.is_red else replace(paid, undoing=None)
        facts = facts_of(context, receipts.receipt(context, line.receipt_no), shown)
        fate = "" if state is LineState.OPEN else state.label
        undoing = paid.undoing
        on = undoing.undone_on if line.is_red and undoing is not None else paid.details.paid_on
        lines.append(
            PackSheetLine(
                place=place,
                receipt_no=line.receipt_no,
                on=on,
                name=facts.recipient,
                document_number=facts.document_number,
                case_no=facts.case_no,
                cause=facts.cause,
                fund=facts.fund_source,
                amount=line.amount,
                fate=fate,
                receipt=facts,
            )
        )
    return tuple(lines)


def pack_paper(context: Context, pack_id: PackId) -> Paper:
    """List, totals and the second 联 of every receipt in one PDF; raises paper errors."""
    found = pack(context, pack_id)
    details = found.details
    # One reading of everything: what many receipts share is read once.
    with context.file.transaction():
        lines = lines_of(context, pack_id)
    facts = PackSheetFacts(
        head=form_settings.head_of(context, MoneyForm.PACK_SHEET, on=details.made_on),
        pack_no=details.pack_no,
        since=details.since,
        until=details.until,
        lines=lines,
        made_on=details.made_on,
        made_by=operators.names(context).get(details.made_by, ""),
    )
    return Paper(
        form="pack_sheet",
        title=f"报账单 {details.pack_no}",
        media=PaperMedia.A4,
        pdf=pack_sheet_pdf(facts),
    )


def _next_no(context: Context) -> str:
    year = context.today.year
    letters = "YB" if context.desk.kind.is_training else "BZ"
    place = storage.count_in_year(context.file, year) + 1
    return f"{letters}-{context.desk.office.code}-{year}-{place:04d}"
