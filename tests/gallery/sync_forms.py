"""The slip of a bundle and the sheet of the root key, ready for pictures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from reliefdesk.documents.fingerprint_sheet import FingerprintSheetFacts, fingerprint_sheet_pdf
from reliefdesk.documents.root_sheet import RootSheetFacts, root_sheet_pdf
from reliefdesk.documents.transfer_slip import KindLine, TransferSlipFacts, transfer_slip_pdf
from reliefdesk.domain.form_settings import SyncForm
from reliefdesk.domain.money import Money
from tests.gallery.case_facts import BUREAU, LONG_NAME, OFFICE, head_of, wordy

SLIP = TransferSlipFacts(
    head=head_of(SyncForm.TRANSFER_SLIP, number="BS-150302003-000007", day="日期：2021年3月10日"),
    sender=OFFICE,
    recipient=BUREAU,
    number=7,
    first=1,
    last=128,
    events=61,
    paid=Money(1_234_500),
    kinds=(
        KindLine(name="案件受理", count=12, amount=Money(0)),
        KindLine(name="审批同意", count=10, amount=Money(1_400_000)),
        KindLine(name="现金发放", count=9, amount=Money(1_234_500)),
    ),
    made_at=datetime(2021, 3, 10, 8, 15, tzinfo=UTC),
    file_name="RD-150302003-000007-1A2B3C4D.AGE",
    size=48_213,
    fingerprint="0123 4567 8901 2345 6789 0123 45",
    stick="U盘 1A2B-3C4D",
)
NASTY_SLIP = replace(
    SLIP,
    head=wordy(SLIP.head),
    sender="内蒙古自治区锡林郭勒盟西乌珠穆沁旗巴彦胡舒苏木人民政府" * 2,
    recipient="内蒙古自治区锡林郭勒盟西乌珠穆沁旗民政局社会救助事务服务中心" * 2,
    number=123_456,
    first=1_234_567,
    last=12_345_678,
    events=1_234_567,
    paid=Money(99_999_999_999),
    kinds=tuple(
        KindLine(name=f"第{place}种其他记录", count=12_345, amount=Money(place * 12_345_678))
        for place in range(30)
    ),
    size=268_435_456,
    handed_on=date(2021, 3, 12),
    receiver=LONG_NAME,
)
ROOT = RootSheetFacts(
    head=head_of(SyncForm.ROOT_SHEET, number="机密", day="日期：2021年3月10日"),
    district=BUREAU,
    code="-".join(["A2HX", "Y9AA", "KDMN", "5ZM0", "VPMB", "7QRT", "W3CD"] * 2),
    fingerprint="0123 4567 8901 2345 6789 0123 45",
    made_on=date(2021, 3, 10),
)

FINGERPRINT = FingerprintSheetFacts(
    head=head_of(SyncForm.FINGERPRINT_SHEET, number="ZW-150302-001", day="日期：2021年3月10日"),
    office=BUREAU,
    code="150302",
    epoch=1,
    fingerprint="6418 1176 6345 1445 6763 6654 77",
    root="0042 1738 8406 6803 2436 3592 81",
    made_on=date(2021, 3, 10),
)

FORMS: dict[str, Callable[[], bytes]] = {
    "fingerprint-sheet": lambda: fingerprint_sheet_pdf(FINGERPRINT),
    "root-sheet": lambda: root_sheet_pdf(ROOT),
    "transfer-slip": lambda: transfer_slip_pdf(SLIP),
    "transfer-slip-nasty": lambda: transfer_slip_pdf(NASTY_SLIP),
}
"""By name of the picture."""
