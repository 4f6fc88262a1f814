"""Tables made anew from the journal in memory, and every row that differs from the desk's own.

Rows are named by table and key only; what they say about a person stays inside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain as joined
from itertools import islice
from typing import Any

from reliefdesk.domain.terms import Term
from reliefdesk.storage import schema, tables
from reliefdesk.storage.desk_file import DeskFile

_CHUNK_ROWS = 500
_Values = tuple[Any, ...]


class Difference(Term):
    """How a row departs from what the journal implies."""

    CHANGED = "changed", "被改动"
    MISSING = "missing", "缺失"
    ADDED = "added", "多出"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDifference:
    """One row that is not as the journal says; `row` is its primary key as text."""

    table: str
    row: str
    difference: Difference


def fresh_desk() -> DeskFile:
    """Make an empty desk in memory to replay into.

    It has no triggers, foreign keys or indexes that only make reading fast: they guard or serve
    people, and here only the journal writes what is compared once.
    """
    memory = DeskFile.memory()
    for pragma in ("foreign_keys=OFF", "secure_delete=OFF", "journal_mode=OFF"):
        memory.connection.execute(f"PRAGMA {pragma}").fetchall()
    with memory.transaction():
        for (kind, _name), statement in schema.parts(schema.SCRIPT).items():
            if kind == "TABLE" or statement.startswith("CREATE UNIQUE INDEX"):
                memory.execute(statement)
    return memory


def compared_tables() -> tuple[str, ...]:
    """List the tables that follow from the journal."""
    return schema.table_names(tables.IMPLIED_TABLES)


def differences(file: DeskFile, replayed: DeskFile) -> Iterator[RowDifference]:
    """Name every row of the desk that differs from the replayed one, table by table."""
    for table in compared_tables():
        yield from _of_table(file, replayed, table)


def _of_table(file: DeskFile, replayed: DeskFile, table: str) -> Iterator[RowDifference]:
    keys = _key_columns(replayed, table)
    order = ", ".join(keys)
    query = f"SELECT {order}, * FROM {table} ORDER BY {order}"
    ours, wanted = _values(file, query), _values(replayed, query)
    while True:
        one, other = list(islice(ours, _CHUNK_ROWS)), list(islice(wanted, _CHUNK_ROWS))
        if one != other:  # walk both from here row by row
            for key, difference in _merged(joined(one, ours), joined(other, wanted), len(keys)):
                row = " ".join(map(str, key))
                yield RowDifference(table=table, row=row, difference=difference)
            return
        if not one:
            return


def _merged(
    ours: Iterator[_Values], wanted: Iterator[_Values], width: int
) -> Iterator[tuple[_Values, Difference]]:
    one, other = next(ours, None), next(wanted, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[:width] < other[:width]):
            assert one is not None  # noqa: S101 - the loop goes on while one of them is there
            yield one[:width], Difference.ADDED
            one = next(ours, None)
        elif one is None or other[:width] < one[:width]:
            yield other[:width], Difference.MISSING
            other = next(wanted, None)
        else:
            if one != other:
                yield one[:width], Difference.CHANGED
            one, other = next(ours, None), next(wanted, None)


def _values(file: DeskFile, query: str) -> Iterator[_Values]:
    return map(tuple, file.each(query))


def _key_columns(file: DeskFile, table: str) -> tuple[str, ...]:
    keys = sorted((row["pk"], row["name"]) for row in file.rows(f"PRAGMA table_info({table})"))
    return tuple(name for place, name in keys if place)
