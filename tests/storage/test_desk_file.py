"""The encrypted file opens only as what it is, and changes only in whole transactions."""

from pathlib import Path

import pytest

from reliefdesk.errors import BugError, ReliefDeskError
from reliefdesk.storage import desk_file, sqlcipher
from reliefdesk.storage.desk_file import DeskFile
from tests.storage.floats import KEY, a_closed_desk, a_desk_file

OTHER_KEY = bytes(32)


def test_nothing_readable_lies_on_the_disk(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=3)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name != "desk.lock")
    for text in ("SQLite format", "journal", "虚构", "FloatReceived"):
        assert text.encode() not in written
    file.close()


def test_another_key_is_refused(tmp_path: Path) -> None:
    path = a_closed_desk(tmp_path) / "desk.rdk"
    with pytest.raises(desk_file.KeyRefusedError):
        DeskFile.open(path, OTHER_KEY)


def test_a_short_key_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(BugError):
        DeskFile.create(tmp_path / "desk.rdk", b"short")


def test_a_plain_database_is_alien(tmp_path: Path) -> None:
    path = tmp_path / "plain.rdk"
    plain = sqlcipher.connect(str(path))
    plain.execute("CREATE TABLE t(a)")
    plain.close()
    with pytest.raises(desk_file.AlienFileError):
        DeskFile.open(path, KEY)


def test_an_encrypted_file_of_another_program_is_alien(tmp_path: Path) -> None:
    path = tmp_path / "desk.rdk"
    file = DeskFile.create(path, KEY)
    file.connection.execute("PRAGMA application_id=1")
    file.close()
    with pytest.raises(desk_file.AlienFileError):
        DeskFile.open(path, KEY)


def test_a_missing_file_and_a_taken_place_are_named(tmp_path: Path) -> None:
    for opened in (DeskFile.open, DeskFile.look):
        with pytest.raises(desk_file.DeskMissingError):
            opened(tmp_path / "desk.rdk", KEY)
    a_closed_desk(tmp_path)
    with pytest.raises(desk_file.DeskExistsError):
        DeskFile.create(tmp_path / "desk.rdk", KEY)


@pytest.mark.parametrize("size", [0, 1, 4095, 5000])
def test_a_cut_file_is_named(tmp_path: Path, size: int) -> None:
    path = a_closed_desk(tmp_path, floats=2) / "desk.rdk"
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(desk_file.CutFileError):
        DeskFile.open(path, KEY)


@pytest.mark.parametrize("place", [0, 15, 16, 100, 2000, 4095])
def test_a_flipped_byte_in_the_first_page_is_damage_and_not_a_wrong_key(
    tmp_path: Path, place: int
) -> None:
    path = a_closed_desk(tmp_path, floats=2) / "desk.rdk"
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(ReliefDeskError) as refused:
        DeskFile.open(path, KEY)
    # A changed salt cannot be told from another key, and is one of the two.
    wanted = {"storage.damaged"} if place >= 16 else {"storage.damaged", "storage.key_refused"}
    assert refused.value.code in wanted


