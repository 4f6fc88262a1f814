"""Imports as tables: earlier payments with their origin, append-only; rosters lie on this PC only.

Earlier payments never touch cash or receipts. Applicants are like drafts: no event, deletable.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from reliefdesk.domain import imports as domain
from reliefdesk.domain.eligibility import PastRelief, Tie
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, ImportId, OperatorId
from reliefdesk.domain.imports import Applicant, Known, PastImport
from reliefdesk.domain.money import Money
from reliefdesk.storage import canonical
from reliefdesk.storage.apply import Apply
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE imported_reliefs(
  import_id TEXT NOT NULL,
  place INTEGER NOT NULL CHECK (place > 0),
  fingerprint TEXT NOT NULL,
  number TEXT NOT NULL,
  same_key TEXT NOT NULL CHECK (same_key <> ''),
  name TEXT NOT NULL,
  fen INTEGER NOT NULL CHECK (fen > 0),
  paid_on TEXT NOT NULL,
  payer TEXT NOT NULL,
  cause TEXT NOT NULL,
  voucher TEXT NOT NULL,
  note TEXT NOT NULL,
  seq INTEGER NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY (import_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_reliefs_key ON imported_reliefs(same_key);
CREATE INDEX imported_reliefs_sheet ON imported_reliefs(fingerprint, place);
CREATE TABLE import_withdrawals(
  import_id TEXT PRIMARY KEY,
  reason TEXT NOT NULL CHECK (reason <> ''),
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER imported_reliefs_once BEFORE INSERT ON imported_reliefs
WHEN NEW.origin = '' AND EXISTS (SELECT 1 FROM imported_reliefs i
  WHERE i.origin = '' AND i.fingerprint = NEW.fingerprint AND i.place = NEW.place
    AND NOT EXISTS (SELECT 1 FROM import_withdrawals w WHERE w.import_id = i.import_id))
BEGIN SELECT RAISE(ABORT, 'imported_reliefs: a row of a sheet counts once'); END;
{append_only("imported_reliefs")}
{append_only("import_withdrawals")}
"""

LOCAL_TABLES = """
CREATE TABLE applicants(
  fingerprint TEXT NOT NULL,
  place INTEGER NOT NULL,
  same_key TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (fingerprint, place)
) STRICT, WITHOUT ROWID;
"""

_STANDING = "NOT EXISTS (SELECT 1 FROM import_withdrawals w WHERE w.import_id = i.import_id)"


def rows_done(file: DeskFile, fingerprint: str) -> frozenset[int]:
    """Give the rows of a sheet that came in at this desk and still count."""
    rows = file.rows(
        "SELECT place FROM imported_reliefs i "
        f"WHERE origin = '' AND fingerprint = ? AND {_STANDING}",
        (fingerprint,),
    )
    return frozenset(row["place"] for row in rows)


def of_import(file: DeskFile, import_id: ImportId) -> tuple[int, Money] | None:
    """Give how many rows an import brought in and their sum; None where it never happened."""
    row = file.row(
        "SELECT count(*) AS count, sum(fen) AS fen FROM imported_reliefs WHERE import_id = ?",
        (import_id,),
    )
    assert row is not None  # noqa: S101 - a count always answers
    return (row["count"], Money(row["fen"])) if row["count"] else None


def known_reliefs(file: DeskFile, keys: Iterable[str]) -> tuple[Known, ...]:
    """Give what was paid here or imported for persons of these keys; not what was taken back."""
    wanted = (json.dumps(sorted(set(keys))),)
    paid = file.rows(
        "SELECT p.same_key, y.paid_on, y.fen, y.receipt_no AS other FROM persons p "
        "JOIN payments y USING (person_id) "
        "WHERE p.same_key IN (SELECT value FROM json_each(?)) AND NOT EXISTS "
        "(SELECT 1 FROM payment_undoings u WHERE u.payment_id = y.payment_id)",
        wanted,
    )
    otherwise = file.rows(
        "SELECT p.same_key, t.paid_on, t.fen, c.case_no AS other FROM persons p "
        "JOIN cases c USING (person_id) JOIN transfers t USING (case_id) "
        "WHERE p.same_key IN (SELECT value FROM json_each(?)) AND NOT EXISTS "
        "(SELECT 1 FROM transfer_returns r WHERE r.payment_id = t.payment_id)",
        wanted,
    )
    imported = file.rows(
        "SELECT same_key, paid_on, fen, '第' || place || '行' AS other FROM imported_reliefs i "
        f"WHERE same_key IN (SELECT value FROM json_each(?)) AND {_STANDING}",
        wanted,
    )
    return (
        *(_known(row, is_import=False) for row in (*paid, *otherwise)),
        *(_known(row, is_import=True) for row in imported),
    )


