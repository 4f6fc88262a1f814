"""Starts the window: input method first, then the application, then the shell.

`main` returns the exit code; a desk that cannot be made is said on stderr.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from reliefdesk import paths, wording
from reliefdesk.clock import SystemClock, SystemIds
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import sign_in
from ui import input_methods, theme
from ui.crash import CrashReport
from ui.shell import Shell, training_hints
from ui.sign_in.page import Beginnings, Door

_OFFICE_DESK = "office"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window on the office's desk, on `--desk DIR`, or on a training desk."""
    given = _arguments(argv)
    clock = SystemClock()
    beginnings = Beginnings(clock=clock, ids=SystemIds(clock))
    note = _prepare_input()
    if _without_screen():
        sys.stderr.write(wording.text("ui.no_screen") + "\n")
        return 2
    application = _application()
    folder: Path = given.desk or _folder(given)
    hints: tuple[str, ...] = ()
    if given.training or given.training_bureau:
        try:
            _make_training_desk(given, Door(folder=folder, surroundings=beginnings))
        except ReliefDeskError as error:
            sys.stderr.write(wording.sentence(error) + "\n")
            return 1
        hints = training_hints()
    shell = Shell(Door(folder=folder, surroundings=beginnings, hints=hints, note=note))
    crash = CrashReport(paths.log_dir(), clock, shell.say_crash)
    crash.install()
    shell.operations.broken.connect(crash.report)
    shell.start()
    try:
        return application.exec()
    finally:
        shell.stop()


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="reliefdesk", description="Open the window.")
    parser.add_argument("--training", action="store_true", help="a desk with synthetic people")
    parser.add_argument("--training-bureau", action="store_true", help="the bureau it reports to")
    parser.add_argument("--desk", type=Path, metavar="DIR", help="the folder of the desk")
    return parser.parse_args(argv)


def _prepare_input() -> str:
    if sys.platform != "linux":
        return ""
    environment = paths.environment()
    return input_methods.prepare(environment, input_methods.session_bus_asker(environment))


def _without_screen() -> bool:
    """Whether Qt would end the program with a core dump for want of a display."""
    return not paths.has_display() and not paths.environment().get("QT_QPA_PLATFORM")


def _application() -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["reliefdesk"])
    application.setApplicationName("reliefdesk")
    application.setApplicationDisplayName("")
    theme.apply(application)
    return application


def _folder(given: argparse.Namespace) -> Path:
    if given.training_bureau:
        return paths.training_bureau_dir()
    return paths.training_desk_dir() if given.training else paths.default_desk_dir() / _OFFICE_DESK


def _make_training_desk(given: argparse.Namespace, door: Door) -> None:
    if not sign_in.exists(door.folder):
        from ui.setup import training  # noqa: PLC0415 - once in the life of a training desk

        make = training.create_bureau if given.training_bureau else training.create
        make(door.folder, door.whole()).close()


if __name__ == "__main__":
    sys.exit(main())
