"""The one window: a rail of pages, the menu, the status bar. Navigation only, no business."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import keymap, theme
from ui.navigation import Rail
from ui.pages import Page
from ui.refresh import Refresh
from ui.widgets.calculator import CalculatorBar

OVERLAYS = frozenset({"help", "keymap"})
ALWAYS = OVERLAYS | {"sign_in"}
TITLE = "救急难 · 临时救助"


class MainWindow(QMainWindow):
    """Shows pages; `front_changed` says which one came to the front."""

    front_changed = Signal(str)
    closing = Signal()

    def __init__(self, refresh: Refresh) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self._refresh = refresh
        self._pages: dict[str, Page] = {}
        self._actions: dict[str, QAction] = {}
        self._front: Page | None = None
        self._behind = ""
        self._open: frozenset[str] = frozenset()
        self._group = QActionGroup(self)
        self._stack = QStackedWidget()
        self._rail = Rail()
        self.calculator = CalculatorBar()
        self.office, self.operator = QLabel(), QLabel()
        self._lay_out()
        self._navigation = self.menuBar().addMenu("页面(&P)")
        self.window_menu = self.menuBar().addMenu("操作(&W)")
        self.resize(1180, 700)

    def add_page(self, page: Page) -> None:
        """Put a page on the rail and into the menu, after those that are there."""
        self.add_hidden_page(page)
        action = keymap.action(f"window.{page.key}", self, lambda: self.show_page(page.key))
        action.setCheckable(True)
        self._group.addAction(action)
        self._actions[page.key] = action
        self._rail.add(action, f"{page.title}  {keymap.shown_key(action)}")
        self._navigation.addAction(action)

    def add_hidden_page(self, page: Page) -> None:
        """Take a page that is reached by a command only."""
        self._pages[page.key] = page
        self._refresh.add([page])
        self._stack.addWidget(page.widget)

    @property
    def front(self) -> Page | None:
        """The page in front."""
        return self._front

    def has_page(self, key: str) -> bool:
        """Whether there is a page of this key."""
        return key in self._pages

    def page(self, key: str) -> Page:
        """The page of this key."""
        return self._pages[key]

    def show_page(self, key: str) -> None:
        """Bring a page to the front, unless it is shut while nobody is signed in."""
        page = self._pages[key]
        if key not in self._open and key not in ALWAYS:
            return
        if key in OVERLAYS and self._front is not None and self._front.key not in OVERLAYS:
            self._behind = self._front.key
        self._front = page
        self._stack.setCurrentWidget(page.widget)
        if key in self._actions:
            self._actions[key].setChecked(True)
        self._refresh.bring_to_front(page)
        self.front_changed.emit(key)

    def back(self) -> None:
        """One level back: from help or key map to the page they lie over."""
        if self.front_below() and self._front is not None and self._front.key in OVERLAYS:
            self.show_page(self._behind)

    def front_below(self) -> str:
        """The key of the page in front, or of the one that help or key map lie over."""
        if self._front is None or self._front.key not in OVERLAYS:
            return "" if self._front is None else self._front.key
        return self._behind

    def clear_messages(self) -> None:
        """What one operator was told is nobody else's."""
        for page in self._pages.values():
            page.messages.clear()

    def open_pages(self, keys: Sequence[str]) -> None:
        """Let these pages be shown, and no others; none while nobody is signed in."""
        self._open = frozenset(keys)
        for key, action in self._actions.items():
            action.setVisible(key in keys)
            action.setEnabled(key in keys)
        shown = any(key in keys for key in self._actions)
        self._rail.setVisible(shown)
        self.menuBar().setVisible(shown)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell the shell, which closes the desk."""
        self.closing.emit()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(self.calculator)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.statusBar().setSizeGripEnabled(False)
        for label in (self.office, self.operator):
            label.setContentsMargins(theme.GAP, 0, theme.GAP, 0)
            self.statusBar().addWidget(label, 0 if label is self.office else 1)
