"""A case beyond the delegation: asked in one window, decided in another, the stick between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTabWidget
from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import Case, CaseFilter
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.form_settings import CaseForm
from reliefdesk.domain.today import TodayKind
from reliefdesk.services import cases, papers, today, verification
from reliefdesk.services.recording import Context
from tests.builders import P01, TestDesk, enter
from tests.journeys.window import Journey, a_window, pdf_text
from tests.sync.parties import APART, Trio, a_trio, exchange, reopen, send, take
from tests.sync.test_requests import LIMIT

DOCUMENT = "海民批〔2021〕7号"


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """Offices that learned of a delegation of 1,000."""
    made = a_trio(tmp_path)
    enter(made.district, LIMIT)
    exchange(made, made.a)
    yield made
    made.b.desk.close()


def lines(window: Journey, kind: TodayKind) -> list[str]:
    return [today.line_text(one) for one in window.ask(today.todo) if one.kind is kind]


def afresh(trio: Trio, name: str, made: TestDesk, round_: int) -> TestDesk:
    """Open a desk again without a window, its ids apart from those before."""
    return reopen(trio.folder / name, made, first_id=round_ * APART)


def the_case(context: Context) -> Case:
    (row,) = cases.listed(context, CaseFilter())
    return cases.case(context, row.case_id)


def ask_in_the_window(window: Journey) -> None:
    window.begin(P01)
    window.tell(yuan="2000")
    window.press("F8")
    window.confirm("审核乙")
    window.press("Ctrl+Shift+Q")
    window.fill("理由", "伤情较重，需要两千元")
    window.press("Ctrl+Enter")


def turn_to(window: Journey, title: str) -> None:
    """F4 until the tab of this title is in front; its keys then work, empty tabs on the way too."""
    tabs = window.named("区级事项", QTabWidget)
    for _ in range(tabs.count()):
        if tabs.tabText(tabs.currentIndex()) == title:
            return
        window.press("F4")
    pytest.fail(f"no tab {title}")


def grant_in_the_window(window: Journey) -> None:
    assert "超出委托限额" in lines(window, TodayKind.REQUEST)[0]
    window.press("Ctrl+0")
    turn_to(window, "请示")
    window.press("F8")
    window.fill("批复文号", DOCUMENT)
    window.choose("审批人", "审批丙")
    window.fill("审批人确认码", "624716")
    window.press("Ctrl+Enter")
    assert lines(window, TodayKind.REQUEST) == []


def test_a_case_beyond_the_delegation_comes_back_decided_and_is_paid(
    qtbot: QtBot, trio: Trio
) -> None:
    with a_window(qtbot, trio.a) as window:
        ask_in_the_window(window)
        assert "请示已登记" in window.message()
    trio.a = afresh(trio, "a", trio.a, 4)
    take(trio.district, send(trio, trio.a))
    trio.a.desk.close()
    with a_window(qtbot, trio.district, name="系统己") as window:
        grant_in_the_window(window)
    trio.a = afresh(trio, "a", trio.a, 5)
    trio.district = afresh(trio, "district", trio.district, 6)
    take(trio.a, send(trio, trio.district, trio.a))
    with a_window(qtbot, trio.a) as window:
        assert "已同意" in lines(window, TodayKind.ANSWERED)[0]
        window.take(P01.number)
        window.press("Ctrl+Shift+O")
        window.confirm("审批丙")
        window.pay()
        found = window.ask(the_case)
        assert (found.stage, found.paid) == (Stage.APPROVED, found.granted)
        form = window.ask(lambda c: papers.paper(c, CaseForm.APPLICATION, found.case_id))
        assert DOCUMENT in pdf_text(form.pdf)
        assert window.ask(verification.verify).good
    trio.district.desk.close()
