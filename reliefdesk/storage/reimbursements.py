"""Packs and their receipts; a receipt is in one open or accepted pack at most, by index."""

from datetime import date
from typing import Any

from reliefdesk.domain import reimbursements as domain
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import PackId, ReceiptNo
from reliefdesk.domain.money import Money
from reliefdesk.domain.reimbursements import LineState, Pack, PackLine, PackState
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE packs(
  pack_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  pack_no TEXT NOT NULL,
  made_on TEXT NOT NULL,
  made_at TEXT NOT NULL,
  state TEXT NOT NULL,
  details TEXT NOT NULL,
  handed TEXT,
  answer TEXT,
  origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER packs_step BEFORE UPDATE OF state ON packs
WHEN (OLD.state || '>' || NEW.state) NOT IN ('made>handed', 'made>dissolved', 'handed>answered')
BEGIN SELECT RAISE(ABORT, 'packs: no such step'); END;
CREATE TRIGGER packs_no_delete BEFORE DELETE ON packs
BEGIN SELECT RAISE(ABORT, 'packs: rows are never deleted'); END;
CREATE TABLE pack_lines(
  pack_id TEXT NOT NULL REFERENCES packs(pack_id),
  place INTEGER NOT NULL,
  receipt_no TEXT NOT NULL,
  is_red INTEGER NOT NULL CHECK (is_red IN (0, 1)),
  fen INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (pack_id, place),
  CHECK ((fen < 0) = is_red)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX pack_lines_once ON pack_lines(receipt_no, is_red)
  WHERE state IN ('open', 'accepted');
CREATE TRIGGER pack_lines_no_delete BEFORE DELETE ON pack_lines
BEGIN SELECT RAISE(ABORT, 'pack_lines: rows are never deleted'); END;
"""

# What was signed and stands, or was reversed after finance had accepted it.
_DUE = """
SELECT r.receipt_no, 0 AS is_red, p.fen, p.paid_on AS on_day, p.seq FROM payments p
  JOIN receipts r USING (receipt_no)
  WHERE r.origin = '' AND r.state IN ('signed', 'filed')
UNION ALL SELECT r.receipt_no, 1, -p.fen, u.undone_on, u.seq FROM payment_undoings u
  JOIN payments p USING (payment_id) JOIN receipts r USING (receipt_no)
  JOIN pack_lines b ON b.receipt_no = r.receipt_no AND b.is_red = 0 AND b.state = 'accepted'
  WHERE r.origin = '' AND u.kind = 'reversal'
"""


def due(file: DeskFile, since: date, until: date) -> tuple[PackLine, ...]:
    """Give the receipts of these days (inclusive) that are in no open or accepted pack."""
    rows = file.rows(
        f"SELECT * FROM ({_DUE}) d WHERE d.on_day BETWEEN ? AND ? AND NOT EXISTS "
        "(SELECT 1 FROM pack_lines l WHERE l.receipt_no = d.receipt_no AND l.is_red = d.is_red "
        "AND l.state IN ('open', 'accepted')) ORDER BY d.seq",
        (since.isoformat(), until.isoformat()),
    )
    return tuple(_line(row) for row in rows)


def pack(file: DeskFile, pack_id: PackId) -> Pack | None:
    """Give one pack by the identity that its window made."""
    row = file.row("SELECT * FROM packs WHERE pack_id = ?", (pack_id,))
    return None if row is None else _pack(file, row)


def every(file: DeskFile) -> tuple[Pack, ...]:
    """Give all packs, the newest first."""
    rows = file.rows("SELECT * FROM packs WHERE origin = '' ORDER BY seq DESC")
    return tuple(_pack(file, row) for row in rows)


def count_in_year(file: DeskFile, year: int) -> int:
    """Give how many packs a year has."""
    found: int = file.value(
        "SELECT count(*) FROM packs WHERE origin = '' AND made_on BETWEEN ? AND ?",
        (date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()),
    )
    return found


def is_packed(file: DeskFile, receipt_no: ReceiptNo) -> bool:
    """Whether a receipt lies in an open pack."""
    found = file.value(
        "SELECT 1 FROM pack_lines WHERE receipt_no = ? AND state = 'open'", (receipt_no,)
    )
    return found is not None


def _pack(file: DeskFile, row: Row) -> Pack:
    states = file.rows(
        "SELECT state FROM pack_lines WHERE pack_id = ? ORDER BY place", (row["pack_id"],)
    )
    return Pack(
        seq=row["seq"],
        made_at=canonical.read_instant(row["made_at"]),
        details=_read(row["details"], domain.PackMade),
        state=PackState(row["state"]),
        states=tuple(LineState(each["state"]) for each in states),
        handed=_read(row["handed"], domain.PackHandedIn),
        answer=_read(row["answer"], domain.PackAnswered),
    )


def _line(row: Row) -> PackLine:
    return PackLine(
        receipt_no=ReceiptNo(row["receipt_no"]),
        is_red=bool(row["is_red"]),
        amount=Money(row["fen"]),
    )


def _read(text: str | None, kind: type) -> Any:  # noqa: ANN401 - `kind` decides
    return None if text is None else canonical.decode(text, kind)


def _made(file: DeskFile, entry: Entry, event: domain.PackMade) -> None:
    file.execute(
        "INSERT INTO packs VALUES (?,?,?,?,?,'made',?,NULL,NULL,?)",
        (
            event.pack_id,
            entry.seq,
            event.pack_no,
            event.made_on.isoformat(),
            canonical.instant_text(entry.header.at),
            canonical.encode(event),
            entry.origin,
        ),
    )
    for place, line in enumerate(event.lines):
        file.execute(
            "INSERT INTO pack_lines VALUES (?,?,?,?,?,'open')",
            (event.pack_id, place, line.receipt_no, int(line.is_red), line.amount.fen),
        )


def _handed(file: DeskFile, _entry: Entry, event: domain.PackHandedIn) -> None:
    file.execute(
        "UPDATE packs SET state = 'handed', handed = ? WHERE pack_id = ?",
        (canonical.encode(event), event.pack_id),
    )


def _answered(file: DeskFile, _entry: Entry, event: domain.PackAnswered) -> None:
    file.execute(
        "UPDATE packs SET state = 'answered', answer = ? WHERE pack_id = ?",
        (canonical.encode(event), event.pack_id),
    )
    for number in event.returned:
        file.execute(
            "UPDATE pack_lines SET state = 'returned' WHERE pack_id = ? AND receipt_no = ?",
            (event.pack_id, number),
        )
    file.execute(
        "UPDATE pack_lines SET state = 'accepted' WHERE pack_id = ? AND state = 'open'",
        (event.pack_id,),
    )


def _dissolved(file: DeskFile, _entry: Entry, event: domain.PackDissolved) -> None:
    file.execute("UPDATE packs SET state = 'dissolved' WHERE pack_id = ?", (event.pack_id,))
    file.execute("UPDATE pack_lines SET state = 'returned' WHERE pack_id = ?", (event.pack_id,))


APPLY: dict[type, Any] = {
    domain.PackMade: _made,
    domain.PackHandedIn: _handed,
    domain.PackAnswered: _answered,
    domain.PackDissolved: _dissolved,
}
