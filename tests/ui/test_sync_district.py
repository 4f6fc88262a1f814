"""Claims about the page 报送 of a district: bundles in any order, answers on one stick."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.partners import PartnerState
from reliefdesk.domain.streams import BundleState, PlanState
from reliefdesk.services import desk_keys, partners, sticks, sync, verification
from tests.builders import P02, a_desk, a_draft, an_empty_desk
from tests.sync.parties import HAIBOWAN, Trio, a_trio, forged, pay_somebody, send
from tests.ui import walk
from tests.ui.real_page import Stage, on_stage
from tests.ui.sync_scene import Scene, a_scene


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """Two offices that paid somebody, and their district."""
    made = a_trio(tmp_path)
    pay_somebody(made.a)
    pay_somebody(made.b, draft=a_draft(P02, at=made.b.clock.now()))
    yield made
    made.a.desk.close()
    made.b.desk.close()


@pytest.fixture
def stage(qtbot: QtBot, trio: Trio) -> Iterator[Stage]:
    """The district behind a worker."""
    with on_stage(qtbot, trio.district, name="系统己") as opened:
        yield opened


@pytest.fixture
def scene(stage: Stage, trio: Trio) -> Scene:
    """Its page, with the stick that goes round."""
    return a_scene(stage, trio.stick.folder)


def read(scene: Scene) -> list[PlanState]:
    """Plan and take what lies on the stick; the states that the plan showed."""
    scene.act("read")
    planned = [row.state for row in scene.page.plan.rows.rows()]
    scene.page.plan.confirm()
    scene.settle()
    return planned


def test_bundles_of_two_offices_are_taken_and_answered_on_one_fresh_stick(
    scene: Scene, trio: Trio
) -> None:
    sent = {send(trio, trio.a).name, send(trio, trio.b).name}
    assert read(scene) == [PlanState.READY, PlanState.READY]
    assert "回执已写入" in scene.page.messages.text()
    assert len(scene.files() - sent) == 2
    assert all(row.last_seq for row in scene.page.body.offices.rows())
    for office in (trio.a, trio.b):
        context = office.context()
        sticks.take(context, sticks.plan(context, [scene.stick]), None)
        assert sync.bundles(context)[0].state is BundleState.ACKNOWLEDGED
    assert scene.stage.ask(verification.verify).good


def test_a_bundle_that_came_too_early_waits_and_says_for_what(qtbot: QtBot, trio: Trio) -> None:
    forged(trio, trio.a, lambda _seq, line: line, after=5)
    with on_stage(qtbot, trio.district, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        assert read(scene) == [PlanState.WAITING]
        (row,) = [row for row in scene.page.body.offices.rows() if row.waiting]
        assert row.waiting == 1
        scene.act("doubts")
        assert "等待第5号" in scene.page.verdicts.summary.text()


def test_a_bad_event_is_set_aside_and_listed_with_what_to_do(qtbot: QtBot, trio: Trio) -> None:
    def spoil(_seq: int, line: bytes) -> bytes:
        return line.replace(b'"event":"CashPaid"', b'"event":"CashSung"')

    forged(trio, trio.a, spoil)
    with on_stage(qtbot, trio.district, name="系统己") as stage:
        scene = a_scene(stage, trio.stick.folder)
        assert read(scene) == [PlanState.READY]
        scene.act("doubts")
        (line,) = scene.page.verdicts.rows.rows()
        assert "单独存放" in line.why
        assert "单独存放1笔" in scene.page.verdicts.summary.text()
        assert not scene.page.verdicts.cure_action.isEnabled()


def test_files_and_folders_that_are_dropped_are_planned(scene: Scene, trio: Trio) -> None:
    file = send(trio, trio.a)
    scene.page.read_paths([file])
    scene.settle()
    assert [row.state for row in scene.page.plan.rows.rows()] == [PlanState.READY]


def test_every_widget_of_a_district_is_named(scene: Scene, trio: Trio) -> None:
    send(trio, trio.a)
    read(scene)
    assert walk.misnamed(scene.page) == []
    assert walk.keyless(scene.page) == []


def test_an_office_is_enrolled_from_its_stick_by_two_people(
    qtbot: QtBot, trio: Trio, tmp_path: Path
) -> None:
    made = an_empty_desk(tmp_path / "c", first_id=40_000_000)
    paper = desk_keys.request_file(made.context("系统己"))
    made.desk.close()
    assert paper.name.startswith("RD-150302003-KEY-")
    with on_stage(qtbot, trio.district, name="系统己") as stage:
        scene = a_scene(stage, tmp_path / "stick")
        (scene.stick / paper.name).write_bytes(paper.content)
        scene.act("enrol")
        scene.fill(office_name="第三办理点", fingerprint=paper.fingerprint[::-1])
        scene.confirm("审批丙")
        assert scene.page.form.is_open  # a slip of the ear
        scene.fill(fingerprint=paper.fingerprint)
        scene.confirm("审批丙")
        rows = [row for row in scene.page.body.offices.rows() if row.office.name == "第三办理点"]
        assert [row.state for row in rows] == [PartnerState.ACTIVE]


def test_a_key_list_goes_to_the_stick_and_enrols_the_district(
    qtbot: QtBot, trio: Trio, tmp_path: Path
) -> None:
    with on_stage(qtbot, trio.district, name="系统己") as stage:
        scene = a_scene(stage, tmp_path / "stick")
        scene.act("card")
        scene.fill(code=trio.root_code)
        scene.confirm("审批丙")
        (name,) = scene.files()
        said = scene.page.messages.text()
    fingerprint = said.split("根密钥指纹：")[1].split("。")[0]
    office = a_desk(tmp_path / "c", first_id=40_000_000)
    with on_stage(qtbot, office, name="系统己") as stage:
        assert name.startswith("RD-150302-LIST-")
        enrolled_by_page(stage, tmp_path / "stick", fingerprint)


def enrolled_by_page(stage: Stage, stick: Path, fingerprint: str) -> None:
    scene = a_scene(stage, stick)
    scene.act("enrol")
    scene.fill(office_name="海勃湾区民政局", fingerprint=fingerprint)
    scene.confirm("审批丙")
    (row,) = stage.ask(partners.listed)
    assert row.office.name == "海勃湾区民政局"
    assert scene.page.acts["sync.send"].isEnabled()


def test_a_root_key_counts_once_it_was_typed_back_from_paper(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(
        tmp_path / "d", office=HAIBOWAN, kind=DeskKind.DISTRICT, float_yuan="0", first_id=1
    )
    with on_stage(qtbot, made, name="系统己") as stage:
        scene = a_scene(stage, tmp_path / "stick")
        scene.act("root")
        paper = scene.page.printing.paper
        assert paper is not None
        code = code_on(paper.pdf)
        scene.page.printing.close_level()
        assert scene.page.form.is_open
        scene.fill(code=code[:-1] + ("A" if code[-1] != "A" else "B"))
        scene.confirm("审批丙")
        assert scene.page.form.is_open  # a slip of the pen
        scene.fill(code=code)
        scene.confirm("审批丙")
        assert "根密钥已启用" in scene.page.messages.text()
        scene.act("card")
        scene.fill(code=code)
        scene.confirm("审批丙")
        assert len(scene.files()) == 1
        scene.act("root")
        scene.settle()
        assert not scene.page.printing.is_open
        assert not scene.page.form.is_open
        assert "只生成一次" in scene.page.messages.text()


def code_on(pdf: bytes) -> str:
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    return "-".join(re.findall(r"\b[0-9A-Z]{4}\b", text.split("（机密）")[1].split("公开的")[0]))
