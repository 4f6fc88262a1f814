"""A finished PDF on its way: looked at page by page, handed to a printer, or saved as a file.

The picture, the paper and the file come from the same bytes; none of them needs a printer.
"""

from dataclasses import dataclass
from pathlib import Path

from reliefdesk.devices.printers import PaperMedia, Printer, PrinterState, PrintJob, Spooler
from reliefdesk.documents import preview
from reliefdesk.documents.preview import PagePicture
from reliefdesk.errors import SurroundingsError
from reliefdesk.keys import durable
from reliefdesk.services.recording import Context
from reliefdesk.storage import settings

__all__ = ["PagePicture", "PaperMedia", "Printer", "PrinterState"]
_ENDING = ".pdf"


class SaveFailedError(SurroundingsError):
    """The file could not be written; a file of that name is as it was. Facts: file."""

    code = "printing.save"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A PDF with its title, which is also its file name and never names a person.

    `form` remembers the last printer for each kind of paper.
    """

    form: str
    title: str
    media: PaperMedia
    pdf: bytes

    @property
    def file_name(self) -> str:
        """What the file is called when it is saved."""
        return self.title + _ENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterChoice:
    """The printers of this PC and the one to take for a form; empty without any."""

    printers: tuple[Printer, ...]
    usual: str


def page_count(paper: Paper) -> int:
    """How many pages the paper has."""
    return preview.page_count(paper.pdf)


def picture(paper: Paper, page: int, *, dpi: float) -> PagePicture:
    """One page, counted from 1, exactly as it will be printed."""
    return preview.page_picture(paper.pdf, page - 1, dpi=dpi)


def printers(context: Context, form: str) -> PrinterChoice:
    """The printers with their states; the last one used for this form is the usual one.

    Raises SpoolerSilentError.
    """
    found = Spooler().printers()
    names = [printer.name for printer in found]
    last = settings.get(context.file, _key(form))
    if last in names:
        return PrinterChoice(printers=found, usual=last)
    default = next((printer.name for printer in found if printer.is_default), "")
    return PrinterChoice(printers=found, usual=default or (names[0] if names else ""))


def print_paper(context: Context, printer: str, paper: Paper) -> str:
    """Hand the paper to a printer and remember it for this form; gives the job's name.

    Raises NoPrinterError, PrinterUnknownError, PrinterNotReadyError, PrintRefusedError.
    """
    job = PrintJob(pdf=paper.pdf, title=paper.title, media=paper.media)
    name = Spooler().print_pdf(printer, job)
    with context.file.transaction():
        settings.put(context.file, _key(paper.form), printer)
    return name


def save(paper: Paper, path: Path) -> Path:
    """Write the PDF to a file, whole or not at all; a missing `.pdf` is added.

    Raises SaveFailedError.
    """
    target = path if path.suffix.lower() == _ENDING else path.with_name(path.name + _ENDING)
    try:
        durable.write(target, paper.pdf)
    except OSError as failure:
        raise SaveFailedError(file=target) from failure
    return target


def _key(form: str) -> str:
    return f"printer.{form}"
