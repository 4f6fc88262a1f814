"""What was confirmed before kill -9 is there afterwards, once, and the desk still proves itself."""

import random
from pathlib import Path

import pytest

from reliefdesk.storage import journal, opening, verification
from tests.storage.floats import KEY, a_closed_desk
from tests.storage.processes import a_holder


def _killed_after(folder: Path, first: int, confirmations: int, moment: float) -> int:
    """Record from `first` on, kill at a chance moment, and give the last confirmed number."""
    last = first - 1
    with a_holder(folder, first) as holder:
        assert holder.stdout is not None
        for _ in range(confirmations):
            last = int(holder.stdout.readline())
        # No clock: the writer goes on while we count, until the kill falls anywhere in a commit.
        for _ in range(int(moment * 200_000)):
            pass
        holder.kill()
        heard = [line for line in holder.stdout.read().split("\n")[:-1] if line]
        return int(heard[-1]) if heard else last


def _require_all(folder: Path, confirmed: int) -> int:
    file = opening.open_desk_file(folder, KEY)
    numbers = [entry.header.event_id for entry in journal.entries(file)]
    assert numbers == [f"event-{number}" for number in range(1, len(numbers) + 1)]
    # One more may be durable than was confirmed: killed between the two.
    assert len(numbers) - confirmed in (0, 1)
    assert verification.verify(file).good
    file.close()
    return len(numbers)


def _kill_and_check(folder: Path, rounds: int) -> None:
    # pytest-randomly seeds and names the chance of each run.
    chance = random.Random(random.getrandbits(32))  # noqa: S311 - no secret
    a_closed_desk(folder)
    recorded = 0
    for _ in range(rounds):
        confirmed = _killed_after(folder, recorded + 1, chance.randint(0, 5), chance.random())
        recorded = _require_all(folder, confirmed)


def test_every_confirmed_record_survives_kills(tmp_path: Path) -> None:
    _kill_and_check(tmp_path, rounds=8)


@pytest.mark.soak
def test_every_confirmed_record_survives_two_hundred_kills(tmp_path: Path) -> None:
    _kill_and_check(tmp_path, rounds=200)


def test_a_desk_file_copied_without_its_log_is_not_taken_for_whole(tmp_path: Path) -> None:
    a_closed_desk(tmp_path / "desk")
    with a_holder(tmp_path / "desk", 1) as holder:
        assert holder.stdout is not None
        for _ in range(20):
            holder.stdout.readline()
        copy = tmp_path / "copy"
        copy.mkdir()
        content = (tmp_path / "desk" / "desk.rdk").read_bytes()
    (copy / "desk.rdk").write_bytes(content)
    file = opening.open_desk_file(tmp_path / "desk", KEY)
    head = journal.head(file)
    file.close()
    stale = opening.open_desk_file(copy, KEY)
    report = verification.verify(stale, witnessed=[head])
    assert [line.code for line in report.findings] == ["verification.tail"]
    stale.close()
