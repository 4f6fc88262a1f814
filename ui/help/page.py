"""Two pages reached by a key: the manual at the page in front (F1), and every key (F12)."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from reliefdesk import paths, wording
from ui import keymap, theme
from ui.widgets.message_bar import MessageBar
from ui.widgets.tables import Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

KeyRow = tuple[str, str, str]

CHAPTERS = {
    "sign_in": "01-开始使用",
    "setup": "01-开始使用",
    "today": "01-开始使用",
    "counter": "02-柜台",
    "cases": "02-柜台",
    "cash": "04-现金与日结",
    "ledger": "05-表单与台账",
    "vouchers": "05-表单与台账",
    "policies": "06-政策与参数",
    "system": "07-系统",
    "sync": "08-报送",
    "district": "08-报送",
}
"""The chapter of the manual that explains a page."""


class KeyMapPage(QWidget):
    """Every command with its key, from the one table."""

    title = "按键表"
    key = "keymap"

    def __init__(self) -> None:
        super().__init__()
        self.messages = MessageBar()
        columns = (
            Column[KeyRow](title="在哪里", text=lambda row: row[0], characters=8),
            Column[KeyRow](title="按键", text=lambda row: row[2], characters=12),
            Column[KeyRow](title="做什么", text=lambda row: row[1]),
        )
        self._table: RowTable[KeyRow] = RowTable(columns)
        self._table.set_rows(keymap.key_rows())
        self.view = TableView(self.title, self._table)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        column.addWidget(theme.title(self.title))
        column.addWidget(self.messages)
        column.addWidget(self.view)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def shown(self) -> None:
        """Put the cursor on the first line."""
        self.view.choose_row(0)
        self.view.setFocus()

    def changed(self, kinds: frozenset[str]) -> None:
        """Keys do not change."""


class HelpPage(QWidget):
    """The manual, opened at the chapter of a page, with that page's keys below it."""

    title = "帮助"
    key = "help"

    def __init__(self) -> None:
        super().__init__()
        self.messages = MessageBar()
        self._title = theme.title(self.title)
        self._text = WrappedLabel()
        theme.quiet(self._text)
        self.browser = QTextBrowser()
        self.browser.setAccessibleName("帮助内容")
        self.browser.setOpenLinks(False)
        self.browser.setSearchPaths([str(paths.resources_dir() / "help")])
        self.browser.anchorClicked.connect(self._follow)
        self.chapter = ""
        self._keys = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self._title)
        column.addWidget(self.messages)
        column.addWidget(self._text)
        column.addWidget(self.browser, 1)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def explain(self, key: str, title: str) -> None:
        """Open the manual where it explains the page of this key."""
        self._title.setText(f"帮助：{title}")
        self._text.setText(wording.text(f"ui.help_{key}"))
        rows = [
            f"* `{keys}` {name}"
            for place, name, keys in keymap.key_rows()
            if place == title or place.startswith(f"{title}·")
        ]
        self._keys = "\n".join((f"## {title}的按键", "", *rows)) if rows else ""
        self._show(CHAPTERS[key])

    def shown(self) -> None:
        """The cursor into the text, so that arrows scroll and Tab goes from link to link."""
        self.browser.setFocus()

    def changed(self, kinds: frozenset[str]) -> None:
        """Explanations do not change."""

    def _show(self, chapter: str) -> None:
        self.chapter = chapter
        file = paths.resources_dir() / "help" / f"{chapter}.md"
        others = "　".join(f"[{each[3:]}]({each}.md)" for each in chapters())
        parts = (others, file.read_text("utf-8"), self._keys, wording.text("ui.help_keys"))
        self.browser.setMarkdown("\n\n".join(parts))
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)

    def _follow(self, link: QUrl) -> None:
        chapter = link.path().removesuffix(".md")
        if chapter in chapters():
            self._title.setText(f"帮助：{chapter[3:]}")
            self._text.setText("")
            self._keys = ""
            self._show(chapter)


def chapters() -> tuple[str, ...]:
    """The names of all chapters of the manual, in their order."""
    return tuple(sorted(file.stem for file in (paths.resources_dir() / "help").glob("*.md")))
