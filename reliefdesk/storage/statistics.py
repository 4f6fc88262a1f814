"""What statistics are made from: every movement with its journal number, and closed months."""

import functools
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, DeskId, PersonId
from reliefdesk.domain.statistics import MonthClosed, MonthClosing
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row
from reliefdesk.storage.triggers import append_only

_HOUR = len("2021-03-10T01")

TABLES = f"""
CREATE TABLE month_closings(
  origin TEXT NOT NULL,
  month TEXT NOT NULL,
  seq INTEGER NOT NULL,
  closed_at TEXT NOT NULL,
  details TEXT NOT NULL,
  PRIMARY KEY (origin, month)
) STRICT, WITHOUT ROWID;
{append_only("month_closings")}
"""

# Whoever recorded a movement reports it, also where a merged office's case went on. A transfer that
# came back has its day only; everything else is counted by its own instant. Cash is found by the
# day it is booked on, and what was entered later than that by its instant. ?1 and ?2 are the first
# and last day; a UTC day lies within one day of that of Shanghai.
_CASH = """
SELECT e.seq, e.entered_at AS at, e.origin, e.case_id, e.receipt_no AS number, p.fen,
    CASE e.kind WHEN 'payment' THEN 1 ELSE -1 END AS sign, 'cash' AS method,
    p.kind = 'first_relief' AS early
FROM cash_entries e JOIN payments p USING (payment_id)
WHERE e.kind IN ('payment', 'void', 'reversal')
    AND e.entered_at BETWEEN date(?1, '-1 day') AND date(?2, '+1 day')
"""
_MOVEMENTS = f"""
{_CASH} AND e.entered_on BETWEEN date(?1, '-1 day') AND date(?2, '+1 day')
UNION ALL {_CASH} AND +e.entered_on < date(?1, '-1 day')
    AND e.entered_on < substr(e.entered_at, 1, 10)
UNION ALL SELECT t.seq, t.paid_at, t.origin, t.case_id, json_extract(t.details, '$.voucher'), t.fen,
    1, t.method, 0 FROM transfers t
    WHERE t.paid_at BETWEEN date(?1, '-1 day') AND date(?2, '+1 day')
UNION ALL SELECT r.seq, r.returned_on, r.origin, t.case_id, json_extract(t.details, '$.voucher'),
    t.fen, -1, t.method, 0 FROM transfer_returns r JOIN transfers t USING (payment_id)
    WHERE r.returned_on BETWEEN ?1 AND ?2
UNION ALL SELECT b.seq, b.received_at, b.origin, b.case_id, b.receipt_no, b.fen, 1, 'recovered', 0
    FROM repayments b WHERE b.received_at BETWEEN date(?1, '-1 day') AND date(?2, '+1 day')
UNION ALL SELECT v.seq, v.voided_on, v.origin, b.case_id, b.receipt_no, b.fen, -1, 'recovered', 0
    FROM repayment_voids v JOIN repayments b USING (repayment_id)
    WHERE v.voided_on BETWEEN ?1 AND ?2
"""


# In the order of the fields of `Movement`.
_FACTS = """
m.*, c.case_no, c.person_id, c.cause, json_extract(c.request, '$.area'), h.birth_on, h.hukou_code,
instr(c.request, '残') AND EXISTS (SELECT 1 FROM json_each(c.request, '$.members') o
    WHERE instr(json_extract(o.value, '$.health'), '残'))
"""


class Movement(NamedTuple):
    """One movement as it was recorded, with what its case and person add to the report.

    `at` is the instant or the day as stored, `origin` the desk that sent it, '' for this one.
    `method` is cash, bank, goods or recovered; `area` and `cause` are codes of the request;
    `is_disabled`: some member of the household is registered so.
    """

    seq: int
    at: str
    origin: DeskId
    case_id: CaseId
    number: str
    fen: int
    sign: int
    method: str
    is_early: int
    case_no: str
    person_id: PersonId
    cause: str
    area: str
    birth_on: str | None
    hukou_code: str
    is_disabled: int

    @property
    def on(self) -> date:
        """The calendar day of recording."""
        return _hour_day(self.at[:_HOUR]) if "T" in self.at else date.fromisoformat(self.at)


def movements(file: DeskFile, since: date, until: date) -> Iterator[Movement]:
    """Give everything this desk recorded on these days, in the order of the journal.

    A few of the days around them may be among it.
    """
    return _moved(file, "m.origin = ''", since, until)


def received(file: DeskFile, since: date, until: date) -> Iterator[Movement]:
    """Give everything that other desks sent and recorded on these days, as it came."""
    return _moved(file, "m.origin <> ''", since, until)


def closings(file: DeskFile, since: str, until: str) -> dict[str, MonthClosing]:
    """Map `2021-03` to how that month was closed, for the months from one to another."""
    rows = file.rows(
        "SELECT * FROM month_closings WHERE origin = '' AND month BETWEEN ? AND ?", (since, until)
    )
    return {row["month"]: _closing(row) for row in rows}


def closings_received(file: DeskFile, since: str, until: str) -> dict[str, dict[str, MonthClosing]]:
    """Map each desk that sent something to its closed months, as `closings` does for this one."""
    found: dict[str, dict[str, MonthClosing]] = {}
    for row in file.rows(
        "SELECT * FROM month_closings WHERE origin <> '' AND month BETWEEN ? AND ?", (since, until)
    ):
        found.setdefault(row["origin"], {})[row["month"]] = _closing(row)
    return found


def _moved(file: DeskFile, whose: str, since: date, until: date) -> Iterator[Movement]:
    rows = file.rows(
        # CROSS JOIN keeps the order: a year's movements lead, not every case there ever was.
        f"SELECT {_FACTS} FROM ({_MOVEMENTS}) m CROSS JOIN cases c ON c.case_id = m.case_id "
        f"CROSS JOIN persons h ON h.person_id = c.person_id WHERE {whose}",
        (since.isoformat(), until.isoformat()),
    )
    # A number in the journal is one movement's: nothing else is compared.
    return iter(sorted(map(Movement._make, rows)))


def _closing(row: Row) -> MonthClosing:
    details = canonical.decode(row["details"], MonthClosed)
    assert isinstance(details, MonthClosed)  # noqa: S101 - decoded as one
    return MonthClosing(
        seq=row["seq"], closed_at=canonical.read_instant(row["closed_at"]), details=details
    )


@functools.lru_cache(maxsize=10_000)
def _hour_day(hour: str) -> date:
    """Shanghai lies whole hours from UTC, so every instant of an hour has the same day there."""
    return shanghai_day(canonical.read_instant(f"{hour}:00:00.000000Z"))


def _closed(file: DeskFile, entry: Entry, event: MonthClosed) -> None:
    file.execute(
        "INSERT INTO month_closings VALUES (?,?,?,?,?)"
        + (" ON CONFLICT DO NOTHING" if entry.origin else ""),
        (
            entry.origin,
            event.month,
            entry.seq,
            canonical.instant_text(entry.header.at),
            canonical.encode(event),
        ),
    )


APPLY: dict[type, Any] = {MonthClosed: _closed}
