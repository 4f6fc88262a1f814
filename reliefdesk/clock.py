"""Time and identities come from here and nowhere else: a clock and a source of sortable ids.

Whoever needs either takes it as an argument, so that a test can repeat a whole day.
"""

import secrets
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

from reliefdesk.errors import BugError

# One offset since 1991, and no time zone tables on Windows: every desk is younger than that.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

_RANDOM_BITS = 74  # rand_a and rand_b of RFC 9562, section 5.7
_RAND_B_BITS = 62
_STEP_BITS = 32
_VERSION = 7
_VARIANT = 0b10
_COUNTED_MAX = 2**48


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """Give the present instant, aware UTC."""


class SystemClock:
    """The PC's own clock."""

    def now(self) -> datetime:
        """Give the present instant, aware UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        """Start at an instant, aware UTC."""
        self._at = _utc(at)

    def now(self) -> datetime:
        """Give the instant it stands at, aware UTC."""
        return self._at

    def set(self, at: datetime) -> None:
        """Move to an instant, forwards or back."""
        self._at = _utc(at)

    def advance(self, by: timedelta) -> None:
        """Move on by a length of time."""
        self._at += by


class IdSource(Protocol):
    """Something that makes identities."""

    def new(self) -> str:
        """Give a UUIDv7 text greater than every one before it."""


class SystemIds:
    """UUIDv7 texts (RFC 9562) of a clock and of chance; each is greater than the one before.

    They keep rising within one millisecond and when the clock goes back. Safe between threads.
    """

    def __init__(self, clock: Clock) -> None:
        """Take the milliseconds from `clock`."""
        self._clock = clock
        self._last = 0
        self._lock = threading.Lock()

    def new(self) -> str:
        """Give a UUIDv7 text greater than every one before it."""
        milliseconds = int(self._clock.now().timestamp() * 1000)
        fresh = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        with self._lock:
            # The step stays unguessable, so that two desks do not count alike.
            self._last = max(fresh, self._last + 1 + secrets.randbits(_STEP_BITS))
            return _uuid7(self._last)


class CountedIds:
    """Repeatable ids that count upwards: for tests and the demonstration desk."""

    def __init__(self, start: int = 0) -> None:
        """Begin after `start`, a whole number from 0."""
        self._count = start

    def new(self) -> str:
        """Give a UUIDv7 text greater than every one before it."""
        self._count += 1
        if not 0 < self._count < _COUNTED_MAX:
            raise BugError(rule="counted ids stay within 48 bits")
        return _uuid7(self._count)


def shanghai_day(at: datetime) -> date:
    """Give the calendar day in Asia/Shanghai of an instant."""
    return shanghai_time(at).date()


def shanghai_time(at: datetime) -> datetime:
    """Give the local time in Asia/Shanghai of an instant, for screen and paper."""
    return _utc(at).astimezone(SHANGHAI)


def _utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise BugError(rule="instants are aware")
    return at.astimezone(UTC)


def _uuid7(number: int) -> str:
    """Spread 48 bits of milliseconds and 74 bits of chance over the fields of RFC 9562."""
    time_and_a, rand_b = divmod(number, 1 << _RAND_B_BITS)
    milliseconds, rand_a = divmod(time_and_a, 1 << _RANDOM_BITS - _RAND_B_BITS)
    high = milliseconds << 16 | _VERSION << 12 | rand_a
    # Spelled here: the library for it would make the window start later.
    digits = f"{high << 64 | _VARIANT << _RAND_B_BITS | rand_b:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
