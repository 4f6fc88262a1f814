"""Accounts, seats, PINs in place, and the desk's front door."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from reliefdesk import desk as front_door
from reliefdesk.desk import Account
from reliefdesk.domain.desks import ClockWentBack
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import (
    ExemptionIncompleteError,
    LastAdministratorError,
    NameMissingError,
    OperatorUnknownError,
    Seat,
    SeatMissingError,
    SeatsIncompatibleError,
)
from reliefdesk.keys.passphrases import PassphraseShortError
from reliefdesk.keys.pins import PinLockedError, PinRefusedError, PinShapeError, PinWaitError
from reliefdesk.keys.recovery import RecoveryCodeError
from reliefdesk.keys.slots import NameTakenError, PassphraseRefusedError, RecoveryRefusedError
from reliefdesk.services import operators, setup
from reliefdesk.services.operators import ExemptionDraft
from reliefdesk.services.setup import SetupStep
from reliefdesk.storage import journal
from reliefdesk.storage.desk_file import DeskExistsError
from reliefdesk.storage.desk_lock import DeskHeldError
from tests.builders import PASSPHRASE, PINS, TestDesk, a_desk, an_empty_desk, surroundings


def again(made: TestDesk, name: str, passphrase: str) -> front_door.Desk:
    return front_door.sign_in(
        made.desk.folder, name, passphrase, surroundings(made.clock, made.ids)
    )


def test_each_operator_signs_in_with_the_own_passphrase(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    assert front_door.account_names(tmp_path) == tuple(made.by_name)
    made.desk.close()
    opened = again(made, "出纳丁", PASSPHRASE + "出纳丁")
    assert opened.operator_id == made.by_name["出纳丁"]
    assert opened.genesis.office.name == "新华街道办事处"
    opened.close()
    with pytest.raises(PassphraseRefusedError):
        again(made, "出纳丁", PASSPHRASE)


def test_a_second_start_is_told_who_holds_the_desk(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    with pytest.raises(DeskHeldError) as held:
        again(made, "系统己", PASSPHRASE)
    assert held.value.facts["pid"]


def test_a_second_officer_confirms_without_signing_the_first_out(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    officer = operators.check_pin(made.context("经办甲"), made.by_name["审批丙"], PINS["审批丙"])
    assert officer.operator.name == "审批丙"
    assert operators.signed_in(made.context("经办甲")).name == "经办甲"


def test_wrong_pins_slow_down_and_lock_until_the_administrator_resets(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    cashier = made.by_name["出纳丁"]

    def try_wrong() -> None:
        made.clock.advance(timedelta(minutes=6))
        with pytest.raises(PinRefusedError):
            operators.check_pin(made.context(), cashier, "999999")

    for _ in range(3):
        try_wrong()
    with pytest.raises(PinWaitError):
        operators.check_pin(made.context(), cashier, PINS["出纳丁"])
    for _ in range(7):
        try_wrong()
    made.clock.advance(timedelta(days=1))
    with pytest.raises(PinLockedError):
        operators.check_pin(made.context(), cashier, PINS["出纳丁"])
    operators.set_pin(made.context("系统己"), cashier, "837261")
    assert operators.check_pin(made.context(), cashier, "837261").operator.name == "出纳丁"


def test_a_right_pin_forgets_the_wrong_ones(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    reviewer = made.by_name["审核乙"]
    for _ in range(4):
        with pytest.raises(PinRefusedError) as refused:
            operators.check_pin(made.context(), reviewer, "999999")
        assert refused.value.facts["left"] == 9
        operators.check_pin(made.context(), reviewer, PINS["审核乙"])


def test_only_the_administrator_sets_anothers_pin(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    with pytest.raises(SeatMissingError):
        operators.set_pin(made.context("经办甲"), made.by_name["出纳丁"], "837261")
    operators.set_pin(made.context("出纳丁"), made.by_name["出纳丁"], "837261")
    with pytest.raises(PinShapeError):
        operators.set_pin(made.context("出纳丁"), made.by_name["出纳丁"], "83726")


def test_cashier_and_bookkeeper_are_never_one_account(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    both = (Seat.CASHIER, Seat.BOOKKEEPER)
    with pytest.raises(SeatsIncompatibleError):
        made.desk.add_operator(
            Account(name="一人兼", seats=both, passphrase=PASSPHRASE, pin="837261")
        )
    with pytest.raises(SeatsIncompatibleError):
        operators.change_seats(made.context("系统己"), made.by_name["出纳丁"], both)
    assert "一人兼" not in front_door.account_names(tmp_path)


def test_the_last_administrator_stays(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    administrator = made.by_name["系统己"]
    with pytest.raises(LastAdministratorError):
        made.desk.remove_operator(administrator)
    with pytest.raises(LastAdministratorError):
        operators.change_seats(made.context("系统己"), administrator, (Seat.REVIEWER,))


def test_who_left_neither_signs_in_nor_confirms(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    gone = made.by_name["记账戊"]
    left = made.desk.remove_operator(gone).result
    assert not left.active
    with pytest.raises(PinRefusedError):
        operators.check_pin(made.context(), gone, PINS["记账戊"])
    assert operators.names(made.context())[gone] == "记账戊"
    made.desk.close()
    with pytest.raises(PassphraseRefusedError):
        again(made, "记账戊", PASSPHRASE + "记账戊")


def test_accounts_are_opened_by_the_administrator_under_a_free_name(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    account = Account(name="出纳丁", seats=(), passphrase=PASSPHRASE, pin="837261")
    with pytest.raises(NameTakenError):
        made.desk.add_operator(account)
    with pytest.raises(NameMissingError):
        made.desk.add_operator(replace(account, name=" "))
    with pytest.raises(PassphraseShortError):
        made.desk.add_operator(replace(account, name="新来", passphrase="short"))
    made.desk.switch("经办甲", PASSPHRASE + "经办甲")
    with pytest.raises(SeatMissingError):
        made.desk.add_operator(replace(account, name="新来"))


def test_a_passphrase_is_changed_by_oneself_or_the_administrator(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    cashier = made.by_name["出纳丁"]
    made.desk.set_passphrase(cashier, "另一句 足够长的 登录 口令")
    made.desk.switch("出纳丁", "另一句 足够长的 登录 口令")
    with pytest.raises(SeatMissingError):
        made.desk.set_passphrase(made.by_name["经办甲"], "另一句 足够长的 登录 口令")
    made.desk.set_passphrase(cashier, PASSPHRASE)
    made.desk.close()
    assert again(made, "出纳丁", PASSPHRASE).operator_id == cashier


def test_only_soft_pairs_are_exempted_with_document_and_reason(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    draft = ExemptionDraft(
        operator_id=made.by_name["经办甲"],
        seats=(Seat.REGISTRAR, Seat.REVIEWER),
        document="街办纪要〔2021〕3号",
        reason="科室仅二人",
        valid_until=date(2021, 12, 31),
    )
    for wrong in (
        replace(draft, seats=(Seat.REGISTRAR, Seat.APPROVER)),
        replace(draft, document=""),
        replace(draft, reason=" "),
    ):
        with pytest.raises(ExemptionIncompleteError):
            operators.exempt(made.context("系统己"), wrong)
    operators.exempt(made.context("系统己"), draft)
    assert operators.exemptions(made.context())[0].document == "街办纪要〔2021〕3号"
    with pytest.raises(OperatorUnknownError):
        operators.exempt(made.context("系统己"), replace(draft, operator_id=OperatorId("none")))


def test_the_wizard_finds_its_remaining_steps_after_a_break(tmp_path: Path) -> None:
    made = an_empty_desk(tmp_path)
    assert made.desk.remaining_steps() == tuple(SetupStep)
    made.desk.close()
    made.desk = again(made, "系统己", PASSPHRASE)
    assert made.desk.remaining_steps() == tuple(SetupStep)
    assert setup.missing_seats(made.desk.context()) == (
        Seat.REGISTRAR,
        Seat.REVIEWER,
        Seat.APPROVER,
        Seat.CASHIER,
    )


def test_a_desk_is_ready_once_the_recovery_code_was_typed_back(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    assert made.desk.remaining_steps() == (SetupStep.RECOVERY,)
    code = made.desk.new_recovery_code()
    with pytest.raises(RecoveryCodeError):
        made.desk.confirm_recovery_code("0000-0000")
    assert made.desk.remaining_steps() == (SetupStep.RECOVERY,)
    made.desk.confirm_recovery_code(code.lower().replace("-", " "))
    assert made.desk.remaining_steps() == ()


def test_the_recovery_code_opens_the_desk_when_every_passphrase_is_lost(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    code = made.desk.new_recovery_code()
    made.desk.new_recovery_code()
    made.desk.close()
    with pytest.raises(RecoveryRefusedError):
        front_door.recover(tmp_path, code, surroundings(made.clock, made.ids))


def test_the_newest_recovery_code_lets_the_administrator_in(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    code = made.desk.new_recovery_code()
    made.desk.close()
    opened = front_door.recover(tmp_path, code, surroundings(made.clock, made.ids))
    assert opened.operator_id == made.by_name["系统己"]
    opened.set_passphrase(made.by_name["出纳丁"], "重新设置的 登录 口令 十二字")
    opened.close()


def test_a_refused_creation_leaves_no_desk_behind(tmp_path: Path) -> None:
    made = an_empty_desk(tmp_path / "one")
    plan = front_door.DeskPlan(
        office=made.desk.genesis.office,
        kind=made.desk.genesis.kind,
        administrator=Account(name="甲", seats=(), passphrase=PASSPHRASE, pin="123456"),
    )
    folder = tmp_path / "two"
    with pytest.raises(Exception, match=r"keys\.pin_weak"):
        front_door.create(folder, plan, surroundings(made.clock, made.ids))
    assert not front_door.exists(folder)
    made.desk.close()
    with pytest.raises(DeskExistsError):
        front_door.create(
            tmp_path / "one",
            replace(plan, administrator=replace(plan.administrator, pin="594716")),
            surroundings(made.clock, made.ids),
        )


def test_a_clock_that_went_back_is_noted_and_never_refused(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    made.clock.advance(timedelta(days=-1))
    operators.change_seats(made.context("系统己"), made.by_name["审核乙"], (Seat.REVIEWER,))
    events = [entry.event for entry in journal.entries(made.context().file)]
    notes = [event for event in events if isinstance(event, ClockWentBack)]
    assert [note.last_at - note.clock_at for note in notes] == [timedelta(days=1)]


def test_slots_of_a_creation_that_was_killed_are_no_obstacle(tmp_path: Path) -> None:
    first = an_empty_desk(tmp_path)
    first.desk.close()
    (tmp_path / "desk.rdk").unlink()
    made = an_empty_desk(tmp_path)
    assert front_door.account_names(tmp_path) == ("系统己",)
    made.desk.close()
    again(made, "系统己", PASSPHRASE).close()
