"""Accounts, secrets, exemptions, the desk file, holidays and the lock through the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.operators import Seat
from tests.builders import PASSPHRASE, PINS, a_desk
from tests.ui.real_shell import RealShell, a_shell
from tests.ui.walk import misnamed
from ui.system.about_panel import key_card
from ui.system.page import SystemPage

NEW = "四个 新的 口令 词语 xyz"


@pytest.fixture
def real(qtbot: QtBot, tmp_path: Path) -> Iterator[RealShell]:
    made = a_desk(tmp_path / "desk")
    made.desk.close()
    with a_shell(qtbot, tmp_path / "desk") as shell:
        shell.sign_in("系统己", PASSPHRASE)
        shell.shell.window.show_page("system")
        shell.settle()
        yield shell


def the_page(real: RealShell) -> SystemPage:
    page = real.shell.window.page("system")
    assert isinstance(page, SystemPage)
    return page


def choose(real: RealShell, name: str) -> None:
    panel = the_page(real).operators
    names = [row.name for row in panel.table.rows()]
    panel.view.choose_row(names.index(name))


def test_seats_of_an_account_are_changed(real: RealShell) -> None:
    panel = the_page(real).operators
    choose(real, "经办甲")
    assert panel.boxes.seats.seats() == (Seat.REGISTRAR,)
    panel.boxes.seats.set_seats([Seat.REGISTRAR, Seat.REVIEWER])
    panel.change_seats()
    real.settle()
    changed = next(row for row in panel.table.rows() if row.name == "经办甲")
    assert changed.seats == (Seat.REGISTRAR, Seat.REVIEWER)


def test_the_statutes_pair_is_refused_in_place(real: RealShell) -> None:
    panel = the_page(real).operators
    choose(real, "出纳丁")
    panel.boxes.seats.set_seats([Seat.CASHIER, Seat.BOOKKEEPER])
    panel.change_seats()
    real.settle()
    assert "×" in real.said()


def test_a_forgotten_passphrase_is_set_anew(real: RealShell) -> None:
    panel = the_page(real).operators
    choose(real, "经办甲")
    for box in (panel.boxes.secrets.passphrase, panel.boxes.secrets.again):
        box.setText(NEW)
    panel.reset_passphrase()
    real.settle()
    real.shell.session.sign_out()
    real.settle()
    real.sign_in("经办甲", NEW)
    assert real.front != "sign_in"


def test_a_closed_account_opens_nothing(real: RealShell) -> None:
    choose(real, "记账戊")
    the_page(real).operators.leave()
    real.settle()
    real.shell.session.sign_out()
    real.settle()
    assert "记账戊" not in [
        real.shell.sign_in_page.account.itemText(at)
        for at in range(real.shell.sign_in_page.account.count())
    ]


def test_nothing_chosen_changes_nothing(real: RealShell) -> None:
    panel = the_page(real).operators
    panel.view.setCurrentIndex(panel.table.index(-1, 0))
    panel.leave()
    assert "选中" in real.said()


def test_ones_own_pin_is_changed_alone(real: RealShell) -> None:
    page = the_page(real)
    page.open_part("secrets")
    for box in (page.secrets.boxes.pin, page.secrets.boxes.pin_again):
        box.setText("684716")
    page.secrets.go()
    real.settle()
    assert "系统己" in real.said()
    assert page.secrets.boxes.pin.text() == ""


def test_an_exemption_needs_its_document(real: RealShell) -> None:
    page = the_page(real)
    page.open_part("exemptions")
    real.settle()
    panel = page.exemptions
    panel.officer.setCurrentText("经办甲")
    panel.pair.setCurrentIndex(1)
    panel.until.setText("2021-12-31")
    panel.reason.setText("全办只有三人")
    panel.go()
    assert panel.grid.problem_text("document")
    panel.document.setText("虚构〔2021〕9号")
    panel.go()
    real.settle()
    assert [row.document for row in panel.table.rows()] == ["虚构〔2021〕9号"]


def test_verification_ends_in_a_stated_result(real: RealShell) -> None:
    page = the_page(real)
    page.open_part("file")
    page.file.go()
    real.settle()
    assert "没有发现问题" in page.file.busy.text()
    assert page.file.table.rows()
    assert all(good for good, _ in page.file.table.rows())


def test_a_backup_stands_in_the_chosen_folder(real: RealShell, tmp_path: Path) -> None:
    target = tmp_path / "stick"
    target.mkdir()
    page = the_page(real)
    page.open_part("file")
    page.file.back_up_to(target)
    real.settle()
    kept = sorted(target.iterdir())
    assert len(kept) == 2
    assert any(path.name in page.file.busy.text() for path in kept)


def test_a_backup_into_nowhere_is_told(real: RealShell, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("no folder", "utf-8")
    page = the_page(real)
    page.open_part("file")
    page.file.back_up_to(blocked)
    real.settle()
    assert "×" in real.said()
    assert page.file.backup_button.isEnabled()


def test_a_holiday_table_is_loaded_under_its_document(real: RealShell, tmp_path: Path) -> None:
    table = tmp_path / "2027.csv"
    table.write_text("2027-01-01,假日,元旦\n2027-02-06,假日,春节\n", "gb18030")
    page = the_page(real)
    page.open_part("calendar")
    real.settle()
    panel = page.calendar
    panel.go()
    assert "请先选择" in real.said()
    panel.read(table)
    assert "2027" in panel.found.text()
    panel.document.setText("虚构办发明电〔2026〕1号")
    panel.panel.officer.setCurrentText("审批丙")
    panel.panel.pin.setText(PINS["审批丙"])
    panel.go()
    real.settle()
    assert "2027年" in real.said()


def test_a_file_that_is_no_holiday_table_loads_nothing(real: RealShell, tmp_path: Path) -> None:
    page = the_page(real)
    page.open_part("calendar")
    other = tmp_path / "other.csv"
    other.write_bytes(b"\xff\xfe\x00 nothing of the kind")
    page.calendar.read(other)
    assert "没有装入" in real.said()
    page.calendar.read(tmp_path / "missing.csv")
    assert "读不了" in real.said()


def test_the_idle_lock_is_set_for_the_desk(real: RealShell) -> None:
    page = the_page(real)
    page.open_part("settings")
    real.settle()
    assert page.settings.minutes.text() == "5"
    page.settings.minutes.setText("0")
    page.settings.go()
    assert "1 到 60" in real.said()
    page.settings.minutes.setText("12")
    page.settings.go()
    real.settle()
    assert "12" in real.said()


def test_the_days_of_the_list_are_set_and_a_missing_list_is_said(real: RealShell) -> None:
    page = the_page(real)
    page.open_part("tokens")
    real.settle()
    assert page.tokens.held.text() == "本机没有区里的已救助名单。"
    assert page.tokens.days.text() == "30"
    page.tokens.days.setText("400")
    page.tokens.go()
    assert "1到366" in real.said()
    page.tokens.days.setText("20")
    page.tokens.go()
    real.settle()
    assert "超过20天" in real.said()


def test_the_key_card_lists_keys_and_is_saved_as_a_page(real: RealShell, tmp_path: Path) -> None:
    assert "F8" in key_card()
    the_page(real).about.card.save(tmp_path / "card.pdf")
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")


def test_f8_is_named_after_what_it_does(real: RealShell) -> None:
    page = the_page(real)
    for panel in ("operators", "secrets", "exemptions", "file", "calendar", "settings", "about"):
        page.open_part(panel)
        real.settle()
        assert page.confirm_button.accessibleName() == page.confirm_action.text()
    assert misnamed(page) == []
