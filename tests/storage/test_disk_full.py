"""A full disk at any write: a plain error, the old state whole, and work goes on afterwards."""

import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from reliefdesk.errors import ReliefDeskError
from reliefdesk.keys import slots
from reliefdesk.storage import backups, journal, opening, verification
from reliefdesk.storage.backups import BackupFolderError
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import DiskFailureError, DiskFullError
from tests.storage.floats import KEY, a_closed_desk, a_desk_file, put


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["/bin/mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)]
    answer = subprocess.run(mount, capture_output=True, check=False)  # noqa: S603 - our own words
    if answer.returncode:
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["/bin/umount", "-l", str(folder)], check=True)  # noqa: S603 - our own words


def _fill(folder: Path, *, but: int = 0) -> Path:
    """Take all the room there is, but so many bytes."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as stream:
        size = 0
        try:
            while True:
                size += stream.write(bytes(4096))
        except OSError:
            stream.truncate(max(size - but, 0))
    return filler


@contextmanager
def _files_end_at(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size`, as a quota would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def _record_until_full(file: DeskFile, refusal: type[ReliefDeskError] = DiskFullError) -> int:
    before = journal.head(file).seq
    with pytest.raises(refusal):
        _record_for_ever(file, before + 1)
    return journal.head(file).seq


def _record_for_ever(file: DeskFile, number: int) -> None:
    while True:
        put(file, number)
        assert journal.head(file).seq == number  # confirmed
        number += 1


def test_a_full_disk_records_nothing_and_keeps_what_was_confirmed(small_disk: Path) -> None:
    file = a_desk_file(small_disk / "desk", floats=2)
    filler = _fill(small_disk, but=100_000)
    confirmed = _record_until_full(file)
    assert confirmed > 2
    assert verification.verify(file).good
    filler.unlink()
    put(file, confirmed + 1)
    file.close()
    file = opening.open_desk_file(small_disk / "desk", KEY)
    assert journal.head(file).seq == confirmed + 1
    assert verification.verify(file).good
    file.close()


@pytest.mark.parametrize("room", range(0, 40_000, 4096))
def test_a_commit_that_finds_too_little_room_is_undone_whole(small_disk: Path, room: int) -> None:
    file = a_desk_file(small_disk / "desk", floats=2)
    filler = _fill(small_disk, but=room)
    confirmed = _record_until_full(file)
    assert file.value("SELECT count(*) FROM cash_entries") == confirmed
    filler.unlink()
    put(file, confirmed + 1)
    assert verification.verify(file).good
    file.close()


def test_a_desk_closed_on_a_full_disk_opens_whole_later(small_disk: Path) -> None:
    file = a_desk_file(small_disk / "desk", floats=2)
    filler = _fill(small_disk, but=100_000)
    confirmed = _record_until_full(file)
    with suppress(DiskFullError):  # folding the log needs no room where its pages exist
        file.close()
    filler.unlink()
    file = opening.open_desk_file(small_disk / "desk", KEY)
    assert journal.head(file).seq == confirmed
    assert verification.verify(file).good
    file.close()


def test_no_desk_begins_on_a_full_disk(small_disk: Path) -> None:
    (small_disk / "desk").mkdir()
    filler = _fill(small_disk, but=20_000)
    with pytest.raises(DiskFullError):
        opening.create_desk_file(small_disk / "desk", KEY)
    assert not list((small_disk / "desk").glob("desk.rdk*"))
    filler.unlink()
    a_closed_desk(small_disk / "desk")


@pytest.mark.parametrize("room", [0, 4096, 50_000, 200_000])
def test_a_backup_onto_a_full_stick_leaves_nothing_and_the_older_ones(
    tmp_path: Path, small_disk: Path, room: int
) -> None:
    file = a_desk_file(tmp_path / "desk", floats=2)
    older = backups.back_up(file, small_disk)
    before = older.read_bytes()
    filler = _fill(small_disk, but=room)
    with pytest.raises((DiskFullError, BackupFolderError)):
        backups.back_up(file, small_disk)
    assert set(small_disk.iterdir()) == {older, filler}
    assert older.read_bytes() == before
    assert verification.verify(file).good
    file.close()


def test_slots_on_a_full_disk_stay_the_old_ones(small_disk: Path) -> None:
    path = small_disk / "desk.slots"
    slots.write(path, slots.EMPTY)
    before = path.read_bytes()
    _fill(small_disk)
    with pytest.raises(slots.SlotsNotWrittenError):
        slots.write(
            path, slots.SlotFile(format=2, slots=(), recovery=None, recovery_confirmed=True)
        )
    assert path.read_bytes() == before


def test_a_file_that_may_not_grow_further_is_named_too(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=2)
    with _files_end_at((tmp_path / "desk.rdk-wal").stat().st_size + 30_000):
        confirmed = _record_until_full(file, DiskFailureError)
    put(file, confirmed + 1)
    assert verification.verify(file).good
    file.close()
