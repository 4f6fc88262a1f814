"""Chinese can be typed into the window: a real input method, real keys, from outside."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reliefdesk import paths
from tests.ui.typing_session import NAME, NUMBER

TOOLS = ("xvfb-run", "dbus-run-session", "ibus-daemon", "xdotool")


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="needs the packages of `make test`")
def test_pinyin_becomes_han_in_the_name_box_and_stays_latin_in_the_number_box(
    tmp_path: Path,
) -> None:
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--"]
    session = [*screen, sys.executable, "-m", "tests.ui.typing_session"]
    arrived = subprocess.run(  # noqa: S603  # ourselves
        session,
        cwd=Path(__file__).resolve().parents[2],
        env={**paths.environment(), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert arrived.returncode == 0, arrived.stderr
    assert json.loads(arrived.stdout.splitlines()[-1]) == {"name": NAME, "number": NUMBER}
