"""Finding a person from whatever the clerk has: number, its tail, name, initials, phone, papers.

Every way to begin typing is a key in one sorted table, so that each key stroke is one range read.
"""

import re
from collections.abc import Iterable, Sequence

from reliefdesk.domain.cases import CaseAccepted
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.ids import PersonId
from reliefdesk.domain.names import search_form
from reliefdesk.domain.payments import CashPaid
from reliefdesk.domain.persons import PersonCorrected, PersonDetails, PersonRegistered
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.initials import initials
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE search_persons(
  number INTEGER PRIMARY KEY,
  person_id TEXT NOT NULL UNIQUE,
  keys TEXT NOT NULL,
  receipt_keys TEXT NOT NULL
) STRICT;
CREATE TABLE search_key(
  key TEXT NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (key, person)
) STRICT, WITHOUT ROWID;
"""

TERMS_MAX = 6
TERM_CHARACTERS_MAX = 50
# Tails from 4 to 12 characters: the last digits, and a birth day with what follows it.
_TAIL_MIN, _TAIL_MAX = 4, 12
# A receipt or case by its last digits, serial, year and serial: each key costs the event a page.
_RECEIPT_TAILS = (4, 6, 10)
_ROUGH_MAX = 2000
_LAST = "\U0010ffff"
_SEPARATORS = re.compile(r"[-－—_/]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_RANGE = "key >= ? AND key < ?"
_NUMBERS = f"SELECT person FROM search_key WHERE {_RANGE} ORDER BY key LIMIT ?"
_PERSONS = f"""SELECT person_id, keys, receipt_keys
FROM (SELECT key, person FROM search_key WHERE {_RANGE} ORDER BY key LIMIT ?)
JOIN search_persons ON number = person ORDER BY key"""
_WORD_START = re.compile(r"(?<![a-z])[a-z]|[^a-z]")


def follow(file: DeskFile, event: object) -> None:
    """Keep the keys up with an event, inside the caller's transaction."""
    match event:
        case PersonRegistered() | PersonCorrected():
            index_person(file, event.person_id, event.details)
            if event.details.kind is DocumentKind.NO_DOCUMENT:
                # A temporary number finds its person also after the person became known.
                index_number(file, event.details.number, event.person_id)
        case CaseAccepted():
            index_number(file, event.case_no, event.person_id)
        case CashPaid():
            index_number(file, event.receipt_no, event.person_id)


def index_person(file: DeskFile, person_id: PersonId, details: PersonDetails) -> None:
    """Make a person findable by these details and no longer by earlier ones."""
    _put(file, person_id, keys=keys_of(details))


def index_number(file: DeskFile, number: str, person_id: PersonId) -> None:
    """Make a person findable by the number of a receipt or a case, whole or by its end."""
    number = _plain(number)
    keys = frozenset(number[-length:] for length in (*_RECEIPT_TAILS, len(number)))
    _put(file, person_id, receipt_keys=keys)


def find(file: DeskFile, text: str, limit: int) -> tuple[PersonId, ...]:
    """Give up to `limit` persons for whom every term of `text` begins a key, exact keys first."""
    terms = _terms(text)
    if not terms:
        return ()
    if len(terms) == 1:
        return _of_one(file, terms[0], limit)
    found = _of_all(file, terms, limit)
    return _intersected(file, terms, limit) if found is None else found


def _of_one(file: DeskFile, term: str, limit: int) -> tuple[PersonId, ...]:
    """Read on while one person's keys lie side by side, as those of 000001 do."""
    rough = limit + limit // 2
    while True:
        rows = file.rows(_NUMBERS, (*_bounds(term), rough))
        numbers = list(dict.fromkeys(row[0] for row in rows))[:limit]
        if len(numbers) == limit or len(rows) < rough:
            return _named(file, numbers)
        rough *= 8


def _named(file: DeskFile, numbers: Sequence[int]) -> tuple[PersonId, ...]:
    places = ",".join("?" * len(numbers))
    rows = file.rows(
        f"SELECT number, person_id FROM search_persons WHERE number IN ({places})", numbers
    )
    by_number = {row[0]: PersonId(row[1]) for row in rows}
    return tuple(by_number[number] for number in numbers)


def _of_all(file: DeskFile, terms: Sequence[str], limit: int) -> tuple[PersonId, ...] | None:
    """Look which first persons of the rarest term have the other terms among their keys.

    None where thousands fit each term: then the database must meet the ranges.
    """
    rarest = _rarest(file, terms)
    rows = file.rows(_PERSONS, (*_bounds(rarest), _ROUGH_MAX))
    others = [f" {term}" for term in terms if term != rarest]
    found = _matching(rows, others, limit)
    return found if len(found) == limit or len(rows) < _ROUGH_MAX else None


