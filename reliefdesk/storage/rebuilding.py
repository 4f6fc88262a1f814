"""Tables made for reading follow the program: where they changed, the journal makes them anew.

The journal and what belongs to this PC stay; everything else is dropped and replayed, in one
transaction. So a newer program opens an older desk, and an older desk loses nothing.
"""

import hashlib

from reliefdesk.storage import chain, journal, schema, search, settings, sqlcipher, tables
from reliefdesk.storage.desk_file import DeskFile

_DIGEST = "tables_digest"
_RUNNER_TABLES = frozenset({"_sqlite_migrations", "_sqlite_migrations_new"})


def digest() -> str:
    """Give the fingerprint of the tables that this program makes."""
    return hashlib.sha256(schema.SCRIPT.encode()).hexdigest()


def note(file: DeskFile) -> None:
    """Note, inside the caller's transaction, that the tables are those of this program."""
    settings.put(file, _DIGEST, digest())


def needed(file: DeskFile) -> bool:
    """Whether the tables were made by a program with other tables; reads only."""
    if not _exists(file, "settings"):
        return True
    return settings.get(file, _DIGEST) != digest()


def rebuild(file: DeskFile) -> None:
    """Drop what the journal implies and make it anew, in a transaction of its own.

    Raises ChainBrokenError or UnknownEventError before anything is lost.
    """
    chain.require_chain(file, entries=journal.head(file).seq)
    # Dropping asks foreign keys; they are checked again when the rows come back.
    file.connection.execute("PRAGMA foreign_keys=OFF")
    try:
        with file.transaction():
            _drop_implied(file)
            _make_missing(file)
            for entry in journal.entries(file):
                tables.apply(file, entry)
            note(file)
    finally:
        file.connection.execute("PRAGMA foreign_keys=ON")


def _kept() -> frozenset[str]:
    local = set(schema.table_names(schema.LOCAL_TABLES)) - set(schema.table_names(search.TABLES))
    return frozenset({*schema.table_names(journal.TABLES), *local, *_RUNNER_TABLES})


def _drop_implied(file: DeskFile) -> None:
    rows = file.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    for row in rows:
        name = row["name"]
        if name not in _kept() and not name.startswith("sqlite_"):
            file.execute(f"DROP TABLE {name}")


def _make_missing(file: DeskFile) -> None:
    for (kind, name), statement in schema.parts(schema.SCRIPT).items():
        if not _exists(file, name):
            file.execute(statement)
        elif kind == "TABLE" and not _same(file, name, statement):
            _make_over(file, name, statement)


def _make_over(file: DeskFile, name: str, statement: str) -> None:
    """Give a local table its new columns and keep what the old one held."""
    file.execute(f"ALTER TABLE {name} RENAME TO {name}_before")
    file.execute(statement)
    common = ", ".join(_columns(file, f"{name}_before") & _columns(file, name))
    file.execute(f"INSERT INTO {name}({common}) SELECT {common} FROM {name}_before")
    file.execute(f"DROP TABLE {name}_before")


def _columns(file: DeskFile, table: str) -> set[str]:
    return {row["name"] for row in file.rows(f"PRAGMA table_info({table})")}


def _exists(file: DeskFile, name: str) -> bool:
    return file.value("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)) is not None


def _same(file: DeskFile, name: str, statement: str) -> bool:
    kept = file.value("SELECT sql FROM sqlite_master WHERE name = ?", (name,))
    return _plain(kept) == _plain(statement)


def _plain(statement: str) -> str:
    return "".join(next(sqlcipher.statements(statement + ";")).split())
