"""A page of the window on a real desk: the worker owns the desk, the page answers as in life."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reliefdesk import desk as front_door
from reliefdesk.services import operators
from reliefdesk.services.recording import Context
from tests.builders import PASSPHRASE, TestDesk, surroundings
from ui import theme
from ui.operations import Operations
from ui.pages import Page, Workplace
from ui.refresh import Refresh
from ui.session import Session

T = TypeVar("T")
PAGE_SIZE = (988, 520)
"""What a page has of 1366×768 at 125 %, beside the rail."""


@dataclass
class Stage:
    """Everything a page stands on."""

    qtbot: QtBot
    made: TestDesk
    operations: Operations
    workplace: Workplace
    refresh: Refresh = field(default_factory=Refresh)
    broken: list[BaseException] = field(default_factory=list)

    def show(self, page: Page) -> None:
        """Bring a page to the front and wait until it has loaded."""
        self.qtbot.addWidget(page.widget)
        self.refresh.add([page])
        page.widget.resize(*PAGE_SIZE)
        page.widget.show()
        self.refresh.bring_to_front(page)
        self.settle()

    def settle(self) -> None:
        """Wait until the desk has answered everything; what broke fails the test."""
        self.qtbot.waitUntil(lambda: not self.operations.busy, timeout=60_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.operations.busy, timeout=60_000)
        assert not self.broken, self.broken

    def ask(self, call: Callable[[Context], T]) -> T:
        """Ask a service on the desk's own thread."""
        answers: list[T] = []
        self.operations.run(call, done=answers.append, failed=self.broken.append)
        self.settle()
        return answers[0]


@contextmanager
def on_stage(qtbot: QtBot, made: TestDesk, *, name: str = "经办甲") -> Iterator[Stage]:
    """Close the test's own desk and open it anew behind a worker, `name` signed in."""
    theme.apply(_application())
    # Windows of earlier tests end here, in their own thread, and not by chance on the worker's.
    gc.collect()
    folder = made.desk.folder
    made.desk.close()
    operations = Operations()
    session = Session(made.clock)
    workplace = Workplace(
        operations=operations,
        session=session,
        clock=made.clock,
        ids=made.ids,
        show_page=lambda _key: None,
    )
    stage = Stage(qtbot=qtbot, made=made, operations=operations, workplace=workplace)
    operations.broken.connect(stage.broken.append)
    operations.recorded.connect(stage.refresh.changed)
    secret = PASSPHRASE if name == "系统己" else PASSPHRASE + name
    with qtbot.waitSignal(operations.busy_changed):
        operations.open(
            lambda: front_door.sign_in(folder, name, secret, surroundings(made.clock, made.ids)),
            done=lambda _desk: None,
        )
    stage.settle()
    operations.sign_in(made.by_name[name])
    session.sign_in(stage.ask(operators.signed_in))
    try:
        yield stage
    finally:
        operations.stop()
        gc.collect()
        # A timer that the worker's garbage collector frees later would still fire in this thread.
        shiboken6.delete(session)


def _application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
