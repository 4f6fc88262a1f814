"""Claims about spot checks on screen: drawn and judged in 区级, answered by an office in 报送."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from reliefdesk.domain.check_records import CheckState
from reliefdesk.domain.checks import draw, read_list
from reliefdesk.services import checks
from tests.builders import PINS
from tests.sync.checking import a_month, asked, drawn, found, of_office
from tests.sync.parties import Trio, a_trio, exchange
from tests.ui import walk
from tests.ui.real_page import Stage, on_stage
from tests.ui.vouchers_scene import put
from ui.district.checks_tab import ChecksTab
from ui.district.page import DistrictPage
from ui.sync.page import SyncPage
from ui.widgets.order_form import OrderForm
from ui.widgets.text_fields import NarrativeField


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """A month of two offices that the district holds; April has begun."""
    made = a_trio(tmp_path)
    a_month(made)
    yield made
    made.b.desk.close()


@pytest.fixture
def stage(qtbot: QtBot, trio: Trio) -> Iterator[Stage]:
    """The district behind a worker."""
    trio.a.desk.close()
    with on_stage(qtbot, trio.district, name="审批丙") as opened:
        yield opened


@pytest.fixture
def office(qtbot: QtBot, trio: Trio) -> Iterator[Stage]:
    """An office that was asked to put a case right."""
    drawn(trio)
    asked(trio, found(trio, of_office(trio, trio.a)))
    exchange(trio, trio.a)
    trio.district.desk.close()
    with on_stage(qtbot, trio.a, name="审批丙") as opened:
        yield opened


def the_tab(stage: Stage) -> tuple[DistrictPage, ChecksTab]:
    page = DistrictPage(stage.workplace)
    stage.show(page)
    tab = page.findChild(ChecksTab)
    assert tab is not None
    page.tabs.setCurrentWidget(tab)
    stage.settle()
    return page, tab


def act(stage: Stage, action: QAction) -> None:
    assert action.isEnabled(), action.text()
    action.trigger()
    stage.settle()


def confirm(stage: Stage, form: OrderForm, officer: str, **texts: str) -> None:
    for name, text in {**texts, "officer0": officer, "officer0_pin": PINS[officer]}.items():
        put(form.grid.field(name), text)
    form.confirm()
    for _ in range(3):
        stage.settle()
    assert not form.is_open


def test_a_month_is_drawn_found_and_asked_with_keys(stage: Stage) -> None:
    page, tab = the_tab(stage)
    assert "2021年3月　4件" in tab.totals.text()
    act(stage, tab.draw_action)
    assert "月末以后还没有报送的单位2个" in page.form.says.text()
    confirm(stage, page.form, "审批丙")
    assert len(tab.rows.rows()) == 2
    assert not tab.draw_action.isEnabled()
    assert "抽中，等待检查" in tab.story.text()
    act(stage, tab.find_action)
    confirm(
        stage,
        page.form,
        "审核乙",
        conform="有问题",
        defect0="手续材料不全",
        remark="缺调查人签字",
    )
    act(stage, tab.ask_action)
    confirm(stage, page.form, "审批丙", demand="补签调查表")
    assert tab.rows.rows()[0].state is CheckState.ASKED
    assert not tab.find_action.isEnabled()
    assert "要求2021年4月16日前整改：补签调查表" in tab.story.text()
    assert not walk.misnamed(page)


def test_a_finding_without_a_defect_is_refused_and_keeps_what_was_typed(stage: Stage) -> None:
    page, tab = the_tab(stage)
    act(stage, tab.draw_action)
    confirm(stage, page.form, "审批丙")
    act(stage, tab.find_action)
    for name, text in {
        "conform": "有问题",
        "remark": "缺签字",
        "officer0": "审核乙",
        "officer0_pin": PINS["审核乙"],
    }.items():
        put(page.form.grid.field(name), text)
    page.form.confirm()
    stage.settle()
    assert "问题种类" in page.messages.text()
    remark = page.form.grid.field("remark")
    assert isinstance(remark, NarrativeField)
    assert remark.toPlainText() == "缺签字"


def test_the_list_is_saved_so_that_anybody_can_redo_the_draw(stage: Stage, tmp_path: Path) -> None:
    page, tab = the_tab(stage)
    act(stage, tab.draw_action)
    confirm(stage, page.form, "审批丙")
    row = tab.rows.rows()[0]
    target = tmp_path / "CC.TXT"
    tab.write_list(row.check_id, target)
    stage.settle()
    held = stage.ask(lambda context: checks.check(context, row.check_id))
    lines = read_list(target.read_bytes())
    assert draw(held.draw.seed, lines).drawn == held.draw.drawn
    assert str(target) in tab.story.text()


def test_the_sheet_opens_as_a_paper(stage: Stage) -> None:
    page, tab = the_tab(stage)
    act(stage, tab.draw_action)
    confirm(stage, page.form, "审批丙")
    act(stage, tab.print_action)
    assert page.printing.is_open


def test_an_office_answers_in_the_place_of_bundles(office: Stage) -> None:
    page = SyncPage(office.workplace)
    office.show(page)
    page.open_record("checks")
    office.settle()
    assert page.checks.is_open
    assert page.checks.summary.text() == (
        "海勃湾区民政局抽查：共1件，待整改1件，已答复0件。凭种子和本单位名单重抽，结果一致。"
    )
    assert "手续材料不全" in page.checks.detail.text()
    assert not walk.misnamed(page)
    act(office, page.checks.answer_action)
    assert page.form.is_open
    confirm(office, page.form, "审批丙", done_on="2021-4-2", answer="已补签")
    page.open_record("checks")
    office.settle()
    (row,) = page.checks.rows.rows()
    assert (row.state, page.acts["sync.checks"].isEnabled()) == (CheckState.ANSWERED, True)
    act(office, page.checks.print_action)
    assert page.printing.is_open
