"""Printers have named states, a machine without any is no failure, and jobs go out as they are."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk.devices.printers import (
    JobFate,
    NoPrinterError,
    PaperMedia,
    Printer,
    PrinterNotReadyError,
    PrinterState,
    PrinterUnknownError,
    PrintJob,
    PrintRefusedError,
    Sides,
    Spooler,
    read_abilities,
    read_printers,
)
from reliefdesk.wording import sentence

JOB = PrintJob(pdf=b"%PDF-1.4 receipt", title="XJ-150302003-2021-000001", media=PaperMedia.A5)
IDLE = "printer 前台 is idle.  enabled since Mon 05 Jul 2021\n\tForm mounted:\n\tAlerts: none\n"


def _command(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def _spooler(folder: Path, *, listed: str, lp: str = "cat > /dev/null") -> Spooler:
    (folder / "listed").write_text(listed, encoding="utf-8")
    _command(
        folder,
        "lpstat",
        f'if [ "$1" = -d ]; then echo "system default destination: 前台"; '
        f'else while IFS= read -r line; do printf "%s\\n" "$line"; done < "{folder}/listed"; fi',
    )
    _command(folder, "lp", lp)
    return Spooler(folder)


def test_a_machine_without_the_commands_has_no_printers(tmp_path: Path) -> None:
    spooler = Spooler(tmp_path)
    assert spooler.printers() == ()
    with pytest.raises(NoPrinterError) as refusal:
        spooler.print_pdf("前台", JOB)
    assert "没有打印机" in sentence(refusal.value)


def test_a_spooler_that_knows_no_printer_has_an_empty_list(tmp_path: Path) -> None:
    _command(tmp_path, "lpstat", 'echo "lpstat: No destinations added." >&2; exit 1')
    assert Spooler(tmp_path).printers() == ()


def test_the_usual_printer_is_known(tmp_path: Path) -> None:
    listed = IDLE + "printer 里屋 is idle.  enabled since Mon 05 Jul 2021\n"
    assert _spooler(tmp_path, listed=listed).printers() == (
        Printer(name="前台", state=PrinterState.IDLE, is_default=True),
        Printer(name="里屋", state=PrinterState.IDLE, is_default=False),
    )


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("is idle.  enabled since Mon\n\tAlerts: none", PrinterState.IDLE),
        ("now printing P-12.  enabled since Mon", PrinterState.PRINTING),
        ("disabled since Mon -\n\tPaused", PrinterState.STOPPED),
        ("is idle.  enabled since Mon\n\tAlerts: media-empty-error", PrinterState.NO_PAPER),
        ("disabled since Mon -\n\tAlerts: media-jam-error", PrinterState.JAM),
        ("is idle.\n\tAlerts: cover-open", PrinterState.OPEN),
        ("is idle.\n\tAlerts: toner-empty-error", PrinterState.NO_TONER),
        ("now printing P-1.\n\tThe printer is not responding.", PrinterState.OFFLINE),
        ("speaks a new language", PrinterState.UNKNOWN),
    ],
)
def test_states_are_read_from_what_the_spooler_says(told: str, state: PrinterState) -> None:
    assert [found.state for found in read_printers(f"printer P {told}\n", usual="")] == [state]


def test_the_very_bytes_go_to_the_chosen_printer(tmp_path: Path) -> None:
    lp = (
        f'echo "$@" > "{tmp_path}/arguments"; cat > "{tmp_path}/sent"; echo "request id is P-7 (1)"'
    )
    assert _spooler(tmp_path, listed=IDLE, lp=lp).print_pdf("前台", JOB) == "P-7"
    assert (tmp_path / "sent").read_bytes() == JOB.pdf
    arguments = (tmp_path / "arguments").read_text(encoding="utf-8")
    assert arguments.startswith("-d 前台 -t XJ-150302003-2021-000001 -o media=A5")


def test_a_printer_that_was_removed_is_named(tmp_path: Path) -> None:
    with pytest.raises(PrinterUnknownError) as refusal:
        _spooler(tmp_path, listed=IDLE).print_pdf("旧机", JOB)
    assert "旧机" in sentence(refusal.value)


def test_a_printer_without_paper_gets_no_job(tmp_path: Path) -> None:
    listed = "printer 前台 is idle.\n\tAlerts: media-empty-error\n"
    lp = f'touch "{tmp_path}/sent"'
    with pytest.raises(PrinterNotReadyError) as refusal:
        _spooler(tmp_path, listed=listed, lp=lp).print_pdf("前台", JOB)
    assert "缺纸" in sentence(refusal.value)
    assert not (tmp_path / "sent").exists()


def test_a_job_that_the_spooler_refuses_is_named(tmp_path: Path) -> None:
    with pytest.raises(PrintRefusedError):
        _spooler(tmp_path, listed=IDLE, lp="exit 1").print_pdf("前台", JOB)


def test_a_third_of_the_fanfold_sheet_is_exactly_264_points() -> None:
    assert PaperMedia.FANFOLD_241.value == "Custom.683.15x264"


def test_copies_sides_and_another_paper_are_told_to_the_spooler(tmp_path: Path) -> None:
    lp = f'echo "$@" > "{tmp_path}/arguments"; echo "request id is P-7 (1)"'
    job = replace(JOB, copies=2, sides=Sides.SHORT_EDGE, media=PaperMedia.A4, is_fitted=True)
    _spooler(tmp_path, listed=IDLE, lp=lp).print_pdf("前台", job)
    arguments = (tmp_path / "arguments").read_text(encoding="utf-8")
    for option in ("-n 2", "media=A4", "sides=two-sided-short-edge", "print-scaling=fit"):
        assert option in arguments


@pytest.mark.parametrize(
    ("told", "media", "sides"),
    [
        ("PageSize/Media Size: Letter *A4 A5\nDuplex/2-Sided: *None DuplexNoTumble",
         (PaperMedia.A5, PaperMedia.A4), tuple(Sides)),
        ("PageSize/Media Size: *A4.Fullbleed Custom.WIDTHxHEIGHT\n",
         (PaperMedia.A4, PaperMedia.FANFOLD_241), (Sides.ONE,)),
        ("media/Media: A4 *A3\nsides/Sides: one-sided *two-sided-long-edge",
         (PaperMedia.A4, PaperMedia.A3), tuple(Sides)),
        ("lpoptions: Unable to get PPD file", tuple(PaperMedia), (Sides.ONE,)),
        ("", tuple(PaperMedia), (Sides.ONE,)),
    ],
)  # fmt: skip
def test_what_a_printer_offers_is_read_from_its_driver(
    told: str, media: tuple[PaperMedia, ...], sides: tuple[Sides, ...]
) -> None:
    able = read_abilities(told)
    assert (able.media, able.sides) == (media, sides)


def test_the_driver_is_asked_by_name(tmp_path: Path) -> None:
    _command(tmp_path, "lpoptions", 'if [ "$2" = 前台 ]; then echo "PageSize/Size: *A5"; fi')
    assert Spooler(tmp_path).abilities("前台").media == (PaperMedia.A5,)


def test_a_job_is_followed_until_the_spooler_forgets_it(tmp_path: Path) -> None:
    _command(
        tmp_path,
        "lpstat",
        'if [ "$2" = completed ]; then echo "P-7 root 1024"; else echo "P-8 root 1024"; fi',
    )
    spooler = Spooler(tmp_path)
    assert spooler.fate("P-7") is JobFate.DONE
    assert spooler.fate("P-8") is JobFate.QUEUED
    assert spooler.fate("P-9") is JobFate.UNKNOWN
