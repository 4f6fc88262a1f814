"""Forms of a cashier's drawer with kind and nasty facts, ready for pictures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from reliefdesk.documents.count_sheet import CountSheetFacts, count_sheet_pdf
from reliefdesk.documents.day_sheet import DaySheetFacts, day_sheet_pdf
from reliefdesk.documents.float_slip import FloatSlipFacts, float_slip_pdf
from reliefdesk.documents.handover_sheet import HandoverSheetFacts, handover_sheet_pdf
from reliefdesk.domain.cash import CashEntry, CashKind
from reliefdesk.domain.closings import DayClosed, KindSum
from reliefdesk.domain.counts import Denomination, Pieces
from reliefdesk.domain.form_settings import CashForm
from reliefdesk.domain.ids import ClosingId, CountId, OperatorId
from reliefdesk.domain.money import Money, total
from tests.gallery.case_facts import DAY, LONG_NAME, REASON, head_of, wordy

_NOON = datetime(2021, 3, 10, 4, 0, tzinfo=UTC)
_PIECES = tuple(Pieces(denomination=one, count=place * 3) for place, one in enumerate(Denomination))
_COUNTED = total([one.amount for one in _PIECES])
_DAY_LINE = "日期：2021年3月10日"


def _entry(kind: CashKind, income: int, outgo: int) -> CashEntry:
    return CashEntry(
        seq=1,
        entry_id="e1",
        cashier=OperatorId("o"),
        on=DAY,
        at=_NOON,
        kind=kind,
        voucher="备用金批〔2021〕1号",
        summary="初次领用备用金",
        account="街道财务室",
        income=Money(income),
        outgo=Money(outgo),
        receipt_no=None,
        payment_id=None,
        case_id=None,
    )


SLIP = FloatSlipFacts(
    head=head_of(CashForm.FLOAT_SLIP, number="BY-150302003-2021-0001", day=_DAY_LINE),
    entry=_entry(CashKind.FLOAT_IN, 1_000_000, 0),
    cashier="出纳丁",
    department="社会事务办",
    use="发放急难型临时救助金",
    return_by=date(2021, 12, 31),
    before=Money(0),
)
NASTY_SLIP = replace(
    SLIP,
    head=wordy(SLIP.head),
    cashier=LONG_NAME,
    department="党群服务中心社会事务与民政救助办公室",
    use=REASON,
    later=tuple(_entry(CashKind.FLOAT_OUT, 0, 12_345_678) for _ in range(9)),
)
COUNT = CountSheetFacts(
    head=head_of(CashForm.COUNT_SHEET, number="PD-150302003-2021-0001", day=_DAY_LINE),
    cashier="出纳丁",
    counted_at=_NOON,
    pieces=_PIECES,
    counted=_COUNTED,
    expected=_COUNTED,
)
NASTY_COUNT = replace(
    COUNT,
    head=wordy(COUNT.head),
    cashier=LONG_NAME,
    expected=Money(12_345_678),
    reason=REASON,
    second=LONG_NAME,
    posting=REASON,
    unposted=REASON,
)
CLOSED = DayClosed(
    closing_id=ClosingId("d"),
    cashier=OperatorId("o"),
    closed_on=DAY,
    count_id=CountId("n"),
    opening=Money(100_000),
    income=Money(1_000_000),
    outgo=Money(200_000),
    closing=Money(900_000),
)
CLOSE = DaySheetFacts(
    head=head_of(CashForm.DAY_SHEET, number="RJ-150302003-2021-0001", day=_DAY_LINE),
    closed=CLOSED,
    closed_at=_NOON,
    cashier="出纳丁",
    sums=(
        KindSum(kind=CashKind.FLOAT_IN, count=1, income=Money(1_000_000), outgo=Money(0)),
        KindSum(kind=CashKind.PAYMENT, count=1, income=Money(0), outgo=Money(200_000)),
    ),
    counted=Money(900_000),
    expected=Money(900_000),
    head_seq=123,
    head_hash="0123456789abcdef" * 4,
    counted_at=_NOON,
    numbers=("XJ-150302003-2021-000001",),
)
NASTY_CLOSE = replace(
    CLOSE,
    head=wordy(CLOSE.head),
    cashier=LONG_NAME,
    sums=tuple(
        KindSum(kind=kind, count=12, income=Money(12_345_678), outgo=Money(-12_345_678))
        for kind in CashKind
    ),
    reason=REASON,
    numbers=tuple(f"XJ-150302003-2021-{serial:06d}" for serial in range(1, 60)),
    void=tuple(f"XJ-150302003-2021-{serial:06d}" for serial in range(7, 12)),
    red=("XJ-150302003-2021-000013",),
    limit=Money(500_000),
)
HANDOVER = HandoverSheetFacts(
    head=head_of(CashForm.HANDOVER_SHEET, number="JJ-150302003-2021-0001", day=_DAY_LINE),
    giver="出纳丁",
    receiver="出纳壬",
    handed_at=_NOON,
    pieces=_PIECES,
    counted=_COUNTED,
    expected=_COUNTED,
    amount=_COUNTED,
)
NASTY_HANDOVER = replace(
    HANDOVER,
    head=wordy(HANDOVER.head),
    giver=LONG_NAME,
    receiver=LONG_NAME[::-1],
    expected=Money(12_345_678),
    reason=REASON,
    remark=REASON,
)

FORMS: dict[str, Callable[[], bytes]] = {
    "drawer-float-slip": lambda: float_slip_pdf(SLIP),
    "drawer-float-slip-nasty": lambda: float_slip_pdf(NASTY_SLIP),
    "drawer-count": lambda: count_sheet_pdf(COUNT),
    "drawer-count-nasty": lambda: count_sheet_pdf(NASTY_COUNT),
    "drawer-close": lambda: day_sheet_pdf(CLOSE),
    "drawer-close-nasty": lambda: day_sheet_pdf(NASTY_CLOSE),
    "drawer-handover": lambda: handover_sheet_pdf(HANDOVER),
    "drawer-handover-nasty": lambda: handover_sheet_pdf(NASTY_HANDOVER),
}
"""By name of the picture."""
