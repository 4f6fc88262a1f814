"""The training desk: ready to work, marked as practice, its secrets on the sign-in page."""

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reliefdesk.clock import CountedIds, FixedClock
from reliefdesk.domain.desks import DeskKind
from reliefdesk.services import cash, operators
from tests.builders import MORNING, surroundings
from ui.setup import training
from ui.shell import Shell, training_hints
from ui.sign_in.page import Door


def test_a_training_desk_lacks_nothing(tmp_path: Path) -> None:
    desk = training.create(tmp_path / "desk", surroundings(FixedClock(MORNING), CountedIds()))
    assert desk.genesis.kind is DeskKind.TRAINING
    assert desk.remaining_steps() == ()
    assert cash.balance(desk.context()).fen > 0
    for each in training.OPERATORS:
        found = next(one for one in operators.operators(desk.context()) if one.name == each.name)
        assert operators.check_pin(desk.context(), found.operator_id, each.pin)
    desk.close()


def test_passphrase_and_pins_stand_on_the_sign_in_page(qtbot: QtBot, tmp_path: Path) -> None:
    around = surroundings(FixedClock(MORNING), CountedIds())
    training.create(tmp_path / "desk", around).close()
    shell = Shell(Door(folder=tmp_path / "desk", surroundings=around, hints=training_hints()))
    shell.start()
    shown = "".join(label.text() for label in shell.sign_in_page.findChildren(QLabel))
    assert training.PASSPHRASE in shown
    assert all(each.pin in shown and each.name in shown for each in training.OPERATORS)
    shell.sign_in_page.account.choose("演练系统")
    shell.sign_in_page.passphrase.setText(training.PASSPHRASE)
    shell.sign_in_page.try_it()
    qtbot.waitUntil(lambda: shell.window.office.text() != "")
    assert "演练" in shell.window.office.text()
    qtbot.waitUntil(lambda: not shell.operations.busy)
    shell.stop()
    shell.window.deleteLater()
