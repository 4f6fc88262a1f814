"""Receipt numbers as a table: gap-free by trigger, one state each, every print on its own line.

The table holds no money; what a number was worth stands in the append-only payments.
"""

from datetime import date
from typing import Any

from reliefdesk.domain import receipts as domain
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, OperatorId, PaymentId, ReceiptNo
from reliefdesk.domain.masking import mask_name
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.payments import CashPaid
from reliefdesk.domain.receipts import (
    NumberRow,
    PrintRow,
    Receipt,
    ReceiptSeries,
    ReceiptState,
    SeriesFault,
    SignedBy,
    series_faults,
)
from reliefdesk.errors import BugError
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.mergers import INHERITED, SPEAKS
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

SERIAL_DIGITS = 6

TABLES = f"""
CREATE TABLE receipts(
  receipt_no TEXT PRIMARY KEY,
  prefix TEXT NOT NULL,
  office TEXT NOT NULL,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL CHECK (serial BETWEEN 1 AND 999999),
  payment_id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  state TEXT NOT NULL,
  prints INTEGER NOT NULL CHECK (prints >= 0),
  issued_on TEXT NOT NULL,
  signed_on TEXT,
  signed_by TEXT,
  filed_on TEXT,
  file_place TEXT NOT NULL,
  replaces TEXT REFERENCES receipts(receipt_no),
  replaced_by TEXT REFERENCES receipts(receipt_no),
  origin TEXT NOT NULL,
  CHECK (receipt_no = printf('%s-%s-%04d-%06d', prefix, office, year, serial))
) STRICT, WITHOUT ROWID;
CREATE INDEX receipts_waiting ON receipts(state) WHERE state IN ('issued', 'printed', 'signed');
CREATE TRIGGER receipts_gap_free BEFORE INSERT ON receipts
WHEN NEW.origin = '' AND NOT EXISTS (SELECT 1 FROM pad_numbers
    WHERE receipt_no = NEW.receipt_no AND state = 'entered')
  AND NEW.serial <> 1 + max(coalesce((SELECT serial FROM receipts
  WHERE receipt_no > printf('%s-%s-%04d-', NEW.prefix, NEW.office, NEW.year)
    AND receipt_no < printf('%s-%s-%04d-:', NEW.prefix, NEW.office, NEW.year)
  ORDER BY receipt_no DESC LIMIT 1), 0), coalesce((SELECT serial FROM pad_numbers
  WHERE receipt_no > printf('%s-%s-%04d-', NEW.prefix, NEW.office, NEW.year)
    AND receipt_no < printf('%s-%s-%04d-:', NEW.prefix, NEW.office, NEW.year)
  ORDER BY receipt_no DESC LIMIT 1), 0))
BEGIN SELECT RAISE(ABORT, 'receipts: numbers follow without a gap'); END;
CREATE TRIGGER receipts_frozen
BEFORE UPDATE OF receipt_no, prefix, office, year, serial, payment_id, case_id, issued_on, replaces
ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts: a number is never changed'); END;
CREATE TRIGGER receipts_step BEFORE UPDATE OF state ON receipts
WHEN (OLD.state || '>' || NEW.state) NOT IN (
  'issued>printed', 'issued>void', 'printed>signed', 'printed>void', 'signed>filed',
  'signed>reversed', 'filed>reversed')
BEGIN SELECT RAISE(ABORT, 'receipts: no such step'); END;
CREATE TRIGGER receipts_no_delete BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts: rows are never deleted'); END;
CREATE TABLE receipt_prints(
  seq INTEGER NOT NULL,
  receipt_no TEXT NOT NULL REFERENCES receipts(receipt_no),
  form TEXT NOT NULL,
  nth INTEGER NOT NULL CHECK (nth >= 0),
  reason TEXT NOT NULL,
  operator_id TEXT NOT NULL,
  printed_at TEXT NOT NULL,
  CHECK (nth = 0 OR reason <> ''),
  PRIMARY KEY (receipt_no, nth)
) STRICT, WITHOUT ROWID;
{append_only("receipt_prints")}
"""


_OURS = f"(r.origin = '' OR r.origin IN ({INHERITED}))"
_NUMBERS = """
SELECT r.*, c.case_no, p.name, y.fen, u.seq AS undone_seq, u.reason, u.undone_on,
  coalesce(o.name, '') AS cashier_name, coalesce(s.name, '') AS second_name
FROM receipts r JOIN payments y USING (payment_id) JOIN cases c ON c.case_id = r.case_id
  JOIN persons p ON p.person_id = y.person_id
  LEFT JOIN payment_undoings u ON u.payment_id = r.payment_id
  LEFT JOIN operators o ON o.operator_id = y.cashier
  LEFT JOIN operators s ON s.operator_id = u.second
"""


