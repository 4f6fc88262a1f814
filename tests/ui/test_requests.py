"""Claims about requests: asked and noted on the case, answered in the bureau's tab."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import Stage as CaseStage
from reliefdesk.domain.requests import RequestKind, RequestState
from reliefdesk.services import requests
from reliefdesk.services.requests import AskOrder
from tests.builders import PINS, a_draft, a_reviewed_case, enter
from tests.sync.parties import Trio, a_trio, exchange, send, take
from tests.sync.test_requests import LIMIT
from tests.ui import walk
from tests.ui.case_window import Opener, decide, standing
from tests.ui.real_page import Stage, on_stage
from tests.ui.vouchers_scene import put
from ui.counter.page import CounterPage
from ui.district.page import DistrictPage


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """Offices that learned of a delegation of 1,000."""
    made = a_trio(tmp_path)
    enter(made.district, LIMIT)
    exchange(made, made.a)
    yield made
    made.b.desk.close()


@pytest.fixture
def opener(qtbot: QtBot) -> Iterator[Opener]:
    """Windows that close at the end."""
    made = Opener(qtbot)
    yield made
    made.close()


@pytest.fixture
def found(trio: Trio) -> Case:
    """A reviewed case of 2,000, more than the office may decide."""
    return a_reviewed_case(trio.a, a_draft())


def give(page: CounterPage, stage: Stage, officer: str = "", **texts: str) -> None:
    """Fill the open form of the requests and confirm it."""
    form = page.case.requests.form
    for name, text in texts.items():
        put(form.grid.field(name), text)
    if officer:
        put(form.grid.field("officer0"), officer)
        put(form.grid.field("officer0_pin"), PINS[officer])
    form.confirm()
    for _ in range(3):
        stage.settle()


def test_a_question_is_asked_on_the_case_and_a_word_by_phone_lets_it_go_on(
    opener: Opener, trio: Trio, found: Case
) -> None:
    page, stage = opener.open(trio.a, found, name="经办甲")
    panel = page.case.requests
    assert "Ctrl+Shift+Q" in panel.lines.text()
    panel.ask_action.trigger()
    kind = panel.form.grid.field("kind")
    assert kind.currentText() == RequestKind.DELEGATION.label  # type: ignore[attr-defined]
    assert not page.case.decision.isVisible()
    give(page, stage, reason="伤情较重，需要两千元")
    assert "待区民政局答复" in panel.lines.text()
    assert page.case.decision.isVisible()
    panel.phone_action.trigger()
    give(page, stage, "经办甲", name="李科长")
    assert "李科长电话同意" in panel.lines.text()
    decide(page, stage, "审批丙")
    assert standing(page).stage is CaseStage.APPROVED
    decision = standing(page).decision
    assert decision is not None
    assert "李科长电话同意" in decision.district_document


def test_the_same_question_is_not_asked_twice_and_esc_leaves_the_form(
    opener: Opener, trio: Trio, found: Case
) -> None:
    page, stage = opener.open(trio.a, found, name="经办甲")
    panel = page.case.requests
    panel.ask_action.trigger()
    give(page, stage, reason="需要两千元")
    panel.ask_action.trigger()
    give(page, stage, reason="再问一次")
    assert "已经请示过" in page.messages.text()
    assert panel.form.is_open
    assert page.case.close_act()
    assert not panel.form.is_open
    assert len(stage.ask(requests.listed)) == 1


def test_every_box_of_the_open_question_has_a_name(opener: Opener, trio: Trio, found: Case) -> None:
    page, _stage = opener.open(trio.a, found, name="经办甲")
    page.case.requests.ask_action.trigger()
    assert walk.misnamed(page) == []


def asked(trio: Trio, found: Case) -> str:
    """Ask about a case and carry the question to the district."""
    order = AskOrder(
        request_id=trio.a.ids.new(),
        case_id=found.case_id,
        kind=RequestKind.DELEGATION,
        amount=found.request.requested,
        reason="伤情较重",
    )
    requests.ask(trio.a.context(), order)
    take(trio.district, send(trio, trio.a))
    return order.request_id


@pytest.mark.parametrize(
    "given",
    [
        ("requests.grant", {"document": "海民批〔2021〕7号"}, RequestState.GRANTED),
        ("requests.decline", {"remark": "请转普通临时救助"}, RequestState.DECLINED),
    ],
)
def test_the_bureau_answers_in_its_tab_before_its_approver(
    qtbot: QtBot, trio: Trio, found: Case, given: tuple[str, dict[str, str], RequestState]
) -> None:
    command, texts, state = given
    request_id = asked(trio, found)
    trio.a.desk.close()
    with on_stage(qtbot, trio.district, name="系统己") as stage:
        page = DistrictPage(stage.workplace)
        stage.show(page)
        page.open_record("requests")
        stage.settle()
        assert "1件请示等待答复" in page.front.totals.text()
        (action,) = [one for one in page.front.actions_here if one.objectName() == command]
        action.trigger()
        stage.settle()
        for name, text in {**texts, "officer0": "审批丙", "officer0_pin": PINS["审批丙"]}.items():
            put(page.form.grid.field(name), text)
        page.form.confirm()
        for _ in range(3):
            stage.settle()
        assert stage.ask(lambda c: requests.request(c, request_id)).state is state
        assert not action.isEnabled()
        with qtbot.waitSignal(page.record_wanted) as wanted:
            page.front.table.row_chosen.emit(0)
        assert wanted.args == ["cases", found.case_id]
