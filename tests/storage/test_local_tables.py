"""What belongs to this PC alone: drafts, settings, PIN counters and witnessed heads."""

from datetime import timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.ids import OperatorId
from reliefdesk.keys.pins import (
    FAILURES_MAX,
    PinLockedError,
    PinMissingError,
    PinWaitError,
)
from reliefdesk.storage import drafts, opening, pins, settings, sqlcipher, witnesses
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.drafts import StoredDraft
from reliefdesk.storage.journal import Head
from reliefdesk.storage.witnesses import WitnessedHead, WitnessPlace
from tests.storage.floats import KEY, MORNING, a_desk_file

WANG, LI = OperatorId("op-1"), OperatorId("op-2")


def _draft(slot: str, content: str, minute: int) -> StoredDraft:
    at = MORNING + timedelta(minutes=minute)
    return StoredDraft(slot=slot, content=content, autosaved_at=at)


def _save(file: DeskFile, operator_id: OperatorId, draft: StoredDraft) -> None:
    with file.transaction():
        drafts.save(file, operator_id, draft)


def test_a_draft_is_there_after_the_desk_was_opened_again(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    _save(file, WANG, _draft("counter", '{"name":"甲', 1))
    _save(file, WANG, _draft("counter", '{"name":"甲乙"}', 2))
    file.close()
    file = opening.open_desk_file(tmp_path, KEY)
    assert drafts.load(file, WANG, "counter") == _draft("counter", '{"name":"甲乙"}', 2)
    assert drafts.load(file, LI, "counter") is None
    assert drafts.load(file, WANG, "other") is None


def test_drafts_belong_to_one_operator_and_the_newest_comes_first(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    _save(file, WANG, _draft("case-1", "a", 1))
    _save(file, WANG, _draft("case-2", "b", 2))
    _save(file, LI, _draft("case-3", "c", 3))
    assert [draft.slot for draft in drafts.listed(file, WANG)] == ["case-2", "case-1"]
    with file.transaction():
        drafts.delete(file, WANG, "case-2")
        drafts.delete(file, WANG, "never")
    assert [draft.slot for draft in drafts.listed(file, WANG)] == ["case-1"]
    assert len(drafts.listed(file, LI)) == 1


def test_a_setting_keeps_its_last_value(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    assert settings.get(file, "idle_minutes") is None
    with file.transaction():
        settings.put(file, "idle_minutes", "5")
        settings.put(file, "idle_minutes", "10")
    assert settings.get(file, "idle_minutes") == "10"
    with file.transaction():
        settings.remove(file, "idle_minutes")
    assert settings.get(file, "idle_minutes") is None


def _pin_set(file: DeskFile) -> None:
    with file.transaction():
        pins.set_hash(file, WANG, "kept")


def _fail(file: DeskFile, minute: int) -> str:
    with file.transaction():
        return pins.begin(file, WANG, now=MORNING + timedelta(minutes=minute))


def test_a_try_counts_before_the_pin_is_looked_at(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    _pin_set(file)
    assert _fail(file, 0) == "kept"
    file.close()  # as if killed before the check
    file = opening.open_desk_file(tmp_path, KEY)
    assert pins.tries_left(file, WANG) == FAILURES_MAX - 1
    with file.transaction():
        pins.succeeded(file, WANG)
    assert pins.tries_left(file, WANG) == FAILURES_MAX


def test_the_third_wrong_pin_makes_wait_and_the_clock_says_until_when(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    _pin_set(file)
    for _ in range(3):
        _fail(file, 0)
    with pytest.raises(PinWaitError) as refused:
        _fail(file, 0)
    assert refused.value.facts == {"until": "09:00:30"}
    assert pins.tries_left(file, WANG) == FAILURES_MAX - 3
    _fail(file, 1)


def test_ten_wrong_pins_lock_until_a_new_one_is_set(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    _pin_set(file)
    for minute in range(0, 10 * FAILURES_MAX, 10):
        _fail(file, minute)
    with pytest.raises(PinLockedError):
        _fail(file, 10_000)
    assert pins.tries_left(file, WANG) == 0
    _pin_set(file)
    assert _fail(file, 0) == "kept"


def test_without_a_pin_nobody_confirms(tmp_path: Path) -> None:
    with pytest.raises(PinMissingError):
        _fail(a_desk_file(tmp_path), 0)


def _witness(file: DeskFile, seq: int, place: WitnessPlace) -> WitnessedHead:
    noted = WitnessedHead(head=Head(seq=seq, hash="a" * 64), place=place, witnessed_at=MORNING)
    with file.transaction():
        witnesses.witness(file, noted)
    return noted


def test_a_head_that_left_is_noted_once_and_never_forgotten(tmp_path: Path) -> None:
    file = a_desk_file(tmp_path)
    assert witnesses.last_witnessed(file) is None
    second = _witness(file, 2, WitnessPlace.EXPORTED)
    first = _witness(file, 1, WitnessPlace.PRINTED)
    _witness(file, 1, WitnessPlace.PRINTED)
    assert witnesses.witnessed_heads(file) == (first, second)
    assert witnesses.last_witnessed(file) == second.head
    with pytest.raises(sqlcipher.IntegrityError), file.transaction():
        file.execute("DELETE FROM witnessed_heads")
