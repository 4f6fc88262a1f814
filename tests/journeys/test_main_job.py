"""Scenario 1 of RULES.md §8 through the real window: screen, records and paper tell the same."""

from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from reliefdesk.domain.cash import CashJournal
from reliefdesk.domain.ledger import year_filter
from reliefdesk.domain.money import Money
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.services import cash, ledger, receipts, today, verification
from reliefdesk.services.recording import Context
from tests.builders import P01, a_desk
from tests.journeys.window import Journey, a_window, pdf_text

NUMBER = "XJ-150302003-2021-000001"


def test_a_stranger_leaves_with_signed_for_cash(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        window.begin(P01)
        window.tell()
        assert window.says("资格核对结果") == "✓ 符合"
        assert "限额 2,430.00" in window.says("限额与剩余")
        window.press("F8")
        assert "AJ-150302003-2021-000001" in window.message()
        assert "急难未发放" in _waits(window)
        window.decide()
        window.confirm("出纳丁")
        assert "超过单笔限额1,000.00元" in window.screen()
        assert window.ask(cash.balance) == Money.parse("10000")
        window.pay()
        assert NUMBER in window.message()
        window.press("Ctrl+P")
        window.click("登记已签领")
        _paper_says_it(window)
        _books_say_it(window)


def _waits(window: Journey) -> str:
    return "".join(line.kind.label for line in window.ask(today.todo))


def _paper_says_it(window: Journey) -> None:
    (paper,) = window.printed()
    text = pdf_text(paper)
    for said in (NUMBER, "人民币贰仟元整", "测试甲", P01.number, "6401**********9976", "交通事故"):
        assert said in text, said


def _books_say_it(window: Journey) -> None:
    window.press("Ctrl+4")
    (row,) = window.table("工作台账")
    assert {"测试甲", NUMBER, "交通事故", "2,000.00"} <= set(row)
    assert "发放2,000.00元" in window.says("合计")
    window.press("Ctrl+5")
    assert window.ask(cash.balance) == Money.parse("8000")
    journal = window.ask(_journal)
    found = window.ask(lambda context: ledger.ledger(context, year_filter(2021)))
    assert found.totals.paid == journal.sums.outgo == Money.parse("2000")
    (number,) = window.ask(lambda context: receipts.numbers(context, 2021))
    assert number.receipt.state is ReceiptState.SIGNED
    assert window.ask(verification.verify).good


def _journal(context: Context) -> CashJournal:
    return cash.journal(context, date(2021, 1, 1), date(2021, 12, 31))
