"""Claims about names and keys of the counter and the case list, in every state they show."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.builders import PINS, a_desk, an_accepted_case, an_approved_case
from tests.ui import walk
from tests.ui.actions import Clerk
from tests.ui.real_page import on_stage
from ui.cases.page import CasesPage
from ui.counter.acts import Act
from ui.counter.fields import put_text
from ui.counter.page import CounterPage


def test_everything_on_the_counter_is_named_as_labelled(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    case = an_accepted_case(made)
    with on_stage(qtbot, made) as stage:
        page = CounterPage(stage.workplace)
        stage.show(page)
        assert walk.misnamed(page) == []
        page.intake.take(case.person_id)
        stage.settle()
        assert walk.misnamed(page) == []
        page.open_case(case.case_id)
        stage.settle()
        page.case.begin_act(Act.FIRST_RELIEF)
        assert walk.misnamed(page) == []
        assert walk.keyless(page) == []
        assert walk.commandless(page) == []


def test_everything_on_a_paid_case_is_named_as_labelled(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    case = an_approved_case(made)
    with on_stage(qtbot, made) as stage:
        page = CasesPage(stage.workplace)
        stage.show(page)
        assert walk.misnamed(page) == []
        page.open_case(case.case_id)
        stage.settle()
        put_text(page.case.pay.approval.approver, "街道主任")
        page.case.pay.confirm.pin.setText(PINS["出纳丁"])
        page.case.step()
        stage.settle()
        page.case.receipt.void_button.click()
        assert walk.misnamed(page) == []
        assert walk.keyless(page) == []
        assert walk.commandless(page) == []


def test_a_returning_person_with_an_open_case_is_told_and_one_key_opens_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = a_desk(tmp_path / "desk")
    case = an_accepted_case(made)
    with on_stage(qtbot, made) as stage:
        page, clerk = CounterPage(stage.workplace), Clerk(stage)
        stage.show(page)
        bar = page.form.open_case
        assert not bar.isVisible()
        page.intake.take(case.person_id)
        stage.settle()
        assert bar.isVisible()
        assert case.case_no in bar.says.text()
        assert "Ctrl+Shift+O" in bar.says.text()
        clerk.press("Ctrl+Shift+O")
        assert page.on_case
        assert page.case.view is not None
        assert page.case.view.case.case_id == case.case_id


def test_keys_alone_carry_a_case_through_its_other_acts(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    case = an_accepted_case(made)
    with on_stage(qtbot, made) as stage:
        page, clerk = CounterPage(stage.workplace), Clerk(stage)
        stage.show(page)
        page.open_case(case.case_id)
        stage.settle()
        for keys, act in (("Ctrl+Shift+F", Act.FIRST_RELIEF), ("Ctrl+I", Act.INVESTIGATE)):
            clerk.press(keys)
            assert page.case.act.act is act
            clerk.press("Escape")
        clerk.press("Ctrl+D")
        assert page.case.act.act is None, "a case not reviewed cannot be refused"
