"""Every fsync fails: each step of export and import is refused by name and changes nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reliefdesk.services import sync
from tests.sync.broken_disk import can_break
from tests.sync.courier import Courier
from tests.sync.parties import a_trio, require_sound, rows_of

if not can_break():
    pytest.skip("no filter of calls on this system", allow_module_level=True)

ROOT = Path(__file__).parents[2]
STEPS = 6


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enrol once; every step begins with a copy."""
    folder = tmp_path_factory.mktemp("desks")
    a_trio(folder).close()
    return folder


def ended(*words: str) -> str:
    """How a step ended in a process whose disk breaks before it."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "tests.sync.broken_disk", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


@pytest.mark.parametrize("step", range(STEPS))
def test_a_failing_fsync_at_each_step_leaves_the_old_state(
    template: Path, tmp_path: Path, step: int
) -> None:
    folder = tmp_path / "desks"
    shutil.copytree(template, folder)
    assert ended(str(folder), str(step), "1") == "storage.disk_failure"
    courier = Courier(folder, 50)
    require_sound(courier.office, courier.district)
    for again in courier.steps():
        again()
    theirs = rows_of(courier.district, "cases", "case_id, case_no, stage")
    assert theirs == rows_of(courier.office, "cases", "case_id, case_no, stage")
    assert sync.pending(courier.office.context()).events == 0
    require_sound(courier.office, courier.district)
    courier.office.desk.close()
    courier.district.desk.close()


def test_a_stick_whose_fsync_fails_gets_no_bundle(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert ended(str(stick)).startswith("sticks.")
    assert not list(stick.glob("*.AGE"))
