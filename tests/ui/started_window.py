"""Starts the program as a user does, tells which page it shows, and quits it.

Run as a program: an application that was quit leaves no event loop for the tests that follow.
"""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui import start
from ui.main_window import MainWindow

SHOWN_AFTER_MS = 100


def main() -> int:
    """Pass the arguments on; the output is the key of the page in front."""
    application = QApplication([])
    timer = QTimer()
    timer.timeout.connect(lambda: _look(application))
    timer.start(SHOWN_AFTER_MS)
    return start.main(sys.argv[1:])


def _look(application: QApplication) -> None:
    for window in application.topLevelWidgets():
        if isinstance(window, MainWindow) and window.isVisible() and window.front is not None:
            sys.stdout.write(window.front.key)
            sys.stdout.flush()
            window.close()
            application.quit()


if __name__ == "__main__":
    sys.exit(main())
