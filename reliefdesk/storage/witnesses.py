"""Heads of the journal that left this PC, printed or exported: what a deleted tail is held against.

Paper and bundles are the real witnesses; these rows only spare the typing.
"""

from dataclasses import dataclass
from datetime import datetime

from reliefdesk.domain.terms import Term
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.journal import Head
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE witnessed_heads(
  seq INTEGER NOT NULL CHECK (seq > 0),
  hash TEXT NOT NULL,
  place TEXT NOT NULL,
  witnessed_at TEXT NOT NULL,
  PRIMARY KEY (seq, hash, place)
) STRICT, WITHOUT ROWID;
{append_only("witnessed_heads")}
"""


class WitnessPlace(Term):
    """How a head left this PC."""

    PRINTED = "printed", "打印"
    EXPORTED = "exported", "导出"


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessedHead:
    """The journal's number and hash as they stand outside, since when and where."""

    head: Head
    place: WitnessPlace
    witnessed_at: datetime


def witness(file: DeskFile, witnessed: WitnessedHead) -> None:
    """Note that a head left this PC; the same head at the same kind of place is noted once."""
    head = witnessed.head
    file.execute(
        "INSERT INTO witnessed_heads VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
        (
            head.seq,
            head.hash,
            witnessed.place.value,
            canonical.instant_text(witnessed.witnessed_at),
        ),
    )


def witnessed_heads(file: DeskFile) -> tuple[WitnessedHead, ...]:
    """Give every head that left this PC, in the order of the journal."""
    rows = file.rows("SELECT seq, hash, place, witnessed_at FROM witnessed_heads ORDER BY seq")
    return tuple(
        WitnessedHead(
            head=Head(seq=row["seq"], hash=row["hash"]),
            place=WitnessPlace(row["place"]),
            witnessed_at=canonical.read_instant(row["witnessed_at"]),
        )
        for row in rows
    )


def last_witnessed(file: DeskFile) -> Head | None:
    """Give the furthest head that left this PC, or None."""
    row = file.row("SELECT seq, hash FROM witnessed_heads ORDER BY seq DESC LIMIT 1")
    return None if row is None else Head(seq=row["seq"], hash=row["hash"])
