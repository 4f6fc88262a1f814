"""The encrypted desk file: opened with a data key, checked for identity, changed in transactions.

A `DeskFile` belongs to the thread that opened it. Nothing is written outside `transaction()`.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from reliefdesk.errors import BugError, SurroundingsError, TrustError
from reliefdesk.storage import mounts, sqlcipher
from reliefdesk.storage.sqlcipher import (
    Connection,
    DatabaseError,
    DeskDamagedError,
    Parameters,
    Row,
    named_failures,
)

T = TypeVar("T")

APPLICATION_ID = 0x52444B31  # "RDK1"
PAGE_BYTES = 4096
DATA_KEY_BYTES = 32
_SALT_BYTES = 16
_PLAIN_HEADER = b"SQLite format 3\x00"

# The order matters: the key first. Each is read back. None: nothing to read back.
_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),  # else INSERT OR REPLACE walks around append-only triggers
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("temp_store", "MEMORY", 2),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cache_size", "-65536", -65536),
    ("busy_timeout", "5000", 5000),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", None),
)
# Of every table, also those this session only added to: counts from the first day of a desk would
# let the planner read a whole journal to find its end.
_OPTIMIZE = "PRAGMA optimize=0x10002"
_MEMORY_PRAGMAS = {"journal_mode": "memory"}


class DeskMissingError(SurroundingsError):
    """There is no desk file at this place."""

    code = "storage.missing"


class DeskExistsError(SurroundingsError):
    """A file is already at the place where a new desk should be."""

    code = "storage.exists"


class AlienFileError(TrustError):
    """The file is no desk of this program."""

    code = "storage.alien"


class KeyRefusedError(TrustError):
    """The data key does not open the file."""

    code = "storage.key_refused"


class CutFileError(TrustError):
    """The file was cut short: its length is not what its first page says."""

    code = "storage.cut"


class DeskFile:
    """One open connection to a desk file."""

    def __init__(
        self, connection: Connection, path: Path | None, data_key: bytes | None = None
    ) -> None:
        """Wrap a prepared connection; use `create`, `open`, `look` or `memory` instead."""
        self._connection = connection
        self._data_key = data_key
        self._afterwards: Callable[[], None] | None = None
        self._is_writable = True
        self._read: dict[str, Any] = {}
        self.path = path

    @classmethod
    def create(cls, path: Path, data_key: bytes) -> "DeskFile":
        """Make a new encrypted file at `path`, empty but for its identity.

        Raises DeskExistsError, a network share's NetworkShareError, or a disk error.
        """
        if path.exists():
            raise DeskExistsError
        mounts.refuse_network_share(path.parent)
        file = cls(_keyed(str(path), data_key), path, data_key)
        with named_failures(path):
            file._configure()
            file.connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        return file

    @classmethod
    def open(cls, path: Path, data_key: bytes) -> "DeskFile":
        """Open an existing desk file.

        Raises DeskMissingError, AlienFileError, CutFileError, KeyRefusedError, DeskDamagedError
        or NetworkShareError. Versions are the matter of `opening.open_desk`.
        """
        if not path.is_file():
            raise DeskMissingError
        mounts.refuse_network_share(path.parent)
        _refuse_alien_bytes(path)
        file = cls(_keyed(str(path), data_key), path, data_key)
        try:
            file._prove_key(path, data_key)
            with named_failures(path):
                file._configure()
        except BaseException:
            file.connection.close()
            raise
        return file

    @classmethod
    def look(cls, path: Path, data_key: bytes) -> "DeskFile":
        """Open a resting file, such as a backup, without changing a byte of it or beside it.

        Raises as `open` does. A write-ahead log beside the file is not read.
        """
        if not path.is_file():
            raise DeskMissingError
        _refuse_alien_bytes(path)
        file = cls(_keyed(f"{path.resolve().as_uri()}?immutable=1", data_key), path, data_key)
        file._is_writable = False
        try:
            file._prove_key(path, data_key)
            with named_failures(path):
                file.connection.execute("PRAGMA temp_store=MEMORY").fetchall()
                file.connection.execute("PRAGMA query_only=ON").fetchall()
        except BaseException:
            file.connection.close()
            raise
        return file

    def another(self) -> "DeskFile":
        """Open a second connection to the same file, for long reading beside the first."""
        if self.path is None or self._data_key is None:
            raise BugError(rule="only a file can be opened twice")
        return DeskFile.open(self.path, self._data_key)

    def look_at(self, path: Path) -> "DeskFile":
        """Look at a copy of this file, which has the same data key; see `look`."""
        if self._data_key is None:
            raise BugError(rule="a desk in memory has no data key")
        return DeskFile.look(path, self._data_key)

    def when_closed(self, afterwards: Callable[[], None]) -> None:
        """Call something once the file is closed, such as letting the desk's lock go."""
        self._afterwards = afterwards

    @classmethod
    def memory(cls) -> "DeskFile":
        """Make a desk in memory, for replaying: never written to a disk."""
        file = cls(sqlcipher.connect(":memory:"), None)
        file._configure()
        file.connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        return file

    @property
    def connection(self) -> Connection:
        """The raw connection, for the rooms of storage only."""
        return self._connection

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.in_transaction

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Record everything inside durably, or nothing at all.

        Takes the write lock at once (BEGIN IMMEDIATE). When it returns, the change survives a
        power cut. Raises DiskFullError and the like; transactions do not nest.
        """
        if self.in_transaction:
            raise BugError(rule="transactions do not nest")
        with named_failures(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            self._read.clear()
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already.
                if self.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._read.clear()

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Do everything inside as in a transaction, and then take all of it back."""
        if self.in_transaction:
            raise BugError(rule="transactions do not nest")
        with named_failures(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                if self.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def part(self) -> Iterator[None]:
        """Do something within a transaction that can be undone alone: all of it or nothing."""
        self.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self.in_transaction:  # a full disk may have rolled back everything
                self.execute("ROLLBACK TO part")
                self.execute("RELEASE part")
            raise
        self.execute("RELEASE part")

    def execute(self, sql: str, params: Parameters = ()) -> int:
        """Change something inside a transaction; give the number of rows changed."""
        self._require_transaction()
        self._read.clear()
        try:
            return self._connection.execute(sql, params).rowcount
        except DatabaseError as failure:
            sqlcipher.raise_named(failure, self.path)

    def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one statement for many rows inside a transaction."""
        self._require_transaction()
        self._read.clear()
        with named_failures(self.path):
            self._connection.executemany(sql, rows)

    def execute_script(self, script: str) -> None:
        """Run every statement of a script inside a transaction."""
        for statement in sqlcipher.statements(script):
            self.execute(statement)

    def once(self, what: str, read: Callable[[], T]) -> T:
        """Give what `read` gives, read once while it cannot change: in a transaction, to a write.

        `what` names it. Outside a transaction somebody else may write, so it is read each time.
        """
        if not self.in_transaction:
            return read()
        if what not in self._read:
            self._read[what] = read()
        found: T = self._read[what]
        return found

    def rows(self, sql: str, params: Parameters = ()) -> list[Row]:
        """Read all rows of an answer."""
        with named_failures(self.path):
            return self._connection.execute(sql, params).fetchall()

    def row(self, sql: str, params: Parameters = ()) -> Row | None:
        """Read the first row of an answer, or None."""
        try:
            return self._connection.execute(sql, params).fetchone()
        except DatabaseError as failure:
            sqlcipher.raise_named(failure, self.path)

    def value(self, sql: str, params: Parameters = ()) -> Any:  # noqa: ANN401 - the column decides
        """Read the first column of the first row, or None without a row."""
        first = self.row(sql, params)
        return None if first is None else first[0]

    def each(self, sql: str, params: Parameters = ()) -> Iterator[Row]:
        """Read a long answer row by row."""
        with named_failures(self.path):
            cursor = self._connection.execute(sql, params)
            while chunk := cursor.fetchmany(1000):
                yield from chunk

    def close(self) -> None:
        """Tidy the statistics, fold the write-ahead log into the file, and close."""
        try:
            if self._is_writable:
                with named_failures(self.path):
                    self._connection.execute(_OPTIMIZE).fetchall()
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Close without tidying: the file keeps every byte it has."""
        self._connection.close()
        if self._afterwards is not None:
            self._afterwards()

    def _require_transaction(self) -> None:
        if not self.in_transaction:
            raise BugError(rule="changes belong into a transaction")

    def _configure(self) -> None:
        for name, wanted, answer in _PRAGMAS:
            self._connection.execute(f"PRAGMA {name}={wanted}").fetchall()
            expected = answer if self.path else _MEMORY_PRAGMAS.get(name, answer)
            if expected is not None and self.value(f"PRAGMA {name}") != expected:
                raise BugError(rule="pragma", name=name)

    def _prove_key(self, path: Path, data_key: bytes) -> None:
        same_salt = _first_bytes(path) == _salt_of(data_key)
        try:
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except DatabaseError as failure:
            if same_salt:
                raise (sqlcipher.name_failure(failure) or DeskDamagedError()) from failure
            raise KeyRefusedError from failure
        if not same_salt:
            # The key opens the pages, so only the salt before them can have been changed.
            raise DeskDamagedError
        if self.value("PRAGMA application_id") != APPLICATION_ID:
            raise AlienFileError


def _keyed(place: str, data_key: bytes) -> Connection:
    if len(data_key) != DATA_KEY_BYTES:
        raise BugError(rule="a data key has 32 bytes")
    connection = sqlcipher.connect(place)
    key = data_key.hex() + _salt_of(data_key).hex()
    # Silence first: a wrong key is an ordinary answer here, not a line on the console.
    connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
    connection.execute(f"PRAGMA key=\"x'{key}'\"").fetchall()
    return connection


def _salt_of(data_key: bytes) -> bytes:
    """Derive the file's salt, so that a wrong key can be told from a damaged first page."""
    return hmac.digest(data_key, b"reliefdesk desk file salt", hashlib.sha256)[:_SALT_BYTES]


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_SALT_BYTES)


def _refuse_alien_bytes(path: Path) -> None:
    if _first_bytes(path) == _PLAIN_HEADER:
        raise AlienFileError
    size = path.stat().st_size
    if size == 0 or size % PAGE_BYTES:
        raise CutFileError
