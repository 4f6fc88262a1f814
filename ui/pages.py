"""What the main window knows of a page, and what a page gets to work with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from PySide6.QtWidgets import QWidget

from reliefdesk.clock import Clock, IdSource, shanghai_day
from ui.operations import Operations
from ui.session import Session
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """What every page is built with: `SomePage(workplace)`.

    `show_page(key)` brings another page to the front; `ids` makes the identities that a window
    gives (payments, float entries).
    """

    operations: Operations
    session: Session
    clock: Clock
    ids: IdSource
    show_page: Callable[[str], None]

    def today(self) -> date:
        """The present calendar day in Asia/Shanghai, for date boxes."""
        return shanghai_day(self.clock.now())

    def now(self) -> datetime:
        """The present instant, aware UTC, for boxes of date and time."""
        return self.clock.now()
