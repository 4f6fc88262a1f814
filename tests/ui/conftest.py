"""What most windows stand on: a real desk in a folder of its own, and a window that closes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import TestDesk, a_desk
from tests.ui.case_window import Opener


@pytest.fixture
def made(tmp_path: Path) -> TestDesk:
    """Give a desk with six operators and a float of 10,000."""
    return a_desk(tmp_path / "desk")


@pytest.fixture
def theatre(qtbot: QtBot) -> Iterator[Opener]:
    """Open the registrar's window on a prepared desk, and close it at the end."""
    opener = Opener(qtbot)
    yield opener
    opener.close()
