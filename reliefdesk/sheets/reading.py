"""Files of other programs read as plain cells: .xlsx, .xls, .et, .ods and .csv, or a named refusal.

What a file is decides its content, never its name; nothing in it is run, no formula is computed.
"""

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from reliefdesk.domain.import_cells import Cell
from reliefdesk.errors import SurroundingsError, UserError
from reliefdesk.sheets import texts
from reliefdesk.sheets.packing import BROKEN, DAY_CODE, FAR, INSTANT_CODE, READ

FILE_MAX_BYTES = 100 * 1024**2
SECONDS_MAX = 180
_ZIP, _COMPOUND, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOK_BEGINS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_RECORD_HEAD = 4
_FILE_PASSWORD, _FIRST_RECORDS = 0x2F, 4
_SECTOR_BYTES = 512
_HEAD_BYTES = 2048
_WEB_MARKS = ("<html", "<table", "<!doctype", "<?xml", "<head", "<meta", "mime-version")
_RETURN_CODE_MAX = 255
_NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows would flash a console window for the reader."""
_TEXT_ENDINGS = frozenset({".csv", ".txt"})

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, counted from 0."""


class SheetUnreadableError(SurroundingsError):
    """The file cannot be read from its disk. Facts: file."""

    code = "sheets.unreadable"


class SheetBrokenError(UserError):
    """The file is damaged, or no spreadsheet at all. Facts: file."""

    code = "sheets.broken"


class SheetEmptyError(UserError):
    """There is nothing in the file. Facts: file."""

    code = "sheets.empty"


class SheetProtectedError(UserError):
    """The file is locked with a password. Facts: file."""

    code = "sheets.protected"


class SheetDisguisedError(UserError):
    """The name says spreadsheet, the content is something else. Facts: file, kind."""

    code = "sheets.disguised"


class SheetLargeError(UserError):
    """Too large, or a stray cell stands far away from the table. Facts: file."""

    code = "sheets.large"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCells:
    """One sheet: every cell at its place, counted from the very first, and what is merged."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFile:
    """A file that was read; `fingerprint` is the SHA-256 of its bytes."""

    fingerprint: str
    sheets: tuple[SheetCells, ...]


def read_sheets(path: Path, *, seconds: float = SECONDS_MAX) -> SheetFile:
    """Read every visible sheet that has a cell, in the file's order, within `seconds`.

    Raises SheetUnreadableError, SheetEmptyError, SheetProtectedError, SheetDisguisedError,
    SheetLargeError or SheetBrokenError; nothing else, whatever the bytes are.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(FILE_MAX_BYTES + 1)
    except OSError as failure:
        raise SheetUnreadableError(file=path) from failure
    if len(content) > FILE_MAX_BYTES:
        raise SheetLargeError(file=path)
    if not content.strip(b"\0 \t\r\n"):
        raise SheetEmptyError(file=path)
    sheets = tuple(sheet for sheet in _sheets(path, content, seconds) if any(map(any, sheet.rows)))
    if not sheets:
        raise SheetEmptyError(file=path)
    return SheetFile(fingerprint=hashlib.sha256(content).hexdigest(), sheets=sheets)


def _sheets(path: Path, content: bytes, seconds: float) -> tuple[SheetCells, ...]:
    if content.startswith(_COMPOUND):
        if _ENCRYPTED in content or _asks_password(content):
            raise SheetProtectedError(file=path)
        return _by_reader(path, content, seconds)
    if content.startswith(_ZIP):
        return _by_reader(path, content, seconds)
    return (_of_text(path, content),)


def _of_text(path: Path, content: bytes) -> SheetCells:
    if content.startswith(_PDF):
        raise SheetDisguisedError(file=path, kind="PDF")
    text = texts.decoded(content)
    if text is None:
        raise SheetBrokenError(file=path)
    head = text[:_HEAD_BYTES].lower()
    if any(mark in head for mark in _WEB_MARKS):
        raise SheetDisguisedError(file=path, kind="网页")
    if path.suffix.lower() not in _TEXT_ENDINGS:
        raise SheetDisguisedError(file=path, kind="文本")
    rows = texts.table(text)
    if rows is None:
        raise SheetBrokenError(file=path)
    return SheetCells(name=path.suffix[1:], rows=rows)


def _asks_password(content: bytes) -> bool:
    """Whether an .xls workbook says at its beginning that the rest is encrypted."""
    place = content.find(_BOOK_BEGINS, _SECTOR_BYTES)
    if place < 0:
        return False
    for _ in range(_FIRST_RECORDS):
        kind = int.from_bytes(content[place : place + 2], "little")
        if kind == _FILE_PASSWORD:
            return True
        place += _RECORD_HEAD + int.from_bytes(content[place + 2 : place + 4], "little")
    return False


def _by_reader(path: Path, content: bytes, seconds: float) -> tuple[SheetCells, ...]:
    # -P: a module that lies beside the file by chance is not ours.
    command = [sys.executable, "-P", "-m", "reliefdesk.sheets.reader"]
    try:
        ran = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            input=content,
            capture_output=True,
            check=False,
            timeout=seconds,
            creationflags=_NO_CONSOLE,
        )
    except subprocess.TimeoutExpired as failure:
        raise SheetLargeError(file=path) from failure
    if not 0 <= ran.returncode <= _RETURN_CODE_MAX:
        raise SheetLargeError(file=path)  # it was ended for asking too much memory
    answer: list[Any] = [BROKEN, []]
    if ran.returncode == 0:
        answer = _ANSWER.decode(ran.stdout)
    outcome, sheets = answer
    if outcome == FAR:
        raise SheetLargeError(file=path)
    if outcome != READ:
        raise SheetBrokenError(file=path)
    return tuple(
        SheetCells(
            name=name,
            rows=rows,
            merged=tuple((first[0], first[1], last[0], last[1]) for first, last in merged),
        )
        for name, rows, merged in sheets
    )


def _untagged(code: int, text: memoryview) -> Any:  # noqa: ANN401 - a day, an instant or a text
    told = bytes(text).decode()
    if code == DAY_CODE:
        return date.fromisoformat(told)
    return datetime.fromisoformat(told) if code == INSTANT_CODE else told


_ANSWER = msgspec.msgpack.Decoder(ext_hook=_untagged)
