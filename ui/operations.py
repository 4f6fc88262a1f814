"""Runs service calls on the one worker thread that owns the desk; answers come in the GUI thread.

Calls run one after another in the order they were given. What a call recorded is told to
`recorded`, so that the pages that show it reload.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from reliefdesk.domain.ids import OperatorId
from reliefdesk.errors import BugError, ReliefDeskError
from ui.cycles import Cycles
from ui.failures import Broken, Done, Outcome, Refused, attempt

if TYPE_CHECKING:
    # Cipher and database load on the worker, while the sign-in page can be used already.
    from reliefdesk.desk import Desk
    from reliefdesk.services.recording import Context

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    call: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[ReliefDeskError], None] | None


class Operations(QObject):
    """The only way from a page to the desk."""

    busy_changed = Signal(bool)
    recorded = Signal(object)
    refused = Signal(object)
    broken = Signal(object)
    _finished = Signal(object, object)
    _stepped = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._desk: Desk | None = None
        self._operator_id: OperatorId | None = None
        self._pending = 0
        self._delivered: _Job | None = None
        self._cycles = Cycles(self)
        self._cycles.start()
        queued = Qt.ConnectionType.QueuedConnection
        self._finished.connect(self._deliver, queued)
        self._stepped.connect(self._deliver_step, queued)
        self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether any call is under way or waiting."""
        return self._pending > 0

    def sign_in(self, operator_id: OperatorId | None) -> None:
        """Say in whose name calls run from now on; None when nobody is signed in."""
        self._operator_id = operator_id

    def open(
        self,
        opener: Callable[[], "Desk"],
        *,
        done: Callable[["Desk"], None],
        failed: Callable[[ReliefDeskError], None] | None = None,
    ) -> None:
        """Open or create a desk on the worker thread, which owns it until `close`."""

        def opening() -> "Desk":
            self._close_now()
            desk = opener()
            self._desk = desk
            return desk

        self._put(_Job(call=opening, done=done, failed=failed))

    def run(
        self,
        call: Callable[["Context"], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[ReliefDeskError], None] | None = None,
    ) -> None:
        """Call a service in the name of who is signed in; `done` or `failed` follow later.

        Without `failed` a refusal is told to `refused`, which the current page shows.
        """
        operator_id = self._operator_id
        self._put(_Job(call=lambda: call(self._context(operator_id)), done=done, failed=failed))

    def ask_desk(
        self,
        call: Callable[["Desk"], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[ReliefDeskError], None] | None = None,
    ) -> None:
        """Call the desk itself: signing others in, accounts, the recovery code."""
        self._put(_Job(call=lambda: call(self._open_desk()), done=done, failed=failed))

    def work(
        self,
        call: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[ReliefDeskError], None] | None = None,
    ) -> None:
        """Run something slow that needs the worker thread but no operator."""
        self._put(_Job(call=call, done=done, failed=failed))

    def progress(self, show: Callable[[int, int], None]) -> Callable[[int, int], None]:
        """A function for a long call to say how far it is; `show` runs in the GUI thread."""

        def step(done: int, of: int) -> None:
            self._stepped.emit(show, done, of)

        return step

    def close(self, done: Callable[[], None] | None = None) -> None:
        """Close the desk after everything that was asked before."""
        self._operator_id = None
        self.work(self._close_now, done=lambda _: done() if done else None)

    def stop(self, seconds: float = 30.0) -> None:
        """Finish what was asked, close the desk and end the thread: at the end of the program."""
        self._jobs.put(None)
        self._thread.join(seconds)
        self._cycles.stop()

    def _context(self, operator_id: OperatorId | None) -> "Context":
        if operator_id is None:
            raise BugError(rule="somebody is signed in")
        return self._open_desk().context(operator_id)

    def _open_desk(self) -> "Desk":
        if self._desk is None:
            raise BugError(rule="a desk is open")
        return self._desk

    def _close_now(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()

    def _put(self, job: _Job) -> None:
        self._pending += 1
        if self._pending == 1:
            self.busy_changed.emit(True)  # noqa: FBT003 - the signal's value
        self._jobs.put(job)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            outcome = attempt(job.call)
            if shiboken6.isValid(self):
                self._finished.emit(job, outcome)
            # The last hold on a callback, and so on its widget, must go in the GUI thread.
            del job
        attempt(self._close_now)

    def _deliver(self, job: _Job, outcome: Outcome[Any]) -> None:
        self._delivered = job
        self._pending -= 1
        if self._pending == 0:
            self.busy_changed.emit(False)  # noqa: FBT003 - the signal's value
        match outcome:
            case Done(value=value):
                if _alive(job.done):
                    job.done(value)
                if (kinds := _changes_of(value)) is not None:
                    self.recorded.emit(kinds)
            case Refused(error=error):
                if job.failed is None:
                    self.refused.emit(error)
                elif _alive(job.failed):
                    job.failed(error)
            case Broken(error=error):
                # The page that waits must come to rest too, with a plain sentence.
                if job.failed is not None and _alive(job.failed):
                    job.failed(BugError(rule=type(error).__name__))
                self.broken.emit(error)

    def _deliver_step(self, show: Callable[[int, int], None], done: int, of: int) -> None:
        if _alive(show):
            show(done, of)


def _alive(callback: Callable[..., None]) -> bool:
    """Whether the widget behind a callback still exists; pages may close while a call runs."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def _changes_of(value: object) -> frozenset[str] | None:
    from reliefdesk.services.recording import Recorded  # noqa: PLC0415 - loaded by the worker

    return value.changes if isinstance(value, Recorded) else None
