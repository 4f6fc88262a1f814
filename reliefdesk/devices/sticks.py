"""Sticks and folders that carry bundles: named states before, durable and read back afterwards.

A file appears under its name whole or not at all, and no file that was there is ever changed; on
FAT only a rename followed by syncfs survives a pulled stick.
"""

import errno
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from reliefdesk.devices import volumes
from reliefdesk.domain.terms import Term
from reliefdesk.errors import SurroundingsError, UserError

MARKER = "RELIEFDESK.TXT"
"""Says whose stick this is: the office's code and a mark that tells two sticks apart."""

ENDING = ".AGE"
_PART = ".PART"
_NAME = re.compile(r"[A-Z0-9-]{1,48}\.[A-Z0-9]{1,4}")
_MARK = re.compile(r"office=(?P<office>[0-9]{6,12}) mark=(?P<mark>[0-9A-Z-]{4,40})")
_COPIES_MOST = 99
_SLACK = 64 * 1024  # a FAT cluster for the file, one for the folder
_SLOW_BYTES = 256 * 1024
_SLOW_SECONDS = 10.0
_GONE = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ENOTDIR, errno.ESTALE})
_SHUT = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StickState(Term):
    """What a stick is good for."""

    READY = "ready", "可以写入"
    READ_ONLY = "read_only", "只读，只能读取"
    FULL = "full", "已满，只能读取"
    FOREIGN = "foreign", "其他单位的U盘"
    PULLED = "pulled", "已拔出"


class Step(Term):
    """Where the writing of a file stands."""

    RESERVED = "reserved", "已留出空间"
    WRITTEN = "written", "已写完"
    NAMED = "named", "已命名"
    SYNCED = "synced", "已存盘"


class StickReadOnlyError(SurroundingsError):
    """Nothing can be written there. Facts: stick."""

    code = "sticks.read_only"


class StickFullError(SurroundingsError):
    """Too little room (in 1024 bytes); what was there stays. Facts: stick, need, free."""

    code = "sticks.full"


class StickForeignError(UserError):
    """The marker names another office. Facts: stick, office."""

    code = "sticks.foreign"


class StickPulledError(SurroundingsError):
    """The stick is gone, or another one stands in its place. Facts: stick."""

    code = "sticks.pulled"


class StickFailedError(SurroundingsError):
    """The stick refused for another reason. Facts: stick, reason."""

    code = "sticks.failed"


