"""Token lists as tables: at a district what was issued, at an office the one list that counts.

Secrets and slow hashes of a district lie in local tables of its encrypted desk, never in a message.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.money import Money
from reliefdesk.domain.tokens import (
    HeldList,
    TokenKeysRenewed,
    TokenListIssued,
)
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE token_keys(
  generation INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  reason TEXT NOT NULL,
  made_on TEXT NOT NULL
) STRICT;
CREATE TABLE token_lists(
  list_id TEXT PRIMARY KEY,
  recipient TEXT NOT NULL,
  generation INTEGER NOT NULL,
  year INTEGER NOT NULL,
  issued_on TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  salt TEXT NOT NULL,
  key TEXT NOT NULL,
  parts INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK (held BETWEEN 0 AND parts),
  total INTEGER NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
CREATE INDEX token_lists_recipient ON token_lists(recipient, seq);
CREATE TABLE tokens(
  list_id TEXT NOT NULL REFERENCES token_lists(list_id),
  token TEXT NOT NULL,
  month TEXT NOT NULL,
  amount_class TEXT NOT NULL,
  PRIMARY KEY (list_id, token, month, amount_class)
) STRICT, WITHOUT ROWID;
"""

LOCAL_TABLES = """
CREATE TABLE token_secrets(
  generation INTEGER PRIMARY KEY,
  secret TEXT NOT NULL
) STRICT;
CREATE TABLE token_stretches(
  salt TEXT NOT NULL,
  same_key TEXT NOT NULL,
  slow TEXT NOT NULL,
  PRIMARY KEY (salt, same_key)
) STRICT, WITHOUT ROWID;
"""

# Whoever has a number of a document, for relief that stands: paid here, by bank, in kind, imported.
_HELPED = """
WITH given AS (
  SELECT y.case_id, c.origin, c.person_id, y.fen, y.paid_on FROM payments y JOIN cases c USING
    (case_id) WHERE NOT EXISTS
    (SELECT 1 FROM payment_undoings u WHERE u.payment_id = y.payment_id)
  UNION ALL SELECT t.case_id, c.origin, c.person_id, t.fen, t.paid_on FROM transfers t
    JOIN cases c USING (case_id) WHERE NOT EXISTS
    (SELECT 1 FROM transfer_returns r WHERE r.payment_id = t.payment_id)
), helped AS (
  SELECT p.same_key, g.case_id AS source, g.origin, g.fen, g.paid_on FROM given g
    JOIN persons p USING (person_id) WHERE p.kind <> '000'
  UNION ALL SELECT m.same_key, g.case_id, g.origin, g.fen, g.paid_on FROM given g
    JOIN case_members m USING (case_id) WHERE ?1
  UNION ALL SELECT i.same_key, i.import_id || '.' || i.place, i.origin, i.fen, i.paid_on
    FROM imported_reliefs i WHERE NOT EXISTS
    (SELECT 1 FROM import_withdrawals w WHERE w.import_id = i.import_id)
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which payments count: from `since` to `until` (inclusive), members of households or not."""

    since: date
    until: date
    household: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """Somebody was helped: the normalised number, the month of it and how much altogether."""

    same_key: str
    month: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredList:
    """A list that the district issued to an office."""

    list_id: str
    generation: int
    year: int
    issued_on: date
    total: int


def helped_elsewhere(file: DeskFile, desk_id: DeskId, window: Window) -> tuple[Helped, ...]:
    """Give everybody helped in a window by another desk than this one, once for each case."""
    rows = file.rows(
        _HELPED + "SELECT same_key, min(paid_on) AS paid_on, sum(fen) AS fen FROM helped "
        "WHERE same_key <> '' AND origin <> ?4 AND origin NOT IN "
        "(SELECT desk_id FROM takeovers WHERE heir = ?4) AND paid_on BETWEEN ?2 AND ?3 "
        "GROUP BY same_key, source ORDER BY same_key, source",
        (*_asked(window), desk_id),
    )
    return tuple(
        Helped(same_key=row["same_key"], month=row["paid_on"][:7], amount=Money(row["fen"]))
        for row in rows
    )


def unstretched(file: DeskFile, salt: str, window: Window) -> tuple[str, ...]:
    """Give the numbers of helped people whose slow hash is not kept yet."""
    rows = file.rows(
        _HELPED + "SELECT DISTINCT same_key FROM helped WHERE same_key <> '' "
        "AND paid_on BETWEEN ?2 AND ?3 AND NOT EXISTS (SELECT 1 FROM token_stretches s "
        "WHERE s.salt = ?4 AND s.same_key = helped.same_key) ORDER BY same_key",
        (*_asked(window), salt),
    )
    return tuple(row["same_key"] for row in rows)


def keep_stretched(file: DeskFile, salt: str, slow: Mapping[str, str]) -> None:
    """Keep slow hashes, so that the next list costs only who came since."""
    for same_key, kept in slow.items():
        file.execute(
            "INSERT INTO token_stretches VALUES (?,?,?) ON CONFLICT DO NOTHING",
            (salt, same_key, kept),
        )


def stretched(file: DeskFile, salt: str) -> dict[str, str]:
    """Map numbers to their slow hashes under a salt."""
    rows = file.rows("SELECT same_key, slow FROM token_stretches WHERE salt = ?", (salt,))
    return {row["same_key"]: row["slow"] for row in rows}


