"""Makes the pictures of the manual: `python -m tests.manual` plays the training desk again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PySide6.QtWidgets import QAbstractButton, QApplication

from reliefdesk import paths
from reliefdesk.clock import CountedIds, FixedClock
from reliefdesk.desk import Surroundings
from reliefdesk.domain.operators import Seat
from ui import theme
from ui.demo.album import Album
from ui.demo.steps import MainJob
from ui.demo.window import DrivenWindow
from ui.setup import training
from ui.shell import Shell, training_hints
from ui.sign_in.page import Door

MORNING = datetime(2021, 3, 10, 1, 30, tzinfo=UTC)
WIDTH = 900
"""Pixels: fits beside the rail on 1366×768 at 125 %."""
_COLOURS = 32
STEPS = {
    "登录": "sign_in",
    "今日待办": "today",
    "查找": "find",
    "资格核对与年度限额": "tell",
    "已审批": "approved",
    "已签领": "signed",
    "工作台账": "ledger",
    "现金日记账": "journal",
}
"""Steps of the main job and the picture that each becomes."""
PLACES = (
    ("numbers", ("Ctrl+4",)),
    ("count", ("Ctrl+5", "F4")),
    ("close", ("F6",)),
    ("policies", ("Ctrl+6",)),
    ("system", ("Ctrl+7",)),
    ("sync", ("Ctrl+9",)),
)
"""Places reached by keys after it."""
TABS = (("pads", "应急单"), ("statistics", "统计月报"))
"""Tabs of the place 票款."""


def main() -> int:
    """Play in a passing folder and replace the pictures."""
    paths.environment()["QT_QPA_PLATFORM"] = "offscreen"
    target = paths.resources_dir() / "help" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, training_window(Path(folder) / "desk") as window:
        raw = Path(folder)
        clock = window.shell.door.surroundings.clock
        assert isinstance(clock, FixedClock)
        MainJob(window=window, clock=clock, album=Album(out=raw)).play()
        for title, name in STEPS.items():
            _keep(next(raw.glob(f"*-{title}.png")), target / f"{name}.png")
        window.press("Esc")
        for name, keys in PLACES:
            window.press(*keys)
            _take(window, raw / "place.png", target / f"{name}.png")
        window.press("Ctrl+8")
        for name, tab in TABS:
            open_tab(window, tab)
            if name == "pads":
                _set_blanks_aside(window)
            _take(window, raw / "place.png", target / f"{name}.png")
    return 0


@contextmanager
def training_window(folder: Path) -> Iterator[DrivenWindow]:
    """The real window on a fresh training desk, on a clock that stands still."""
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(["reliefdesk"])
    theme.apply(application)
    surroundings = Surroundings(clock=FixedClock(MORNING), ids=CountedIds())
    training.create(folder, surroundings).close()
    shell = Shell(Door(folder=folder, surroundings=surroundings, hints=training_hints()))
    try:
        shell.start()
        yield DrivenWindow(shell)
    finally:
        shell.window.close()
        application.processEvents()


def open_tab(window: DrivenWindow, title: str) -> None:
    """Press F4 in 票款 until the tab of this title is in front."""
    page = window.shell.window.page("vouchers")
    tabs = page.tabs  # type: ignore[attr-defined]  # this page has tabs
    for _ in range(tabs.count()):
        if tabs.tabText(tabs.currentIndex()) == title:
            return
        window.press("F4")
    raise AssertionError(title)


def _set_blanks_aside(window: DrivenWindow) -> None:
    """Blank receipts for a power cut: an empty list would show nothing."""
    pins = {seat: each.pin for each in training.OPERATORS for seat in each.seats}
    window.press("F5")
    window.choose("张数", "5张")
    window.fill("出纳确认码", pins[Seat.CASHIER])
    window.press("F8", "Esc")


def _take(window: DrivenWindow, passing: Path, target: Path) -> None:
    for cross in window.all_named("收起", QAbstractButton):
        cross.click()  # what was saved in a passing folder is said in no manual
    window.picture(passing)
    _keep(passing, target)


def _keep(source: Path, target: Path) -> None:
    with Image.open(source) as whole:
        height = round(whole.height * WIDTH / whole.width)
        small = whole.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    small.quantize(_COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    raise SystemExit(main())