class NameUnsafeError(UserError):
    """The name would not survive every file system. Facts: name."""

    code = "sticks.name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stick or folder as it was seen: state, free bytes, whose it is ('' without a marker).

    `serial` is that of the volume; with `mark` it tells this stick from any other.
    """

    folder: Path
    label: str
    state: StickState
    serial: str = ""
    office: str = ""
    mark: str = ""
    free: int = 0


@dataclass(slots=True, kw_only=True)
class Stick:
    """One bound stick: every step re-checks that it is still the same.

    Without a marker it becomes that of `office`; a marker must name one of `accepts`. `told` hears
    of each step. After `put`, `was_slow` says whether it took unreasonably long.
    """

    found: Found
    office: str
    accepts: frozenset[str]
    new_mark: str
    told: Callable[[Step], None] = lambda _step: None
    timer: Callable[[], float] = time.monotonic
    was_slow: bool = field(default=False, init=False)

    @property
    def label(self) -> str:
        """Tells the stick from another and names no person."""
        return self.found.label

    def require_ready(self) -> None:
        """Look once more before anything is made for this stick; raises as `put`."""
        with self._named_failures(0):
            self._require_same()
            self._require_writable(0)

    def put(self, name: str, content: bytes) -> str:
        """Write, force to the medium, read back; give the SHA-256 (hex) of what lies there.

        A name that is taken gets a number behind it. Raises NameUnsafeError, StickFullError,
        StickReadOnlyError, StickForeignError, StickPulledError, StickFailedError; then every file
        that was there is as it was.
        """
        if not _NAME.fullmatch(name):
            raise NameUnsafeError(name=name)
        began = self.timer()
        with self._named_failures(len(content)):
            self._require_same()
            self._require_writable(len(content))
            self._claim()
            part = self.found.folder / (Path(name).stem + _PART)
            try:
                target = self._written(part, name, content)
            finally:
                part.unlink(missing_ok=True)
            volumes.sync(self.found.folder)
            self.told(Step.SYNCED)
            self._require_same()
            digest = _read_back(target)
        self.was_slow = is_slow(len(content), self.timer() - began)
        return digest

    def _written(self, part: Path, name: str, content: bytes) -> Path:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        descriptor = os.open(part, flags, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            volumes.reserve(descriptor, len(content))
            self.told(Step.RESERVED)
            stream.write(content)
            stream.flush()
            os.fsync(descriptor)
        self.told(Step.WRITTEN)
        self._require_same()
        target = _free_name(self.found.folder, name)
        part.rename(target)
        self.told(Step.NAMED)
        return target

    def _require_same(self) -> None:
        now = look(self.found.folder, self.found.label)
        if now.state is StickState.PULLED or now.serial != self.found.serial:
            raise StickPulledError(stick=self.label)
        if now.mark != self.found.mark:
            raise StickPulledError(stick=self.label)

    def _require_writable(self, size: int) -> None:
        if self.found.office and self.found.office not in self.accepts:
            raise StickForeignError(stick=self.label, office=self.found.office)
        if volumes.is_read_only(self.found.folder):
            raise StickReadOnlyError(stick=self.label)
        if volumes.free(self.found.folder) < size + _SLACK:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _claim(self) -> None:
        """A stick without a marker becomes the office's own."""
        if self.found.mark:
            return
        text = f"office={self.office} mark={self.new_mark.upper()}\n"
        marker = self.found.folder / MARKER
        descriptor = os.open(marker, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(descriptor)
        office, mark = _marker(self.found.folder)
        self.found = replace(self.found, office=office, mark=mark)

    @contextmanager
    def _named_failures(self, size: int) -> Iterator[None]:
        try:
            yield
        except OSError as failure:
            raise self._named(failure, size) from failure

    def _named(self, failure: OSError, size: int) -> SurroundingsError:
        if failure.errno in _FULL:
            free = 0
            try:
                free = volumes.free(self.found.folder)
            except OSError:
                return StickPulledError(stick=self.label)
            need = -(-(size + _SLACK) // 1024)
            return StickFullError(stick=self.label, need=need, free=free // 1024)
        if failure.errno in _SHUT:
            return StickReadOnlyError(stick=self.label)
        if failure.errno in _GONE:
            return StickPulledError(stick=self.label)
        reason = errno.errorcode.get(failure.errno or 0, "?")
        return StickFailedError(stick=self.label, reason=reason)


def sticks() -> tuple[Found, ...]:
    """Give every removable volume that is mounted now, by its folder."""
    return tuple(look(place.folder, place.label) for place in volumes.removable())


def look(folder: Path, label: str) -> Found:
    """Look at a stick or folder; nothing is written. A place that is gone is PULLED."""
    try:
        serial = volumes.serial(folder)
        office, mark = _marker(folder)
        free = volumes.free(folder)
        state = StickState.READY
        if volumes.is_read_only(folder):
            state = StickState.READ_ONLY
        elif free < 2 * _SLACK:
            state = StickState.FULL
    except OSError:
        return Found(folder=folder, label=label, state=StickState.PULLED)
    return Found(
        folder=folder,
        label=label,
        state=state,
        serial=serial,
        office=office,
        mark=mark,
        free=free,
    )


def for_offices(found: Found, accepts: frozenset[str]) -> Found:
    """Call a stick FOREIGN whose marker names an office that is none of these."""
    if found.office and found.office not in accepts and found.state is not StickState.PULLED:
        return replace(found, state=StickState.FOREIGN)
    return found


def bundle_files(folder: Path, ending: str = ENDING) -> tuple[Path, ...]:
    """Give the files of a folder that may be bundles, copies that a browser renamed included.

    Raises StickPulledError where the folder cannot be read.
    """
    try:
        listed = sorted(os.scandir(folder), key=lambda entry: entry.name)
        return tuple(
            Path(entry.path)
            for entry in listed
            if entry.name.upper().endswith(ending) and entry.is_file(follow_symlinks=False)
        )
    except OSError as failure:
        raise StickPulledError(stick="") from failure


def is_slow(size: int, seconds: float) -> bool:
    """Whether writing that many bytes took unreasonably long: a worn-out stick."""
    return seconds > _SLOW_SECONDS and size / seconds < _SLOW_BYTES


def _marker(folder: Path) -> tuple[str, str]:
    """Read whose stick it is; '' and '' where no marker of ours lies."""
    try:
        with (folder / MARKER).open("rb") as stream:
            text = stream.read(200).decode("ascii", errors="replace")
    except FileNotFoundError:
        return "", ""
    found = _MARK.match(text)
    return (found["office"], found["mark"]) if found else ("", "?")


def _free_name(folder: Path, name: str) -> Path:
    """FAT knows no case, so a twin in other letters is taken as well."""
    taken = {entry.name.upper() for entry in folder.iterdir()}
    stem, ending = Path(name).stem, Path(name).suffix
    for copy in range(1, _COPIES_MOST + 1):
        wanted = name if copy == 1 else f"{stem}-{copy}{ending}"
        if wanted not in taken:
            return folder / wanted
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _read_back(path: Path) -> str:
    """Hash what the medium holds; the pages that were just written are not asked."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        volumes.forget_pages(stream.fileno())
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
