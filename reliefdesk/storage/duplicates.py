"""Duplicates: pairs found among what offices sent, a district's decisions, answers at an office."""

from datetime import date, timedelta
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
from reliefdesk.storage.cases import PAID_FEN, Step, note_step
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
CREATE INDEX cases_received ON cases(accepted_on, case_id, person_id, origin) WHERE origin <> '';
{append_only("duplicate_decisions")}
{append_only("duplicate_answers")}
"""

_LOOK_BACK = timedelta(days=31)
"""An emergency of December that another office heard of in January is still one emergency."""
_CROWD = 20
"""A phone of more paid cases than this is an office's or a shelter's, and tells of nobody."""

# `cases_received` spares the look at each case, and holds nothing on an office's desk.
# What was paid and reversed stays a pair, so that a decision never loses its subject.
_PAID = f"""
paid AS MATERIALIZED (
  SELECT c.case_id, c.origin, p.same_key, p.search_name, p.birth_on, p.sex, p.phone, p.bank_card
  FROM cases c JOIN persons p USING (person_id)
  WHERE c.origin <> '' AND c.accepted_on BETWEEN ?3 AND ?2
    AND (EXISTS (SELECT 1 FROM payments y WHERE y.case_id = c.case_id)
      OR EXISTS (SELECT 1 FROM transfers t WHERE t.case_id = c.case_id))
),
keys AS MATERIALIZED (
  SELECT case_id, origin, same_key FROM paid WHERE same_key <> ''
  UNION SELECT m.case_id, p.origin, m.same_key FROM paid p JOIN case_members m USING (case_id)
    WHERE m.same_key <> ''
),
phones AS MATERIALIZED (
  SELECT phone FROM paid WHERE phone <> '' GROUP BY phone HAVING count(*) BETWEEN 2 AND {_CROWD}
)
"""
_APART = "a.origin <> b.origin AND a.case_id < b.case_id"
# Cases of two years are two years' relief, unless both tell of one emergency.
_ONE_YEAR = """
min(x.accepted_on, y.accepted_on) >= ?1 OR (max(x.accepted_on, y.accepted_on) >= ?1
  AND x.cause = y.cause AND abs(julianday(json_extract(x.request, '$.emergency.happened_at'))
    - julianday(json_extract(y.request, '$.emergency.happened_at'))) <= 3)
"""
_FOUND = f"""
WITH {_PAID},
alike AS (
  SELECT a.case_id AS first, b.case_id AS second, 'number' AS ground
    FROM paid a JOIN paid b ON a.same_key = b.same_key AND a.same_key <> '' WHERE {_APART}
  UNION SELECT a.case_id, b.case_id, 'name' FROM paid a JOIN paid b
    ON a.search_name = b.search_name AND a.birth_on = b.birth_on AND a.sex = b.sex WHERE {_APART}
  UNION SELECT a.case_id, b.case_id, 'phone' FROM paid a JOIN paid b
    ON a.phone = b.phone AND a.phone IN (SELECT phone FROM phones) WHERE {_APART}
  UNION SELECT a.case_id, b.case_id, 'card' FROM paid a JOIN paid b
    ON a.bank_card = b.bank_card AND a.bank_card <> '' WHERE {_APART}
  UNION SELECT a.case_id, b.case_id, 'household' FROM keys a JOIN keys b
    ON a.same_key = b.same_key WHERE {_APART}
),
found AS (
  SELECT first, second, ground FROM alike
  CROSS JOIN cases x ON x.case_id = first CROSS JOIN cases y ON y.case_id = second
  WHERE {_ONE_YEAR}
)
"""
_STANDS = f"EXISTS (SELECT 1 FROM cases c WHERE c.case_id = {{}} AND {PAID_FEN} > 0)"
_OPEN = f"""
{_FOUND} SELECT count(*) FROM (SELECT DISTINCT first, second FROM found) f
WHERE NOT EXISTS (SELECT 1 FROM duplicate_decisions d
    WHERE d.first = f.first AND d.second = f.second)
  AND {_STANDS.format("f.first")} AND {_STANDS.format("f.second")}
"""

# Whether anybody could be found at all: most people share no sign with anybody, and this costs a
# ninth of the question itself. It must answer yes wherever that could find somebody.
_PERHAPS = """
WITH keys AS MATERIALIZED (SELECT same_key AS key FROM persons WHERE person_id = ?2
  UNION ALL SELECT same_key FROM case_members WHERE case_id = ?1)
SELECT EXISTS (SELECT 1 FROM cases WHERE person_id = ?2 AND origin <> ?3)
  OR EXISTS (SELECT 1 FROM keys CROSS JOIN persons p ON p.same_key = key
    WHERE key <> '' AND p.person_id <> ?2)
  OR EXISTS (SELECT 1 FROM keys CROSS JOIN case_members m ON m.same_key = key AND m.same_key <> ''
    WHERE m.case_id <> ?1)
  OR EXISTS (SELECT 1 FROM persons me CROSS JOIN persons p ON p.birth_on = me.birth_on
    AND p.search_name = me.search_name WHERE me.person_id = ?2 AND p.person_id <> ?2)
  OR EXISTS (SELECT 1 FROM persons me CROSS JOIN persons p ON p.phone = me.phone AND p.phone <> ''
    WHERE me.person_id = ?2 AND p.person_id <> ?2)
  OR EXISTS (SELECT 1 FROM persons me CROSS JOIN persons p
    ON p.bank_card = me.bank_card AND p.bank_card <> ''
    WHERE me.person_id = ?2 AND p.person_id <> ?2)
