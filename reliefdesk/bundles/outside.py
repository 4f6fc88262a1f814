"""What anybody can see of a bundle without a key: office, number, size, fingerprint, no person."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from reliefdesk.bundles import names
from reliefdesk.bundles.limits import FILE_MAX, HEADER_MAX
from reliefdesk.bundles.refusals import (
    FileEmptyError,
    FileTooLargeError,
    NotABundleError,
    StickUnreadableError,
)
from reliefdesk.keys import age, fingerprints

# Not to wait for ever where somebody put a pipe; on Windows to leave line ends alone.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleOutside:
    """Office code and number as the file's name has them ("" and 0 for a strange name).

    `size` in bytes; `fingerprint` and `sha256` are those of the whole file as it lies there.
    """

    name: str
    office: str
    number: int
    size: int
    fingerprint: str
    sha256: str


def outside(path: Path) -> BundleOutside:
    """Look at a bundle's outside: checks 1 to 4, without a key.

    Raises StickUnreadableError, FileEmptyError, FileTooLargeError or NotABundleError.
    """
    content = sealed_bytes(path)
    office, number = names.told_by(path.name)
    return BundleOutside(
        name=path.name,
        office=office,
        number=number,
        size=len(content),
        fingerprint=fingerprints.spelled(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def sealed_bytes(source: Path | bytes) -> bytes:
    """Give the bytes of a file that begins as a bundle; its size is looked at before it is read.

    Raises as `outside`.
    """
    content = source if isinstance(source, bytes) else _read(source)
    if not content:
        raise FileEmptyError
    if len(content) > FILE_MAX:
        raise FileTooLargeError
    endless = len(content) > HEADER_MAX and content.find(age.HEADER_END, 0, HEADER_MAX) < 0
    if endless or not content.startswith(age.MAGIC):
        raise NotABundleError
    return content


def _read(path: Path) -> bytes:
    try:
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as stream:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                raise StickUnreadableError
            if state.st_size > FILE_MAX:
                raise FileTooLargeError
            return stream.read(FILE_MAX + 1)
    except OSError as failure:
        raise StickUnreadableError from failure
