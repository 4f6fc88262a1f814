"""A program: shows an empty window or ours, tells its peak memory once it can be used, and ends.

The memory is told in KiB; of ours a second time, once cipher and database are loaded behind it.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

_STATUS = Path("/proc/self/status")
_SOON_MS = 1


def main(arguments: list[str]) -> int:
    """Show an empty window, or with the folder of a desk the program on it."""
    application = QApplication([])
    timer = QTimer()
    timer.start(_SOON_MS)
    if arguments:
        from reliefdesk import cli  # noqa: PLC0415 - an empty window must not pay for ours

        timer.timeout.connect(lambda: _look_at_ours(application, timer))
        return cli.main(["--desk", arguments[0]])
    window = QMainWindow()
    window.resize(1180, 700)
    window.show()
    timer.timeout.connect(lambda: _end(application))
    return application.exec()


def _look_at_ours(application: QApplication, timer: QTimer) -> None:
    """Tell when the keyboard goes to the sign-in page, and end when the desk could be opened."""
    if not timer.property("told"):
        if not any(_takes_keys(window) for window in application.topLevelWidgets()):
            return
        timer.setProperty("told", True)  # noqa: FBT003 - Qt's name for it
        _tell()
    if hasattr(sys.modules.get("reliefdesk.desk"), "sign_in"):
        _end(application)


def _takes_keys(window: QWidget) -> bool:
    """Whether a window stands on screen and a box in it is where typing goes."""
    handle, focus = window.windowHandle(), window.focusWidget()
    return handle is not None and handle.isExposed() and focus is not None and focus.isVisible()


def _end(application: QApplication) -> None:
    _tell()
    application.closeAllWindows()
    application.quit()


def _tell() -> None:
    # Not getrusage: its peak remembers the process that started this one.
    status = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
    sys.stdout.write(status["VmHWM"].split()[0] + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
