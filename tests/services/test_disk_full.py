"""A disk that is full at any write of a payment: nothing changes, and work goes on with room."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reliefdesk.domain.money import Money
from reliefdesk.services import cash, payments, receipts
from reliefdesk.storage import journal, verification
from reliefdesk.storage import payments as stored
from reliefdesk.storage.sqlcipher import DiskFailureError, DiskFullError
from tests.builders import TestDesk, a_desk, a_pay_order, an_approved_case

if sys.platform == "win32":
    pytest.skip("forks and file size limits", allow_module_level=True)
import resource

PAGE_FRAME = 4096 + 24


@contextmanager
def a_disk_full_at(offset: int) -> Iterator[None]:
    """No file may be written beyond `offset` bytes, as on a disk without room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (offset, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def seen(made: TestDesk) -> tuple[object, ...]:
    context = made.context()
    return (
        journal.head(context.file),
        cash.balance(context),
        receipts.numbers(context, 2021),
        stored.net_total(context.file),
    )


def test_a_disk_full_at_any_write_of_a_payment_changes_nothing(tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    found = an_approved_case(made)
    order, officer = a_pay_order(made, found), made.officer("出纳丁")
    file = made.context().file
    file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    before = seen(made)
    refusals = 0
    while refusals < 500:
        # One page more each time, cut in its middle.
        try:
            with a_disk_full_at(32 + refusals * PAGE_FRAME + PAGE_FRAME // 2):
                payments.pay(
                    made.context("出纳丁"), order, seen_version=found.version, officer=officer
                )
        except (DiskFullError, DiskFailureError):  # a quota shows as a failed write
            refusals += 1
            assert seen(made) == before
        else:
            break
    assert 5 < refusals < 500
    assert cash.balance(made.context()) == Money.parse("8000")
    assert verification.verify(file).good
    made.desk.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["/bin/mount", "-t", "tmpfs", "-o", "size=4m", "none", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603 - our words
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["/bin/umount", "-l", str(folder)], check=True)  # noqa: S603 - our own words


def fill(folder: Path, *, pages_left: int) -> Path:
    """Take all the room there is, but so many pages."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as stream:
        size = 0
        try:
            while True:
                size += stream.write(bytes(4096))
        except OSError:
            stream.truncate(max(size - pages_left * 4096, 0))
    return filler


def test_a_payment_on_a_small_disk_succeeds_only_with_room_for_all_of_it(small_disk: Path) -> None:
    made = a_desk(small_disk / "desk")
    found = an_approved_case(made)
    order, officer = a_pay_order(made, found), made.officer("出纳丁")
    file = made.context().file
    before = seen(made)
    for pages in range(100):
        file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        filler = fill(small_disk, pages_left=pages)
        try:
            payments.pay(made.context("出纳丁"), order, seen_version=found.version, officer=officer)
        except DiskFullError:
            assert seen(made) == before
        else:
            break
        finally:
            filler.unlink()
    assert pages > 5
    assert cash.balance(made.context()) == Money.parse("8000")
    assert verification.verify(file).good
    made.desk.close()
