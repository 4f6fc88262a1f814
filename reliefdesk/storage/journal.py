r"""The journal: an append-only, hash-chained list of events, from which every table follows.

The hash of an entry is SHA-256 over the previous hash (hex), a line feed and the entry's canonical
line; the first entry follows 64 zeros. `printf '%s\n%s' PREVIOUS LINE | sha256sum` repeats it.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from reliefdesk.domain.events import EVENT_TYPES, Entry, Header
from reliefdesk.domain.ids import EventId, OperatorId
from reliefdesk.errors import SurroundingsError
from reliefdesk.storage import canonical, tables
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

GENESIS_HASH = "0" * 64

TABLES = f"""
CREATE TABLE journal(
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  event_id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  concerns_on TEXT NOT NULL,
  operator_id TEXT NOT NULL,
  confirmed_by TEXT NOT NULL,
  payload TEXT NOT NULL,
  previous_hash TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE
) STRICT;
{append_only("journal")}
"""

Content = dict[str, Any]
# (event name, version) -> how its content becomes that of the next version. Rows stay as they are.
Upcasts = dict[tuple[str, int], Callable[[Content], Content]]
UPCASTS: Upcasts = {}

_KINDS: dict[str, type] = {kind.__name__: kind for kind in EVENT_TYPES}
_COLUMNS = (
    "seq, event_id, type, version, recorded_at, concerns_on, operator_id, confirmed_by, payload, "
    "previous_hash, hash"
)
_INSERT = f"INSERT INTO journal({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)"


class UnknownEventError(SurroundingsError):
    """The journal holds an event of a newer program. Facts: event, version."""

    code = "storage.unknown_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of a journal: its last number and hash; 0 and 64 zeros when empty."""

    seq: int
    hash: str


class _Line(msgspec.Struct, frozen=True, kw_only=True):
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


_encode_json = msgspec.json.Encoder().encode
_decode_officers = msgspec.json.Decoder(tuple[str, ...]).decode


def append(file: DeskFile, event: object, header: Header) -> Entry:
    """Record an event and apply it to the tables, inside the caller's transaction.

    Raises BugError outside a transaction, and the driver's IntegrityError where `event_id` or a
    row already exists: then the transaction must end.
    """
    last = head(file)
    seq = last.seq + 1
    kind = type(event)
    payload = canonical.encode(event)
    row = (
        seq,
        header.event_id,
        kind.__name__,
        _version_of(kind),
        canonical.instant_text(header.at),
        header.on.isoformat(),
        header.operator_id,
        _encode_json(header.confirmed_by).decode(),
        payload,
        last.hash,
    )
    digest = hash_of(last.hash, _line_of(row))
    file.execute(_INSERT, (*row, digest))
    entry = Entry(seq=seq, header=header, event=event, previous_hash=last.hash, hash=digest)
    tables.apply(file, entry)
    return entry


def head(file: DeskFile) -> Head:
    """Give the last number and hash."""
    last = file.row("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
    if last is None:
        return Head(seq=0, hash=GENESIS_HASH)
    return Head(seq=last["seq"], hash=last["hash"])


def last_recorded_at(file: DeskFile) -> datetime | None:
    """Give the instant of the last entry, so that a clock that went back is noticed."""
    text = file.value("SELECT recorded_at FROM journal ORDER BY seq DESC LIMIT 1")
    return None if text is None else canonical.read_instant(text)


def entries(file: DeskFile, after: int = 0) -> Iterator[Entry]:
    """Read the entries after a number, in order, each upcast to the newest version."""
    for row in rows(file, after):
        yield entry_of(row)


def rows(file: DeskFile, after: int = 0) -> Iterator[Row]:
    """Read the raw rows after a number, in order."""
    return file.each(
        f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq",
        (after,),
    )


def entry_of(row: Row, upcasts: Upcasts = UPCASTS) -> Entry:
    """Decode a row; raises NotCanonicalError or UnknownEventError."""
    header = Header(
        event_id=EventId(row["event_id"]),
        at=canonical.read_instant(row["recorded_at"]),
        on=date.fromisoformat(row["concerns_on"]),
        operator_id=OperatorId(row["operator_id"]),
        confirmed_by=tuple(OperatorId(item) for item in _decode_officers(row["confirmed_by"])),
    )
    return Entry(
        seq=row["seq"],
        header=header,
        event=_event_of(row["type"], row["version"], row["payload"], upcasts),
        previous_hash=row["previous_hash"],
        hash=row["hash"],
    )


def line_of(row: Row) -> bytes:
    """Give the canonical line of a row, as hashed here and carried by a bundle."""
    return _line_of(tuple(row))


def hash_of(previous_hash: str, line: bytes) -> str:
    """Chain a canonical line to the hash before it."""
    return hashlib.sha256(previous_hash.encode() + b"\n" + line).hexdigest()


def _line_of(row: tuple[Any, ...]) -> bytes:
    seq, event_id, name, version, at, on, by, confirmed_by, payload = row[:9]
    line = _Line(
        at=at,
        by=by,
        confirmed_by=_decode_officers(confirmed_by),
        event=name,
        id=event_id,
        on=on,
        payload=msgspec.Raw(payload.encode()),
        seq=seq,
        version=version,
    )
    return _encode_json(line)


def _version_of(kind: type) -> int:
    version: int = vars(kind)["version"]
    return version


def _event_of(name: str, version: int, payload: str, upcasts: Upcasts) -> object:
    kind = _KINDS.get(name)
    if kind is None or version > _version_of(kind):
        raise UnknownEventError(event=name, version=version)
    if version == _version_of(kind):
        return canonical.decode(payload, kind)
    content = canonical.decode_content(payload)
    for step in range(version, _version_of(kind)):
        content = upcasts[name, step](content)
    return canonical.convert(content, kind)
