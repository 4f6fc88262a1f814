"""Claims about printing: paper, picture and file come from the same bytes; printers are kept."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from reliefdesk.devices.printers import NoPrinterError
from reliefdesk.domain.ledger import year_filter
from reliefdesk.services import ledger, printing
from reliefdesk.services.printing import Paper, PaperMedia, SaveFailedError
from tests.builders import TestDesk, an_accepted_case
from tests.services.money import opened

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
    command(folder, "lp", f'cat > "{printed}"; echo "request id is Q-1 (1 file)"')
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.defpath}")
    return printed


def command(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def test_what_is_printed_is_the_pdf_itself(made: TestDesk, paper: Paper, queue: Path) -> None:
    assert printing.print_paper(made.context(), "前台", paper) == "Q-1"
    assert queue.read_bytes() == paper.pdf


@pytest.mark.usefixtures("queue")
def test_the_last_printer_of_a_form_is_the_usual_one(made: TestDesk, paper: Paper) -> None:
    assert printing.printers(made.context(), paper.form).usual == "前台"
    printing.print_paper(made.context(), "里屋", paper)
    assert printing.printers(made.context(), paper.form).usual == "里屋"
    assert printing.printers(made.context(), "cash_journal").usual == "前台"


def test_without_a_printer_there_is_still_a_picture_and_a_file(
    made: TestDesk, paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printing.printers(made.context(), paper.form).printers == ()
    with pytest.raises(NoPrinterError):
        printing.print_paper(made.context(), "前台", paper)
    assert printing.page_count(paper) == 1
    assert printing.picture(paper, 1, dpi=50).width > 0
    assert printing.save(paper, tmp_path / "台账").read_bytes() == paper.pdf


def test_a_file_that_cannot_be_written_leaves_nothing(paper: Paper, tmp_path: Path) -> None:
    with pytest.raises(SaveFailedError):
        printing.save(paper, tmp_path / "nowhere" / "台账.pdf")
    assert not (tmp_path / "nowhere").exists()
