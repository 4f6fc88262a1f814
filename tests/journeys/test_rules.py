"""The rules of the counter that this program keeps so far, through the real window.

Rule by rule, the tests that prove it (those named here without a file stand in this file).

* R1 commit, then print: services/test_receipts (what was paid but not printed stands as issued),
  test_what_ended_before_the_print_stands_as_issued_and_prints_unmarked, services/test_kills
* R2 a preview allocates nothing: services/test_receipts (ten previews of an order),
  test_ten_looks_at_paper_take_no_number
* R3 gap-free, unique, frozen numbers: services/test_money_machine, services/test_payments (two
  connections paying at once), storage/test_receipts, domain/test_receipt_series
* R4 second print marked: services/test_receipts (the first print is unmarked),
  test_only_the_second_print_is_marked_and_it_has_a_reason
* R5 money rows never changed: storage/test_payments (updated, deleted, replaced), storage/test_cash
* R6 separation of duties in the domain: domain/test_operators, services/test_decisions (who
  registered never approves), services/test_payments (who decided never pays)
* R8 drafts survive kill -9: test_what_is_on_the_screen_survives_a_kill
* R9 a wrong number keeps its text: ui/test_counter_intake,
  test_a_wrong_number_stays_as_typed_and_names_the_rule
* R10 kinds of numbers and characters: domain/test_identity, domain/test_names, ui/test_fields
* R18 no printer needed: devices/test_printers, test_main_job (every journey runs without one)
* R20 every command has a key: ui/test_keymap, test_every_command_and_every_box_of_the_whole_window
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import CaseFilter, ReviewOrder
from reliefdesk.domain.cases import Opinion, Stage
from reliefdesk.domain.receipts import NumberRow, ReceiptState
from reliefdesk.services import cases, decisions, drafts, operators, receipts, verification
from reliefdesk.services.recording import Context
from tests.builders import P01, P03, PINS, TestDesk, a_desk, a_reviewed_case
from tests.journeys.window import Journey, a_window, a_window_on_closed, pdf_text
from tests.ui.walk import keyless, misnamed
from ui.shell import RAIL
from ui.widgets.text_fields import NarrativeField

TYPED_BEFORE_THE_KILL = 30


def paid(window: Journey) -> None:
    window.begin(P01)
    window.tell()
    window.press("F8")
    window.decide()
    window.pay()


def test_what_ended_before_the_print_stands_as_issued_and_prints_unmarked(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = a_desk(tmp_path / "desk")
    with a_window(qtbot, made) as window:
        paid(window)
    with a_window_on_closed(qtbot, made) as window:
        window.take(P01.number[-6:])
        window.go("救助历史")
        window.press("Down", "Enter")
        assert window.says("领款单状态").startswith("已开具")
        window.press("Ctrl+P")
        assert "补打" not in pdf_text(window.printed()[0])


def test_ten_looks_at_paper_take_no_number(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        paid(window)
        before = window.ask(verification.head)
        for _ in range(5):
            window.choose("纸张格式", "241 毫米三等分连续纸")
            window.choose("纸张格式", "A5 横向")
        assert window.ask(verification.head) == before
        assert [row.receipt.state for row in _numbers(window)] == [ReceiptState.ISSUED]
        assert window.printed() == []
        window.press("Esc")
        window.begin(P03)
        window.tell(yuan="500")
        window.press("F8")
        window.decide()
        window.pay()
        assert "000002" in window.message()


def test_only_the_second_print_is_marked_and_it_has_a_reason(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        paid(window)
        window.press("Ctrl+P", "Ctrl+P")
        assert len(window.printed()) == 1
        window.fill("补打原因", "卡纸")
        window.press("Ctrl+P")
        again, first = sorted(window.printed(), key=lambda file: len(file.name), reverse=True)
        assert "补打第1次" in pdf_text(again)
        assert "补打" not in pdf_text(first)


def test_a_wrong_number_stays_as_typed_and_names_the_rule(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        window.begin(P01)
        window.fill("证件号码", "640181198506719976")
        window.go_on_to("姓名")
        assert window.reads("证件号码") == "640181198506719976"
        assert "71" in window.screen()
        window.fill("证件号码", "640181198506179975")
        window.go_on_to("姓名")
        assert window.reads("证件号码") == "640181198506179975"
        assert "校验码" in window.screen()
        window.press("F8")
        assert window.reads("证件号码") == "640181198506179975"
        assert window.reads("姓名") == P01.name


def test_two_windows_on_one_case_the_second_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    with a_window(qtbot, made) as window:
        window.begin(P01)
        window.tell()
        window.press("F8")
        window.ask(lambda context: _review_elsewhere(context, made))
        window.fill("说明", "情况属实")
        window.confirm("审核乙")
        assert "刚刚被别的窗口办过，现在是「已审核」" in window.message(), window.message()
        assert "审核（同意）" in {row[0] for row in window.table("办理经过")}
        (row,) = window.ask(lambda context: cases.listed(context, CaseFilter()))
        assert row.stage is Stage.REVIEWED


def _review_elsewhere(context: Context, made: TestDesk) -> str:
    """What another window does: nobody tells this one."""
    (row,) = cases.listed(context, CaseFilter())
    found = cases.case(context, row.case_id)
    order = ReviewOrder(
        case_id=found.case_id,
        seen_version=found.version,
        opinion=Opinion.AGREE,
        amount=found.request.requested,
    )
    officer = operators.check_pin(context, made.by_name["审核乙"], PINS["审核乙"])
    return decisions.review(context, order, officer=officer).result.case_no


def test_what_is_on_the_screen_survives_a_kill(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    made.desk.close()
    last = _typed_then_killed(made.desk.folder)
    with a_window_on_closed(qtbot, made) as window:
        window.press("F3")
        assert window.reads("证件号码") == P01.number
        assert window.reads("姓名") == P01.name
        story = window.named("急难情形", NarrativeField).text()
        assert story.startswith(last)
        assert window.ask(lambda context: drafts.load(context, "counter")) is not None
        assert window.ask(verification.verify).good


def _typed_then_killed(folder: Path) -> str:
    """What stood on the screen when the program was killed."""
    with subprocess.Popen(  # noqa: S603  # ourselves
        [sys.executable, "-m", "tests.journeys.typist", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    ) as clerk:
        try:
            assert clerk.stdout is not None
            told = (json.loads(line)["typed"] for line in clerk.stdout if line.startswith("{"))
            typed: str = next(text for text in told if len(text) >= TYPED_BEFORE_THE_KILL)
        finally:
            clerk.kill()
    return typed


@pytest.mark.parametrize("name", ["经办甲", "系统己"])
def test_every_command_and_every_box_of_the_whole_window(
    qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    made = a_desk(tmp_path / "desk")
    a_reviewed_case(made)
    with a_window(qtbot, made, name=name) as window:
        for place in range(len(RAIL)):
            window.press(f"Ctrl+{place + 1}")
        window.press("F1", "Esc", "F12")
        assert keyless(window.window) == []
        assert misnamed(window.window) == []


def _numbers(window: Journey) -> tuple[NumberRow, ...]:
    return window.ask(lambda context: receipts.numbers(context, 2021))
