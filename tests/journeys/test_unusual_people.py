"""Scenarios 6, 7 and 12 of RULES.md §8: a newborn, somebody unknown, somebody who cannot sign."""

from datetime import UTC, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import CaseFilter
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.domain.statistics import Group, Month
from reliefdesk.services import cases, cash, persons, receipts, statistics, verification
from tests.builders import BINHE, P02, P05, PINS, a_desk
from tests.journeys.window import Journey, a_window, pdf_text

BEFORE_DAWN = datetime(2021, 3, 9, 18, 45, tzinfo=UTC)  # 02:45 in Wuhai
MARCH = Month(year=2021, number=3)
P09 = "341221196304309971"


def begin_without_number(window: Journey, name: str) -> None:
    window.press("F3", "F5", "Ctrl+B")
    window.choose("证件类型", "无证件（身份待核）")
    window.fill("姓名", name)


def pay_in_kind(window: Journey, goods: str) -> None:
    window.press("Ctrl+5", "Ctrl+T")
    window.press("Down")
    window.choose("发放方式", "实物")
    window.fill("品名和数量", goods)
    window.fill("凭证号", "物-2021-01")
    window.choose("出纳", "出纳丁")
    window.fill("出纳确认码", PINS["出纳丁"])
    window.press("F8")


def test_a_guardian_signs_for_a_newborn_that_has_only_a_birth_certificate(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        window.press("F3", "F5", "Ctrl+B")
        window.choose("证件类型", "出生医学证明")
        window.fill("证件号码", "Q150123456")
        window.fill("姓名", "测试乙之子")
        window.choose("性别", "男")
        window.fill("出生日期", "2021-3-1")
        window.fill("户籍所在地", "河南省固始县")
        window.tell(cause="突发重大疾病", yuan="800")
        window.press("F8")
        assert "已受理" in window.message()
        window.decide()
        window.pay()
        assert "不满14周岁" in window.screen()
        assert window.ask(cash.balance).figures == "10,000.00"
        window.choose("领款方式", "监护人代领")
        window.fill("代领人", P02.name)
        window.fill("代领人证件号", P02.number)
        window.fill("与领款人关系", "母亲")
        window.fill("监护证明", "出生医学证明 Q150123456")
        window.confirm("出纳丁")
        window.press("Ctrl+P")
        text = pdf_text(window.printed()[0])
        for said in ("测试乙之子", "测试乙", "母亲", "Q150123456"):
            assert said in text, said
        report = window.ask(lambda context: statistics.report(context, MARCH))
        (child,) = report.behind(Group.MINOR)
        assert child.amount.figures == "800.00"


def test_nobody_is_paid_for_the_unknown_who_is_given_goods_and_later_known(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = a_desk(tmp_path / "desk", office=BINHE, at=BEFORE_DAWN)
    with a_window(qtbot, made) as window:
        begin_without_number(window, "无名氏")
        window.fill("身份说明", "男，约40岁，昏迷，派出所送来")
        window.tell(cause="突发重大疾病", at="3-10 02:30", yuan="500")
        window.click("更多情形")
        window.choose("住宿状况", "身份不明且需急救")
        assert "疾病应急救助" in window.says("资格核对理由")
        window.press("F8")
        assert "已受理" in window.message()
        window.confirm("审核乙")
        window.fill("说明", "送医的同时给衣物和食品")
        window.confirm("审批丙")
        window.pay()
        assert window.ask(lambda context: receipts.numbers(context, 2021)) == ()
        assert window.ask(cash.balance).figures == "10,000.00"
        pay_in_kind(window, "棉被1床、食品1箱")
        window.take("WZ-150302007-2021-0001")
        window.go("救助历史")
        window.press("Down", "Enter", "Ctrl+Shift+A")
        window.fill("档案号", "2021-7")
        window.press("F8")
        assert "身份还没有查清" in window.screen()
        window.press("Esc", "Ctrl+Shift+I")
        window.fill("证件号码", P09)
        window.fill("姓名", "测试壬")
        window.fill("书面理由", "派出所人像比对")
        window.press("F8")
        assert "测试壬" in window.says("案件")
        window.press("Ctrl+Shift+A")
        window.fill("档案号", "2021-7")
        window.press("F8")
        assert window.says("归档").startswith("2021-7")
        (found,) = window.ask(lambda context: persons.find(context, "WZ-150302007-2021-0001"))
        assert found.name == "测试壬"
        (row,) = window.ask(lambda context: cases.listed(context, CaseFilter()))
        assert row.paid.figures == "500.00"
        assert window.ask(verification.verify).good


def test_who_cannot_sign_gives_a_fingerprint_before_a_witness(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        window.begin(P05)
        window.tell(yuan="900")
        window.press("F8")
        window.decide()
        window.choose("领款方式", "本人不能签字，按指印")
        window.choose("不能签字原因", "伤残")
        window.fill("见证人", "出纳丁")
        window.pay()
        assert "见证" in window.screen()
        assert window.ask(lambda context: receipts.numbers(context, 2021)) == ()
        window.fill("见证人", "社区李某")
        window.confirm("出纳丁")
        window.press("Ctrl+P")
        text = pdf_text(window.printed()[0])
        assert "社区李某" in text
        assert "伤残" in text
        window.click("登记已签领")
        (number,) = window.ask(lambda context: receipts.numbers(context, 2021))
        assert number.receipt.state is ReceiptState.SIGNED
