"""Brings a finished PDF to paper: to the usual printer, or into a file whose place is told.

Runs on the desk's thread, after the print was recorded; a jammed printer undoes nothing (R1, R18).
"""

from pathlib import Path

from reliefdesk import wording
from reliefdesk.devices.printers import PaperMedia, PrintJob, Spooler
from reliefdesk.errors import SurroundingsError
from reliefdesk.services.receipts import ReceiptForm
from reliefdesk.services.recording import Context

FOLDER = "打印输出"
_MEDIA = {
    ReceiptForm.A5: PaperMedia.A5,
    ReceiptForm.CONTINUOUS_241: PaperMedia.FANFOLD_241,
}


class PaperFolderError(SurroundingsError):
    """The PDF could not be written. Facts: folder."""

    code = "counter.paper_folder"


def printer_words(spooler: Spooler) -> str:
    """Where a print would go: the usual printer with its state, or into a file."""
    try:
        known = spooler.printers()
    except SurroundingsError as error:
        return wording.parts(error).what
    usual = next((each for each in known if each.is_default), known[0] if known else None)
    if usual is None:
        return wording.text("counter.no_printer")
    return wording.text("counter.printer", printer=usual.name, state=usual.state)


def deliver(context: Context, pdf: bytes, *, title: str, form: ReceiptForm) -> str:
    """Print, or save where no printer takes it; what became of it in words.

    `title` is a receipt number, never a name. Raises PaperFolderError.
    """
    spooler = Spooler()
    known = spooler.printers()
    usual = next((each for each in known if each.is_default), known[0] if known else None)
    if usual is None:
        return wording.text("counter.saved_pdf", path=str(_saved(context, pdf, title)))
    try:
        spooler.print_pdf(usual.name, PrintJob(pdf=pdf, title=title, media=_MEDIA[form]))
    except SurroundingsError as error:
        place = str(_saved(context, pdf, title))
        told = wording.parts(error).what
        return wording.text("counter.printer_refused", told=told, path=place)
    return wording.text("counter.printed", printer=usual.name)


def _saved(context: Context, pdf: bytes, title: str) -> Path:
    base = context.file.path
    folder = (Path(base).parent if base is not None else Path.cwd()) / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder, title)
        path.write_bytes(pdf)
    except OSError as error:
        raise PaperFolderError(folder=folder) from error
    return path


def _free(folder: Path, title: str) -> Path:
    """A name not yet taken: an earlier print stays as it was."""
    path, nth = folder / f"{title}.pdf", 1
    while path.exists():
        path, nth = folder / f"{title}-{nth}.pdf", nth + 1
    return path
