"""What leaves for a partner: frozen bundles and their states, messages, and verdicts that came."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reliefdesk.domain import streams as domain
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.messages import BundleRefused, CorrectionRequested, VerdictGiven
from reliefdesk.domain.streams import START, EventVerdict, StreamPlace
from reliefdesk.storage import canonical, lines
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE bundles_out(
  manifest_id TEXT PRIMARY KEY,
  partner TEXT NOT NULL,
  number INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  before_seq INTEGER NOT NULL,
  head_seq INTEGER NOT NULL,
  details TEXT NOT NULL,
  sealed_seq INTEGER NOT NULL,
  written_at TEXT,
  stick TEXT NOT NULL,
  handed_on TEXT,
  receiver TEXT NOT NULL,
  refused TEXT NOT NULL,
  UNIQUE (partner, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE outgoing_messages(
  partner TEXT NOT NULL,
  number INTEGER NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (partner, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE verdicts(
  given_seq INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  code TEXT NOT NULL,
  facts TEXT NOT NULL
) STRICT;
CREATE TABLE corrections_asked(
  asked_seq INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX verdicts_by_place ON verdicts(epoch, last);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBundle:
    """A bundle that was sealed here and what became of it so far."""

    details: domain.BundleSealed
    written_at: datetime | None
    stick: str
    handed_on: date | None
    receiver: str
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVerdict:
    """What the district said of a range of our numbers; the newest holds."""

    first: int
    last: int
    verdict: EventVerdict
    code: str
    facts: dict[str, str]


def bundle(file: DeskFile, manifest_id: str) -> StoredBundle | None:
    """Give one sealed bundle."""
    row = file.row("SELECT * FROM bundles_out WHERE manifest_id = ?", (manifest_id,))
    return None if row is None else _bundle(row)


def bundles(file: DeskFile, partner: DeskId) -> tuple[StoredBundle, ...]:
    """Give the bundles for a partner, the newest first."""
    rows = file.rows("SELECT * FROM bundles_out WHERE partner = ? ORDER BY number DESC", (partner,))
    return tuple(_bundle(row) for row in rows)


def last_number(file: DeskFile, partner: DeskId) -> int:
    """Give the number of the last bundle for a partner, 0 before the first."""
    found: int = file.value(
        "SELECT coalesce(max(number), 0) FROM bundles_out WHERE partner = ?", (partner,)
    )
    return found


def messages_end(file: DeskFile, partner: DeskId) -> StreamPlace:
    """Give the last number and hash of the messages for a partner."""
    row = file.row(
        "SELECT number, hash FROM outgoing_messages WHERE partner = ? ORDER BY number DESC LIMIT 1",
        (partner,),
    )
    return START if row is None else StreamPlace(seq=row["number"], hash=row["hash"])


def message_hash(file: DeskFile, partner: DeskId, number: int) -> str | None:
    """Give the hash of a message, or None."""
    found: str | None = file.value(
        "SELECT hash FROM outgoing_messages WHERE partner = ? AND number = ?", (partner, number)
    )
    return found


def message_lines(file: DeskFile, partner: DeskId, after: int, until: int) -> tuple[bytes, ...]:
    """Give the canonical lines of some messages for a partner, in order."""
    rows = file.rows(
        "SELECT line FROM outgoing_messages WHERE partner = ? AND number > ? AND number <= ? "
        "ORDER BY number",
        (partner, after, until),
    )
    return tuple(row["line"].encode() for row in rows)


def verdicts(file: DeskFile, epoch: int, first: int, until: int) -> tuple[StoredVerdict, ...]:
    """Give the verdicts that touch a range, in the order they were given."""
    rows = file.rows(
        "SELECT * FROM verdicts WHERE epoch = ? AND last >= ? AND first <= ? ORDER BY given_seq",
        (epoch, first, until),
    )
    return tuple(
        StoredVerdict(
            first=row["first"],
            last=row["last"],
            verdict=EventVerdict(row["verdict"]),
            code=row["code"],
            facts=json.loads(row["facts"]),
        )
        for row in rows
    )


def corrections_asked(file: DeskFile) -> tuple[tuple[int, int, str], ...]:
    """Give what the district asked to be put right, the newest first: epoch, number, words."""
    rows = file.rows("SELECT epoch, seq, text FROM corrections_asked ORDER BY asked_seq DESC")
    return tuple((row["epoch"], row["seq"], row["text"]) for row in rows)


def _bundle(row: Row) -> StoredBundle:
    details = canonical.decode(row["details"], domain.BundleSealed)
    assert isinstance(details, domain.BundleSealed)  # noqa: S101 - decoded as one
    written, handed = row["written_at"], row["handed_on"]
    return StoredBundle(
        details=details,
        written_at=None if written is None else canonical.read_instant(written),
        stick=row["stick"],
        handed_on=None if handed is None else date.fromisoformat(handed),
        receiver=row["receiver"],
        refused=row["refused"],
    )


def _sealed(file: DeskFile, entry: Entry, event: domain.BundleSealed) -> None:
    file.execute(
        "INSERT INTO bundles_out VALUES (?,?,?,?,?,?,?,?,NULL,'',NULL,'','')",
        (
            event.manifest_id,
            event.partner,
            event.number,
            event.epoch,
            event.before.seq,
            event.head.seq,
            canonical.encode(event),
            entry.seq,
        ),
    )


def _written(file: DeskFile, entry: Entry, event: domain.BundleWritten) -> None:
    file.execute(
        "UPDATE bundles_out SET written_at = ?, stick = ? WHERE manifest_id = ?",
        (canonical.instant_text(entry.header.at), event.stick, event.manifest_id),
    )


def _handed_over(file: DeskFile, _entry: Entry, event: domain.BundleHandedOver) -> None:
    file.execute(
        "UPDATE bundles_out SET handed_on = ?, receiver = ? WHERE manifest_id = ?",
        (event.handed_on.isoformat(), event.receiver, event.manifest_id),
    )


def _queued(file: DeskFile, _entry: Entry, event: domain.MessageQueued) -> None:
    before = messages_end(file, event.partner)
    digest = lines.hash_of(before.hash, event.line.encode())
    file.execute(
        "INSERT INTO outgoing_messages VALUES (?,?,?,?,?)",
        (event.partner, event.number, before.hash, digest, event.line),
    )


def _judged(file: DeskFile, entry: Entry, event: VerdictGiven) -> None:
    if entry.origin:
        facts = json.dumps(event.facts, ensure_ascii=False, sort_keys=True)
        values = (event.first, event.last, event.verdict.value, event.code, facts)
        file.execute(
            "INSERT INTO verdicts VALUES (?,?,?,?,?,?,?)", (entry.seq, event.epoch, *values)
        )


def _correction_asked(file: DeskFile, entry: Entry, event: CorrectionRequested) -> None:
    if entry.origin:
        file.execute(
            "INSERT INTO corrections_asked VALUES (?,?,?,?)",
            (entry.seq, event.epoch, event.seq, event.text),
        )


def _refused(file: DeskFile, entry: Entry, event: BundleRefused) -> None:
    if entry.origin:
        file.execute(
            "UPDATE bundles_out SET refused = ? WHERE manifest_id = ?",
            (event.code, event.manifest_id),
        )


APPLY: dict[type, Any] = {
    domain.BundleSealed: _sealed,
    domain.BundleWritten: _written,
    domain.BundleHandedOver: _handed_over,
    domain.MessageQueued: _queued,
    VerdictGiven: _judged,
    BundleRefused: _refused,
    CorrectionRequested: _correction_asked,
}
