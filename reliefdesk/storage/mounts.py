"""Where a folder lies: a desk on a network share is refused, for locks do not hold there."""

import sys
from pathlib import Path

from reliefdesk.errors import SurroundingsError

_MOUNT_TABLE = Path("/proc/self/mounts")
_NETWORK_TYPES = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "davfs"),
        *("ceph", "glusterfs", "lustre", "beegfs", "gpfs"),
        *("fuse.sshfs", "fuse.glusterfs", "fuse.davfs2", "fuse.rclone", "fuse.s3fs"),
        "fuse.gvfsd-fuse",
    }
)
_DRIVE_REMOTE = 4


class NetworkShareError(SurroundingsError):
    """The folder lies on another computer. Facts: kind."""

    code = "storage.network_share"


def refuse_network_share(folder: Path) -> None:
    """Raise NetworkShareError where the folder lies on a network share."""
    kind = _kind_here(folder.resolve())
    if kind in _NETWORK_TYPES:
        raise NetworkShareError(kind=kind)


def file_system_of(folder: Path, mount_table: str) -> str:
    """Name the type of file system that holds an absolute folder, by the text of /proc/mounts.

    The deepest mount point wins, the last one among equals; empty text where none fits.
    """
    best, kind = -1, ""
    for line in mount_table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:  # noqa: PLR2004 - device, mount point, type
            continue
        point = Path(_unescaped(fields[1]))
        depth = len(point.parts)
        if folder.is_relative_to(point) and depth >= best:
            best, kind = depth, fields[2]
    return kind


def _unescaped(text: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, char)
    return text


def _kind_here(folder: Path) -> str:
    if sys.platform == "win32":  # pragma: no cover - measured on Linux
        import ctypes  # noqa: PLC0415 - exists everywhere, needed only here

        root = str(folder.anchor)
        remote = ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE
        return "cifs" if remote or root.startswith("\\\\") else ""
    if not _MOUNT_TABLE.exists():  # pragma: no cover - always there on Linux
        return ""
    return file_system_of(folder, _MOUNT_TABLE.read_text(encoding="utf-8", errors="replace"))
