"""Cases as tables: where each stands, who acted in which seat, its household and its steps.

What each event changes in them stands in `case_changes`.
"""

import functools
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from reliefdesk.domain.case_records import (
    Case,
    CaseStep,
    Decision,
    Review,
)
from reliefdesk.domain.cases import CaseRequest, EligibilityRecord, FirstReliefApproved, Stage
from reliefdesk.domain.eligibility import PastRelief, Tie
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId, OperatorId, PersonId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Act, Seat
from reliefdesk.domain.recoveries import RecoveryState
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE cases(
  case_id TEXT PRIMARY KEY,
  case_no TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES persons(person_id),
  stage TEXT NOT NULL,
  cause TEXT NOT NULL,
  registrar TEXT NOT NULL,
  accepted_at TEXT NOT NULL,
  accepted_on TEXT NOT NULL,
  request TEXT NOT NULL,
  eligibility TEXT NOT NULL,
  review TEXT,
  decision TEXT,
  decided_on TEXT,
  first_relief TEXT,
  ended_on TEXT,
  due_on TEXT,
  completed_on TEXT,
  version INTEGER NOT NULL,
  origin TEXT NOT NULL,
  waits INTEGER NOT NULL DEFAULT 1 CHECK (waits IN (0, 1))
) STRICT;
CREATE INDEX cases_person ON cases(person_id);
CREATE INDEX cases_listed ON cases(accepted_on, accepted_at, stage, cause);
CREATE INDEX cases_waiting ON cases(accepted_on, accepted_at) WHERE waits = 1;
CREATE INDEX cases_origin ON cases(origin, stage);
CREATE TABLE case_members(
  case_id TEXT NOT NULL REFERENCES cases(case_id),
  place INTEGER NOT NULL,
  same_key TEXT NOT NULL,
  PRIMARY KEY (case_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_members_key ON case_members(same_key) WHERE same_key <> '';
CREATE TABLE case_acts(
  case_id TEXT NOT NULL REFERENCES cases(case_id),
  seat TEXT NOT NULL,
  operator_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (case_id, seat, operator_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE case_steps(
  case_id TEXT NOT NULL REFERENCES cases(case_id),
  seq INTEGER NOT NULL,
  act TEXT NOT NULL,
  operator_id TEXT NOT NULL,
  at TEXT NOT NULL,
  fen INTEGER,
  remark TEXT NOT NULL,
  PRIMARY KEY (case_id, seq, act)
) STRICT, WITHOUT ROWID;
"""

PAID_FEN = """
  (SELECT coalesce(sum(y.fen), 0) FROM payments y WHERE y.case_id = c.case_id AND NOT EXISTS
    (SELECT 1 FROM payment_undoings u WHERE u.payment_id = y.payment_id))
  + (SELECT coalesce(sum(t.fen), 0) FROM transfers t WHERE t.case_id = c.case_id AND NOT EXISTS
    (SELECT 1 FROM transfer_returns r WHERE r.payment_id = t.payment_id))
"""

SELECT_CASES = f"""
SELECT c.*, p.name AS person_name, p.number AS person_number, p.same_key AS person_key,
  {PAID_FEN} AS paid_fen,
  nullif(min(
    coalesce((SELECT min(y.paid_on) FROM payments y WHERE y.case_id = c.case_id AND NOT EXISTS
      (SELECT 1 FROM payment_undoings u WHERE u.payment_id = y.payment_id)), '9999'),
    coalesce((SELECT min(t.paid_on) FROM transfers t WHERE t.case_id = c.case_id AND NOT EXISTS
      (SELECT 1 FROM transfer_returns r WHERE r.payment_id = t.payment_id)), '9999')), '9999')
    AS paid_on,
  (SELECT sum(r.fen) FROM recoveries r WHERE r.case_id = c.case_id AND NOT EXISTS
    (SELECT 1 FROM recovery_withdrawals w WHERE w.recovery_id = r.recovery_id)) AS claimed_fen,
  (SELECT coalesce(sum(b.fen), 0) FROM repayments b WHERE b.case_id = c.case_id AND NOT EXISTS
    (SELECT 1 FROM repayment_voids v WHERE v.repayment_id = b.repayment_id)) AS repaid_fen
FROM cases c JOIN persons p USING (person_id)
"""

# `waits` is 0 exactly where `Case.waits_for` is None: lists of what is due skip the settled cases.
_STEPPED = f"""
UPDATE cases AS c SET version = ?, waits = c.stage IN ('accepted', 'reviewed')
  OR (c.stage = 'approved' AND (json_extract(c.decision, '$.amount') > ({PAID_FEN})
    OR (c.first_relief IS NOT NULL AND c.completed_on IS NULL)))
WHERE c.case_id = ?
"""

# ?1 keys of the person, ?2 keys of the household, ?3 entries of the person, ?4 the case left out.
_RELATED = """
SELECT case_id FROM cases WHERE person_id IN (SELECT value FROM json_each(?3))
UNION SELECT k.case_id FROM persons q JOIN cases k USING (person_id)
  WHERE q.same_key IN (SELECT value FROM json_each(?1) UNION SELECT value FROM json_each(?2))
UNION SELECT m.case_id FROM case_members m WHERE m.same_key <> ''
  AND m.same_key IN (SELECT value FROM json_each(?1) UNION SELECT value FROM json_each(?2))
EXCEPT SELECT ?4
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What `note_step` writes: the act in Chinese, who did it in which seat, amount, remark."""

    act: str
    operator_id: OperatorId
    seat: Seat | None = None
    amount: Money | None = None
    remark: str = ""


def case(file: DeskFile, case_id: CaseId) -> Case | None:
    """Give one case as it stands."""
    return file.once(f"case {case_id}", functools.partial(_case, file, case_id))


def _case(file: DeskFile, case_id: CaseId) -> Case | None:
    row = file.row(SELECT_CASES + " WHERE c.case_id = ?", (case_id,))
    return None if row is None else case_of(file, row)


def case_of_number(file: DeskFile, number: str) -> CaseId | None:
    """Give the case that a whole case number or receipt number names, or None."""
    found = file.value(
        "SELECT case_id FROM cases WHERE case_no = ?1 "
        "UNION ALL SELECT case_id FROM receipts WHERE receipt_no = ?1 LIMIT 1",
        (number,),
    )
    return None if found is None else CaseId(found)


def origin_of(file: DeskFile, case_id: str) -> str | None:
    """Give which desk accepted a case: empty for this one, None for an unknown case."""
    found: str | None = file.value("SELECT origin FROM cases WHERE case_id = ?", (case_id,))
    return found


def person_elsewhere(file: DeskFile, person_id: str, origin: str) -> bool:
    """Whether another desk than `origin`, and than those it took over, has a case of this entry."""
    found = file.value(
        "SELECT 1 FROM cases WHERE person_id = ?1 AND origin <> ?2 "
        "AND origin NOT IN (SELECT desk_id FROM takeovers WHERE heir = ?2)",
        (person_id, origin),
    )
    return found is not None


def case_of(file: DeskFile, row: Row) -> Case:
    """Build a case from a row of SELECT_CASES; its acts are read beside it."""
    paid_on = row["paid_on"]
    return Case(
        case_id=CaseId(row["case_id"]),
        case_no=row["case_no"],
        person_id=PersonId(row["person_id"]),
        person_name=row["person_name"],
        stage=Stage(row["stage"]),
        request=_read(row["request"], CaseRequest),
        eligibility=_read(row["eligibility"], EligibilityRecord),
        registrar=OperatorId(row["registrar"]),
        accepted_at=canonical.read_instant(row["accepted_at"]),
        review=_read_or_none(row["review"], Review),
        decision=_read_or_none(row["decision"], Decision),
        first_relief=_read_or_none(row["first_relief"], FirstReliefApproved),
        ended_on=_day(row["ended_on"]),
        due_on=_day(row["due_on"]),
        completed_on=_day(row["completed_on"]),
        paid=Money(row["paid_fen"]),
        paid_on=_day(paid_on),
        version=row["version"],
        acts=acts_of(file, CaseId(row["case_id"])),
        recovery=_recovery(row),
    )


def _recovery(row: Row) -> RecoveryState | None:
    claimed = row["claimed_fen"]
    if claimed is None:
        return None
    return RecoveryState.OPEN if claimed > row["repaid_fen"] else RecoveryState.DONE


def acts_of(file: DeskFile, case_id: CaseId) -> tuple[Act, ...]:
    """Give who acted on a case in which seat."""
    rows = file.rows("SELECT seat, operator_id FROM case_acts WHERE case_id = ?", (case_id,))
    return tuple(
        Act(seat=Seat(row["seat"]), operator_id=OperatorId(row["operator_id"])) for row in rows
    )


def steps_of(file: DeskFile, case_id: CaseId) -> tuple[CaseStep, ...]:
    """Give what happened to a case, oldest first, with operators' names."""
    rows = file.rows(
        "SELECT s.*, coalesce(o.name, '') AS name FROM case_steps s "
        "LEFT JOIN operators o USING (operator_id) WHERE s.case_id = ? ORDER BY s.seq, s.act",
        (case_id,),
    )
    return tuple(
        CaseStep(
            act=row["act"],
            operator=row["name"],
            at=canonical.read_instant(row["at"]),
            amount=None if row["fen"] is None else Money(row["fen"]),
            remark=row["remark"],
        )
        for row in rows
    )


def cases_of_person(file: DeskFile, person_ids: frozenset[PersonId]) -> tuple[Case, ...]:
    """Give every case of a person's entries, newest first."""
    rows = file.rows(
        f"{SELECT_CASES} WHERE c.person_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY c.accepted_at DESC",
        (json.dumps(sorted(person_ids)),),
    )
    return tuple(case_of(file, row) for row in rows)


def past_reliefs(
    file: DeskFile,
    *,
    person_ids: frozenset[PersonId],
    keys: frozenset[str],
    member_keys: frozenset[str],
    besides: CaseId | None,
) -> tuple[PastRelief, ...]:
    """Give relief paid or promised to the person (`keys`) or the household (`member_keys`)."""
    rows = file.rows(
        f"{SELECT_CASES} WHERE c.case_id IN ({_RELATED}) ORDER BY c.accepted_at",
        (
            json.dumps(sorted(keys)),
            json.dumps(sorted(member_keys)),
            json.dumps(sorted(person_ids)),
            besides or "",
        ),
    )
    found = []
    for row in rows:
        own = row["person_id"] in person_ids or row["person_key"] in keys
        relief = _relief(case_of(file, row), row, Tie.SELF if own else Tie.MEMBER)
        if relief is not None:
            found.append(relief)
    return tuple(found)


def last_serial(file: DeskFile, prefix: str) -> int:
    """Give the last case serial used after `prefix` (AJ-office-year-), 0 when none."""
    number = file.value(
        "SELECT max(case_no) FROM cases WHERE case_no >= ?1 AND case_no < ?1 || ':'", (prefix,)
    )
    return 0 if number is None else int(number[len(prefix) :])


def note_step(file: DeskFile, entry: Entry, case_id: CaseId, step: Step) -> None:
    """Write one step, the seat taken, and the case's new version."""
    fen = None if step.amount is None else step.amount.fen
    file.execute(
        "INSERT INTO case_steps VALUES (?,?,?,?,?,?,?)",
        (
            case_id,
            entry.seq,
            step.act,
            step.operator_id,
            canonical.instant_text(entry.header.at),
            fen,
            step.remark,
        ),
    )
    if step.seat is not None:
        file.execute(
            "INSERT INTO case_acts VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
            (case_id, step.seat.value, step.operator_id, entry.seq),
        )
    file.execute(_STEPPED, (entry.seq, case_id))


def _relief(found: Case, row: Row, tie: Tie) -> PastRelief | None:
    decided_on = _day(row["decided_on"])
    counted_on = found.paid_on or decided_on
    amount = max(found.paid, found.granted)
    if counted_on is None or amount.fen <= 0:
        return None
    return PastRelief(
        case_id=found.case_id,
        case_no=found.case_no,
        name=found.person_name,
        tie=tie,
        cause=found.request.emergency.cause.value,
        counted_on=counted_on,
        amount=amount,
        paid=found.paid.fen > 0,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _read(text: str, kind: type) -> Any:  # noqa: ANN401 - `kind` decides
    return canonical.decode(text, kind)


def _read_or_none(text: str | None, kind: type) -> Any:  # noqa: ANN401 - `kind` decides
    return None if text is None else canonical.decode(text, kind)


def decided_between(file: DeskFile, since: date, until: date | None) -> tuple[str, ...]:
    """Give the numbers of cases decided from `since` up to `until` (exclusive; None = open)."""
    rows = file.rows(
        "SELECT case_no FROM cases WHERE decided_on >= ?1 AND (?2 IS NULL OR decided_on < ?2) "
        "ORDER BY case_no",
        (since.isoformat(), None if until is None else until.isoformat()),
    )
    return tuple(row["case_no"] for row in rows)