def past_reliefs(
    file: DeskFile, *, keys: frozenset[str], member_keys: frozenset[str]
) -> tuple[PastRelief, ...]:
    """Give imported relief of the person (`keys`) or the household (`member_keys`), in order."""
    rows = file.rows(
        "SELECT * FROM imported_reliefs i WHERE same_key IN (SELECT value FROM json_each(?)) "
        f"AND {_STANDING} ORDER BY paid_on, seq",
        (json.dumps(sorted(keys | member_keys)),),
    )
    return tuple(
        PastRelief(
            case_id=CaseId(f"{row['import_id']}.{row['place']}"),
            case_no=row["voucher"] or f"登记表第{row['place']}行",
            name=row["name"],
            tie=Tie.SELF if row["same_key"] in keys else Tie.MEMBER,
            cause=row["cause"],
            counted_on=date.fromisoformat(row["paid_on"]),
            amount=Money(row["fen"]),
            paid=True,
            place=row["payer"],
            imported=True,
        )
        for row in rows
    )


def listed(file: DeskFile) -> tuple[PastImport, ...]:
    """Give every import of this desk, the newest first."""
    rows = file.rows(
        "SELECT i.import_id, count(*) AS count, sum(i.fen) AS fen, min(i.seq) AS seq, "
        "j.recorded_at, j.operator_id, j.confirmed_by, coalesce(w.reason, '') AS reason "
        "FROM imported_reliefs i JOIN journal j ON j.seq = i.seq "
        "LEFT JOIN import_withdrawals w USING (import_id) WHERE i.origin = '' "
        "GROUP BY i.import_id ORDER BY seq DESC"
    )
    return tuple(_past_import(row) for row in rows)


def save_applicants(file: DeskFile, applicants: Iterable[Applicant]) -> None:
    """Keep applicants on this PC; a row of a sheet is kept once."""
    file.execute_many(
        "INSERT INTO applicants VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
        [
            (each.fingerprint, each.row, each.same_key, canonical.encode(each))
            for each in applicants
        ],
    )


def applicants(file: DeskFile) -> tuple[Applicant, ...]:
    """Give everybody who waits to be accepted, sheet by sheet in its order."""
    rows = file.rows("SELECT content FROM applicants ORDER BY fingerprint, place")
    return tuple(_applicant(row["content"]) for row in rows)


def cases_since(file: DeskFile, keys: Iterable[str], since: date) -> dict[str, str]:
    """Map comparison keys to the number of their latest case accepted since a day."""
    rows = file.rows(
        "SELECT p.same_key, max(c.case_no) AS case_no "
        "FROM persons p JOIN cases c USING (person_id) "
        "WHERE p.same_key IN (SELECT value FROM json_each(?)) AND c.accepted_on >= ? "
        "GROUP BY p.same_key",
        (json.dumps(sorted(set(keys))), since.isoformat()),
    )
    return {row["same_key"]: row["case_no"] for row in rows}


def applicant_rows(file: DeskFile, fingerprint: str) -> frozenset[int]:
    """Give the rows of a sheet that wait already."""
    rows = file.rows("SELECT place FROM applicants WHERE fingerprint = ?", (fingerprint,))
    return frozenset(row["place"] for row in rows)


def forget_applicants(file: DeskFile, chosen: Sequence[tuple[str, int]]) -> None:
    """Delete applicants by sheet and row: accepted at the counter, or not wanted any more."""
    file.execute_many("DELETE FROM applicants WHERE fingerprint = ? AND place = ?", chosen)


def _applicant(text: str) -> Applicant:
    found = canonical.decode(text, Applicant)
    assert isinstance(found, Applicant)  # noqa: S101 - decode gives the kind it was asked for
    return found


def _known(row: Row, *, is_import: bool) -> Known:
    return Known(
        same_key=row["same_key"],
        day=date.fromisoformat(row["paid_on"]),
        amount=Money(row["fen"]),
        other=row["other"],
        imported=is_import,
    )


def _past_import(row: Row) -> PastImport:
    return PastImport(
        import_id=ImportId(row["import_id"]),
        at=canonical.read_instant(row["recorded_at"]),
        operator_id=OperatorId(row["operator_id"]),
        confirmed_by=tuple(OperatorId(each) for each in json.loads(row["confirmed_by"])),
        rows=row["count"],
        amount=Money(row["fen"]),
        withdrawn=row["reason"],
    )


def _imported(file: DeskFile, entry: Entry, event: domain.EarlierReliefImported) -> None:
    file.execute(
        "INSERT INTO imported_reliefs VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            event.import_id,
            event.row,
            event.fingerprint,
            event.number,
            event.same_key,
            event.name,
            event.amount.fen,
            event.paid_on.isoformat(),
            event.place,
            event.cause,
            event.voucher,
            event.note,
            entry.seq,
            entry.origin,
        ),
    )


def _withdrawn(file: DeskFile, entry: Entry, event: domain.ImportWithdrawn) -> None:
    file.execute(
        "INSERT INTO import_withdrawals VALUES (?,?,?)",
        (event.import_id, event.reason, entry.seq),
    )


APPLY: dict[type, Apply] = {
    domain.EarlierReliefImported: _imported,
    domain.ImportWithdrawn: _withdrawn,
}
