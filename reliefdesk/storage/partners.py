"""Partners and their keys as a table, one row for each epoch, and the district's root key."""

from datetime import date
from typing import Any

from reliefdesk.clock import shanghai_day
from reliefdesk.domain import partners as domain
from reliefdesk.domain.desks import DeskKind, Office
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.messages import KeyListIssued
from reliefdesk.domain.partners import Partner, PartnerKeys
from reliefdesk.domain.streams import StreamPlace
from reliefdesk.keys import statements
from reliefdesk.keys.key_list import KeyList, KeyRow
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE partners(
  desk_id TEXT NOT NULL,
  epoch INTEGER NOT NULL CHECK (epoch > 0),
  office_code TEXT NOT NULL,
  office_name TEXT NOT NULL,
  role TEXT NOT NULL,
  suite TEXT NOT NULL,
  signing TEXT NOT NULL UNIQUE,
  recipient TEXT NOT NULL,
  spare TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  enrolled_on TEXT NOT NULL,
  revoked_at TEXT,
  trusted_seq INTEGER,
  trusted_hash TEXT,
  merged_on TEXT,
  merged_into TEXT,
  PRIMARY KEY (desk_id, epoch),
  CHECK ((revoked_at IS NULL) = (trusted_seq IS NULL) AND (revoked_at IS NULL)
    = (trusted_hash IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE roots(
  public TEXT PRIMARY KEY,
  list_number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

_SELECT = """
SELECT p.*, coalesce((SELECT frozen FROM streams s WHERE s.desk_id = p.desk_id
  AND s.epoch = p.epoch), '') AS frozen,
  (SELECT m.merged_on FROM mergers m WHERE m.desk_id = p.desk_id) AS announced_on FROM partners p
"""


def partners(file: DeskFile) -> tuple[Partner, ...]:
    """Give every partner in every epoch, by office and epoch."""
    rows = file.rows(_SELECT + "ORDER BY p.office_code, p.desk_id, p.epoch")
    return tuple(_partner(row) for row in rows)


def partner(file: DeskFile, desk_id: DeskId) -> Partner | None:
    """Give a partner in its newest epoch."""
    row = file.row(_SELECT + "WHERE p.desk_id = ? ORDER BY p.epoch DESC LIMIT 1", (desk_id,))
    return None if row is None else _partner(row)


def merged_into(file: DeskFile, desk_id: DeskId) -> DeskId | None:
    """Give the desk that took an office over, or None."""
    found = file.value(
        "SELECT merged_into FROM partners WHERE desk_id = ? AND merged_into IS NOT NULL", (desk_id,)
    )
    return None if found is None else DeskId(found)


def root(file: DeskFile) -> tuple[str, int]:
    """Give the root key (hex) and the number of the last key list; "" and 0 while unknown."""
    row = file.row("SELECT public, list_number FROM roots")
    return ("", 0) if row is None else (row["public"], row["list_number"])


def _partner(row: Row) -> Partner:
    revoked, merged = row["revoked_at"], row["merged_on"] or row["announced_on"]
    trusted = None
    if revoked is not None:
        trusted = StreamPlace(seq=row["trusted_seq"], hash=row["trusted_hash"])
    return Partner(
        desk_id=DeskId(row["desk_id"]),
        office=Office(code=row["office_code"], name=row["office_name"]),
        role=DeskKind(row["role"]),
        epoch=row["epoch"],
        keys=PartnerKeys(
            suite=row["suite"],
            signing=row["signing"],
            recipient=row["recipient"],
            spare=row["spare"],
        ),
        fingerprint=row["fingerprint"],
        valid_from=canonical.read_instant(row["valid_from"]),
        revoked_at=None if revoked is None else canonical.read_instant(revoked),
        trusted=trusted,
        merged_on=None if merged is None else date.fromisoformat(merged),
        frozen=row["frozen"],
    )


def _enrolled(file: DeskFile, entry: Entry, event: domain.PartnerEnrolled) -> None:
    if entry.origin:  # whom a partner knows is its own affair
        return
    _put(
        file,
        event.desk_id,
        event.epoch,
        (
            event.office.code,
            event.office.name,
            event.role.value,
            event.keys.suite,
            event.keys.signing,
            event.keys.recipient,
            event.keys.spare,
            event.fingerprint,
            canonical.instant_text(event.valid_from),
            entry.header.on.isoformat(),
        ),
    )


def _put(file: DeskFile, desk_id: str, epoch: int, values: tuple[str, ...]) -> None:
    file.execute(
        "INSERT INTO partners VALUES (?,?,?,?,?,?,?,?,?,?,?,?,NULL,NULL,NULL,NULL,NULL)",
        (desk_id, epoch, *values),
    )
    code, name, kind = values[:3]
    file.execute(
        "INSERT INTO desks VALUES (?1,?2,?3,?4,?5,?1) "
        "ON CONFLICT (desk_id) DO UPDATE SET epoch = max(epoch, excluded.epoch)",
        (desk_id, code, name, kind, epoch),
    )


def _revoked(file: DeskFile, entry: Entry, event: domain.PartnerRevoked) -> None:
    if not entry.origin:
        _revoke(file, event.desk_id, event.epoch, (event.revoked_at, event.trusted))


def _revoke(file: DeskFile, desk_id: str, epoch: int, end: tuple[Any, StreamPlace]) -> None:
    at, trusted = end
    file.execute(
        "UPDATE partners SET revoked_at = ?, trusted_seq = ?, trusted_hash = ? "
        "WHERE desk_id = ? AND epoch = ?",
        (canonical.instant_text(at), trusted.seq, trusted.hash, desk_id, epoch),
    )


def _root_known(file: DeskFile, entry: Entry, event: domain.RootKnown) -> None:
    if not entry.origin:
        file.execute(
            "INSERT INTO roots VALUES (?,?) ON CONFLICT DO UPDATE SET list_number = excluded."
            "list_number",
            (event.public, event.list_number),
        )


def _merged(file: DeskFile, entry: Entry, event: domain.OfficeMerged) -> None:
    if not entry.origin:
        file.execute(
            "UPDATE partners SET merged_on = ?, merged_into = ? WHERE desk_id = ?",
            (event.merged_on.isoformat(), event.into, event.desk_id),
        )


def _list_issued(file: DeskFile, entry: Entry, event: KeyListIssued) -> None:
    """Take over what a list says of districts; that the root key signed it was checked before."""
    file.execute("UPDATE roots SET list_number = max(list_number, ?)", (event.number,))
    if not entry.origin:
        return
    payload = statements.read(event.envelope.encode()).payload
    for row in statements.decode(payload, KeyList).rows:
        if row.role.is_district:
            _take_over(file, row)


def _take_over(file: DeskFile, row: KeyRow) -> None:
    known = file.row("SELECT * FROM partners WHERE desk_id = ? ORDER BY epoch", (row.device,))
    same = file.value(
        "SELECT 1 FROM partners WHERE desk_id = ? AND epoch = ?", (row.device, row.epoch)
    )
    if same is None:
        name = row.office if known is None else known["office_name"]
        keys = (row.keys.suite, row.keys.signing, row.keys.recipient, row.keys.spare)
        since = canonical.instant_text(row.valid_from)
        on = shanghai_day(row.valid_from).isoformat()
        values = (row.office, name, row.role.value, *keys, row.keys.fingerprint, since, on)
        _put(file, row.device, row.epoch, values)
    if row.revoked_at is not None and row.trusted is not None:
        end = StreamPlace(seq=row.trusted.seq, hash=row.trusted.hash)
        _revoke(file, row.device, row.epoch, (row.revoked_at, end))


APPLY: dict[type, Any] = {
    domain.PartnerEnrolled: _enrolled,
    domain.PartnerRevoked: _revoked,
    domain.RootKnown: _root_known,
    domain.OfficeMerged: _merged,
    KeyListIssued: _list_issued,
}
