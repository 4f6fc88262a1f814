"""The whole window on a real desk, as `ui.start` makes it, on a clock that stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reliefdesk.clock import CountedIds, FixedClock
from tests.builders import MORNING, PASSPHRASE, surroundings
from ui import theme
from ui.shell import Shell
from ui.sign_in.page import Door

FIRST_ID = 100_000
"""Ids of the window's run begin behind those that the builders gave."""
SCREEN = (1092, 590)
"""1366×768 at 125 %, less the panel of the system."""


class RealShell:
    """A shell with the clock it stands on and what a test often does to it."""

    def __init__(self, qtbot: QtBot, folder: Path, at: datetime) -> None:
        self.qtbot = qtbot
        self.clock = FixedClock(at)
        self.broken: list[BaseException] = []
        door = Door(folder=folder, surroundings=surroundings(self.clock, CountedIds(FIRST_ID)))
        self.shell = Shell(door)
        self.shell.operations.broken.connect(self.broken.append)

    @property
    def front(self) -> str:
        """The key of the page in front."""
        return "" if self.shell.window.front is None else self.shell.window.front.key

    def settle(self) -> None:
        """Wait until the desk has answered everything; what broke fails the test."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.shell.operations.busy, timeout=60_000)
            QApplication.processEvents()
        assert not self.broken, self.broken

    def sign_in(self, name: str, passphrase: str | None = None) -> None:
        """Sign in on the sign-in page."""
        page = self.shell.sign_in_page
        page.account.choose(name)
        page.passphrase.setText(PASSPHRASE + name if passphrase is None else passphrase)
        page.try_it()
        self.settle()

    def said(self) -> str:
        """What the message bar of the page in front says."""
        return "" if self.shell.window.front is None else self.shell.window.front.messages.text()


@contextmanager
def a_shell(qtbot: QtBot, folder: Path, at: datetime = MORNING) -> Iterator[RealShell]:
    """Start the window on a folder; at the end the desk is closed and the window gone."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        theme.apply(application)
    real = RealShell(qtbot, folder, at)
    try:
        real.shell.start()
        real.shell.window.resize(*SCREEN)
        real.settle()
        yield real
    finally:
        real.shell.stop()
        real.shell.window.deleteLater()
        real.shell.deleteLater()
        QApplication.processEvents()
