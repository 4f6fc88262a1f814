"""Correcting a person outside a case: by keys, with a reason, the earlier record kept."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.ids import PersonId
from reliefdesk.domain.persons import PersonCorrected, PersonDetails
from reliefdesk.services import persons
from reliefdesk.services.recording import Context
from reliefdesk.storage import journal
from tests.builders import TestDesk, an_accepted_case
from tests.ui import walk
from tests.ui.real_page import Stage, on_stage
from ui.counter.fields import put_text, text_of
from ui.counter.page import CounterPage

Taken = tuple[CounterPage, Stage, PersonId]


@pytest.fixture
def taken(qtbot: QtBot, made: TestDesk) -> Iterator[Taken]:
    """Give the counter with a recorded person taken from the search."""
    person_id = an_accepted_case(made).person_id
    with on_stage(qtbot, made) as stage:
        page = CounterPage(stage.workplace)
        stage.show(page)
        page.intake.take(person_id)
        stage.settle()
        yield page, stage, person_id


def recorded(stage: Stage, person_id: PersonId) -> PersonDetails:
    return stage.ask(lambda context: persons.person(context, person_id)).details


def corrections(context: Context) -> list[PersonCorrected]:
    events = [entry.event for entry in journal.entries(context.file)]
    return [event for event in events if isinstance(event, PersonCorrected)]


def begin(page: CounterPage) -> None:
    page.form.history.correct_button.click()
    assert page.form.correction.isVisible()


def test_a_name_is_corrected_with_a_reason_and_shown_anew(
    taken: Taken,
) -> None:
    page, stage, person_id = taken
    begin(page)
    box = page.form.correction
    assert text_of(box.grid.field("number")) == ""
    put_text(box.grid.field("name"), "测试佳")
    next(each for each in page.actions() if each.objectName() == "counter.submit").trigger()
    assert box.grid.problem_text("reason")
    stage.qtbot.waitUntil(lambda: not box.reason.visibleRegion().isEmpty())
    assert stage.ask(corrections) == []
    box.reason.setText("姓名录入有误")
    box.order()
    stage.settle()
    before = recorded(stage, person_id)
    assert before.name == "测试佳"
    assert before.number == "640181198506179976"
    (event,) = stage.ask(corrections)
    assert event.reason == "姓名录入有误"
    assert not box.is_open
    assert "测试佳" in page.form.person.card.text()
    assert "登记已更正" in page.messages.text()


def test_what_does_not_hold_is_marked_and_nothing_typed_is_lost(
    taken: Taken,
) -> None:
    page, stage, _ = taken
    begin(page)
    box = page.form.correction
    put_text(box.grid.field("number"), "640181198506179970")
    box.reason.setText("号码看错")
    box.order()
    stage.settle()
    assert box.grid.problem_text("number")
    assert stage.ask(corrections) == []
    box.close_level()
    begin(page)
    assert text_of(box.grid.field("number")) == "640181198506179970"
    assert walk.misnamed(page) == []


def test_a_correction_that_changes_nothing_says_so(taken: Taken) -> None:
    page, stage, _ = taken
    begin(page)
    page.form.correction.reason.setText("核对")
    page.form.correction.order()
    stage.settle()
    assert stage.ask(corrections) == []
    assert "没有改动" in page.messages.text()
