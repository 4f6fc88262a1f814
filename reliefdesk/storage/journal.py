r"""The journal: an append-only, hash-chained list of events, from which every table follows.

The hash of an entry is SHA-256 over the previous hash (hex), a line feed and the entry's canonical
line; the first entry follows 64 zeros. `printf '%s\n%s' PREVIOUS LINE | sha256sum` repeats it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from reliefdesk.domain.events import Entry, Header
from reliefdesk.domain.ids import EventId, OperatorId
from reliefdesk.storage import canonical, lines, tables
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.lines import UPCASTS, Line, Upcasts
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

hash_of = lines.hash_of
UnknownEventError = lines.UnknownEventError

_COLUMNS = (
    "seq, event_id, type, version, recorded_at, concerns_on, operator_id, confirmed_by, payload, "
    "previous_hash, hash"
)
_INSERT = f"INSERT INTO journal({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of a journal: its last number and hash; 0 and 64 zeros when empty."""

    seq: int
    hash: str


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
        lines.version_of(kind),
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


def entry_at(file: DeskFile, seq: int) -> Entry:
    """Read one entry by its number; raises LookupError where there is none."""
    row = file.row(f"SELECT {_COLUMNS} FROM journal WHERE seq = ?", (seq,))
    if row is None:
        raise LookupError(seq)
    return entry_of(row)


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
        event=lines.event_of(row["type"], row["version"], row["payload"], upcasts),
        previous_hash=row["previous_hash"],
        hash=row["hash"],
    )


def line_of(row: Row) -> bytes:
    """Give the canonical line of a row, as hashed here and carried by a bundle."""
    return _line_of(tuple(row))


def _line_of(row: tuple[Any, ...]) -> bytes:
    seq, event_id, name, version, at, on, by, confirmed_by, payload = row[:9]
    line = Line(
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
    return lines.written(line)
