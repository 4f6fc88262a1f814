"""What the operating system says of a volume: removable, read-only, free bytes, its serial number.

Everything raises OSError where the volume is gone; sticks gives that its name.
"""

import ctypes
import errno
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_BLOCK = Path("/sys/dev/block")
_SERIALS = Path("/dev/disk/by-uuid")
_DRIVE_REMOVABLE = 2
_ESCAPES = (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Removable:
    """A mounted removable volume; `label` tells it from another and names no person."""

    folder: Path
    label: str


def removable() -> tuple[Removable, ...]:
    """Give the removable volumes that are mounted now, by their folder."""
    places = _windows_drives() if sys.platform == "win32" else _linux_mounts()
    found: dict[Path, Removable] = {}
    for folder in places:
        try:
            found[folder] = Removable(folder=folder, label=label_of(folder))
        except OSError:
            continue  # pulled while we looked
    return tuple(found[folder] for folder in sorted(found))


def label_of(folder: Path) -> str:
    """Name a volume by its serial number; the volume's own name may name a person."""
    return f"U盘 {serial(folder)}"


def serial(folder: Path) -> str:
    """Give the serial of the volume that holds the folder; without one the device's number."""
    device = folder.stat().st_dev
    if sys.platform == "win32":  # pragma: no cover - measured on Linux
        return f"{device & 0xFFFFFFFF:08X}"
    if _SERIALS.is_dir():
        for link in _SERIALS.iterdir():
            if link.stat().st_rdev == device:
                return link.name.upper()[:20]
    return f"{os.major(device)}-{os.minor(device)}"


def is_read_only(folder: Path) -> bool:
    """Whether the volume or the folder takes no files."""
    if sys.platform == "win32":  # pragma: no cover - measured on Linux
        return not os.access(folder, os.W_OK)
    read_only = bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    return read_only or not os.access(folder, os.W_OK)


def free(folder: Path) -> int:
    """Give the bytes that may still be written."""
    if sys.platform == "win32":  # pragma: no cover - measured on Linux
        room = ctypes.c_ulonglong()
        ctypes.windll.kernel32.GetDiskFreeSpaceExW(str(folder), ctypes.byref(room), None, None)
        return room.value
    state = os.statvfs(folder)
    return state.f_bavail * state.f_frsize


def reserve(descriptor: int, size: int) -> None:
    """Take the room before writing: on a full FAT volume fsync would say ok."""
    if size and hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(descriptor, 0, size)
        except OSError as failure:
            # Drivers that cannot reserve say so in several ways; reading back is the proof.
            if failure.errno not in (errno.EOPNOTSUPP, errno.EINVAL, errno.EPERM):
                raise


def sync(folder: Path) -> None:
    """Force the whole volume to the medium; fsync of a file alone loses its name on FAT."""
    if sys.platform == "win32":  # pragma: no cover - measured on Linux
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(descriptor) != 0:
            failed = ctypes.get_errno()
            raise OSError(failed, os.strerror(failed))
    finally:
        os.close(descriptor)


def forget_pages(descriptor: int) -> None:
    """Let the next read come from the medium, not from memory."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def is_removable(block: Path) -> bool:
    """Whether a device below /sys/dev/block, or the disk it is a part of, can be taken out.

    Disks on USB count, also those that say of themselves that they stay.
    """
    real = block.resolve()
    for place in (real, real.parent):
        mark = place / "removable"
        if mark.is_file() and mark.read_text("ascii").strip() == "1":
            return True
    return any(part.startswith("usb") for part in real.parts)


def mounted(table: str) -> Iterator[tuple[str, Path]]:
    """Read device number and folder from the text of /proc/self/mountinfo."""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) > 4:  # noqa: PLR2004 - id, parent, device, root, folder
            folder = fields[4]
            for code, char in _ESCAPES:
                folder = folder.replace(code, char)
            yield fields[2], Path(folder)


def _linux_mounts() -> Iterator[Path]:
    if not _MOUNTS.is_file():  # pragma: no cover - always there on Linux
        return
    for device, folder in mounted(_MOUNTS.read_text("utf-8", errors="replace")):
        block = _BLOCK / device
        if block.exists() and is_removable(block) and folder.is_dir():
            yield folder


def _windows_drives() -> Iterator[Path]:  # pragma: no cover - measured on Linux
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    drives = kernel.GetLogicalDrives()
    for place in range(26):
        root = f"{chr(ord('A') + place)}:\\"
        if drives >> place & 1 and kernel.GetDriveTypeW(root) == _DRIVE_REMOVABLE:
            yield Path(root)
