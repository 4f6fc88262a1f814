"""A slot gives the data key to its passphrase only, and the file is whole or as it was."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk.domain.ids import OperatorId
from reliefdesk.keys import recovery, slots
from reliefdesk.keys.passphrases import PassphraseShortError
from reliefdesk.keys.slots import Opened, SlotFile
from reliefdesk.keys.work import SLOT_WORK, Work

CHEAP = Work(kibibytes=8, passes=1, lanes=1)
WANG, LI = OperatorId("op-1"), OperatorId("op-2")
PHRASE, OTHER = "correct horse battery", "kupfer wolke elf tisch"
KEY = slots.new_data_key()


def a_file(
    *, name: str = "王芳", owner: OperatorId = WANG, file: SlotFile = slots.EMPTY
) -> SlotFile:
    opened = Opened(data_key=KEY, operator_id=owner)
    return slots.with_slot(file, opened, name=name, passphrase=PHRASE, work=CHEAP)


def test_the_passphrase_gives_key_and_operator() -> None:
    opened = slots.open_slot(a_file(), name=" 王芳 ", passphrase=PHRASE)
    assert (opened.data_key, opened.operator_id) == (KEY, WANG)
    assert KEY.hex() not in repr(opened)


@pytest.mark.parametrize(("name", "phrase"), [("王芳", OTHER), ("李强", PHRASE)])
def test_a_wrong_name_and_a_wrong_passphrase_get_one_answer(name: str, phrase: str) -> None:
    with pytest.raises(slots.PassphraseRefusedError) as refused:
        slots.open_slot(a_file(), name=name, passphrase=phrase)
    assert refused.value.facts == {}


def test_a_new_passphrase_replaces_the_old_one() -> None:
    opened = Opened(data_key=KEY, operator_id=WANG)
    file = slots.with_slot(a_file(), opened, name="王芳", passphrase=OTHER, work=CHEAP)
    assert len(file.slots) == 1
    assert slots.open_slot(file, name="王芳", passphrase=OTHER).data_key == KEY
    with pytest.raises(slots.PassphraseRefusedError):
        slots.open_slot(file, name="王芳", passphrase=PHRASE)


def test_two_accounts_open_the_same_desk_and_one_can_go() -> None:
    file = a_file(name="李强", owner=LI, file=a_file())
    assert slots.open_slot(file, name="李强", passphrase=PHRASE).operator_id == LI
    rest = slots.without_slot(file, WANG)
    assert [slot.name for slot in rest.slots] == ["李强"]
    with pytest.raises(slots.LastSlotError):
        slots.without_slot(rest, LI)


def test_a_name_is_taken_once_and_a_weak_passphrase_refused() -> None:
    with pytest.raises(slots.NameTakenError):
        a_file(owner=LI, file=a_file())
    opened = Opened(data_key=KEY, operator_id=WANG)
    with pytest.raises(PassphraseShortError):
        slots.with_slot(slots.EMPTY, opened, name="王芳", passphrase=PHRASE[:7], work=CHEAP)


@pytest.mark.parametrize(("name", "owner"), [("李强", WANG), ("王芳", LI)])
def test_a_slot_moved_to_another_account_does_not_open(name: str, owner: OperatorId) -> None:
    file = a_file()
    moved = replace(file.slots[0], name=name, operator_id=owner)
    with pytest.raises(slots.PassphraseRefusedError):
        slots.open_slot(replace(file, slots=(moved,)), name=moved.name, passphrase=PHRASE)


def test_the_recovery_code_opens_and_is_confirmed_by_typing_it_back() -> None:
    code = recovery.new_code()
    file = slots.with_recovery(a_file(), KEY, code, work=CHEAP)
    assert not file.recovery_confirmed
    assert slots.open_recovery(file, code) == KEY
    assert slots.with_recovery_confirmed(file, code.lower()).recovery_confirmed


def test_another_desks_code_is_refused_and_confirms_nothing() -> None:
    file = slots.with_recovery(a_file(), KEY, recovery.new_code(), work=CHEAP)
    for refusing in (file, a_file()):
        with pytest.raises(slots.RecoveryRefusedError):
            slots.with_recovery_confirmed(refusing, recovery.new_code())


def test_a_written_file_reads_back_and_shows_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "desk.slots"
    code = recovery.new_code()
    file = slots.with_recovery(a_file(), KEY, code, work=CHEAP)
    slots.write(path, file)
    assert slots.read(path) == file
    assert path.stat().st_mode & 0o077 == 0
    for secret in (KEY.hex(), PHRASE, code):
        assert secret not in path.read_text()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(slots.SlotsMissingError):
        slots.read(tmp_path / "desk.slots")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^\{", "["),
        (r'"format": 1', '"format": 2'),
        (r'"kibibytes": 8', '"kibibytes": 99999999999'),
        (r'"kibibytes": 8', '"kibibytes": 1'),
        (r'"passes": 1', '"passes": 0'),
        (r'"lanes": 1', '"lanes": 17'),
        (r'"salt": "..', '"salt": "'),
        (r'"nonce": "..', '"nonce": "zz'),
        (r'"sealed_key": "..', '"sealed_key": "'),
        (r'"name": "', '"nom": "'),
    ],
)
def test_a_changed_file_is_refused_before_any_work(tmp_path: Path, pattern: str, text: str) -> None:
    path = tmp_path / "desk.slots"
    slots.write(path, slots.with_recovery(a_file(), KEY, recovery.new_code(), work=CHEAP))
    content, changes = re.subn(pattern, text, path.read_text(), count=1)
    assert changes
    path.write_text(content)
    with pytest.raises(slots.SlotsDamagedError):
        slots.read(path)


def test_a_folder_that_is_gone_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(slots.SlotsNotWrittenError):
        slots.write(tmp_path / "gone" / "desk.slots", a_file())


def test_the_shipped_cost_is_what_was_promised() -> None:
    assert (SLOT_WORK.kibibytes, SLOT_WORK.passes, SLOT_WORK.lanes) == (65_536, 3, 4)


def test_the_full_cost_opens_too() -> None:
    opened = Opened(data_key=KEY, operator_id=WANG)
    file = slots.with_slot(slots.EMPTY, opened, name="王芳", passphrase=PHRASE)
    assert slots.open_slot(file, name="王芳", passphrase=PHRASE).data_key == KEY
