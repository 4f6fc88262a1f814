"""Sign in, lock, sign out, navigate by keys: the frame around all pages, on a real desk."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import PASSPHRASE, PINS, a_desk
from tests.ui.real_shell import a_shell
from tests.ui.walk import keyless, misnamed
from ui.vouchers.page import VouchersPage
from ui.widgets.text_fields import PinField


def a_folder(tmp_path: Path) -> Path:
    made = a_desk(tmp_path / "desk")
    made.desk.close()
    return tmp_path / "desk"


def test_the_right_passphrase_opens_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        assert real.front == "sign_in"
        assert not real.shell.window.menuBar().isVisible()
        real.sign_in("经办甲")
        assert real.front not in ("sign_in", "setup")
        assert "经办甲" in real.shell.window.operator.text()
        assert "新华街道" in real.shell.window.office.text()


def test_a_wrong_passphrase_stays_typed_and_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        real.sign_in("经办甲", "not the passphrase")
        assert real.front == "sign_in"
        assert real.shell.sign_in_page.passphrase.text() == "not the passphrase"
        assert "口令" in real.said()


def test_wrong_passphrases_make_the_next_try_wait(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        for _ in range(3):
            real.sign_in("经办甲", "not the passphrase")
        button = real.shell.sign_in_page.button
        assert not button.isEnabled()
        assert "10" in button.text()
        real.sign_in("经办甲")
        assert real.front == "sign_in"
        real.clock.advance(timedelta(seconds=10))
        real.sign_in("经办甲")
        assert real.front != "sign_in"


def test_enter_in_the_passphrase_box_signs_in(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        page = real.shell.sign_in_page
        page.account.choose("经办甲")
        page.passphrase.setText(PASSPHRASE + "经办甲")
        QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
        real.settle()
        assert real.front != "sign_in"


def test_nothing_can_be_seen_while_locked(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        real.sign_in("经办甲")
        before = real.front
        real.clock.advance(timedelta(minutes=5))
        real.shell.session.check()
        assert real.front == "sign_in"
        for key in ("counter", "system", "setup", "today"):
            if real.shell.window.has_page(key):
                real.shell.window.show_page(key)
        real.shell.window.back()
        assert real.front == "sign_in"
        real.sign_in("经办甲")
        assert real.front == before


def test_what_was_open_under_the_help_comes_back_after_the_lock(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        real.sign_in("系统己", PASSPHRASE)
        real.shell.window.show_page("system")
        QTest.keyClick(real.shell.window, Qt.Key.Key_F12)
        assert real.front == "keymap"
        real.shell.session.lock()
        real.sign_in("系统己", PASSPHRASE)
        assert real.front == "system"


def test_another_operator_takes_over_the_open_desk(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        real.sign_in("经办甲")
        real.shell.session.lock()
        real.sign_in("审核乙")
        operator = real.shell.session.operator
        assert operator is not None
        assert operator.name == "审核乙"


def test_what_one_operator_typed_and_was_told_is_nobody_elses(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        for name, is_next in (("出纳丁", False), ("经办甲", True)):
            real.sign_in(name)
            real.shell.window.show_page("vouchers")
            real.settle()
            page = real.shell.window.page("vouchers")
            assert isinstance(page, VouchersPage)
            assert not page.form.is_open
            assert page.messages.text() == ""
            page.open_record("pads")
            real.settle()
            page.pads.issue_action.trigger()
            real.settle()
            pin = page.form.grid.field("officer0_pin")
            assert isinstance(pin, PinField)
            assert pin.text() == ""
            if not is_next:
                pin.setText(PINS["出纳丁"])
                page.messages.show_success("已记录")
                real.shell.session.sign_out()
                real.settle()


def test_signing_out_closes_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    with a_shell(qtbot, folder) as real:
        real.sign_in("经办甲")
        real.shell.session.sign_out()
        real.settle()
        assert real.front == "sign_in"
        with a_shell(qtbot, folder) as second:
            second.sign_in("审核乙")
            assert second.front != "sign_in"


def test_a_second_window_is_told_who_holds_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    with a_shell(qtbot, folder) as first, a_shell(qtbot, folder) as second:
        first.sign_in("经办甲")
        second.sign_in("审核乙")
        assert second.front == "sign_in"
        assert second.said()


def test_keys_lead_to_pages_help_and_back(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        real.sign_in("系统己", PASSPHRASE)
        window = real.shell.window
        QTest.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
        assert real.front == "system"
        for key, page in ((Qt.Key.Key_F1, "help"), (Qt.Key.Key_F12, "keymap")):
            QTest.keyClick(window, key)
            assert real.front == page
            QTest.keyClick(window, Qt.Key.Key_Escape)
            assert real.front == "system"


def test_f9_opens_the_calculator_and_escape_closes_it(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        real.sign_in("经办甲")
        QTest.keyClick(real.shell.window, Qt.Key.Key_F9)
        assert real.shell.window.calculator.isVisible()
        QTest.keyClick(real.shell.window, Qt.Key.Key_Escape)
        assert not real.shell.window.calculator.isVisible()


def test_every_widget_is_named_and_every_action_has_a_key(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        real.sign_in("系统己", PASSPHRASE)
        QTest.keyClick(real.shell.window, Qt.Key.Key_F12)
        QTest.keyClick(real.shell.window, Qt.Key.Key_Escape)
        assert misnamed(real.shell.window) == []
        assert keyless(real.shell.window) == []


def test_the_window_fits_the_small_screen(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, a_folder(tmp_path)) as real:
        real.sign_in("系统己", PASSPHRASE)
        real.shell.window.show_page("system")
        QApplication.processEvents()
        smallest = real.shell.window.minimumSizeHint()
        assert smallest.width() <= 1092
        assert smallest.height() <= 590
