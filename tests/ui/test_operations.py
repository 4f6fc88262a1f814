"""One worker owns the desk: answers come in the GUI thread, refusals as errors, nothing is lost."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from reliefdesk import desk as front_door
from reliefdesk.clock import CountedIds, FixedClock
from reliefdesk.domain.operators import NameMissingError, Seat
from reliefdesk.errors import BugError, ReliefDeskError
from reliefdesk.services import operators
from reliefdesk.services.recording import Context, Recorded, recorded
from tests.builders import MORNING, PASSPHRASE, an_empty_desk, surroundings
from ui.operations import Operations
from ui.refresh import Refresh


@pytest.fixture
def worker(qapp: object, tmp_path: Path, qtbot: QtBot) -> Iterator[Operations]:
    del qapp
    made = an_empty_desk(tmp_path / "desk")
    made.desk.close()
    operations = Operations()
    operations.sign_in(made.by_name["系统己"])
    opening = surroundings(FixedClock(MORNING), CountedIds(10_000))
    operations.open(
        lambda: front_door.sign_in(tmp_path / "desk", "系统己", PASSPHRASE, opening),
        done=lambda _: None,
    )
    qtbot.waitUntil(lambda: not operations.busy)
    yield operations
    operations.stop()


def test_a_call_runs_on_the_worker_and_answers_in_the_gui_thread(
    worker: Operations, qtbot: QtBot
) -> None:
    ran: list[threading.Thread] = []
    answered: list[tuple[str, threading.Thread]] = []

    def call(context: Context) -> str:
        ran.append(threading.current_thread())
        return operators.signed_in(context).name

    worker.run(call, done=lambda name: answered.append((name, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(answered))
    assert answered == [("系统己", threading.main_thread())]
    assert ran[0] is not threading.main_thread()


def test_calls_run_in_the_order_they_were_given(worker: Operations, qtbot: QtBot) -> None:
    seen: list[int] = []
    for number in range(50):
        worker.work(lambda number=number: number, done=seen.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: not worker.busy)
    assert seen == list(range(50))


def test_a_refusal_goes_to_who_asked_or_to_the_page(worker: Operations, qtbot: QtBot) -> None:
    own: list[ReliefDeskError] = []
    page: list[ReliefDeskError] = []
    worker.refused.connect(page.append)
    worker.run(_refuse, done=lambda _: None, failed=own.append)
    worker.run(_refuse, done=lambda _: None)
    qtbot.waitUntil(lambda: not worker.busy)
    assert [type(error) for error in (*own, *page)] == [NameMissingError, NameMissingError]


def test_something_unforeseen_reaches_the_crash_report_and_the_worker_lives(
    worker: Operations, qtbot: QtBot
) -> None:
    broken: list[Exception] = []
    told: list[ReliefDeskError] = []
    worker.broken.connect(broken.append)
    worker.work(lambda: 1 // 0, done=lambda _: None, failed=told.append)
    answered: list[int] = []
    worker.work(lambda: 7, done=answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert isinstance(broken[0], ZeroDivisionError)
    assert isinstance(told[0], BugError)


def test_nobody_signed_in_asks_nothing(worker: Operations, qtbot: QtBot) -> None:
    worker.sign_in(None)
    told: list[ReliefDeskError] = []
    worker.run(operators.operators, done=lambda _: None, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], BugError)


def test_what_was_recorded_is_told_once(worker: Operations, qtbot: QtBot) -> None:
    kinds: list[frozenset[str]] = []
    worker.recorded.connect(kinds.append)
    worker.run(_note, done=lambda _: None)
    qtbot.waitUntil(lambda: bool(kinds))
    assert kinds == [frozenset({"operators", "today"})]


def test_an_answer_for_a_widget_that_is_gone_is_dropped(worker: Operations, qtbot: QtBot) -> None:
    listener = Listener()
    worker.work(lambda: 1, done=listener.hear)
    listener.deleteLater()
    del listener
    qtbot.waitUntil(lambda: not worker.busy)


def test_progress_is_told_in_the_gui_thread(worker: Operations, qtbot: QtBot) -> None:
    steps: list[tuple[int, int, bool]] = []
    main = threading.main_thread()
    step = worker.progress(
        lambda done, of: steps.append((done, of, threading.current_thread() is main))
    )
    worker.work(lambda: step(1, 3), done=lambda _: None)
    qtbot.waitUntil(lambda: bool(steps))
    assert steps == [(1, 3, True)]


def test_hidden_pages_hear_what_they_missed(qapp: object) -> None:
    del qapp
    front, hidden = Heard("front"), Heard("hidden")
    refresh = Refresh()
    refresh.add([front, hidden])  # type: ignore[list-item]
    refresh.bring_to_front(front)  # type: ignore[arg-type]
    refresh.changed(frozenset({"cases"}))
    refresh.changed(frozenset({"cash"}))
    assert (front.heard, hidden.heard) == ([{"cases"}, {"cash"}], [])
    refresh.bring_to_front(hidden)  # type: ignore[arg-type]
    assert hidden.heard == [{"cases", "cash"}]


class Listener(QObject):
    """Something that may be gone before its answer comes."""

    @Slot(object)
    def hear(self, _value: object) -> None:
        """Take an answer."""


class Heard:
    """A page that notes what it is told."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.heard: list[set[str]] = []

    def shown(self) -> None:
        """Come to the front."""

    def changed(self, kinds: frozenset[str]) -> None:
        """Note what changed."""
        self.heard.append(set(kinds))


def _refuse(context: Context) -> None:
    assert operators.with_seat(context, Seat.ADMINISTRATOR)
    raise NameMissingError


def _note(_context: Context) -> Recorded[None]:
    return recorded(None, "operators", "today")
