"""Claims about the page 报送: keys stopped and renewed, corrections asked, retries."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.mergers import OfficeTakenOver
from reliefdesk.domain.partners import PartnerState
from reliefdesk.domain.streams import START, EpochReason
from reliefdesk.services import desk_keys, partners, sync, tokens, verdicts
from reliefdesk.services.recording import record
from tests.builders import TestDesk
from tests.documents.papers import page_texts
from tests.sync.parties import Trio, a_trio, desk_id, exchange, pay_somebody, send, take
from tests.ui import walk
from tests.ui.real_page import on_stage
from tests.ui.sync_scene import Scene, a_scene

SECOND = "审批丙"


@pytest.fixture
def trio(tmp_path: Path) -> Trio:
    """Office A paid somebody."""
    made = a_trio(tmp_path)
    pay_somebody(made.a)
    made.b.desk.close()
    return made


def claim(office: TestDesk, other: TestDesk) -> None:
    """An office takes over what nobody merged into it: the bureau sets that aside."""
    event = OfficeTakenOver(
        desk_id=desk_id(other), through=START, open_cases=0, taken_on=date(2021, 3, 10)
    )
    context = office.context()
    with context.file.transaction():
        record(context, event)


@pytest.fixture
def district(qtbot: QtBot, trio: Trio) -> Iterator[Scene]:
    """The page of the bureau, which set aside a record of A."""
    claim(trio.a, trio.b)
    take(trio.district, send(trio, trio.a))
    with on_stage(qtbot, trio.district, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        choose(scene, "新华街道办事处")
        yield scene
    trio.a.desk.close()


def choose(scene: Scene, office: str) -> None:
    names = [row.office.name for row in scene.page.body.offices.rows()]
    scene.page.body.offices_table.choose_row(names.index(office))
    scene.settle()


def of_doubts(scene: Scene, give: Callable[[], object]) -> None:
    scene.act("doubts")
    give()
    scene.settle()


def test_the_bureau_asks_for_a_correction_of_what_it_set_aside(district: Scene, trio: Trio) -> None:
    of_doubts(district, district.page.verdicts.ask_action.trigger)
    district.fill(text="请重新录入这笔发放")
    district.confirm()
    assert "新华街道办事处" in district.page.messages.text()
    bundle = district.stage.ask(lambda context: sync.prepare(context, desk_id(trio.a))).result
    district.stage.ask(lambda context: sync.write(context, bundle.manifest_id, trio.stick))
    name = district.stage.ask(lambda context: sync.content(context, bundle.manifest_id)).name
    take(trio.a, trio.stick.folder / name)
    (asked,) = verdicts.corrections(trio.a.context())
    assert asked.text == "请重新录入这笔发放"


def test_what_was_set_aside_is_tried_again_and_the_count_is_told(district: Scene) -> None:
    district.act("doubts")
    office = district.page.body.offices.rows()[0]
    assert f"指纹 {office.fingerprint}" in district.page.verdicts.summary.text()
    district.page.verdicts.close_level()
    of_doubts(district, district.page.verdicts.retry_action.trigger)
    assert "0条" in district.page.messages.text()
    assert walk.misnamed(district.page) == []


def test_a_lost_computer_is_stopped_at_what_arrived(district: Scene) -> None:
    of_doubts(district, district.page.verdicts.revoke_action.trigger)
    district.fill(reason="电脑被盗")
    district.confirm(SECOND)
    rows = {row.office.code: row for row in district.stage.ask(partners.listed)}
    assert rows["150302003"].state is PartnerState.REVOKED
    assert f"第{rows['150302003'].last_seq}号以前有效" in district.page.messages.text()


def test_a_new_epoch_is_opened_on_screen_and_the_bureau_takes_its_keys_over(
    qtbot: QtBot, trio: Trio
) -> None:
    with on_stage(qtbot, trio.a, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        scene.act("epoch")
        scene.fill(reason=EpochReason.ROTATED.label)
        scene.confirm(SECOND)
        assert "新的一期已开" in scene.page.messages.text()
        assert stage.ask(lambda context: context.desk.epoch) == 2
        scene.act("send")
    with on_stage(qtbot, trio.district, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        scene.act("enrol")
        scene.confirm(SECOND)
        choose(scene, "新华街道办事处")
        office = scene.page.body.office()
        assert office is not None
        assert (office.epoch, office.state) == (2, PartnerState.ACTIVE)
        scene.act("read")
        scene.page.plan.confirm()
        scene.settle()
        choose(scene, "新华街道办事处")
        office = scene.page.body.office()
        assert office is not None
        assert office.last_seq > 0


def test_a_copied_desk_goes_on_after_a_new_epoch_on_screen(qtbot: QtBot, trio: Trio) -> None:
    with on_stage(qtbot, trio.a, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        scene.act("epoch")
        scene.fill(reason=EpochReason.MOVED.label)
        scene.confirm(SECOND)
        assert any("-KEY-002" in name for name in scene.files())
    trio.district.desk.close()


def test_the_days_of_patience_are_set(qtbot: QtBot, trio: Trio) -> None:
    with on_stage(qtbot, trio.a, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        scene.act("days")
        scene.fill(days="20天")
        scene.confirm()
        assert stage.ask(sync.answer_days) == 20
        assert "20天" in scene.page.messages.text()
    trio.district.desk.close()


def test_the_fingerprint_goes_on_paper_and_is_the_one_on_screen(qtbot: QtBot, trio: Trio) -> None:
    spelled = desk_keys.current(trio.a.context()).public.fingerprint
    for made, words in (
        (trio.a, (spelled, "新华街道办事处", "第1期")),
        (trio.district, ("根密钥指纹",)),
    ):
        with on_stage(qtbot, made, name="系统己") as stage:
            scene = a_scene(stage, trio.stick.folder)
            scene.act("sheet")
            paper = scene.page.printing.paper
            assert paper is not None
            text = "".join(page_texts(paper.pdf))
            assert all(word in text for word in words)
            assert "打不开数据包" in text


def test_what_the_district_sent_is_listed_with_its_origin(qtbot: QtBot, trio: Trio) -> None:
    tokens.issue(trio.district.context("系统己"))
    exchange(trio, trio.a)
    with on_stage(qtbot, trio.a, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        scene.act("messages")
        rows = scene.page.received.rows.rows()
        assert {row.origin for row in rows} == {"海勃湾区民政局"}
        said = [row.says for row in rows if row.label == "发布密钥名单"]
        assert said[0] == "第2号名单，其中停用的密钥0把"
        assert "2021年3月10日的名单，0人次" in {row.says for row in rows}
        assert any("虚构〔2020〕1号" in row.says for row in rows)
        assert walk.misnamed(scene.page) == []
    trio.district.desk.close()
