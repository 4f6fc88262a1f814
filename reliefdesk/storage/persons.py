"""Persons as tables: what holds now, who was judged the same, and who looked at what in full."""

import json
from collections.abc import Iterable
from datetime import date

from reliefdesk.domain import persons as domain
from reliefdesk.domain.events import Entry
from reliefdesk.domain.identity import DocumentKind, Sex
from reliefdesk.domain.ids import OperatorId, PersonId
from reliefdesk.domain.masking import mask_number, mask_phone
from reliefdesk.domain.names import search_form
from reliefdesk.domain.persons import HukouKind, Person, PersonDetails, PersonRow
from reliefdesk.storage.apply import Apply
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

_COLUMNS = (
    "kind, number_typed, number, same_key, name, former_name, sex, ethnicity, birth_on, "
    "hukou_place, hukou_code, hukou_kind, phone, bank_card, identity_note, override_reason, "
    "override_by"
)

TABLES = """
CREATE TABLE persons(
  person_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  number_typed TEXT NOT NULL,
  number TEXT NOT NULL,
  same_key TEXT NOT NULL,
  name TEXT NOT NULL,
  former_name TEXT NOT NULL,
  sex TEXT NOT NULL,
  ethnicity TEXT NOT NULL,
  birth_on TEXT,
  hukou_place TEXT NOT NULL,
  hukou_code TEXT NOT NULL,
  hukou_kind TEXT NOT NULL,
  phone TEXT NOT NULL,
  bank_card TEXT NOT NULL,
  identity_note TEXT NOT NULL,
  override_reason TEXT NOT NULL,
  override_by TEXT,
  search_name TEXT NOT NULL,
  changed_seq INTEGER NOT NULL
) STRICT;
CREATE INDEX persons_same_key ON persons(same_key);
CREATE INDEX persons_number ON persons(number);
CREATE INDEX persons_listed ON persons(search_name, number, person_id);
CREATE INDEX persons_birth ON persons(birth_on, search_name);
CREATE INDEX persons_phone ON persons(phone) WHERE phone <> '';
CREATE INDEX persons_card ON persons(bank_card) WHERE bank_card <> '';
CREATE TABLE temporary_numbers(
  number TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES persons(person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE person_verdicts(
  first_id TEXT NOT NULL REFERENCES persons(person_id),
  second_id TEXT NOT NULL REFERENCES persons(person_id),
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (first_id, second_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_verdicts_second ON person_verdicts(second_id);
CREATE TABLE reveals(
  seq INTEGER PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES persons(person_id),
  detail TEXT NOT NULL,
  operator_id TEXT NOT NULL,
  revealed_at TEXT NOT NULL
) STRICT;
"""


def person(file: DeskFile, person_id: PersonId) -> Person | None:
    """Give one person as recorded now."""
    row = file.row("SELECT * FROM persons WHERE person_id = ?", (person_id,))
    return None if row is None else _person(row)


def alike(file: DeskFile, details: PersonDetails) -> tuple[Person, ...]:
    """Give everybody who shares a number, name and birth day, phone or card: candidates only."""
    birth = None if details.birth_on is None else details.birth_on.isoformat()
    rows = file.rows(
        "SELECT * FROM persons WHERE same_key = ?1 AND ?1 <> '' "
        "UNION SELECT * FROM persons WHERE birth_on = ?2 AND search_name = ?3 "
        "UNION SELECT * FROM persons WHERE phone = ?4 AND phone <> '' "
        "UNION SELECT * FROM persons WHERE bank_card = ?5 AND bank_card <> ''",
        (details.same_key, birth, search_form(details.name), details.phone, details.bank_card),
    )
    return tuple(_person(row) for row in rows)


def judged_same(file: DeskFile, person_id: PersonId) -> frozenset[PersonId]:
    """Give every entry judged to be this person, through any chain of verdicts, itself included."""
    known = {person_id}
    waiting = [person_id]
    while waiting:
        current = waiting.pop()
        rows = file.rows(
            "SELECT second_id FROM person_verdicts WHERE first_id = ?1 AND verdict = ?2 "
            "UNION SELECT first_id FROM person_verdicts WHERE second_id = ?1 AND verdict = ?2",
            (current, domain.Verdict.SAME.value),
        )
        found = {PersonId(row[0]) for row in rows} - known
        known |= found
        waiting += found
    return frozenset(known)


def judged_pairs(file: DeskFile, person_id: PersonId) -> dict[PersonId, domain.Verdict]:
    """Map each other entry that was judged beside this one to its verdict."""
    rows = file.rows(
        "SELECT second_id, verdict FROM person_verdicts WHERE first_id = ?1 "
        "UNION SELECT first_id, verdict FROM person_verdicts WHERE second_id = ?1",
        (person_id,),
    )
    return {PersonId(row[0]): domain.Verdict(row[1]) for row in rows}


