"""Every command has one key at its place, and the card is made from the same table (R20)."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reliefdesk.errors import BugError
from ui import keymap
from ui.keymap import BOX_KEYS, COMMANDS, Command, Place

MENU_KEYS = {"F10", "Alt"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.command_id)
def test_a_command_has_a_key_that_is_no_bare_letter(command: Command) -> None:
    assert command.keys
    for key in command.keys:
        assert QKeySequence(key).toString() == key, key
        assert len(key) > 1, key
        assert not set(key.split("+")) & MENU_KEYS, key


def test_no_key_has_two_meanings_at_one_place() -> None:
    everywhere = [key for each in COMMANDS if each.place is Place.EVERYWHERE for key in each.keys]
    # A case is opened on the counter and on the list: its keys stand beside those of both pages.
    case = [key for each in COMMANDS if each.place is Place.CASE for key in each.keys]
    for place in (Place.COUNTER, Place.CASES):
        own = [key for each in COMMANDS if each.place is place for key in each.keys]
        assert not set(own) & set(case)
    for place in Place:
        own = [key for each in COMMANDS if each.place is place for key in each.keys]
        keys = own if place is Place.EVERYWHERE else own + everywhere
        assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_ids_and_names_are_unique_at_their_place() -> None:
    assert len({each.command_id for each in COMMANDS}) == len(COMMANDS)
    names = Counter((each.place, each.name) for each in COMMANDS)
    assert max(names.values()) == 1


def test_an_action_carries_name_and_keys_of_its_command(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    ran: list[int] = []
    action = keymap.action("counter.save", widget, lambda: ran.append(1))
    assert action.text() == "保存草稿"
    assert [each.toString() for each in action.shortcuts()] == ["F6", "Ctrl+S"]
    button = keymap.button(action)
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.text()) == ("保存草稿", "保存草稿  F6")
    button.click()
    assert ran == [1]


def test_a_button_follows_its_action(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    action = keymap.action("counter.submit", widget, lambda: None)
    button = keymap.button(action)
    qtbot.addWidget(button)
    action.setEnabled(False)
    action.setText("发放")
    assert (button.isEnabled(), button.accessibleName()) == (False, "发放")


def test_a_command_outside_the_table_is_a_bug(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises(BugError):
        keymap.action("counter.unknown", widget, lambda: None)


def test_the_card_lists_every_command_once() -> None:
    assert len(keymap.key_rows()) == len(COMMANDS) + len(BOX_KEYS)
