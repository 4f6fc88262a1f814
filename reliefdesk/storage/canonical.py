"""Canonical bytes of events: one spelling for one fact, so that hashes and signatures can hold.

JSON with sorted ASCII keys and no blanks; strings, whole numbers, true, false and null only; money
is 分, days are ISO, instants are UTC with Z. Under these rules the bytes equal RFC 8785.
"""

import functools
import operator
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from reliefdesk.domain.money import Money
from reliefdesk.errors import BugError, TrustError

INTEGER_MAX = 2**53


class NotCanonicalError(TrustError):
    """Recorded text is not the one spelling of what it says. Facts: event."""

    code = "storage.not_canonical"


def _to_plain(value: object) -> object:
    if isinstance(value, Money):
        return value.fen
    raise BugError(rule="no canonical form", type=type(value).__name__)


def _from_plain(kind: type, value: object) -> object:
    if kind is Money and type(value) is int:
        return Money(value)
    raise ValueError(kind.__name__)


_encoder = msgspec.json.Encoder(enc_hook=_to_plain, order="sorted")


def encode(event: object) -> str:
    """Give the canonical JSON text of an event's content.

    Raises BugError for what has no single spelling: floats, instants that are not UTC, keys that
    are not ASCII, whole numbers beyond 2^53, text with lone surrogates.
    """
    _require_plain(event)
    try:
        return _encoder.encode(event).decode()
    except UnicodeEncodeError as broken:
        raise BugError(rule="text is not Unicode") from broken


def decode(text: str, kind: type) -> object:
    """Read canonical text back as `kind`; strict, and the same bytes must come out again.

    Raises NotCanonicalError.
    """
    try:
        event = _decoder(kind).decode(text)
    except msgspec.MsgspecError as broken:
        raise NotCanonicalError(event=kind.__name__) from broken
    # Decoders take doubled keys, unknown fields and blanks silently: compare the bytes.
    if _encoder.encode(event).decode() != text:
        raise NotCanonicalError(event=kind.__name__)
    return event


def decode_content(text: str) -> dict[str, Any]:
    """Read canonical text of any version as bare JSON content; the bytes must come out again."""
    try:
        content = msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.MsgspecError as broken:
        raise NotCanonicalError(event="") from broken
    if _encoder.encode(content).decode() != text:
        raise NotCanonicalError(event="")
    return content


def convert(content: dict[str, Any], kind: type) -> object:
    """Build an event from bare JSON content, strictly. Raises NotCanonicalError."""
    try:
        event: object = msgspec.convert(content, kind, dec_hook=_from_plain)
    except msgspec.MsgspecError as broken:
        raise NotCanonicalError(event=kind.__name__) from broken
    return event


def instant_text(at: datetime) -> str:
    """Write an instant with six decimals and Z, so that text sorts as time does."""
    _require_utc(at)
    return at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_instant(text: str) -> datetime:
    """Read what `instant_text` wrote."""
    return datetime.fromisoformat(text)


@functools.cache
def _decoder(kind: type) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, dec_hook=_from_plain)


def _require_utc(at: datetime) -> None:
    if at.utcoffset() != timedelta(0):
        raise BugError(rule="instants are aware UTC")


_Check = Callable[[Any], None]


def _require_plain(value: object) -> None:
    kind: type = type(value)
    check = _check_of(kind)
    if check is not None:
        check(value)


@functools.cache
def _check_of(kind: type) -> _Check | None:
    """Decide once for each class; days, terms and text have one spelling and need no look."""
    for classes, check in _CHECKS:
        if issubclass(kind, classes):
            return check
    names = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _each_of(names) if names else None


def _each_of(names: tuple[str, ...]) -> _Check:
    values = operator.attrgetter(*names, "__class__")  # always two or more, hence a tuple

    def check(value: object) -> None:
        _require_parts(values(value)[:-1])

    return check


def _require_parts(parts: Iterable[object]) -> None:
    for part in parts:
        if type(part) is not str and part is not None:  # most are: nothing to look into
            _require_plain(part)


def _refuse_float(_value: float) -> None:
    raise BugError(rule="no floats in events")


def _require_content(content: dict[object, object]) -> None:
    if not all(isinstance(key, str) and key.isascii() for key in content):
        raise BugError(rule="keys are ASCII text")
    _require_parts(content.values())


def _require_small(number: int) -> None:
    if abs(number) > INTEGER_MAX:
        raise BugError(rule="whole numbers up to 2^53")


# In this order: a bool is an int too.
_CHECKS: tuple[tuple[type | tuple[type, ...], _Check | None], ...] = (
    (float, _refuse_float),
    (bool, None),
    (int, _require_small),
    (Money, lambda money: _require_small(money.fen)),
    (datetime, _require_utc),
    (dict, _require_content),
    ((list, tuple), _require_parts),
)
