"""Backups of the open desk, and the proof that a backup file could be restored."""

from dataclasses import dataclass
from pathlib import Path

from reliefdesk.errors import SurroundingsError
from reliefdesk.keys import durable
from reliefdesk.services.recording import Context
from reliefdesk.storage import backups, opening, verification
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.verification import VerificationReport

SLOTS_ENDING = ".slots"


class DeskInMemoryError(SurroundingsError):
    """The desk has no file that could be copied."""

    code = "storage.in_memory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was checked: the desk file, and the slots that open it with a passphrase."""

    path: Path
    slots: Path


def back_up(context: Context, folder: Path) -> Backup:
    """Copy the open desk into `folder` with its slots; older backups stay as they are.

    Raises BackupFolderError, BackupFailedError or a disk error; then nothing is left behind.
    """
    if context.file.path is None:
        raise DeskInMemoryError
    path = backups.back_up(context.file, folder)
    slots = slots_of(path)
    try:
        content = (context.file.path.parent / opening.SLOTS_FILE).read_bytes()
        durable.write(slots, content)
    except OSError as failure:
        path.unlink(missing_ok=True)  # without slots nobody could open it
        raise backups.BackupFolderError from failure
    return Backup(path=path, slots=slots)


def slots_of(path: Path) -> Path:
    """Where the slots of a backup or of a desk file lie: beside it, under its name."""
    return path.with_suffix(SLOTS_ENDING)


def restore_check(path: Path, data_key: bytes) -> VerificationReport:
    """Open a backup as a restore would, check all of it, and leave every byte as it is.

    Raises DeskMissingError, KeyRefusedError, AlienFileError, CutFileError or DeskDamagedError.
    """
    file = DeskFile.look(path, data_key)
    try:
        return verification.verify(file)
    finally:
        file.close()
