"""Streams as tables: what was sent and acknowledged, what a partner's stream brought, line by line.

`received.code` is empty for an event that was applied, else why it was set aside.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from reliefdesk.domain import streams as domain
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.streams import BOOKKEEPING, START, HeldPlace, StreamPlace
from reliefdesk.errors import BugError, TrustError, UserError
from reliefdesk.storage import canonical, lines, sqlcipher
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE streams(
  desk_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  last_hash TEXT NOT NULL,
  frozen TEXT NOT NULL,
  PRIMARY KEY (desk_id, epoch)
) STRICT, WITHOUT ROWID;
CREATE TABLE received(
  desk_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  event_id TEXT NOT NULL,
  event TEXT NOT NULL,
  concerns_on TEXT NOT NULL,
  fen INTEGER NOT NULL,
  arrival INTEGER NOT NULL,
  code TEXT NOT NULL,
  facts TEXT NOT NULL,
  cured TEXT NOT NULL,
  PRIMARY KEY (desk_id, epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX received_once ON received(event_id) WHERE code = '';
CREATE INDEX received_aside ON received(desk_id, seq) WHERE code <> '';
CREATE TABLE bundles_in(
  manifest_id TEXT PRIMARY KEY,
  desk_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  imported_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE own_keys(
  epoch INTEGER PRIMARY KEY,
  suite TEXT NOT NULL,
  signing TEXT NOT NULL,
  recipient TEXT NOT NULL,
  spare TEXT NOT NULL
) STRICT;
CREATE TABLE acknowledged(
  partner TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  acknowledged_at TEXT NOT NULL,
  PRIMARY KEY (partner, epoch)
) STRICT, WITHOUT ROWID;
"""


SPOILED: tuple[type[Exception], ...] = (
    sqlcipher.IntegrityError,
    BugError,
    TrustError,
    UserError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AssertionError,
)
"""What applying a partner's event may raise when its content is at fault, never the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedRow:
    """One event of a partner as it arrived; `arrival` is our own number for it."""

    desk_id: DeskId
    epoch: int
    seq: int
    event: str
    arrival: int
    code: str
    facts: dict[str, str]
    cured: str


def carried(entry: Entry) -> tuple[Entry, ...]:
    """Give the entry inside an entry: a partner's event, or a message of our own.

    A partner's bookkeeping of its sticks concerns nobody else: it is kept and not applied.
    """
    match entry.event:
        case domain.EventReceived(desk_id=origin, line=line):
            sender = str(origin)
        case domain.MessageQueued(line=line):
            sender = ""
        case _:
            return ()
    read = lines.read_line(line.encode())
    if isinstance(read.event, BOOKKEEPING):
        return ()
    inner = Entry(
        seq=entry.seq,
        header=read.header,
        event=read.event,
        previous_hash="",
        hash="",
        origin=sender,
    )
    return (inner,)


def is_doubled(fault: Exception) -> bool:
    """Whether something could not be applied because its number or id stands here already."""
    return isinstance(fault, sqlcipher.IntegrityError) and "UNIQUE" in str(fault)


def last(file: DeskFile, desk_id: DeskId, epoch: int) -> StreamPlace | None:
    """Give where a partner's stream stands here, or None before its first bundle."""
    row = file.row(
        "SELECT last_seq, last_hash FROM streams WHERE desk_id = ? AND epoch = ?", (desk_id, epoch)
    )
    return None if row is None else StreamPlace(seq=row["last_seq"], hash=row["last_hash"])


def held(file: DeskFile, desk_id: DeskId) -> HeldPlace | None:
    """Give the acknowledgement for a partner: its newest epoch of which we hold anything."""
    row = file.row(
        "SELECT * FROM streams WHERE desk_id = ? AND last_seq > 0 ORDER BY epoch DESC LIMIT 1",
        (desk_id,),
    )
    if row is None:
        return None
    place = StreamPlace(seq=row["last_seq"], hash=row["last_hash"])
    return HeldPlace(epoch=row["epoch"], place=place)


def held_hash(file: DeskFile, desk_id: DeskId, epoch: int, seq: int) -> str | None:
    """Give the hash we hold of a partner's number, from its epoch or the newest one before."""
    found: str | None = file.value(
        "SELECT hash FROM received WHERE desk_id = ? AND seq = ? AND epoch <= ? "
        "ORDER BY epoch DESC LIMIT 1",
        (desk_id, seq, epoch),
    )
    return found


