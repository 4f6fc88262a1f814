"""Claims about sticks: whole or not there, nothing overwritten, and every trouble has its name."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk import wording
from reliefdesk.devices import sticks, volumes
from reliefdesk.devices.sticks import (
    MARKER,
    NameUnsafeError,
    Step,
    Stick,
    StickForeignError,
    StickFullError,
    StickPulledError,
    StickReadOnlyError,
    StickState,
)

OURS = "150302003"
NAME = "RD-150302003-000001-1A2B3C4D.AGE"
CONTENT = os.urandom(100_000)
SUDDEN = lambda _step: None  # noqa: E731 - a listener that hears nothing


def bound(folder: Path, *, told: Callable[[Step], None] = SUDDEN) -> Stick:
    return Stick(
        found=sticks.look(folder, "U盘 甲"),
        office=OURS,
        accepts=frozenset({OURS, "150302"}),
        new_mark="0198-MARK",
        told=told,
    )


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def run(*command: str) -> bool:
    """Run a tool of the system; whether it did what it should."""
    tool = shutil.which(command[0], path=f"{os.defpath}:/usr/sbin:/sbin")
    if tool is None:
        return False
    done = subprocess.run([tool, *command[1:]], capture_output=True, check=False)  # noqa: S603
    return done.returncode == 0


@pytest.fixture(params=["vfat", "fusefat", "tmpfs"])
def mounted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Give a small volume of its own: FAT where the kernel or a driver in user space knows it."""
    folder, image = tmp_path / "volume", tmp_path / "fat.img"
    folder.mkdir()
    if request.param == "tmpfs":
        made = run("mount", "-t", "tmpfs", "-o", "size=1000k", "none", str(folder))
    else:
        mounting = {
            "vfat": ("mount", "-o", "loop", str(image), str(folder)),
            "fusefat": ("fusefat", "-o", "rw+", str(image), str(folder)),
        }
        image.write_bytes(b"")
        os.truncate(image, 1_000_000)
        made = run("mkfs.vfat", str(image)) and run(*mounting[request.param])
    if not made:
        pytest.skip(f"no {request.param} can be mounted here")
    yield folder
    run("umount", "-l", str(folder))


def turned_read_only(folder: Path) -> bool:
    """Mount a volume again so that it only reads; a driver in user space is started anew."""
    image = folder.with_name("fat.img")
    return run("mount", "-o", "remount,ro", str(folder)) or (
        run("umount", str(folder)) and run("fusefat", "-o", "ro", str(image), str(folder))
    )


def test_a_file_lies_there_under_its_name_and_reads_back_equal(tmp_path: Path) -> None:
    heard: list[Step] = []
    digest = bound(tmp_path, told=heard.append).put(NAME, CONTENT)
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert names(tmp_path) == {NAME, MARKER}
    assert heard == list(Step)


def test_a_name_that_is_taken_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / NAME.lower()).write_bytes(b"older")
    stick = bound(tmp_path)
    stick.put(NAME, CONTENT)
    stick.put(NAME, CONTENT[::-1])
    assert (tmp_path / NAME.lower()).read_bytes() == b"older"
    assert (tmp_path / "RD-150302003-000001-1A2B3C4D-2.AGE").read_bytes() == CONTENT
    assert (tmp_path / "RD-150302003-000001-1A2B3C4D-3.AGE").read_bytes() == CONTENT[::-1]


def test_a_part_left_by_an_earlier_pull_does_not_stop_the_next_writing(tmp_path: Path) -> None:
    (tmp_path / "RD-150302003-000001-1A2B3C4D.PART").write_bytes(b"torn" * 100_000)
    bound(tmp_path).put(NAME, CONTENT)
    assert names(tmp_path) == {NAME, MARKER}


@pytest.mark.parametrize("name", ["CON: 1.AGE", "../A.AGE", "rd.AGE", "A.B.AGE", "测试.AGE"])
def test_a_name_that_some_file_system_would_change_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NameUnsafeError):
        bound(tmp_path).put(name, CONTENT)
    assert names(tmp_path) == set()


