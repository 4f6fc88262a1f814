"""Numbers set aside as blank receipts: part of their series, without a gap, each settled once."""

from datetime import date
from typing import Any

from reliefdesk.domain import pads as domain
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import OperatorId, PadId, ReceiptNo
from reliefdesk.domain.pads import PadNumber, PadState
from reliefdesk.domain.receipts import PAD_FORM, ReceiptSeries
from reliefdesk.errors import BugError
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.mergers import SPEAKS
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE pad_numbers(
  receipt_no TEXT PRIMARY KEY,
  pad_id TEXT NOT NULL,
  prefix TEXT NOT NULL,
  office TEXT NOT NULL,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL CHECK (serial BETWEEN 1 AND 999999),
  holder TEXT NOT NULL,
  issued_by TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  state TEXT NOT NULL,
  fate TEXT,
  settled_at TEXT,
  origin TEXT NOT NULL,
  CHECK (receipt_no = printf('%s-%s-%04d-%06d', prefix, office, year, serial)),
  CHECK ((state = 'blank') = (fate IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX pad_numbers_by_pad ON pad_numbers(pad_id);
CREATE INDEX pad_numbers_blank ON pad_numbers(issued_on) WHERE state = 'blank';
CREATE TRIGGER pad_numbers_gap_free BEFORE INSERT ON pad_numbers
WHEN NEW.origin = '' AND NEW.serial <> 1 + max(
  coalesce((SELECT max(serial) FROM receipts
    WHERE prefix = NEW.prefix AND office = NEW.office AND year = NEW.year), 0),
  coalesce((SELECT max(serial) FROM pad_numbers
    WHERE prefix = NEW.prefix AND office = NEW.office AND year = NEW.year), 0))
BEGIN SELECT RAISE(ABORT, 'pad_numbers: numbers follow without a gap'); END;
CREATE TRIGGER pad_numbers_frozen
BEFORE UPDATE OF receipt_no, pad_id, prefix, office, year, serial, holder, issued_on ON pad_numbers
BEGIN SELECT RAISE(ABORT, 'pad_numbers: a number is never changed'); END;
CREATE TRIGGER pad_numbers_step BEFORE UPDATE OF state ON pad_numbers
WHEN OLD.state <> 'blank' OR NEW.state = 'blank'
BEGIN SELECT RAISE(ABORT, 'pad_numbers: a number is settled once'); END;
CREATE TRIGGER pad_numbers_no_delete BEFORE DELETE ON pad_numbers
BEGIN SELECT RAISE(ABORT, 'pad_numbers: rows are never deleted'); END;
CREATE TABLE pad_prints(
  seq INTEGER NOT NULL,
  receipt_no TEXT NOT NULL REFERENCES pad_numbers(receipt_no),
  nth INTEGER NOT NULL CHECK (nth >= 0),
  pad_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator_id TEXT NOT NULL,
  printed_at TEXT NOT NULL,
  CHECK (nth = 0 OR reason <> ''),
  PRIMARY KEY (receipt_no, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX pad_prints_by_pad ON pad_prints(pad_id, seq);
{append_only("pad_prints")}
"""

_FATES: dict[PadState, type] = {
    PadState.ENTERED: domain.PadReceiptEntered,
    PadState.SPOILT: domain.PadNumberSpoilt,
    PadState.UNUSED: domain.PadReturned,
}
_ORDER = "ORDER BY year, prefix, office, serial"
_SELECT = (
    "SELECT *, (SELECT count(*) FROM pad_prints p WHERE p.receipt_no = n.receipt_no) AS prints, "
    "coalesce((SELECT reason FROM pad_prints p WHERE p.receipt_no = n.receipt_no "
    "ORDER BY nth DESC LIMIT 1), '') AS print_reason FROM pad_numbers n"
)


def number(file: DeskFile, receipt_no: str) -> PadNumber | None:
    """Give one number that was set aside, or None."""
    row = file.row(f"{_SELECT} WHERE origin = '' AND receipt_no = ?", (receipt_no,))
    return None if row is None else _number(row)


def of_pad(file: DeskFile, pad_id: PadId) -> tuple[PadNumber, ...]:
    """Give the numbers of one pad in order."""
    rows = file.rows(f"{_SELECT} WHERE pad_id = ? {_ORDER}", (pad_id,))
    return tuple(_number(row) for row in rows)


def of_year(file: DeskFile, year: int) -> tuple[PadNumber, ...]:
    """Give every number set aside in the series of a year."""
    rows = file.rows(f"{_SELECT} WHERE origin = '' AND year = ? {_ORDER}", (year,))
    return tuple(_number(row) for row in rows)


def every(file: DeskFile) -> tuple[PadNumber, ...]:
    """Give every number that was ever set aside."""
    rows = file.rows(f"{_SELECT} WHERE origin = '' {_ORDER}")
    return tuple(_number(row) for row in rows)


def blank(file: DeskFile, until: date) -> tuple[PadNumber, ...]:
    """Give the numbers handed out by a day (inclusive) and still blank, in order."""
    rows = file.rows(
        f"{_SELECT} WHERE state = 'blank' AND origin = '' AND issued_on <= ? {_ORDER}",
        (until.isoformat(),),
    )
    return tuple(_number(row) for row in rows)


def print_count(file: DeskFile, pad_id: PadId) -> int:
    """Give how often sheets of a pad were printed."""
    found: int = file.value(
        "SELECT count(DISTINCT seq) FROM pad_prints WHERE pad_id = ?", (pad_id,)
    )
    return found


def last_printed(file: DeskFile, pad_id: PadId) -> tuple[ReceiptNo, ...]:
    """Give the numbers whose sheets the latest print of a pad held, in order."""
    rows = file.rows(
        "SELECT receipt_no FROM pad_prints WHERE pad_id = ?1 AND seq = "
        "(SELECT max(seq) FROM pad_prints WHERE pad_id = ?1) ORDER BY receipt_no",
        (pad_id,),
    )
    return tuple(ReceiptNo(row["receipt_no"]) for row in rows)


def settle_receipt(file: DeskFile, entry: Entry, receipt_no: ReceiptNo) -> bool:
    """Carry a receipt entered from a pad to 已签领: it was printed blank and signed by hand.

    The prints of its blank receipt are its own, so that a further one is marked. Where none was
    recorded the sheet is known from its entry. Gives whether the receipt is such a one.
    """
    row = file.row(
        "SELECT * FROM pad_numbers WHERE receipt_no = ? AND state = 'entered'", (receipt_no,)
    )
    if row is None:
        return False
    fate = canonical.decode(row["fate"], domain.PadReceiptEntered)
    assert isinstance(fate, domain.PadReceiptEntered)  # noqa: S101 - decoded as one
    prints = file.execute(
        "INSERT INTO receipt_prints SELECT seq, receipt_no, ?, nth, reason, operator_id, "
        "printed_at FROM pad_prints WHERE receipt_no = ?",
        (PAD_FORM, receipt_no),
    )
    if not prints:
        header = entry.header
        file.execute(
            "INSERT INTO receipt_prints VALUES (?,?,?,0,'',?,?)",
            (
                entry.seq,
                receipt_no,
                PAD_FORM,
                header.operator_id,
                canonical.instant_text(header.at),
            ),
        )
    file.execute(
        "UPDATE receipts SET state = 'printed', prints = ? WHERE receipt_no = ?",
        (max(prints, 1), receipt_no),
    )
    file.execute(
        "UPDATE receipts SET state = 'signed', signed_on = ?, signed_by = ? WHERE receipt_no = ?",
        (fate.paid_by_hand_on.isoformat(), fate.signed_by.value, receipt_no),
    )
    return True


def _number(row: Row) -> PadNumber:
    state = PadState(row["state"])
    settled = row["settled_at"]
    fate: Any = None
    if state is not PadState.BLANK:
        fate = canonical.decode(row["fate"], _FATES[state])
    return PadNumber(
        receipt_no=ReceiptNo(row["receipt_no"]),
        serial=row["serial"],
        pad_id=PadId(row["pad_id"]),
        state=state,
        holder=OperatorId(row["holder"]),
        issued_on=date.fromisoformat(row["issued_on"]),
        issued_at=canonical.read_instant(row["issued_at"]),
        prints=row["prints"],
        print_reason=row["print_reason"],
        fate=fate,
        settled_at=None if settled is None else canonical.read_instant(settled),
    )


def _issued(file: DeskFile, entry: Entry, event: domain.PadIssued) -> None:
    series = ReceiptSeries(prefix=event.prefix, office=event.office, year=event.year)
    for serial in range(event.first, event.last + 1):
        file.execute(
            "INSERT INTO pad_numbers VALUES (?,?,?,?,?,?,?,?,?,?,'blank',NULL,NULL,?)",
            (
                series.number(serial),
                event.pad_id,
                series.prefix,
                series.office,
                series.year,
                serial,
                event.holder,
                entry.header.operator_id,
                event.issued_on.isoformat(),
                canonical.instant_text(entry.header.at),
                entry.origin,
            ),
        )


def _printed(file: DeskFile, entry: Entry, event: domain.PadPrinted) -> None:
    for receipt_no in event.receipt_nos:
        changed = file.execute(
            "INSERT INTO pad_prints SELECT ?, receipt_no, (SELECT count(*) FROM pad_prints p "
            "WHERE p.receipt_no = n.receipt_no), pad_id, ?, ?, ? "
            f"FROM pad_numbers n WHERE receipt_no = ? AND pad_id = ? AND {SPEAKS}",
            (
                entry.seq,
                event.reason,
                entry.header.operator_id,
                canonical.instant_text(entry.header.at),
                receipt_no,
                event.pad_id,
                entry.origin,
            ),
        )
        _require_one(changed)


def _entered(file: DeskFile, entry: Entry, event: domain.PadReceiptEntered) -> None:
    _settle(file, entry, event.receipt_no, PadState.ENTERED)


def _spoilt(file: DeskFile, entry: Entry, event: domain.PadNumberSpoilt) -> None:
    _settle(file, entry, event.receipt_no, PadState.SPOILT)


def _returned(file: DeskFile, entry: Entry, event: domain.PadReturned) -> None:
    for receipt_no in event.receipt_nos:
        _settle(file, entry, receipt_no, PadState.UNUSED)


def _settle(file: DeskFile, entry: Entry, receipt_no: ReceiptNo, state: PadState) -> None:
    changed = file.execute(
        "UPDATE pad_numbers SET state = ?, fate = ?, settled_at = ? "
        f"WHERE receipt_no = ? AND {SPEAKS}",
        (
            state.value,
            canonical.encode(entry.event),
            canonical.instant_text(entry.header.at),
            receipt_no,
            entry.origin,
        ),
    )
    _require_one(changed)


def _require_one(changed: int) -> None:
    if changed != 1:
        raise BugError(rule="a pad's number that is printed or settled exists")


APPLY: dict[type, Any] = {
    domain.PadIssued: _issued,
    domain.PadPrinted: _printed,
    domain.PadReceiptEntered: _entered,
    domain.PadNumberSpoilt: _spoilt,
    domain.PadReturned: _returned,
}
