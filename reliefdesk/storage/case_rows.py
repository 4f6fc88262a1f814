"""The rows of a case list: found in one index, newest first; only those shown are read whole."""

import json
from collections.abc import Iterator
from datetime import date

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.case_records import Case, CaseFilter, CaseRow
from reliefdesk.domain.masking import mask_number
from reliefdesk.domain.names import search_form
from reliefdesk.storage.cases import SELECT_CASES, case_of
from reliefdesk.storage.desk_file import DeskFile

# Numbers of rows, whether by name, by a person's number or by the case's own.
_WITH_TEXT = """rowid IN (
  SELECT rowid FROM cases WHERE person_id IN (SELECT person_id FROM persons
    WHERE (?5 <> '' AND instr(search_name, ?5)) OR instr(number, ?6))
  UNION ALL SELECT rowid FROM cases WHERE instr(case_no, ?6))"""
_NEWEST = "ORDER BY accepted_on DESC, accepted_at DESC"


def listed(file: DeskFile, wanted: CaseFilter) -> tuple[CaseRow, ...]:
    """Give the rows of a case list, newest first; `waits_for` is judged on each case."""
    found: list[CaseRow] = []
    numbers = _numbers(file, wanted)
    # Whoever waits for another seat is left out, so more may have to be read than is shown.
    while len(found) < wanted.limit and (chunk := numbers[: wanted.limit]):
        del numbers[: wanted.limit]
        rows = (_row(case, number) for case, number in _cases(file, chunk))
        found += [
            row for row in rows if wanted.waits_for is None or row.waits_for is wanted.waits_for
        ]
    return tuple(found[: wanted.limit])


def _numbers(file: DeskFile, wanted: CaseFilter) -> list[int]:
    conditions = {
        "stage = ?1": wanted.stage is not None,
        "cause = ?2": wanted.cause is not None,
        "accepted_on >= ?3": wanted.since is not None,
        "accepted_on <= ?4": wanted.until is not None,
        _WITH_TEXT: wanted.text.strip() != "",
        "waits = 1": wanted.waits_for is not None,
    }
    asked = " AND ".join(condition for condition, is_asked in conditions.items() if is_asked)
    most = wanted.limit if wanted.waits_for is None else -1
    rows = file.rows(
        f"SELECT rowid FROM cases WHERE {asked or 'TRUE'} {_NEWEST} LIMIT ?7",
        (
            None if wanted.stage is None else wanted.stage.value,
            None if wanted.cause is None else wanted.cause.value,
            _text(wanted.since),
            _text(wanted.until),
            search_form(wanted.text),
            wanted.text.strip().upper(),
            most,
        ),
    )
    return [row[0] for row in rows]


def _cases(file: DeskFile, numbers: list[int]) -> Iterator[tuple[Case, str]]:
    rows = file.rows(
        f"{SELECT_CASES} WHERE c.rowid IN (SELECT value FROM json_each(?)) {_NEWEST}",
        (json.dumps(numbers),),
    )
    for row in rows:
        yield case_of(file, row), row["person_number"]


def _row(found: Case, number: str) -> CaseRow:
    return CaseRow(
        case_id=found.case_id,
        case_no=found.case_no,
        person_id=found.person_id,
        name=found.person_name,
        number=mask_number(number),
        cause=found.request.emergency.cause,
        stage=found.stage,
        accepted_on=shanghai_day(found.accepted_at),
        requested=found.request.requested,
        granted=found.granted,
        paid=found.paid,
        due_on=found.due_on,
        waits_for=found.waits_for,
        recovery=found.recovery,
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
