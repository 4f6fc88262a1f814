"""What statistics are made from: every movement with its journal number, and closed months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, PersonId
from reliefdesk.domain.statistics import MonthClosed, MonthClosing
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE month_closings(
  month TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  closed_at TEXT NOT NULL,
  details TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;
{append_only("month_closings")}
"""

# A transfer that came back has its day only; everything else is counted by its own instant.
_MOVEMENTS = """
SELECT p.seq, p.paid_at AS at, p.case_id, p.receipt_no AS number, p.fen, 1 AS sign,
    'cash' AS method, p.kind = 'first_relief' AS early FROM payments p
UNION ALL SELECT u.seq, u.undone_at, p.case_id, p.receipt_no, p.fen, -1, 'cash',
    p.kind = 'first_relief' FROM payment_undoings u JOIN payments p USING (payment_id)
UNION ALL SELECT t.seq, t.paid_at, t.case_id, json_extract(t.details, '$.voucher'), t.fen, 1,
    t.method, 0 FROM transfers t
UNION ALL SELECT r.seq, r.returned_on, t.case_id, json_extract(t.details, '$.voucher'), t.fen, -1,
    t.method, 0 FROM transfer_returns r JOIN transfers t USING (payment_id)
UNION ALL SELECT b.seq, b.received_at, b.case_id, b.receipt_no, b.fen, 1, 'recovered', 0
    FROM repayments b
UNION ALL SELECT v.seq, v.voided_on, b.case_id, b.receipt_no, b.fen, -1, 'recovered', 0
    FROM repayment_voids v JOIN repayments b USING (repayment_id)
"""


_FACTS = """
c.case_no, c.person_id, c.cause, json_extract(c.request, '$.area') AS area, h.birth_on,
h.hukou_code, EXISTS (SELECT 1 FROM json_each(c.request, '$.members') o
    WHERE instr(json_extract(o.value, '$.health'), '残')) AS disabled
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One movement as it was recorded, with what its case and person add to the report.

    `method` is cash, bank, in_kind or recovered; `area` and `cause` are codes of the request;
    `is_disabled`: some member of the household is registered so.
    """

    seq: int
    on: date
    case_id: CaseId
    case_no: str
    person_id: PersonId
    number: str
    fen: int
    sign: int
    method: str
    is_early: bool
    area: str
    cause: str
    birth_on: date | None
    hukou_code: str
    is_disabled: bool


def movements(file: DeskFile, since: date) -> Iterator[Movement]:
    """Give everything recorded from a day on, in the order of the journal."""
    rows = file.rows(
        f"SELECT m.*, {_FACTS} FROM ({_MOVEMENTS}) m JOIN cases c USING (case_id) "
        "JOIN persons h USING (person_id) WHERE c.origin = '' AND m.at >= ? ORDER BY m.seq",
        (since.isoformat(),),
    )
    for row in rows:
        yield Movement(
            seq=row["seq"],
            on=_day(row["at"]),
            case_id=CaseId(row["case_id"]),
            case_no=row["case_no"],
            person_id=PersonId(row["person_id"]),
            number=row["number"],
            fen=row["fen"],
            sign=row["sign"],
            method=row["method"],
            is_early=bool(row["early"]),
            area=row["area"],
            cause=row["cause"],
            birth_on=None if row["birth_on"] is None else date.fromisoformat(row["birth_on"]),
            hukou_code=row["hukou_code"],
            is_disabled=bool(row["disabled"]),
        )


def closings(file: DeskFile) -> dict[str, MonthClosing]:
    """Map `2021-03` to how that month was closed."""
    rows = file.rows("SELECT * FROM month_closings WHERE origin = '' ORDER BY month")
    return {row["month"]: _closing(row) for row in rows}


def _closing(row: Row) -> MonthClosing:
    details = canonical.decode(row["details"], MonthClosed)
    assert isinstance(details, MonthClosed)  # noqa: S101 - decoded as one
    return MonthClosing(
        seq=row["seq"], closed_at=canonical.read_instant(row["closed_at"]), details=details
    )


def _day(text: str) -> date:
    return shanghai_day(canonical.read_instant(text)) if "T" in text else date.fromisoformat(text)


def _closed(file: DeskFile, entry: Entry, event: MonthClosed) -> None:
    file.execute(
        "INSERT INTO month_closings VALUES (?,?,?,?,?)"
        + (" ON CONFLICT DO NOTHING" if entry.origin else ""),
        (
            event.month if not entry.origin else f"{entry.origin} {event.month}",
            entry.seq,
            canonical.instant_text(entry.header.at),
            canonical.encode(event),
            entry.origin,
        ),
    )


APPLY: dict[type, Any] = {MonthClosed: _closed}
