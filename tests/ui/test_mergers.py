"""Claims about a merger on screen: ordered in the bureau, closed here, taken over there."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.mergers import MergerState
from reliefdesk.services import cash, desk_keys, mergers, verification
from tests.builders import P02, PINS, TestDesk, a_draft, a_reviewed_case
from tests.services.drawer import count
from tests.sync.parties import Trio, a_trio, pay_somebody, reopen, send, take
from tests.ui import walk
from tests.ui.real_page import on_stage
from tests.ui.sync_scene import Scene, a_scene
from tests.ui.vouchers_scene import put
from ui.district.page import DistrictPage

LATER = 30_000_000
"""Ids of a desk that is opened again begin where no earlier ones lie."""


@pytest.fixture
def trio(tmp_path: Path) -> Trio:
    """Office B has paid somebody and has a case that waits."""
    made = a_trio(tmp_path)
    pay_somebody(made.b)
    a_reviewed_case(made.b, a_draft(P02))
    return made


def ordered_on_screen(qtbot: QtBot, trio: Trio) -> None:
    with on_stage(qtbot, trio.district, name="系统己") as stage:
        page = DistrictPage(stage.workplace)
        stage.show(page)
        page.open_record("mergers")
        stage.settle()
        (order,) = page.front.actions_here
        order.trigger()
        stage.settle()
        boxes = {
            "closing": "滨河街道办事处",
            "heir": "新华街道办事处",
            "merged_on": "2021-03-12",
            "document": "虚构编〔2021〕5号",
            "officer0": "审批丙",
            "officer0_pin": PINS["审批丙"],
        }
        for name, text in boxes.items():
            put(page.form.grid.field(name), text)
        page.form.confirm()
        stage.settle()
        stage.settle()
        assert "滨河街道办事处自2021年3月12日并入新华街道办事处" in page.messages.text()
        assert walk.misnamed(page) == []
    trio.district = again(trio.district, trio.folder / "district", 3)


def again(made: TestDesk, folder: Path, place: int) -> TestDesk:
    return reopen(folder, made, first_id=LATER * 10 + place * LATER)


def act(scene: Scene, name: str, **texts: str) -> None:
    """Open the panel, give its command, fill the form and confirm."""
    scene.act("merger")
    action = scene.page.merger.acts[f"mergers.{name}"]
    assert action.isEnabled(), name
    action.trigger()
    scene.settle()
    if texts:
        scene.fill(**texts)
        scene.confirm()


def signed(**who: str) -> dict[str, str]:
    texts = {}
    for place, name in who.items():
        texts[place] = name
        texts[f"{place}_pin"] = PINS[name]
    return texts


def test_two_offices_are_merged_by_keys_and_forms(qtbot: QtBot, trio: Trio) -> None:
    ordered_on_screen(qtbot, trio)
    for office in (trio.a, trio.b):
        take(office, send(trio, trio.district, office))
    prints = [desk_keys.current(each.context()).public.fingerprint for each in (trio.a, trio.b)]
    count(trio.b, cash.balance(trio.b.context()).figures.replace(",", ""))
    with on_stage(qtbot, trio.b, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        scene.act("merger")
        assert "自2021年3月12日并入新华街道办事处" in scene.page.merger.told.text()
        assert prints[1] in scene.page.merger.told.text()
        assert walk.misnamed(scene.page) == []
        scene.page.merger.close_level()
        act(scene, "know", fingerprint=prints[0], **signed(officer0="审批丙"))
        act(scene, "give", receiver="出纳庚", **signed(officer0="出纳丁", officer1="审批丙"))
        assert "8,000.00元" in scene.page.messages.text()
        act(scene, "print")
        assert scene.page.printing.paper is not None
        assert "现金交接单" in scene.page.printing.paper.title
        scene.page.printing.close_level()
        act(scene, "close", sure="停办，不再录入", **signed(officer0="审批丙"))
        assert "本单位已停办" in scene.page.messages.text()
        scene.act("send")
        act(scene, "send")
        assert "已写入" in scene.page.messages.text()
        assert [row.number for row in scene.page.body.bundles.rows()] == [1]
    with on_stage(qtbot, trio.a, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        act(scene, "know", fingerprint=prints[1], **signed(officer0="审批丙"))
        scene.act("read")
        scene.page.plan.confirm()
        scene.settle()
        act(scene, "take", sure="接收，接着办理", **signed(officer0="审批丙"))
        assert "未结案件1件" in scene.page.messages.text()
        act(
            scene,
            "cash",
            counted="8000",
            **signed(officer0="出纳丁", officer1="审批丙"),
        )
        assert stage.ask(cash.balance).figures == "18,000.00"
        (row,) = stage.ask(mergers.listed)
        assert row.state is MergerState.TAKEN
        assert row.told.merged_on == date(2021, 3, 12)
        assert stage.ask(verification.verify).good
    trio.district.desk.close()


def test_an_office_that_is_not_merged_is_told_so(qtbot: QtBot, trio: Trio) -> None:
    with on_stage(qtbot, trio.a, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        scene.act("merger")
        assert "没有下达" in scene.page.merger.told.text()
        assert not any(action.isEnabled() for action in scene.page.merger.acts.values())
    for made in (trio.b, trio.district):
        made.desk.close()
