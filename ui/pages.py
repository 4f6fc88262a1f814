"""What the main window knows of a page: its name, its widget, and when to look again."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui.widgets.message_bar import MessageBar


class Page(Protocol):
    """One place on screen. `key` is its short English name, the same as its folder."""

    title: str
    key: str
    messages: MessageBar

    @property
    def widget(self) -> QWidget:
        """What the window shows."""

    def shown(self) -> None:
        """The page came to the front: load what it shows, put the cursor where work begins."""

    def changed(self, kinds: frozenset[str]) -> None:
        """Facts of these nouns changed; reload what is shown of them, keep what is typed."""