def test_the_stick_of_another_office_is_named_and_refused(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text("office=150303103 mark=ABCD-1\n")
    seen = sticks.for_offices(sticks.look(tmp_path, "U盘"), frozenset({OURS}))
    assert seen.state is StickState.FOREIGN
    with pytest.raises(StickForeignError) as refused:
        bound(tmp_path).put(NAME, CONTENT)
    assert "150303103" in wording.sentence(refused.value)
    assert names(tmp_path) == {MARKER}


def test_another_stick_in_the_same_place_is_noticed(tmp_path: Path) -> None:
    stick = bound(tmp_path)
    stick.put(NAME, CONTENT)
    (tmp_path / MARKER).write_text(f"office={OURS} mark=OTHER-1\n")
    with pytest.raises(StickPulledError):
        stick.put("RD-150302003-000002-1A2B3C4D.AGE", CONTENT)
    assert names(tmp_path) == {NAME, MARKER}


def test_a_swap_while_writing_is_noticed_before_the_file_gets_its_name(tmp_path: Path) -> None:
    def swap(step: Step) -> None:
        if step is Step.WRITTEN:
            (tmp_path / MARKER).write_text(f"office={OURS} mark=OTHER-1\n")

    with pytest.raises(StickPulledError):
        bound(tmp_path, told=swap).put(NAME, CONTENT)
    assert names(tmp_path) == {MARKER}


def test_a_full_stick_keeps_what_was_there(mounted: Path) -> None:
    old = mounted / "OLD-1.AGE"
    old.write_bytes(b"old" * 1000)
    with pytest.raises(StickFullError) as refused:
        bound(mounted).put(NAME, os.urandom(2_000_000))
    assert "放不下" in wording.sentence(refused.value)
    assert old.read_bytes() == b"old" * 1000
    assert names(mounted) == {"OLD-1.AGE"}
    (mounted / "FILL.BIN").write_bytes(bytes(volumes.free(mounted) - 8_192))
    assert sticks.look(mounted, "U盘").state is StickState.FULL


def test_a_stick_that_turns_full_while_its_room_is_taken_leaves_no_part(mounted: Path) -> None:
    stick, size = bound(mounted), volumes.free(mounted) - 100_000
    stick.put("RD-150302003-000009-1A2B3C4D.AGE", b"x" * (size - 200_000))
    with pytest.raises(StickFullError):
        stick.put(NAME, b"x" * size)
    assert names(mounted) == {"RD-150302003-000009-1A2B3C4D.AGE", MARKER}


def test_other_tools_find_the_bundle_whole_on_the_image_of_a_fat_stick(mounted: Path) -> None:
    image = mounted.with_name("fat.img")
    if not image.exists() or not shutil.which("mcopy"):
        pytest.skip("no FAT image here, or nothing that reads one")
    bound(mounted).put(NAME, CONTENT)
    assert run("umount", str(mounted))
    assert run("fsck.vfat", "-n", str(image))
    copy = image.with_name("copy")
    assert run("mcopy", "-i", str(image), f"::{NAME}", str(copy))
    assert copy.read_bytes() == CONTENT


def test_a_read_only_stick_can_be_read_and_not_written(mounted: Path) -> None:
    (mounted / NAME).write_bytes(CONTENT)
    assert turned_read_only(mounted)
    assert sticks.look(mounted, "U盘").state is StickState.READ_ONLY
    assert [path.name for path in sticks.bundle_files(mounted)] == [NAME]
    with pytest.raises(StickReadOnlyError):
        bound(mounted).put(NAME, CONTENT)
    assert (mounted / NAME).read_bytes() == CONTENT


@pytest.mark.parametrize("at", list(Step))
def test_a_stick_pulled_at_any_step_is_said_and_the_computer_keeps_nothing(
    mounted: Path, at: Step
) -> None:
    (mounted / "OLD-1.AGE").write_bytes(b"old")
    keeps = os.open(mounted, os.O_RDONLY)

    def pull(step: Step) -> None:
        if step is at:
            assert run("umount", "-l", str(mounted))

    try:
        with pytest.raises(StickPulledError) as refused:
            bound(mounted, told=pull).put(NAME, CONTENT)
        assert os.listdir(mounted) == []  # noqa: PTH208 - the folder below the mount
        assert "OLD-1.AGE" in os.listdir(keeps)  # noqa: PTH208 - the volume itself
    finally:
        os.close(keeps)
    assert "已拔出" in wording.sentence(refused.value)


def test_a_place_that_is_gone_is_pulled(tmp_path: Path) -> None:
    assert sticks.look(tmp_path / "gone", "U盘").state is StickState.PULLED
    with pytest.raises(StickPulledError):
        sticks.bundle_files(tmp_path / "gone")


def test_only_files_that_may_be_bundles_are_read(tmp_path: Path) -> None:
    renamed = "rd-150302003-000001-1a2b3c4d (1).age"
    for name in (NAME, renamed, "note.txt", "X.PART"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "LINK.AGE").symlink_to(tmp_path / NAME)
    (tmp_path / "FOLDER.AGE").mkdir()
    assert {path.name for path in sticks.bundle_files(tmp_path)} == {NAME, renamed}


def test_a_worn_out_stick_is_told_by_its_pace(tmp_path: Path) -> None:
    assert sticks.is_slow(1_000_000, 60)
    assert not sticks.is_slow(1_000_000, 2)
    assert not sticks.is_slow(100_000_000, 60)
    ticks = iter([0.0, 60.0])
    stick = replace(bound(tmp_path), timer=lambda: next(ticks))
    stick.put(NAME, CONTENT)
    assert stick.was_slow


def test_a_disk_counts_as_removable_when_it_says_so_or_hangs_on_usb(tmp_path: Path) -> None:
    for name, mark in (("usb1/sda", "0"), ("pci0/sdb", "1"), ("pci0/sdc", "0")):
        (tmp_path / name / "part").mkdir(parents=True)
        (tmp_path / name / "removable").write_text(mark + "\n")
    assert volumes.is_removable(tmp_path / "usb1/sda/part")
    assert volumes.is_removable(tmp_path / "pci0/sdb/part")
    assert not volumes.is_removable(tmp_path / "pci0/sdc/part")


def test_mount_points_with_blanks_are_read() -> None:
    table = "36 25 8:17 / /media/user/MY\\040STICK rw,relatime - vfat /dev/sdb1 rw\nshort line\n"
    assert list(volumes.mounted(table)) == [("8:17", Path("/media/user/MY STICK"))]


def test_looking_for_sticks_never_fails_on_this_machine() -> None:
    assert all(one.label.startswith("U盘") for one in sticks.sticks())
