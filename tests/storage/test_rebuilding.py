"""A desk of an older program opens: what the journal implies is made anew, nothing is lost."""

from pathlib import Path

import pytest

from reliefdesk import desk as front_door
from reliefdesk.services import cases, persons, verification
from reliefdesk.storage import drafts, rebuilding, replay, schema, settings
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.schema import TriggersChangedError
from tests.builders import PASSPHRASE, TestDesk, a_desk, an_approved_case, surroundings


def as_an_older_program_left_it(made: TestDesk) -> None:
    """Take tables, columns and the note of the present tables away."""
    file = made.context().file
    file.connection.execute("PRAGMA foreign_keys=OFF")
    with file.transaction():
        file.execute("DROP TABLE budget_lines")
        file.execute("DROP TABLE case_acts")
        file.execute("DROP INDEX cases_person")
        file.execute("CREATE TABLE of_long_ago(a TEXT) STRICT")
        settings.remove(file, "tables_digest")
    made.desk.close()


def again(made: TestDesk) -> front_door.Desk:
    return front_door.sign_in(
        made.desk.folder, "系统己", PASSPHRASE, surroundings(made.clock, made.ids)
    )


def test_tables_of_an_older_program_are_made_anew_from_the_journal(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_approved_case(made)
    as_an_older_program_left_it(made)
    made.desk = again(made)
    assert cases.case(made.context(), found.case_id) == found
    assert [row.name for row in persons.find(made.context(), "csj")] == ["测试甲"]
    assert verification.verify(made.context()).good
    assert len(list((tmp_path / "backups").glob("*.rdk"))) == 1


def test_what_belongs_to_this_pc_outlives_the_rebuilding(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    file = made.context().file
    kept = drafts.StoredDraft(slot="counter", content="{}", autosaved_at=made.clock.now())
    with file.transaction():
        drafts.save(file, made.by_name["经办甲"], kept)
    as_an_older_program_left_it(made)
    made.desk = again(made)
    assert drafts.load(made.context().file, made.by_name["经办甲"], "counter") == kept
    assert made.officer("审批丙").operator.name == "审批丙"


def test_a_local_table_gets_its_new_columns_and_keeps_its_rows(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    file = made.context().file
    with file.transaction():
        settings.put(file, "tables_digest", "of another program")
        settings.put(file, "idle_minutes", "7")
        file.execute("CREATE TABLE other(key TEXT PRIMARY KEY, value TEXT NOT NULL, more TEXT)")
        file.execute("INSERT INTO other SELECT key, value, 'x' FROM settings")
        file.execute("DROP TABLE settings")
        file.execute("ALTER TABLE other RENAME TO settings")
    made.desk.close()
    made.desk = again(made)
    assert settings.get(made.context().file, "idle_minutes") == "7"
    schema.require_schema(made.context().file)


def test_a_desk_with_the_tables_of_this_program_is_not_touched(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    assert not rebuilding.needed(made.context().file)
    made.desk.close()
    made.desk = again(made)
    assert not (tmp_path / "backups").exists()


def test_a_trigger_taken_away_is_still_named(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    file = made.context().file
    with file.transaction():
        file.execute("DROP TRIGGER payments_no_update")
    made.desk.close()
    with pytest.raises(TriggersChangedError):
        again(made)


def test_a_rebuilding_that_fails_leaves_the_desk_as_it_was(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    an_approved_case(made)
    file = made.context().file
    before = _tables(file)
    file.connection.execute("DROP TRIGGER journal_no_update")
    file.connection.execute(
        "UPDATE journal SET payload = replace(payload, '新华街', '旧华街') WHERE seq > 9"
    )
    with pytest.raises(Exception, match=r"storage\.chain"):
        rebuilding.rebuild(file)
    assert _tables(file) == before


def _tables(file: DeskFile) -> dict[str, int]:
    return {name: file.value(f"SELECT count(*) FROM {name}") for name in replay.compared_tables()}
