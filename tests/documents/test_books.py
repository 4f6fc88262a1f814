"""Books of account agree with themselves on every page, and nothing can be written in later."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from reliefdesk.documents.cash_journal import CashJournalFacts, cash_journal_pdf
from reliefdesk.documents.ledger_columns import WorkLedgerLine
from reliefdesk.documents.number_list import NumberListFacts, number_list_pdf
from reliefdesk.documents.page import POINTS
from reliefdesk.documents.work_ledger import WorkLedgerFacts, work_ledger_pdf
from reliefdesk.domain.cash import CashCarry, CashEntry, CashKind, journal_of
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import CaseId, OperatorId, PaymentId, ReceiptNo
from reliefdesk.domain.money import ZERO, Money, total
from reliefdesk.domain.number_fates import NumberFate, missing_numbers, of_receipt
from reliefdesk.domain.receipts import NumberRow, Receipt, ReceiptSeries, ReceiptState
from tests.documents.papers import OFFICE, page_sizes, page_texts, places
from tests.gallery.case_facts import head_of

DAY = date(2021, 7, 5)
AT = datetime(2021, 7, 5, 2, 0, tzinfo=UTC)


def _ledger(count: int, *, paid: int = 243000) -> WorkLedgerFacts:
    lines = [
        WorkLedgerLine(
            case_no=f"AJ{serial:06d}",
            accepted="2021-07-05",
            name="阿拉坦·巴特尔",
            granted=Money(paid),
            paid=Money(paid) if serial % 2 else None,
        )
        for serial in range(1, count + 1)
    ]
    return WorkLedgerFacts(
        head=head_of(MoneyForm.WORK_LEDGER, unit=OFFICE),
        since=date(2021, 1, 1),
        until=DAY,
        lines=lines,
        made_on=DAY,
        made_by="张三",
    )


def test_the_ledger_repeats_head_and_feet_on_every_page_and_counts_them() -> None:
    pages = page_texts(work_ledger_pdf(_ledger(120)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页　共{len(pages)}页" in page
        told = (
            "急难型临时救助工作台账",
            "制表：张三",
            "审核：",
            "负责人：",
            "证件号",
            "档案号",
            "备注",
        )
        assert [text for text in told if text not in page] == []


def test_every_case_of_the_ledger_stands_on_paper_once() -> None:
    text = "".join(page_texts(work_ledger_pdf(_ledger(120))))
    assert [text.count(f"AJ{serial:06d}") for serial in range(1, 121)] == [1] * 120


def test_the_last_page_of_the_ledger_totals_all_in_figures_and_words() -> None:
    facts = _ledger(75)
    granted, paid = Money(243000 * 75), Money(243000 * 38)
    *before, last = page_texts(work_ledger_pdf(facts))
    assert f"总计　75件　　批准金额（大写）{granted.words}　￥{granted.figures}" in last
    assert f"发放金额（大写）{paid.words}　￥{paid.figures}" in last
    assert "（以下空白）" in last
    assert all("总计" not in page and "以下空白" not in page for page in before)


def test_running_totals_of_the_ledger_grow_to_the_whole() -> None:
    pages = page_texts(work_ledger_pdf(_ledger(75, paid=100)))
    rows = [sum(page.count(f"AJ{n:06d}") for n in range(1, 76)) for page in pages]
    assert sum(rows) == 75
    for index, page in enumerate(pages):
        # The running total of cases stands beside the total of the page.
        assert f"{rows[index]}件" in page
        assert f"{sum(rows[: index + 1])}件" in page
        assert Money(100 * sum(rows[: index + 1])).figures in page


def test_an_empty_ledger_is_one_page_that_says_so() -> None:
    pages = page_texts(work_ledger_pdf(_ledger(0)))
    assert len(pages) == 1
    assert "人民币零元整" in pages[0]
    assert "（以下空白）" in pages[0]


def test_the_ledger_is_a3_landscape() -> None:
    width, height = page_sizes(work_ledger_pdf(_ledger(1)))[0]
    assert (round(width), round(height)) == (1191, 842)


def _entry(seq: int, kind: CashKind, income: int, outgo: int) -> CashEntry:
    return CashEntry(
        seq=seq,
        entry_id=f"e{seq}",
        cashier=OperatorId("op-1"),
        on=DAY + timedelta(days=seq // 4),
        at=AT,
        kind=kind,
        voucher=f"XJ-150302003-2021-{seq:06d}",
        summary="发放救助金",
        account="困难群众救助支出",
        income=Money(income),
        outgo=Money(outgo),
        receipt_no=None,
        payment_id=None,
        case_id=None,
    )


def _journal(count: int, **changes: object) -> CashJournalFacts:
    entries = [_entry(1, CashKind.FLOAT_IN, 5_000_000, 0)]
    entries += [_entry(seq, CashKind.PAYMENT, 0, 10_000) for seq in range(2, count)]
    entries.append(_entry(count, CashKind.REVERSAL, 0, -10_000))
    until = entries[-1].on
    journal = journal_of(entries, CashCarry(balance=Money(700)), since=DAY, until=until)
    return CashJournalFacts(
        head=head_of(MoneyForm.CASH_JOURNAL, unit=OFFICE),
        journal=journal,
        made_on=until,
        cashier="李四",
        **changes,  # type: ignore[arg-type]
    )


def test_the_cash_journal_opens_totals_and_closes() -> None:
    facts = _journal(40)
    text = "".join(page_texts(cash_journal_pdf(facts)))
    for told in ("期初结转", "本日合计", "本月合计", "本年累计", "承前页", "过次页"):
        assert told in text
    assert f"期末余额 ￥{facts.journal.closing.figures}" in text
    assert facts.journal.closing.words in text


def test_what_is_carried_out_of_a_page_is_carried_into_the_next() -> None:
    pages = page_texts(cash_journal_pdf(_journal(60)))
    assert len(pages) > 2
    for before, after in pairwise(pages):
        carried = before.rsplit("过次页", 1)[1].strip()[:18]
        assert carried.startswith("50,000.00")
        assert after.split("承前页", 1)[1].strip().startswith(carried)
    assert "过次页" not in pages[-1]
    assert "承前页" not in pages[0]


def test_what_is_carried_out_closes_the_page_and_leaves_no_row_free() -> None:
    foot_mm, row_mm = 30, 6.8
    found = places(cash_journal_pdf(_journal(60)), "过次页")
    assert len(found) > 2
    for _, above_foot in found:
        assert foot_mm < above_foot / POINTS < foot_mm + row_mm


def test_the_last_carry_and_the_rest_make_the_closing_balance() -> None:
    facts = _journal(60)
    lines = facts.journal.lines
    assert facts.journal.closing == lines[-1].balance
    assert lines[-1].balance.figures in page_texts(cash_journal_pdf(facts))[-1]


def test_a_red_entry_is_red_and_says_so_without_colour() -> None:
    pages = page_texts(cash_journal_pdf(_journal(3)))
    assert "（红字）发放救助金" in pages[0]
    assert "-100.00" in pages[0]


def test_page_numbers_of_the_cash_journal_run_on_from_an_earlier_print() -> None:
    pages = page_texts(cash_journal_pdf(_journal(60, first_page=7)))
    last = 7 + len(pages) - 1
    assert f"第7页　共{last}页" in pages[0]
    assert f"第{last}页　共{last}页" in pages[-1]


def _number(serial: int, state: ReceiptState) -> NumberFate:
    receipt = Receipt(
        receipt_no=ReceiptNo(f"XJ-150302003-2021-{serial:06d}"),
        series=ReceiptSeries(prefix="XJ", office="150302003", year=2021),
        serial=serial,
        payment_id=PaymentId("p"),
        case_id=CaseId("c"),
        state=state,
        prints=1,
        issued_on=DAY,
        signed_on=None,
        signed_by=None,
        filed_on=None,
        file_place="",
        replaces=None,
        replaced_by=ReceiptNo("XJ-150302003-2021-000099") if state is ReceiptState.VOID else None,
    )
    undone = state in (ReceiptState.VOID, ReceiptState.REVERSED)
    row = NumberRow(
        receipt=receipt,
        case_no="AJ-150302003-2021-000001",
        name="张*",
        amount=Money(81000),
        net=ZERO if undone else Money(81000),
        cashier="李四",
        reason="金额写错" if undone else "",
        second="王五" if undone else "",
        undone_on=DAY if undone else None,
    )
    return of_receipt(row)


def _numbers(states: list[ReceiptState]) -> NumberListFacts:
    rows = [_number(serial, state) for serial, state in enumerate(states, start=1)]
    return NumberListFacts(
        head=head_of(MoneyForm.NUMBER_LIST, unit=OFFICE),
        year=2021,
        rows=rows,
        made_on=DAY,
        made_by="张三",
    )


def test_the_fate_of_every_number_is_listed_and_counted_by_state() -> None:
    states = [state for state in ReceiptState for _ in range(5)]
    pages = page_texts(number_list_pdf(_numbers(states)))
    for state, count in Counter(states).items():
        assert f"{state.label} {count}" in pages[-1]
    assert "合计 30 号" in pages[-1]
    assert "缺号：无" in pages[-1]


def test_void_numbers_stay_in_the_list_with_reason_successor_and_nothing_of_the_money() -> None:
    facts = _numbers([ReceiptState.SIGNED, ReceiptState.VOID, ReceiptState.REVERSED])
    page = page_texts(number_list_pdf(facts))[0]
    assert total([row.net for row in facts.rows]).figures == "810.00"
    assert "有效金额 ￥810.00（大写）人民币捌佰壹拾元整" in page
    assert "000099" in page
    assert page.count("金额写错") == 2


def test_a_gap_in_the_numbers_is_named() -> None:
    rows = [_number(serial, ReceiptState.SIGNED) for serial in (1, 2, 5)]
    facts = NumberListFacts(
        head=head_of(MoneyForm.NUMBER_LIST, unit=OFFICE),
        year=2021,
        rows=rows,
        made_on=DAY,
        made_by="张三",
    )
    assert missing_numbers(rows) == tuple(f"XJ-150302003-2021-00000{n}" for n in (3, 4))
    assert "缺号：XJ-150302003-2021-000003、" in page_texts(number_list_pdf(facts))[0]
