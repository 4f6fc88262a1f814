"""A case in the window of an operator, and the moves that every journey of a case makes."""

from contextlib import ExitStack

from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import Case
from reliefdesk.domain.money import Money
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.services import cash, receipts
from tests.builders import PINS, TestDesk
from tests.ui.real_page import Stage, on_stage
from ui.counter.fields import put_text
from ui.counter.page import CounterPage


class Opener:
    """Opens windows in a test, and closes them at its end."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._held = ExitStack()

    def open(
        self, made: TestDesk, case: Case, *, name: str = "经办甲"
    ) -> tuple[CounterPage, Stage]:
        """Show a case in the window of an operator."""
        stage = self._held.enter_context(on_stage(self._qtbot, made, name=name))
        page = CounterPage(stage.workplace)
        stage.show(page)
        page.open_case(case.case_id)
        stage.settle()
        return page, stage

    def close(self) -> None:
        """Close what was opened."""
        self._held.close()


def standing(page: CounterPage) -> Case:
    """The case as it stands on the page."""
    assert page.case.view is not None
    return page.case.view.case


def decide(page: CounterPage, stage: Stage, officer: str) -> None:
    """Confirm the open review or decision by an officer's PIN."""
    page.case.decision.confirm.officer.choose(stage.made.by_name[officer])
    page.case.decision.confirm.pin.setText(PINS[officer])
    page.case.step()
    stage.settle()


def pay(page: CounterPage, stage: Stage) -> None:
    """Pay by the cashier's PIN, with an approval for large cash."""
    put_text(page.case.pay.approval.approver, "街道主任")
    page.case.pay.confirm.pin.setText(PINS["出纳丁"])
    page.case.step()
    stage.settle()


def do(page: CounterPage, stage: Stage, officer: str = "") -> None:
    """Confirm the open act, by PIN where an officer is named."""
    if officer:
        page.case.act.confirm.officer.choose(stage.made.by_name[officer])
        page.case.act.confirm.pin.setText(PINS[officer])
    page.case.step()
    stage.settle()


def state_of(stage: Stage, case: Case) -> list[ReceiptState]:
    """The states of the case's numbers in order."""
    return [each.state for each in stage.ask(lambda c: receipts.of_case(c, case.case_id))]


def drawer(stage: Stage) -> Money:
    """What the drawer must hold."""
    return stage.ask(cash.balance)
