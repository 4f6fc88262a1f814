"""Forms of money claimed back, of numbers, reports and packs, with kind and nasty facts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from reliefdesk.documents.blank_receipts import (
    BlankReceiptsFacts,
    BlankSheet,
    blank_receipts_pdf,
)
from reliefdesk.documents.demand_letter import DemandFacts, demand_letter_pdf
from reliefdesk.documents.district_report import DistrictReportFacts, district_report_pdf
from reliefdesk.documents.monthly_report import MonthlyReportFacts, monthly_report_pdf
from reliefdesk.documents.pack_sheet import PackSheetFacts, PackSheetLine, pack_sheet_pdf
from reliefdesk.documents.receipt_facts import PrintMark
from reliefdesk.documents.repayment_receipt import RepaymentReceiptFacts, repayment_receipt_pdf
from reliefdesk.documents.repayment_sheet import RepaymentSheetFacts, repayment_sheet_pdf
from reliefdesk.documents.roster import RosterFacts, roster_pdf
from reliefdesk.documents.void_register import VoidRegisterFacts, void_register_pdf
from reliefdesk.domain.desks import Office
from reliefdesk.domain.district_statistics import OfficeReport, summed
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import (
    CaseId,
    DeskId,
    OperatorId,
    PersonId,
    ReceiptNo,
    RecoveryId,
    RepaymentId,
    RosterId,
)
from reliefdesk.domain.money import Money
from reliefdesk.domain.number_fates import NumberFate, NumberKind
from reliefdesk.domain.recoveries import (
    LEGAL_BASIS,
    Repayment,
    RepaymentReceived,
    ToleranceRecorded,
)
from reliefdesk.domain.recovery_orders import (
    ErrorCause,
    Ground,
    Means,
)
from reliefdesk.domain.rosters import Roster, RosterLine, RosterMade, RosterView
from reliefdesk.domain.statistics import Group, Month, MonthReport, StatRow, lines_of
from tests.gallery.case_facts import (
    CASE_NO,
    DAY,
    LONG_NAME,
    NUMBER,
    OFFICE,
    RARE_NAME,
    REASON,
    head_of,
    trained,
    wordy,
)
from tests.gallery.desk_forms import RECEIPT as RECEIPT_OF_PAYMENT

_RECOVERY_NO = "ZJ-150302003-2021-0001"
_NOON = datetime(2021, 3, 10, 4, 0, tzinfo=UTC)

DEMAND = DemandFacts(
    head=head_of(MoneyForm.DEMAND_LETTER, number=_RECOVERY_NO, day="日期：2021年3月10日"),
    recovery_no=_RECOVERY_NO,
    name="测试丙",
    case_no=CASE_NO,
    paid=Money(243000),
    ground="骗取救助金",
    reason="隐瞒有效居住证和两辆小汽车。",
    basis=LEGAL_BASIS,
    amount=Money(243000),
    repaid=Money(0),
    due_on=date(2021, 3, 20),
    penalty="",
    on=DAY,
)
NASTY_DEMAND = replace(
    DEMAND,
    head=wordy(DEMAND.head),
    name=LONG_NAME,
    reason=REASON * 2,
    repaid=Money(100005),
    penalty="由区民政局依法决定是否并处非法获取救助金一倍以上三倍以下的罚款，另行送达。",
)


def _came(serial: int, means: Means, *, payer: str = "测试丙", fen: int = 100000) -> Repayment:
    details = RepaymentReceived(
        repayment_id=RepaymentId(f"b{serial}"),
        recovery_id=RecoveryId("r"),
        case_id=CaseId("c"),
        receipt_no=ReceiptNo(f"SK-150302003-2021-{serial:06d}"),
        amount=Money(fen),
        means=means,
        payer=payer,
        reference="" if means is Means.CASH else "农行回单2021031000012345",
        remark="",
        cashier=OperatorId("o"),
        received_on=DAY,
    )
    return Repayment(
        seq=serial, received_at=_NOON, details=details, prints=1, void=None, deposited_on=None
    )


_TOLERANCE = ToleranceRecorded(
    recovery_id=RecoveryId("r"),
    case_id=CaseId("c"),
    cause=ErrorCause.CONCEALED,
    checked="受理时查询了居住证登记和车辆登记，均无记录。",
    source="公安人口信息、车管所",
    checked_on=DAY,
    corrected_on=date(2021, 3, 12),
    remark="",
    approver=OperatorId("o"),
)
SHEET = RepaymentSheetFacts(
    head=head_of(MoneyForm.REPAYMENT_SHEET, number="202103-001", day="日期：2021年3月10日"),
    name="测试丙",
    document=f"居民身份证　{NUMBER}",
    case_no=CASE_NO,
    ground=Ground.FRAUD,
    reason=DEMAND.reason,
    paid=Money(243000),
    amount=Money(243000),
    repaid=Money(200000),
    years="2021年",
    due_on=DEMAND.due_on,
    penalty="",
    repayments=[_came(1, Means.CASH), _came(2, Means.BANK)],
    tolerance=_TOLERANCE,
    made_by="经办甲",
)
NASTY_SHEET = replace(
    SHEET,
    head=wordy(SHEET.head),
    name=LONG_NAME,
    reason=REASON * 2,
    repayments=[
        _came(serial, Means.BANK if serial % 2 else Means.CASH, payer=LONG_NAME, fen=1005)
        for serial in range(1, 15)
    ],
    tolerance=replace(_TOLERANCE, checked=REASON, source=f"{RARE_NAME}，区大数据中心共享平台"),
)
RECEIPT = RepaymentReceiptFacts(
    head=head_of(MoneyForm.REPAYMENT_RECEIPT),
    receipt_no="SK-150302003-2021-000001",
    recovery_no=_RECOVERY_NO,
    case_no=CASE_NO,
    debtor="测试丙",
    payer="测试丙",
    ground="骗取救助金",
    amount=Money(100000),
    balance=Money(143000),
    means="现金",
    reference="",
    remark="",
    cashier="出纳丁",
    received_on=DAY,
    printed=PrintMark(nth=0, at=_NOON, operator="出纳丁"),
)
NASTY_RECEIPT = replace(
    RECEIPT,
    debtor=LONG_NAME,
    payer=f"{LONG_NAME}之女{RARE_NAME}（代）",
    amount=Money(12345678905),
    means="银行转账",
    reference="中国农业银行股份有限公司乌海分行回单2021031000012345678",
    remark="分三次退回，本次为第一次，下次在三月二十日前",
    printed=PrintMark(nth=3, at=_NOON, operator="出纳丁"),
    void="2021年3月11日作废：金额写错，重新开具",
    head=trained(RECEIPT.head),
)

_FATE = NumberFate(
    number=ReceiptNo("XJ-150302003-2021-000001"),
    kind=NumberKind.RECEIPT,
    state="作废",
    is_undone=True,
    issued_on=DAY,
    amount=Money(243000),
    net=Money(0),
    who="出纳丁",
    name="䶮*",
    case_no=CASE_NO,
    prints=2,
    reason="打印后发现金额写错，当场作废重开",
    second="审批丙",
    ended_on=DAY,
    link="XJ-150302003-2021-000002",
)
VOIDS = VoidRegisterFacts(
    head=head_of(MoneyForm.VOID_REGISTER),
    year=2021,
    rows=[
        replace(_FATE, number=ReceiptNo(f"XJ-150302003-2021-{serial:06d}"))
        if serial % 3
        else replace(_FATE, state="写坏作废", kind=NumberKind.PAD, reason=REASON, link="")
        for serial in range(1, 12)
    ],
    made_on=DAY,
    made_by="经办甲",
)
BLANKS = BlankReceiptsFacts(
    head=head_of(MoneyForm.RECEIPT),
    sheets=[
        BlankSheet(
            number=ReceiptNo("XJ-150302003-2021-000012"),
            printed=PrintMark(nth=0, at=_NOON, operator="出纳丁"),
        )
    ],
    holder="出纳丁",
    issued="2021年3月10日领取",
)

REPRINTED_BLANKS = replace(
    BLANKS,
    sheets=[
        replace(each, printed=PrintMark(nth=2, at=_NOON, operator=LONG_NAME))
        for each in BLANKS.sheets
    ],
)

_MOVED = StatRow(
    seq=1,
    on=DAY,
    sign=1,
    number="XJ-150302003-2021-000001",
    case_id=CaseId("c"),
    case_no=CASE_NO,
    person_id=PersonId("p"),
    amount=Money(12345678905),
    groups=tuple(Group),
)
_ROWS = (_MOVED, replace(_MOVED, seq=2, sign=-1, amount=Money(99999999999)))
REPORT = MonthReport(
    month=Month(2021, 3),
    since=date(2021, 3, 1),
    until=date(2021, 3, 31),
    lines=lines_of(_ROWS, (_MOVED,)),
    rows=_ROWS,
    year_rows=(_MOVED,),
    closing=None,
)
DISTRICT = DistrictReportFacts(
    head=head_of(MoneyForm.DISTRICT_REPORT, unit="乌海市海勃湾区民政局"),
    report=summed(
        REPORT.month,
        tuple(
            OfficeReport(
                desk_id=DeskId(f"desk-{place}"),
                office=Office(code=f"{150302001 + place}", name=OFFICE if place % 4 else LONG_NAME),
                report=REPORT,
                held_on=None if place == 3 else DAY,
            )
            for place in range(20)
        ),
    ),
    made_on=DAY,
    made_by="记账戊",
)
MONTHLY = MonthlyReportFacts(
    head=head_of(MoneyForm.MONTHLY_REPORT), report=REPORT, made_on=DAY, made_by=LONG_NAME
)

PACK = PackSheetFacts(
    head=head_of(MoneyForm.PACK_SHEET),
    pack_no="BZ-150302003-2021-0001",
    since=date(2021, 3, 1),
    until=date(2021, 3, 31),
    lines=[
        PackSheetLine(
            place=place,
            receipt_no=ReceiptNo(f"XJ-150302003-2021-{place:06d}"),
            on=DAY,
            name=LONG_NAME if place == 3 else "测试䶮",
            document_number=NUMBER,
            case_no=CASE_NO,
            cause="突发重大疾病",
            fund="中央补助资金",
            amount=Money(-243000 if place == 5 else 12345678905),
            fate="退回" if place == 4 else "",
            receipt=RECEIPT_OF_PAYMENT,
        )
        for place in range(1, 8)
    ],
    made_on=DAY,
    made_by=LONG_NAME,
)

ROSTER = RosterFacts(
    head=head_of(MoneyForm.ROSTER),
    roster=RosterView(
        roster=Roster(
            seq=1,
            made_at=_NOON,
            details=RosterMade(
                roster_id=RosterId("h"),
                roster_no="HM-150302003-2021-0001",
                title="幸福小区火灾",
                case_ids=(),
                made_by=OperatorId("o"),
                made_on=DAY,
            ),
        ),
        lines=tuple(
            RosterLine(
                place=place,
                case_id=CaseId(f"c{place}"),
                case_no=CASE_NO,
                version=1,
                name=LONG_NAME if place % 4 == 0 else "测试䶮",
                sex="女",
                number=NUMBER,
                hukou_place="内蒙古自治区锡林郭勒盟西乌珠穆沁旗巴彦胡舒苏木松根嘎查",
                stay_address="新华街道人民路东一街坊十二号楼三单元四〇二室",
                cause="突发重大疾病",
                persons_relieved=3,
                standard="810.00",
                multiplier="3",
                granted=Money(243000),
                rest=Money(0 if place % 3 else 243000),
                receipt_no=f"XJ-150302003-2021-{place:06d}" if place % 3 else "",
                paid_on=DAY if place % 3 else None,
                collector="测试乙（妻弟之养子女）" if place == 5 else "",
            )
            for place in range(1, 14)
        ),
    ),
    made_by="出纳丁",
)

FORMS: dict[str, Callable[[], bytes]] = {
    "void-register": lambda: void_register_pdf(VOIDS),
    "blank-receipts": lambda: blank_receipts_pdf(BLANKS),
    "blank-receipts-training": lambda: blank_receipts_pdf(
        replace(BLANKS, holder=LONG_NAME, head=trained(BLANKS.head))
    ),
    "blank-receipts-reprint": lambda: blank_receipts_pdf(REPRINTED_BLANKS),
    "district-report": lambda: district_report_pdf(DISTRICT),
    "monthly-report": lambda: monthly_report_pdf(MONTHLY),
    "pack-sheet": lambda: pack_sheet_pdf(PACK),
    "roster": lambda: roster_pdf(ROSTER),
    "demand-letter": lambda: demand_letter_pdf(DEMAND),
    "demand-letter-nasty": lambda: demand_letter_pdf(NASTY_DEMAND),
    "repayment-sheet": lambda: repayment_sheet_pdf(SHEET),
    "repayment-sheet-nasty": lambda: repayment_sheet_pdf(NASTY_SHEET),
    "repayment-receipt": lambda: repayment_receipt_pdf(RECEIPT),
    "repayment-receipt-nasty": lambda: repayment_receipt_pdf(NASTY_RECEIPT),
}
"""By name of the picture."""
