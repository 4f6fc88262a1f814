"""Claims about printing: paper, picture and file come from the same bytes; printers are kept."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk.devices.printers import NoPrinterError
from reliefdesk.documents.calibrations import calibrated
from reliefdesk.domain.calibrations import TRUE_READING, RulerReading
from reliefdesk.domain.ledger import year_filter
from reliefdesk.services import calibrations, ledger, printing
from reliefdesk.services.printing import Paper, PaperMedia, PrintWish, SaveFailedError, Sides
from tests.builders import TestDesk, an_accepted_case
from tests.documents.papers import page_sizes, places
from tests.services.money import opened
from tests.services.spooler import command

LISTED = "printer 前台 is idle.  enabled since Mon\nprinter 里屋 is idle.  enabled since Mon\n"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk with a case."""
    for desk in opened(tmp_path):
        an_accepted_case(desk)
        yield desk


@pytest.fixture
def paper(made: TestDesk) -> Paper:
    """Give a real ledger of one page."""
    pdf = ledger.ledger_pdf(made.context(), year_filter(2021))
    return Paper(form="work_ledger", title="工作台账2021", media=PaperMedia.A3, pdf=pdf)


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put two CUPS commands on the search path; what is printed lands in the returned file."""
    folder = tmp_path / "bin"
    folder.mkdir()
    printed = tmp_path / "printed.pdf"
    (folder / "listed").write_text(LISTED, "utf-8")
    usual = 'if [ "$1" = -d ]; then echo "system default destination: 前台"; '
    command(folder, "lpstat", usual + f'else cat "{folder}/listed"; fi')
    told = f'echo "$@" > "{tmp_path}/told"; cat > "{printed}"'
    command(folder, "lp", f'{told}; echo "request id is Q-1 (1 file)"')
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.defpath}")
    return printed


def at(printer: str, **wished: object) -> PrintWish:
    """A wish for A3 paper."""
    return PrintWish(printer=printer, media=PaperMedia.A3, **wished)  # type: ignore[arg-type]


def test_what_is_printed_is_the_pdf_itself(made: TestDesk, paper: Paper, queue: Path) -> None:
    assert printing.print_paper(made.context(), at("前台"), paper) == "Q-1"
    assert queue.read_bytes() == paper.pdf


@pytest.mark.usefixtures("queue")
def test_the_last_printer_of_a_form_is_the_usual_one(made: TestDesk, paper: Paper) -> None:
    assert printing.printers(made.context(), paper).usual.printer == "前台"
    printing.print_paper(made.context(), at("里屋"), paper)
    assert printing.printers(made.context(), paper).usual.printer == "里屋"
    other = replace(paper, form="cash_journal")
    assert printing.printers(made.context(), other).usual.printer == "前台"


def test_without_a_printer_there_is_still_a_picture_and_a_file(
    made: TestDesk, paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = printing.printers(made.context(), paper)
    assert (found.printers, found.is_direct) == ((), False)
    with pytest.raises(NoPrinterError):
        printing.print_paper(made.context(), at("前台"), paper)
    assert printing.page_count(paper) == 1
    assert printing.picture(paper, 1, dpi=50).width > 0
    assert printing.save(made.context(), paper, tmp_path / "台账").read_bytes() == paper.pdf


def test_a_file_that_cannot_be_written_leaves_nothing(
    made: TestDesk, paper: Paper, tmp_path: Path
) -> None:
    with pytest.raises(SaveFailedError):
        printing.save(made.context(), paper, tmp_path / "nowhere" / "台账.pdf")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.usefixtures("queue")
def test_paper_copies_and_sides_are_kept_for_each_form(
    made: TestDesk, paper: Paper, tmp_path: Path
) -> None:
    wish = replace(at("里屋", copies=3, sides=Sides.LONG_EDGE), media=PaperMedia.A4)
    printing.print_paper(made.context(), wish, paper)
    told = (tmp_path / "told").read_text("utf-8")
    for option in ("-n 3", "media=A4", "sides=two-sided-long-edge", "print-scaling=fit"):
        assert option in told
    assert printing.printers(made.context(), paper).usual == wish
    fresh = printing.printers(made.context(), replace(paper, form="cash_journal")).usual
    assert (fresh.copies, fresh.sides, fresh.media) == (1, Sides.ONE, PaperMedia.A3)


def test_a_calibrated_printer_gets_a_corrected_file_for_that_form_only(
    made: TestDesk, paper: Paper, queue: Path
) -> None:
    strays = RulerReading(left=210, top=195, across=1000, down=500)
    calibrations.keep(made.context(), "前台", paper.form, strays)
    printing.print_paper(made.context(), at("前台"), paper)
    title = "工作台账"
    assert places(queue.read_bytes(), title) == places(calibrated(paper.pdf, strays), title)
    assert places(queue.read_bytes(), title) != places(paper.pdf, title)
    printing.print_paper(made.context(), at("里屋"), paper)
    assert queue.read_bytes() == paper.pdf
    printing.print_paper(made.context(), at("前台"), replace(paper, form="cash_journal"))
    assert queue.read_bytes() == paper.pdf
    calibrations.keep(made.context(), "前台", paper.form, TRUE_READING)
    printing.print_paper(made.context(), at("前台"), paper)
    assert queue.read_bytes() == paper.pdf


def test_the_ruler_page_goes_out_as_the_printer_is_and_lies_as_the_form(
    made: TestDesk, paper: Paper, queue: Path
) -> None:
    strays = RulerReading(left=210, top=195, across=1000, down=500)
    calibrations.keep(made.context(), "前台", paper.form, strays)
    printing.print_ruler("前台", paper, form="台账")
    sent = queue.read_bytes()
    assert sent == calibrations.ruler_page(paper.pdf, printer="前台", title="台账")
    assert page_sizes(sent)[0] == pytest.approx(page_sizes(paper.pdf)[0], abs=0.01)


def test_on_another_paper_the_page_is_fitted_and_not_corrected(
    made: TestDesk, paper: Paper, queue: Path
) -> None:
    strays = RulerReading(left=210, top=195, across=1000, down=500)
    calibrations.keep(made.context(), "前台", paper.form, strays)
    printing.print_paper(made.context(), replace(at("前台"), media=PaperMedia.A4), paper)
    assert queue.read_bytes() == paper.pdf
