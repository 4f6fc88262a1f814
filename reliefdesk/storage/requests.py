"""Requests to the district as a table, the same on both sides: asked, by phone, decided."""

from datetime import date, datetime
from typing import Any

from reliefdesk.domain import requests as domain
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.messages import RequestDecided
from reliefdesk.domain.money import Money
from reliefdesk.domain.requests import RequestKind, RequestRow, RequestState
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE requests(
  request_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases(case_id),
  kind TEXT NOT NULL,
  fen INTEGER NOT NULL,
  reason TEXT NOT NULL,
  asked_on TEXT NOT NULL,
  origin TEXT NOT NULL,
  phone_name TEXT NOT NULL,
  phone_at TEXT,
  phone_fen INTEGER,
  granted INTEGER CHECK (granted IN (0, 1)),
  allowed_fen INTEGER,
  document TEXT NOT NULL,
  remark TEXT NOT NULL,
  decided_on TEXT,
  decided_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_case ON requests(case_id);
"""

_SELECT = """
SELECT r.*, c.case_no, coalesce(d.office_name, '') AS office
FROM requests r JOIN cases c USING (case_id) LEFT JOIN desks d ON d.origin = r.origin
"""


def requests(file: DeskFile, *, case_id: CaseId | None = None) -> tuple[RequestRow, ...]:
    """Give the requests of a case or of all, the newest first."""
    rows = file.rows(
        _SELECT + "WHERE ?1 IS NULL OR r.case_id = ?1 ORDER BY r.asked_on DESC, r.request_id DESC",
        (case_id,),
    )
    return tuple(_row(row) for row in rows)


def request(file: DeskFile, request_id: str) -> RequestRow | None:
    """Give one request."""
    row = file.row(_SELECT + "WHERE r.request_id = ?", (request_id,))
    return None if row is None else _row(row)


def _row(row: Row) -> RequestRow:
    granted, phone = row["granted"], row["phone_fen"]
    if granted is not None:
        state = RequestState.GRANTED if granted else RequestState.DECLINED
    else:
        state = RequestState.WAITING if phone is None else RequestState.BY_PHONE
    allowed = row["allowed_fen"] if granted is not None else phone or 0
    contradicted = phone is not None and granted is not None and (row["allowed_fen"] < phone)
    return RequestRow(
        request_id=row["request_id"],
        origin=row["origin"],
        office=row["office"],
        case_id=CaseId(row["case_id"]),
        case_no=row["case_no"],
        kind=RequestKind(row["kind"]),
        asked=Money(row["fen"]),
        reason=row["reason"],
        asked_on=date.fromisoformat(row["asked_on"]),
        state=state,
        allowed=Money(allowed),
        document=_document(row, state),
        remark=row["remark"],
        contradicted=contradicted,
        phone_name=row["phone_name"],
        answered_at=_instant(row["decided_at"] or row["phone_at"]),
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else canonical.read_instant(text)


def _document(row: Row, state: RequestState) -> str:
    if state is RequestState.BY_PHONE:
        return f"区民政局{row['phone_name']}电话同意 {row['phone_at'][:10]}，待文件确认"
    return str(row["document"])


def _asked(file: DeskFile, entry: Entry, event: domain.DecisionAsked) -> None:
    file.execute(
        "INSERT INTO requests VALUES (?,?,?,?,?,?,?,'',NULL,NULL,NULL,NULL,'','',NULL,NULL)",
        (
            event.request_id,
            event.case_id,
            event.kind.value,
            event.amount.fen,
            event.reason,
            entry.header.on.isoformat(),
            entry.origin,
        ),
    )


def _by_phone(file: DeskFile, entry: Entry, event: domain.PhoneDecisionNoted) -> None:
    file.execute(
        "UPDATE requests SET phone_name = ?, phone_at = ?, phone_fen = ? "
        "WHERE request_id = ? AND origin = ?",
        (
            event.name,
            canonical.instant_text(event.said_at),
            event.amount.fen,
            event.request_id,
            entry.origin,
        ),
    )


def _decided(file: DeskFile, entry: Entry, event: RequestDecided) -> None:
    file.execute(
        "UPDATE requests SET granted = ?, allowed_fen = ?, document = ?, remark = ?, "
        "decided_on = ?, decided_at = ? WHERE request_id = ?",
        (
            int(event.granted),
            event.amount.fen,
            event.document,
            event.remark,
            event.decided_on.isoformat(),
            canonical.instant_text(entry.header.at),
            event.request_id,
        ),
    )


APPLY: dict[type, Any] = {
    domain.DecisionAsked: _asked,
    domain.PhoneDecisionNoted: _by_phone,
    RequestDecided: _decided,
}
