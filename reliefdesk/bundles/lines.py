"""Event lines in a bundle: canonical, numbered without a gap, each chained to the hash before it.

The hash of a line is SHA-256 over the previous hash (hex), a line feed and the line.
"""

import hashlib
from typing import Any, NoReturn

import msgspec

from reliefdesk.bundles.limits import LINE_MAX
from reliefdesk.bundles.manifest import EventSum, Place
from reliefdesk.bundles.refusals import ChainBrokenError
from reliefdesk.keys.statements import INTEGER_MAX


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """One event line; the fields stand in sorted order."""

    at: str
    by: str
    confirmed_by: tuple[str, ...]
    event: str
    id: str
    on: str
    payload: dict[str, Any]
    seq: int
    version: int


def _no_floats(_text: str) -> NoReturn:
    # Without the text: it may be about a person.
    raise ValueError


_decode = msgspec.json.Decoder(_Line, float_hook=_no_floats).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def hash_of(before: str, line: bytes) -> str:
    """Chain a line to the hash before it (both hex)."""
    return hashlib.sha256(before.encode() + b"\n" + line).hexdigest()


class Walk:
    """Walks over lines in order and says where they stand, what they count and sum up to."""

    def __init__(self, first: int, before: str) -> None:
        """Begin before line number `first`, after the hash `before`."""
        self.first = first
        self.last = first - 1
        self.head = before
        self._found: dict[str, list[int]] = {}

    def add(self, line: bytes) -> None:
        """Take the next line. Raises ChainBrokenError where it is not canonical or out of place."""
        seq = self.last + 1
        event, amount = _read(line, seq)
        self.last = seq
        self.head = hash_of(self.head, line)
        count_and_fen = self._found.setdefault(event, [0, 0])
        count_and_fen[0] += 1
        count_and_fen[1] += amount

    @property
    def place(self) -> Place:
        """The last number and hash so far."""
        return Place(seq=self.last, hash=self.head)

    @property
    def sums(self) -> tuple[EventSum, ...]:
        """Count and 分 of each event type, in the order of their names."""
        return tuple(
            EventSum(event=event, count=count, fen=fen)
            for event, (count, fen) in sorted(self._found.items())
        )


def _read(line: bytes, seq: int) -> tuple[str, int]:
    """Give event type and amount (分, or 0) of a line that must have this number."""
    try:
        read = _decode(line)
        same = len(line) <= LINE_MAX and _encode(read) == line and read.version <= INTEGER_MAX
        _require_plain(read.payload)
    except (msgspec.MsgspecError, ValueError, RecursionError) as broken:
        raise ChainBrokenError(seq=seq) from broken
    if not same or read.seq != seq:
        raise ChainBrokenError(seq=seq)
    amount = read.payload.get("amount")
    return read.event, amount if type(amount) is int else 0


def _require_plain(value: dict[str, Any] | list[Any]) -> None:
    """Look into what decoding lets through: keys that are not ASCII, numbers beyond 2^53."""
    if isinstance(value, dict) and not "".join(value).isascii():
        raise ValueError
    for part in value.values() if isinstance(value, dict) else value:
        kind = type(part)
        if kind is str or part is None:  # most are
            continue
        if kind is dict or kind is list:
            _require_plain(part)
        elif not -INTEGER_MAX <= part <= INTEGER_MAX:
            raise ValueError