def receipt(file: DeskFile, receipt_no: str) -> Receipt | None:
    """Give one number and where it stands; None for a number that was never taken."""
    row = file.row("SELECT * FROM receipts WHERE receipt_no = ?", (receipt_no,))
    return None if row is None else _receipt(row)


def of_case(file: DeskFile, case_id: CaseId) -> tuple[Receipt, ...]:
    """Give the numbers of one case in the order they were taken."""
    rows = file.rows(
        "SELECT r.* FROM payments y JOIN receipts r USING (receipt_no) WHERE y.case_id = ? "
        "ORDER BY y.seq",
        (case_id,),
    )
    return tuple(_receipt(row) for row in rows)


def in_state(file: DeskFile, state: ReceiptState) -> tuple[Receipt, ...]:
    """Give the numbers that stand in one state, for the list of what is left to do."""
    rows = file.rows(
        f"SELECT * FROM receipts r WHERE {_OURS} AND state = ? "
        "ORDER BY year, prefix, office, serial",
        (state.value,),
    )
    return tuple(_receipt(row) for row in rows)


def of_year(file: DeskFile, year: int) -> tuple[Receipt, ...]:
    """Give every number of a year, series by series, in order."""
    rows = file.rows(
        "SELECT * FROM receipts WHERE origin = '' AND year = ? ORDER BY prefix, office, serial",
        (year,),
    )
    return tuple(_receipt(row) for row in rows)


def prints(file: DeskFile, receipt_no: ReceiptNo) -> tuple[PrintRow, ...]:
    """Give every print of a number in order."""
    rows = file.rows(
        "SELECT * FROM receipt_prints WHERE receipt_no = ? ORDER BY nth", (receipt_no,)
    )
    return tuple(
        PrintRow(
            receipt_no=ReceiptNo(row["receipt_no"]),
            form=row["form"],
            nth=row["nth"],
            reason=row["reason"],
            operator_id=OperatorId(row["operator_id"]),
            printed_at=canonical.read_instant(row["printed_at"]),
        )
        for row in rows
    )


_TAKEN = ("receipts", "pad_numbers")
"""Where numbers of a series are taken: by payments, and in advance as blank receipts."""
_LAST = """
SELECT serial FROM {table} WHERE receipt_no > ?1 AND receipt_no < ?1 || ':'
ORDER BY receipt_no DESC LIMIT 1
"""


def next_number(file: DeskFile, series: ReceiptSeries) -> ReceiptNo:
    """Give the number that follows in a series; it is taken only when a payment is recorded.

    Call inside the transaction that records the payment.
    """
    before_first = series.number(1)[:-SERIAL_DIGITS]
    last = max(file.value(_LAST.format(table=table), (before_first,)) or 0 for table in _TAKEN)
    return series.number(1 + last)


def faults(file: DeskFile) -> tuple[SeriesFault, ...]:
    """Name every gap or double in the series; empty when all is well. Verification asks this."""
    rows = file.rows(
        "SELECT prefix, office, year, serial FROM receipts WHERE origin = '' "
        "UNION ALL SELECT prefix, office, year, serial FROM pad_numbers "
        "WHERE origin = '' AND state <> 'entered'"
    )
    return series_faults((_series(row), row["serial"]) for row in rows)


def numbers(file: DeskFile, year: int) -> tuple[NumberRow, ...]:
    """Give what became of every number of a year, series by series; names are masked."""
    rows = file.rows(
        _NUMBERS + "WHERE r.origin = '' AND r.year = ? ORDER BY r.prefix, r.office, r.serial",
        (year,),
    )
    return tuple(_number_row(row) for row in rows)


def waiting(file: DeskFile) -> tuple[NumberRow, ...]:
    """Give the numbers whose signed original is not in the archive yet, oldest first."""
    rows = file.rows(
        _NUMBERS + f"WHERE r.state IN ('issued', 'printed', 'signed') AND {_OURS} ORDER BY y.seq"
    )
    return tuple(_number_row(row) for row in rows)