def forget_stretched(file: DeskFile) -> None:
    """Let every slow hash go: the salt they were made with counts no more."""
    file.execute("DELETE FROM token_stretches")


def generation(file: DeskFile) -> tuple[int, int]:
    """Give the newest generation of keys and its year; 0, 0 before the first."""
    row = file.row("SELECT generation, year FROM token_keys ORDER BY generation DESC LIMIT 1")
    return (0, 0) if row is None else (row["generation"], row["year"])


def secret(file: DeskFile, wanted: int) -> str | None:
    """Give the secret of a generation, None where it was lost with another PC."""
    found: str | None = file.value(
        "SELECT secret FROM token_secrets WHERE generation = ?", (wanted,)
    )
    return found


def keep_secret(file: DeskFile, wanted: int, made: str) -> None:
    """Keep the secret of a generation; those before it are forgotten."""
    file.execute("DELETE FROM token_secrets")
    file.execute("INSERT INTO token_secrets VALUES (?,?)", (wanted, made))


def issued(file: DeskFile, recipient: DeskId) -> StoredList | None:
    """Give the list that the district issued last to an office."""
    row = file.row(
        "SELECT * FROM token_lists WHERE recipient = ? AND origin = '' ORDER BY seq DESC LIMIT 1",
        (recipient,),
    )
    if row is None:
        return None
    return StoredList(
        list_id=row["list_id"],
        generation=row["generation"],
        year=row["year"],
        issued_on=date.fromisoformat(row["issued_on"]),
        total=row["total"],
    )


def expiry(file: DeskFile, partner: DeskId, after: int, until: int) -> date | None:
    """Give the last day of a list among the messages for a partner, None where there is none."""
    year = file.value(
        "SELECT max(json_extract(line, '$.payload.year')) FROM outgoing_messages "
        "WHERE partner = ? AND number > ? AND number <= ? "
        "AND json_extract(line, '$.event') = 'TokenListIssued'",
        (partner, after, until),
    )
    return None if year is None else date(year, 12, 31)


def held(file: DeskFile) -> HeldList | None:
    """Give the list that counts at this office: the last one that came whole."""
    row = file.row(
        "SELECT * FROM token_lists WHERE origin <> '' AND held = parts ORDER BY seq DESC LIMIT 1"
    )
    if row is None:
        return None
    return HeldList(
        list_id=row["list_id"],
        year=row["year"],
        issued_on=date.fromisoformat(row["issued_on"]),
        salt=row["salt"],
        key=row["key"],
        total=row["total"],
    )


def found(file: DeskFile, list_id: str, tokens: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """Give token, month and class of amount wherever a list holds one of some tokens."""
    rows = file.rows(
        "SELECT token, month, amount_class FROM tokens WHERE list_id = ? "
        "AND token IN (SELECT value FROM json_each(?)) ORDER BY month, token",
        (list_id, json.dumps(sorted(set(tokens)))),
    )
    return tuple((row["token"], row["month"], row["amount_class"]) for row in rows)


def _asked(window: Window) -> tuple[int, str, str]:
    return (int(window.household), window.since.isoformat(), window.until.isoformat())


def _renewed(file: DeskFile, entry: Entry, event: TokenKeysRenewed) -> None:
    if not entry.origin:
        file.execute(
            "INSERT INTO token_keys VALUES (?,?,?,?)",
            (event.generation, event.year, event.reason.value, entry.header.on.isoformat()),
        )


def _issued(file: DeskFile, entry: Entry, event: TokenListIssued) -> None:
    """Note a part; at an office a list that is whole takes the place of the one before."""
    received = bool(entry.origin)
    file.execute(
        "INSERT INTO token_lists VALUES (?,?,?,?,?,?,?,?,?,?,0,?,?,?) ON CONFLICT DO NOTHING",
        (
            event.list_id,
            event.recipient,
            event.generation,
            event.year,
            event.issued_on.isoformat(),
            event.since.isoformat(),
            event.until.isoformat(),
            event.salt if received else "",
            event.key if received else "",
            event.parts,
            event.total,
            entry.origin,
            entry.seq,
        ),
    )
    file.execute("UPDATE token_lists SET held = held + 1 WHERE list_id = ?", (event.list_id,))
    if received:
        _keep_tokens(file, event)
        _drop_earlier(file, event)


def _keep_tokens(file: DeskFile, event: TokenListIssued) -> None:
    file.execute_many(
        "INSERT INTO tokens VALUES (?,?,?,?)",
        [
            (event.list_id, token, group.month, group.amount_class.value)
            for group in event.groups
            for token in group.tokens
        ],
    )


def _drop_earlier(file: DeskFile, event: TokenListIssued) -> None:
    row = file.row("SELECT * FROM token_lists WHERE list_id = ?", (event.list_id,))
    if row is None or row["held"] < row["parts"]:
        return
    if _count(file, row) != row["total"]:
        raise ValueError(event.list_id)
    file.execute("DELETE FROM tokens WHERE list_id <> ?", (event.list_id,))
    file.execute("UPDATE token_lists SET salt = '', key = '' WHERE list_id <> ?", (event.list_id,))


def _count(file: DeskFile, row: Row) -> int:
    count: int = file.value("SELECT count(*) FROM tokens WHERE list_id = ?", (row["list_id"],))
    return count


APPLY: dict[type, Any] = {
    TokenKeysRenewed: _renewed,
    TokenListIssued: _issued,
}
