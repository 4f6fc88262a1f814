"""Ask the desk only the newest of many questions: a search per key stroke, a save per field.

While one question is under way only the last of those that follow is kept; an overtaken answer is
dropped, so that what the screen shows always belongs to what was typed last.
"""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from reliefdesk.errors import ReliefDeskError
from reliefdesk.services.recording import Context

T = TypeVar("T")
AnyT = TypeVar("AnyT")


class Runs(Protocol):
    """The worker as far as a question needs it: ui.operations.Operations, without knowing it."""

    def run(
        self,
        call: Callable[[Context], AnyT],
        *,
        done: Callable[[AnyT], None],
        failed: Callable[[ReliefDeskError], None] | None = None,
    ) -> None:
        """Call a service; `done` or `failed` follow later in the window's thread."""


class Latest(QObject, Generic[T]):
    """A queue of one; it lives as long as its parent."""

    def __init__(
        self,
        operations: Runs,
        *,
        parent: QObject,
        done: Callable[[T], None],
        failed: Callable[[ReliefDeskError], None] | None = None,
    ) -> None:
        """`done` and `failed` are called in the window's thread, for the newest question only."""
        super().__init__(parent)
        self._operations = operations
        self._done = done
        self._failed = failed
        self._waiting: Callable[[Context], T] | None = None
        self.busy = False

    def ask(self, call: Callable[[Context], T]) -> None:
        """Run `call` on the desk, now or after the one under way."""
        if self.busy:
            self._waiting = call
            return
        self.busy = True
        self._operations.run(call, done=self._answered, failed=self._refused)

    def forget(self) -> None:
        """Drop the question that waits; the one under way still answers."""
        self._waiting = None

    def _answered(self, result: T) -> None:
        if not self._overtaken():
            self._done(result)

    def _refused(self, error: ReliefDeskError) -> None:
        if not self._overtaken() and self._failed is not None:
            self._failed(error)

    def _overtaken(self) -> bool:
        self.busy = False
        if self._waiting is None:
            return False
        following, self._waiting = self._waiting, None
        self.ask(following)
        return True