"""

# The same signs, looked up for one case by the indices of persons and members.
_ELSEWHERE = f"""
WITH me AS (SELECT c.case_id AS mine, c.origin AS whose, p.person_id AS who, p.*
  FROM cases c JOIN persons p USING (person_id) WHERE c.case_id = ?1),
mine AS (SELECT same_key FROM me WHERE same_key <> ''
  UNION SELECT same_key FROM case_members WHERE case_id = ?1 AND same_key <> ''),
people AS (
  SELECT person_id FROM persons WHERE same_key IN (SELECT same_key FROM mine)
  UNION SELECT p.person_id FROM me JOIN persons p ON p.birth_on = me.birth_on
    AND p.search_name = me.search_name AND p.sex = me.sex
  UNION SELECT p.person_id FROM me JOIN persons p ON p.phone = me.phone AND p.phone <> ''
    WHERE (SELECT count(*) FROM persons q WHERE q.phone = me.phone AND q.phone <> '') <= {_CROWD}
  UNION SELECT p.person_id FROM me JOIN persons p
    ON p.bank_card = me.bank_card AND p.bank_card <> ''
),
others AS (
  SELECT case_id FROM cases WHERE person_id IN (SELECT person_id FROM people)
  UNION SELECT case_id FROM case_members
    WHERE same_key <> '' AND same_key IN (SELECT same_key FROM mine)
),
money AS (
  SELECT case_id, paid_on FROM payments y WHERE y.case_id IN (SELECT case_id FROM others)
    AND NOT EXISTS (SELECT 1 FROM payment_undoings u WHERE u.payment_id = y.payment_id)
  UNION ALL SELECT case_id, paid_on FROM transfers t WHERE t.case_id IN (SELECT case_id FROM others)
    AND NOT EXISTS (SELECT 1 FROM transfer_returns r WHERE r.payment_id = t.payment_id)
)
SELECT max(m.paid_on) FROM money m JOIN cases c USING (case_id)
WHERE c.origin <> ?2 AND m.paid_on BETWEEN ?3 AND ?4
  AND c.origin NOT IN (SELECT desk_id FROM takeovers WHERE heir = ?2)
"""


def pairs(file: DeskFile, since: date, until: date) -> tuple[DuplicatePair, ...]:
    """Give every pair of paid cases of different desks that look like one.

    Both accepted from `since` to `until`; the earlier one up to a month before where both tell of
    one emergency. A person of both is no household of both.
    """
    found: dict[tuple[str, str], list[DuplicateGround]] = {}
    rows = file.rows(f"{_FOUND} SELECT * FROM found ORDER BY first, second", _span(since, until))
    for row in rows:
        found.setdefault((row["first"], row["second"]), []).append(DuplicateGround(row["ground"]))
    return tuple(
        DuplicatePair(first=CaseId(first), second=CaseId(second), grounds=_closest(grounds))
        for (first, second), grounds in found.items()
    )


def count_open(file: DeskFile, since: date, until: date) -> int:
    """Count the pairs of `pairs` without a decision, of which money of both cases stands."""
    count: int = file.value(_OPEN, _span(since, until))
    return count


def paid_elsewhere(file: DeskFile, case_id: CaseId, origin: str, on: date) -> date | None:
    """Give the last day of the year of `on` on which another desk paid this person or household.

    `origin` is the desk of the case; what it took over is its own, and undone money counts not.
    """
    person_id = file.value("SELECT person_id FROM cases WHERE case_id = ?", (case_id,))
    if not file.value(_PERHAPS, (case_id, person_id, origin)):
        return None
    year = (date(on.year, 1, 1).isoformat(), date(on.year, 12, 31).isoformat())
    text = file.value(_ELSEWHERE, (case_id, origin, *year))
    return None if text is None else date.fromisoformat(text)


def _span(since: date, until: date) -> tuple[str, str, str]:
    return since.isoformat(), until.isoformat(), (since - _LOOK_BACK).isoformat()


def _closest(grounds: list[DuplicateGround]) -> tuple[DuplicateGround, ...]:
    """In the order of their weight; one number of both makes their household the same, unsaid."""
    return tuple(
        each
        for each in DuplicateGround
        if each in grounds
        and not (each is DuplicateGround.HOUSEHOLD and DuplicateGround.NUMBER in grounds)
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
        f"SELECT max(a.seq), a.*, c.case_no, {PAID_FEN} = 0 OR EXISTS (SELECT 1 FROM recoveries r "
        "WHERE r.case_id = a.case_id AND NOT EXISTS (SELECT 1 FROM recovery_withdrawals w "
        "WHERE w.recovery_id = r.recovery_id)) AS claimed FROM duplicate_answers a "
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
