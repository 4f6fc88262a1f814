"""Who is signed in at this PC, and the lock that falls when nobody has touched it for a while."""

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from reliefdesk.clock import Clock
from reliefdesk.domain.operators import Operator

IDLE_MINUTES = 5
_LOOK_EVERY_MS = 5_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Session(QObject):
    """Signed out, signed in, or locked. What is typed on the pages outlives the lock."""

    signed_in = Signal()
    signed_out = Signal()
    locked = Signal()
    unlocked = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._operator: Operator | None = None
        self._locked = False
        self._limit: timedelta | None = timedelta(minutes=IDLE_MINUTES)
        self._touched_at = clock.now()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.check)
        self._timer.start(_LOOK_EVERY_MS)

    @property
    def operator(self) -> Operator | None:
        """Who is signed in, also while locked."""
        return self._operator

    @property
    def is_locked(self) -> bool:
        """Whether the passphrase is needed before anything else."""
        return self._locked

    def watch(self, window: QWindow) -> None:
        """Count keys and pointer of a window as signs of life, and a moving text cursor.

        Keys that an input method takes never reach the window; the cursor they move tells.
        """
        window.installEventFilter(self)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.touch)

    def set_idle_minutes(self, minutes: int) -> None:
        """Lock after so many minutes; 0 switches the lock off."""
        self._limit = timedelta(minutes=minutes) if minutes > 0 else None

    def sign_in(self, operator: Operator) -> None:
        """The operator's passphrase was right just now."""
        again = self._locked and self._operator is not None
        same = again and self._operator == operator
        self._operator = operator
        self._locked = False
        self._touched_at = self._clock.now()
        (self.unlocked if same else self.signed_in).emit()

    def sign_out(self) -> None:
        """Nobody is signed in any more."""
        self._operator = None
        self._locked = False
        self.signed_out.emit()

    def lock(self) -> None:
        """Ask for the passphrase before anything else; who is signed in stays."""
        if self._operator is not None and not self._locked:
            self._locked = True
            self.locked.emit()

    def touch(self) -> None:
        """Somebody is there; a touch that comes too late locks instead."""
        self.check()
        if not self._locked:
            self._touched_at = self._clock.now()

    def check(self) -> None:
        """Lock if the last touch is too long ago, by the clock (a sleeping PC counts too)."""
        if self._limit is None or self._operator is None or self._locked:
            return
        if self._idle_since(self._clock.now()) >= self._limit:
            self.lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice signs of life; never stop an event, except one that found the PC unattended."""
        if event.type() not in _TOUCHES or self._operator is None or self._locked:
            return super().eventFilter(watched, event)
        self.touch()
        return self._locked

    def _idle_since(self, now: datetime) -> timedelta:
        return now - self._touched_at
