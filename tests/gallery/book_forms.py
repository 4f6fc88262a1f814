"""Books and lists of a training desk with the hardest content: long names, long reasons."""

from collections.abc import Callable
from dataclasses import replace

from reliefdesk.documents.cash_journal import CashJournalFacts, cash_journal_pdf
from reliefdesk.documents.ledger_columns import WorkLedgerLine
from reliefdesk.documents.monthly_report import monthly_report_pdf
from reliefdesk.documents.number_list import NumberListFacts, number_list_pdf
from reliefdesk.documents.pack_sheet import pack_sheet_pdf
from reliefdesk.documents.receipt import ReceiptForm, receipt_pdf
from reliefdesk.documents.refusal_notice import Refusal, refusal_pdf
from reliefdesk.documents.repayment_receipt import repayment_receipt_pdf
from reliefdesk.documents.roster import roster_pdf
from reliefdesk.documents.void_register import void_register_pdf
from reliefdesk.documents.work_ledger import WorkLedgerFacts, work_ledger_pdf
from reliefdesk.domain.cash import CashCarry, CashKind, journal_of
from reliefdesk.domain.form_settings import CaseForm, MoneyForm
from reliefdesk.domain.money import Money
from tests.gallery.case_facts import (
    CASE_NO,
    DAY,
    LONG_NAME,
    RARE_NAME,
    REASON,
    head_of,
    pictured,
    trained,
    worded,
    wordy,
)
from tests.gallery.case_forms import REFUSAL
from tests.gallery.desk_forms import RECEIPT, an_entry
from tests.gallery.money_forms import MONTHLY, PACK, ROSTER, VOIDS
from tests.gallery.money_forms import RECEIPT as REPAYMENT

_LINE = WorkLedgerLine(
    case_no=CASE_NO,
    accepted="2021-03-10 10:20",
    source="本人",
    name=LONG_NAME,
    sex="女",
    ethnicity="蒙古族",
    born="1992-03-04",
    document_kind="无身份证",
    document_number="WZ-150302003-2021-0001",
    hukou_place="内蒙古自治区锡林郭勒盟西乌珠穆沁旗巴彦胡舒苏木松根嘎查",
    permit="已过期未签注",
    emergency_place="包兰铁路乌海站站前广场东侧出租车候客区",
    cause="突发重大疾病",
    summary=REASON,
    persons="21",
    first_relief="是 2021-03-10 09:40",
    investigated=f"2021-03-10 {LONG_NAME}",
    reviewed=f"2021-03-10 {RARE_NAME}",
    approved=f"2021-03-10 {RARE_NAME} 乌海区批〔2021〕1号",
    standard="810.00",
    multiple="3",
    granted=Money(12_345_678),
    method="现金",
    paid=Money(12_345_678),
    paid_on="2021-03-10",
    receipt_nos="XJ-150302003-2021-000001、XJ-150302003-2021-000002",
    collector=f"{RARE_NAME}（代）",
    completed="2021-03-24",
    spot_check="2021-04-06 身份、户籍信息不实、手续材料不全",
    recovered=Money(100_000),
    recovered_on="2021-03-20、2021-04-20",
    file_place="2021年3月第2册",
    remark="已转介：户籍地另有安排；000002红冲（2021-03-11）",
)


def _ledger() -> bytes:
    facts = WorkLedgerFacts(
        head=trained(head_of(MoneyForm.WORK_LEDGER)),
        since=DAY,
        until=DAY,
        lines=(_LINE,) * 5,
        made_on=DAY,
        made_by=LONG_NAME,
    )
    return work_ledger_pdf(facts)


def _journal() -> bytes:
    entries = [
        an_entry(1, CashKind.FLOAT_IN, 5_000_000, 0),
        replace(an_entry(2, CashKind.PAYMENT, 0, 10_000), summary=f"发放救助金　{LONG_NAME}"),
    ]
    journal = journal_of(entries, CashCarry(balance=Money(0)), since=DAY, until=entries[-1].on)
    facts = CashJournalFacts(
        head=trained(head_of(MoneyForm.CASH_JOURNAL)),
        journal=journal,
        made_on=DAY,
        cashier=LONG_NAME,
    )
    return cash_journal_pdf(facts)


def _numbers() -> bytes:
    row = replace(VOIDS.rows[0], name=LONG_NAME, reason=REASON, who=RARE_NAME)
    facts = NumberListFacts(
        head=trained(head_of(MoneyForm.NUMBER_LIST)),
        year=2021,
        rows=(row,),
        made_on=DAY,
        made_by=LONG_NAME,
    )
    return number_list_pdf(facts)


_TRAINED = replace(PACK.lines[2], receipt=replace(RECEIPT, head=trained(RECEIPT.head)))
FORMS: dict[str, Callable[[], bytes]] = {
    "receipt-a5-training": lambda: receipt_pdf(
        replace(RECEIPT, head=trained(RECEIPT.head)), form=ReceiptForm.A5
    ),
    "work-ledger-training": _ledger,
    "cash-journal-training": _journal,
    "number-list-training": _numbers,
    "void-register-training": lambda: void_register_pdf(
        replace(VOIDS, made_by=LONG_NAME, head=trained(VOIDS.head))
    ),
    "receipt-worded": lambda: receipt_pdf(
        replace(RECEIPT, head=worded(RECEIPT.head)), form=ReceiptForm.A5
    ),
    "receipt-241-worded": lambda: receipt_pdf(
        replace(RECEIPT, head=worded(RECEIPT.head)), form=ReceiptForm.CONTINUOUS_241
    ),
    "repayment-receipt-worded": lambda: repayment_receipt_pdf(
        replace(REPAYMENT, head=worded(REPAYMENT.head))
    ),
    "roster-worded": lambda: roster_pdf(replace(ROSTER, head=pictured(wordy(ROSTER.head)))),
    "monthly-report-training": lambda: monthly_report_pdf(
        replace(MONTHLY, head=trained(MONTHLY.head))
    ),
    "roster-training": lambda: roster_pdf(replace(ROSTER, head=trained(ROSTER.head))),
    "pack-sheet-training": lambda: pack_sheet_pdf(
        replace(PACK, lines=[_TRAINED], head=trained(PACK.head))
    ),
    "case-refusal-nasty": lambda: refusal_pdf(
        replace(
            REFUSAL,
            head=wordy(REFUSAL.head),
            name=LONG_NAME,
            reason=REASON * 2,
        )
    ),
    "case-turned-away": lambda: refusal_pdf(
        replace(REFUSAL, head=head_of(CaseForm.TURNED_AWAY), kind=Refusal.NOT_ACCEPTED)
    ),
}
"""By name of the picture."""
