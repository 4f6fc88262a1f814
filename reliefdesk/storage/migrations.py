"""Versions of the tables: each step once and in order, a newer file refused before any touch.

Events are never rewritten here: a step changes tables, an old event is upcast when it is read.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from reliefdesk.errors import SurroundingsError
from reliefdesk.storage import (
    schema,
    sqlcipher,  # imported before sqlite_utils, which must find the encrypting driver
)
from reliefdesk.storage.desk_file import DeskFile

if TYPE_CHECKING:
    import sqlite3  # the type that sqlite-utils names; the driver is never it

    from sqlite_utils import Database, Migrations

Step = Callable[["Database"], None]
_RUNNER = "reliefdesk"


class NewerDeskError(SurroundingsError):
    """The file was written by a newer program. Facts: version, known."""

    code = "storage.newer"


class UnfinishedDeskError(SurroundingsError):
    """The file has no tables: its creation was broken off."""

    code = "storage.unfinished"


def _first_tables(database: "Database") -> None:
    for statement in sqlcipher.statements(schema.SCRIPT):
        database.conn.execute(statement)


# One step per released version of the tables; a released step is never edited.
STEPS: tuple[Step, ...] = (_first_tables,)
SCHEMA_VERSION = len(STEPS)


def create_tables(file: DeskFile) -> None:
    """Give an empty file its tables, in a transaction of its own."""
    with file.transaction():
        run(file, STEPS)


def pending(file: DeskFile) -> int:
    """Count the steps that the file still lacks; reads only.

    Raises NewerDeskError for a file of a newer program, UnfinishedDeskError for an empty one.
    """
    version: int = file.value("PRAGMA user_version")
    if version > SCHEMA_VERSION or _strange_steps(file):
        raise NewerDeskError(version=version, known=SCHEMA_VERSION)
    if version == 0:
        raise UnfinishedDeskError
    return SCHEMA_VERSION - version


def run(file: DeskFile, steps: tuple[Step, ...]) -> None:
    """Run the steps that the file lacks, inside the caller's transaction: all of them or none."""
    migrations = _named(steps)
    migrations.apply(_database(file))
    file.execute(f"PRAGMA user_version={len(steps)}")


def _named(steps: tuple[Step, ...]) -> "Migrations":
    # Every sign-in reads versions, few ever run a step: the runner is slow to load.
    from sqlite_utils import Migrations  # noqa: PLC0415

    migrations = Migrations(_RUNNER)
    for number, step in enumerate(steps, start=1):
        migrations(name=_name(number))(step)
    return migrations


def _name(number: int) -> str:
    return f"{number:04d}"


def _strange_steps(file: DeskFile) -> bool:
    """The runner does not notice steps that a newer program recorded: the refusal is ours."""
    known = {_name(number) for number in range(1, SCHEMA_VERSION + 1)}
    if file.value("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'") is None:
        return False
    applied = file.rows("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (_RUNNER,))
    return not known.issuperset(row["name"] for row in applied)


def _database(file: DeskFile) -> "Database":
    from sqlite_utils import Database  # noqa: PLC0415 - as above

    return Database(cast("sqlite3.Connection", file.connection))
