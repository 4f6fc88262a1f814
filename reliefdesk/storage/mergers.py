"""Mergers as tables: what the district announced, who closed, who took over, cash on its way.

`takeovers` says for each closed desk under which origin its heir speaks here: empty for this desk.
"""

from datetime import date
from typing import Any, TypeVar

from reliefdesk.domain import mergers as domain
from reliefdesk.domain.cash import CashEntry, CashKind
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import DeskId, EntryId
from reliefdesk.domain.mergers import (
    CashRow,
    Merger,
    MergerAnnounced,
    OfficeClosed,
    OfficeTakenOver,
)
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.storage import canonical, cash
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

ReadT = TypeVar("ReadT")

TABLES = """
CREATE TABLE mergers(
  desk_id TEXT PRIMARY KEY,
  heir TEXT NOT NULL,
  merged_on TEXT NOT NULL,
  details TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE closed_desks(
  origin TEXT PRIMARY KEY,
  details TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE takeovers(
  desk_id TEXT PRIMARY KEY,
  heir TEXT NOT NULL,
  details TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX takeovers_heir ON takeovers(heir);
CREATE TABLE merged_cash(
  entry_id TEXT PRIMARY KEY,
  cashier TEXT NOT NULL,
  receiver TEXT NOT NULL,
  fen INTEGER NOT NULL CHECK (fen > 0),
  given_on TEXT NOT NULL,
  origin TEXT NOT NULL,
  taken_on TEXT
) STRICT, WITHOUT ROWID;
"""

INHERITED = "SELECT desk_id FROM takeovers WHERE heir = ''"
"""The desks whose matters this desk goes on with, for a query beside the own (origin '')."""

SPEAKS = "? IN (origin, (SELECT heir FROM takeovers WHERE desk_id = origin))"
"""Whether a desk (the parameter) may change a row: it is its own, or it took it over."""


def announced(file: DeskFile) -> tuple[Merger, ...]:
    """Give every merger known here, by day."""
    rows = file.rows("SELECT * FROM mergers ORDER BY merged_on, desk_id")
    return tuple(_merger(file, row) for row in rows)


def merger_of(file: DeskFile, desk_id: DeskId) -> Merger | None:
    """Give the merger that closes a desk, or None."""
    row = file.row("SELECT * FROM mergers WHERE desk_id = ?", (desk_id,))
    return None if row is None else _merger(file, row)


def merged_on(file: DeskFile, desk_id: DeskId) -> date | None:
    """Give the day on which a desk is merged, as announced, or None."""
    text = file.value("SELECT merged_on FROM mergers WHERE desk_id = ?", (desk_id,))
    return None if text is None else date.fromisoformat(text)


def is_closed(file: DeskFile) -> bool:
    """Whether this desk closed itself."""
    return file.value("SELECT 1 FROM closed_desks WHERE origin = ''") is not None


def heir_name(file: DeskFile, desk_id: DeskId) -> str:
    """Give the name of the office that a desk is merged into; empty where none was announced."""
    found = merger_of(file, desk_id)
    return "" if found is None else found.told.heir.office.name


def heir_of(file: DeskFile, desk_id: DeskId) -> DeskId:
    """Give who goes on with a desk's matters: the desk itself unless it was taken over."""
    found = file.value("SELECT heir FROM takeovers WHERE desk_id = ? AND heir <> ''", (desk_id,))
    return desk_id if found is None else DeskId(found)


def may_go_on(file: DeskFile, origin: str, speaker: str) -> bool:
    """Whether `speaker` may act on what `origin` recorded: its own, or what it took over."""
    if origin == speaker:
        return True
    found = file.value("SELECT 1 FROM takeovers WHERE desk_id = ? AND heir = ?", (origin, speaker))
    return found is not None


