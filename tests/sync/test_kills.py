"""Kill -9 between every two steps of export and import, and in them; a disk that is full."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from reliefdesk.domain.streams import PlanState
from reliefdesk.services import receiving, sync
from reliefdesk.storage import journal
from reliefdesk.storage.sqlcipher import DiskFailureError, DiskFullError
from tests.builders import a_draft, an_accepted_case
from tests.sync.courier import Courier
from tests.sync.parties import a_trio, pay_somebody, require_sound, rows_of, send, take

if sys.platform == "win32":
    pytest.skip("forks and file size limits", allow_module_level=True)
from tests.services.test_disk_full import PAGE_FRAME, a_disk_full_at

ROOT = Path(__file__).parents[2]
STEPS = 10


def killed_after(root: Path, round_: int, lines: int, spin: int) -> None:
    command = [sys.executable, "-m", "tests.sync.courier", str(root), str(round_)]
    with subprocess.Popen(  # noqa: S603 - our own words
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for _ in range(lines + 1):
            assert process.stdout.readline() in ("open\n", "step\n", "done\n")
        for _ in range(spin):  # no clock: the process goes on while we count
            pass
        process.kill()


def test_no_kill_loses_or_doubles_anything(tmp_path: Path) -> None:
    a_trio(tmp_path).close()
    chance = random.Random(random.getrandbits(32))  # noqa: S311 - no secret
    for round_ in range(STEPS + 2):
        lines = min(round_, STEPS)
        killed_after(tmp_path, round_, lines, chance.randint(0, 100_000))
        courier = Courier(tmp_path, 50 + round_)
        require_sound(courier.office, courier.district)
        courier.office.desk.close()
        courier.district.desk.close()
    courier = Courier(tmp_path, 90)
    for step in courier.steps():
        step()
    for table, columns in (("cases", "case_id, case_no, stage"), ("persons", "person_id, number")):
        theirs = rows_of(courier.district, table, columns)
        assert theirs == rows_of(courier.office, table, columns)
    assert len(rows_of(courier.office, "cases", "case_id")) >= STEPS
    assert sync.pending(courier.office.context()).events == 0
    require_sound(courier.office, courier.district)
    courier.office.desk.close()
    courier.district.desk.close()


def test_a_disk_full_at_any_write_of_an_import_changes_nothing(tmp_path: Path) -> None:
    trio = a_trio(tmp_path)
    pay_somebody(trio.a)
    planned = receiving.plan(trio.district.context(), [send(trio, trio.a)])
    file = trio.district.context().file
    file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    before, refusals = journal.head(file), 0
    while refusals < 400:
        try:
            with a_disk_full_at(32 + refusals * PAGE_FRAME * 4 + PAGE_FRAME // 2):
                (row,) = receiving.take(trio.district.context(), planned).result
        except (DiskFullError, DiskFailureError):
            refusals += 1
            assert journal.head(file) == before
        else:
            break
    assert refusals > 3
    assert row.state is PlanState.READY
    require_sound(trio.district)
    trio.close()


def test_a_disk_full_at_any_write_of_sealing_leaves_no_bundle(tmp_path: Path) -> None:
    trio = a_trio(tmp_path)
    an_accepted_case(trio.a, a_draft())
    file = trio.a.context().file
    file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    refusals = 0
    while refusals < 400:
        try:
            with a_disk_full_at(32 + refusals * PAGE_FRAME + PAGE_FRAME // 2):
                sealed = sync.prepare(trio.a.context()).result
        except (DiskFullError, DiskFailureError):
            refusals += 1
            assert sync.bundles(trio.a.context()) == ()
        else:
            break
    assert refusals > 3
    assert sealed.number == 1
    take(trio.district, send(trio, trio.a))
    require_sound(trio.a, trio.district)
    trio.close()
