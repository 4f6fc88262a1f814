"""Claims about the page 报送 of an office: out and back on a real stick, by keys, within budget."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.streams import BundleState, EventVerdict
from reliefdesk.services import sync, verdicts
from reliefdesk.services.verdicts import CorrectionOrder
from tests.builders import P01, a_desk, a_draft, enter
from tests.sync.parties import Trio, a_trio, desk_id, pay_somebody
from tests.ui import walk
from tests.ui.actions import Clerk
from tests.ui.real_page import Stage, on_stage
from tests.ui.sync_scene import Scene, a_scene, answer
from ui.sync.page import SyncPage

SEND_ACTIONS = READ_ACTIONS = 4


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """Two offices and a district; office A paid somebody."""
    made = a_trio(tmp_path)
    pay_somebody(made.a)
    yield made
    made.b.desk.close()
    made.district.desk.close()


@pytest.fixture
def stage(qtbot: QtBot, trio: Trio) -> Iterator[Stage]:
    """Office A behind a worker."""
    with on_stage(qtbot, trio.a) as opened:
        yield opened


@pytest.fixture
def scene(stage: Stage, tmp_path: Path) -> Scene:
    """Its page, with a stick in."""
    return a_scene(stage, tmp_path / "stick")


def states(scene: Scene) -> list[BundleState]:
    return [row.state for row in scene.page.body.bundles.rows()]


def test_what_is_not_acknowledged_is_told_by_day_with_its_money(scene: Scene) -> None:
    (day,) = scene.page.body.days.rows()
    assert day.on.isoformat() == "2021-03-10"
    assert day.paid.figures in scene.page.body.summary.text()
    assert "海勃湾区民政局" in scene.page.body.summary.text()


def test_the_keys_of_the_page_work_before_there_is_any_bundle(stage: Stage) -> None:
    page = SyncPage(stage.workplace)
    stage.show(page)
    for _ in range(3):
        stage.settle()
    assert not page.body.bundles_table.isVisible()
    # Of the page, not of the screen: another test's window may be the active one.
    assert page.window().focusWidget() is page.body


def test_a_bundle_goes_to_the_stick_and_its_answer_comes_back_within_the_budget(
    scene: Scene, trio: Trio
) -> None:
    clerk = Clerk(scene.stage)
    scene.page.body.sticks_table.setFocus()
    clerk.press("F8")
    assert clerk.count <= SEND_ACTIONS
    assert states(scene) == [BundleState.WRITTEN]
    assert "安全退出" in scene.page.messages.text()
    answer(trio, scene.stick)
    clerk.actions.clear()
    clerk.press("F6")
    assert scene.page.plan.is_open
    clerk.press("F8")
    scene.settle()
    assert clerk.count <= READ_ACTIONS
    assert states(scene) == [BundleState.ACKNOWLEDGED]
    assert scene.page.body.bundle() is not None


def test_the_plan_changes_nothing_until_it_is_confirmed(scene: Scene, trio: Trio) -> None:
    scene.act("send")
    answer(trio, scene.stick)
    before = scene.stage.ask(lambda context: context.file.rows("SELECT seq FROM journal"))
    scene.act("read")
    assert "还没有写入" in scene.page.plan.summary.text()
    scene.page.plan.close_level()
    after = scene.stage.ask(lambda context: context.file.rows("SELECT seq FROM journal"))
    assert len(before) == len(after)
    assert states(scene) == [BundleState.WRITTEN]


def test_the_signed_slip_is_recorded_and_printed(scene: Scene) -> None:
    scene.act("send")
    scene.act("hand")
    scene.confirm()
    assert scene.page.form.is_open  # nobody was named
    scene.fill(receiver="收件人")
    scene.confirm()
    assert states(scene) == [BundleState.HANDED_OVER]
    assert "不算已签收" in scene.page.messages.text()
    scene.act("print")
    assert scene.page.printing.paper is not None
    assert scene.page.printing.paper.title == "报送移交单 BS-150302003-000001"
    scene.page.printing.close_level()
    assert scene.page.body.isVisible()


def test_a_duplicate_is_shown_with_its_reason_when_the_answer_is_read(
    scene: Scene, trio: Trio
) -> None:
    other = replace(a_draft(P01, yuan="500", at=trio.b.clock.now()))
    pay_somebody(trio.b, draft=other)
    stick = scene.stick.parent / "stick-b"
    stick.mkdir()
    trio_b = sync.prepare(trio.b.context()).result
    sync.write(trio.b.context(), trio_b.manifest_id, trio.stick)
    answer(trio, trio.stick.folder)
    scene.act("send")
    answer(trio, scene.stick)
    scene.act("read")
    scene.page.plan.confirm()
    scene.settle()
    scene.act("verdicts")
    lines = scene.page.verdicts.rows.rows()
    assert lines[0].verdict is EventVerdict.DUPLICATE
    assert "已在别处领取" in scene.page.verdicts.detail.text()


def test_a_record_set_aside_opens_by_itself_and_its_correction_is_told(
    scene: Scene, trio: Trio
) -> None:
    limit = PolicyRowDraft(
        key=PolicyKey.DELEGATION_LIMIT,
        value="1000.00",
        valid_from=date(2021, 3, 1),
        document="虚构委〔2021〕9号",
    )
    enter(trio.district, limit)
    scene.act("send")
    answer(trio, scene.stick)
    scene.act("read")
    scene.page.plan.confirm()
    scene.settle()
    assert states(scene) == [BundleState.PARTLY]
    assert scene.page.verdicts.is_open
    assert "超出当时标准" in scene.page.verdicts.detail.text()
    scene.page.verdicts.cure_action.trigger()
    scene.settle()
    scene.fill(note="已撤销，重新审批")
    scene.confirm()
    assert "更正说明" in scene.page.messages.text()
    assert scene.page.acts["sync.send"].isEnabled()


def test_what_the_district_asks_to_be_put_right_is_shown(scene: Scene, trio: Trio) -> None:
    order = CorrectionOrder(partner=desk_id(trio.a), epoch=1, seq=3, text="请补正姓名")
    verdicts.ask_correction(trio.district.context(), order)
    scene.act("send")
    answer(trio, scene.stick)
    scene.act("read")
    scene.page.plan.confirm()
    scene.settle()
    assert "第3号 请补正姓名" in scene.page.body.summary.text()


def test_a_second_stick_gets_the_same_bundle_again(scene: Scene) -> None:
    scene.act("send")
    scene.act("again")
    assert len(scene.files()) == 2
    assert len(states(scene)) == 1


def test_without_a_stick_nothing_is_made_and_the_way_out_is_said(
    stage: Stage, scene: Scene
) -> None:
    for path in scene.stick.iterdir():
        path.unlink()
    scene.stick.rmdir()
    scene.act("send")
    assert "没有找到U盘" in scene.page.messages.text()
    assert states(scene) == []
    assert stage.ask(sync.bundles) == ()


def test_of_several_sticks_one_must_be_chosen(scene: Scene, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    scene.page.use_folder(other)
    scene.settle()
    scene.page.body.sticks_table.choose_row(1)
    scene.act("send")
    assert scene.files() == set()
    assert any(path.suffix == ".AGE" for path in other.iterdir())


def test_the_stick_of_another_office_is_named_and_stays_as_it_was(scene: Scene) -> None:
    (scene.stick / "RELIEFDESK.TXT").write_text("office=150303103 mark=ABCD-1\n")
    scene.act("reload")
    (row,) = scene.page.body.sticks.rows()
    assert row.state.label == "其他单位的U盘"
    scene.act("send")
    assert "150303103" in scene.page.messages.text()
    assert states(scene) == []
    assert scene.files() == set()


def test_a_damaged_file_is_refused_in_the_plan(scene: Scene) -> None:
    (scene.stick / "RD-150302-000001-1A2B3C4D.AGE").write_bytes(b"nothing of ours")
    scene.act("read")
    assert "不是本系统的数据包" in scene.page.plan.detail.text()


def test_a_stick_without_bundles_says_so(scene: Scene) -> None:
    scene.act("read")
    assert not scene.page.plan.is_open
    assert "没有对方发来的数据包" in scene.page.messages.text()


def test_every_widget_is_named_and_every_command_has_a_key(scene: Scene) -> None:
    scene.act("send")
    assert walk.misnamed(scene.page) == []
    assert walk.keyless(scene.page) == []


def test_an_office_that_knows_no_district_is_told_how_to_begin(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = a_desk(tmp_path / "alone")
    with on_stage(qtbot, made, name="系统己") as stage:
        scene = a_scene(stage, tmp_path / "empty")
        assert "登记" in scene.page.body.summary.text()
        assert not scene.page.acts["sync.send"].isEnabled()
        scene.act("request")
        (name,) = scene.files()
        assert name == "RD-150302003-KEY-001.JSON"
        assert "指纹" in scene.page.messages.text()
