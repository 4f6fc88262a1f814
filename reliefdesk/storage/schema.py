"""What a desk's database must consist of: every table, index and trigger by name and wording."""

import functools
import re

from reliefdesk.errors import TrustError
from reliefdesk.storage import (
    desk_keys,
    drafts,
    imports,
    journal,
    pins,
    print_jobs,
    search,
    settings,
    sqlcipher,
    tables,
    tokens,
    witnesses,
)
from reliefdesk.storage.desk_file import DeskFile

# search follows from the journal too, but only as an index: it is counted, not compared.
_LOCAL = (search, drafts, pins, settings, witnesses, desk_keys, print_jobs)
LOCAL_TABLES = "\n".join(
    (
        *(local.TABLES for local in _LOCAL),
        imports.LOCAL_TABLES,
        tokens.LOCAL_TABLES,
    )
)
SCRIPT = f"{journal.TABLES}\n{tables.IMPLIED_TABLES}\n{LOCAL_TABLES}"

_HEAD = re.compile(r"CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER) (\w+)")


class TriggersChangedError(TrustError):
    """A trigger that keeps rows from being changed is missing or reworded. Facts: names."""

    code = "storage.triggers_changed"


class TablesMissingError(TrustError):
    """A table or an index is missing. Facts: names."""

    code = "storage.tables_missing"


def require_schema(file: DeskFile) -> None:
    """Raise TriggersChangedError or TablesMissingError where the database lacks a part."""
    found = {row["name"]: row["sql"] for row in file.rows("SELECT name, sql FROM sqlite_master")}
    wanted = parts(SCRIPT)
    missing = [name for (kind, name) in wanted if kind != "TRIGGER" and name not in found]
    if missing:
        raise TablesMissingError(names="、".join(missing))
    changed = changed_triggers(file)
    if changed:
        raise TriggersChangedError(names="、".join(changed))


def changed_triggers(file: DeskFile) -> tuple[str, ...]:
    """Name the triggers that are missing, reworded, or not ours."""
    rows = file.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    found = {row["name"]: row["sql"] for row in rows}
    wanted = {name: sql for (kind, name), sql in parts(SCRIPT).items() if kind == "TRIGGER"}
    names = sorted(found.keys() | wanted.keys())
    return tuple(name for name in names if found.get(name) != wanted.get(name))


def table_names(script: str) -> tuple[str, ...]:
    """List the tables of a script in its order."""
    return tuple(name for (kind, name) in parts(script) if kind == "TABLE")


@functools.cache
def parts(script: str) -> dict[tuple[str, str], str]:
    """Give the statement of each table, index and trigger, as the database keeps it."""
    return {
        (head[1], head[2]): statement.removesuffix(";")
        for statement in sqlcipher.statements(script)
        if (head := _HEAD.match(statement))
    }
