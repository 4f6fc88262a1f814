"""Scenario 18 of RULES.md §8: relief got by hiding facts comes back in two parts, on paper too."""

from datetime import UTC, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from reliefdesk.domain.recoveries import RecoveryState
from reliefdesk.services import cash, recoveries, verification
from tests.builders import P03, PASSPHRASE, PINS, a_desk
from tests.journeys.window import Journey, a_window, pdf_text

NOVEMBER = datetime(2021, 11, 8, 1, 0, tzinfo=UTC)


def sign_off(window: Journey, who: str, name: str) -> None:
    window.choose(who, name)
    window.fill(f"{who}确认码", PINS[name])
    window.press("Ctrl+Enter")


def claimed(window: Journey) -> None:
    window.press("Ctrl+8", "F5")
    window.fill("案号", "AJ-150302003-2021-000001")
    window.fill("追回金额", "2430")
    window.choose("类别", "骗取救助金")
    window.fill("事由", "隐瞒有效居住证和两辆小汽车")
    window.fill("民政部门处理", "由区民政局另行决定")
    sign_off(window, "审批人", "审批丙")


def saved(window: Journey, file: Path) -> str:
    """Save the paper that is shown, leave it, and read it."""
    window.save_as(file, "F6")
    window.press("Esc")
    return pdf_text(file)


def repaid(window: Journey, yuan: str, file: Path) -> str:
    window.press("F6")
    window.fill("退款金额", yuan)
    sign_off(window, "出纳", "出纳丁")
    return saved(window, file)


def excused(window: Journey) -> None:
    """Whom the recipient deceived did what could be done (容错 C)."""
    window.press("Ctrl+E")
    window.choose("差错原因", "C 救助对象故意隐瞒")
    window.fill("数据来源", "公安人口信息、车管所")
    window.fill("核查日期", "11-8")
    window.fill("纠正日期", "11-8")
    window.fill("核查内容", "受理时查询了居住证登记和车辆登记，均无记录")
    sign_off(window, "审批人", "审批丙")


def test_hidden_facts_bring_the_money_back_in_two_parts(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    with a_window(qtbot, made) as window:
        window.begin(P03)
        window.tell(yuan="2430")
        window.press("F8")
        window.decide()
        window.pay()
        window.press("Ctrl+P")
        window.click("登记已签领")
        made.clock.set(NOVEMBER)
        window.press("F3")
        window.fill("登录口令", PASSPHRASE + "经办甲")
        window.press("Enter")
        claimed(window)
        (found,) = window.ask(recoveries.listed)
        assert (found.state, found.balance.figures) == (RecoveryState.OPEN, "2,430.00")
        window.press("Ctrl+P")
        assert "隐瞒有效居住证和两辆小汽车" in saved(window, tmp_path / "letter.pdf")
        assert "壹仟元整" in repaid(window, "1000", tmp_path / "first.pdf")
        assert "壹仟肆佰叁拾元整" in repaid(window, "1430", tmp_path / "second.pdf")
        excused(window)
        (found,) = window.ask(recoveries.listed)
        assert (found.state, found.balance.figures) == (RecoveryState.DONE, "0.00")
        assert found.tolerance is not None
        assert found.details.penalty == "由区民政局另行决定"
        assert window.ask(cash.balance).figures == "7,570.00"
        window.press("Ctrl+4")
        (row,) = window.table("工作台账")
        assert {"已发放·已追回", "2,430.00"} <= set(row)
        assert window.ask(verification.verify).good
