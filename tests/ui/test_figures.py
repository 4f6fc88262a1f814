"""The bureau's figures on screen: offices and sum, groups, the rows behind; month by month."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from reliefdesk.domain.statistics import Group
from tests.builders import P01, P02, a_draft
from tests.sync.parties import a_trio, exchange, pay_somebody
from tests.ui import walk
from tests.ui.real_page import Stage, on_stage
from ui.district.figures_tab import FiguresTab
from ui.district.page import DistrictPage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """A district with two offices that paid 700 and 500."""
    trio = a_trio(tmp_path)
    for office, person, yuan in ((trio.a, P01, "700"), (trio.b, P02, "500")):
        pay_somebody(office, draft=a_draft(person, yuan=yuan, at=office.clock.now()))
        exchange(trio, office)
    with on_stage(qtbot, trio.district, name="系统己") as opened:
        yield opened
    trio.a.desk.close()
    trio.b.desk.close()


@pytest.fixture
def page(stage: Stage) -> DistrictPage:
    """Its page, the figures in front."""
    made = DistrictPage(stage.workplace)
    stage.show(made)
    made.open_record("figures")
    stage.settle()
    return made


def front(page: DistrictPage) -> FiguresTab:
    assert isinstance(page.front, FiguresTab)
    return page.front


def test_offices_stand_under_their_sum(page: DistrictPage) -> None:
    tab = front(page)
    shown = {row.name: row.total.month.amount.figures for row in tab.rows.rows()}
    assert shown == {"合计": "1,200.00", "新华街道办事处": "700.00", "滨河街道办事处": "500.00"}
    assert "本月 1,200.00 元" in tab.totals.text()
    assert tab.chart.accessibleDescription().endswith("3月1,200.00元")


def test_an_office_and_a_group_open_their_rows(page: DistrictPage) -> None:
    tab = front(page)
    assert len(tab.behind.rows()) == 2
    tab.table.choose_row(2)
    assert [row.amount.figures for _, row in tab.behind.rows()] == ["500.00"]
    place = next(n for n, line in enumerate(tab.groups.rows()) if line.group is Group.FIRE)
    tab.groups_table.choose_row(place)
    assert tab.behind.rows() == ()
    assert "火灾：本月0笔" in tab.behind_says.text()
    opened: list[str] = []
    tab.case_wanted.connect(opened.append)
    tab.groups_table.choose_row(0)
    tab.behind_table.row_chosen.emit(0)
    assert len(opened) == 1


def test_the_year_stays_where_a_month_is_empty(stage: Stage, page: DistrictPage) -> None:
    tab = front(page)
    assert not tab.later_action.isEnabled()
    tab.earlier_action.trigger()
    stage.settle()
    assert "2021年2月" in tab.totals.text()
    assert tab.rows.rows()[0].total.month.amount.fen == 0
    tab.later_action.trigger()
    stage.settle()
    tab.scope_action.trigger()
    assert "累计2笔" in tab.behind_says.text()


def test_the_report_is_shown_as_it_is_printed(stage: Stage, page: DistrictPage) -> None:
    tab = front(page)
    tab.print_action.trigger()
    stage.settle()
    assert page.printing.paper is not None
    assert page.printing.paper.title == "区级统计月报 2021年3月"
    page.printing.close_level()


def test_the_figures_are_saved_with_the_sum_on_screen(
    stage: Stage, page: DistrictPage, tmp_path: Path
) -> None:
    book = front(page).book()
    assert book is not None
    title, make = book
    page.saver.save(tmp_path / title, make)
    stage.settle()
    saved = CalamineWorkbook.from_path(tmp_path / f"{title}.xlsx")
    assert saved.sheet_names == ["区级统计月报", "分单位统计", "统计明细"]
    by_office = saved.get_sheet_by_name("分单位统计").to_python()
    assert [1200.0 in row for row in by_office].count(True) == 1  # the line 合计


def test_everything_is_named_and_has_a_key(page: DistrictPage) -> None:
    assert walk.misnamed(page) == []
    assert walk.keyless(page) == []
    assert walk.commandless(page) == []