def is_known(file: DeskFile, event_id: str) -> bool:
    """Whether an event of this id was applied, received or recorded here."""
    found = file.value(
        "SELECT 1 FROM received WHERE event_id = ?1 AND code = '' "
        "UNION SELECT 1 FROM journal WHERE event_id = ?1",
        (event_id,),
    )
    return found is not None


def frozen(file: DeskFile) -> dict[tuple[str, int], str]:
    """Map frozen epochs (desk, number) to why."""
    rows = file.rows("SELECT desk_id, epoch, frozen FROM streams WHERE frozen <> ''")
    return {(row["desk_id"], row["epoch"]): row["frozen"] for row in rows}


def is_frozen(file: DeskFile, desk_id: DeskId, epoch: int) -> bool:
    """Whether an epoch is frozen here, of a partner or of this desk itself."""
    found = file.value(
        "SELECT 1 FROM streams WHERE desk_id = ? AND epoch = ? AND frozen <> ''", (desk_id, epoch)
    )
    return found is not None


def imported_at(file: DeskFile, manifest_id: str) -> str | None:
    """Give when a bundle was taken in (canonical instant), or None."""
    found: str | None = file.value(
        "SELECT imported_at FROM bundles_in WHERE manifest_id = ?", (manifest_id,)
    )
    return found


def last_import(file: DeskFile, desk_id: DeskId) -> Row | None:
    """Give the row of the newest bundle of a partner."""
    return file.row(
        "SELECT * FROM bundles_in WHERE desk_id = ? ORDER BY imported_at DESC, number DESC LIMIT 1",
        (desk_id,),
    )


def arrived(
    file: DeskFile, desk_id: DeskId, epoch: int, *, first: int, until: int
) -> tuple[ReceivedRow, ...]:
    """Give the events of a range as they arrived."""
    rows = file.rows(
        "SELECT * FROM received WHERE desk_id = ? AND epoch = ? AND seq BETWEEN ? AND ? "
        "ORDER BY seq",
        (desk_id, epoch, first, until),
    )
    return tuple(_received_row(row) for row in rows)


def taken(file: DeskFile, kinds: Sequence[str], most: int) -> tuple[tuple[DeskId, int], ...]:
    """Give partner and our number of the events of some kinds that were applied, newest first."""
    rows = file.rows(
        "SELECT desk_id, arrival FROM received WHERE code = '' "
        "AND event IN (SELECT value FROM json_each(?)) ORDER BY arrival DESC LIMIT ?",
        (json.dumps(kinds), most),
    )
    return tuple((DeskId(row["desk_id"]), row["arrival"]) for row in rows)


def aside(file: DeskFile) -> tuple[ReceivedRow, ...]:
    """Give every event that was set aside, by partner and number."""
    rows = file.rows("SELECT * FROM received WHERE code <> '' ORDER BY desk_id, epoch, seq")
    return tuple(_received_row(row) for row in rows)


