"""A clerk in a process of their own who types until somebody kills the program.

Run as a program with the folder of a desk; each piece of text that is on the screen is told on
the output.
"""

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from reliefdesk.clock import CountedIds, FixedClock
from tests.builders import MORNING, P01, PASSPHRASE, surroundings
from ui import theme
from ui.demo.window import DrivenWindow
from ui.shell import Shell
from ui.sign_in.page import Door

STORY = "骑行途中被货车剐蹭，随身财物遗失，暂无食宿。"


def main(folder: Path) -> None:
    """Sign in, begin a person, then type the story character by character for ever."""
    theme.apply(QApplication([]))
    clock, ids = FixedClock(MORNING), CountedIds(10_000)
    shell = Shell(Door(folder=folder, surroundings=surroundings(clock, ids)))
    shell.start()
    window = DrivenWindow(shell)
    window.settle()
    window.choose("操作人员", "经办甲")
    window.fill("登录口令", PASSPHRASE + "经办甲")
    window.press("Enter", "F3")
    window.type_text(P01.number)
    window.press("Enter")
    window.type_text(P01.name)
    window.go_on_to("急难情形")
    typed = ""
    while True:
        for char in STORY:
            window.type_text(char)
            typed += char
            sys.stdout.write(json.dumps({"typed": typed}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
