"""A desk folder is made whole or not at all, and opens only as what it was."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reliefdesk.errors import ReliefDeskError
from reliefdesk.storage import chain, journal, migrations, opening, schema, witnesses
from reliefdesk.storage.desk_file import DeskExistsError, DeskFile, DeskMissingError
from reliefdesk.storage.desk_lock import DeskHeldError, hold
from reliefdesk.storage.sqlcipher import DeskDamagedError
from reliefdesk.storage.witnesses import WitnessedHead, WitnessPlace
from tests.storage.floats import (
    KEY,
    MORNING,
    a_closed_desk,
    a_desk_file,
    meddle,
    put,
    unlocked,
)


def test_a_new_desk_is_its_owners_alone_and_opens_again(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "desk"
    a_desk_file(folder, floats=2).close()
    assert (folder / "desk.rdk").stat().st_mode & 0o077 == 0
    assert {path.name for path in folder.iterdir()} == {"desk.rdk", "desk.lock"}
    file = opening.open_desk_file(folder, KEY)
    assert journal.head(file).seq == 2
    file.close()


def test_a_desk_is_never_overwritten(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=1)
    before = (tmp_path / "desk.rdk").read_bytes()
    with pytest.raises(DeskExistsError):
        opening.create_desk_file(tmp_path, KEY)
    assert (tmp_path / "desk.rdk").read_bytes() == before


def test_what_a_broken_creation_left_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "desk.rdk.new").write_bytes(b"half")
    (tmp_path / "desk.rdk.new-wal").write_bytes(b"half")
    a_closed_desk(tmp_path)
    assert not list(tmp_path.glob("*.new*"))


def test_a_creation_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ReliefDeskError):
        opening.create_desk_file(tmp_path, b"short key")
    assert {path.name for path in tmp_path.iterdir()} == {"desk.lock"}
    a_closed_desk(tmp_path)


def test_a_creation_killed_while_it_fills_the_desk_leaves_no_desk(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    script = (
        "import os, pathlib, sys\n"
        "from reliefdesk.storage import opening\n"
        "def killed(file): os.kill(os.getpid(), 9)\n"
        "opening.create_desk_file(pathlib.Path(sys.argv[1]), bytes(32), fill=killed)\n"
    )
    command = [sys.executable, "-c", script, str(folder)]
    died = subprocess.run(command, check=False)  # noqa: S603 - our own interpreter and script
    assert died.returncode == -signal.SIGKILL
    assert not (folder / "desk.rdk").exists()
    a_closed_desk(folder)


def test_a_missing_desk_is_named_and_the_folder_left_alone(tmp_path: Path) -> None:
    with pytest.raises(DeskMissingError):
        opening.open_desk_file(tmp_path, KEY)
    assert list(tmp_path.iterdir()) == []


def test_an_open_desk_is_not_opened_twice(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    with pytest.raises(DeskHeldError):
        opening.open_desk_file(tmp_path, KEY)
    file.close()
    opening.open_desk_file(tmp_path, KEY).close()


def test_a_lock_that_is_already_held_is_taken_over(tmp_path: Path) -> None:
    a_closed_desk(tmp_path)
    file = opening.open_desk_file(tmp_path, KEY, lock=hold(tmp_path))
    file.close()
    hold(tmp_path).release()


def test_a_newer_desk_is_refused_and_not_a_byte_is_touched(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=1)
    meddle(tmp_path, f"PRAGMA user_version={migrations.SCHEMA_VERSION + 1}")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(migrations.NewerDeskError) as refused:
        opening.open_desk_file(tmp_path, KEY)
    assert refused.value.facts["version"] == migrations.SCHEMA_VERSION + 1
    after = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert after[tmp_path / "desk.rdk"] == before[tmp_path / "desk.rdk"]
    assert after.keys() == before.keys()


@pytest.mark.parametrize("name", ["journal_no_update", "cash_entries_balance"])
def test_a_missing_trigger_is_named(tmp_path: Path, name: str) -> None:
    a_closed_desk(tmp_path, floats=1)
    meddle(tmp_path, f"DROP TRIGGER {name}")
    with pytest.raises(schema.TriggersChangedError) as refused:
        opening.open_desk_file(tmp_path, KEY)
    assert refused.value.facts == {"names": name}


def test_a_trigger_that_was_reworded_or_added_is_named(tmp_path: Path) -> None:
    a_closed_desk(tmp_path)
    meddle(
        tmp_path,
        "DROP TRIGGER journal_no_update",
        "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT 1; END",
        "CREATE TRIGGER extra AFTER INSERT ON journal BEGIN SELECT 1; END",
    )
    with pytest.raises(schema.TriggersChangedError) as refused:
        opening.open_desk_file(tmp_path, KEY)
    assert refused.value.facts == {"names": "extra、journal_no_update"}


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    a_closed_desk(tmp_path)
    meddle(tmp_path, "DROP TABLE drafts")
    with pytest.raises(schema.TablesMissingError) as refused:
        opening.open_desk_file(tmp_path, KEY)
    assert refused.value.facts == {"names": "drafts"}


def _rewritten(folder: Path, *statements: str) -> None:
    """Change rows with another tool and put the triggers back as they were."""
    kept = schema.parts(schema.SCRIPT)
    back = [kept["TRIGGER", f"journal_no_{action}"] for action in ("update", "delete")]
    meddle(folder, *unlocked("journal"), *statements, *back)


def test_a_changed_entry_near_the_end_is_named_when_opening(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=3)
    _rewritten(tmp_path, "UPDATE journal SET payload = replace(payload, '102', '902') WHERE seq=2")
    with pytest.raises(chain.ChainBrokenError) as refused:
        opening.open_desk_file(tmp_path, KEY)
    assert refused.value.facts == {"seq": 2}


def test_an_entry_that_is_no_entry_is_named(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=3)
    _rewritten(tmp_path, "UPDATE journal SET confirmed_by = 'nobody' WHERE seq=3")
    with pytest.raises(chain.ChainBrokenError):
        opening.open_desk_file(tmp_path, KEY)


def test_a_gap_near_the_end_is_named_when_opening(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=5)
    _rewritten(tmp_path, "DELETE FROM journal WHERE seq IN (2, 3)")
    with pytest.raises(chain.GapError) as refused:
        opening.open_desk_file(tmp_path, KEY)
    assert refused.value.facts == {"first": 2, "last": 3}


def test_a_deleted_tail_is_held_against_the_last_witness(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=3)
    with file.transaction():
        head = WitnessedHead(
            head=journal.head(file), place=WitnessPlace.PRINTED, witnessed_at=MORNING
        )
        witnesses.witness(file, head)
    file.close()
    _rewritten(tmp_path, "DELETE FROM journal WHERE seq = 3")
    with pytest.raises(opening.TailMissingError) as refused:
        opening.open_desk_file(tmp_path, KEY)
    assert refused.value.facts == {"witnessed": 3, "last": 2}


def test_only_the_end_of_a_long_journal_is_checked_when_opening(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=3)
    assert chain.require_chain(file, entries=1) == journal.head(file)
    assert chain.require_chain(file, entries=3) == journal.head(file)
    file.close()


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_flipped_byte_in_any_page_is_named_by_reading_it(tmp_path: Path, tenth: int) -> None:
    a_closed_desk(tmp_path, floats=50)
    path = tmp_path / "desk.rdk"
    content = bytearray(path.read_bytes())
    content[len(content) * tenth // 10] ^= 0x10
    path.write_bytes(content)
    try:
        file = DeskFile.open(path, KEY)
    except DeskDamagedError:  # a page that every opening reads
        return
    assert file.rows("PRAGMA cipher_integrity_check")
    file.abandon()


def test_an_older_desk_is_backed_up_and_brought_forward(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_closed_desk(tmp_path, floats=2)
    later = (*migrations.STEPS, lambda base: base.conn.execute("CREATE TABLE later(a)"))
    monkeypatch.setattr(migrations, "STEPS", later)  # as the next release would
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", len(later))
    file = opening.open_desk_file(tmp_path, KEY)
    assert file.value("SELECT count(*) FROM later") == 0
    assert file.value("PRAGMA user_version") == 2
    put(file, 3)
    old = file.look_at(tmp_path / "backups" / "desk-0000002.rdk")
    assert (old.value("PRAGMA user_version"), journal.head(old).seq) == (1, 2)
    old.close()
    file.close()
    monkeypatch.undo()
    with pytest.raises(migrations.NewerDeskError):
        opening.open_desk_file(tmp_path, KEY)


def test_a_step_that_fails_leaves_the_older_desk_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_closed_desk(tmp_path, floats=2)
    later = (
        *migrations.STEPS,
        lambda base: base.conn.execute("CREATE TABLE later(a)"),
        lambda base: base.conn.execute("CREATE TABLE later(a)"),
    )
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", later)
        patch.setattr(migrations, "SCHEMA_VERSION", len(later))
        with pytest.raises(Exception, match="later already exists"):
            opening.open_desk_file(tmp_path, KEY)
    file = opening.open_desk_file(tmp_path, KEY)
    assert file.value("PRAGMA user_version") == 1
    file.close()


def test_a_step_that_a_newer_program_recorded_is_noticed_by_name(tmp_path: Path) -> None:
    a_closed_desk(tmp_path)
    meddle(
        tmp_path,
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) "
        "VALUES ('reliefdesk', '0099', '')",
    )
    with pytest.raises(migrations.NewerDeskError):
        opening.open_desk_file(tmp_path, KEY)


def test_a_file_without_tables_was_never_finished(tmp_path: Path) -> None:
    DeskFile.create(tmp_path / "desk.rdk", KEY).close()
    with pytest.raises(migrations.UnfinishedDeskError):
        opening.open_desk_file(tmp_path, KEY)


def test_a_desk_that_grew_is_opened_from_its_end(tmp_path: Path) -> None:
    a_desk_file(tmp_path, floats=2).close()
    file = opening.open_desk_file(tmp_path, KEY)
    for number in range(3, 203):
        put(file, number)
    file.close()
    file = opening.open_desk_file(tmp_path, KEY)
    plan = file.rows("EXPLAIN QUERY PLAN SELECT * FROM journal WHERE seq > 100 ORDER BY seq")
    file.close()
    assert [row["detail"].split()[0] for row in plan] == ["SEARCH"]