def last_temporary_serial(file: DeskFile, prefix: str) -> int:
    """Give the last serial used after `prefix` (WZ-office-year-), 0 when none."""
    number = file.value(
        "SELECT max(number) FROM temporary_numbers WHERE number >= ?1 AND number < ?1 || ':'",
        (prefix,),
    )
    return 0 if number is None else int(number[len(prefix) :])


def listed(file: DeskFile, person_ids: Iterable[PersonId]) -> tuple[PersonRow, ...]:
    """Give the rows of a search answer in the order asked for."""
    ids = list(person_ids)
    rows = {
        row["person_id"]: row
        for row in file.rows(
            "SELECT p.*, (SELECT count(*) FROM cases c WHERE c.person_id = p.person_id) AS cases "
            "FROM persons p WHERE p.person_id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
    }
    return tuple(_listed(rows[person_id]) for person_id in ids if person_id in rows)


def _listed(row: Row) -> PersonRow:
    return PersonRow(
        person_id=PersonId(row["person_id"]),
        name=row["name"],
        number=mask_number(row["number"]),
        sex=Sex(row["sex"]),
        birth_on=_day(row["birth_on"]),
        phone=mask_phone(row["phone"]),
        hukou_place=row["hukou_place"],
        cases=row["cases"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _person(row: Row) -> Person:
    override = row["override_by"]
    return Person(
        person_id=PersonId(row["person_id"]),
        details=PersonDetails(
            kind=DocumentKind(row["kind"]),
            number_typed=row["number_typed"],
            number=row["number"],
            same_key=row["same_key"],
            name=row["name"],
            former_name=row["former_name"],
            sex=Sex(row["sex"]),
            ethnicity=row["ethnicity"],
            birth_on=_day(row["birth_on"]),
            hukou_place=row["hukou_place"],
            hukou_code=row["hukou_code"],
            hukou_kind=HukouKind(row["hukou_kind"]),
            phone=row["phone"],
            bank_card=row["bank_card"],
            identity_note=row["identity_note"],
            override_reason=row["override_reason"],
            override_by=None if override is None else OperatorId(override),
        ),
    )


def _values(details: PersonDetails) -> tuple[str | None, ...]:
    return (
        details.kind.value,
        details.number_typed,
        details.number,
        details.same_key,
        details.name,
        details.former_name,
        details.sex.value,
        details.ethnicity,
        None if details.birth_on is None else details.birth_on.isoformat(),
        details.hukou_place,
        details.hukou_code,
        details.hukou_kind.value,
        details.phone,
        details.bank_card,
        details.identity_note,
        details.override_reason,
        details.override_by,
    )


def _registered(file: DeskFile, entry: Entry, event: domain.PersonRegistered) -> None:
    values = (event.person_id, *_values(event.details), search_form(event.details.name), entry.seq)
    places = ",".join("?" * len(values))
    file.execute(f"INSERT INTO persons VALUES ({places})", values)
    if event.details.kind is DocumentKind.NO_DOCUMENT:
        # Once the person is known this row alone keeps the temporary number from a second use.
        file.execute(
            "INSERT INTO temporary_numbers VALUES (?,?)", (event.details.number, event.person_id)
        )


def _corrected(file: DeskFile, entry: Entry, event: domain.PersonCorrected) -> None:
    columns = ", ".join(f"{name.strip()} = ?" for name in _COLUMNS.split(","))
    file.execute(
        f"UPDATE persons SET {columns}, search_name = ?, changed_seq = ? WHERE person_id = ?",
        (*_values(event.details), search_form(event.details.name), entry.seq, event.person_id),
    )


def _judged(file: DeskFile, _entry: Entry, event: domain.PersonsJudged) -> None:
    first, second = sorted((event.first_id, event.second_id))
    file.execute(
        "INSERT INTO person_verdicts VALUES (?,?,?,?) ON CONFLICT (first_id, second_id) "
        "DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason",
        (first, second, event.verdict.value, event.reason),
    )


def _revealed(file: DeskFile, entry: Entry, event: domain.DetailRevealed) -> None:
    file.execute(
        "INSERT INTO reveals VALUES (?,?,?,?,?)",
        (
            entry.seq,
            event.person_id,
            event.detail,
            entry.header.operator_id,
            f"{entry.header.at:%Y-%m-%dT%H:%M:%SZ}",
        ),
    )


APPLY: dict[type, Apply] = {
    domain.PersonRegistered: _registered,
    domain.PersonCorrected: _corrected,
    domain.PersonsJudged: _judged,
    domain.DetailRevealed: _revealed,
}