def sums_of(file: DeskFile, desk_id: DeskId, epoch: int, after: int) -> dict[str, tuple[int, int]]:
    """Count what stands of a stream after a number: events and 分 by type."""
    rows = file.rows(
        "SELECT event, count(*), sum(fen) FROM received WHERE desk_id = ? AND epoch = ? "
        "AND seq > ? GROUP BY event ORDER BY event",
        (desk_id, epoch, after),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def acknowledged(file: DeskFile, partner: DeskId) -> StreamPlace:
    """Give the checkpoint: up to where a partner says it holds our stream."""
    row = file.row(
        "SELECT seq, hash FROM acknowledged WHERE partner = ? ORDER BY epoch DESC LIMIT 1",
        (partner,),
    )
    return START if row is None else StreamPlace(seq=row["seq"], hash=row["hash"])


def _received_row(row: Row) -> ReceivedRow:
    return ReceivedRow(
        desk_id=DeskId(row["desk_id"]),
        epoch=row["epoch"],
        seq=row["seq"],
        event=row["event"],
        arrival=row["arrival"],
        code=row["code"],
        facts=json.loads(row["facts"]),
        cured=row["cured"],
    )


def _imported(file: DeskFile, entry: Entry, event: domain.BundleImported) -> None:
    at = canonical.instant_text(entry.header.at)
    file.execute(
        "INSERT INTO bundles_in VALUES (?,?,?,?,?,?,?)",
        (
            event.manifest_id,
            event.partner,
            event.epoch,
            event.number,
            event.before.seq + 1,
            event.head.seq,
            at,
        ),
    )
    start = event.before.hash
    if event.held_to > event.before.seq:
        start = held_hash(file, event.partner, event.epoch, event.held_to) or ""
    file.execute(
        "INSERT INTO streams VALUES (?,?,?,?,'') ON CONFLICT DO NOTHING",
        (event.partner, event.epoch, event.held_to, start),
    )
    if event.have is not None:
        _acknowledge(file, event.partner, event.have, at)


def _acknowledge(file: DeskFile, partner: DeskId, have: HeldPlace, at: str) -> None:
    file.execute(
        "INSERT INTO acknowledged VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET seq = excluded.seq, "
        "hash = excluded.hash, acknowledged_at = excluded.acknowledged_at WHERE excluded.seq > seq",
        (partner, have.epoch, have.place.seq, have.place.hash, at),
    )


def _received(file: DeskFile, entry: Entry, event: domain.EventReceived) -> None:
    _advance(file, entry, event, code="", facts={})


def _quarantined(file: DeskFile, entry: Entry, event: domain.EventQuarantined) -> None:
    _advance(file, entry, event, code=event.code, facts=event.facts)


def _advance(
    file: DeskFile,
    entry: Entry,
    event: domain.EventReceived | domain.EventQuarantined,
    *,
    code: str,
    facts: dict[str, str],
) -> None:
    if _released(file, entry, event):
        return
    content = event.line.encode()
    line = lines.read(content)
    before = cast(
        "str",
        file.value(
            "SELECT last_hash FROM streams WHERE desk_id = ? AND epoch = ?",
            (event.desk_id, event.epoch),
        ),
    )
    digest = lines.hash_of(before, content)
    file.execute(
        "INSERT INTO received VALUES (?,?,?,?,?,?,?,?,?,?,?,'')",
        (
            event.desk_id,
            event.epoch,
            event.seq,
            digest,
            line.id,
            line.event,
            line.on,
            lines.amount_of(line),
            entry.seq,
            code,
            json.dumps(facts, ensure_ascii=False, sort_keys=True),
        ),
    )
    file.execute(
        "UPDATE streams SET last_seq = ?, last_hash = ? WHERE desk_id = ? AND epoch = ?",
        (event.seq, digest, event.desk_id, event.epoch),
    )


def _released(
    file: DeskFile, entry: Entry, event: domain.EventReceived | domain.EventQuarantined
) -> bool:
    """An event set aside earlier that is applied now keeps its place in the stream."""
    changed = file.execute(
        "UPDATE received SET code = '', facts = '{}', arrival = ? "
        "WHERE desk_id = ? AND epoch = ? AND seq = ?",
        (entry.seq, event.desk_id, event.epoch, event.seq),
    )
    return changed == 1


def _cured(file: DeskFile, entry: Entry, event: domain.QuarantineCured) -> None:
    if entry.origin:
        file.execute(
            "UPDATE received SET cured = ? WHERE desk_id = ? AND epoch = ? AND seq = ? "
            "AND code <> ''",
            (event.note, entry.origin, event.epoch, event.seq),
        )


def _frozen(file: DeskFile, _entry: Entry, event: domain.StreamFrozen) -> None:
    file.execute(
        "INSERT INTO streams VALUES (?,?,0,?,?) ON CONFLICT DO UPDATE SET frozen = excluded.frozen",
        (event.desk_id, event.epoch, START.hash, event.code),
    )


def _keys_made(file: DeskFile, _entry: Entry, event: domain.DeskKeysMade) -> None:
    file.execute(
        "INSERT INTO own_keys VALUES (?,?,?,?,?)",
        (event.epoch, event.suite, event.signing, event.recipient, event.spare),
    )


def _opened(file: DeskFile, _entry: Entry, event: domain.EpochOpened) -> None:
    file.execute("UPDATE desks SET epoch = ? WHERE origin = ''", (event.epoch,))


APPLY: dict[type, Any] = {
    domain.BundleImported: _imported,
    domain.EventReceived: _received,
    domain.EventQuarantined: _quarantined,
    domain.QuarantineCured: _cured,
    domain.StreamFrozen: _frozen,
    domain.EpochOpened: _opened,
    domain.DeskKeysMade: _keys_made,
}
