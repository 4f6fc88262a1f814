"""Duplicates: pairs found among what offices sent, a district's decisions, answers at an office."""

from datetime import date
from typing import Any

from reliefdesk.domain import duplicates as domain
from reliefdesk.domain.duplicates import (
    DecidedPair,
    DuplicateAnswer,
    DuplicateDecision,
    DuplicateGround,
    DuplicatePair,
)
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.money import Money
from reliefdesk.storage.cases import Step, note_step
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE duplicate_decisions(
  seq INTEGER PRIMARY KEY,
  first TEXT NOT NULL,
  second TEXT NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT NOT NULL,
  wrong TEXT,
  fen INTEGER NOT NULL,
  decided_on TEXT NOT NULL
) STRICT;
CREATE INDEX duplicate_decisions_pair ON duplicate_decisions(first, second);
CREATE TABLE duplicate_answers(
  seq INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT NOT NULL,
  fen INTEGER NOT NULL,
  decided_on TEXT NOT NULL
) STRICT;
CREATE INDEX duplicate_answers_case ON duplicate_answers(case_id);
{append_only("duplicate_decisions")}
{append_only("duplicate_answers")}
"""

# What was paid and reversed stays a pair, so that a decision never loses its subject.
_PAID = """
paid AS MATERIALIZED (
  SELECT c.case_id, c.origin, p.same_key, p.search_name, p.birth_on, p.sex, p.phone, p.bank_card
  FROM cases c JOIN persons p USING (person_id)
  WHERE c.origin <> '' AND c.accepted_on BETWEEN ?1 AND ?2
    AND (EXISTS (SELECT 1 FROM payments y WHERE y.case_id = c.case_id)
      OR EXISTS (SELECT 1 FROM transfers t WHERE t.case_id = c.case_id))
),
keys AS MATERIALIZED (
  SELECT case_id, origin, same_key FROM paid WHERE same_key <> ''
  UNION SELECT m.case_id, p.origin, m.same_key FROM case_members m JOIN paid p USING (case_id)
    WHERE m.same_key <> ''
)
"""
_APART = "a.origin <> b.origin AND a.case_id < b.case_id"
PAIRS = f"""
WITH {_PAID}
SELECT a.case_id AS first, b.case_id AS second, 'number' AS ground
  FROM paid a JOIN paid b ON a.same_key = b.same_key AND a.same_key <> '' WHERE {_APART}
UNION SELECT a.case_id, b.case_id, 'name' FROM paid a JOIN paid b
  ON a.search_name = b.search_name AND a.birth_on = b.birth_on AND a.sex = b.sex WHERE {_APART}
UNION SELECT a.case_id, b.case_id, 'phone' FROM paid a JOIN paid b
  ON a.phone = b.phone AND a.phone <> '' WHERE {_APART}
UNION SELECT a.case_id, b.case_id, 'card' FROM paid a JOIN paid b
  ON a.bank_card = b.bank_card AND a.bank_card <> '' WHERE {_APART}
UNION SELECT a.case_id, b.case_id, 'household' FROM keys a JOIN keys b
  ON a.same_key = b.same_key WHERE {_APART}
    AND NOT EXISTS (SELECT 1 FROM paid x JOIN paid y ON x.same_key = y.same_key
      WHERE x.case_id = a.case_id AND y.case_id = b.case_id)
ORDER BY 1, 2
"""


def pairs(file: DeskFile, since: date, until: date) -> tuple[DuplicatePair, ...]:
    """Give every pair of paid cases of different desks, accepted in a span, that look like one."""
    found: dict[tuple[str, str], list[DuplicateGround]] = {}
    for row in file.rows(PAIRS, (since.isoformat(), until.isoformat())):
        found.setdefault((row["first"], row["second"]), []).append(DuplicateGround(row["ground"]))
    return tuple(
        DuplicatePair(first=CaseId(first), second=CaseId(second), grounds=tuple(grounds))
        for (first, second), grounds in found.items()
    )


def decisions(file: DeskFile) -> dict[tuple[CaseId, CaseId], DecidedPair]:
    """Map each decided pair to the decision that holds."""
    rows = file.rows("SELECT * FROM duplicate_decisions ORDER BY seq")
    return {
        (CaseId(row["first"]), CaseId(row["second"])): DecidedPair(
            decision=DuplicateDecision(row["decision"]),
            reason=row["reason"],
            wrong=None if row["wrong"] is None else CaseId(row["wrong"]),
            amount=Money(row["fen"]),
            decided_on=date.fromisoformat(row["decided_on"]),
        )
        for row in rows
    }


def answers(file: DeskFile) -> tuple[DuplicateAnswer, ...]:
    """Give what the district said of each of our cases, the last word on each, the newest first."""
    rows = file.rows(
        "SELECT max(a.seq), a.*, c.case_no, EXISTS (SELECT 1 FROM recoveries r "
        "WHERE r.case_id = a.case_id) AS claimed FROM duplicate_answers a "
        "JOIN cases c USING (case_id) GROUP BY a.case_id ORDER BY 1 DESC"
    )
    return tuple(
        DuplicateAnswer(
            case_id=CaseId(row["case_id"]),
            case_no=row["case_no"],
            decision=DuplicateDecision(row["decision"]),
            reason=row["reason"],
            amount=Money(row["fen"]),
            decided_on=date.fromisoformat(row["decided_on"]),
            is_claimed=bool(row["claimed"]),
        )
        for row in rows
    )


def _decided(file: DeskFile, entry: Entry, event: domain.DuplicateDecided) -> None:
    file.execute(
        "INSERT INTO duplicate_decisions VALUES (?,?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.first,
            event.second,
            event.decision.value,
            event.reason,
            event.wrong,
            event.amount.fen,
            entry.header.on.isoformat(),
        ),
    )


def _answered(file: DeskFile, entry: Entry, event: domain.DuplicateAnswered) -> None:
    file.execute(
        "INSERT INTO duplicate_answers VALUES (?,?,?,?,?,?)",
        (
            entry.seq,
            event.case_id,
            event.decision.value,
            event.reason,
            event.amount.fen,
            event.decided_on.isoformat(),
        ),
    )
    step = Step(
        act="区级认定",
        operator_id=entry.header.operator_id,
        amount=event.amount if event.amount.fen else None,
        remark=f"{event.decision.label}：{event.reason}",
    )
    note_step(file, entry, event.case_id, step)


APPLY: dict[type, Any] = {
    domain.DuplicateDecided: _decided,
    domain.DuplicateAnswered: _answered,
}
