"""Canonical lines: one event with all that the journal says about it, as hashed and as carried.

An own entry and one received from a partner are written and read by the same rules.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from reliefdesk.domain.events import EVENT_TYPES, Header
from reliefdesk.domain.ids import EventId, OperatorId
from reliefdesk.errors import BugError, SurroundingsError
from reliefdesk.storage import canonical
from reliefdesk.storage.canonical import NotCanonicalError

Content = dict[str, Any]
# (event name, version) -> how its content becomes that of the next version. Rows stay as they are.
Upcasts = dict[tuple[str, int], Callable[[Content], Content]]
UPCASTS: Upcasts = {}

_KINDS: dict[str, type] = {kind.__name__: kind for kind in EVENT_TYPES}


class UnknownEventError(SurroundingsError):
    """The journal holds an event of a newer program. Facts: event, version."""

    code = "storage.unknown_event"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """The canonical line; its fields stand in sorted order and are written in it."""

    at: str
    by: str
    confirmed_by: tuple[str, ...]
    event: str
    id: str
    on: str
    payload: msgspec.Raw
    seq: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """What a line says: its number in the stream of whoever recorded it, who and when, what."""

    seq: int
    header: Header
    event: object


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Line).decode


def written(line: Line) -> bytes:
    """Give the bytes of a line."""
    return _encode(line)


def line_of(seq: int, header: Header, event: object) -> bytes:
    """Write the canonical line of an event under a number of some stream."""
    line = Line(
        at=canonical.instant_text(header.at),
        by=header.operator_id,
        confirmed_by=header.confirmed_by,
        event=type(event).__name__,
        id=header.event_id,
        on=header.on.isoformat(),
        payload=msgspec.Raw(canonical.encode(event).encode()),
        seq=seq,
        version=version_of(type(event)),
    )
    return written(line)


def read(content: bytes) -> Line:
    """Read the outer form of a line. Raises NotCanonicalError where the bytes are another form."""
    try:
        line = _decode(content)
    except (msgspec.MsgspecError, UnicodeError) as broken:
        raise NotCanonicalError(event="") from broken
    if _encode(line) != content:
        raise NotCanonicalError(event=line.event)
    return line


def read_line(content: bytes, upcasts: Upcasts = UPCASTS) -> ReadLine:
    """Read a line whole, its event in the newest version.

    Raises NotCanonicalError, or UnknownEventError for what only a newer program knows.
    """
    line = read(content)
    event = event_of(line.event, line.version, bytes(line.payload).decode(), upcasts)
    return ReadLine(seq=line.seq, header=_header(line), event=event)


def amount_of(line: Line) -> int:
    """Give the `amount` of a line's event in 分, 0 where it has none."""
    amount = msgspec.json.decode(line.payload).get("amount")
    return amount if type(amount) is int else 0


def hash_of(previous_hash: str, line: bytes) -> str:
    """Chain a canonical line to the hash before it."""
    return hashlib.sha256(previous_hash.encode() + b"\n" + line).hexdigest()


def version_of(kind: type) -> int:
    """Give the version of an event's class."""
    version: int = vars(kind)["version"]
    return version


def event_of(name: str, version: int, payload: str, upcasts: Upcasts = UPCASTS) -> object:
    """Build an event from its recorded name, version and content."""
    kind = _KINDS.get(name)
    if kind is None or version > version_of(kind):
        raise UnknownEventError(event=name, version=version)
    if version == version_of(kind):
        return canonical.decode(payload, kind)
    content = canonical.decode_content(payload)
    for step in range(version, version_of(kind)):
        content = upcasts[name, step](content)
    return canonical.convert(content, kind)


def _header(line: Line) -> Header:
    try:
        at, on = canonical.read_instant(line.at), date.fromisoformat(line.on)
        same = canonical.instant_text(at) == line.at and on.isoformat() == line.on
    except (ValueError, BugError) as broken:
        raise NotCanonicalError(event=line.event) from broken
    if not same:
        raise NotCanonicalError(event=line.event)
    return Header(
        event_id=EventId(line.id),
        at=at,
        on=on,
        operator_id=OperatorId(line.by),
        confirmed_by=tuple(OperatorId(item) for item in line.confirmed_by),
    )
