"""A fresh desk and a migrated one are the same, and each step runs once, whole, in order."""

from typing import TYPE_CHECKING

import pytest

from reliefdesk.storage import migrations, schema, sqlcipher
from reliefdesk.storage.desk_file import DeskFile

if TYPE_CHECKING:
    from sqlite_utils import Database


def _schema_of(file: DeskFile) -> set[tuple[str, ...]]:
    rows = file.rows("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return {tuple(row) for row in rows}


def _stepwise() -> DeskFile:
    file = DeskFile.memory()
    for released in range(1, migrations.SCHEMA_VERSION + 1):
        with file.transaction():
            migrations.run(file, migrations.STEPS[:released])
    return file


def test_a_fresh_desk_equals_one_that_took_every_step() -> None:
    fresh = DeskFile.memory()
    migrations.create_tables(fresh)
    assert _schema_of(fresh) == _schema_of(_stepwise())
    assert migrations.pending(fresh) == 0
    schema.require_schema(fresh)


def test_steps_do_not_run_twice() -> None:
    file = _stepwise()
    before = _schema_of(file)
    with file.transaction():
        migrations.run(file, migrations.STEPS)
    assert _schema_of(file) == before


def test_a_step_that_breaks_takes_the_steps_before_it_back() -> None:
    def good(database: "Database") -> None:
        database.conn.execute("CREATE TABLE first(a)")

    def bad(database: "Database") -> None:
        database.conn.execute("CREATE TABLE first(a)")

    file = DeskFile.memory()
    with pytest.raises(sqlcipher.OperationalError), file.transaction():
        migrations.run(file, (good, bad))
    assert _schema_of(file) == set()
    assert file.value("PRAGMA user_version") == 0


def test_every_table_is_strict_and_every_trigger_survives_the_migration_runner() -> None:
    file = _stepwise()
    rows = file.rows("PRAGMA table_list")
    ours = [row for row in rows if row["type"] == "table" and not row["name"].startswith("sqlite_")]
    assert {row["name"] for row in ours if not row["strict"]} == {"_sqlite_migrations"}
    assert schema.changed_triggers(file) == ()
