"""Scenarios 3 and 4 of RULES.md §8: one person twice, by another number or in another month."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import CaseFilter
from reliefdesk.domain.cases import Stage
from reliefdesk.services import cases, persons
from tests.builders import P01, P03, PASSPHRASE, a_desk
from tests.journeys.window import a_window

FIFTEEN, EIGHTEEN = "620102781121951", "620102197811219512"
JUNE = datetime(2021, 6, 1, 1, 0, tzinfo=UTC)


def test_fifteen_and_eighteen_digits_stand_side_by_side_and_nothing_merges(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        window.begin(replace(P03, number=FIFTEEN))
        window.tell()
        window.press("F8")
        assert "已受理" in window.message()
        window.press("Esc", "F3")
        window.type_text(EIGHTEEN)
        window.press("F5")
        window.go_on_to("姓名")
        window.type_text("测试 丙")
        screen = window.screen()
        assert "15位与18位号码对应同一人、姓名和出生日期相同" in screen
        assert {"6201**********9512", "620*********951"} <= set(screen.split())
        assert window.all_named("取用已登记的人", QPushButton)
        found = window.ask(lambda context: persons.find(context, "测试"))
        assert [row.name for row in found] == ["测试丙"]
        window.tell(yuan="500")
        window.press("F8")
        found = window.ask(lambda context: persons.find(context, "测试"))
        assert sorted(row.name for row in found) == ["测试 丙", "测试丙"]


def test_the_second_request_of_the_year_needs_the_district(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    with a_window(qtbot, made) as window:
        window.begin(P01)
        window.tell()
        window.press("F8")
        window.decide()
        window.pay()
        made.clock.set(JUNE)
        window.press("F3")
        assert "已锁定" in window.screen()
        window.fill("登录口令", PASSPHRASE + "经办甲")
        window.press("Enter")
        window.take(P01.number)
        assert window.table("救助历史")[0][3] == "2,000.00"
        window.tell(at="6-1 08:00", yuan="1000")
        said = window.says("资格核对理由")
        assert "已经救助过1次" in said
        assert "2,000.00元" in said
        window.press("F8")
        window.confirm("审核乙")
        window.confirm("审批丙")
        assert window.ask(lambda context: cases.listed(context, CaseFilter(stage=Stage.REVIEWED)))
        window.fill("区级批复文号", "海民〔2021〕7号")
        window.confirm("审批丙")
        assert "已审批" in window.message()
