"""Claims, what came back against gap-free SK numbers, and cash handed to finance: append-only.

No line here touches a drawer: money that came back is kept apart from the float.
"""

from datetime import date
from typing import Any

from reliefdesk.domain import recoveries as domain
from reliefdesk.domain.ids import CaseId, DepositId, OperatorId, RecoveryId, RepaymentId
from reliefdesk.domain.money import Money
from reliefdesk.domain.recoveries import Recovery, Repayment, RepaymentVoid
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.mergers import INHERITED
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE recoveries(
  seq INTEGER PRIMARY KEY,
  recovery_id TEXT NOT NULL UNIQUE,
  recovery_no TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES cases(case_id),
  fen INTEGER NOT NULL CHECK (fen > 0),
  opened_on TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  details TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX recoveries_by_case ON recoveries(case_id);
CREATE INDEX recoveries_by_day ON recoveries(opened_on);
{append_only("recoveries")}
CREATE TABLE recovery_withdrawals(
  seq INTEGER PRIMARY KEY,
  recovery_id TEXT NOT NULL UNIQUE REFERENCES recoveries(recovery_id),
  details TEXT NOT NULL
) STRICT;
{append_only("recovery_withdrawals")}
CREATE TABLE repayments(
  seq INTEGER PRIMARY KEY,
  repayment_id TEXT NOT NULL UNIQUE,
  recovery_id TEXT NOT NULL REFERENCES recoveries(recovery_id),
  case_id TEXT NOT NULL,
  receipt_no TEXT NOT NULL UNIQUE,
  prefix TEXT NOT NULL,
  office TEXT NOT NULL,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL CHECK (serial BETWEEN 1 AND 999999),
  fen INTEGER NOT NULL CHECK (fen > 0),
  means TEXT NOT NULL,
  cashier TEXT NOT NULL,
  received_on TEXT NOT NULL,
  received_at TEXT NOT NULL,
  details TEXT NOT NULL,
  origin TEXT NOT NULL,
  CHECK (receipt_no = printf('%s-%s-%04d-%06d', prefix, office, year, serial))
) STRICT;
CREATE INDEX repayments_by_claim ON repayments(recovery_id, seq);
CREATE INDEX repayments_by_case ON repayments(case_id);
CREATE TRIGGER repayments_gap_free BEFORE INSERT ON repayments
WHEN NEW.origin = '' AND NEW.serial <> 1 + coalesce((SELECT max(serial) FROM repayments
  WHERE prefix = NEW.prefix AND office = NEW.office AND year = NEW.year), 0)
BEGIN SELECT RAISE(ABORT, 'repayments: numbers follow without a gap'); END;
CREATE TRIGGER repayments_owed BEFORE INSERT ON repayments
WHEN NEW.origin = '' AND NEW.fen > (SELECT r.fen - coalesce((SELECT sum(b.fen) FROM repayments b
    WHERE b.recovery_id = r.recovery_id AND b.repayment_id NOT IN
      (SELECT repayment_id FROM repayment_voids)), 0)
  FROM recoveries r WHERE r.recovery_id = NEW.recovery_id)
BEGIN SELECT RAISE(ABORT, 'repayments: more than is owed'); END;
{append_only("repayments")}
CREATE TABLE repayment_voids(
  seq INTEGER PRIMARY KEY,
  repayment_id TEXT NOT NULL UNIQUE REFERENCES repayments(repayment_id),
  reason TEXT NOT NULL CHECK (reason <> ''),
  by TEXT NOT NULL,
  second TEXT NOT NULL,
  voided_on TEXT NOT NULL,
  origin TEXT NOT NULL,
  CHECK (by <> second)
) STRICT;
{append_only("repayment_voids")}
CREATE TABLE repayment_prints(
  seq INTEGER PRIMARY KEY,
  receipt_no TEXT NOT NULL REFERENCES repayments(receipt_no),
  nth INTEGER NOT NULL CHECK (nth >= 0),
  reason TEXT NOT NULL,
  CHECK (nth = 0 OR reason <> ''),
  UNIQUE (receipt_no, nth)
) STRICT;
{append_only("repayment_prints")}
CREATE TABLE deposits(
  seq INTEGER PRIMARY KEY,
  deposit_id TEXT NOT NULL UNIQUE,
  cashier TEXT NOT NULL,
  fen INTEGER NOT NULL CHECK (fen > 0),
  deposited_on TEXT NOT NULL,
  details TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
{append_only("deposits")}
CREATE TABLE deposit_repayments(
  repayment_id TEXT PRIMARY KEY REFERENCES repayments(repayment_id),
  deposit_id TEXT NOT NULL REFERENCES deposits(deposit_id)
) STRICT, WITHOUT ROWID;
{append_only("deposit_repayments")}
CREATE TABLE tolerances(
  seq INTEGER PRIMARY KEY,
  recovery_id TEXT NOT NULL REFERENCES recoveries(recovery_id),
  details TEXT NOT NULL
) STRICT;
CREATE INDEX tolerances_by_claim ON tolerances(recovery_id, seq);
{append_only("tolerances")}
"""

_RECOVERIES = """
SELECT r.*, c.case_no, (SELECT count(*) FROM recoveries e
    WHERE e.origin = r.origin AND e.seq <= r.seq
      AND substr(e.opened_on, 1, 7) = substr(r.opened_on, 1, 7)) AS place,
  (SELECT details FROM recovery_withdrawals w WHERE w.recovery_id = r.recovery_id) AS withdrawn,
  (SELECT details FROM tolerances t WHERE t.recovery_id = r.recovery_id
    ORDER BY t.seq DESC LIMIT 1) AS tolerance
FROM recoveries r JOIN cases c USING (case_id)
"""
_REPAYMENTS = """
SELECT b.*, v.reason, v.by, v.second, v.voided_on, d.deposited_on,
  (SELECT count(*) FROM repayment_prints p WHERE p.receipt_no = b.receipt_no) AS prints
FROM repayments b LEFT JOIN repayment_voids v USING (repayment_id)
  LEFT JOIN deposit_repayments k USING (repayment_id) LEFT JOIN deposits d USING (deposit_id)
"""


def recovery(file: DeskFile, recovery_id: RecoveryId) -> Recovery | None:
    """Give one claim by the identity that its window made."""
    row = file.row(_RECOVERIES + "WHERE r.recovery_id = ?", (recovery_id,))
    return None if row is None else _recovery(file, row)


def of_case(file: DeskFile, case_id: CaseId) -> tuple[Recovery, ...]:
    """Give the claims of a case in order, withdrawn ones too."""
    rows = file.rows(_RECOVERIES + "WHERE r.case_id = ? ORDER BY r.seq", (case_id,))
    return tuple(_recovery(file, row) for row in rows)


def every(file: DeskFile) -> tuple[Recovery, ...]:
    """Give all claims of this desk and of those it took over, the newest first."""
    ours = f"WHERE r.origin = '' OR r.origin IN ({INHERITED}) "
    rows = file.rows(_RECOVERIES + ours + "ORDER BY r.seq DESC")
    return tuple(_recovery(file, row) for row in rows)


def case_of_number(file: DeskFile, case_no: str) -> CaseId | None:
    """Give the case of a number, or of its last digits the newest, or None."""
    found = file.value("SELECT case_id FROM cases WHERE case_no = ?", (case_no,))
    if found is None and case_no.isascii() and case_no.isdigit():
        found = file.value(
            "SELECT case_id FROM cases WHERE case_no GLOB ? "
            "ORDER BY accepted_on DESC, case_no DESC LIMIT 1",
            (f"*-{int(case_no):06d}",),
        )
    return None if found is None else CaseId(found)


def claimed(file: DeskFile, case_id: CaseId) -> Money:
    """Give what is claimed of a case, withdrawn claims left out."""
    fen = file.value(
        "SELECT coalesce(sum(fen), 0) FROM recoveries WHERE case_id = ? "
        "AND recovery_id NOT IN (SELECT recovery_id FROM recovery_withdrawals)",
        (case_id,),
    )
    return Money(fen)


def count_in_year(file: DeskFile, year: int) -> int:
    """Give how many claims a year has."""
    found: int = file.value(
        "SELECT count(*) FROM recoveries WHERE origin = '' AND opened_on BETWEEN ? AND ?",
        (date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()),
    )
    return found


def repayment(file: DeskFile, repayment_id: RepaymentId) -> Repayment | None:
    """Give one repayment by the identity that its window made."""
    row = file.row(_REPAYMENTS + "WHERE b.repayment_id = ?", (repayment_id,))
    return None if row is None else _repayment(row)


def by_receipt(file: DeskFile, receipt_no: str) -> Repayment | None:
    """Give the repayment behind an SK number."""
    row = file.row(_REPAYMENTS + "WHERE b.receipt_no = ?", (receipt_no,))
    return None if row is None else _repayment(row)


def of_year(file: DeskFile, year: int) -> tuple[Repayment, ...]:
    """Give every repayment whose number is of a year, void ones too, in order."""
    rows = file.rows(
        _REPAYMENTS + "WHERE b.origin = '' AND b.year = ? ORDER BY b.prefix, b.office, b.serial",
        (year,),
    )
    return tuple(_repayment(row) for row in rows)


def touching(file: DeskFile, since: date, until: date) -> tuple[Repayment, ...]:
    """Give what came back or was taken out on these days (inclusive), in order."""
    span = (since.isoformat(), until.isoformat())
    rows = file.rows(
        _REPAYMENTS + "WHERE b.origin = '' AND (b.received_on BETWEEN ?1 AND ?2 "
        "OR v.voided_on BETWEEN ?1 AND ?2) "
        "ORDER BY b.seq",
        span,
    )
    return tuple(_repayment(row) for row in rows)


def kept(file: DeskFile) -> tuple[Repayment, ...]:
    """Give the repayments in cash that still lie with a cashier, oldest first."""
    rows = file.rows(
        _REPAYMENTS
        + "WHERE b.origin = '' AND b.means = 'cash' AND v.seq IS NULL AND d.seq IS NULL "
        "ORDER BY b.seq"
    )
    return tuple(_repayment(row) for row in rows)


def deposited(file: DeskFile, deposit_id: DepositId) -> Money | None:
    """Give the amount of a deposit by the identity that its window made."""
    fen = file.value("SELECT fen FROM deposits WHERE deposit_id = ?", (deposit_id,))
    return None if fen is None else Money(fen)


def last_serial(file: DeskFile, prefix: str, office: str, year: int) -> int:
    """Give the last number used in a series, 0 when none."""
    found: int = file.value(
        "SELECT coalesce(max(serial), 0) FROM repayments "
        "WHERE origin = '' AND prefix = ? AND office = ? AND year = ?",
        (prefix, office, year),
    )
    return found


def _recovery(file: DeskFile, row: Row) -> Recovery:
    rows = file.rows(_REPAYMENTS + "WHERE b.recovery_id = ? ORDER BY b.seq", (row["recovery_id"],))
    return Recovery(
        seq=row["seq"],
        opened_at=canonical.read_instant(row["opened_at"]),
        place=row["place"],
        case_no=row["case_no"],
        details=_read(row["details"], domain.RecoveryOpened),
        withdrawn=_read_or_none(row["withdrawn"], domain.RecoveryWithdrawn),
        repayments=tuple(_repayment(each) for each in rows),
        tolerance=_read_or_none(row["tolerance"], domain.ToleranceRecorded),
    )


def _repayment(row: Row) -> Repayment:
    deposited_on = row["deposited_on"]
    return Repayment(
        seq=row["seq"],
        received_at=canonical.read_instant(row["received_at"]),
        details=_read(row["details"], domain.RepaymentReceived),
        prints=row["prints"],
        void=None
        if row["reason"] is None
        else RepaymentVoid(
            reason=row["reason"],
            by=OperatorId(row["by"]),
            second=OperatorId(row["second"]),
            voided_on=date.fromisoformat(row["voided_on"]),
        ),
        deposited_on=None if deposited_on is None else date.fromisoformat(deposited_on),
    )


def _read(text: str, kind: type) -> Any:  # noqa: ANN401 - `kind` decides
    return canonical.decode(text, kind)


def _read_or_none(text: str | None, kind: type) -> Any:  # noqa: ANN401 - `kind` decides
    return None if text is None else canonical.decode(text, kind)
