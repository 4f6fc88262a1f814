"""A desk's folder: made whole or not at all, and opened only when it is what it was.

Opening checks lock, key, identity, version, triggers, the end of the chain and the last witness.
"""

from collections.abc import Callable
from pathlib import Path

from reliefdesk.errors import TrustError
from reliefdesk.keys import durable
from reliefdesk.storage import (
    backups,
    chain,
    desk_lock,
    migrations,
    mounts,
    rebuilding,
    schema,
    witnesses,
)
from reliefdesk.storage import folder as folder_names
from reliefdesk.storage.desk_file import DeskExistsError, DeskFile, DeskMissingError
from reliefdesk.storage.desk_lock import DeskLock
from reliefdesk.storage.sqlcipher import DeskUnreachableError

DESK_FILE, SLOTS_FILE = folder_names.DESK_FILE, folder_names.SLOTS_FILE
BACKUPS_FOLDER = "backups"
_TAIL_ENTRIES = 200
_SIDE_FILES = ("", "-wal", "-shm", "-journal")


class TailMissingError(TrustError):
    """The journal ends before a head that was printed or exported. Facts: witnessed, last."""

    code = "storage.tail_missing"


def create_desk_file(
    folder: Path,
    data_key: bytes,
    *,
    fill: Callable[[DeskFile], None] | None = None,
    lock: DeskLock | None = None,
) -> DeskFile:
    """Make the desk file of a new desk and open it; the folder is made where missing.

    `fill` records what people need to open it, before the file has its name: a creation killed
    half-way leaves no desk.

    Nothing stands under the desk's name until it is whole. Raises DeskExistsError, DeskHeldError,
    DeskUnreachableError, NetworkShareError or a disk error; then the folder is as it was.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as failure:
        raise DeskUnreachableError from failure
    mounts.refuse_network_share(folder)
    held = lock or desk_lock.hold(folder)
    try:
        _make(folder, data_key, fill)
        return _open_held(folder, data_key, held)
    except BaseException:
        held.release()
        raise


def open_desk_file(folder: Path, data_key: bytes, *, lock: DeskLock | None = None) -> DeskFile:
    """Open the desk in `folder` and hold its lock until the file is closed.

    Pass a `lock` that is already held. Raises DeskHeldError, NewerDeskError, KeyRefusedError,
    AlienFileError, CutFileError, DeskDamagedError, TriggersChangedError, TablesMissingError,
    ChainBrokenError or TailMissingError.
    """
    if not (folder / DESK_FILE).is_file():
        raise DeskMissingError
    mounts.refuse_network_share(folder)
    held = lock or desk_lock.hold(folder)
    try:
        return _open_held(folder, data_key, held)
    except BaseException:
        held.release()
        raise


def _make(folder: Path, data_key: bytes, fill: Callable[[DeskFile], None] | None) -> None:
    part, path = folder / (DESK_FILE + ".new"), folder / DESK_FILE
    if path.exists():
        raise DeskExistsError
    _remove(part)  # a creation that was broken off
    try:
        file = DeskFile.create(part, data_key)
        try:
            migrations.create_tables(file)
            with file.transaction():
                rebuilding.note(file)
            if fill is not None:
                fill(file)
        finally:
            file.close()
        part.chmod(0o600)
        durable.rename(part, path)
    except BaseException:
        _remove(part)
        raise


def _remove(part: Path) -> None:
    for ending in _SIDE_FILES:
        part.with_name(part.name + ending).unlink(missing_ok=True)


def _open_held(folder: Path, data_key: bytes, held: DeskLock) -> DeskFile:
    path = folder / DESK_FILE
    file = DeskFile.open(path, data_key)
    try:
        if migrations.pending(file) or rebuilding.needed(file):
            _bring_up(file, folder / BACKUPS_FOLDER)
        schema.require_schema(file)
        _require_tail(file)
    except BaseException:
        file.abandon()
        raise
    file.when_closed(held.release)
    return file


def _require_tail(file: DeskFile) -> None:
    last = chain.require_chain(file, entries=_TAIL_ENTRIES)
    witnessed = witnesses.last_witnessed(file)
    if witnessed is not None and not chain.holds(file, witnessed):
        raise TailMissingError(witnessed=witnessed.seq, last=last.seq)


def _bring_up(file: DeskFile, folder: Path) -> None:
    backups.back_up(file, folder)
    if migrations.pending(file):
        with file.transaction():
            migrations.run(file, migrations.STEPS)
    if rebuilding.needed(file):
        rebuilding.rebuild(file)
