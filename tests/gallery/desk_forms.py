"""Receipts, books, lists and sheets of the desk with nasty facts, ready for pictures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from reliefdesk.documents.cash_journal import CashJournalFacts, cash_journal_pdf
from reliefdesk.documents.key_card import KeyLine, key_card_pdf
from reliefdesk.documents.ledger_columns import WorkLedgerLine
from reliefdesk.documents.number_list import NumberListFacts, number_list_pdf
from reliefdesk.documents.page import FANFOLD_241
from reliefdesk.documents.receipt import ReceiptForm, receipt_pdf
from reliefdesk.documents.receipt_facts import PrintMark, ReceiptFacts, ReversalMark, VoidMark
from reliefdesk.documents.receipt_stock import receipt_stock_pdf
from reliefdesk.documents.recovery_sheet import RecoverySheetFacts, recovery_sheet_pdf
from reliefdesk.documents.ruler_page import ruler_page_pdf
from reliefdesk.documents.work_ledger import WorkLedgerFacts, work_ledger_pdf
from reliefdesk.domain.cash import CashCarry, CashEntry, CashKind, journal_of
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import CaseId, OperatorId, PaymentId, ReceiptNo
from reliefdesk.domain.money import Money
from reliefdesk.domain.number_fates import NumberFate, of_receipt
from reliefdesk.domain.payments import CannotSign, Fingerprint, Proxy
from reliefdesk.domain.receipts import NumberRow, Receipt, ReceiptSeries, ReceiptState
from tests.gallery.case_facts import CASE_NO, LONG_NAME, NUMBER, OFFICE, RARE_NAME, head_of, trained

_DAY = date(2021, 7, 5)
_AT = datetime(2021, 7, 5, 2, 20, tzinfo=UTC)
RECEIPT = ReceiptFacts(
    head=head_of(MoneyForm.RECEIPT),
    receipt_no=ReceiptNo("XJ-150302003-2021-000001"),
    case_no=CASE_NO,
    approval="2021-07-05审批",
    paid_on=_DAY,
    recipient=LONG_NAME,
    document_kind="居民身份证",
    document_number=NUMBER,
    hukou_place="内蒙古自治区锡林郭勒盟西乌珠穆沁旗巴彦胡舒苏木松根嘎查",
    cause="突发重大疾病",
    policy_basis="乌民发〔2021〕17号 第二条；低保标准810.00元（虚构〔2020〕1号）",
    amount=Money(12345678),
    cash_reason="无银行账户，急需食宿",
    fund_source="自治区困难群众救助补助资金",
    cashier="出纳丁",
    registrar="经办甲",
    approver="审批丙",
    supervisor="记账戊",
    proxy=Proxy(name=RARE_NAME, number=NUMBER, relation="妻弟", authorisation="WT-1"),
    fingerprint=Fingerprint(reason=next(iter(CannotSign)), witness="社区工作人员"),
    printed=PrintMark(nth=0, at=_AT, operator="出纳丁"),
)


def _void(form: ReceiptForm) -> bytes:
    mark = VoidMark(
        reason="打印后发现金额有误",
        second="审批丙",
        voided_on=_DAY,
        replacement="XJ-150302003-2021-000002",
    )
    printed = PrintMark(nth=3, at=_AT, operator=LONG_NAME)
    return receipt_pdf(
        replace(RECEIPT, void=mark, printed=printed, head=trained(RECEIPT.head)), form=form
    )


def _red() -> bytes:
    mark = ReversalMark(reason="金额有误", second="审批丙", paid_on=_DAY)
    facts = replace(RECEIPT, amount=Money(-12345678), reversal=mark, proxy=None)
    return receipt_pdf(facts, form=ReceiptForm.A5)


def _ledger() -> bytes:
    lines = [
        WorkLedgerLine(
            case_no=f"AJ-150302003-2021-{serial:06d}",
            accepted="2021-07-05 10:20",
            name=LONG_NAME if serial % 7 == 0 else RARE_NAME,
            granted=Money(243000),
            paid=Money(243000) if serial % 2 else None,
        )
        for serial in range(1, 31)
    ]
    facts = WorkLedgerFacts(
        head=head_of(MoneyForm.WORK_LEDGER),
        since=date(2021, 1, 1),
        until=_DAY,
        lines=lines,
        made_on=_DAY,
        made_by="经办甲",
    )
    return work_ledger_pdf(facts)


def an_entry(seq: int, kind: CashKind, income: int, outgo: int) -> CashEntry:
    return CashEntry(
        seq=seq,
        entry_id=f"e{seq}",
        cashier=OperatorId("op-1"),
        on=_DAY + timedelta(days=seq // 9),
        at=_AT,
        kind=kind,
        voucher=f"XJ-150302003-2021-{seq:06d}",
        summary=f"发放救助金　{RARE_NAME}",
        account="困难群众救助支出",
        income=Money(income),
        outgo=Money(outgo),
        receipt_no=None,
        payment_id=None,
        case_id=None,
    )


def _journal() -> bytes:
    entries = [an_entry(1, CashKind.FLOAT_IN, 5_000_000, 0)]
    entries += [an_entry(seq, CashKind.PAYMENT, 0, 10_000) for seq in range(2, 30)]
    entries.append(an_entry(30, CashKind.REVERSAL, 0, -10_000))
    until = entries[-1].on
    journal = journal_of(entries, CashCarry(balance=Money(700)), since=_DAY, until=until)
    facts = CashJournalFacts(
        head=head_of(MoneyForm.CASH_JOURNAL), journal=journal, made_on=until, cashier="出纳丁"
    )
    return cash_journal_pdf(facts)


def _number(serial: int, state: ReceiptState) -> NumberFate:
    undone = state in {ReceiptState.VOID, ReceiptState.REVERSED}
    receipt = Receipt(
        receipt_no=ReceiptNo(f"XJ-150302003-2021-{serial:06d}"),
        series=ReceiptSeries(prefix="XJ", office="150302003", year=2021),
        serial=serial,
        payment_id=PaymentId(f"p{serial}"),
        case_id=CaseId("c"),
        state=state,
        prints=1,
        issued_on=_DAY,
        signed_on=None,
        signed_by=None,
        filed_on=None,
        file_place="",
        replaces=None,
        replaced_by=ReceiptNo("XJ-150302003-2021-000099") if undone else None,
    )
    row = NumberRow(
        receipt=receipt,
        case_no=CASE_NO,
        name=f"{LONG_NAME[:5]}*" if serial % 5 == 0 else "䶮*",
        amount=Money(243000),
        net=Money(0) if undone else Money(243000),
        cashier="出纳丁",
        reason="打印后发现金额写错，当场作废重开" if undone else "",
        second="审批丙" if undone else "",
        undone_on=_DAY if undone else None,
    )
    return of_receipt(row)


def _numbers() -> bytes:
    states = list(ReceiptState)
    serials = (*range(1, 12), *range(14, 20))
    rows = [_number(serial, states[serial % len(states)]) for serial in serials]
    facts = NumberListFacts(
        head=head_of(MoneyForm.NUMBER_LIST), year=2021, rows=rows, made_on=_DAY, made_by="经办甲"
    )
    return number_list_pdf(facts)


def _recovery() -> bytes:
    code = "AB2C-D3EF-GH4J-K5LM-NP6Q-R7ST-UV8W-X9YZ"
    facts = RecoverySheetFacts(office=OFFICE, desk_name="正式工作台", code=code, made_on=_DAY)
    return recovery_sheet_pdf(facts)


def _keys() -> bytes:
    lines = [KeyLine(key=f"F{n}", command=f"办事{n}", place="柜台") for n in range(1, 40)]
    return key_card_pdf(lines)


FORMS: dict[str, Callable[[], bytes]] = {
    "receipt-a5": lambda: receipt_pdf(RECEIPT, form=ReceiptForm.A5),
    "receipt-241": lambda: receipt_pdf(RECEIPT, form=ReceiptForm.CONTINUOUS_241),
    "receipt-a5-void": lambda: _void(ReceiptForm.A5),
    "receipt-241-void": lambda: _void(ReceiptForm.CONTINUOUS_241),
    "receipt-a5-red": _red,
    "receipt-a5-stock": lambda: receipt_stock_pdf(RECEIPT.head, ReceiptForm.A5_OVERLAY),
    "receipt-241-stock": lambda: receipt_stock_pdf(RECEIPT.head, ReceiptForm.OVERLAY_241),
    "receipt-a5-overlay": lambda: receipt_pdf(RECEIPT, form=ReceiptForm.A5_OVERLAY),
    "receipt-241-overlay": lambda: receipt_pdf(RECEIPT, form=ReceiptForm.OVERLAY_241),
    "ruler-page": lambda: ruler_page_pdf(FANFOLD_241, printer="前台", form="领款单"),
    "work-ledger": _ledger,
    "cash-journal": _journal,
    "number-list": _numbers,
    "recovery-sheet": _recovery,
    "key-card": _keys,
}
"""By name of the picture."""
