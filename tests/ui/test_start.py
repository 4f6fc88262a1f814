"""The program starts on a folder or on the training desk, and ends in order."""

import subprocess
import sys
from pathlib import Path

import pytest

from reliefdesk import paths
from reliefdesk.services import sign_in
from ui.setup import training

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> tuple[int, str, str]:
    """Start the program; its exit code, the page it showed, what it said on stderr."""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "tests.ui.started_window", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_without_a_screen_a_sentence_is_said_and_nothing_crashes(tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in paths.environment().items() if name not in screens}
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "ui.start", "--desk", str(tmp_path / "desk")],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "这里没有屏幕" in done.stderr


def test_an_empty_folder_starts_with_the_first_step(tmp_path: Path) -> None:
    code, page, _ = run("--desk", str(tmp_path / "desk"))
    assert (code, page) == (0, "setup")
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize("which", ["--training", "--training-bureau"])
def test_a_training_desk_is_made_once_and_found_again(tmp_path: Path, which: str) -> None:
    folder = tmp_path / "desk"
    for _ in range(2):
        code, page, _ = run(which, "--desk", str(folder))
        assert (code, page) == (0, "sign_in")
        assert set(sign_in.account_names(folder)) == {each.name for each in training.OPERATORS}


def test_a_training_desk_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "desk" / "desk.slots").mkdir(parents=True)
    code, page, said = run("--training", "--desk", str(tmp_path / "desk"))
    assert (code, page) == (1, "")
    assert "。" in said
    assert "Traceback" not in said
