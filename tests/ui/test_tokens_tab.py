"""Claims about the tab 已救助名单 of a bureau: lists for all or one, keys renewed by two people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.tokens import ListState
from tests.builders import P02, PINS, a_draft
from tests.sync.parties import Trio, a_trio, exchange, pay_somebody
from tests.ui import walk
from tests.ui.real_page import Stage, on_stage
from tests.ui.vouchers_scene import put
from ui.district.page import DistrictPage
from ui.district.tokens_tab import TokensTab


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """Two offices, of which one paid two people and told the district."""
    made = a_trio(tmp_path)
    pay_somebody(made.a)
    pay_somebody(made.a, draft=a_draft(P02))
    exchange(made, made.a)
    yield made
    made.a.desk.close()
    made.b.desk.close()


@pytest.fixture
def stage(qtbot: QtBot, trio: Trio) -> Iterator[Stage]:
    """The district behind a worker."""
    with on_stage(qtbot, trio.district, name="系统己") as opened:
        yield opened


@pytest.fixture
def page(stage: Stage) -> DistrictPage:
    """The bureau's page with the lists in front."""
    made = DistrictPage(stage.workplace)
    stage.show(made)
    made.open_record("tokens")
    stage.settle()
    return made


def tab_of(page: DistrictPage) -> TokensTab:
    front = page.front
    assert isinstance(front, TokensTab)
    return front


def act(page: DistrictPage, stage: Stage, name: str) -> None:
    """Give a command of the tab and wait until all is counted."""
    (action,) = [one for one in page.front.actions_here if one.objectName() == name]
    action.trigger()
    for _ in range(8):
        stage.settle()


def shown(page: DistrictPage) -> dict[str, tuple[int, ListState]]:
    return {row.office: (row.total, row.state) for row in tab_of(page).rows.rows()}


def test_lists_are_issued_to_all_offices_with_date_and_count(
    page: DistrictPage, stage: Stage
) -> None:
    assert {state for _, state in shown(page).values()} == {ListState.MISSING}
    act(page, stage, "tokens.issue_all")
    assert shown(page) == {
        "新华街道办事处": (0, ListState.CURRENT),
        "滨河街道办事处": (2, ListState.CURRENT),
    }
    assert "已下发2份名单" in tab_of(page).totals.text()
    assert walk.misnamed(page) == []


def test_a_list_goes_to_the_chosen_office_only(page: DistrictPage, stage: Stage) -> None:
    rows = tab_of(page).rows.rows()
    place = next(at for at, row in enumerate(rows) if row.office == "滨河街道办事处")
    tab_of(page).table.choose_row(place)
    act(page, stage, "tokens.issue")
    assert shown(page)["滨河街道办事处"] == (2, ListState.CURRENT)
    assert shown(page)["新华街道办事处"] == (0, ListState.MISSING)


def test_after_a_theft_every_list_waits_to_be_issued_again(
    page: DistrictPage, stage: Stage
) -> None:
    act(page, stage, "tokens.issue_all")
    act(page, stage, "tokens.renew")
    texts = {"told": "滨河街道电脑失窃", "officer0": "审批丙", "officer0_pin": PINS["审批丙"]}
    for name, text in texts.items():
        put(page.form.grid.field(name), text)
    page.form.confirm()
    for _ in range(4):
        stage.settle()
    assert "已更换" in page.messages.text()
    assert {state for _, state in shown(page).values()} == {ListState.RENEWED}
    act(page, stage, "tokens.issue_all")
    assert {state for _, state in shown(page).values()} == {ListState.CURRENT}
