"""The journal only grows, each entry holds the one before, and what was recorded reads back."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reliefdesk.domain.cash import FloatReceived
from reliefdesk.domain.desks import ClockWentBack
from reliefdesk.domain.events import EVENT_TYPES
from reliefdesk.domain.ids import OperatorId
from reliefdesk.errors import BugError
from reliefdesk.storage import canonical, journal, lines, sqlcipher, tables, verification
from reliefdesk.storage.journal import GENESIS_HASH, Head, UnknownEventError
from tests.storage.floats import MORNING, a_desk_file, a_float, a_header, put


def test_an_empty_journal_has_the_head_of_nothing(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    assert journal.head(file) == Head(seq=0, hash=GENESIS_HASH)
    assert journal.last_recorded_at(file) is None


def test_entries_are_numbered_and_hold_the_hash_before(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    first, second = put(file, 1), put(file, 2)
    assert (first.seq, second.seq) == (1, 2)
    assert (first.previous_hash, second.previous_hash) == (GENESIS_HASH, first.hash)
    assert journal.head(file) == Head(seq=2, hash=second.hash)
    assert journal.last_recorded_at(file) == a_header(2).at > MORNING


@given(approvals=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_what_was_recorded_reads_back(
    tmp_path_factory: pytest.TempPathFactory, approvals: list[str]
) -> None:
    file = a_desk_file(tmp_path_factory.mktemp("desk"))
    made = []
    for number, approval in enumerate(approvals, start=1):
        header = replace(a_header(number), confirmed_by=(OperatorId("op-2"), OperatorId("op-3")))
        with file.transaction():
            made.append(journal.append(file, a_float(number, approval=approval), header))
    assert list(journal.entries(file)) == made
    assert list(journal.entries(file, after=2)) == made[2:]
    file.close()


def test_an_entry_without_a_transaction_is_a_bug(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    with pytest.raises(BugError):
        journal.append(file, a_float(1), a_header(1))


def test_an_event_is_recorded_once(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=1)
    with pytest.raises(sqlcipher.IntegrityError), file.transaction():
        journal.append(file, a_float(2), a_header(1))
    assert journal.head(file).seq == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET payload = '{}'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
        "REPLACE INTO journal SELECT * FROM journal WHERE seq = 2",
        "UPDATE OR IGNORE journal SET seq = 9 WHERE seq = 2",
        "UPDATE cash_entries SET in_fen = 1",
        "DELETE FROM cash_entries",
        "INSERT OR REPLACE INTO cash_entries SELECT * FROM cash_entries",
    ],
)
def test_nothing_recorded_is_ever_changed(tmp_path: Path, statement: str) -> None:
    file = a_desk_file(tmp_path, floats=2)
    before = [tuple(row) for row in file.rows("SELECT * FROM journal, cash_entries")]
    with pytest.raises(sqlcipher.IntegrityError), file.transaction():
        file.execute(statement)
    assert [tuple(row) for row in file.rows("SELECT * FROM journal, cash_entries")] == before


def test_a_hash_can_be_repeated_with_the_tools_of_any_system(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=2)
    row = list(journal.rows(file))[1]
    hashed = row["previous_hash"].encode() + b"\n" + journal.line_of(row)
    answer = subprocess.run(["/usr/bin/sha256sum"], input=hashed, capture_output=True, check=True)
    assert answer.stdout.split()[0].decode() == row["hash"]


def test_a_line_is_canonical_itself(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=1)
    line = journal.line_of(next(journal.rows(file))).decode()
    assert canonical.encode(canonical.decode_content(line)) == line


def test_every_event_says_its_version_and_changes_a_table() -> None:
    assert all(vars(kind)["version"] == 1 for kind in EVENT_TYPES)
    silent = {kind.__name__ for kind in EVENT_TYPES} - {kind.__name__ for kind in tables.APPLY}
    assert silent == {"ClockWentBack"}  # a note in the journal and nowhere else


def _row_of(file_row: sqlcipher.Row, **changes: object) -> dict[str, object]:
    return dict(zip(file_row.keys(), file_row, strict=True)) | changes


def test_a_clock_that_went_back_is_noted_in_the_journal_alone(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=1)
    note = ClockWentBack(last_at=a_header(1).at, clock_at=MORNING)
    with file.transaction():
        entry = journal.append(file, note, a_header(2))
    assert list(journal.entries(file, after=1)) == [entry]
    assert verification.verify(file).good


@pytest.mark.parametrize("changes", [{"type": "MoonBought"}, {"version": 2}])
def test_an_event_of_a_newer_program_is_named(tmp_path: Path, changes: dict[str, object]) -> None:
    file = a_desk_file(tmp_path, floats=1)
    row = _row_of(next(journal.rows(file)), **changes)
    with pytest.raises(UnknownEventError):
        journal.entry_of(row)  # type: ignore[arg-type]  # reads columns by name only


def test_an_old_event_is_lifted_step_by_step_when_it_is_read(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=1)
    row = _row_of(next(journal.rows(file)), version=-1)
    steps: lines.Upcasts = {
        ("FloatReceived", -1): lambda content: content | {"approval": "升"},
        ("FloatReceived", 0): lambda content: content | {"source": content["approval"] + "级"},
    }
    lifted = journal.entry_of(row, steps)  # type: ignore[arg-type]  # reads columns by name only
    assert lifted.event == replace(a_float(1), approval="升", source="升级")
    assert isinstance(lifted.event, FloatReceived)
