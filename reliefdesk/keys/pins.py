"""Confirming PINs: six digits that prove presence at this desk; wrong ones slow down and lock.

A PIN is no secret against a thief with time: its hash lies inside the encrypted desk only.
"""

import re
from datetime import timedelta

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from reliefdesk.errors import TrustError, UserError
from reliefdesk.keys.work import PIN_WORK, Work

_SHAPE = re.compile(r"[0-9]{6}")
_BIRTH_LIKE = re.compile(
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])"  # year and month
    r"|[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"  # year, month, day
)
_UP, _DOWN = "01234567890", "09876543210"
_HALF = 3
_DELAYS = {3: timedelta(seconds=30), 4: timedelta(minutes=1), 5: timedelta(minutes=5)}
FAILURES_MAX = 10
"""So many wrong PINs in a row lock it until an administrator sets a new one."""


class PinShapeError(UserError):
    """A PIN has six digits."""

    code = "keys.pin_shape"


class PinWeakError(UserError):
    """A PIN that anyone would try first: repeats, rows of digits, dates."""

    code = "keys.pin_weak"


class PinRefusedError(TrustError):
    """The PIN is not the one that was set. Facts: name, left (tries before it locks)."""

    code = "keys.pin_refused"


class PinWaitError(TrustError):
    """Too many wrong PINs: wait. Facts: until (local time)."""

    code = "keys.pin_wait"


class PinLockedError(TrustError):
    """The PIN is locked until an administrator sets a new one."""

    code = "keys.pin_locked"


class PinMissingError(TrustError):
    """No PIN was ever set for this operator."""

    code = "keys.pin_missing"


def require_pin(pin: str) -> None:
    """Refuse what is no PIN (PinShapeError) or is tried first (PinWeakError).

    Refused are repeats (000000, 121212, 123123), rows (123456, 654321) and what reads as a date.
    """
    if not _SHAPE.fullmatch(pin):
        raise PinShapeError
    repeats = pin[:_HALF] == pin[_HALF:] or pin[:2] * 3 == pin or len(set(pin)) <= 2  # noqa: PLR2004
    if repeats or pin in _UP or pin in _DOWN or _BIRTH_LIKE.fullmatch(pin):
        raise PinWeakError


def pin_hash(pin: str, *, salt: bytes, work: Work = PIN_WORK) -> str:
    """Give the PHC text (Argon2id) to keep inside the desk."""
    require_pin(pin)
    return _derivation(salt, work).derive_phc_encoded(pin.encode())


def matches(pin: str, kept: str) -> bool:
    """Whether a PIN is the one whose hash was kept."""
    try:
        Argon2id.verify_phc_encoded(pin.encode(), kept)
    except InvalidKey:
        return False
    return True


def delay_after(failures: int) -> timedelta:
    """Give how long to wait after so many wrong PINs in a row."""
    if failures < min(_DELAYS):
        return timedelta(0)
    return _DELAYS[min(failures, max(_DELAYS))]


def _derivation(salt: bytes, work: Work) -> Argon2id:
    return Argon2id(
        salt=salt,
        length=32,
        iterations=work.passes,
        lanes=work.lanes,
        memory_cost=work.kibibytes,
    )