def test_a_transaction_is_whole_or_nothing(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    rows = [("a", "1"), ("a", "2")]
    with pytest.raises(sqlcipher.IntegrityError), file.transaction():
        file.execute_many("INSERT INTO settings VALUES (?,?)", rows)
    assert file.rows("SELECT * FROM settings WHERE key <> 'tables_digest'") == []
    assert not file.in_transaction


def test_transactions_do_not_nest_and_changes_need_one(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    with pytest.raises(BugError), file.transaction(), file.transaction():
        pass
    with pytest.raises(BugError):
        file.execute("DELETE FROM settings")
    with pytest.raises(BugError):
        file.execute_many("DELETE FROM settings WHERE key = ?", [("a",)])


def test_every_connection_has_its_guards_on(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    for name, answer in (("foreign_keys", 1), ("recursive_triggers", 1), ("synchronous", 2)):
        assert file.value(f"PRAGMA {name}") == answer
    assert file.value("PRAGMA journal_mode") == "wal"
    assert file.value("PRAGMA trusted_schema") == 0


def test_a_guard_that_does_not_hold_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_file, "_PRAGMAS", (("cache_size", "5", 6),))  # an engine that refuses
    with pytest.raises(BugError):
        DeskFile.memory()


def test_a_mistake_in_sql_passes_as_it_is(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    with pytest.raises(sqlcipher.OperationalError):
        file.rows("SELECT * FROM nowhere")


def test_looking_changes_no_byte_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = a_closed_desk(tmp_path, floats=2) / "desk.rdk"
    (tmp_path / "desk.lock").unlink()
    before = path.read_bytes()
    looked = DeskFile.look(path, KEY)
    assert looked.value("SELECT count(*) FROM journal") == 2
    with pytest.raises(sqlcipher.DiskReadOnlyError), looked.transaction():
        looked.execute("DELETE FROM settings")
    looked.close()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_looking_with_another_key_is_refused(tmp_path: Path) -> None:
    path = a_closed_desk(tmp_path) / "desk.rdk"
    with pytest.raises(desk_file.KeyRefusedError):
        DeskFile.look(path, OTHER_KEY)


def test_a_desk_in_memory_has_no_second_connection() -> None:
    memory = DeskFile.memory()
    with pytest.raises(BugError):
        memory.another()
    with pytest.raises(BugError):
        memory.look_at(Path("desk.rdk"))
    memory.abandon()


def test_an_answer_is_read_row_by_row_or_at_once(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    with file.transaction():
        file.execute_many("INSERT INTO settings VALUES (?, '')", [(str(n),) for n in range(2500)])
    every = file.each("SELECT * FROM settings WHERE key <> 'tables_digest'")
    assert len(list(every)) == 2500
    assert file.value("SELECT value FROM settings WHERE key = 'none'") is None
    first = file.row("SELECT * FROM settings WHERE key = '7'")
    assert first is not None
    assert (first["key"], first.keys(), len(first)) == ("7", ["key", "value"], 2)


def test_a_second_writer_waits_and_is_then_told(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    other = file.another()
    other.connection.execute("PRAGMA busy_timeout=10").fetchall()
    with file.transaction(), pytest.raises(sqlcipher.DeskBusyError), other.transaction():
        pass
    other.close()
    with file.transaction():
        file.execute("INSERT INTO settings VALUES ('a', '1')")


def test_a_driver_failure_without_a_code_is_a_bug_of_ours() -> None:
    assert sqlcipher.name_failure(ValueError()) is None
    with pytest.raises(sqlcipher.DeskUnreachableError):
        sqlcipher.connect("/nowhere/at/all/desk.rdk")


def test_a_script_splits_into_its_statements() -> None:
    script = "CREATE TABLE t(a);\nCREATE TRIGGER x AFTER INSERT ON t\nBEGIN\n SELECT 1;\nEND;\n\n"
    assert [text[:14] for text in sqlcipher.statements(script)] == [
        "CREATE TABLE t",
        "CREATE TRIGGER",
    ]
    memory = DeskFile.memory()
    with memory.transaction():
        memory.execute_script(script)
    assert memory.value("SELECT count(*) FROM sqlite_master") == 2


def test_what_was_read_once_is_read_anew_after_a_write_or_a_failed_transaction(
    tmp_path: Path,
) -> None:
    file = a_desk_file(tmp_path)
    counted: list[int] = []

    def count() -> None:
        counted.append(file.once("drawers", lambda: file.value("SELECT count(*) FROM drawers")))

    def fail() -> None:
        with file.transaction():
            count()
            file.execute("INSERT INTO drawers VALUES ('somebody',0,NULL,0,'')")
            count()
            raise BugError(rule="on purpose")

    with pytest.raises(BugError):
        fail()
    with file.transaction():
        count()
    file.close()
    assert counted == [0, 1, 0]
