"""Two pages reached by a key: what the page in front is for (F1), and every key (F12)."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from ui import keymap, theme
from ui.widgets.message_bar import MessageBar
from ui.widgets.tables import Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

KeyRow = tuple[str, str, str]


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
    """What a page is for, in a few sentences, and its keys."""

    title = "帮助"
    key = "help"

    def __init__(self) -> None:
        super().__init__()
        self.messages = MessageBar()
        self._title = theme.title(self.title)
        self._text = WrappedLabel()
        self._keys = WrappedLabel()
        theme.quiet(self._keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self._title)
        column.addWidget(self.messages)
        column.addWidget(self._text)
        column.addWidget(self._keys)
        column.addStretch(1)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def explain(self, key: str, title: str) -> None:
        """Explain the page of this key."""
        self._title.setText(f"帮助：{title}")
        self._text.setText(wording.text(f"ui.help_{key}"))
        lines = [f"{keys}    {name}" for place, name, keys in keymap.key_rows() if place == title]
        lines.append(wording.text("ui.help_keys"))
        self._keys.setText("\n".join(lines))

    def shown(self) -> None:
        """Nothing to load."""
        self.setFocus()

    def changed(self, kinds: frozenset[str]) -> None:
        """Explanations do not change."""