def _merger(file: DeskFile, row: Row) -> Merger:
    desk_id = row["desk_id"]
    own = file.value("SELECT 1 FROM desks WHERE origin = '' AND desk_id = ?", (desk_id,))
    origin = "" if own else desk_id
    closed = file.value("SELECT details FROM closed_desks WHERE origin = ?", (origin,))
    taken = file.value("SELECT details FROM takeovers WHERE desk_id = ?", (desk_id,))
    return Merger(
        told=_read(row["details"], MergerAnnounced),
        closed=None if closed is None else _read(closed, OfficeClosed),
        taken=None if taken is None else _read(taken, OfficeTakenOver),
        cash=_cash(file, origin),
    )


def _read(text: str, kind: type[ReadT]) -> ReadT:
    found = canonical.decode(text, kind)
    assert isinstance(found, kind)  # noqa: S101 - decoded as one
    return found


def _cash(file: DeskFile, origin: str) -> tuple[CashRow, ...]:
    rows = file.rows(
        "SELECT g.*, coalesce(o.name, '') AS giver FROM merged_cash g LEFT JOIN operators o "
        "ON o.operator_id = g.cashier WHERE g.origin = ? ORDER BY g.given_on, g.entry_id",
        (origin,),
    )
    return tuple(
        CashRow(
            entry_id=EntryId(row["entry_id"]),
            giver=row["giver"],
            receiver=row["receiver"],
            amount=Money(row["fen"]),
            given_on=date.fromisoformat(row["given_on"]),
            taken_on=None if row["taken_on"] is None else date.fromisoformat(row["taken_on"]),
        )
        for row in rows
    )


def _announced(file: DeskFile, _entry: Entry, event: MergerAnnounced) -> None:
    file.execute(
        "INSERT INTO mergers VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET heir = excluded.heir, "
        "merged_on = excluded.merged_on, details = excluded.details",
        (
            event.closing.desk_id,
            event.heir.desk_id,
            event.merged_on.isoformat(),
            canonical.encode(event),
        ),
    )


def _given(file: DeskFile, entry: Entry, event: domain.MergedCashGiven) -> None:
    file.execute(
        "INSERT INTO merged_cash VALUES (?,?,?,?,?,?,NULL)",
        (
            event.entry_id,
            event.cashier,
            event.receiver,
            event.amount.fen,
            event.given_on.isoformat(),
            entry.origin,
        ),
    )
    line = CashEntry(
        seq=entry.seq,
        entry_id=event.entry_id,
        cashier=event.cashier,
        on=event.given_on,
        at=entry.header.at,
        kind=CashKind.FLOAT_OUT,
        voucher=event.document,
        summary="单位并入，移交现金",
        account=event.heir_name,
        income=ZERO,
        outgo=event.amount,
    )
    cash.post(file, line, origin=entry.origin)


def _closed(file: DeskFile, entry: Entry, event: OfficeClosed) -> None:
    details = canonical.encode(event)
    file.execute("INSERT INTO closed_desks VALUES (?,?)", (entry.origin, details))


def _taken_over(file: DeskFile, entry: Entry, event: OfficeTakenOver) -> None:
    values = (event.desk_id, entry.origin, canonical.encode(event))
    file.execute("INSERT INTO takeovers VALUES (?,?,?)", values)


def _taken(file: DeskFile, entry: Entry, event: domain.MergedCashTaken) -> None:
    file.execute(
        "UPDATE merged_cash SET taken_on = ? WHERE entry_id = ?",
        (event.taken_on.isoformat(), event.given_id),
    )
    line = CashEntry(
        seq=entry.seq,
        entry_id=event.entry_id,
        cashier=event.cashier,
        on=event.taken_on,
        at=entry.header.at,
        kind=CashKind.FLOAT_IN,
        voucher=event.document,
        summary="单位并入，接收现金",
        account=event.office_name,
        income=event.amount,
        outgo=ZERO,
    )
    cash.post_float(file, line, origin=entry.origin)


APPLY: dict[type, Any] = {
    MergerAnnounced: _announced,
    domain.MergedCashGiven: _given,
    OfficeClosed: _closed,
    OfficeTakenOver: _taken_over,
    domain.MergedCashTaken: _taken,
}
