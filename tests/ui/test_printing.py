"""Printing on screen: choices kept per form, a printer measured, an unclear print asked about."""

import os
from pathlib import Path

import pytest

from reliefdesk.domain.print_jobs import JobState
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.services import print_jobs
from reliefdesk.services.printing import PaperMedia, PrintWish, Sides, print_paper
from reliefdesk.services.receipts import ReceiptForm
from tests.builders import TestDesk, a_pay_order, an_accepted_case, an_approved_case
from tests.services.money import pay
from tests.services.spooler import EMPTY, IDLE, Queue, command
from tests.ui.case_window import Opener, standing, state_of
from ui.counter.jam_panel import Came
from ui.counter.paper import paper_of

ABLE = "PageSize/Media Size: *A4 A5 Custom.WIDTHxHEIGHT\\nDuplex/2-Sided: *None DuplexNoTumble"


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Queue:
    """Put a printer with two sides on the search path."""
    made = Queue(tmp_path / "bin")
    command(made.folder, "lpoptions", f'printf "{ABLE}\\n"')
    monkeypatch.setenv("PATH", f"{made.folder}{os.pathsep}{os.defpath}")
    return made


def test_paper_copies_and_sides_are_chosen_once_for_each_form(
    theatre: Opener, made: TestDesk, queue: Queue
) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    printing = page.case.papers.printing
    page.case.papers.open_form()
    stage.settle()
    wishes = printing.wishes
    assert [each for each in PaperMedia if wishes.media.findText(each.label) >= 0] == [
        PaperMedia.A5,
        PaperMedia.A4,
        PaperMedia.FANFOLD_241,
    ]
    wishes.copies.setText("2")
    wishes.sides.choose(Sides.LONG_EDGE)
    printing.print_now()
    stage.settle()
    assert len(queue.came) == 1
    printing.close_level()
    page.case.papers.open_form()
    stage.settle()
    assert (wishes.copies.text(), wishes.sides.chosen()) == ("2", Sides.LONG_EDGE)


def test_copies_that_are_no_number_are_marked_and_nothing_is_printed(
    theatre: Opener, made: TestDesk, queue: Queue
) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.papers.open_form()
    stage.settle()
    printing = page.case.papers.printing
    for typed in ("", "0", "21", "两"):
        printing.wishes.copies.setText(typed)
        printing.print_now()
        assert "1 至 20 份" in printing.wishes.problem_text("copies")
        assert printing.wishes.copies.text() == typed
    assert queue.came == []


def test_a_printer_without_paper_says_so_beside_its_name(
    theatre: Opener, made: TestDesk, queue: Queue
) -> None:
    queue.says(EMPTY)
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.papers.open_form()
    stage.settle()
    printing = page.case.papers.printing
    assert "前台（缺纸）" in printing.wishes.printer.text()
    printing.print_now()
    stage.settle()
    assert "缺纸" in page.messages.text()


def test_a_printer_is_measured_with_its_ruler_page(
    theatre: Opener, made: TestDesk, queue: Queue
) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    page.case.papers.open_form()
    stage.settle()
    printing = page.case.papers.printing
    printing.calibrate_action.trigger()
    stage.settle()
    panel = printing.calibration
    panel.print_button.click()
    stage.settle()
    assert len(queue.came) == 1
    boxes = {name: panel.grid.field(name) for name in panel.grid.names()}
    assert {box.text() for box in boxes.values()} == {"20.0", "100.0", "50.0"}  # type: ignore[attr-defined]
    boxes["left"].setText("2.1")  # type: ignore[attr-defined]
    panel.keep()
    assert "再量一次" in panel.grid.problem_text("left")
    boxes["left"].setText("21.4")  # type: ignore[attr-defined]
    panel.keep()
    stage.settle()
    assert not panel.is_open
    printing.calibrate_action.trigger()
    stage.settle()
    assert boxes["left"].text() == "21.4"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("queue")
def test_an_unclear_print_is_asked_about_when_the_case_is_opened(
    theatre: Opener, made: TestDesk
) -> None:
    found = an_approved_case(made)
    number = pay(made, a_pay_order(made, found)).receipt_no
    print_jobs.draw(made.context("出纳丁"), number, ReceiptForm.A5)
    print_jobs.move(made.context("出纳丁"), number, JobState.HANDING)
    page, stage = theatre.open(made, found)
    panel = page.case.receipt
    assert panel.jam.is_open
    assert "不知道纸出来没有" in panel.job_state.text()
    panel.jam.came.choose(Came.USABLE)
    panel.jam.settle()
    stage.settle()
    assert not panel.job_state.isVisible()
    assert state_of(stage, standing(page)) == [ReceiptState.PRINTED]
    job = stage.ask(lambda context: print_jobs.last(context, number))
    assert job is not None
    assert job.state is JobState.SETTLED


def test_the_last_paper_of_a_receipt_and_the_printer_of_each_paper_are_offered_again(
    theatre: Opener, made: TestDesk, queue: Queue
) -> None:
    queue.says(f"{IDLE}\nprinter 针打 is idle.  enabled since Mon")
    found = an_approved_case(made)
    number = pay(made, a_pay_order(made, found)).receipt_no
    context = made.context("出纳丁")
    drawn = print_jobs.draw(context, number, ReceiptForm.CONTINUOUS_241).result
    sheet = paper_of(drawn, title=number, form=ReceiptForm.CONTINUOUS_241)
    print_paper(context, PrintWish(printer="针打", media=sheet.media), sheet)
    page, stage = theatre.open(made, found)
    panel = page.case.receipt
    assert panel.form.chosen() is ReceiptForm.CONTINUOUS_241
    assert panel.printer.chosen() == "针打"
    panel.form.choose(ReceiptForm.A5)
    stage.settle()
    assert panel.printer.chosen() == "前台"
    panel.form.choose(ReceiptForm.CONTINUOUS_241)
    stage.settle()
    assert panel.printer.chosen() == "针打"
