"""Files that are whole or absent: written aside, forced to the disk, then given their name."""

import os
import sys
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put a file in place of the one before it, readable by its owner only.

    After a power cut either the old or the new content stands there. Raises OSError; then the old
    file is as it was.
    """
    part = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        rename(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def rename(part: Path, path: Path) -> None:
    """Give a file that is already whole its name, and force both to the disk."""
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk; Windows does so by itself."""
    if sys.platform == "win32":  # pragma: no cover - measured on Linux
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
