"""Whatever another tool changes in a desk is named by table and key, number or gap."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import OperatorAdded, Seat
from reliefdesk.services import verification as services
from reliefdesk.storage import journal, replay, schema, verification
from reliefdesk.storage.journal import Head
from reliefdesk.storage.sqlcipher import DeskDamagedError
from reliefdesk.storage.witnesses import WitnessPlace
from tests import builders
from tests.storage.floats import KEY, a_closed_desk, a_desk_file, a_header, meddle, unlocked

Found = tuple[str, dict[str, object]]


def _findings(folder: Path, witnessed: tuple[Head, ...] = ()) -> list[Found]:
    report = services.verify_folder(folder, KEY, witnessed)
    assert not report.good
    return [(line.code.removeprefix("verification."), line.facts) for line in report.findings]


def _back(*tables: str) -> list[str]:
    kept = schema.parts(schema.SCRIPT)
    actions = ("update", "delete")
    return [kept["TRIGGER", f"{table}_no_{action}"] for table in tables for action in actions]


def _forged(folder: Path, table: str, *statements: str) -> None:
    meddle(folder, *unlocked(table), *statements, *_back(table))


def test_a_desk_with_a_decided_case_proves_itself(tmp_path: Path) -> None:
    made = builders.a_desk(tmp_path)
    builders.an_approved_case(made)
    report = services.verify(made.context())
    assert report.findings == ()
    assert report.head == services.head(made.context())
    assert all("{" not in services.line_text(line) for line in report.lines)
    made.desk.close()


def test_an_empty_desk_proves_itself(tmp_path: Path) -> None:
    assert services.verify_folder(a_closed_desk(tmp_path), KEY).good


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE cash_entries SET summary = '改' WHERE seq = 2", ("row_changed", "2")),
        ("DELETE FROM cash_entries WHERE seq = 1", ("row_missing", "1")),
        ("UPDATE cash_entries SET seq = 99 WHERE seq = 3", ("row_added", "99")),
    ],
)
def test_a_row_changed_with_another_tool_is_named(
    tmp_path: Path, statement: str, found: tuple[str, str]
) -> None:
    a_closed_desk(tmp_path, floats=3)
    _forged(tmp_path, "cash_entries", statement)
    assert found in [
        (code, str(facts["row"]).split()[0])
        for code, facts in _findings(tmp_path)
        if facts.get("table") == "cash_entries"
    ]


def test_a_balance_that_no_longer_follows_is_named_by_the_sums_too(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=3)
    _forged(tmp_path, "cash_entries", "UPDATE cash_entries SET in_fen = 999 WHERE seq = 2")
    codes = [code for code, _facts in _findings(tmp_path)]
    assert codes == ["row_changed", "cash"]


def test_a_changed_entry_is_named_and_so_is_what_it_hides(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=3)
    _forged(
        tmp_path,
        "journal",
        "UPDATE journal SET payload = replace(payload, '\"amount\":102', '\"amount\":902') "
        "WHERE seq = 2",
    )
    found = _findings(tmp_path)
    assert found[0] == ("entry", {"seq": 2})
    assert "row_changed" in [code for code, facts in found if facts.get("table") == "cash_entries"]


def test_an_entry_that_reads_as_nothing_stops_the_replay_at_its_number(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=3)
    _forged(tmp_path, "journal", "UPDATE journal SET payload = '[]' WHERE seq = 2")
    assert _findings(tmp_path) == [("entry", {"seq": 2}), ("replay_stopped", {"seq": 2})]


def test_a_gap_is_named_with_its_ends(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=5)
    _forged(tmp_path, "journal", "DELETE FROM journal WHERE seq IN (2, 3)")
    assert _findings(tmp_path)[0] == ("gap", {"first": 2, "last": 3})


def test_a_forged_chain_without_its_tail_still_fails_against_paper(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=2)
    added = OperatorAdded(operator_id=OperatorId("op-9"), name="虚构甲", seats=(Seat.CASHIER,))
    with file.transaction():
        journal.append(file, added, a_header(3))
    paper = journal.head(file)
    file.close()
    _forged(tmp_path, "journal", "DELETE FROM journal WHERE seq = 3")
    meddle(tmp_path, "DELETE FROM operators WHERE operator_id = 'op-9'")
    assert services.verify_folder(tmp_path, KEY).good  # nothing inside can tell
    assert _findings(tmp_path, (paper,)) == [("tail", {"seq": 3, "last": 2})]


def test_a_tail_that_was_written_anew_fails_against_paper(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path, floats=3)
    file.close()
    paper = Head(seq=3, hash="f" * 64)
    assert _findings(tmp_path, (paper,)) == [("witness", {"seq": 3, "last": 3})]


def test_a_missing_trigger_is_named(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=1)
    meddle(tmp_path, *unlocked("journal"))
    names = {"found": 2, "names": "journal_no_delete、journal_no_update"}
    assert _findings(tmp_path) == [("triggers", names)]


def test_a_missing_search_key_is_counted(tmp_path: Path) -> None:
    made = builders.a_desk(tmp_path)
    builders.an_accepted_case(made)
    file = made.context().file
    with file.transaction():
        file.execute("DELETE FROM search_key WHERE key = '9976'")
    found = services.verify(made.context()).findings
    assert [(line.code, line.facts) for line in found] == [("verification.search", {"faults": 1})]
    with file.transaction():
        file.execute("DELETE FROM search_persons")
    assert services.verify(made.context()).findings[0].facts["faults"] != 0


def test_a_damaged_page_is_named_even_where_reading_stops(tmp_path: Path) -> None:
    path = a_closed_desk(tmp_path, floats=50) / "desk.rdk"
    whole = path.read_bytes()
    for page in range(1, len(whole) // 4096):
        content = bytearray(whole)
        content[page * 4096 + 100] ^= 1
        path.write_bytes(content)
        with suppress(DeskDamagedError):  # the pages of the schema: not even opened
            assert _findings(tmp_path)[0] == ("pages", {"found": 1})


def test_a_desk_that_differs_everywhere_gives_a_readable_report(tmp_path: Path) -> None:
    a_closed_desk(tmp_path, floats=150)
    _forged(tmp_path, "cash_entries", "UPDATE cash_entries SET summary = '改'")
    _forged(tmp_path, "journal", "UPDATE journal SET recorded_at = '2021-03-10T01:00:00.000000Z'")
    report = services.verify_folder(tmp_path, KEY)
    codes = [line.code for line in report.findings]
    assert codes.count("verification.row_changed") == verification.FINDINGS_MAX
    assert codes.count("verification.entry") == verification.FINDINGS_MAX
    assert len(services.limited(report, 10).findings) == 10


def test_a_head_that_leaves_is_noted_and_reads_back_from_paper(tmp_path: Path) -> None:
    made = builders.an_empty_desk(tmp_path)
    head = services.witness(made.context("系统己"), WitnessPlace.PRINTED)
    assert services.read_head(f" {head.seq}:{head.hash[:32].upper()} {head.hash[32:]} ") == head
    assert services.verify(made.context("系统己")).good


def test_an_empty_journal_has_nothing_to_witness(tmp_path: Path) -> None:
    made = builders.an_empty_desk(tmp_path / "desk")
    bare = replace(made.context("系统己"), file=a_desk_file(tmp_path / "empty"))
    assert services.witness(bare, WitnessPlace.EXPORTED).seq == 0
    assert services.verify(bare).good


@pytest.mark.parametrize("text", ["", "12", "x:" + "a" * 64, "12:" + "a" * 63, "12:" + "g" * 64])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(services.HeadUnreadableError):
        services.read_head(text)


def test_every_compared_table_has_a_key_to_name_its_rows_by() -> None:
    fresh = replay.fresh_desk()
    for table in replay.compared_tables():
        assert any(row["pk"] for row in fresh.rows(f"PRAGMA table_info({table})"))


def test_verifying_writes_nothing(tmp_path: Path) -> None:
    path = a_closed_desk(tmp_path, floats=3) / "desk.rdk"
    before = path.read_bytes()
    assert services.verify_folder(tmp_path, KEY).good
    assert path.read_bytes() == before
