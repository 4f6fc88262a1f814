"""The papers of a drawer, made from what is recorded: float slip, count, day close, handover.

Their numbers follow from the order of the journal, so a paper printed again bears the same one.
"""

from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.count_sheet import CountSheetFacts, count_sheet_pdf
from reliefdesk.documents.day_sheet import DaySheetFacts, day_sheet_pdf
from reliefdesk.documents.float_slip import FloatSlipFacts, float_slip_pdf
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.handover_sheet import HandoverSheetFacts, handover_sheet_pdf
from reliefdesk.domain.cash import CashEntry, CashKind, EntryUnknownError, FloatReceived
from reliefdesk.domain.closings import Closing, sums_by_kind
from reliefdesk.domain.counts import Count
from reliefdesk.domain.form_settings import CashForm
from reliefdesk.domain.ids import ClosingId, CountId, EntryId, HandoverId
from reliefdesk.domain.pads import PadState
from reliefdesk.services import closings, counts, drawers, form_settings, handovers, operators
from reliefdesk.services.recording import Context
from reliefdesk.storage import cash, journal
from reliefdesk.storage import closings as stored_closings
from reliefdesk.storage import counts as stored_counts
from reliefdesk.storage import handovers as stored_handovers
from reliefdesk.storage import pads as stored_pads

_SETTLING_MOST = 4
_PAD_ISSUED = "领应急单"
_PAD_WORDS = {PadState.SPOILT: "应急单写坏", PadState.UNUSED: "应急单交回"}
_LETTERS = {
    CashForm.FLOAT_SLIP: "BY",
    CashForm.COUNT_SHEET: "PD",
    CashForm.DAY_SHEET: "RJ",
    CashForm.HANDOVER_SHEET: "JJ",
}


def float_slip(context: Context, entry_id: EntryId) -> bytes:
    """The slip of a float movement as a PDF; raises EntryUnknownError and paper errors."""
    entry = cash.entry(context.file, entry_id)
    if entry is None or entry.kind not in {CashKind.FLOAT_IN, CashKind.FLOAT_OUT}:
        raise EntryUnknownError
    recorded = next(iter(journal.entries(context.file, after=entry.seq - 1))).event
    claimed = recorded if isinstance(recorded, FloatReceived) else None
    facts = FloatSlipFacts(
        head=_head(
            context,
            CashForm.FLOAT_SLIP,
            on=entry.on,
            place=cash.float_place_in_year(context.file, entry),
        ),
        entry=entry,
        cashier=_name(context, entry.cashier),
        department=context.desk.office.name,
        use="" if claimed is None else claimed.use or "急难型临时救助现金发放",
        return_by=None if claimed is None else claimed.return_by,
        before=cash.held_before(context.file, entry),
        later=cash.floats_after(context.file, entry, _SETTLING_MOST),
    )
    return float_slip_pdf(facts)


def count_sheet(context: Context, count_id: CountId) -> bytes:
    """The sheet of a count as a PDF; raises CountUnknownError and paper errors."""
    found = counts.count(context, count_id)
    details = found.details
    facts = CountSheetFacts(
        head=_head(
            context,
            CashForm.COUNT_SHEET,
            on=details.counted_on,
            place=stored_counts.place_in_year(context.file, found),
        ),
        cashier=_name(context, details.cashier),
        counted_at=found.counted_at,
        pieces=details.pieces,
        counted=details.counted,
        expected=details.expected,
        reason="" if found.explanation is None else found.explanation.reason,
        second="" if found.explanation is None else _name(context, found.explanation.second),
        posting=_posting(context, found),
    )
    return count_sheet_pdf(facts)