def issue(file: DeskFile, event: CashPaid, *, origin: str) -> None:
    """Take the number that a payment names, and link it with the one it replaces."""
    prefix, office, year, serial = event.receipt_no.split("-")
    file.execute(
        "INSERT INTO receipts VALUES (?,?,?,?,?,?,?,?,0,?,NULL,NULL,NULL,'',?,NULL,?)",
        (
            event.receipt_no,
            prefix,
            office,
            int(year),
            int(serial),
            event.payment_id,
            event.case_id,
            ReceiptState.ISSUED.value,
            event.paid_on.isoformat(),
            event.replaces,
            origin,
        ),
    )
    if event.replaces is not None:
        changed = file.execute(
            "UPDATE receipts SET replaced_by = ? WHERE receipt_no = ? AND replaced_by IS NULL",
            (event.receipt_no, event.replaces),
        )
        _require_one(changed)


def undo(file: DeskFile, receipt_no: ReceiptNo, state: ReceiptState, *, origin: str) -> None:
    """Mark a number void or reversed; it stays in every list."""
    changed = file.execute(
        f"UPDATE receipts SET state = ? WHERE receipt_no = ? AND {SPEAKS}",
        (state.value, receipt_no, origin),
    )
    _require_one(changed)


def _printed(file: DeskFile, entry: Entry, event: domain.ReceiptPrinted) -> None:
    file.execute(
        "INSERT INTO receipt_prints VALUES (?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.receipt_no,
            event.form,
            event.nth,
            event.reason,
            entry.header.operator_id,
            canonical.instant_text(entry.header.at),
        ),
    )
    changed = file.execute(
        f"UPDATE receipts SET prints = prints + 1 WHERE receipt_no = ? AND {SPEAKS}",
        (event.receipt_no, entry.origin),
    )
    _require_one(changed)
    file.execute(
        "UPDATE receipts SET state = 'printed' WHERE receipt_no = ? AND state = 'issued'",
        (event.receipt_no,),
    )


def _signed(file: DeskFile, entry: Entry, event: domain.ReceiptSigned) -> None:
    changed = file.execute(
        "UPDATE receipts SET state = 'signed', signed_on = ?, signed_by = ? "
        f"WHERE receipt_no = ? AND {SPEAKS}",
        (event.signed_on.isoformat(), event.signed_by.value, event.receipt_no, entry.origin),
    )
    _require_one(changed)


def _filed(file: DeskFile, entry: Entry, event: domain.OriginalFiled) -> None:
    changed = file.execute(
        "UPDATE receipts SET state = 'filed', filed_on = ?, file_place = ? "
        f"WHERE receipt_no = ? AND {SPEAKS}",
        (event.filed_on.isoformat(), event.file_place, event.receipt_no, entry.origin),
    )
    _require_one(changed)


def _require_one(changed: int) -> None:
    if changed != 1:
        raise BugError(rule="an event names a receipt that exists")


def _series(row: Row) -> ReceiptSeries:
    return ReceiptSeries(prefix=row["prefix"], office=row["office"], year=row["year"])


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _number(text: str | None) -> ReceiptNo | None:
    return None if text is None else ReceiptNo(text)


def _receipt(row: Row) -> Receipt:
    return Receipt(
        receipt_no=ReceiptNo(row["receipt_no"]),
        series=_series(row),
        serial=row["serial"],
        payment_id=PaymentId(row["payment_id"]),
        case_id=CaseId(row["case_id"]),
        state=ReceiptState(row["state"]),
        prints=row["prints"],
        issued_on=date.fromisoformat(row["issued_on"]),
        signed_on=_day(row["signed_on"]),
        signed_by=None if row["signed_by"] is None else SignedBy(row["signed_by"]),
        filed_on=_day(row["filed_on"]),
        file_place=row["file_place"],
        replaces=_number(row["replaces"]),
        replaced_by=_number(row["replaced_by"]),
    )


def _number_row(row: Row) -> NumberRow:
    amount = Money(row["fen"])
    return NumberRow(
        receipt=_receipt(row),
        case_no=row["case_no"],
        name=mask_name(row["name"]),
        amount=amount,
        net=amount if row["undone_seq"] is None else ZERO,
        cashier=row["cashier_name"],
        reason=row["reason"] or "",
        second=row["second_name"],
        undone_on=_day(row["undone_on"]),
    )


APPLY: dict[type, Any] = {
    domain.ReceiptPrinted: _printed,
    domain.ReceiptSigned: _signed,
    domain.OriginalFiled: _filed,
}
