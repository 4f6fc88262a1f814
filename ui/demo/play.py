"""Plays the main job (演示) through real windows on fresh training desks in a passing folder.

Papers and a picture of each step stay; nothing is printed. The day ends at the training bureau.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from reliefdesk import paths, wording
from reliefdesk.clock import CountedIds, FixedClock
from reliefdesk.desk import Surroundings
from reliefdesk.errors import ReliefDeskError, SurroundingsError
from ui import theme
from ui.counter.paper import FOLDER as PRINTED
from ui.demo.album import Album
from ui.demo.steps import JOURNAL, LEDGER, NUMBERS, MainJob
from ui.demo.sync import SLIP, Exchange
from ui.demo.window import DrivenWindow
from ui.setup import training
from ui.shell import Shell, training_hints
from ui.sign_in.page import Door

MORNING = datetime(2021, 3, 10, 1, 30, tzinfo=UTC)
"""09:30 in Wuhai: the same in every run, so that two runs differ in nothing."""
_IDS_APART = 1_000_000
_NO_PRINTER = "127.0.0.1:9"
_OURS = re.compile(r"\d\d-.+\.png|YL-[\d-]+\.pdf")
_NOISE = "propagateSizeHints"


class DemoFolderError(SurroundingsError):
    """The folder for what the demo leaves cannot be written. Facts: folder."""

    code = "demo.folder"


class DemoBrokenError(SurroundingsError):
    """A call broke behind the window while it played. Facts: kind."""

    code = "demo.broken"


class Place(NamedTuple):
    """Where a desk of the demo lies, and the clock and ids it lives with."""

    folder: Path
    surroundings: Surroundings


def main(out: Path) -> int:
    """Play and say in Chinese where everything lies; the exit code, 1 with a sentence on stderr."""
    try:
        _empty(out)
        with TemporaryDirectory(prefix="reliefdesk-demo-") as folder:
            _play(Path(folder), out)
    except ReliefDeskError as error:
        sys.stderr.write(f"{wording.sentence(error)}\n")
        return 1
    _tell(out)
    return 0


def _play(folder: Path, out: Path) -> None:
    _application()
    clock = FixedClock(MORNING)
    office = Place(folder / "office", Surroundings(clock=clock, ids=CountedIds()))
    bureau = Place(folder / "bureau", Surroundings(clock=clock, ids=CountedIds(_IDS_APART)))
    _make_desks(office, bureau)
    album, stick = Album(out=out), folder / "stick"
    stick.mkdir()
    exchange = Exchange(stick=stick, album=album)
    with _window(office) as window:
        MainJob(window=window, clock=clock, album=album).play()
        exchange.send(window)
    with _window(bureau) as window:
        exchange.receive(window)
    with _window(office) as window:
        exchange.read_answer(window)
    for paper in sorted((office.folder / PRINTED).glob("*.pdf")):
        shutil.copyfile(paper, out / paper.name)


def _make_desks(office: Place, bureau: Place) -> None:
    at_office = training.create(office.folder, office.surroundings)
    at_bureau = training.create_bureau(bureau.folder, bureau.surroundings)
    training.introduce(at_office, at_bureau)
    at_office.close()
    at_bureau.close()


@contextmanager
def _window(place: Place) -> Iterator[DrivenWindow]:
    """A window on a desk, closed at the end; raises DemoBrokenError if a call broke behind it."""
    broken: list[BaseException] = []
    shell = Shell(
        Door(folder=place.folder, surroundings=place.surroundings, hints=training_hints())
    )
    shell.operations.broken.connect(broken.append)
    try:
        shell.start()
        yield DrivenWindow(shell)
    finally:
        shell.window.close()
        QApplication.processEvents()
    if broken:
        raise DemoBrokenError(kind=type(broken[0]).__name__)


def _application() -> None:
    environment = paths.environment()
    # Pictures in a folder need no printer, and a demo must never reach a real one.
    environment["CUPS_SERVER"] = _NO_PRINTER
    # The same pictures on every machine, and no window that takes the keyboard from somebody.
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_say)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["reliefdesk"])
    application.setApplicationDisplayName("")
    theme.apply(application)


def _say(_kind: QtMsgType, _context: object, text: str) -> None:
    """Pass on what Qt says, but not what a screen without a window manager cannot do."""
    if _NOISE not in text:
        sys.stderr.write(f"{text}\n")


def _empty(out: Path) -> None:
    """Take away what an earlier run left, and nothing else."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for file in out.iterdir():
            if _OURS.fullmatch(file.name) or file.name in (LEDGER, JOURNAL, NUMBERS, SLIP):
                file.unlink()
    except OSError as error:
        raise DemoFolderError(folder=str(out)) from error


def _tell(out: Path) -> None:
    receipts = sorted(out.glob("YL-*.pdf"))
    pictures = sorted(out.glob("*.png"))
    lines = [wording.text("demo.done", folder=str(out))]
    lines += [wording.text("demo.receipt", file=str(file)) for file in receipts]
    for key, name in (
        ("ledger", LEDGER),
        ("journal", JOURNAL),
        ("numbers", NUMBERS),
        ("slip", SLIP),
    ):
        lines.append(wording.text(f"demo.{key}", file=str(out / name)))
    lines.append(
        wording.text(
            "demo.pictures", count=len(pictures), first=str(pictures[0]), last=pictures[-1].name
        )
    )
    sys.stdout.write("\n".join(lines) + "\n")