def day_sheet(context: Context, closing_id: ClosingId) -> bytes:
    """The sheet of a closed day as a PDF; raises ClosingUnknownError and paper errors."""
    found = closings.closing(context, closing_id)
    closed = found.details
    entries = cash.entries(context.file, closed.closed_on, closed.closed_on, cashier=closed.cashier)
    count = counts.count(context, closed.count_id)
    facts = DaySheetFacts(
        head=_head(
            context,
            CashForm.DAY_SHEET,
            on=closed.closed_on,
            place=stored_closings.place_in_year(context.file, found),
        ),
        closed=closed,
        closed_at=found.closed_at,
        cashier=_name(context, closed.cashier),
        sums=sums_by_kind(entries),
        counted=count.details.counted,
        expected=count.details.expected,
        counted_at=count.counted_at,
        reason="" if count.explanation is None else count.explanation.reason,
        head_seq=found.seq,
        head_hash=stored_closings.hash_of(context.file, found),
        numbers=_numbers(entries, CashKind.PAYMENT),
        void=_numbers(entries, CashKind.VOID),
        red=_numbers(entries, CashKind.REVERSAL),
        pads=_pads(context, found),
        limit=drawers.limit(context, on=closed.closed_on),
    )
    return day_sheet_pdf(facts)


def handover_sheet(context: Context, handover_id: HandoverId) -> bytes:
    """The sheet of a handover as a PDF; raises HandoverUnknownError and paper errors."""
    found = handovers.handover(context, handover_id)
    handed = found.details
    count = counts.count(context, handed.count_id)
    given = stored_handovers.given(context.file, found)
    facts = HandoverSheetFacts(
        head=_head(
            context,
            CashForm.HANDOVER_SHEET,
            on=handed.handed_on,
            place=stored_handovers.place_in_year(context.file, found),
        ),
        giver=_name(context, handed.giver),
        receiver=_name(context, handed.receiver),
        handed_at=found.handed_at,
        pieces=count.details.pieces,
        counted=count.details.counted,
        expected=given,
        amount=handed.amount,
        reason="" if count.explanation is None else count.explanation.reason,
        remark=handed.remark,
    )
    return handover_sheet_pdf(facts)


def _head(context: Context, form: CashForm, *, on: date, place: int) -> FormHead:
    office = context.desk.office
    number = f"编号：{_LETTERS[form]}-{office.code}-{on.year}-{place:04d}"
    return form_settings.head_of(context, form, on=on, number=number, day=f"日期：{day_text(on)}")


def _name(context: Context, operator_id: str) -> str:
    return operators.names(context).get(operator_id, "")


def _posting(context: Context, found: Count) -> str:
    posting = found.posting
    if posting is None:
        return "待处理" if found.difference.fen else ""
    approver = _name(context, posting.approver)
    return f"{day_text(posting.posted_on)}已入账，批准：{posting.approval}（{approver}）"


def _pads(context: Context, found: Closing) -> list[tuple[str, list[str]]]:
    """What became of the cashier's blank receipts since the close before, up to this one.

    So each stands on one sheet, also what came after a day's close. Those entered stand among the
    payments.
    """
    closed = found.details
    drawer = stored_closings.of_drawer(context.file, closed.cashier)
    earlier = [each.closed_at for each in drawer if each.seq < found.seq]
    told = {word: list[str]() for word in (_PAD_ISSUED, *_PAD_WORDS.values())}
    for each in stored_pads.every(context.file):
        if each.holder != closed.cashier:
            continue
        fates = ((_PAD_ISSUED, each.issued_at), (_PAD_WORDS.get(each.state), each.settled_at))
        for word, at in fates:
            if word and at and at <= found.closed_at and all(at > close for close in earlier):
                told[word].append(each.receipt_no.rsplit("-", 1)[-1])
    return [(word, serials) for word, serials in told.items() if serials]


def _numbers(entries: tuple[CashEntry, ...], kind: CashKind) -> tuple[str, ...]:
    return tuple(
        entry.receipt_no.rsplit("-", 1)[-1]
        for entry in entries
        if entry.kind is kind and entry.receipt_no is not None
    )
