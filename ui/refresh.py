"""Tells pages that facts changed: the visible page reloads at once, hidden ones when shown."""

from collections.abc import Iterable

from ui.pages import Page


class Refresh:
    """Remembers for each page which nouns changed since it was last in front."""

    def __init__(self) -> None:
        self._missed: dict[str, frozenset[str]] = {}
        self._pages: dict[str, Page] = {}
        self._front: Page | None = None

    def add(self, pages: Iterable[Page]) -> None:
        """Take pages into care."""
        for page in pages:
            self._pages[page.key] = page

    def changed(self, kinds: frozenset[str]) -> None:
        """Some nouns changed: tell the page in front, remember it for the others."""
        for page in self._pages.values():
            if page is self._front:
                page.changed(kinds)
            else:
                self._missed[page.key] = self._missed.get(page.key, frozenset()) | kinds

    def bring_to_front(self, page: Page) -> None:
        """The page is in front now; it hears what it missed."""
        self._front = page
        missed = self._missed.pop(page.key, frozenset())
        page.shown()
        if missed:
            page.changed(missed)
