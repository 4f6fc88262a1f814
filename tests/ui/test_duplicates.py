"""The bureau's page: duplicates side by side, decided with reason and PIN; only a bureau has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.duplicates import DuplicateDecision
from reliefdesk.services import duplicates
from reliefdesk.services.duplicates import DuplicateOrder
from tests.builders import P01, PINS, a_draft
from tests.sync.parties import Trio, a_trio, exchange, pay_somebody
from tests.ui import walk
from tests.ui.real_page import Stage, on_stage
from tests.ui.vouchers_scene import a_page, confirm, fill, put, trigger
from ui.district.duplicates_tab import DuplicatesTab
from ui.district.page import DistrictPage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """A district that holds one person paid by two offices."""
    trio = a_trio(tmp_path)
    _pay_twice(trio)
    with on_stage(qtbot, trio.district, name="系统己") as opened:
        yield opened
    trio.a.desk.close()
    trio.b.desk.close()


def _pay_twice(trio: Trio) -> None:
    for office, yuan in ((trio.a, "700"), (trio.b, "500")):
        pay_somebody(office, draft=a_draft(P01, yuan=yuan, at=office.clock.now()))
        exchange(trio, office)


@pytest.fixture
def page(stage: Stage) -> DistrictPage:
    """Its page, the duplicates in front."""
    made = DistrictPage(stage.workplace)
    stage.show(made)
    made.open_record("duplicates")
    stage.settle()
    return made


def front(page: DistrictPage) -> DuplicatesTab:
    assert isinstance(page.front, DuplicatesTab)
    return page.front


def test_two_cases_stand_side_by_side_with_masked_names(page: DistrictPage) -> None:
    tab = front(page)
    assert "待认定 1 对" in tab.totals.text()
    assert [row.is_open for row in tab.rows.rows()] == [True]
    facts = {row.label: {row.first, row.second} for row in tab.sides.rows()}
    assert facts["单位"] == {"新华街道办事处", "滨河街道办事处"}
    assert facts["证件号"] == {"6401**********9976"}
    assert facts["发放"] == {"2021-03-10　700.00 元", "2021-03-10　500.00 元"}
    assert P01.name not in str(facts)


def test_a_wrong_payment_is_decided_with_reason_and_pin(stage: Stage, page: DistrictPage) -> None:
    tab = front(page)
    tab.decide_action.trigger()
    stage.settle()
    grid = page.form.grid
    put(grid.field("decision"), "重复发放，要求追回")
    put(grid.field("reason"), "同一天同一事故")
    put(grid.field("officer0"), "审批丙")
    put(grid.field("officer0_pin"), PINS["审批丙"])
    page.form.confirm()
    stage.settle()
    assert "要选一个案件退回" in page.messages.text() + grid.problem_text("wrong")
    box = grid.field("wrong")
    box.setCurrentIndex(next(i for i in range(box.count()) if "500.00" in box.itemText(i)))  # type: ignore[attr-defined]
    put(grid.field("officer0_pin"), PINS["审批丙"])
    page.form.confirm()
    stage.settle()
    stage.settle()
    assert "已认定：重复发放" in page.messages.text()
    (pair,) = stage.ask(lambda context: duplicates.listed(context, 2021))
    assert pair.decided is not None
    assert pair.decided.amount.figures == "500.00"
    assert tab.rows.rowCount() == 0
    tab.scope_action.trigger()
    assert [row.label for row in tab.sides.rows()][-2:] == ["认定", "理由"]
    assert any("追回 500.00" in row.first + row.second for row in tab.sides.rows())


def test_a_year_without_pairs_says_so(stage: Stage, page: DistrictPage) -> None:
    tab = front(page)
    tab.earlier_action.trigger()
    stage.settle()
    assert "2020年没有发现" in tab.empty.text()
    assert not tab.decide_action.isEnabled()
    tab.later_action.trigger()
    stage.settle()
    assert tab.rows.rowCount() == 1


def test_everything_on_the_page_is_named_and_has_a_key(page: DistrictPage) -> None:
    assert walk.misnamed(page) == []
    assert walk.keyless(page) == []
    assert walk.commandless(page) == []


def test_the_office_claims_back_what_the_bureau_asks_without_typing_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    trio = a_trio(tmp_path)
    _pay_twice(trio)
    district = trio.district.context("系统己")
    (pair,) = duplicates.listed(district, 2021)
    sides = (pair.first, pair.second)
    wrong = next(side.case.case_id for side in sides if side.office == "滨河街道办事处")
    order = DuplicateOrder(
        first=pair.first.case.case_id,
        second=pair.second.case.case_id,
        decision=DuplicateDecision.WRONG,
        reason="同一次事故",
        wrong=wrong,
    )
    duplicates.decide(district, order, officer=trio.district.officer("审批丙"))
    exchange(trio, trio.b)
    with on_stage(qtbot, trio.b, name="审批丙") as stage:
        page = a_page(stage)
        page.open_record("recoveries")
        stage.settle()
        assert "区民政局要求追回" in page.recoveries.totals.text()
        trigger(stage, page, "recoveries.open")
        fill(page, ground="发放错误")
        confirm(stage, page, "审批丙")
        (row,) = page.recoveries.rows.rows()
        assert (row.details.case_id, row.details.amount.figures) == (wrong, "500.00")
        assert "区民政局" in row.details.reason
        assert "要求追回" not in page.recoveries.totals.text()
    trio.a.desk.close()
    trio.district.desk.close()
