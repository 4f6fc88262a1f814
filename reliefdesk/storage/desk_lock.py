"""One process at a time: whoever works on a desk holds a lock that ends with the process.

The lock is the operating system's, so none stays behind after a crash or kill -9.
"""

import json
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from reliefdesk.clock import shanghai_time
from reliefdesk.errors import SurroundingsError

LOCK_FILE = "desk.lock"
# Windows forbids reading locked bytes: lock one far behind the holder's name.
_LOCKED_BYTE = 4096


class DeskHeldError(SurroundingsError):
    """Another process works on this desk. Facts: pid, host, since (local time)."""

    code = "storage.held"


class DeskLock:
    """A held lock; let it go with `release`."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Keep the open lock file; use `hold` instead."""
        self._stream = stream

    def release(self) -> None:
        """Let the desk go; a second call does nothing."""
        self._stream.close()


def hold(folder: Path) -> DeskLock:
    """Take the lock of the desk in `folder`, at once or not at all.

    Raises DeskHeldError with the process id, the computer and the local time since when.
    """
    path = folder / LOCK_FILE
    stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    try:
        _take(stream)
    except OSError as failure:
        stream.close()
        raise _held(path) from failure
    holder = json.dumps({"pid": os.getpid(), "host": socket.gethostname()})
    stream.truncate()
    stream.write(holder.encode())
    stream.flush()
    return DeskLock(stream)


def _take(stream: IO[bytes]) -> None:
    if sys.platform == "win32":  # pragma: no cover - measured on Linux
        import msvcrt  # noqa: PLC0415 - exists only there

        stream.seek(_LOCKED_BYTE)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        stream.seek(0)
    else:
        import fcntl  # noqa: PLC0415 - exists only there

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _held(path: Path) -> DeskHeldError:
    # The file's own time says since when: it is written once, when the lock is taken.
    since = shanghai_time(datetime.fromtimestamp(path.stat().st_mtime, UTC))
    try:
        holder = json.loads(path.read_bytes())
    except ValueError:  # read between taking and writing
        holder = {}
    return DeskHeldError(
        pid=holder.get("pid", "?"),
        host=holder.get("host", "?"),
        since=f"{since:%Y-%m-%d %H:%M}",
    )
