"""Scenario 2 of RULES.md §8: paid in the night by phone, papers made up in time, then put away."""

from datetime import UTC, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import CaseFilter
from reliefdesk.domain.desks import Office
from reliefdesk.domain.today import TodayKind, Urgency
from reliefdesk.services import cases, cash, today, verification
from tests.builders import P02, PASSPHRASE, TestDesk, a_desk
from tests.journeys.window import Journey, a_window

BAYINSAI = Office(code="150304009", name="巴音赛街道办事处")
NIGHT = datetime(2021, 9, 16, 14, 40, tzinfo=UTC)  # 22:40 in Wuhai
CALLED_AT = datetime(2021, 9, 16, 15, 0, tzinfo=UTC)
PAID_AT = datetime(2021, 9, 16, 15, 40, tzinfo=UTC)
NEXT_DAY = datetime(2021, 9, 17, 1, 0, tzinfo=UTC)
DUE, LATE = datetime(2021, 10, 8, 1, tzinfo=UTC), datetime(2021, 10, 9, 1, tzinfo=UTC)


def paid_in_the_night(window: Journey) -> None:
    window.begin(P02)
    window.tell(cause="火灾", at="9-16 22:10", yuan="1000")
    window.press("F8")
    sign_in_at(window, CALLED_AT)
    opened(window)
    window.press("Ctrl+Shift+F")
    window.fill("先行金额", "1000")
    window.choose("批准方式", "电话")
    window.choose("批准人", "审批丙")
    window.fill("批准时间", "9-16 23:00")
    window.confirm("经办甲")
    sign_in_at(window, PAID_AT)
    opened(window)
    window.pay()


def sign_in_at(window: Journey, at: datetime) -> None:
    window.made.clock.set(at)
    window.press("F3")
    window.fill("登录口令", PASSPHRASE + "经办甲")
    window.press("Enter")


def late(window: Journey) -> list[str]:
    lines = [line for line in window.ask(today.todo) if line.kind is TodayKind.PAPERS]
    return [today.line_text(line) for line in lines if line.urgency is Urgency.OVERDUE]


def opened(window: Journey) -> None:
    window.take("测试乙")
    window.go("救助历史")
    window.press("Down", "Enter")


def put_away(window: Journey) -> None:
    window.press("Ctrl+Shift+A")
    window.fill("档案号", "2021-JN-0001")
    window.press("F8")


def a_desk_in_wuda(folder: Path) -> TestDesk:
    return a_desk(folder, office=BAYINSAI, at=NIGHT)


def test_paid_by_phone_in_the_night_and_made_up_in_ten_working_days(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with a_window(qtbot, a_desk_in_wuda(tmp_path / "desk")) as window:
        paid_in_the_night(window)
        (row,) = window.ask(lambda context: cases.listed(context, CaseFilter()))
        assert (row.stage.label, row.paid.figures) == ("已受理", "1,000.00")
        assert window.ask(cash.balance).figures == "9,000.00"
        assert "先行救助批准（电话）" in {step[0] for step in window.table("办理经过")}
        assert "手续未齐" in window.says("案件状态")
        sign_in_at(window, NEXT_DAY)
        opened(window)
        window.press("Ctrl+P")
        window.click("登记已签领")
        window.press("Ctrl+Shift+E")
        window.fill("日期", "9-17")
        window.press("F8")
        assert "2021-10-08 前" in window.says("案件状态")
        window.decide()
        sign_in_at(window, DUE)
        assert late(window) == []
        sign_in_at(window, LATE)
        assert len(late(window)) == 1
        opened(window)
        put_away(window)
        assert "手续还没有补齐" in window.screen()
        window.press("Esc", "Ctrl+Shift+K")
        window.fill("日期", "10-9")
        window.press("F8")
        put_away(window)
        assert window.says("归档").startswith("2021-JN-0001")
        assert late(window) == []
        assert window.ask(verification.verify).good
