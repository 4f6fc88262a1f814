"""Spot checks as tables, the same at the district and at an office: draws, their lists, each case.

An office holds its own lines only. What a month's list may name is read from cases and payments.
"""

import json
from datetime import date
from typing import Any

from reliefdesk.domain import check_records as domain
from reliefdesk.domain.cases import Cause, Stage
from reliefdesk.domain.check_records import (
    CheckItem,
    Defect,
    Finding,
    Matter,
    Rectification,
    SpotCheck,
)
from reliefdesk.domain.checks import CheckLine, Draw, Way, stratum_of
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, DeskId
from reliefdesk.domain.money import Money
from reliefdesk.storage.cases import PAID_FEN
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE spot_checks(
  check_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  check_no TEXT NOT NULL,
  month TEXT NOT NULL,
  round INTEGER NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  percent INTEGER NOT NULL,
  seed TEXT NOT NULL,
  seed_number INTEGER NOT NULL,
  list_hash TEXT NOT NULL,
  drawn_on TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE spot_check_lines(
  check_id TEXT NOT NULL REFERENCES spot_checks(check_id),
  case_no TEXT NOT NULL,
  office TEXT NOT NULL,
  stratum TEXT NOT NULL,
  recipient TEXT NOT NULL,
  drawn INTEGER NOT NULL CHECK (drawn IN (0, 1)),
  conform INTEGER CHECK (conform IN (0, 1)),
  defects TEXT NOT NULL DEFAULT '[]',
  remark TEXT NOT NULL DEFAULT '',
  checked_on TEXT,
  checked_by TEXT NOT NULL DEFAULT '',
  demand TEXT NOT NULL DEFAULT '',
  due_on TEXT,
  asked_on TEXT,
  answer TEXT NOT NULL DEFAULT '',
  done_on TEXT,
  answered_by TEXT NOT NULL DEFAULT '',
  closed_on TEXT,
  closing TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (check_id, case_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX spot_check_lines_case ON spot_check_lines(case_no);
CREATE INDEX spot_check_lines_drawn ON spot_check_lines(check_id) WHERE drawn = 1;
CREATE INDEX spot_check_lines_due ON spot_check_lines(due_on) WHERE due_on IS NOT NULL;
"""

# The bare column `method` is that of the row with the least day (documented for a single min()).
_PAID = """
SELECT case_id, min(paid_on) AS paid_on, sum(fen) AS fen, method FROM (
  SELECT case_id, paid_on, fen, 'cash' AS method FROM payments
    WHERE payment_id NOT IN (SELECT payment_id FROM payment_undoings)
  UNION ALL SELECT case_id, paid_on, fen, method FROM transfers
    WHERE payment_id NOT IN (SELECT payment_id FROM transfer_returns)
) GROUP BY case_id
"""

_MATTERS = f"""
SELECT c.case_id, c.case_no, c.origin, d.office_code, c.stage,
  coalesce(json_extract(c.decision, '$.amount'), 0) AS granted, y.paid_on, y.method, y.fen,
  min(coalesce(c.decided_on, '9999'), coalesce(y.paid_on, '9999')) AS counts_on
FROM cases c JOIN desks d ON d.origin = c.origin LEFT JOIN ({_PAID}) y USING (case_id)
WHERE c.origin <> '' AND (c.stage <> 'withdrawn' OR y.paid_on IS NOT NULL) AND counts_on < ?
  AND NOT EXISTS (SELECT 1 FROM spot_check_lines l WHERE l.case_no = c.case_no AND
    (l.drawn = 1 OR y.fen IS NULL OR l.stratum NOT LIKE '{Way.UNPAID.label}-%'))
ORDER BY c.case_no
"""

_ITEMS = f"""
SELECT l.*, s.check_no, s.month, c.case_id, c.cause, coalesce(p.name, '') AS name,
  coalesce((SELECT d.office_name FROM desks d WHERE d.office_code = l.office LIMIT 1), l.office)
    AS office_name,
  coalesce(nullif({PAID_FEN}, 0), json_extract(c.decision, '$.amount'), 0) AS fen
FROM spot_check_lines l JOIN spot_checks s USING (check_id)
LEFT JOIN cases c USING (case_no) LEFT JOIN persons p USING (person_id)
WHERE l.drawn = 1
"""


def matters(file: DeskFile, before: date) -> tuple[Matter, ...]:
    """Give the offices' cases that no list names yet and that count by an earlier day.

    A case counts by the day of its decision, or of its first payment where that came earlier;
    withdrawn ones and those that are still open are left out. A case that was listed unpaid and
    not drawn comes up again once it is paid.
    """
    return tuple(_matter(row) for row in file.rows(_MATTERS, (before.isoformat(),)))


def checks(file: DeskFile) -> tuple[SpotCheck, ...]:
    """Give every draw, the newest first."""
    rows = file.rows("SELECT * FROM spot_checks ORDER BY month DESC, round DESC, check_no")
    return tuple(_check(file, row) for row in rows)


def check(file: DeskFile, check_id: str) -> SpotCheck | None:
    """Give one draw with its list."""
    row = file.row("SELECT * FROM spot_checks WHERE check_id = ?", (check_id,))
    return None if row is None else _check(file, row)


def rounds(file: DeskFile, month: str) -> int:
    """Count the draws of a month (`2021-03`)."""
    found: int = file.value("SELECT count(*) FROM spot_checks WHERE month = ?", (month,))
    return found


def items(file: DeskFile, *, check_id: str = "", case_no: str = "") -> tuple[CheckItem, ...]:
    """Give the drawn cases of one draw, of one case, or of all: the newest month first."""
    rows = file.rows(
        _ITEMS + "AND (?1 = '' OR l.check_id = ?1) AND (?2 = '' OR l.case_no = ?2) "
        "ORDER BY s.month DESC, s.round DESC, l.office, l.case_no",
        (check_id, case_no),
    )
    return tuple(_item(row) for row in rows)


def rectifications(file: DeskFile) -> tuple[CheckItem, ...]:
    """Give the cases of which something is asked and not closed, the earliest due first."""
    rows = file.rows(
        _ITEMS + "AND l.due_on IS NOT NULL AND l.closed_on IS NULL ORDER BY l.due_on, l.case_no"
    )
    return tuple(_item(row) for row in rows)


def findings(file: DeskFile) -> dict[str, str]:
    """Map the case numbers that were checked to day and finding, as the work ledger says it."""
    rows = file.rows(
        "SELECT * FROM spot_check_lines WHERE checked_on IS NOT NULL ORDER BY check_id"
    )
    return {row["case_no"]: f"{row['checked_on']} {_finding(row).words}" for row in rows}


def _matter(row: Row) -> Matter:
    amount = Money(row["granted"] if row["fen"] is None else row["fen"])
    line = CheckLine(
        case_no=row["case_no"],
        office=row["office_code"],
        stratum=stratum_of(_way(row), amount),
    )
    return Matter(
        case_id=CaseId(row["case_id"]),
        desk_id=DeskId(row["origin"]),
        line=line,
        on=date.fromisoformat(row["counts_on"]),
    )


def _way(row: Row) -> Way:
    if row["fen"] is not None:
        return Way(row["method"])
    by_stage = {Stage.REFUSED: Way.REFUSED, Stage.REFERRED: Way.REFERRED}
    return by_stage.get(Stage(row["stage"]), Way.UNPAID)


def _check(file: DeskFile, row: Row) -> SpotCheck:
    found = file.rows(
        "SELECT case_no, office, stratum, drawn FROM spot_check_lines WHERE check_id = ? "
        "ORDER BY case_no",
        (row["check_id"],),
    )
    drawn = Draw(
        seed=row["seed"],
        percent=row["percent"],
        lines=tuple(_line(each) for each in found),
        drawn=tuple(each["case_no"] for each in found if each["drawn"]),
    )
    return SpotCheck(
        check_id=row["check_id"],
        check_no=row["check_no"],
        month=row["month"],
        round=row["round"],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]),
        seed_number=row["seed_number"],
        list_hash=row["list_hash"],
        drawn_on=date.fromisoformat(row["drawn_on"]),
        origin=row["origin"],
        draw=drawn,
    )


def _line(row: Row) -> CheckLine:
    return CheckLine(case_no=row["case_no"], office=row["office"], stratum=row["stratum"])


def _item(row: Row) -> CheckItem:
    return CheckItem(
        check_id=row["check_id"],
        check_no=row["check_no"],
        month=row["month"],
        line=_line(row),
        office_name=row["office_name"],
        recipient=row["recipient"],
        case_id=None if row["case_id"] is None else CaseId(row["case_id"]),
        name=row["name"],
        cause="" if row["cause"] is None else Cause(row["cause"]).label,
        amount=Money(row["fen"]),
        finding=None if row["checked_on"] is None else _finding(row),
        rectification=None if row["due_on"] is None else _rectification(row),
    )


def _finding(row: Row) -> Finding:
    return Finding(
        conform=bool(row["conform"]),
        defects=tuple(Defect(code) for code in json.loads(row["defects"])),
        remark=row["remark"],
        checked_on=date.fromisoformat(row["checked_on"]),
        checked_by=row["checked_by"],
    )


def _rectification(row: Row) -> Rectification:
    return Rectification(
        demand=row["demand"],
        due_on=date.fromisoformat(row["due_on"]),
        asked_on=date.fromisoformat(row["asked_on"]),
        answer=row["answer"],
        done_on=_day(row["done_on"]),
        answered_by=row["answered_by"],
        closed_on=_day(row["closed_on"]),
        remark=row["closing"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _drawn(file: DeskFile, entry: Entry, event: domain.SpotCheckDrawn) -> None:
    if not entry.origin:  # a draw is the district's alone
        _put(file, entry, event, recipients=event.recipients)


def _issued(file: DeskFile, entry: Entry, event: domain.SpotCheckListIssued) -> None:
    if entry.origin:  # the district itself holds the whole list already
        _put(file, entry, event, recipients={})


def _put(
    file: DeskFile,
    entry: Entry,
    event: domain.SpotCheckDrawn | domain.SpotCheckListIssued,
    *,
    recipients: dict[str, str],
) -> None:
    file.execute(
        "INSERT INTO spot_checks VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            event.check_id,
            entry.seq,
            event.check_no,
            event.month,
            event.round,
            event.since.isoformat(),
            event.until.isoformat(),
            event.percent,
            event.seed,
            event.seed_number,
            event.list_hash,
            entry.header.on.isoformat(),
            entry.origin,
        ),
    )
    drawn = frozenset(event.drawn)
    for line in event.lines:
        to = recipients.get(line.office, "")
        file.execute(
            "INSERT INTO spot_check_lines(check_id, case_no, office, stratum, recipient, drawn) "
            "VALUES (?,?,?,?,?,?)",
            (
                event.check_id,
                line.case_no,
                line.office,
                line.stratum,
                to,
                int(line.case_no in drawn),
            ),
        )


def _found(file: DeskFile, _entry: Entry, event: domain.FindingGiven) -> None:
    defects = json.dumps([each.value for each in event.defects])
    _set(
        file,
        event,
        "conform = ?, defects = ?, remark = ?, checked_on = ?, checked_by = ?",
        (
            int(event.conform),
            defects,
            event.remark,
            event.checked_on.isoformat(),
            event.checked_by,
        ),
    )


def _asked(file: DeskFile, entry: Entry, event: domain.RectificationAsked) -> None:
    _set(
        file,
        event,
        "demand = ?, due_on = ?, asked_on = ?, answer = '', done_on = NULL, answered_by = ''",
        (event.demand, event.due_on.isoformat(), entry.header.on.isoformat()),
    )


def _answered(file: DeskFile, entry: Entry, event: domain.RectificationAnswered) -> None:
    """An answer counts from the desk that was asked, while the matter is open."""
    file.execute(
        "UPDATE spot_check_lines SET answer = ?, done_on = ?, answered_by = ? "
        "WHERE check_id = ? AND case_no = ? AND drawn = 1 AND closed_on IS NULL AND recipient = ?",
        (
            event.answer,
            event.done_on.isoformat(),
            event.answered_by,
            event.check_id,
            event.case_no,
            entry.origin,
        ),
    )


def _closed(file: DeskFile, entry: Entry, event: domain.RectificationClosed) -> None:
    _set(file, event, "closed_on = ?, closing = ?", (entry.header.on.isoformat(), event.remark))


_About = domain.FindingGiven | domain.RectificationAsked | domain.RectificationClosed


def _set(file: DeskFile, event: _About, columns: str, values: tuple[str | int, ...]) -> None:
    file.execute(
        f"UPDATE spot_check_lines SET {columns} WHERE check_id = ? AND case_no = ? AND drawn = 1",
        (*values, event.check_id, event.case_no),
    )


APPLY: dict[type, Any] = {
    domain.SpotCheckDrawn: _drawn,
    domain.SpotCheckListIssued: _issued,
    domain.FindingGiven: _found,
    domain.RectificationAsked: _asked,
    domain.RectificationAnswered: _answered,
    domain.RectificationClosed: _closed,
}
