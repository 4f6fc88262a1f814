"""Claims about bundles on sticks: a bad stick makes nothing, a worse one loses nothing."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reliefdesk.devices.sticks import StickForeignError, StickFullError
from reliefdesk.domain.streams import BundleState
from reliefdesk.services import sticks, sync
from tests.sync.parties import Trio, a_trio, pay_somebody, require_sound


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """Two offices and a district; office A paid somebody."""
    made = a_trio(tmp_path)
    pay_somebody(made.a)
    yield made
    made.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A volume with room for the marker and hardly more."""
    folder, mount = tmp_path / "small", shutil.which("mount") or "mount"
    folder.mkdir()
    command = [mount, "-t", "tmpfs", "-o", "size=68k", "none", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    umount = shutil.which("umount") or "umount"
    subprocess.run([umount, "-l", str(folder)], check=False)  # noqa: S603


def test_a_stick_that_is_not_ours_stops_a_bundle_before_it_is_made(
    trio: Trio, tmp_path: Path
) -> None:
    stick = tmp_path / "foreign"
    stick.mkdir()
    (stick / "RELIEFDESK.TXT").write_text("office=150303103 mark=ABCD-1\n")
    context = trio.a.context()
    with pytest.raises(StickForeignError):
        sticks.send(context, sticks.look(context, stick))
    assert sync.bundles(context) == ()


def test_a_bundle_that_did_not_fit_stays_made_and_fits_on_the_next_stick(
    trio: Trio, small: Path, tmp_path: Path
) -> None:
    context, other = trio.a.context(), tmp_path / "other"
    other.mkdir()
    with pytest.raises(StickFullError):
        sticks.send(context, sticks.look(context, small))
    (row,) = sync.bundles(context)
    assert row.state is BundleState.SEALED
    written = sticks.write_again(context, row.manifest_id, sticks.look(context, other)).result
    assert written.row.state is BundleState.WRITTEN
    assert written.row.manifest_id == row.manifest_id
    require_sound(trio.a)


def test_what_the_desk_wrote_itself_is_not_read_back_as_a_bundle_for_it(
    trio: Trio, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    context = trio.a.context()
    sticks.send(context, sticks.look(context, stick))
    assert sticks.plan(context, [stick]).rows == ()


def test_no_name_of_a_person_stands_on_the_stick_or_in_the_label(
    trio: Trio, tmp_path: Path
) -> None:
    stick = tmp_path / "测试甲的U盘"
    stick.mkdir()
    context = trio.a.context()
    written = sticks.send(context, sticks.look(context, stick)).result
    assert "测试甲" not in written.stick
    for path in stick.iterdir():
        assert path.name.isascii()
        assert "测试甲".encode() not in path.read_bytes()
