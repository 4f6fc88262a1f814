"""A backup proves itself, replaces nothing, and looking at it changes nothing."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk.errors import ReliefDeskError
from reliefdesk.keys import slots
from reliefdesk.services import backups as services
from reliefdesk.storage import backups, journal, opening
from reliefdesk.storage.desk_file import CutFileError, DeskFile, KeyRefusedError
from tests import builders
from tests.storage.floats import KEY, a_desk_file, put


def test_a_backup_of_a_running_desk_restores_to_the_same_journal(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path / "desk", floats=3)
    path = backups.back_up(file, tmp_path / "stick")
    put(file, 4)  # the desk goes on
    (tmp_path / "restored").mkdir()
    shutil.copyfile(path, tmp_path / "restored" / "desk.rdk")
    restored = opening.open_desk_file(tmp_path / "restored", KEY)
    assert list(journal.entries(restored)) == list(journal.entries(file))[:3]
    put(restored, 4)
    file.close()
    restored.close()


def test_no_backup_ever_replaces_another(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path / "desk", floats=1)
    first = backups.back_up(file, tmp_path)
    content = first.read_bytes()
    made = [first, *(backups.back_up(file, tmp_path) for _ in range(2))]
    put(file, 2)
    made.append(backups.back_up(file, tmp_path))
    assert [path.name for path in made] == [
        "desk-0000001.rdk",
        "desk-0000001-2.rdk",
        "desk-0000001-3.rdk",
        "desk-0000002.rdk",
    ]
    assert first.read_bytes() == content
    assert first.stat().st_mode & 0o077 == 0


def test_looking_at_a_backup_changes_no_byte(tmp_path: Path) -> None:
    path = backups.back_up(a_desk_file(tmp_path / "desk", floats=3), tmp_path / "stick")
    before, touched = path.read_bytes(), path.stat().st_mtime_ns
    assert services.restore_check(path, KEY).good
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, touched)
    assert list((tmp_path / "stick").iterdir()) == [path]


def test_a_cut_or_flipped_backup_is_named(tmp_path: Path) -> None:
    path = backups.back_up(a_desk_file(tmp_path / "desk", floats=30), tmp_path / "stick")
    content = path.read_bytes()
    path.write_bytes(content[:-100])
    with pytest.raises(CutFileError):
        services.restore_check(path, KEY)
    path.write_bytes(content[:-4096])
    assert not _proves_itself(path)
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    path.write_bytes(flipped)
    assert not _proves_itself(path)
    with pytest.raises(KeyRefusedError):
        services.restore_check(path, bytes(32))


def _proves_itself(path: Path) -> bool:
    try:
        return services.restore_check(path, KEY).good
    except ReliefDeskError:
        return False


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    file = a_desk_file(tmp_path / "desk")
    with pytest.raises(backups.BackupFolderError):
        backups.back_up(file, tmp_path / "file" / "stick")


def test_what_an_interrupted_backup_left_is_replaced(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path / "desk", floats=1)
    (tmp_path / "desk.rdk.new").write_bytes(b"half")
    path = backups.back_up(file, tmp_path)
    assert not (tmp_path / "desk.rdk.new").exists()
    assert services.restore_check(path, KEY).good


def test_a_copy_of_another_desk_is_never_taken_for_a_backup(tmp_path: Path) -> None:
    ours = a_desk_file(tmp_path / "desk", floats=2)
    other = a_desk_file(tmp_path / "other")
    put(other, 7)
    strange = backups.back_up(other, tmp_path / "strange")
    with pytest.raises(backups.BackupFailedError):
        backups.check_copy(ours, strange)


def test_a_backup_comes_with_the_slots_that_open_it(tmp_path: Path) -> None:
    made = builders.an_empty_desk(tmp_path / "desk")
    backup = services.back_up(made.context("系统己"), tmp_path / "stick")
    assert backup.slots == services.slots_of(backup.path)
    opened = slots.open_slot(
        slots.read(backup.slots), name="系统己", passphrase=builders.PASSPHRASE
    )
    assert services.restore_check(backup.path, opened.data_key).good


def test_a_desk_in_memory_cannot_be_backed_up(tmp_path: Path) -> None:
    made = builders.an_empty_desk(tmp_path / "desk")
    context = replace(made.context("系统己"), file=DeskFile.memory())
    with pytest.raises(services.DeskInMemoryError):
        services.back_up(context, tmp_path / "stick")


def test_a_backup_without_slots_is_thrown_away(tmp_path: Path) -> None:
    made = builders.an_empty_desk(tmp_path / "desk")
    (tmp_path / "desk" / "desk.slots").unlink()
    with pytest.raises(backups.BackupFolderError):
        services.back_up(made.context("系统己"), tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []
