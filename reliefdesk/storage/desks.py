"""The desk's own identity as a table: office, kind and epoch, from its genesis event."""

from reliefdesk.domain.desks import DeskCreated, DeskKind, Office
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import DeskId
from reliefdesk.errors import TrustError
from reliefdesk.storage.apply import Apply
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE desks(
  desk_id TEXT PRIMARY KEY,
  office_code TEXT NOT NULL,
  office_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  origin TEXT NOT NULL
) STRICT;
"""


class DeskNamelessError(TrustError):
    """The file holds no desk: its first entry is missing."""

    code = "storage.nameless"


def desk(file: DeskFile) -> DeskCreated:
    """Give the genesis of this desk; DeskNamelessError where there is none."""
    found = known(file)
    if found is None:
        raise DeskNamelessError
    return found


def known(file: DeskFile) -> DeskCreated | None:
    """Give the genesis of this desk in its present epoch, or None before it was recorded."""
    row = file.row("SELECT * FROM desks WHERE origin = ''")
    return None if row is None else _genesis(row)


def partners(file: DeskFile) -> tuple[DeskCreated, ...]:
    """Give the desks whose events were received here, by office code."""
    rows = file.rows("SELECT * FROM desks WHERE origin <> '' ORDER BY office_code, epoch")
    return tuple(_genesis(row) for row in rows)


def _genesis(row: Row) -> DeskCreated:
    return DeskCreated(
        desk_id=DeskId(row["desk_id"]),
        office=Office(code=row["office_code"], name=row["office_name"]),
        kind=DeskKind(row["kind"]),
        epoch=row["epoch"],
    )


def _created(file: DeskFile, entry: Entry, event: DeskCreated) -> None:
    office = event.office
    file.execute(
        "INSERT INTO desks VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        (event.desk_id, office.code, office.name, event.kind.value, event.epoch, entry.origin),
    )


APPLY: dict[type, Apply] = {DeskCreated: _created}
