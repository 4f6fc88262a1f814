"""The first start: from an empty folder through plain steps, left and taken up again."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat
from reliefdesk.services import cash, policies
from reliefdesk.services.setup import SetupStep
from tests.builders import PASSPHRASE
from tests.ui.real_shell import RealShell, a_shell
from tests.ui.walk import misnamed
from ui.setup.account_form import AccountBoxes
from ui.setup.money_steps import FloatStep, PoliciesStep
from ui.setup.operators_step import OperatorsStep
from ui.setup.page import SetupPage
from ui.setup.recovery_step import RecoveryStep

PIN = "594716"


def the_page(real: RealShell) -> SetupPage:
    page = real.shell.window.page("setup")
    assert isinstance(page, SetupPage)
    return page


def fill(boxes: AccountBoxes, name: str, *seats: Seat) -> None:
    boxes.name.setText(name)
    if seats:
        boxes.seats.set_seats(seats)
    for box in (boxes.secrets.passphrase, boxes.secrets.again):
        box.setText(PASSPHRASE + name)
    for pin in (boxes.secrets.pin, boxes.secrets.pin_again):
        pin.setText(PIN)


def make_desk(real: RealShell) -> SetupPage:
    page = the_page(real)
    page.office_step.office_box.setText("xhjd")
    page.go()
    fill(page.administrator_step.boxes, "系统己")
    page.go()
    real.settle()
    return page


def add_operators(real: RealShell, page: SetupPage) -> None:
    step = page.step(SetupStep.OPERATORS)
    assert isinstance(step, OperatorsStep)
    for name, seat in (
        ("经办甲", Seat.REGISTRAR),
        ("审核乙", Seat.REVIEWER),
        ("审批丙", Seat.APPROVER),
        ("出纳丁", Seat.CASHIER),
    ):
        fill(step.boxes, name, seat)
        step.add_account()
        real.settle()
    assert len(step.table.rows()) == 5
    assert step.lacking.text() == ""


def ask(real: RealShell, call: object) -> list[object]:
    answers: list[object] = []
    real.shell.operations.run(call, done=answers.append)  # type: ignore[arg-type]
    real.settle()
    return answers


def test_an_empty_folder_begins_with_the_office(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        assert real.front == "setup"
        page = the_page(real)
        assert page.current == "office"
        page.office_step.office_box.setText("不存在的街道")
        page.go()
        assert page.current == "office"
        assert page.office_step.office_box.text() == "不存在的街道"
        assert page.office_step.grid.problem_text("office")


def test_twenty_offices_are_offered_by_name_and_initials(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        box = the_page(real).office_step.office_box
        assert len(box.fitting("")) == 20
        assert box.fitting("lsmz") == ["乌海市海南区拉僧庙镇人民政府"]
        assert len(box.fitting("海勃湾区")) == 7


def test_secrets_that_differ_are_marked_and_make_no_desk(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        page = the_page(real)
        page.office_step.office_box.setText("xhjd")
        page.go()
        boxes = page.administrator_step.boxes
        fill(boxes, "系统己")
        boxes.secrets.again.setText("something else entirely")
        page.go()
        assert page.administrator_step.grid.problem_text("passphrase_again")
        assert not (tmp_path / "desk").exists()


def test_a_weak_passphrase_is_refused_in_place(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        page = the_page(real)
        page.office_step.office_box.setText("xhjd")
        page.go()
        boxes = page.administrator_step.boxes
        fill(boxes, "系统己")
        for box in (boxes.secrets.passphrase, boxes.secrets.again):
            box.setText("123456123456")
        page.go()
        real.settle()
        assert page.current == "administrator"
        assert "×" in real.said()
        assert boxes.secrets.passphrase.text() == "123456123456"


def test_a_folder_that_cannot_be_made_is_told_and_nothing_typed_is_lost(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    with a_shell(qtbot, tmp_path / "file" / "desk") as real:
        page = make_desk(real)
        assert page.current == "administrator"
        assert "×" in real.said()
        assert page.administrator_step.boxes.name.text() == "系统己"


def test_the_desk_stands_after_the_first_account(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        page = make_desk(real)
        assert page.current == SetupStep.OPERATORS
        assert "系统己" in real.shell.window.operator.text()


def test_steps_left_are_found_again_at_the_next_sign_in(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        page = make_desk(real)
        add_operators(real, page)
    with a_shell(qtbot, tmp_path / "desk") as again:
        again.sign_in("系统己")
        assert again.front == "setup"
        assert the_page(again).current == SetupStep.POLICIES


def test_the_standard_ships_empty_and_is_confirmed_by_another(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        page = make_desk(real)
        add_operators(real, page)
        page.go()
        step = page.step(SetupStep.POLICIES)
        assert isinstance(step, PoliciesStep)
        real.settle()
        assert (step.urban.text(), step.rural.text(), step.document.text()) == ("", "", "")
        page.go()
        assert step.grid.problem_text("document")
        step.urban.setText("810")
        step.document.setText("虚构〔2021〕1号")
        step.since.setText("2021-1-1")
        assert "系统己" not in [step.panel.officer.itemText(at) for at in range(6)]
        step.panel.officer.setCurrentText("审批丙")
        step.panel.pin.setText(PIN)
        page.go()
        real.settle()
        (rows,) = ask(real, policies.listed)
        assert [line.row.value for line in rows] == ["810.00"]  # type: ignore[attr-defined]
        assert page.current == SetupStep.FLOAT


def test_a_step_goes_back_and_keeps_what_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        page = the_page(real)
        page.office_step.office_box.setText("xhjd")
        page.go()
        page.administrator_step.boxes.name.setText("系统己")
        page.go_back()
        assert page.current == "office"
        assert "新华街道" in page.office_step.office_box.text()
        page.go()
        assert page.administrator_step.boxes.name.text() == "系统己"


def test_a_step_that_nobody_can_confirm_says_so_and_leads_back(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        page = make_desk(real)
        assert not page.back_button.isVisibleTo(page)
        page.go()
        real.settle()
        assert "上一步" in real.said()
        page.back_button.click()
        assert page.current == SetupStep.OPERATORS


def test_float_and_recovery_code_end_the_steps(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        page = make_desk(real)
        add_operators(real, page)
        page.go()
        page.later_button.click()
        step = page.step(SetupStep.FLOAT)
        assert isinstance(step, FloatStep)
        real.settle()
        step.amount.setText("20,000")
        step.approval.setText("虚构〔2021〕2号")
        step.source.setText("区财政")
        step.panel.pin.setText(PIN)
        page.go()
        real.settle()
        assert ask(real, cash.balance) == [Money(2_000_000)]
        recovery = page.step(SetupStep.RECOVERY)
        assert isinstance(recovery, RecoveryStep)
        assert page.current == SetupStep.RECOVERY
        recovery.make_code()
        real.settle()
        recovery.sheet.save(tmp_path / "恢复凭单.pdf")
        assert (tmp_path / "恢复凭单.pdf").read_bytes().startswith(b"%PDF")
        recovery.typed.setText("0000-0000")
        page.go()
        real.settle()
        assert "×" in real.said()
        recovery.typed.setText(recovery.shown_code.text().lower())
        page.go()
        real.settle()
        assert real.front != "setup"


def test_the_recovery_code_opens_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        page = make_desk(real)
        recovery = page.step(SetupStep.RECOVERY)
        assert isinstance(recovery, RecoveryStep)
        recovery.make_code()
        real.settle()
        code = recovery.shown_code.text()
    with a_shell(qtbot, tmp_path / "desk") as again:
        panel = again.shell.sign_in_page.recovery
        panel.open()
        panel.code.setText(code)
        panel.try_it()
        again.settle()
        operator = again.shell.session.operator
        assert operator is not None
        assert operator.name == "系统己"


def test_every_box_of_every_step_is_named(qtbot: QtBot, tmp_path: Path) -> None:
    with a_shell(qtbot, tmp_path / "desk") as real:
        make_desk(real)
        assert misnamed(the_page(real)) == []
