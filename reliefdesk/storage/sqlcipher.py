"""The database engine: sqlcipher3 under the name that sqlite-utils looks for, and typed.

Import this module before sqlite_utils; no other module imports a database driver. Environment
failures leave as named errors, mistakes in SQL pass as they are.
"""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, Protocol, cast

import sqlcipher3  # type: ignore[import-untyped]  # the wheel carries no types
import sqlcipher3.dbapi2  # type: ignore[import-untyped]

from reliefdesk.errors import ReliefDeskError, SurroundingsError, TrustError

# sqlite-utils prefers pysqlite3 where it finds one; the real one cannot read an encrypted desk.
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

Value = None | int | float | str | bytes
Parameters = Sequence[Value]

_driver: Any = sqlcipher3.dbapi2

DatabaseError: type[Exception] = _driver.DatabaseError
IntegrityError: type[Exception] = _driver.IntegrityError
OperationalError: type[Exception] = _driver.OperationalError


class Row(Protocol):
    """One row of an answer, indexable by column name or place; iterable in column order."""

    def __getitem__(self, key: str | int, /) -> Any:  # noqa: ANN401 - the column decides the type
        """Give the value of a column; IndexError for a column that was not asked for."""

    def __iter__(self) -> Iterator[Any]:
        """Give the values in column order."""

    def __len__(self) -> int:
        """Count the columns."""

    def keys(self) -> list[str]:
        """List the column names."""


class Cursor(Protocol):
    """An answer being read."""

    rowcount: int

    def __iter__(self) -> Iterator[Row]:
        """Give the rows as they are read."""

    def fetchone(self) -> Row | None:
        """Give the next row or None."""

    def fetchall(self) -> list[Row]:
        """Give all remaining rows."""

    def fetchmany(self, size: int) -> list[Row]:
        """Give up to `size` further rows."""


class Connection(Protocol):
    """An open database, bound to the thread that opened it."""

    in_transaction: bool
    row_factory: object

    def execute(self, sql: str, parameters: Parameters = (), /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> Cursor:
        """Run one statement for each row of parameters."""

    def close(self) -> None:
        """Close without committing."""


class DiskFullError(SurroundingsError):
    """The disk has no room: nothing was recorded."""

    code = "storage.disk_full"


class DiskFailureError(SurroundingsError):
    """The disk refused to read or write."""

    code = "storage.disk_failure"


class DiskReadOnlyError(SurroundingsError):
    """The desk lies where nothing may be written."""

    code = "storage.disk_read_only"


class DeskBusyError(SurroundingsError):
    """Another connection held the desk for longer than the waiting time."""

    code = "storage.busy"


class DeskUnreachableError(SurroundingsError):
    """The file cannot be opened: missing folder or missing rights."""

    code = "storage.unreachable"


class DeskDamagedError(TrustError):
    """The file does not hold together: damaged or changed outside the program."""

    code = "storage.damaged"


# https://www.sqlite.org/rescode.html: primary result codes.
_ENVIRONMENT: dict[int, type[ReliefDeskError]] = {
    5: DeskBusyError,
    6: DeskBusyError,
    8: DiskReadOnlyError,
    10: DiskFailureError,
    11: DeskDamagedError,
    13: DiskFullError,
    14: DeskUnreachableError,
    26: DeskDamagedError,
}
_PRIMARY = 0xFF
# Where a side file cannot grow, a full disk shows as a failed write only.
_ROOM_BYTES = 256 * 1024


@contextmanager
def named_failures(path: Path | None = None) -> Iterator[None]:
    """Turn environment failures of the driver into named errors; let bugs pass.

    `path` is the file worked on: a failed write on a disk without room is a full disk.
    """
    try:
        yield
    except DatabaseError as failure:
        raise_named(failure, path)


def raise_named(failure: Exception, path: Path | None) -> NoReturn:
    """Raise the named error of a driver exception at `path`, or itself where it is a bug."""
    named = name_failure(failure)
    if named is None:
        raise failure
    if isinstance(named, DiskFailureError) and path is not None and _is_full(path.parent):
        raise DiskFullError from failure
    raise named from failure


def name_failure(failure: Exception) -> ReliefDeskError | None:
    """Give the named error of a driver exception, or None where it is a bug."""
    code = getattr(failure, "sqlite_errorcode", None)
    if code is None:
        return None
    kind = _ENVIRONMENT.get(code & _PRIMARY)
    return kind() if kind is not None else None


def _is_full(folder: Path) -> bool:
    return shutil.disk_usage(folder).free < _ROOM_BYTES


def connect(place: str) -> Connection:
    """Open a database by path (created if missing) or file: address, no implicit transactions."""
    is_address = place.startswith("file:")
    with named_failures():
        opened = _driver.connect(place, isolation_level=None, uri=is_address)
    connection = cast("Connection", opened)
    connection.row_factory = _driver.Row
    return connection


def statements(script: str) -> Iterator[str]:
    """Split a script into its statements; a trigger counts as one."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if statement.strip() and _driver.complete_statement(statement):
            yield statement.strip()
            statement = ""
