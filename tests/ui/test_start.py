"""The program starts on a folder or on the training desk, and ends in order."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from reliefdesk import paths
from reliefdesk.services import sign_in
from ui import start
from ui.main_window import MainWindow
from ui.setup import training


@pytest.fixture
def _own_hook() -> Iterator[None]:
    """The start takes over the last resort for failures; the test run wants its own back."""
    before = sys.excepthook
    yield
    sys.excepthook = before


def shown_pages() -> list[str]:
    return [
        window.front.key
        for window in QApplication.topLevelWidgets()
        if isinstance(window, MainWindow) and window.isVisible() and window.front is not None
    ]


def run(*arguments: str) -> tuple[int, list[str]]:
    """Start the program, note which page it shows, and quit it."""
    shown: list[str] = []

    def leave() -> None:
        shown.extend(shown_pages())
        for window in QApplication.topLevelWidgets():
            window.close()
        QApplication.quit()

    QTimer.singleShot(200, leave)
    return start.main(arguments), shown


@pytest.mark.usefixtures("qapp", "_own_hook")
def test_an_empty_folder_starts_with_the_first_step(tmp_path: Path) -> None:
    assert run("--desk", str(tmp_path / "desk")) == (0, ["setup"])
    assert not (tmp_path / "desk").exists()


@pytest.mark.usefixtures("qapp", "_own_hook")
def test_the_training_desk_is_made_once_and_found_again(tmp_path: Path) -> None:
    folder = str(tmp_path / "desk")
    assert run("--training", "--desk", folder) == (0, ["sign_in"])
    before = sign_in.account_names(Path(folder))
    assert set(before) == {each.name for each in training.OPERATORS}
    assert run("--training", "--desk", folder) == (0, ["sign_in"])
    assert sign_in.account_names(Path(folder)) == before


@pytest.mark.usefixtures("qapp", "_own_hook")
def test_a_training_desk_that_cannot_be_made_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "desk" / "desk.slots").mkdir(parents=True)
    assert start.main(["--training", "--desk", str(tmp_path / "desk")]) == 1
    assert capsys.readouterr().err.strip()


def test_without_a_folder_the_places_of_the_user_are_taken() -> None:
    assert paths.training_desk_dir() != paths.default_desk_dir() / "office"
