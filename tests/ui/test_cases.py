"""Claims about the list of cases: filters apply at once, Enter and F8 open, Esc returns."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.cases import Cause, Stage
from reliefdesk.domain.operators import Seat
from tests.builders import P01, P02, P03, a_desk, a_draft, a_reviewed_case, an_accepted_case
from tests.ui.actions import Clerk
from tests.ui.real_page import Stage as Theatre
from tests.ui.real_page import on_stage
from ui.cases.page import CasesPage
from ui.counter.acts import Act


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    """Give a window on a desk with three cases, one of them reviewed."""
    made = a_desk(tmp_path / "desk")
    an_accepted_case(made, a_draft(P01))
    an_accepted_case(made, a_draft(P02))
    a_reviewed_case(made, a_draft(P03))
    with on_stage(qtbot, made, name="审批丙") as stage:
        yield stage


def a_list(stage: Theatre) -> CasesPage:
    page = CasesPage(stage.workplace)
    stage.show(page)
    return page


def shown(page: CasesPage) -> list[str]:
    return [row.name for row in page.rows.rows()]


def test_filters_apply_at_once_and_say_how_many(theatre: Theatre) -> None:
    page = a_list(theatre)
    assert len(shown(page)) == 3
    page.filters.seat.choose(Seat.APPROVER)
    theatre.settle()
    assert shown(page) == [P03.name]
    assert page.says.text().startswith("1 件")
    page.filters.seat.choose(None)
    page.filters.stage.choose(Stage.ACCEPTED)
    theatre.settle()
    assert sorted(shown(page)) == sorted([P01.name, P02.name])
    page.filters.text.setText(P02.name)
    theatre.settle()
    assert shown(page) == [P02.name]


def test_a_filter_without_cases_says_what_to_do(theatre: Theatre) -> None:
    page = a_list(theatre)
    page.filters.cause.choose(Cause.FIRE)
    theatre.settle()
    assert shown(page) == []
    assert "条件" in page.says.text()


def test_enter_opens_the_case_that_waits_and_escape_returns(theatre: Theatre) -> None:
    page = a_list(theatre)
    page.filters.seat.choose(Seat.APPROVER)
    theatre.settle()
    page.table.setFocus()
    clerk = Clerk(stage=theatre)
    clerk.press("Enter")
    assert page.on_case
    assert page.case.decision.isVisible()
    assert clerk.standing_at() == "确认码"
    clerk.press("Escape")
    assert not page.on_case


def test_the_keys_of_the_list_open_refusal_and_referral(theatre: Theatre) -> None:
    page = a_list(theatre)
    page.filters.seat.choose(Seat.APPROVER)
    theatre.settle()
    page.table.setFocus()
    clerk = Clerk(stage=theatre)
    clerk.press("F8")
    opened = []
    for keys in ("Ctrl+D", "Ctrl+R"):
        clerk.press(keys)
        opened.append(page.case.act.act)
        clerk.press("Escape")
        assert page.on_case
    assert opened == [Act.REFUSE, Act.REFER]
