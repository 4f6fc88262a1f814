"""Local matters of the stick: this desk's private keys, and bundles that wait for earlier ones.

Both lie only inside the encrypted desk; what partners may know of keys stands in the journal.
"""

from dataclasses import dataclass, field
from datetime import datetime

from reliefdesk.keys.desk_keys import DeskKeys, read_kept
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile

TABLES = """
CREATE TABLE desk_keys(
  epoch INTEGER PRIMARY KEY,
  kept TEXT NOT NULL
) STRICT;
CREATE TABLE waiting_bundles(
  manifest_id TEXT PRIMARY KEY,
  desk_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  why TEXT NOT NULL,
  kept_at TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingBundle:
    """A bundle kept as it came; `why` is empty while it waits for number `first` - 1."""

    manifest_id: str
    desk_id: str
    epoch: int
    number: int
    first: int
    last: int
    why: str
    kept_at: datetime
    content: bytes = field(repr=False)


def put(file: DeskFile, epoch: int, keys: DeskKeys) -> None:
    """Keep the private keys of an epoch."""
    file.execute("INSERT INTO desk_keys VALUES (?,?)", (epoch, keys.kept))


def keys(file: DeskFile) -> dict[int, DeskKeys]:
    """Map epochs to their private keys; older ones still open what was sealed to them."""
    rows = file.rows("SELECT epoch, kept FROM desk_keys ORDER BY epoch DESC")
    return {row["epoch"]: read_kept(row["kept"]) for row in rows}


def keep(file: DeskFile, bundle: WaitingBundle) -> None:
    """Keep a bundle that cannot be taken in yet, or that proves a fork."""
    file.execute(
        "INSERT INTO waiting_bundles VALUES (?,?,?,?,?,?,?,?,?) "
        "ON CONFLICT DO UPDATE SET why = excluded.why",
        (
            bundle.manifest_id,
            bundle.desk_id,
            bundle.epoch,
            bundle.number,
            bundle.first,
            bundle.last,
            bundle.why,
            canonical.instant_text(bundle.kept_at),
            bundle.content,
        ),
    )


def waiting(file: DeskFile, *, why: str = "") -> tuple[WaitingBundle, ...]:
    """Give the bundles kept for a reason; by default those that wait for earlier numbers."""
    rows = file.rows(
        "SELECT * FROM waiting_bundles WHERE why = ? ORDER BY desk_id, epoch, first", (why,)
    )
    return tuple(
        WaitingBundle(
            manifest_id=row["manifest_id"],
            desk_id=row["desk_id"],
            epoch=row["epoch"],
            number=row["number"],
            first=row["first"],
            last=row["last"],
            why=row["why"],
            kept_at=canonical.read_instant(row["kept_at"]),
            content=row["content"],
        )
        for row in rows
    )


def forget(file: DeskFile, manifest_id: str) -> None:
    """Let a waiting bundle go once it was taken in."""
    file.execute("DELETE FROM waiting_bundles WHERE manifest_id = ? AND why = ''", (manifest_id,))
