"""Backups: a whole copy made beside the running desk, checked, and only then given its name.

An older backup is never replaced or removed, and looking at one does not change a byte of it.
"""

from contextlib import suppress
from pathlib import Path

from reliefdesk.errors import SurroundingsError, TrustError
from reliefdesk.keys import durable
from reliefdesk.storage import chain, journal
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import named_failures

ENDING = ".rdk"


class BackupFolderError(SurroundingsError):
    """The folder for the backup cannot be written."""

    code = "storage.backup_folder"


class BackupFailedError(TrustError):
    """The copy is not what was copied; it was thrown away. Older backups stand."""

    code = "storage.backup_failed"


def back_up(file: DeskFile, folder: Path) -> Path:
    """Copy the desk into `folder` under a new name that ends with the journal's number.

    Raises BackupFolderError, BackupFailedError or a disk error; then nothing is left behind.
    """
    part = folder / f"desk{ENDING}.new"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        _copy(file, part)
        copied = check_copy(file, part)
        path = _free_name(folder, copied.seq)
        durable.rename(part, path)
    except OSError as failure:
        raise BackupFolderError from failure
    finally:
        with suppress(OSError):  # a pulled stick has no files to take away
            part.unlink(missing_ok=True)
    return path


def _copy(file: DeskFile, part: Path) -> None:
    other = file.another()
    try:
        with named_failures(part):
            other.connection.execute("VACUUM INTO ?", (str(part),))
    finally:
        other.close()
    part.chmod(0o600)


def check_copy(file: DeskFile, part: Path) -> journal.Head:
    """Open a copy as a stranger would, read every page, and hold its head against the desk.

    Raises BackupFailedError.
    """
    copy = file.look_at(part)
    try:
        sound = copy.value("PRAGMA integrity_check") == "ok"
        sound = sound and not copy.rows("PRAGMA cipher_integrity_check")
        head = chain.require_chain(copy, entries=1) if sound else None
    finally:
        copy.close()
    if head is None or not (head.seq == 0 or chain.holds(file, head)):
        raise BackupFailedError
    return head


def _free_name(folder: Path, seq: int) -> Path:
    """Name a copy by the last number it holds; a second copy of the same gets a suffix."""
    path, copies = folder / f"desk-{seq:07d}{ENDING}", 1
    while path.exists():
        copies += 1
        path = folder / f"desk-{seq:07d}-{copies}{ENDING}"
    return path
