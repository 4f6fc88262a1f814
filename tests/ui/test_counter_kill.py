"""R8: a draft that the counter called saved survives kill -9 while the clerk goes on typing."""

import signal
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from reliefdesk import desk as front_door
from tests.builders import PASSPHRASE, TestDesk, a_desk, a_reviewed_case, surroundings
from tests.ui.real_page import on_stage
from ui.counter.fields import text_of
from ui.counter.page import CounterPage

SENTENCES = 12


def killed_while_typing(made: TestDesk, *case_id: str) -> int:
    """The number of the last sentence that the counter called saved before the plug was pulled."""
    folder = made.desk.folder
    made.desk.close()
    clerk = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "tests.ui.typing_clerk", str(folder), *case_id],
        stdout=subprocess.PIPE,
    )
    assert clerk.stdout is not None
    confirmed = 0
    for line in clerk.stdout:
        confirmed = int(line)
        if confirmed >= SENTENCES:
            clerk.send_signal(signal.SIGKILL)
            break
    confirmed = max([confirmed, *(int(line) for line in clerk.stdout)])
    clerk.wait()
    name = "经办甲"
    around = surroundings(made.clock, made.ids)
    made.desk = front_door.sign_in(folder, name, PASSPHRASE + name, around)
    return confirmed


def test_every_confirmed_draft_survives_a_kill(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    confirmed = killed_while_typing(made)
    with on_stage(qtbot, made) as stage:
        page = CounterPage(stage.workplace)
        stage.show(page)
        kept = text_of(page.form.emergency.grid.field("narrative"))
    assert kept in {f"第{confirmed}句，钱物烧毁。", f"第{confirmed + 1}句，钱物烧毁。"}


def test_a_decision_begun_survives_a_kill(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    found = a_reviewed_case(made)
    confirmed = killed_while_typing(made, found.case_id)
    with on_stage(qtbot, made) as stage:
        page = CounterPage(stage.workplace)
        stage.show(page)
        page.open_case(found.case_id)
        stage.settle()
        kept = page.case.decision.remark.text()
    assert kept in {f"第{confirmed}句，钱物烧毁。", f"第{confirmed + 1}句，钱物烧毁。"}