def faults(file: DeskFile) -> int:
    """Count the keys that are missing or too many, and the persons nobody would find."""
    texts = file.each("SELECT keys, receipt_keys FROM search_persons")
    kept = sum(len({*row["keys"].split(), *row["receipt_keys"].split()}) for row in texts)
    lost = file.value(
        "SELECT count(*) FROM persons "
        "WHERE person_id NOT IN (SELECT person_id FROM search_persons WHERE keys <> '')"
    )
    count: int = abs(kept - file.value("SELECT count(*) FROM search_key")) + lost
    return count


def keys_of(details: PersonDetails) -> frozenset[str]:
    """Give every key of a person: numbers and their tails, names, initials, phone and its tails."""
    numbers = (details.number, details.same_key, details.phone)
    keys = {tail for number in numbers for tail in _tails(_plain(number))}
    for name in (details.name, details.former_name):
        keys |= _name_keys(name)
    return frozenset(keys)


def _name_keys(name: str) -> set[str]:
    # Each word or character begins a key; blanks mark the words and are then left out.
    plain = name.lower().translate(_FULL_WIDTH)
    words = [search_form(plain[start.start() :]) for start in _WORD_START.finditer(plain)]
    return {word for word in (search_form(plain), *words, *initials(search_form(plain))) if word}


def _tails(number: str) -> frozenset[str]:
    lengths = range(_TAIL_MIN, _TAIL_MAX + 1)
    tails = {number[-length:] for length in lengths if length <= len(number)}
    return frozenset(tails | ({number} if number else set()))


def _plain(text: str) -> str:
    narrow = text if text.isascii() else text.translate(_FULL_WIDTH)
    return _SEPARATORS.sub("", search_form(narrow))


def _terms(text: str) -> list[str]:
    clean = text.encode(errors="ignore").decode()  # lone surrogates stand in no key
    words = (_plain(word)[:TERM_CHARACTERS_MAX] for word in clean.split())
    return list(dict.fromkeys(word for word in words if word))[:TERMS_MAX]


def _bounds(term: str) -> tuple[str, str]:
    return term, term + _LAST


def _rarest(file: DeskFile, terms: Sequence[str]) -> str:
    count = f"SELECT count(*) FROM (SELECT 1 FROM search_key WHERE {_RANGE} LIMIT {_ROUGH_MAX})"
    sizes = {term: file.value(count, _bounds(term)) for term in terms}
    return min(terms, key=lambda term: (sizes[term], -len(term)))


def _matching(rows: Iterable[Row], others: Sequence[str], limit: int) -> tuple[PersonId, ...]:
    """Give the persons for whom each other term, led by a blank, begins a key too."""
    found: dict[PersonId, None] = {}
    for row in rows:
        if len(found) == limit:
            break
        keys = f" {row['keys']} {row['receipt_keys']}"
        if all(other in keys for other in others):
            found[PersonId(row["person_id"])] = None
    return tuple(found)


def _intersected(file: DeskFile, terms: Sequence[str], limit: int) -> tuple[PersonId, ...]:
    """Let the database meet the ranges, where thousands fit each term and few fit all."""
    numbers = " INTERSECT ".join([f"SELECT person FROM search_key WHERE {_RANGE}"] * len(terms))
    rows = file.rows(
        f"SELECT person_id FROM search_persons WHERE number IN ({numbers}) LIMIT {limit:d}",
        [bound for term in terms for bound in _bounds(term)],
    )
    return tuple(PersonId(row["person_id"]) for row in rows)


def _put(
    file: DeskFile,
    person_id: PersonId,
    *,
    keys: frozenset[str] | None = None,
    receipt_keys: frozenset[str] | None = None,
) -> None:
    row = file.row("SELECT * FROM search_persons WHERE person_id = ?", (person_id,))
    if row is None:
        number = (file.value("SELECT max(number) FROM search_persons") or 0) + 1
        file.execute("INSERT INTO search_persons VALUES (?,?,'','')", (number, person_id))
        had, receipts = frozenset[str](), frozenset[str]()
    else:
        number = row["number"]
        had, receipts = frozenset(row["keys"].split()), frozenset(row["receipt_keys"].split())
    wanted = had if keys is None else keys
    wanted_receipts = receipts | (receipt_keys or frozenset())
    before, after = had | receipts, wanted | wanted_receipts
    file.execute_many(
        "DELETE FROM search_key WHERE key = ? AND person = ?",
        [(key, number) for key in sorted(before - after)],
    )
    file.execute_many(
        "INSERT INTO search_key VALUES (?,?)", [(key, number) for key in sorted(after - before)]
    )
    file.execute(
        "UPDATE search_persons SET keys = ?, receipt_keys = ? WHERE number = ?",
        (" ".join(sorted(wanted)), " ".join(sorted(wanted_receipts)), number),
    )
