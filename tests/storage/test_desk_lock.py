"""One process at a time; a second is told who holds the desk, and no lock outlives its holder."""

import socket
from pathlib import Path

import pytest

from reliefdesk.storage import opening
from reliefdesk.storage.desk_lock import DeskHeldError, hold
from tests.storage.floats import KEY, a_closed_desk
from tests.storage.processes import a_holder


def test_a_second_process_is_told_who_holds_the_desk(tmp_path: Path) -> None:
    a_closed_desk(tmp_path)
    with a_holder(tmp_path) as holder, pytest.raises(DeskHeldError) as refused:
        opening.open_desk_file(tmp_path, KEY)
    facts = refused.value.facts
    assert (facts["pid"], facts["host"]) == (holder.pid, socket.gethostname())
    assert str(facts["since"])[:2] == "20"


def test_no_lock_is_left_by_a_killed_process(tmp_path: Path) -> None:
    a_closed_desk(tmp_path)
    with a_holder(tmp_path) as holder:
        holder.kill()
        holder.wait()
    opening.open_desk_file(tmp_path, KEY).close()


def test_a_released_lock_is_free(tmp_path: Path) -> None:
    lock = hold(tmp_path)
    lock.release()
    lock.release()
    hold(tmp_path).release()


def test_a_holder_that_has_not_yet_named_itself_is_still_refused(tmp_path: Path) -> None:
    lock = hold(tmp_path)
    (tmp_path / "desk.lock").write_bytes(b"")
    with pytest.raises(DeskHeldError) as refused:
        hold(tmp_path)
    assert refused.value.facts["pid"] == "?"
    lock.release()
